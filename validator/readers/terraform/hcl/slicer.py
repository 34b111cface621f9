"""Top-level blocks of a file, found without parsing what is in them.

Only blocks that somebody asks for are parsed; in a large repository that is a small part.
"""

from __future__ import annotations

import re

from validator.patterns import possessive
from validator.readers.terraform.hcl import skip
from validator.readers.terraform.hcl.source import Fault
from validator.records import dataclass

MAX_BLOCKS = 100_000
_BLANK = re.compile(possessive(r"[ \t\n]++|\r\n|#[^\n]*+|//[^\n]*+|/\*.*?\*/", "+"), re.DOTALL)
# Possessive throughout: a long name that heads no block would else be tried in every division.
_GAP = possessive(r"[ \t]|/\*" + possessive(r"[^*]|\*(?!/)") + r"\*/")
_LABEL = '(?:"' + possessive(r'[^"\\\n]|\\.') + r'"|[^\W\d][\w-]*+)'
_HEADER = re.compile(rf"([^\W\d][\w-]*+)({possessive(_GAP + _LABEL)}){_GAP}\{{")
_LABELS = re.compile(
    r'"(' + possessive(r'[^"\\\n]++|\\.') + r')"|/\*.*?\*/|([^\W\d][\w-]*)', re.DOTALL
)
_BODY = re.compile(
    possessive(r"[^\"{}#/<]++|/(?![/*])|<(?!<)|#[^\n]*+|//[^\n]*+|" + skip.STRING.pattern, "+")
)
_REST = re.compile(r"[ \t]*+(?:/\*.*?\*/[ \t]*+)*(?:(?:#|//)[^\n]*)?(?:\r?\n|\Z)", re.DOTALL)
_ATTRIBUTE = re.compile(r"([^\W\d][\w-]*)[ \t]*=(?!=)")
_LINE = re.compile(r"[^\"{}()\[\]#/<\n]+|/(?![/*])|<(?!<)|" + skip.STRING.pattern)


@dataclass(frozen=True, slots=True)
class Slice:
    """A top-level block: its type and labels as written, and its range.

    An attribute outside of any block has its name as `type` and `attribute` set.
    """

    type: str
    labels: tuple[str, ...]
    start: int
    header_end: int
    end: int
    attribute: bool = False


def slices(text: str) -> tuple[list[Slice], Fault | None]:
    """The blocks of a text in written order, up to the first thing that is none."""
    found: list[Slice] = []
    at = 0
    try:
        while True:
            blank = _BLANK.match(text, at)
            if blank:
                at = blank.end()
            if at >= len(text):
                return found, None
            header = _HEADER.match(text, at)
            if len(found) >= MAX_BLOCKS:
                raise Fault(f"more than {MAX_BLOCKS} blocks in one file", at)
            if header:
                end = _block_end(text, header.end())
                labels = tuple(
                    label[2] or label[1]
                    for label in _LABELS.finditer(header[2])
                    if not label[0].startswith("/*")
                )
                found.append(Slice(header[1], labels, at, header.end(), end))
                at = _line_end(text, end)
                continue
            attribute = _ATTRIBUTE.match(text, at)
            if not attribute:
                raise _nothing(text, at)
            end = _attribute_end(text, attribute.end())
            found.append(Slice(attribute[1], (), at, attribute.end(), end, attribute=True))
            at = end
    except Fault as fault:
        return found, fault


def _nothing(text: str, at: int) -> Fault:
    if text.startswith("/*", at):
        return Fault("this comment is never closed", at, at + 2)
    return Fault("here an argument or a block must begin", at)


def _block_end(text: str, at: int) -> int:
    end = skip.brace(text, at, _BODY)
    if end is None:
        raise Fault("this block is never closed", at - 1)
    return end


def _line_end(text: str, at: int) -> int:
    """Behind a block only blanks and a comment may follow on its line."""
    ended = _REST.match(text, at)
    if not ended:
        raise Fault("behind a block its line must end", at)
    return ended.end()


def _attribute_end(text: str, at: int) -> int:
    depth = 0
    while at < len(text):
        plain = _LINE.match(text, at)
        if plain:
            at = plain.end()
            continue
        sign = text[at]
        if sign == "\n" and depth <= 0:
            return at
        if sign in "{([":
            depth += 1
        elif sign in "})]":
            depth -= 1
        elif sign == '"':
            at = skip.string(text, at)
            continue
        elif sign != "\n":
            comment = text.startswith(("#", "//"), at)
            if comment and depth <= 0:
                newline = text.find("\n", at)
                return newline if newline >= 0 else len(text)
            at = skip.other(text, at)
            continue
        at += 1
    return at
