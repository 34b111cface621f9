"""A TOML text as values with places."""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right
from collections.abc import Sequence
from typing import cast

from validator.findings import Diagnostic
from validator.graph.span import Span, whole
from validator.records import dataclass
from validator.toml.places import MAX_DEPTH, Lost, Path, Places, Range, TooDeep

MAX_CHARACTERS = 1 << 18
# What the parser puts behind its words.
_PLACE = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")
_BEYOND = 200


def as_table(value: object) -> dict[str, object] | None:
    """A value if it is a table."""
    return cast(dict[str, object], value) if isinstance(value, dict) else None


class Broken(Exception):
    """A text that is no TOML, or none that we read; `diagnostic` says where and why."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(diagnostic.message)
        self.diagnostic = diagnostic


@dataclass(frozen=True, slots=True)
class Document:
    """A TOML file, or the part of it below `top`.

    Its values are those of the standard library's parser.
    """

    name: str
    value: dict[str, object]
    places: Places
    lines: Sequence[int]
    top: Path = ()

    def below(self, *keys: str) -> Document | None:
        """The table that some keys lead to, None if there is none."""
        found: object = self.value
        for key in keys:
            found = (as_table(found) or {}).get(key)
        held = as_table(found)
        if held is None:
            return None
        return Document(self.name, held, self.places, self.lines, (*self.top, *keys))

    def key(self, *path: str | int) -> Span:
        """Where a key is written, or the nearest one above it."""
        return self._place(self.places.keys, path)

    def at(self, *path: str | int) -> Span:
        """Where a value is written, or the nearest one above it."""
        return self._place(self.places.values, path)

    def _place(self, places: dict[Path, Range], path: Path) -> Span:
        whole = (*self.top, *path)
        while whole not in places:
            whole = whole[:-1]
        start, end = places[whole]
        return _span(self.name, self.lines, start, end)

    def fault(self, span: Span, message: str) -> Diagnostic:
        """Something wrong in this file."""
        return Diagnostic(span, message, "config")


def parse(name: str, text: str) -> Document:
    """A file's text, by its shown name. Raises `Broken`."""
    lines = _lines(text)
    if len(text) > MAX_CHARACTERS:
        message = f"this is longer than {MAX_CHARACTERS >> 10} Ki characters"
        raise Broken(Diagnostic(whole(name), message, "config"))
    try:
        # First: it refuses what would keep the parser busy.
        places = Places(text)
        return Document(name, _loads(text, name, lines), places, lines)
    except TooDeep as error:
        message = f"more than {MAX_DEPTH} keys, lists or tables in each other"
        span = _span(name, lines, error.at, error.at + 1)
    except Lost as error:
        # The parser sees no more than was looked at: the rest may be made to keep it busy.
        _loads(text[: error.at + _BEYOND], name, lines, error.at)
        message = "this is no TOML"
        span = _span(name, lines, error.at, error.at + 1)
    raise Broken(Diagnostic(span, message, "config"))


def _loads(
    text: str, name: str, lines: Sequence[int], lost: int | None = None
) -> dict[str, object]:
    """The values; what is wrong is where the parser says, or else where we are lost."""
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        words = str(error)
        found = _PLACE.search(words)
        message = f"this is no TOML: {words[: found.start()] if found else words}"
        if found and found[1]:
            line, column = int(found[1]), int(found[2])
            span = Span(name, line, column, line, column + 1)
        else:
            at = len(text) if lost is None else lost
            span = _span(name, lines, at, at + 1)
        raise Broken(Diagnostic(span, message, "config")) from None


def _lines(text: str) -> list[int]:
    """The offset of every line."""
    return [0, *(found.end() for found in re.finditer("\n", text))]


def _span(name: str, lines: Sequence[int], start: int, end: int) -> Span:
    line, end_line = bisect_right(lines, start), bisect_right(lines, end)
    return Span(name, line, start - lines[line - 1] + 1, end_line, end - lines[end_line - 1] + 1)
