"""Splitting the text of strings, heredocs and template files into literal and other parts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
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


class _Mark:
    """A directive or interpolation while the parts are put together."""

    __slots__ = ("end", "kind", "part", "start", "trim_left", "trim_right")

    def __init__(self, kind: str, start: int, end: int) -> None:
        self.kind = kind
        self.start = start
        self.end = end
        self.part: Part | None = None
        self.trim_left = False
        self.trim_right = False


def split(
    source: Source,
    start: int,
    end: int,
    read: ReadExpression,
    *,
    quoted: bool = False,
    flush: bool = False,
) -> list[Part]:
    """The parts of a template text between two offsets.

    `quoted` texts have backslash escapes; `flush` cuts common indentation. `read` parses an
    expression between two offsets. Raises `Fault`.
    """
    flat = _flat(source, start, end, read, quoted=quoted, lines=flush)
    if flush:
        _dedent(flat)
    _trim(flat)
    return _nested(flat)


def _flat(
    source: Source, start: int, end: int, read: ReadExpression, *, quoted: bool, lines: bool
) -> list[Chars | _Mark]:
    text = source.text
    pattern = _QUOTED if quoted else _BARE
    flat: list[Chars | _Mark] = []
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
    return _by_line(source, flat) if lines else flat


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


def _by_line(source: Source, flat: list[Chars | _Mark]) -> list[Chars | _Mark]:
    """Literal parts cut after each line break, because indentation belongs to lines."""
    cut: list[Chars | _Mark] = []
    for part in flat:
        if isinstance(part, _Mark) or "\n" not in part.text[:-1]:
            cut.append(part)
            continue
        at = part.start
        for line in _lines(part.text):
            cut.append(Chars(source, at, at + len(line), line))
            at += len(line)
    return cut


def _lines(text: str) -> list[str]:
    *whole, rest = text.split("\n")
    return [f"{line}\n" for line in whole] + ([rest] if rest else [])


def _mark(text: str, at: int, read: ReadExpression) -> tuple[_Mark, int]:
    stop = skip.interpolation(text, at + 2)
    inner, last = at + 2, stop - 1
    mark = _Mark("value", at, stop)
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


def _dedent(flat: list[Chars | _Mark]) -> None:
    """Cut the indentation that all lines share; blank lines neither count nor change."""
    fresh = True
    least: int | None = None
    starts: list[Chars] = []
    for part in flat:
        if isinstance(part, _Mark):
            if fresh:
                least = 0
            fresh = False
            continue
        if fresh:
            words = part.text
            indent = len(words) - len(words.lstrip())
            if indent < len(words) or not words.endswith("\n"):
                least = indent if least is None else min(least, indent)
                starts.append(part)
        fresh = part.text.endswith("\n")
    if least:
        for part in starts:
            part.text = part.text[least:]
            part.start += least
            part.margin = least


def _trim(flat: list[Chars | _Mark]) -> None:
    for index, part in enumerate(flat):
        if not isinstance(part, _Mark):
            continue
        before = index - 1
        while part.trim_left and before >= 0:
            other = flat[before]
            if isinstance(other, _Mark):
                break
            other.text = other.text.rstrip()
            if other.text:
                break
            before -= 1
        after = index + 1
        while part.trim_right and after < len(flat):
            other = flat[after]
            if isinstance(other, _Mark):
                break
            left = other.text.lstrip()
            other.start += len(other.text) - len(left)
            other.text = left
            if left:
                break
            after += 1


def _nested(flat: list[Chars | _Mark]) -> list[Part]:
    """The parts with directives around what they govern; neighbouring lines joined again."""
    whole: list[Part] = []
    current = whole
    opened: list[tuple[_Mark, list[Part]]] = []
    for part in _joined(flat):
        if isinstance(part, Chars):
            current.append(part)
        elif part.kind == "value" and part.part is not None:
            current.append(part.part)
        elif isinstance(part.part, If | Repeat):
            if len(opened) >= skip.MAX_NESTING:
                raise Fault(f"directives are nested more than {skip.MAX_NESTING} deep", part.start)
            current.append(part.part)
            opened.append((part, current))
            current = part.part.yes if isinstance(part.part, If) else part.part.parts
        elif not opened:
            raise Fault(f"no directive is open for this {part.kind}", part.start, part.end)
        else:
            opener = opened[-1][0].part
            if part.kind == "else" and isinstance(opener, If) and current is not opener.no:
                current = opener.no
            elif (part.kind == "endif") == isinstance(opener, If) and part.kind != "else":
                current = opened.pop()[1]
            else:
                raise Fault(f"{part.kind} does not fit the open directive", part.start, part.end)
    if opened:
        mark = opened[-1][0]
        raise Fault(f"this {mark.kind} directive is never closed", mark.start, mark.end)
    return whole


def _joined(flat: list[Chars | _Mark]) -> Iterator[Chars | _Mark]:
    """Lines that follow one another in the source, cut alike, as one stretch again."""
    run: list[Chars] = []
    for part in flat:
        if isinstance(part, Chars):
            if not part.text:
                continue
            if run and not _continues(run, part):
                yield _one(run)
                run = []
            run.append(part)
            continue
        if run:
            yield _one(run)
            run = []
        yield part
    if run:
        yield _one(run)


def _continues(run: list[Chars], part: Chars) -> bool:
    last = run[-1]
    return (
        last.text.endswith("\n")
        and last.end + part.margin == part.start
        and last.end - last.start == len(last.text)
        and part.end - part.start == len(part.text)
        and (last.margin == part.margin or (len(run) == 1 and "\n" not in last.text[:-1]))
    )


def _one(run: list[Chars]) -> Chars:
    first, last = run[0], run[-1]
    if first is last:
        return first
    words = "".join(part.text for part in run)
    return Chars(first.source, first.start, last.end, words, last.margin)
