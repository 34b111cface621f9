"""JSON text to expressions, every one at its place."""

from __future__ import annotations

import json.decoder as json_decoder
import re
from collections.abc import Callable
from decimal import Decimal, InvalidOperation

from validator.readers.terraform.hcl import parse, skip
from validator.readers.terraform.hcl.source import Fault, Source
from validator.readers.terraform.hcl.tree import (
    Chars,
    Expr,
    Literal,
    Object,
    Template,
    Tuple,
)

_BLANK = re.compile(r"[ \t\r\n]*")


_NUMBER = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?")


_PAIR = re.compile(r"\\u[dD][89abAB]..\\u[dD][c-fC-F]")


_WORDS: dict[str, bool | None] = {"true": True, "false": False, "null": None}


_REFERENCES = frozenset({"depends_on", "provider", "providers", "replace_triggered_by"})


"""Arguments of a block whose texts are references, not templates."""


_ARGUMENTS = (2, 3)


"""How many objects are around the arguments of a module or provider, of a resource."""


class Decoded(Source):
    """The text that a JSON string with escapes stands for, with the places of the escapes."""

    __slots__ = ("offsets", "original")

    def __init__(self, original: Source, text: str, offsets: list[int]) -> None:
        super().__init__(original.name, text)
        self.original = original
        self.offsets = offsets

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column in the file."""
        return self.original.position(self.offsets[min(offset, len(self.offsets) - 1)])


_scan_string: Callable[[str, int], tuple[str, int]] = vars(json_decoder)["scanstring"]


class Reader:
    """A JSON text read once from its start; every method raises `Fault`.

    `templates` says whether strings may hold expressions.
    """

    def __init__(self, source: Source, *, templates: bool) -> None:
        self.source = source
        self.text = source.text
        self.at: int = 0
        self.templates = templates

    def whole(self) -> Expr:
        """The one value of the text."""
        value = self.value(0)
        self.blank()
        if self.at < len(self.text):
            raise Fault("nothing may follow the value of a JSON text", self.at)
        return value

    def blank(self) -> None:
        """Step over white space."""
        found = _BLANK.match(self.text, self.at)
        if found:
            self.at = found.end()

    def expect(self, sign: str) -> None:
        """Step over a sign that must stand here."""
        if not self.text.startswith(sign, self.at):
            raise Fault(f"{sign} must stand here", self.at)
        self.at += 1

    def value(self, depth: int, *, expressions: bool = False) -> Expr:
        """The value at the current place."""
        if depth > skip.MAX_NESTING:
            raise Fault(f"brackets are nested more than {skip.MAX_NESTING} deep", self.at)
        self.blank()
        start = self.at
        self.source.spend(1, start)
        sign = self.text[start : start + 1]
        if sign == "{":
            return self.object(depth, expressions=expressions)
        if sign == "[":
            return self.array(depth, expressions=expressions)
        if sign == '"':
            return self.string(expressions=expressions)
        number = _NUMBER.match(self.text, start)
        if number:
            self.at = number.end()
            try:
                return Literal(self.source, start, self.at, Decimal(number[0]))
            except InvalidOperation:
                raise Fault("this is no number", start, self.at) from None
        for word, meaning in _WORDS.items():
            if self.text.startswith(word, start):
                self.at += len(word)
                return Literal(self.source, start, self.at, meaning)
        raise Fault("a JSON value must stand here", start)

    def object(self, depth: int, *, expressions: bool) -> Object:
        """The object that opens here."""
        start = self.at
        self.at += 1
        entries: list[tuple[Expr, Expr]] = []
        self.blank()
        while not self.text.startswith("}", self.at):
            if entries:
                self.expect(",")
                self.blank()
            if not self.text.startswith('"', self.at):
                raise Fault("a key in quotes must stand here", self.at)
            key = self.string(expressions=False)
            self.blank()
            self.expect(":")
            inner = expressions or (literal_of(key) in _REFERENCES and depth in _ARGUMENTS)
            entries.append((key, self.value(depth + 1, expressions=inner)))
            self.blank()
        self.at += 1
        return Object(self.source, start, self.at, entries)

    def array(self, depth: int, *, expressions: bool) -> Tuple:
        """The array that opens here."""
        start = self.at
        self.at += 1
        items: list[Expr] = []
        self.blank()
        while not self.text.startswith("]", self.at):
            if items:
                self.expect(",")
            items.append(self.value(depth + 1, expressions=expressions))
            self.blank()
        self.at += 1
        return Tuple(self.source, start, self.at, items)

    def string(self, *, expressions: bool) -> Expr:
        """The string that opens here, as a template or, with `expressions`, a reference."""
        start = self.at
        try:
            words, self.at = _scan_string(self.text, start + 1)
        except ValueError:
            raise Fault(
                "this string is never closed, or has a sign that must be escaped", start
            ) from None
        source, first, last = self.source, start + 1, self.at - 1
        if "\\" in self.text[first:last]:
            source = Decoded(self.source, words, _offsets(self.text, first, last))
            first, last = 0, len(words)
        if expressions and self.templates:
            try:
                return parse.expression(source, first, last)
            except Fault:
                pass
        if self.templates and ("${" in words or "%{" in words):
            made = parse.template(source, first, last)
            made.source, made.start, made.end = self.source, start, self.at
            made.wraps = (
                len(made.parts) == 1
                and not isinstance(made.parts[0], Chars)
                and words.startswith("${")
            )
            return made
        made = Template(self.source, start, self.at)
        made.parts = [Chars(source, first, last, words)] if words else []
        return made


def _offsets(text: str, start: int, end: int) -> list[int]:
    """For each character that a JSON string stands for, where it is written; then the end."""
    offsets: list[int] = []
    at = start
    while at < end:
        offsets.append(at)
        if text[at] != "\\":
            at += 1
        elif text[at + 1] == "u":
            at += 12 if _PAIR.match(text, at) else 6
        else:
            at += 2
    offsets.append(end)
    return offsets


def literal_of(node: Expr) -> str:
    """The text of a key; empty for what is none."""
    return (node.literal or "") if isinstance(node, Template) else ""
