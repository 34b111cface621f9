"""Splitting the text of strings, heredocs and template files into literal and other parts."""

from __future__ import annotations

from collections.abc import Iterator

from validator.readers.terraform.hcl import skip
from validator.readers.terraform.hcl.marks import Mark, ReadExpression, in_a_row
from validator.readers.terraform.hcl.source import Fault, Source
from validator.readers.terraform.hcl.tree import Chars, If, Part, Repeat


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
    flat = in_a_row(source, start, end, read, quoted=quoted)
    if flush:
        flat = _by_line(source, flat)
        _dedent(flat)
    _trim(flat)
    return _nested(flat)


def _by_line(source: Source, flat: list[Chars | Mark]) -> list[Chars | Mark]:
    """Literal parts cut after each line break, because indentation belongs to lines."""
    cut: list[Chars | Mark] = []
    for part in flat:
        if isinstance(part, Mark) or "\n" not in part.text[:-1]:
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


def _dedent(flat: list[Chars | Mark]) -> None:
    """Cut the indentation that all lines share; blank lines neither count nor change."""
    fresh = True
    least: int | None = None
    starts: list[Chars] = []
    for part in flat:
        if isinstance(part, Mark):
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


def _trim(flat: list[Chars | Mark]) -> None:
    for index, part in enumerate(flat):
        if not isinstance(part, Mark):
            continue
        before = index - 1
        while part.trim_left and before >= 0:
            other = flat[before]
            if isinstance(other, Mark):
                break
            other.text = other.text.rstrip()
            if other.text:
                break
            before -= 1
        after = index + 1
        while part.trim_right and after < len(flat):
            other = flat[after]
            if isinstance(other, Mark):
                break
            left = other.text.lstrip()
            other.start += len(other.text) - len(left)
            other.text = left
            if left:
                break
            after += 1


def _nested(flat: list[Chars | Mark]) -> list[Part]:
    """The parts with directives around what they govern; neighbouring lines joined again."""
    whole: list[Part] = []
    current = whole
    opened: list[tuple[Mark, list[Part]]] = []
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


def _joined(flat: list[Chars | Mark]) -> Iterator[Chars | Mark]:
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
