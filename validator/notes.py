"""Ignores as people write them: in a comment, or in a template's `Metadata`.

    # predeploy: ignore[rule-id] reason
    # predeploy: ignore[rule-id, other-rule] until=2027-03-01 reason

What means to be one and is not is a `Misfit`: it must not pass in silence.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Literal

from validator.graph.span import Span
from validator.records import dataclass

NAME = "predeploy"
TOOL_ID = re.compile(r"[A-Z]\d{4}")
"""An id of cfn-lint's."""
NoteKind = Literal["comment", "metadata"]


@dataclass(frozen=True, slots=True)
class Named:
    """A rule that an ignore names, as written, and where."""

    id: str
    span: Span


@dataclass(frozen=True, slots=True)
class Note:
    """An ignore.

    `until` is the last day on which it counts, as YYYY-MM-DD; empty if it counts always. `scope`
    is the stretch of the file that it speaks for, itself included.
    """

    rules: tuple[Named, ...]
    reason: str
    until: str
    span: Span
    scope: Span
    kind: NoteKind

    def ended(self, today: str) -> bool:
        """Whether its last day is over."""
        return bool(self.until) and self.until < today

    def address(self, *rules: Named) -> str:
        """What a finding about this ignore hangs at: its file, and the rules that it is about."""
        return f"{self.span.file}#ignore[{', '.join(one.id for one in rules)}]"


@dataclass(frozen=True, slots=True)
class Misfit:
    """What is no ignore, though somebody means it to be one."""

    span: Span
    message: str
    fix: str | None = None


Needed = Literal["yes", "no", "unclear"]


@dataclass(frozen=True, slots=True)
class Naming:
    """A rule that an ignore names, after the run.

    `known` says whether a rule of this run, or of cfn-lint, is called so; `near` is the id that it
    resembles if not. `needed` says whether the rule found something there; where this run cannot
    know, it is unclear.
    """

    note: Note
    named: Named
    known: bool
    near: str
    needed: Needed


@dataclass(frozen=True, slots=True)
class Review:
    """The ignores in the files that were judged. `today` is a day as in `Note.until`."""

    notes: tuple[Note, ...]
    namings: tuple[Naming, ...]
    misfits: tuple[Misfit, ...]
    today: str
    require_reason: bool


Place = Callable[[int, int], Span]
"""Two offsets of a text to the stretch of the file that they enclose."""

# What may stand before a directive: the signs of a comment, those of a comment inside a comment.
_START = re.compile(rf"(?:\A|[#\n*]|//)[ \t]*+{NAME}:[ \t]*+")
_WORD = re.compile(r"([A-Za-z]++)[ \t]*+")
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*+")
# A comment in the comment, of another tool or about something else.
_ASIDE = re.compile(r"(?:\A|(?<=\s))(?:#|//)(?=\s|[A-Za-z])")
_UNTIL = re.compile(r"(?:\A|(?<=\s))until=(\S*)")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def parse(words: str, place: Place, scope: Span) -> Iterator[Note | Misfit]:
    """The ignores in the text of one comment, with the signs that make it a comment or without."""
    starts = list(_START.finditer(words))
    for number, start in enumerate(starts):
        end = starts[number + 1].start() if number + 1 < len(starts) else len(words)
        newline = words.find("\n", start.end(), end)
        end = end if newline < 0 else newline
        found = _Directive(words, start.end(), end, place).note(scope)
        if found is not None:
            yield found


class _Directive:
    """What stands behind `predeploy:`, between two offsets of a comment's text."""

    def __init__(self, words: str, at: int, end: int, place: Place) -> None:
        self.words = words
        self.at = at
        bare = words[at:end].rstrip().removesuffix("*/").rstrip()
        self.end = at + len(bare)
        self.place = place
        self.begin = words.rindex(NAME, 0, at)

    def note(self, scope: Span) -> Note | Misfit | None:
        verb = _WORD.match(self.words, self.at, self.end)
        if verb is None:
            return None
        opened = self.words.startswith("[", verb.end(), self.end)
        if verb[1] != "ignore":
            # Anything else may be prose that begins with our name.
            meant = opened or _resembles(verb[1])
            return self.misfit(f"{NAME} knows no {verb[1]} but only ignore") if meant else None
        if not opened:
            return self.misfit("an ignore names its rules in brackets")
        close = self.words.find("]", verb.end(), self.end)
        if close < 0:
            return self.misfit("the bracket behind ignore is never closed")
        span = self.place(self.begin, close + 1)
        rules = self.rules(verb.end() + 1, close)
        if isinstance(rules, Misfit):
            return rules
        until, reason = self.ending(close + 1)
        if isinstance(until, Misfit):
            return until
        return Note(rules, reason, until, span, scope, "comment")

    def rules(self, start: int, end: int) -> tuple[Named, ...] | Misfit:
        found: list[Named] = []
        for part in self.words[start:end].split(","):
            id_ = part.strip()
            first = start + len(part) - len(part.lstrip())
            start += len(part) + 1
            if not id_:
                continue
            span = self.place(first, first + len(id_))
            if not is_id(id_):
                return Misfit(span, no_id(id_))
            found.append(Named(id_, span))
        return tuple(found) or self.misfit("this ignore names no rule")

    def ending(self, start: int) -> tuple[str | Misfit, str]:
        """The last day, which may stand before or behind the reason, and the reason."""
        rest = self.words[start : self.end]
        aside = _ASIDE.search(rest)
        rest = rest[: aside.start()] if aside else rest
        until = ""
        ends = list(_UNTIL.finditer(rest))
        if len(ends) > 1:
            return self.misfit("this ignore has two last days"), ""
        for found in ends:
            until = found[1].rstrip(",;:.")
            if not is_day(until):
                span = self.place(start + found.start(), start + found.end())
                return Misfit(span, no_day(until)), ""
            rest = f"{rest[: found.start()].rstrip()} {rest[found.end() :].lstrip()}"
        return until, rest.strip().lstrip(":-\u2013\u2014").strip()

    def misfit(self, message: str) -> Misfit:
        return Misfit(self.place(self.begin, self.end), message, f"{NAME}: ignore[rule-id] reason")


def is_day(text: str) -> bool:
    """Whether a text is a day of the calendar as YYYY-MM-DD, whose texts sort as the days do."""
    from datetime import date

    if not _DAY.fullmatch(text):
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def is_id(text: str) -> bool:
    """Whether a text may be the id of a rule."""
    return _ID.fullmatch(text) is not None


def no_day(text: str) -> str:
    """What is said of a last day that is none."""
    return f"{text or 'nothing'} is no day of the calendar as YYYY-MM-DD"


def no_id(text: str) -> str:
    """What is said of a rule's id that is none."""
    return f"{text} is no id of a rule; every rule is named by itself"


def _resembles(word: str) -> bool:
    from validator.near import get_close_matches

    return bool(get_close_matches(word[:20].lower(), ["ignore"], 1, 0.8))
