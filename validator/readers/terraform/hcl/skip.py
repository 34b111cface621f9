"""Finding where strings, interpolations and heredocs end, as Terraform's own scanner does.

Everything here works on offsets and raises `Fault` for what is never closed.
"""

from __future__ import annotations

import re

from validator.patterns import possessive
from validator.readers.terraform.hcl.source import Fault

MAX_NESTING = 100
"""How deep brackets and templates may be nested; real configurations stay below 20."""

STRING = re.compile('"' + possessive(r'[^"\\$%\n]++|\\[^\n]|[$%]++(?![${%])') + '"')
"""A whole quoted string that holds no template and no escaped one."""

COMMENT = re.compile(r"#[^\n]*|//[^\n]*|/\*.*?\*/", re.DOTALL)
HEREDOC = re.compile(r"<<(-?)([^\W\d][\w.-]*)\r?\n")

_TEXT = re.compile(r'[^"\\$%\n]+|\\[^\n]|\$\$\{|%%\{|[$%](?!\{)')
_INSIDE = re.compile(r'[^"{}#/<]+|/(?![/*])|<(?!<)')
_INTRO = re.compile(r"\$\$\{|%%\{|[$%]\{")


def string(text: str, start: int, depth: int = 0) -> int:
    """The offset behind the closing quote of the string that opens at `start`."""
    whole = STRING.match(text, start)
    if whole:
        return whole.end()
    at = start + 1
    while True:
        part = _TEXT.match(text, at)
        if part:
            at = part.end()
        elif text.startswith('"', at):
            return at + 1
        elif text.startswith(("${", "%{"), at):
            at = interpolation(text, at + 2, depth + 1)
        elif at >= len(text):
            raise Fault("this string is never closed", start)
        else:
            raise Fault("a quoted string may not hold a line break; a heredoc may", at)


def interpolation(text: str, start: int, depth: int = 0) -> int:
    """The offset behind the `}` that closes the `${` or `%{` before `start`."""
    if depth > MAX_NESTING:
        raise Fault(f"templates are nested more than {MAX_NESTING} deep", start)
    end = brace(text, start, _INSIDE, depth)
    if end is None:
        raise Fault("this template sequence is never closed", start - 2, start)
    return end


def brace(text: str, at: int, plain: re.Pattern[str], depth: int = 0) -> int | None:
    """The offset behind the `}` that closes the brace before `at`; None if nothing does.

    `plain` matches what neither opens nor closes anything.
    """
    braces = 1
    while at < len(text):
        inside = plain.match(text, at)
        if inside:
            at = inside.end()
            continue
        sign = text[at]
        if sign == "{":
            braces += 1
            at += 1
        elif sign == "}":
            braces -= 1
            at += 1
            if braces == 0:
                return at
        elif sign == '"':
            at = string(text, at, depth)
        else:
            at = other(text, at, depth)
    return None


def other(text: str, at: int, depth: int = 0) -> int:
    """The offset behind the comment, heredoc or plain sign at `at`."""
    comment = COMMENT.match(text, at)
    if comment:
        return comment.end()
    if text.startswith("/*", at):
        raise Fault("this comment is never closed", at, at + 2)
    opened = HEREDOC.match(text, at)
    if opened:
        return heredoc(text, opened, depth)[1]
    return at + 1


def heredoc(text: str, opened: re.Match[str], depth: int = 0) -> tuple[int, int]:
    """Where the body of a heredoc ends, and the offset behind its closing marker.

    A line that is the marker, blanks aside, closes it, unless an interpolation is open there.
    """
    marker = opened[2]
    line = opened.end()
    while True:
        newline = text.find("\n", line)
        if newline < 0:
            raise Fault(f"no line closes this heredoc with {marker}", opened.start(), opened.end())
        if text[line:newline].strip(" \t\r") == marker:
            return line, text.index(marker, line) + len(marker)
        at = line
        intro = _INTRO.search(text, at, newline)
        while intro:
            at = intro.end()
            if len(intro[0]) == 2:
                at = interpolation(text, at, depth + 1)
                if at > newline:
                    newline = text.find("\n", at)
                    if newline < 0:
                        newline = len(text)
            intro = _INTRO.search(text, at, newline)
        line = newline + 1
        if line > len(text):
            raise Fault(f"no line closes this heredoc with {marker}", opened.start(), opened.end())
