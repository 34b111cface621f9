"""Strangers' names on a terminal and in logs: none of them is a command there, and columns fit.

Terminals take commands in control characters. The logs of a CI are read for commands too: Azure
Pipelines, TeamCity and GitHub's runner look for `##vso[...]` and the like anywhere in a line,
GitHub for `::name::` at its beginning.
<https://learn.microsoft.com/azure/devops/pipelines/scripts/logging-commands>,
<https://docs.github.com/actions/reference/workflow-commands-for-github-actions>
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from unicodedata import category, combining, east_asian_width

from validator.graph.span import Span

# C0, C1, DEL, what turns the direction of writing, invisible tags, what is no character, lone
# surrogates; and the second sign of `##name[`.
_UNSAFE = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    r"\ufffe\uffff\ud800-\udfff\U000e0000-\U000e007f]|(?<=#)#(?=\w*\[)"
)
_COMMAND = re.compile(r"^([^\S\n]*):(?=:[^\W\d_])", re.MULTILINE)
TAB = 4


def plain(words: str) -> str:
    r"""Text on one line, each unsafe character as its escape: a line feed as `\n`."""
    return _UNSAFE.sub(lambda found: _escaped(found.group()), words)


def page(lines: Iterable[str]) -> str:
    r"""Lines as one text, each with its end; none of them begins with `::name` but with `\x3a:`."""
    return _COMMAND.sub(r"\1\\x3a", "".join(f"{line}\n" for line in lines))


def lines(words: str) -> list[str]:
    """Text of several lines, each made safe; tabs become blanks."""
    return [plain(line.expandtabs(TAB)) for line in words.split("\n")]


def cut(words: str, most: int) -> str:
    """Text of at most so many characters; the last one shows that there was more."""
    return words if len(words) <= most else f"{words[: most - 1]}…"


def place(span: Span) -> str:
    """`file:line:column`, or the file alone if all of it is meant."""
    if span.is_whole:
        return plain(span.file)
    return f"{plain(span.file)}:{span.line}:{span.column}"


def cells(line: str) -> list[str]:
    """What each character of a source line is shown as, so that columns can be counted."""
    if line.isascii() and line.isprintable() and "##" not in line:
        return list(line)
    shown: list[str] = []
    column = 0
    unsafe = {found.start() for found in _UNSAFE.finditer(line)}
    for number, character in enumerate(line):
        cell = _escaped(character) if number in unsafe else character
        if character == "\t":
            cell = " " * (TAB - column % TAB)
        shown.append(cell)
        column += width(cell)
    return shown


def width(words: str) -> int:
    """The columns that text takes on a terminal."""
    if words.isascii():
        return len(words)
    return sum(_width(character) for character in words)


def _width(character: str) -> int:
    if combining(character) or category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if east_asian_width(character) in "WF" else 1


def _escaped(character: str) -> str:
    code = ord(character)
    if character in "\n\r\t":
        return {"\n": "\\n", "\r": "\\r", "\t": "\\t"}[character]
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
