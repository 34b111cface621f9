"""Source lines with carets under what is meant, as rustc shows them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from validator.graph.span import Span
from validator.report.escape import cells, plain, width
from validator.report.style import Style

_CUT = "…"


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of source to underline. The finding's own place is `primary`."""

    span: Span
    label: str = ""
    primary: bool = False


def snippets(
    marks: Sequence[Mark], sources: Mapping[str, tuple[str, ...]], gutter: int, style: Style
) -> list[str]:
    """Every mark in its source, file by file, the file of the first mark first."""
    shown: list[str] = []
    by_file: dict[str, list[Mark]] = {}
    for mark in dict.fromkeys(marks):
        by_file.setdefault(mark.span.file, []).append(mark)
    for number, (file, here) in enumerate(by_file.items()):
        first = here[0].span
        arrow = style.paint("-->" if number == 0 else ":::", "blue")
        place = f"{plain(file)}:{first.line}:{first.column}"
        shown.append(f"{' ' * gutter}{arrow} {place}")
        shown.extend(_excerpt(here, sources.get(file, ()), gutter, style))
    return shown


def gutter_for(marks: Sequence[Mark]) -> int:
    """The columns that the largest line number takes."""
    return max((len(str(mark.span.line)) for mark in marks), default=1)


def _excerpt(marks: Sequence[Mark], lines: tuple[str, ...], gutter: int, style: Style) -> list[str]:
    bar = style.paint(f"{' ' * gutter} |", "blue")
    by_line: dict[int, list[Mark]] = {}
    for mark in sorted(marks, key=lambda one: (one.span.line, one.span.column)):
        if mark.span.line <= len(lines):
            by_line.setdefault(mark.span.line, []).append(mark)
    if not by_line:
        return [f"{bar} {label}" for mark in marks if (label := plain(mark.label))]
    shown = [bar]
    before = 0
    for number, here in by_line.items():
        if before and number > before + 2:
            shown.append(style.paint("...", "blue"))
        elif before and number == before + 2:
            shown.append(_source(number - 1, lines[number - 2], (0, 0), gutter, style)[0])
        window = (here[0].span.column, max(_end(mark, lines[number - 1]) for mark in here))
        source, shift, line_cells = _source(number, lines[number - 1], window, gutter, style)
        shown.append(source)
        shown.extend(_underlines(here, line_cells, shift, bar, style))
        before = number
    return shown


def _end(mark: Mark, line: str) -> int:
    """The column behind a mark on its first line; a mark of no width is shown as one wide."""
    span = mark.span
    end = span.end_column if span.end_line == span.line else len(line.rstrip()) + 1
    return max(end, span.column + 1)


def _source(
    number: int, line: str, window: tuple[int, int], gutter: int, style: Style
) -> tuple[str, int, list[str]]:
    """A source line cut to the width around a window of columns.

    Gives back how many characters were cut in front (their place is taken by one), and the cells.
    """
    room = max(style.width - gutter - 3, 20)
    shown = cells(line.rstrip())
    shift = 0
    if sum(map(width, shown)) > room:
        start = max(window[0] - 1, 0)
        if sum(map(width, shown[: min(window[1] - 1, start + room // 2)])) > room - 1:
            shift = max(start - room // 4, 0)
        kept: list[str] = [_CUT] if shift else []
        used = len(kept)
        for cell in shown[shift:]:
            if used + width(cell) > room - 1:
                kept.append(_CUT)
                break
            kept.append(cell)
            used += width(cell)
        shown = kept
        shift = max(shift - 1, 0) if shift else 0
    head = style.paint(f"{number:>{gutter}} |", "blue")
    return f"{head} {''.join(shown)}".rstrip(), shift, shown


def _underlines(
    marks: Sequence[Mark], line: list[str], shift: int, bar: str, style: Style
) -> list[str]:
    shown: list[str] = []
    whole = "".join(line)
    for mark in marks:
        start = min(max(mark.span.column - 1 - shift, 0), len(line))
        end = max(min(_end(mark, " " * (len(line) + shift)) - 1 - shift, len(line)), start)
        indent = width("".join(line[:start]))
        length = max(min(width("".join(line[start:end])), width(whole)), 1)
        under = style.paint(("^" if mark.primary else "-") * length, _color(mark))
        label = f" {style.paint(plain(mark.label), _color(mark))}" if mark.label else ""
        shown.append(f"{bar} {' ' * indent}{under}{label}")
    return shown


def _color(mark: Mark) -> str:
    return "red" if mark.primary else "blue"
