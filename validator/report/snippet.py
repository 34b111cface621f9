"""Source lines with carets under what is meant, as rustc shows them."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Mapping, Sequence

from validator.findings import Finding
from validator.graph.span import Span
from validator.records import dataclass
from validator.report.escape import cells, plain, width
from validator.report.style import Style

_CUT = "…"
# Lines that are shown of a statement whose first line is its bracket.
_INSIDE = 3
# Carets that go on to the next line end where the code of this one does.
_COMMENT = re.compile(r"(?<!\s)\s+(?:(?:#|//).*)?$")


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of source to underline. The finding's own place is `primary`."""

    span: Span
    label: str = ""
    primary: bool = False


def marks_of(finding: Finding) -> list[Mark]:
    """What is underlined for a finding: its own place, and its evidence.

    Evidence at the very place of the finding becomes the label of its carets.
    """
    others = [Mark(one.span, one.note) for one in finding.evidence]
    for one in others:
        if one.span == finding.span:
            rest = [other for other in others if other is not one]
            return [Mark(finding.span, one.label, primary=True), *rest]
    return [Mark(finding.span, primary=True), *others]


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
    marked = list(by_line)
    for number, here in by_line.items():
        if before and number > before + 2:
            shown.append(style.paint("...", "blue"))
        elif before and number == before + 2:
            between = Line(lines[number - 2], (0, 0), style.width - gutter - 3)
            shown.append(_numbered(number - 1, between, gutter, style))
        stretches = [_stretch(mark, lines[number - 1]) for mark in here]
        window = (stretches[0][0], max(end for _, end in stretches))
        line = Line(lines[number - 1], window, style.width - gutter - 3)
        shown.append(_numbered(number, line, gutter, style))
        for mark, (start, end) in zip(here, stretches, strict=True):
            shown.extend(f"{bar} {row}" for row in _underline(mark, line, start, end, style))
        before = number
        following = next((later for later in marked if later > number), len(lines) + 1)
        for inner in range(number + 1, min(_opened(here, stretches, number), following - 1) + 1):
            inside = Line(lines[inner - 1], (0, 0), style.width - gutter - 3)
            shown.append(_numbered(inner, inside, gutter, style))
            before = inner
    return shown


def _opened(marks: Sequence[Mark], stretches: Sequence[tuple[int, int]], number: int) -> int:
    """The last line to show of what only begins here: a bracket alone says nothing."""
    ends = [
        min(mark.span.end_line, number + _INSIDE)
        for mark, (start, end) in zip(marks, stretches, strict=True)
        if mark.primary and end - start <= 1 and mark.span.end_line > number
    ]
    return max(ends, default=number)


def _stretch(mark: Mark, line: str) -> tuple[int, int]:
    """The characters of a line that a mark covers, from 0; at least one, be it behind the end."""
    span = mark.span
    end = span.end_column - 1 if span.end_line == span.line else len(_COMMENT.sub("", line))
    start = min(span.column - 1, len(line))
    return start, max(min(end, len(line)), start + 1)


class Line:
    """A source line as it is shown: cut to `room` columns around a window of characters."""

    def __init__(self, source: str, window: tuple[int, int], room: int) -> None:
        room = max(room, 20)
        source = source.rstrip()
        # A line may be a megabyte long; what is far from the window is not even measured.
        self._from = max(window[0] - 2 * room, 0)
        shown = cells(source[self._from : self._from + 8 * room])
        window = (window[0] - self._from, window[1] - self._from)
        self._cut = 0
        if sum(map(width, shown)) > room:
            if sum(map(width, shown[: window[1]])) >= room:
                before = 0
                self._cut = min(window[0], len(shown))
                while self._cut and before + width(shown[self._cut - 1]) <= room // 4:
                    self._cut -= 1
                    before += width(shown[self._cut])
            shown = _fitting([_CUT] * (self._cut > 0) + shown[self._cut :], room)
        self._cells = shown
        self.text = "".join(shown)

    def column(self, character: int) -> int:
        """The column, from 0, at which a character of the source is shown."""
        character = max(character - self._from, 0)
        if not self._cut:
            return width("".join(self._cells[:character]))
        # The mark of the cut stands in front.
        return width("".join(self._cells[: max(character - self._cut + 1, 0)]))


def _fitting(shown: list[str], room: int) -> list[str]:
    kept: list[str] = []
    used = 0
    for number, cell in enumerate(shown):
        last = number == len(shown) - 1
        if used + width(cell) > room - (0 if last else 1):
            return [*kept, _CUT]
        kept.append(cell)
        used += width(cell)
    return kept


def _numbered(number: int, line: Line, gutter: int, style: Style) -> str:
    return f"{style.paint(f'{number:>{gutter}} |', 'blue')} {line.text}".rstrip()


def _underline(mark: Mark, line: Line, start: int, end: int, style: Style) -> list[str]:
    color = "red" if mark.primary else "blue"
    room = max(style.width - 8, 32)
    indent = min(line.column(start), room)
    length = max(min(line.column(end), width(line.text)) - indent, 1)
    under = style.paint(("^" if mark.primary else "-") * length, color)
    row = " " * indent + under
    label = plain(mark.label)
    if not label:
        return [row]
    if indent + length + 1 + width(label) <= room:
        return [f"{row} {style.paint(label, color)}"]
    wrapped = textwrap.wrap(label, room - min(indent, room // 3), break_on_hyphens=False)
    return [row, *(" " * min(indent, room // 3) + style.paint(one, color) for one in wrapped)]
