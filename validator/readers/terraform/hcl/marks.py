"""The text of a template in a row: literal parts, and marks for interpolations and directives."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeAlias

from validator.readers.terraform.hcl import skip
from validator.readers.terraform.hcl.source import Fault, Source
from validator.readers.terraform.hcl.tree import Chars, Expr, If, Part, Repeat

ReadExpression: TypeAlias = "Callable[[int, int], Expr]"

_ESCAPES = {"n": "\n", "r": "\r", "t": "\t", '"': '"', "\\": "\\"}
_QUOTED = re.compile(r'[^"\\$%]+|\\(?:u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|.)|\$\$\{|%%\{|[$%](?!\{)')
_BARE = re.compile(r"[^$%]+|\$\$\{|%%\{|[$%](?!\{)")
_DIRECTIVE = re.compile(r"\s*(if|else|endif|for|endfor)\b")
_FOR = re.compile(r"\s*([^\W\d][\w-]*)\s*(?:,\s*([^\W\d][\w-]*)\s*)?\sin\b")


class Mark:
    """A directive or interpolation while the parts are put together."""

    __slots__ = ("end", "kind", "part", "start", "trim_left", "trim_right")

    def __init__(self, kind: str, start: int, end: int) -> None:
        self.kind = kind
        self.start = start
        self.end = end
        self.part: Part | None = None
        self.trim_left = False
        self.trim_right = False


def in_a_row(
    source: Source, start: int, end: int, read: ReadExpression, *, quoted: bool
) -> list[Chars | Mark]:
    """The parts of a text between two offsets, as they are written. Raises `Fault`."""
    text = source.text
    pattern = _QUOTED if quoted else _BARE
    flat: list[Chars | Mark] = []
    run = start
    at = start
    while at < end:
        part = pattern.match(text, at, end)
        if part is None:
            if at > run:
                flat.append(Chars(source, run, at, text[run:at]))
            mark, at = _mark(text, at, read)
            flat.append(mark)
            run = at
            continue
        words = part[0]
        special = (quoted and words[0] == "\\") or (len(words) == 3 and words in ("$${", "%%{"))
        if special:
            if at > run:
                flat.append(Chars(source, run, at, text[run:at]))
            flat.append(Chars(source, at, part.end(), _unescaped(words, at)))
            run = part.end()
        at = part.end()
    if end > run:
        flat.append(Chars(source, run, end, text[run:end]))
    return flat


def _unescaped(words: str, at: int) -> str:
    if words[0] != "\\":
        return words[1:]
    if words[1] in "uU" and len(words) > 2:
        number = int(words[2:], 16)
        if number > 0x10FFFF or 0xD800 <= number < 0xE000:
            return "\ufffd"
        return chr(number)
    escaped = _ESCAPES.get(words[1])
    if escaped is None:
        raise Fault(f"\\{words[1]} is no escape sequence; a backslash is written \\\\", at, at + 2)
    return escaped


def _mark(text: str, at: int, read: ReadExpression) -> tuple[Mark, int]:
    stop = skip.interpolation(text, at + 2)
    inner, last = at + 2, stop - 1
    mark = Mark("value", at, stop)
    if text.startswith("~", inner) and inner < last:
        mark.trim_left = True
        inner += 1
    if last > inner and text[last - 1] == "~":
        mark.trim_right = True
        last -= 1
    if text[at] == "$":
        mark.part = read(inner, last)
        return mark, stop
    directive = _DIRECTIVE.match(text, inner, last)
    if directive is None:
        raise Fault(
            "this is no template directive; they are if, else, endif, for, endfor", at, stop
        )
    mark.kind = directive[1]
    source_start = directive.end()
    if mark.kind == "if":
        test = read(source_start, last)
        mark.part = If(test.source, at, stop, test)
    elif mark.kind == "for":
        names = _FOR.match(text, source_start, last)
        if names is None:
            raise Fault("this for directive needs a name, in and a collection", at, stop)
        of = read(names.end(), last)
        mark.part = Repeat(of.source, at, stop, [one for one in names.groups() if one], of)
    elif text[source_start:last].strip():
        raise Fault(f"nothing may follow {mark.kind}", at, stop)
    return mark, stop
