"""The pieces of a JSON text as one string, and where each character of it was written."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from validator.graph.span import Span
from validator.graph.text import Lit, Piece
from validator.graph.values import Unknown
from validator.policy.runs import missing


class Source:
    """The pieces as one string, in which a character that occurs nowhere else marks the unknown."""

    def __init__(self, pieces: list[Piece], span: Span) -> None:
        self.whole = span
        written = "".join(piece.text for piece in pieces if isinstance(piece, Lit))
        used: frozenset[str] = frozenset() if written.isascii() else frozenset(written)
        self.mark = next(chr(code) for code in range(0xE000, 0x10FFFF) if chr(code) not in used)
        self.unknown: dict[int, Piece] = {}
        self._starts: list[int] = []
        self._pieces: list[Piece] = []
        self._newlines: dict[int, list[int]] = {}
        chunks: list[str] = []
        offset = 0
        for piece in pieces:
            chunk = piece.text if isinstance(piece, Lit) else self.mark
            if not isinstance(piece, Lit):
                self.unknown[offset] = piece
            self._starts.append(offset)
            self._pieces.append(piece)
            chunks.append(chunk)
            offset += len(chunk)
        self.text = "".join(chunks)
        # The pieces that know their place, in order.
        self._placed = [
            index
            for index, piece in enumerate(pieces)
            if isinstance(piece, Lit) and piece.span is not None
        ]
        self.sensitive = any(isinstance(piece, Lit) and piece.sensitive for piece in pieces)

    def literal(self, start: int, end: int) -> Iterator[Lit]:
        """The literal pieces between two offsets that no unknown piece lies between."""
        while start < end:
            index = bisect_right(self._starts, start) - 1
            stop = self._starts[index + 1] if index + 1 < len(self._starts) else len(self.text)
            stop = min(stop, end)
            piece = self._pieces[index]
            sensitive = isinstance(piece, Lit) and piece.sensitive
            yield Lit(self.text[start:stop], self.span(start, stop), sensitive=sensitive)
            start = stop

    def span(self, start: int, end: int) -> Span:
        """Where a stretch of the text was written."""
        line, column, file = self._place(start)
        end_line, end_column, end_file = self._place(max(end - 1, start))
        if end_file != file or (end_line, end_column) < (line, column):
            return Span(file, line, column, line, column + 1)
        return Span(file, line, column, end_line, end_column + 1)

    def _place(self, offset: int) -> tuple[int, int, str]:
        index = bisect_right(self._starts, offset) - 1
        piece = self._pieces[index] if index >= 0 else None
        if not isinstance(piece, Lit) or piece.span is None:
            place = self._nearest(index)
            return place.line, place.column, place.file
        within = min(offset - self._starts[index], len(piece.text))
        return self._within(index, piece, piece.span, within)

    def _within(self, index: int, piece: Lit, span: Span, within: int) -> tuple[int, int, str]:
        """The place of a character of a literal piece, or of its end."""
        newlines = self._lines(index, piece.text)
        before = bisect_right(newlines, within - 1)
        if not before:
            return span.line, span.column + within, span.file
        if span.line == span.end_line or span.line + len(newlines) > span.end_line + 1:
            # The line breaks were written as escapes, all in one line.
            return span.line, min(span.column + within, max(span.end_column - 1, 1)), span.file
        column = 1 + piece.margin + within - newlines[before - 1] - 1
        return span.line + before, column, span.file

    def _lines(self, index: int, chunk: str) -> list[int]:
        found = self._newlines.get(index)
        if found is None:
            found = [match.start() for match in re.finditer("\n", chunk)]
            self._newlines[index] = found
        return found

    def _nearest(self, index: int) -> Span:
        """The place of the next piece before that has one, or of the whole text."""
        before = bisect_left(self._placed, index)
        earlier = self._placed[before - 1] if before else -1
        piece = self._pieces[earlier] if before else None
        if not isinstance(piece, Lit) or piece.span is None:
            return self.whole
        # The offset of its end belongs to the piece behind it already.
        line, column, file = self._within(earlier, piece, piece.span, len(piece.text))
        return Span(file, line, column, line, column + 1)

    def gap(self, offset: int) -> Unknown:
        """The unknown piece at an offset, as a value."""
        piece = self.unknown[offset]
        fact = missing(piece, self.span(offset, offset + 1))
        if fact is None:
            return Unknown("a part of the document", self.span(offset, offset + 1))
        key = getattr(piece, "key", "")
        return Unknown(fact.fact, fact.span, supply=fact.supply, key=str(key))
