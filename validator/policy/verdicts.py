"""One round: every statement, every distinguishable member of the set, one outcome."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from validator.graph.verdict import Truth, every, some
from validator.policy.automaton import Machine
from validator.policy.context import Context
from validator.policy.model import Policy
from validator.policy.patterns import Entry
from validator.policy.question import Outcome, Question, Request
from validator.policy.relate import Answer, Tests, relate
from validator.policy.runs import Bound, Run, Word, word_of
from validator.policy.signatures import Budget, BudgetError, walk
from validator.policy.statements import Asked, Judged, judge
from validator.records import dataclass, replace

# Characters of patterns that are told apart at once.
_LARGEST = 30_000

Groups = Sequence[Sequence[Policy]]


@dataclass(frozen=True, slots=True)
class Member:
    """A class of members of the set that all patterns treat alike, with one of them."""

    witness: Word
    matches: tuple[Truth, ...]
    allow: Truth
    deny: Truth

    @property
    def outcome(self) -> Outcome:
        """What is said of each of these members."""
        if self.deny is Truth.YES or self.allow is Truth.NO:
            return Outcome.DENIED
        if self.allow is Truth.YES and self.deny is Truth.NO:
            return Outcome.ALLOWED
        return Outcome.CANNOT_TELL


@dataclass(frozen=True, slots=True)
class Round:
    """What one round found. `answers` are the statements' resources over the whole set."""

    outcome: Outcome
    members: tuple[Member, ...]
    judged: tuple[Judged, ...]
    resources: tuple[Answer, ...]
    tests: Tests
    spent: bool


@dataclass(frozen=True, slots=True)
class Answered:
    """How the statements of a policy answered but for the resource, and what was learnt on it."""

    policy: Policy
    judged: tuple[Judged, ...]
    tests: Tests
    maybes: dict[str, None]


Known: TypeAlias = "dict[object, Answered]"


def play(
    groups: Groups, request: Request, bound: Bound, budget: Budget, known: Known | None = None
) -> Round:
    """Ask once. Each group must allow, and none may deny: identity policies, then a boundary."""
    tests = Tests()
    context = Context(request, bound)
    word = word_of(request.resource, "resource", bound, varies=True)
    asked = Asked(request, word, bound, context, tests)
    judged: list[Judged] = []
    group_of: list[int] = []
    document = 0
    for number, group in enumerate(groups):
        for policy in group:
            if bound or known is None:
                judged += [judge(document, policy, item, asked) for item in policy.statements]
            else:
                judged += _again(document, policy, asked, known)
            group_of += [number] * len(policy.statements)
            document += 1
    truths = _related(word, judged)
    resources = tuple(
        item.resource(answers, asked) for item, answers in zip(judged, truths, strict=True)
    )
    spent = False
    try:
        found = _signatures(word, judged, truths, resources, tests, budget)
    except BudgetError:
        spent = True
        found = {tuple(answer.truth for answer in resources): word}
    tests.presences.update(context.maybes)
    members = tuple(
        _member(groups, judged, group_of, matched, witness) for matched, witness in found.items()
    )
    return Round(_outcome(members), members, tuple(judged), resources, tests, spent)


def _again(document: int, policy: Policy, asked: Asked, known: Known) -> tuple[Judged, ...]:
    """The statements of a policy, judged once for all resources that one question is about."""
    request = asked.request
    key = (document, id(policy), Question(request, of_all=True))
    found = known.get(key)
    if found is None:
        tests, context = Tests(), Context(request, asked.bound)
        alone = replace(asked, tests=tests, context=context)
        judged = tuple(judge(document, policy, item, alone) for item in policy.statements)
        found = known[key] = Answered(policy, judged, tests, context.maybes)
    asked.tests.learn(found.tests)
    asked.context.maybes.update(found.maybes)
    return found.judged


def _related(word: Word, judged: Sequence[Judged]) -> list[list[Truth]]:
    """For every statement the answers of its patterns, all found in one pass."""
    flat = iter(relate(word, [entry for item in judged for entry in item.entries]))
    return [[next(flat) for _ in item.entries] for item in judged]


def _signatures(
    word: Word,
    judged: Sequence[Judged],
    truths: Sequence[Sequence[Truth]],
    resources: Sequence[Answer],
    tests: Tests,
    budget: Budget,
) -> dict[tuple[Truth, ...], Word]:
    """Every combination of answers of the resources that members of the set give."""
    mixed = [
        (number, place, item.entries[place])
        for number, item in enumerate(judged)
        if item.rest.truth is not Truth.NO
        for place, truth in enumerate(truths[number])
        if truth is Truth.MAYBE
    ]
    tests.pairs.extend((word, entry) for _, _, entry in mixed)
    whole = tuple(answer.truth for answer in resources)
    if not mixed or not any(isinstance(token, Run) and token.varies for token in word):
        return {whole: word}
    entries = [entry for _, _, entry in mixed]
    found: dict[tuple[Truth, ...], Word] = {}
    for answers, witness in _distinguish(word, entries, budget).items():
        matched = list(whole)
        settled = {(number, place): t for (number, place, _), t in zip(mixed, answers, strict=True)}
        for number in {number for number, _, _ in mixed}:
            matched[number] = _combined(
                judged[number],
                [settled.get((number, place), t) for place, t in enumerate(truths[number])],
            )
        found.setdefault(tuple(matched), witness)
    return found


def _combined(item: Judged, truths: Sequence[Truth]) -> Truth:
    element = item.statement.resource
    if element is None:
        return Truth.NO
    named = some([*truths, item.further.truth])
    return ~named if element.negated else named


def _distinguish(
    word: Word, entries: Sequence[Entry], budget: Budget
) -> dict[tuple[Truth, ...], Word]:
    if sum(len(glob) for entry in entries for glob in entry.hi) > _LARGEST:
        raise BudgetError
    possible = Machine([glob for entry in entries for glob in entry.hi], wide=True)
    settled = all(entry.lo is entry.hi for entry in entries) and not any(
        isinstance(token, Run) for entry in entries for glob in entry.hi for token in glob
    )
    if settled and all(isinstance(token, str) or token.varies for token in word):
        machines = [possible]
    else:
        machines = [
            possible,
            Machine([glob for entry in entries for glob in entry.lo], wide=False),
        ]
    found: dict[tuple[Truth, ...], Word] = {}
    for states, witness in walk(word, machines, budget).items():
        high = possible.accepted(states[0], [len(entry.hi) for entry in entries])
        low = high
        if len(machines) > 1:
            low = machines[1].accepted(states[1], [len(entry.lo) for entry in entries])
        answers = tuple(
            Truth.YES if yes else Truth.MAYBE if maybe else Truth.NO
            for yes, maybe in zip(low, high, strict=True)
        )
        found.setdefault(answers, witness)
    return found


def _member(
    groups: Groups,
    judged: Sequence[Judged],
    group_of: Sequence[int],
    matched: tuple[Truth, ...],
    witness: Word,
) -> Member:
    allows = [Truth.NO] * len(groups)
    deny = Truth.NO
    for number, group in enumerate(groups):
        for policy in group:
            if policy.open is not None:
                allows[number] |= Truth.MAYBE
                deny |= Truth.MAYBE if policy.may_deny else Truth.NO
    for item, number, resource in zip(judged, group_of, matched, strict=True):
        truth = item.rest.truth & resource
        match item.statement.effect:
            case "Allow":
                allows[number] |= truth
            case "Deny":
                deny |= truth
            case None:
                allows[number] |= truth & Truth.MAYBE
                deny |= truth & Truth.MAYBE
    return Member(witness, matched, every(allows), deny)


def _outcome(members: Sequence[Member]) -> Outcome:
    """Of the whole set. One member that is surely denied is a failure whatever the others are."""
    outcomes = {member.outcome for member in members}
    if len(outcomes) == 1:
        return outcomes.pop()
    return Outcome.PARTLY if Outcome.DENIED in outcomes else Outcome.CANNOT_TELL
