"""Case split: when Kleene's logic leaves a question open, ask it once for every case.

What is unknown is replaced by one text of every class of texts that the policies can tell apart.
Texts of one class lead every pattern from the same states to the same states, so what holds for
one of them holds for all: if all cases agree, that is the answer.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice, product
from math import prod

from validator.graph.verdict import Truth
from validator.policy.automaton import Machine, machine
from validator.policy.context import presence
from validator.policy.model import Policy
from validator.policy.patterns import Entry
from validator.policy.question import Outcome, Request
from validator.policy.relate import Tests
from validator.policy.runs import Name, Run, Word
from validator.policy.signatures import Budget, BudgetError, text_of, vary
from validator.policy.verdicts import Groups, Round, play
from validator.records import dataclass, replace

CASES = 256
# Values compared over all cases together; beyond it fewer unknowns are split.
WORK = 30_000
# Unknowns that are looked at: more than these make too many cases anyway.
_UNKNOWNS = 32
# States that one unknown can start from; more mean that its place in the patterns is not settled.
_TRACKS = 200


@dataclass(frozen=True, slots=True)
class Settled:
    """What all cases agree on, with one of them; `idle` are unknowns that make no difference."""

    outcome: Outcome = Outcome.CANNOT_TELL
    shown: Round | None = None
    idle: frozenset[Name] = frozenset()


def settle(groups: Groups, request: Request, first: Round, budget: Budget) -> Settled:
    """Ask for every case; the question stays open if they do not agree."""
    live = _live(groups, first)
    base = play(live, request, {}, budget)
    if base.spent:
        return Settled()
    cases = _cases(base.tests, budget, _values(live))
    idle = frozenset(name for name, texts in cases.items() if len(texts) == 1)
    if not cases:
        return Settled()
    shown: Round | None = None
    outcomes: set[Outcome] = set()
    for chosen in product(*cases.values()):
        found = play(live, request, dict(zip(cases, chosen, strict=True)), budget)
        outcomes.add(found.outcome)
        if Outcome.CANNOT_TELL in outcomes or (Outcome.ALLOWED in outcomes and len(outcomes) > 1):
            return Settled(idle=idle)
        if shown is None or found.outcome is Outcome.PARTLY:
            shown = found
    return Settled(outcomes.pop() if len(outcomes) == 1 else Outcome.PARTLY, shown)


def _live(groups: Groups, found: Round) -> Groups:
    """The policies without the statements that match in no case at all."""
    dead = {
        (item.document, item.statement.index)
        for index, item in enumerate(found.judged)
        if all(item.rest.truth & m.matches[index] is Truth.NO for m in found.members)
    }
    document = -1
    live: list[list[Policy]] = []
    for group in groups:
        kept: list[Policy] = []
        for policy in group:
            document += 1
            statements = tuple(
                item for item in policy.statements if (document, item.index) not in dead
            )
            kept.append(replace(policy, statements=statements))
        live.append(kept)
    return live


def _values(groups: Groups) -> int:
    """How many values one round compares."""
    return 1 + sum(
        (len(item.action.values) if item.action else 0)
        + (len(item.resource.values) if item.resource else 0)
        + sum(len(condition.values) for condition in item.conditions)
        for group in groups
        for policy in group
        for item in policy.statements
    )


def _cases(tests: Tests, budget: Budget, values: int) -> dict[Name, list[str]]:
    """The texts to try for each unknown, as many unknowns as the budget allows."""
    options: dict[Name, list[str]] = {presence(key): ["yes", ""] for key in tests.presences}
    for run in islice(_splittable(tests), _UNKNOWNS):
        try:
            texts = _classes(run, tests, budget)
        except BudgetError:
            continue
        if texts:
            options[run.name] = texts
    limit = min(CASES, WORK // values)
    cases: dict[Name, list[str]] = {}
    for name, texts in sorted(options.items(), key=lambda option: len(option[1])):
        if prod(map(len, cases.values())) * len(texts) > limit:
            break
        cases[name] = texts
    return cases


def _splittable(tests: Tests) -> Iterator[Run]:
    """The unknown runs of the request that open comparisons hold on one side only."""
    seen: dict[Name, Run] = {}
    barred = set(tests.fixed)
    for word, entry in tests.pairs:
        asked = {t.name: t for t in word if isinstance(t, Run) and not t.varies}
        seen |= asked
        barred.update(run.name for run in entry.runs)
        if entry.vague:
            barred |= asked.keys()
    return (run for name, run in seen.items() if name not in barred)


@dataclass(frozen=True, slots=True)
class _Track:
    """A state that a pattern may be in before a run, and those after it that may still accept."""

    machine: Machine
    start: int
    useful: int


def _classes(run: Run, tests: Tests, budget: Budget) -> list[str]:
    """One text of every class of the texts of a run; none if there are too many ways to tell."""
    tracks: dict[tuple[object, int, int], _Track] = {}
    for word, entry in tests.pairs:
        if run not in word:
            continue
        for key, built in _machines(entry):
            for before, after in _around(word, run, built):
                for start in _bits(before):
                    tracks.setdefault((key, start, after), _Track(built, start, after))
                    if len(tracks) > _TRACKS:
                        return []
    if not tracks:
        return []
    machines = [track.machine for track in tracks.values()]
    starts = tuple(track.start for track in tracks.values())
    found: dict[tuple[int, ...], str] = {}
    for states, path in vary({starts: None}, run, machines, budget).items():
        useful = tuple(s & t.useful for s, t in zip(states, tracks.values(), strict=True))
        found.setdefault(useful, text_of(path))
    return list(found.values())


def _machines(entry: Entry) -> Iterator[tuple[object, Machine]]:
    for glob in dict.fromkeys(entry.hi):
        yield (glob, True), machine((glob,), wide=True)
    if entry.lo is not entry.hi or entry.runs:
        for glob in entry.lo:
            yield (glob, False), machine((glob,), wide=False)


def _around(word: Word, run: Run, patterns: Machine) -> Iterator[tuple[int, int]]:
    """For every place of a run in a word: the states before it, and the useful ones after it."""
    before: list[int] = []
    state = patterns.start
    for token in word:
        before.append(state)
        state = patterns.reach(state, token)
    state = patterns.accepts[0]
    for place in range(len(word) - 1, -1, -1):
        if word[place] == run:
            yield before[place], state
        state = patterns.reach_back(state, word[place])


def _bits(state: int) -> Iterator[int]:
    while state:
        bit = state & -state
        yield bit
        state ^= bit
