"""The text of one file, and where in it nodes and their characters stand."""

from __future__ import annotations

import re
from functools import cached_property
from typing import Final

from yaml.nodes import CollectionNode, MappingNode, Node, ScalarNode

from validator.graph.span import Span, whole
from validator.graph.text import Lit

# A text that is cut into more is one literal again, of which only the beginning has a place.
MAX_LITS: Final = 2_000
_BREAK: Final = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
_LONE_RETURN: Final = re.compile("\r(?!\n)")
_PROPERTIES: Final = re.compile(r"(?:[!&][^\s,\[\]{}]*\s+)*")
_SINGLE_RUN: Final = re.compile("[^']+|''")
_RUN: Final = re.compile(r'[^\\"]+|\\(?:u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|U[0-9a-fA-F]{8}|.)')


class Source:
    """A text in a file, by the file's shown name.

    `within` is the literal that holds the text, if it is not the file's own; where that literal
    does not stand there letter by letter, all of the text counts as standing where it begins.
    """

    def __init__(self, file: str, text: str, within: Lit | None = None) -> None:
        self.file = file
        self.text = text
        self._within = within
        self._written: dict[tuple[int, str], tuple[Lit, ...]] = {}
        self.start = self.place(1, 1, 1, 1)

    def place(self, line: int, column: int, end_line: int, end_column: int) -> Span:
        """A place in the text as a place in the file."""
        if self._within is None:
            return Span(self.file, line, column, end_line, end_column)
        outer = self._within.span
        if outer is None or self._within.text != self.text:
            return outer or whole(self.file)
        first, margin = outer.column - 1, self._within.margin
        return Span(
            self.file,
            outer.line + line - 1,
            column + (first if line == 1 else margin),
            outer.line + end_line - 1,
            end_column + (first if end_line == 1 else margin),
        )

    @cached_property
    def lines(self) -> list[str]:
        """The lines, without their ends."""
        if not any(rare in self.text for rare in "\x85\u2028\u2029") and (
            "\r" not in self.text or _LONE_RETURN.search(self.text) is None
        ):
            return self.text.replace("\r\n", "\n").split("\n")
        return _BREAK.split(self.text)

    def span(self, node: Node) -> Span:
        """Where a node stands, its tag included."""
        start, end = node.start_mark, _last(node).end_mark
        line, column = end.line, end.column
        if column == 0 and line > start.line:
            # A block ends where the next thing begins; its own last line is meant.
            line -= 1
            column = len(self.lines[line]) if line < len(self.lines) else 0
        return self.place(start.line + 1, start.column + 1, line + 1, column + 1)

    def written(self, node: ScalarNode) -> tuple[Lit, ...]:
        """The value of a scalar as literals that know where each of their characters stands."""
        text: str = node.value
        if not text:
            return ()
        # A node and its copy without a tag have one place, and an alias is read many times.
        key = (node.start_mark.index, text)
        found = self._written.get(key)
        if found is None:
            found = self._written[key] = self._found(node, text)
        return found

    def _found(self, node: ScalarNode, text: str) -> tuple[Lit, ...]:
        is_block = node.style in ("|", ">")
        lits = self._block(node, text) if is_block else self._inline(node, text)
        if len(lits) > MAX_LITS or "".join(lit.text for lit in lits) != text:
            lits = (Lit(text, self._at(node)),)
        return lits if self._within is None else tuple(map(self._shifted, lits))

    def _shifted(self, lit: Lit) -> Lit:
        span = lit.span
        if span is None or self._within is None:
            return lit
        place = self.place(span.line, span.column, span.end_line, span.end_column)
        return Lit(lit.text, place, lit.margin + self._within.margin)

    def _at(self, node: Node) -> Span:
        body = self.text[node.start_mark.index : node.end_mark.index]
        found = _PROPERTIES.match(body)
        skip = found.end() if found else 0
        if "\n" in body[:skip] or "\r" in body[:skip]:
            skip = 0
        skip += body[skip : skip + 1] in ('"', "'")
        line, column = node.start_mark.line + 1, node.start_mark.column + 1 + skip
        if node.end_mark.line + 1 == line:
            return Span(self.file, line, column, line, max(column, node.end_mark.column + 1))
        return Span(self.file, line, column, node.end_mark.line + 1, node.end_mark.column + 1)

    def _inline(self, node: ScalarNode, text: str) -> tuple[Lit, ...]:
        at = self._at(node)
        if (
            at.line == at.end_line
            and len(text) <= at.end_column - at.column
            and (not node.style or self._same(at, text))
        ):
            end = at.column + len(text)
            return (Lit(text, Span(self.file, at.line, at.column, at.line, end)),)
        if at.line == at.end_line and node.style in ('"', "'"):
            return self._escaped(at, _RUN if node.style == '"' else _SINGLE_RUN)
        return self._folded(text, at.line, at.column, node.end_mark.line + 1)

    def _same(self, at: Span, text: str) -> bool:
        return self.lines[at.line - 1].startswith(text, at.column - 1)

    def _escaped(self, at: Span, runs: re.Pattern[str]) -> tuple[Lit, ...]:
        """A quoted text on one line, cut at its escapes."""
        line = self.lines[at.line - 1]
        lits: list[Lit] = []
        for run in runs.finditer(line, at.column - 1, at.end_column - 1):
            raw = run.group()
            place = Span(self.file, at.line, run.start() + 1, at.line, run.end() + 1)
            lits.append(Lit(_unescaped(raw) if raw[0] in "\\'" else raw, place))
            if len(lits) > MAX_LITS:
                break
        return tuple(lits)

    def _folded(self, text: str, line: int, column: int, end_line: int) -> tuple[Lit, ...]:
        """A text over several lines that YAML joins with blanks."""
        lits: list[Lit] = []
        done = 0
        for number in range(line, min(end_line, len(self.lines)) + 1):
            written = self.lines[number - 1]
            start = column - 1 if number == line else len(written) - len(written.lstrip(" \t"))
            words = written[start:].rstrip(" \t\r")
            if not words:
                continue
            joint = done
            # Empty lines may stand in front of all words, too.
            while (lits or number > line) and done < len(text) and text[done] in " \n":
                done += 1
            if done > joint:
                lits.append(Lit(text[joint:done]))
            if done == len(text):
                break
            if not text.startswith(words, done):
                # The last line may go on behind the text: a quotation mark, a comma.
                words = words[: len(text) - done]
                if text[done:] != words:
                    return ()
            place = Span(self.file, number, start + 1, number, start + 1 + len(words))
            lits.append(Lit(words, place))
            done += len(words)
        if done < len(text):
            lits.append(Lit(text[done:]))
        return tuple(lits)

    def _block(self, node: ScalarNode, text: str) -> tuple[Lit, ...]:
        first = node.start_mark.line + 1
        last = min(node.end_mark.line + 1, len(self.lines))
        # The header may stand on a later line than the tag before it.
        while first < last and not re.search(r"[|>][-+0-9]*\s*(?:#.*)?$", self.lines[first - 1]):
            first += 1
        if node.style == ">":
            return self._folded(text, first + 1, 1 + self._margin(text, first, last), last)
        margin = self._margin(text, first, last)
        count = text.count("\n")
        end_column = margin + len(text) - text.rfind("\n")
        place = Span(self.file, first + 1, margin + 1, first + 1 + count, end_column)
        return (Lit(text, place, margin),)

    def _margin(self, text: str, header: int, last: int) -> int:
        """How far a block's lines are indented, by its first line that is not blank."""
        shown = next((line for line in text.split("\n") if line.strip(" \t")), "")
        for number in range(header, last):
            written = self.lines[number]
            if written.strip(" \t\r"):
                inner = len(shown) - len(shown.lstrip(" "))
                return max(0, len(written) - len(written.lstrip(" ")) - inner)
        return 0


def _last(node: Node) -> Node:
    """The node at whose end a collection in block style really ends."""
    for _ in range(200):
        if not isinstance(node, CollectionNode) or node.flow_style or not node.value:
            return node
        node = node.value[-1][1] if isinstance(node, MappingNode) else node.value[-1]
    return node


_ESCAPES: Final = {
    "0": "\0", "a": "\a", "b": "\b", "t": "\t", "\t": "\t", "n": "\n", "v": "\v", "f": "\f",
    "r": "\r", "e": "\x1b", "N": "\x85", "_": "\xa0", "L": "\u2028", "P": "\u2029",
}  # fmt: skip


def _unescaped(raw: str) -> str:
    if raw[0] == "'":
        return "'"
    if raw[1] in "xuU" and len(raw) > 2:
        return chr(int(raw[2:], 16))
    return _ESCAPES.get(raw[1], raw[1])


def cut(lits: tuple[Lit, ...], start: int, end: int) -> tuple[Lit, ...]:
    """The characters from `start` to `end` of some literals, each still with its place."""
    found: list[Lit] = []
    offset = 0
    for lit in lits:
        size = len(lit.text)
        first, last = max(start - offset, 0), min(end - offset, size)
        if first < last:
            found.append(_part(lit, first, last))
        offset += size
    return tuple(found)


def _part(lit: Lit, first: int, last: int) -> Lit:
    text = lit.text[first:last]
    if lit.span is None or (first == 0 and last == len(lit.text)):
        return Lit(text, lit.span, lit.margin, lit.sensitive)
    line, column = lit.span.line, lit.span.column + first
    if lit.span.end_line == line:
        place = Span(lit.span.file, line, column, line, column + last - first)
        return Lit(text, place, lit.margin, lit.sensitive)
    line, column = _forward(line, lit.span.column, lit.text[:first], lit.margin)
    end_line, end_column = _forward(line, column, text, lit.margin)
    place = Span(lit.span.file, line, column, end_line, end_column)
    return Lit(text, place, lit.margin, lit.sensitive)


def _forward(line: int, column: int, text: str, margin: int) -> tuple[int, int]:
    breaks = text.count("\n")
    if not breaks:
        return line, column + len(text)
    return line + breaks, margin + len(text) - text.rfind("\n")
