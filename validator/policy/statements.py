"""One statement against a request, element by element."""

from __future__ import annotations

from collections.abc import Sequence

from validator.graph.span import Span
from validator.graph.verdict import Open, Truth, open_of
from validator.policy.conditions import holds_condition
from validator.policy.context import Context
from validator.policy.model import Element, Policy, Statement
from validator.policy.patterns import Entry, Mode, entry
from validator.policy.principals import matches_principal
from validator.policy.question import Part, Request
from validator.policy.relate import NO, Answer, Tests, all_of, one_of, opens_of, opposite, relate
from validator.policy.runs import Bound, Word
from validator.records import dataclass


@dataclass(frozen=True, slots=True)
class Asked:
    """One round: the request with some of its unknowns bound, and what is learnt on the way."""

    request: Request
    resource: Word
    bound: Bound
    context: Context
    tests: Tests


@dataclass(frozen=True, slots=True)
class Judged:
    """A statement and how its elements answer.

    `rest` is the answer without the resource; `entries` are the patterns of that, `further` tells
    whether it may be named besides.
    """

    document: int
    policy: Policy
    statement: Statement
    rest: Answer
    parts: tuple[Part, ...]
    entries: tuple[Entry, ...]
    further: Answer

    def resource(self, truths: Sequence[Truth], asked: Asked) -> Answer:
        """Whether the resource matches, from the answers of its patterns."""
        element = self.statement.resource
        if element is None:
            return _no_resource(self.policy)
        answers = [
            Answer(truth, opens_of(asked.resource, item, asked.context, element.span))
            if truth is Truth.MAYBE
            else Answer(truth)
            for item, truth in zip(self.entries, truths, strict=True)
        ]
        found = one_of([*answers, self.further])
        return opposite(found) if element.negated else found


def judge(document: int, policy: Policy, statement: Statement, asked: Asked) -> Judged:
    """The elements of a statement but for its resource."""
    answers: list[Answer] = []
    parts: list[Part] = []

    def note(element: str, answer: Answer, span: Span) -> None:
        answers.append(answer)
        why = answer.why or (answer.opens[0].fact if answer.opens else "")
        parts.append(Part(element, answer.truth, span, why))

    principals = statement.principals
    if principals is not None:
        answer = matches_principal(
            principals,
            statement.effect,
            asked.request.principal,
            asked.context,
            asked.bound,
            asked.tests,
        )
        note(principals.name, answer, principals.span)
    if statement.action is not None:
        answer = _action(statement.action, asked)
        note(statement.action.name, answer, statement.action.span)
    else:
        note("Action", Answer(Truth.NO, why="without Action it has no effect"), statement.span)
    for condition in statement.conditions:
        answer = holds_condition(
            condition, asked.context, asked.bound, asked.tests, variables=policy.variables
        )
        note(condition.element, answer, condition.span)
    for element, fact in statement.gaps:
        note(element, Answer(Truth.MAYBE, (fact,)), fact.span)
    entries = _resources(policy, statement, asked)
    further = _further(statement.resource, entries)
    return Judged(document, policy, statement, all_of(answers), tuple(parts), entries, further)


def _further(element: Element | None, entries: Sequence[Entry]) -> Answer:
    """Whether a list of resources may name more than its patterns.

    "If AWS cannot resolve a variable, this might cause the entire statement to be invalid": what
    that means for a list of exceptions is not said.
    """
    facts: list[Open] = []
    if element is not None and element.rest is not None:
        facts.append(open_of(element.rest))
    if element is not None and element.negated and any(item.void for item in entries):
        what = "AWS does not say what NotResource means if a variable in it has no value"
        facts.append(Open(what, "", element.span))
    return Answer(Truth.MAYBE, tuple(facts)) if facts else NO


def _action(element: Element, asked: Asked) -> Answer:
    entries = [
        entry(value.value, Mode.ACTION, value.span, asked.bound, None) for value in element.values
    ]
    word: Word = tuple(asked.request.action)
    answers: list[Answer] = []
    for item, truth in zip(entries, relate(word, entries), strict=True):
        if truth is Truth.MAYBE:
            asked.tests.pairs.append((word, item))
            answers.append(Answer(truth, opens_of(word, item, asked.context, element.span)))
        else:
            answers.append(Answer(truth))
    if element.rest is not None:
        answers.append(Answer(Truth.MAYBE, (open_of(element.rest),)))
    found = one_of(answers)
    return opposite(found) if element.negated else found


def _resources(policy: Policy, statement: Statement, asked: Asked) -> tuple[Entry, ...]:
    if statement.resource is None:
        return ()
    look = asked.context if policy.variables else None
    return tuple(
        entry(value.value, Mode.RESOURCE, value.span, asked.bound, look)
        for value in statement.resource.values
    )


def _no_resource(policy: Policy) -> Answer:
    """A trust policy means its role. In a key policy the statement then has no effect.

    <https://docs.aws.amazon.com/kms/latest/APIReference/API_PutKeyPolicy.html>
    """
    if policy.kind == "trust":
        return Answer(Truth.YES)
    return Answer(Truth.NO, why="without Resource it has no effect")
