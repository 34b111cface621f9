"""Blocks and arguments of Terraform files, read without the parser that is to be tested."""

from __future__ import annotations

import re
from collections.abc import Iterator

from validator.records import dataclass

_HEREDOC = re.compile(r"<<-?([A-Za-z_][\w-]*)\r?\n")
_HEAD = re.compile(r'[ \t]*([A-Za-z_][\w-]*)((?:[ \t]+(?:"[^"\n]*"|[A-Za-z_][\w-]*))*)[ \t]*')
_BLANK = re.compile(r"\s+")
_BRACKETS = {"{": 1, "[": 1, "(": 1, "}": -1, "]": -1, ")": -1}


@dataclass(frozen=True, slots=True)
class Item:
    """A block (with `body`) or an argument (without), from the comments above it to its end.

    `inner` is what stands between a block's braces, or an argument's expression.
    """

    name: str
    labels: tuple[str, ...]
    start: int
    head: int
    inner: tuple[int, int]
    end: int
    body: tuple[Item, ...] | None = None


def items(text: str, at: int = 0, until: int | None = None) -> tuple[Item, ...]:
    """What stands in a file or in a block, in order. Raises `ValueError` at what it cannot read."""
    until = len(text) if until is None else until
    found: list[Item] = []
    while True:
        start = at
        at = past_blank(text, at)
        if at >= until:
            return tuple(found)
        head = _HEAD.match(text, at)
        if head is None:
            raise ValueError(text[at : at + 30])
        labels = tuple(re.findall(r"[^\s\"]+", head[2]))
        sign = text[head.end() : head.end() + 1]
        if sign == "=" and not labels:
            first = past_blank(text, head.end() + 1)
            end = past_expression(text, first)
            found.append(Item(head[1], (), start, at, (first, end), end))
        elif sign == "{":
            end = past_expression(text, head.end())
            inner = (head.end() + 1, end - 1)
            body = items(text, *inner)
            found.append(Item(head[1], labels, start, at, inner, end, body))
        else:
            raise ValueError(text[at : at + 30])
        at = found[-1].end


def walk(some: tuple[Item, ...], above: tuple[Item, ...] = ()) -> Iterator[tuple[Item, ...]]:
    """Every item, with the blocks that it is in before it."""
    for one in some:
        yield (*above, one)
        yield from walk(one.body or (), (*above, one))


def past_blank(text: str, at: int) -> int:
    """The offset behind white space and comments."""
    while at < len(text):
        blank = _BLANK.match(text, at)
        if blank:
            at = blank.end()
        elif text[at] == "#" or text[at : at + 2] in ("//", "/*"):
            at = past_token(text, at)
        else:
            break
    return at


def past_expression(text: str, at: int) -> int:
    """The offset behind an expression: up to the line's end, a comment, or a bracket around it."""
    depth, end = 0, at
    while at < len(text):
        sign = text[at]
        comment = sign == "#" or text[at : at + 2] in ("//", "/*")
        if depth == 0 and (sign in "\n,}])" or comment):
            return end
        depth += _BRACKETS.get(sign, 0)
        at = past_token(text, at)
        if not comment and not sign.isspace():
            end = at
        if depth == 0 and sign in "}])" and text[at : at + 1] not in (".", "["):
            rest = _BLANK.match(text, at)
            if rest and "\n" in rest.group():
                return end
    return end


def past_token(text: str, at: int) -> int:
    """The offset behind a string, a comment, a heredoc, or one other character."""
    if text[at] == '"':
        return past_string(text, at + 1)
    if text[at] == "#" or text.startswith("//", at):
        end = text.find("\n", at)
        return len(text) if end < 0 else end
    if text.startswith("/*", at):
        return text.index("*/", at) + 2
    heredoc = _HEREDOC.match(text, at)
    if heredoc is None:
        return at + 1
    last = re.compile(rf"^[ \t]*{heredoc[1]}[ \t]*$", re.M).search(text, heredoc.end())
    if last is None:
        raise ValueError("a heredoc without its end")
    return last.end()


def past_string(text: str, at: int) -> int:
    """The offset behind the quote that ends a string."""
    while text[at] != '"':
        if text[at] == "\\":
            at += 2
        elif text[at : at + 3] in ("$${", "%%{"):
            at += 3
        elif text[at : at + 2] in ("${", "%{"):
            depth, at = 1, at + 2
            while depth:
                depth += {"{": 1, "}": -1}.get(text[at], 0)
                at = past_token(text, at)
        else:
            at += 1
    return at + 1


def edited(text: str, edits: list[tuple[int, int, str]]) -> str:
    """A text with stretches replaced."""
    for start, end, new in sorted(edits, reverse=True):
        text = text[:start] + new + text[end:]
    return text
