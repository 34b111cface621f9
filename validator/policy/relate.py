"""Whether words match patterns: surely, possibly, or not."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from validator.graph.values import Span
from validator.graph.verdict import Open, Truth
from validator.policy.automaton import Machine
from validator.policy.context import Context
from validator.policy.patterns import Entry
from validator.policy.runs import Glob, Name, Run, Word


@dataclass(frozen=True, slots=True)
class Answer:
    """A truth and the facts that would settle it if it is open."""

    truth: Truth
    opens: tuple[Open, ...] = ()
    why: str = ""


YES = Answer(Truth.YES)
NO = Answer(Truth.NO)


@dataclass(slots=True)
class Tests:
    """The open comparisons of one round, from which the case split learns what to tell apart.

    `fixed` are unknown runs that were used in a way no representative can stand for.
    """

    pairs: list[tuple[Word, Entry]] = field(default_factory=list[tuple[Word, Entry]])
    fixed: set[Name] = field(default_factory=set[Name])
    presences: dict[str, None] = field(default_factory=dict[str, None])


def relate(word: Word, entries: Sequence[Entry]) -> list[Truth]:
    """For every entry: whether all texts of the word match it, or none does."""
    if all(isinstance(token, str) for token in word) and all(_literal(entry) for entry in entries):
        return [Truth.YES if word in entry.hi else Truth.NO for entry in entries]
    sure = _accepted(word, [entry.lo for entry in entries], wide=False)
    possible = _accepted(word, [entry.hi for entry in entries], wide=True)
    return [
        Truth.YES if yes else Truth.MAYBE if maybe else Truth.NO
        for yes, maybe in zip(sure, possible, strict=True)
    ]


def _literal(entry: Entry) -> bool:
    return entry.lo is entry.hi and all(
        isinstance(token, str) and len(token) == 1 for glob in entry.hi for token in glob
    )


def _accepted(word: Word, choices: Sequence[tuple[Glob, ...]], *, wide: bool) -> list[bool]:
    machine = Machine([glob for globs in choices for glob in globs], wide=wide)
    state = machine.start
    for token in word:
        state = machine.read(state, token)
        if not state:
            break
    return machine.accepted(state, [len(globs) for globs in choices])


def runs_of(entry: Entry) -> Iterable[Run]:
    """The unknown runs of a pattern."""
    return (token for glob in entry.hi for token in glob if isinstance(token, Run))


def opens_of(word: Word, entry: Entry, context: Context, span: Span) -> tuple[Open, ...]:
    """What would settle an open comparison.

    A piece that stands on both sides is equal to itself, so others come first.
    """
    asked = [run for run in word if isinstance(run, Run) and not run.varies]
    wanted = {run.name for run in runs_of(entry)}
    facts = [context.missing(run, span) for run in asked if run.name not in wanted]
    shared = [context.missing(run, span) for run in asked if run.name in wanted]
    known = {(fact.fact, fact.supply) for fact in shared if fact is not None}
    own = [fact for fact in entry.opens if (fact.fact, fact.supply) not in known]
    found = [*own, *(fact for fact in facts if fact is not None)]
    return unique(found or [fact for fact in (*shared, *entry.opens) if fact is not None])


def unique(opens: Iterable[Open]) -> tuple[Open, ...]:
    """The facts without repetition, in order."""
    found: dict[tuple[str, str], Open] = {}
    for fact in opens:
        found.setdefault((fact.fact, fact.supply), fact)
    return tuple(found.values())


def one_of(answers: Sequence[Answer]) -> Answer:
    """Whether one of them holds, with what would settle it."""
    truth = Truth.NO
    for answer in answers:
        truth = truth | answer.truth
    return Answer(truth, _opens(answers, truth), _why(answers, truth))


def all_of(answers: Sequence[Answer]) -> Answer:
    """Whether all of them hold, with what would settle it."""
    truth = Truth.YES
    for answer in answers:
        truth = truth & answer.truth
    return Answer(truth, _opens(answers, truth), _why(answers, truth))


def opposite(answer: Answer) -> Answer:
    """Whether it does not hold."""
    return Answer(~answer.truth, answer.opens, answer.why)


def _opens(answers: Sequence[Answer], truth: Truth) -> tuple[Open, ...]:
    if truth is not Truth.MAYBE:
        return ()
    return unique(fact for answer in answers for fact in answer.opens)


def _why(answers: Sequence[Answer], truth: Truth) -> str:
    return next((answer.why for answer in answers if answer.truth is truth and answer.why), "")
