"""Deliveries as a picture shows them: those that go the same way together, the gravest first.

What a picture of many deliveries needs to stay readable; nothing of it knows a format.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from validator.outcomes import Delivered, Hop, HopState, Verdict
from validator.records import dataclass
from validator.report.escape import plain, width
from validator.report.style import Style
from validator.report.summary import WORDS, many
from validator.reports import Report

STATES: tuple[HopState, ...] = ("bad", "at-risk", "open", "good")
STATE_OF: dict[Verdict, HopState] = {
    Verdict.WILL_FAIL: "bad",
    Verdict.MAY_FAIL: "at-risk",
    Verdict.CANNOT_TELL: "open",
    Verdict.WILL_WORK: "good",
}
SIGNS: dict[HopState, str] = {"bad": "✗", "at-risk": "!", "open": "?", "good": "✓"}

FOLD = 4
"""How many deliveries that go the same way still stand apart."""


def listed(report: Report, style: Style) -> tuple[Delivered, ...]:
    """The deliveries that are to be shown."""
    return tuple(
        one for one in report.deliveries if style.unknown or one.verdict is not Verdict.CANNOT_TELL
    )


@dataclass(frozen=True, slots=True)
class Ways:
    """Deliveries that are shown as one, all of one verdict and one way behind their sources."""

    deliveries: tuple[Delivered, ...]

    @property
    def verdict(self) -> Verdict:
        """The verdict of all of them."""
        return self.deliveries[0].verdict

    @property
    def source(self) -> Hop | None:
        """What they watch, if it is the same for all of them."""
        first = _source(self.deliveries[0])
        alike = all(_source(one) == first for one in self.deliveries)
        return first if alike else None

    @property
    def hops(self) -> tuple[Hop, ...]:
        """The way behind the source."""
        return self.deliveries[0].path[1:]


def grouped(deliveries: Iterable[Delivered]) -> list[Ways]:
    """Deliveries with those together that go the same way, if they are many, in given order."""
    alike: dict[object, list[Delivered]] = {}
    for one in deliveries:
        source = _source(one)
        trouble = None if source is None else (source.state, source.why)
        rest = tuple((hop.id, hop.state, hop.why) for hop in one.path[1:])
        alike.setdefault((one.verdict, trouble, rest), []).append(one)
    found: list[Ways] = []
    for several in alike.values():
        together = len(several) > FOLD
        found += [Ways(tuple(several))] if together else [Ways((one,)) for one in several]
    return found


def _source(one: Delivered) -> Hop | None:
    return one.path[0] if one.path else None


@dataclass(frozen=True, slots=True)
class Node:
    """A stop that deliveries share, as the gravest of them finds it.

    `troubled` of `all` deliveries find it in that state.
    """

    hop: Hop
    troubled: int
    all: int


def nodes(deliveries: Iterable[Delivered]) -> dict[str, Node]:
    """The stops behind the sources by their id, each once."""
    seen: dict[str, list[Hop]] = {}
    for one in deliveries:
        for hop in one.path[1:]:
            seen.setdefault(hop.id, []).append(hop)
    found: dict[str, Node] = {}
    for key, hops in seen.items():
        gravest = min(hops, key=lambda hop: STATES.index(hop.state))
        troubled = sum(hop.state == gravest.state for hop in hops)
        found[key] = Node(gravest, troubled, len(hops))
    return found


def left_out(deliveries: Sequence[Delivered]) -> str:
    """What a picture says of the deliveries that it has no room for."""
    counts = Counter(one.verdict for one in deliveries)
    words = ", ".join(f"{counts[one]} {said}" for one, said in WORDS.items() if counts[one])
    return f"and {many(len(deliveries), 'more delivery', 'more deliveries')}: {words}"


def labelled(what: str, name: str, columns: int) -> list[str]:
    """What a thing is and its name, in one line if both fit."""
    together = f"{what} {name}".strip()
    if width(plain(together)) <= columns:
        return wrapped(together, columns)
    return [*wrapped(what, columns), *wrapped(name, columns)]


def wrapped(words: str, columns: int, rows: int = 4) -> list[str]:
    """A stranger's text in about so many short lines, broken where a name may be.

    What is too long loses its middle.
    """
    words = plain(words).strip()
    most = columns * rows
    if width(words) > most:
        head, tail = _cut(words, most * 2 // 3), _cut(words[::-1], most // 4)[::-1]
        words = f"{head}…{tail}"
    found: list[str] = []
    while words:
        line = _cut(words, columns)
        if len(line) < len(words) and words[len(line)] != " ":
            line = line[: _break(line)]
        found.append(line.strip())
        words = words[len(line) :].strip()
    return found


def _break(line: str) -> int:
    """Where to break a line that is too long: behind a blank, else behind a part of a name."""
    for marks in (" ", "./", ":,", "-_"):
        at = max(line.rfind(mark) for mark in marks) + 1
        if at > len(line) // 3:
            return at
    return len(line)


def _cut(words: str, columns: int) -> str:
    """The longest beginning that is so many columns wide; one character at least."""
    used = 0
    for number, character in enumerate(words):
        used += width(character)
        if used > columns:
            return words[: max(number, 1)]
    return words
