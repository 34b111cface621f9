"""HTML elements out of strangers' text: whatever is not `Markup` is escaped.

<https://html.spec.whatwg.org/multipage/syntax.html>
"""

from __future__ import annotations

import re
from html import escape

from validator.report.escape import plain

_VOID = frozenset({"br", "input", "meta"})
_PART = re.compile(r"(?<=[./_:-])(?=[\w\[])")
# GitHub's runner takes a line that begins so for a command, also in a page.
_COMMAND = re.compile(r"^(\s*):(?=:)", re.MULTILINE)


class Markup(str):
    """Text that is HTML already."""

    __slots__ = ()


def text(words: str) -> Markup:
    """Words as HTML, on one line."""
    return Markup(escape(plain(words)))


def name(words: str) -> Markup:
    """A name as HTML that may break behind each of its parts, where it is too long for a line."""
    return Markup(_PART.sub("<wbr>", text(words)))


def preformatted(lines: list[str]) -> Markup:
    """Lines as HTML that keeps them apart."""
    return Markup("\n".join(line if isinstance(line, Markup) else text(line) for line in lines))


def element(tag: str, /, *children: str, **attributes: str | bool) -> Markup:
    """An element; `class_` is the attribute `class`, `aria_label` is `aria-label`.

    An attribute that is False is left out, one that is True has no value.
    """
    head = tag
    for key, value in attributes.items():
        if value is not False:
            called = key.rstrip("_").replace("_", "-")
            head += f" {called}" if value is True else f' {called}="{text(str(value))}"'
    if tag in _VOID:
        return Markup(f"<{head}>")
    inner = "".join(one if isinstance(one, Markup) else text(one) for one in children)
    return Markup(f"<{head}>{inner}</{tag}>")


def joined(parts: list[Markup], between: str = "\n") -> Markup:
    """Elements one after the other."""
    return Markup(between.join(parts))


def document(markup: Markup) -> str:
    """A whole page, no line of which is a command to a pipeline that prints it."""
    return _COMMAND.sub(r"\1&#58;", markup)
