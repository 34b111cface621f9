"""Places as SARIF writes them: files by URI from the root, columns in UTF-16 code units.

Whoever does not read what a column is takes it for that: so do GitHub, and editors in JavaScript.
"""

from __future__ import annotations

import os
from urllib.parse import quote

from validator.graph.span import Span
from validator.report.sarif.line_hash import LineHashes
from validator.reports import Report

ROOT = "%SRCROOT%"
_MAX_TEXT = 1000


class Places:
    """The files of a report."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._hashes: dict[str, LineHashes] = {}

    def physical(self, span: Span) -> dict[str, object]:
        """A `physicalLocation`; it has no region if a whole file is meant."""
        found: dict[str, object] = {"artifactLocation": self._artifact(span.file)}
        if not span.is_whole:
            found["region"] = self.region(span)
        return found

    def primary(self, span: Span) -> dict[str, object]:
        """The place of a result: GitHub shows none without a region."""
        region: dict[str, object] = {**self.region(span)}
        if text := self._text(span):
            region["snippet"] = {"text": text}
        return {"artifactLocation": self._artifact(span.file), "region": region}

    def _text(self, span: Span) -> str:
        """What stands there, if that is short."""
        lines = self._report.sources.get(span.file, ())[span.line - 1 : span.end_line]
        if not lines or span.line < 1:
            return ""
        *others, last = lines
        text = "\n".join((*others, last[: span.end_column - 1]))[span.column - 1 :]
        return text if len(text) <= _MAX_TEXT else ""

    def region(self, span: Span) -> dict[str, int]:
        """Lines and columns from 1, the end exclusive and never before the start."""
        start = (max(span.line, 1), self._column(span.file, span.line, span.column))
        end = (span.end_line, self._column(span.file, span.end_line, span.end_column))
        end = max(start, end)
        return {
            "startLine": start[0],
            "startColumn": start[1],
            "endLine": end[0],
            "endColumn": end[1],
        }

    def line_hash(self, span: Span) -> str | None:
        """What GitHub tells results apart by, if the source is at hand."""
        if span.file not in self._hashes:
            self._hashes[span.file] = LineHashes(self._report.sources.get(span.file, ()))
        return self._hashes[span.file].of(span.line)

    def _artifact(self, file: str) -> dict[str, str]:
        place = self._report.places.get(file, file)
        try:
            # A name need not be text: its bytes are what counts.
            uri = quote(os.fsencode(place))
        except UnicodeEncodeError:
            uri = quote(place, errors="replace")
        return {"uri": uri} if place.startswith(("/", "../")) else {"uri": uri, "uriBaseId": ROOT}

    def _column(self, file: str, line: int, column: int) -> int:
        lines = self._report.sources.get(file, ())
        before = lines[line - 1][: column - 1] if 1 <= line <= len(lines) else ""
        pairs = 0 if before.isascii() else sum(character > "\uffff" for character in before)
        return max(column, 1) + pairs
