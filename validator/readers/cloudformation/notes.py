"""Where ignores stand in templates: comments in YAML, `Metadata` in YAML and JSON.

A comment speaks for the key or item that begins on its line or, if it stands alone, on the next
line, with all that is below it. `Metadata` speaks for its resource, or at the top for the template:

    Metadata:
      predeploy:
        ignore:
          - rule: rule-id
            reason: why
            until: "2027-03-01"
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from validator.graph.span import Span
from validator.near import get_close_matches
from validator.notes import NAME, Misfit, Named, Note, is_day, is_id, no_day, no_id, parse
from validator.readers.cloudformation.compose import compose
from validator.readers.cloudformation.nodes import member, pairs, scalar_text
from validator.readers.cloudformation.source import Source

_COMMENT = re.compile(r"(?:^|(?<=[ \t]))#")
_HEADER = re.compile(r"[|>][-+0-9]*\s*(?:#.*)?$")
_KEYS = ("rule", "reason", "until")

Position = tuple[int, int]


def notes(name: str, text: str) -> Iterator[Note | Misfit]:
    """The ignores of a file; none of one that cannot be read."""
    source = Source(name, text)
    root, _ = compose(source, json_only=False)
    if root is None:
        return
    layout = _Layout(source, root)
    for number, line in enumerate(source.lines):
        if NAME in line and (start := layout.comment(number, line)) is not None:
            yield from _of_comment(source, layout, number, start)
    for holder, scope in layout.holders:
        yield from _of_metadata(source, holder, scope)


def _of_comment(source: Source, layout: _Layout, line: int, column: int) -> Iterator[Note | Misfit]:
    alone = not source.lines[line][:column].strip()
    target = layout.behind(line + 1) if alone else line
    if target == len(source.lines) or not source.lines[target].strip():
        target = line
    end = max(layout.ends.get(target, (0, 0)), (target + 1, 0))
    yield from parse(
        source.lines[line][column:],
        lambda first, last: source.place(line + 1, column + first + 1, line + 1, column + last + 1),
        source.place(line + 1, 1, end[0] + 1, end[1] + 1),
    )


class _Layout:
    """What stands where in a text; lines and columns count from 0."""

    def __init__(self, source: Source, root: Node) -> None:
        self._source = source
        # Where the outermost thing that begins on a line ends.
        self.ends: dict[int, Position] = {}
        # The mappings with `Metadata`, and what each speaks for.
        self.holders: list[tuple[MappingNode, Span]] = []
        self._next: dict[int, int] = {}
        scalars: list[tuple[Position, Position]] = []
        whole = source.place(1, 1, len(source.lines) + 1, 1)
        if isinstance(root, MappingNode) and member(root, "Resources") is not None:
            self.holders.append((root, whole))
        waiting: list[Node] = [root]
        seen: set[int] = set()
        while waiting:
            node = waiting.pop()
            if isinstance(node, ScalarNode):
                scalars.append(self._stretch(node))
            elif id(node) not in seen:
                seen.add(id(node))
                waiting.extend(self._inside(node))
        self._scalars = sorted(set(scalars))

    def _inside(self, node: Node) -> Iterator[Node]:
        if isinstance(node, MappingNode):
            for key, value in node.value:
                yield key
                yield value
                span = self._begins(key, value)
                if isinstance(value, MappingNode) and scalar_text(member(value, "Type")):
                    self.holders.append((value, span))
        elif isinstance(node, SequenceNode):
            for item in node.value:
                yield item
                self._begins(item, item)

    def _begins(self, first: Node, last: Node) -> Span:
        """Note where something begins and ends; an alias ends where it is written."""
        start = self._source.span(first)
        end = self._source.span(last)
        if (end.line, end.column) < (start.line, start.column):
            end = start
        place = (end.end_line - 1, end.end_column - 1)
        line = first.start_mark.line
        self.ends[line] = max(place, self.ends.get(line, (0, 0)))
        return Span(start.file, start.line, start.column, end.end_line, end.end_column)

    def _stretch(self, node: ScalarNode) -> tuple[Position, Position]:
        """Where the text of a scalar is; behind the sign of a block a comment may stand."""
        line, column = node.start_mark.line, node.start_mark.column
        end = (node.end_mark.line, node.end_mark.column)
        if node.style in ("|", ">"):
            while line < end[0] and not _HEADER.search(self._source.lines[line]):
                line += 1
            line, column = line + 1, 0
        return (line, column), end

    def behind(self, number: int) -> int:
        """The next line, from one on, that is not all comment; each is stepped over once."""
        lines = self._source.lines
        passed: list[int] = []
        while number < len(lines) and lines[number].lstrip().startswith("#"):
            passed.append(number)
            number = self._next.get(number, number + 1)
        self._next.update(dict.fromkeys(passed, number))
        return number

    def comment(self, number: int, line: str) -> int | None:
        """The column at which a line's comment begins, if it has one."""
        for found in _COMMENT.finditer(line):
            place = (number, found.start())
            index = bisect_right(self._scalars, place, key=lambda one: one[0]) - 1
            if index < 0 or place >= self._scalars[index][1]:
                return found.start()
        return None


def _of_metadata(source: Source, holder: MappingNode, scope: Span) -> Iterator[Note | Misfit]:
    ours = member(member(holder, "Metadata"), NAME)
    if ours is None:
        return

    def misfit(node: Node, message: str) -> Misfit:
        return Misfit(source.span(node), message)

    for key, _ in pairs(ours):
        if key.value != "ignore":
            yield misfit(key, _unknown(key.value, ("ignore",)))
    entries = member(ours, "ignore")
    if entries is None:
        if not pairs(ours):
            yield misfit(ours, f"{NAME} holds the key ignore with a list")
        return
    if not isinstance(entries, SequenceNode):
        yield misfit(entries, "ignore is a list of rules, each with a reason")
        return
    for entry in entries.value:
        yield _entry(source, entry, scope)


def _entry(source: Source, entry: Node, scope: Span) -> Note | Misfit:
    def misfit(node: Node, message: str) -> Misfit:
        return Misfit(source.span(node), message)

    if not isinstance(entry, MappingNode):
        return misfit(entry, "an ignore has a rule, and may have a reason and until")
    for key, value in entry.value:
        if key.value not in _KEYS:
            return misfit(key, _unknown(key.value, _KEYS))
        if key.value != "rule" and scalar_text(value) is None:
            return misfit(value, f"{key.value} must be a text")
    rule = member(entry, "rule")
    if rule is None:
        return misfit(entry, "this ignore names no rule")
    named: list[Named] = []
    for one in rule.value if isinstance(rule, SequenceNode) else [rule]:
        words = scalar_text(one)
        if not words or not is_id(words):
            return misfit(one, no_id(words or "this"))
        named.append(Named(words, source.span(one)))
    until = member(entry, "until")
    day = scalar_text(until) or ""
    if until is not None and not is_day(day):
        return misfit(until, no_day(day))
    if not named:
        return misfit(rule, "this ignore names no rule")
    reason = (scalar_text(member(entry, "reason")) or "").strip()
    return Note(tuple(named), reason, day, source.span(entry), scope, "metadata")


def _unknown(key: str, known: tuple[str, ...]) -> str:
    near = get_close_matches(key[:40], known, 1)
    return f"an ignore has no {key}" + (f"; did you mean {near[0]}?" if near else "")
