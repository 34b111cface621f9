"""Which sets of patterns the members of a set of texts match, each with a member that shows it.

A walk over pairs of a position in the request and a state of the automaton. At a run that varies
only those characters are tried that some pattern waits for, and one that none does: all others
lead to the same state. Exponential at worst, hence the budget.
"""

from __future__ import annotations

from collections.abc import Sequence

from validator.policy.automaton import Machine
from validator.policy.runs import Run, Word
from validator.records import dataclass

PAIRS = 50_000
# What a free character is shown as in a witness; the last ones hardly occur in any policy.
_FREE = "xyzwvuabcdefghijklmnopqrst0123456789-_.XYZABCDEFGHIJKLMNOPQRSTUVW/:§¤þÿ"


class BudgetError(Exception):
    """The patterns are too involved to be told apart within the budget."""


@dataclass(slots=True)
class Budget:
    """How many pairs may still be looked at; one of a large automaton counts as several."""

    left: int = PAIRS

    def spend(self, pairs: int, machines: Sequence[Machine] = ()) -> None:
        """Raise `BudgetError` when nothing is left."""
        weight = 1 + len(machines) // 8 + sum(machine.bits for machine in machines) // 2_000
        self.left -= pairs * weight
        if self.left < 0:
            raise BudgetError


@dataclass(frozen=True, slots=True)
class _Path:
    before: _Path | None
    token: str | Run

    def word(self) -> Word:
        found: list[str | Run] = []
        path: _Path | None = self
        while path is not None:
            found.append(path.token)
            path = path.before
        return tuple(reversed(found))


States = tuple[int, ...]
Front = dict[States, "_Path | None"]


def walk(word: Word, machines: Sequence[Machine], budget: Budget) -> dict[States, Word]:
    """The answers that the members of `word` get, each with its first, short member.

    An answer is the accepting states of each machine that are reached.
    """
    front: Front = {tuple(machine.start for machine in machines): None}
    for token in word:
        if isinstance(token, Run) and token.varies:
            front = vary(front, token, machines, budget)
            continue
        budget.spend(len(front), machines)
        after: Front = {}
        for states, path in front.items():
            moved = tuple(
                machine.read(state, token) for machine, state in zip(machines, states, strict=True)
            )
            after.setdefault(moved, _Path(path, token))
        front = after
    masks = [sum(set(machine.accepts)) for machine in machines]
    answers: Front = {}
    for states, path in front.items():
        found = tuple(state & mask for state, mask in zip(states, masks, strict=True))
        answers.setdefault(found, path)
    return {states: path.word() if path else () for states, path in answers.items()}


def vary(front: Front, run: Run, machines: Sequence[Machine], budget: Budget) -> Front:
    """The states after every text of a run, each with one such text."""
    for _ in range(run.least):
        front = _spread(front, run, machines, budget)
    if run.most is not None:
        return front
    seen = dict(front)
    fresh = front
    while fresh:
        fresh = {
            states: path
            for states, path in _spread(fresh, run, machines, budget).items()
            if states not in seen
        }
        seen |= fresh
    return seen


def text_of(path: _Path | None) -> str:
    """The characters of a path that holds no runs."""
    word = path.word() if path else ()
    return "".join(token for token in word if isinstance(token, str))


def _spread(front: Front, run: Run, machines: Sequence[Machine], budget: Budget) -> Front:
    after: Front = {}
    for states, path in front.items():
        choices = _choices(states, run, machines)
        budget.spend(len(choices), machines)
        for char in choices:
            moved = tuple(
                machine.step(state, char) for machine, state in zip(machines, states, strict=True)
            )
            if moved not in after:
                after[moved] = _Path(path, char)
    return after


def _choices(states: States, run: Run, machines: Sequence[Machine]) -> list[str]:
    expected: set[str] = set()
    for machine, state in zip(machines, states, strict=True):
        if state:
            expected.update(char for char in machine.expected(state) if run.holds(char))
            if machine.colon_matters and run.holds(":"):
                expected.add(":")
    free = next((char for char in _FREE if run.holds(char) and char not in expected), None)
    if free is None:
        free = _any_other(run, expected)
    return ([free] if free is not None else []) + sorted(expected)


def _any_other(run: Run, expected: set[str]) -> str | None:
    candidates = run.alphabet or (chr(code) for code in range(0x21, 0x2FFF))
    return next((char for char in candidates if run.holds(char) and char not in expected), None)
