"""`# predeploy: ignore[rule-id] reason`: on the finding's line, above it, or at its block's head.

An ignored finding stays in the report, marked and counted.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping

from validator.findings import Finding, Ignored
from validator.graph.graph import World
from validator.graph.span import Span
from validator.records import replace

_COMMENT = re.compile(r"(?:#|//|/\*)\s*predeploy:\s*ignore\[([^\]]*)\]\s*(.*)")


class Blocks:
    """The lines that resources begin on, by file."""

    def __init__(self, worlds: Iterable[World]) -> None:
        self._spans: dict[str, list[Span]] = {}
        for world in worlds:
            for declared in world.resources:
                self._spans.setdefault(declared.span.file, []).append(declared.span)
        for spans in self._spans.values():
            spans.sort()

    def head(self, span: Span) -> int | None:
        """The first line of the resource that a place lies in, if it lies in one.

        A resource that is known by its key alone (CloudFormation) goes on to the next one.
        """
        spans = self._spans.get(span.file, [])
        index = bisect_right(spans, (span.line, 1 << 30), key=lambda one: (one.line, one.column))
        if index == 0:
            return None
        found = spans[index - 1]
        if found.end_line > found.line and found.end_line < span.line:
            return None
        return found.line


def heed(finding: Finding, sources: Mapping[str, tuple[str, ...]], blocks: Blocks) -> Finding:
    """The finding, marked if a comment ignores it."""
    lines = sources.get(finding.span.file, ())
    head = blocks.head(finding.span)
    heads = () if head is None else (head, head - 1)
    for number in (finding.span.line, finding.span.line - 1, *heads):
        if not 1 <= number <= len(lines):
            continue
        ignored = ignore_on(lines[number - 1], finding.rule)
        if ignored is None:
            continue
        # Above a line, a comment speaks for it only if it stands alone.
        if number in (finding.span.line, head) or _alone(lines[number - 1]):
            return replace(finding, ignored=ignored)
    return finding


def ignore_on(line: str, rule: str) -> Ignored | None:
    """What a line says about ignoring a rule."""
    for found in _COMMENT.finditer(line):
        ids = [one.strip() for one in found.group(1).split(",")]
        if rule in ids:
            return Ignored(found.group(2).removesuffix("*/").strip())
    return None


def _alone(line: str) -> bool:
    return line.lstrip().startswith(("#", "//", "/*"))
