"""Where ignores stand in Terraform files: comments in HCL, the property `//` in JSON.

A comment speaks for what begins on its line or, if it stands alone, on the next line: an argument,
or a block or list with all that is in it. The property speaks for the object that holds it.
<https://developer.hashicorp.com/terraform/language/syntax/json#comment-properties>
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from contextlib import suppress
from functools import partial

from validator.graph.span import Span
from validator.notes import NAME, Misfit, Note, parse
from validator.readers.terraform.hcl import skip, tree
from validator.readers.terraform.hcl.json_reader import Reader, literal_of
from validator.readers.terraform.hcl.source import Fault, Source
from validator.records import dataclass

_PLAIN = re.compile(r'[^"#/<{}()\[\]\n \t\r]+|/(?![/*])|<(?!<)')
_BLANK = re.compile(r"[ \t\r]+")
_OPENS = "({["
_CLOSES = ")}]"


def notes(name: str, text: str) -> Iterator[Note | Misfit]:
    """The ignores of a file; of one that cannot be read, those before the place."""
    source = Source(name, text)
    if name.endswith(".json"):
        yield from _in_json(source)
        return
    scan = _Scan(text)
    for comment in scan.comments:
        if NAME in text[comment.start : comment.end]:
            yield from _of_comment(source, scan, comment)


def _of_comment(source: Source, scan: _Scan, comment: _Comment) -> Iterator[Note | Misfit]:
    line = scan.target(comment)
    end = max((line + 1, 1), (comment.end_line + 1, 1))
    if line in scan.ends:
        end = max(source.position(scan.ends[line]), (comment.end_line + 1, 1))
    yield from parse(
        source.text[comment.start : comment.end],
        lambda first, last: source.span(comment.start + first, comment.start + last),
        Span(source.name, comment.line, 1, *end),
    )


@dataclass(frozen=True, slots=True)
class _Comment:
    start: int
    end: int
    line: int
    end_line: int
    behind_code: bool


class _Scan:
    """The comments of a text, the lines that hold code, and where what begins on a line ends."""

    def __init__(self, text: str) -> None:
        self.comments: list[_Comment] = []
        # The offset behind the outermost bracket or heredoc that a line leaves open.
        self.ends: dict[int, int] = {}
        self._code: dict[int, int] = {}
        self._alone: dict[int, _Comment] = {}
        self._next: dict[int, int] = {}
        self._starts = [0, *(found.end() for found in re.finditer("\n", text))]
        self._open: list[int] = []
        # What is broken is reported where it is read.
        with suppress(Fault):
            self._scan(text)
        for line in self._open:
            self.ends[line] = len(text)

    def target(self, comment: _Comment) -> int:
        """The line whose beginnings a comment speaks for."""
        if comment.behind_code:
            return comment.line
        line = comment.end_line
        if self._code.get(line, -1) >= comment.end:
            return line
        line = self._behind(line + 1)
        return line if line in self._code else comment.end_line

    def _behind(self, line: int) -> int:
        """The next line, from one on, that is not all comment; each is stepped over once."""
        passed: list[int] = []
        while line not in self._code and line in self._alone:
            passed.append(line)
            line = self._next.get(line) or self._alone[line].end_line + 1
        self._next.update(dict.fromkeys(passed, line))
        return line

    def _line(self, offset: int) -> int:
        return bisect_right(self._starts, offset)

    def _scan(self, text: str) -> None:
        at, line = 0, 1
        while at < len(text):
            sign = text[at]
            if sign == "\n":
                at, line = at + 1, line + 1
                continue
            blank = _BLANK.match(text, at)
            if blank:
                at = blank.end()
                continue
            comment = skip.COMMENT.match(text, at)
            if comment:
                line = self._note(comment.end(), at, line)
                at = comment.end()
                continue
            self._code[line] = at
            plain = _PLAIN.match(text, at)
            if plain:
                at = plain.end()
                continue
            if sign == '"':
                end = skip.string(text, at)
            elif sign in _OPENS:
                self._open.append(line)
                end = at + 1
            elif sign in _CLOSES:
                end = at + 1
                if self._open:
                    self._close(self._open.pop(), line, end)
            else:
                end = skip.other(text, at)
            last = line if end == at + 1 else self._line(end - 1)
            self._close(line, last, end)
            self._code[last] = end - 1
            at, line = end, last

    def _close(self, opened: int, line: int, end: int) -> None:
        if line > opened:
            self.ends[opened] = max(end, self.ends.get(opened, 0))

    def _note(self, end: int, start: int, line: int) -> int:
        last = self._line(end - 1)
        comment = _Comment(start, end, line, last, line in self._code)
        self.comments.append(comment)
        if not comment.behind_code:
            self._alone.setdefault(line, comment)
        return last


def _in_json(source: Source) -> Iterator[Note | Misfit]:
    try:
        whole = Reader(source, templates=False).whole()
    except Fault:
        return
    waiting: list[tuple[tree.Expr, int]] = [(whole, whole.start)]
    while waiting:
        node, start = waiting.pop()
        if isinstance(node, tree.Tuple):
            # The key before a list of one belongs to that one.
            only = len(node.items) == 1
            waiting += [(one, start if only else one.start) for one in reversed(node.items)]
        elif isinstance(node, tree.Object):
            scope = source.span(start, node.end)
            for key, value in node.entries:
                if literal_of(key) != "//":
                    waiting.append((value, key.start))
                    continue
                for one in value.items if isinstance(value, tree.Tuple) else [value]:
                    yield from _of_property(one, scope)


def _of_property(node: tree.Expr, scope: Span) -> Iterator[Note | Misfit]:
    parts = node.parts if isinstance(node, tree.Template) else []
    for part in parts:
        if isinstance(part, tree.Chars):
            yield from parse(part.text, partial(_inside, part), scope)


def _inside(chars: tree.Chars, start: int, end: int) -> Span:
    return chars.source.span(chars.start + start, chars.start + end)
