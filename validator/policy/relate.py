"""Whether words match patterns: surely, possibly, or not."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from validator.graph.span import Span
from validator.graph.verdict import Open, Truth
from validator.policy.automaton import machine
from validator.policy.context import Context
from validator.policy.patterns import Entry
from validator.policy.runs import Name, Run, Word
from validator.records import dataclass, field

_TOGETHER = 200


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

    def learn(self, other: Tests) -> None:
        """Take over what another round saw."""
        self.pairs.extend(other.pairs)
        self.fixed.update(other.fixed)
        self.presences.update(other.presences)


def relate(word: Word, entries: Sequence[Entry]) -> list[Truth]:
    """For every entry: whether all texts of the word match it, or none does."""
    if len(entries) <= _TOGETHER:
        return _relate(word, entries)
    # One automaton of all would take long to build: that grows with the square of its size.
    return [
        truth
        for start in range(0, len(entries), _TOGETHER)
        for truth in _relate(word, entries[start : start + _TOGETHER])
    ]


def _relate(word: Word, entries: Sequence[Entry]) -> list[Truth]:
    # Without unknown pieces in the patterns one automaton serves both readings.
    exact = not any(entry.runs or entry.lo is not entry.hi for entry in entries)
    wide = machine(tuple(glob for entry in entries for glob in entry.hi), wide=True)
    sizes = [len(entry.hi) for entry in entries]
    possible = wide.accepted(wide.run(word, widely=True), sizes)
    if exact and not any(isinstance(token, Run) for token in word):
        return [Truth.YES if maybe else Truth.NO for maybe in possible]
    narrow = wide
    if not exact:
        narrow = machine(tuple(glob for entry in entries for glob in entry.lo), wide=False)
        sizes = [len(entry.lo) for entry in entries]
    sure = narrow.accepted(narrow.run(word, widely=False), sizes)
    return [
        Truth.YES if yes else Truth.MAYBE if maybe else Truth.NO
        for yes, maybe in zip(sure, possible, strict=True)
    ]


def opens_of(word: Word, entry: Entry, context: Context, span: Span) -> tuple[Open, ...]:
    """What would settle an open comparison.

    A piece that stands on both sides is equal to itself, so others come first.
    """
    asked = [run for run in word if isinstance(run, Run) and not run.varies]
    wanted = {run.name for run in entry.runs}
    facts = [context.missing(run, span) for run in asked if run.name not in wanted]
    shared = [context.missing(run, span) for run in asked if run.name in wanted]
    # A policy variable may bring in an unknown piece that the policy itself does not name.
    theirs = [*entry.opens, *(context.missing(run, span) for run in entry.runs)]
    known = {(fact.fact, fact.supply) for fact in shared if fact is not None}
    own = [fact for fact in theirs if fact and (fact.fact, fact.supply) not in known]
    found = [*own, *(fact for fact in facts if fact is not None)]
    return unique(found or [fact for fact in (*shared, *theirs) if fact is not None])


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
