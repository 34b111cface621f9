"""Strangers' text in GitHub's Markdown: never markup, never a mention, a reference or a link.

Mentions and references are looked for in the rendered text, so that no escape hides them; code is
left alone. Whatever is not a plain word becomes code.
<https://github.github.com/gfm/>, <https://docs.github.com/get-started/writing-on-github>
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from html import escape

from validator.report.escape import lines, plain

_WORD = re.compile(
    r"(?!gh-?\d|[0-9a-f]*\d[0-9a-f]{6})"  # references to issues and commits
    r"(?:[a-z]+(?:['-][a-z]+)*|\d{1,3}(?:,\d{3})*|\d{1,6})",
    re.IGNORECASE | re.ASCII,
)
_MARKS_ALONE = re.compile(r"[(),.:;]+")
_AROUND = re.compile(r"([(\"']?)(.*?)([)\"']?[.,:;?!]?)", re.DOTALL)
_MARKS = re.compile(r"[^\w ]|_", re.ASCII)
_NUMBERED = re.compile(r"\d+[.)]")
_TICKS = re.compile(r"`+")


def code(words: str) -> str:
    """Code in a line or a table of Markdown."""
    words = plain(words)
    if not words:
        return ""
    if words.strip() != words or re.search(r"[`|\\]", words):
        # Between ticks these are not literal everywhere; a number is, and it is no markup either.
        inner = _MARKS.sub(lambda found: f"&#{ord(found.group())};", words)
        return f"<code>{inner}</code>"
    return f"`{words}`"


def code_html(words: str) -> str:
    """Code in a line of HTML, such as a `summary`."""
    return f"<code>{escape(plain(words))}</code>" if words else ""


def prose(words: str, as_code: Callable[[str], str] = code) -> str:
    """A sentence; what is no plain word in it is code."""
    first, *rest = [one for one in plain(words).split(" ") if one] or [""]
    # Where a line begins, `1.` would begin a list.
    head = as_code(first) if _NUMBERED.fullmatch(first) else _part(first, as_code)
    return " ".join((head, *(_part(one, as_code) for one in rest)))


def prose_html(words: str) -> str:
    """A sentence in a line of HTML."""
    return prose(words, code_html)


def _part(part: str, as_code: Callable[[str], str]) -> str:
    if _MARKS_ALONE.fullmatch(part):
        return part
    around = _AROUND.fullmatch(part)
    if around is None:
        return as_code(part)
    before, inner, after = around.groups()
    if _WORD.fullmatch(inner):
        return part if as_code is code else escape(part, quote=False)
    if inner.startswith("(") or not inner:
        return as_code(part)
    # Of a name, only what ends the sentence stands outside.
    ending = after[-1:] if after[-1:] in (".", ",", ":", ";") and not before else ""
    return as_code(part.removesuffix(ending)) + ending


def fence(content: Iterable[str], language: str = "text") -> list[str]:
    """The lines of a block of code."""
    inner = list(content)
    longest = max((len(run) for line in inner for run in _TICKS.findall(line)), default=0)
    ticks = "`" * max(3, longest + 1)
    return [f"{ticks}{language}", *inner, ticks]


def block(words: str, language: str = "text") -> list[str]:
    """Text of several lines as a block of code."""
    return fence(lines(words), language)


def folded(summary: str, content: Iterable[str], *, unfolded: bool = False) -> list[str]:
    """Lines below a summary, which is HTML."""
    head = f"<details{' open' if unfolded else ''}>"
    return [head, f"<summary>{summary}</summary>", "", *content, "", "</details>", ""]
