"""A text with a name, places in it, and stretches of it."""

from __future__ import annotations

from bisect import bisect_right

from validator.graph.span import Span


class Fault(Exception):
    """Text that Terraform refuses, from one offset to another; the message is for a person."""

    def __init__(self, message: str, start: int, end: int | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.start = start
        self.end = start + 1 if end is None else end


MAX_PARTS = 200_000
"""How many values, names and lines are read of one file: two seconds' work."""


class Source:
    """A file's text; places are offsets into it until somebody needs a line."""

    __slots__ = ("_left", "_lines", "name", "text")

    def __init__(self, name: str, text: str) -> None:
        self.name = name
        self.text = text
        self._left = MAX_PARTS
        self._lines: list[int] | None = None

    def spend(self, parts: int, at: int) -> None:
        """Count parts that are about to be read. Raises `Fault` where a file has too many."""
        self._left -= parts
        if self._left < 0:
            raise Fault(f"a file of more than {MAX_PARTS} parts is not read", at)

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column of an offset, both from 1."""
        if self._lines is None:
            lines = [0]
            found = self.text.find("\n")
            while found >= 0:
                lines.append(found + 1)
                found = self.text.find("\n", found + 1)
            self._lines = lines
        line = bisect_right(self._lines, offset)
        return line, offset - self._lines[line - 1] + 1

    def span(self, start: int, end: int) -> Span:
        """The stretch between two offsets."""
        line, column = self.position(start)
        end_line, end_column = self.position(end)
        return Span(self.name, line, column, end_line, end_column)


class Node:
    """A stretch of source that means something."""

    __slots__ = ("_span", "end", "source", "start")

    def __init__(self, source: Source, start: int, end: int) -> None:
        self.source = source
        self.start = start
        self.end = end
        self._span: Span | None = None

    @property
    def span(self) -> Span:
        """Lines and columns."""
        if self._span is None:
            self._span = self.source.span(self.start, self.end)
        return self._span
