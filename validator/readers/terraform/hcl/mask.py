"""A text as the grammar shall see it, every character at its old offset.

python-hcl2's grammar reads some things otherwise than Terraform: heredocs, escapes and templates in
strings, names that are not ASCII, line breaks inside brackets, repeated signs. So strings and
heredocs become plain strings of the same length (their text is split by `template`), comments and
insignificant line breaks become blanks, and what cannot stand is a `Fault`.
"""

from __future__ import annotations

import re

from validator.patterns import possessive
from validator.readers.terraform.hcl import skip
from validator.readers.terraform.hcl.source import Fault
from validator.records import dataclass, field

# All of ASCII but `"`, line ends, `#/<(){}[]!-`, by what is in it: a class that leaves out the rest
# of Unicode takes two milliseconds to compile.
MAX_SIGNS = 1_000_000
_PLAIN = re.compile(r"[\x00-\x09\x0b\x0c\x0e-\x20$-'*-,.0-;=-Z\\^-z|~\x7f]+")
_BETWEEN = r"[ \t\r\n]++|#[^\n]*+|//[^\n]*+|/\*.*?\*/"
_FOR = re.compile(
    r"\{" + possessive(_BETWEEN) + "for" + possessive(_BETWEEN, "+") + r"[^\W\d][\w-]*+"
    r"\s*(?:,|\sin\b)",
    re.DOTALL,
)
_WORD = re.compile(r"[\w-]+")
_SIGNS = re.compile(r"[!-](?=[ \t]*[!-](?!=))")
_CLOSES = {"(": ")", "[": "]", "{": "}"}


@dataclass(slots=True)
class Quoted:
    """A string or heredoc in the text: where what it says starts and ends.

    `flush` is set for `<<-`, whose common indentation Terraform cuts.
    """

    start: int
    end: int
    heredoc: bool = False
    flush: bool = False


@dataclass(slots=True)
class Masked:
    """The masked text and what was hidden, by offset.

    `signs` holds where signs stood before another sign: `!!x` is seen as ` !x`.
    """

    text: str
    quoted: dict[int, Quoted] = field(default_factory=dict[int, Quoted])
    signs: dict[int, list[int]] = field(default_factory=dict[int, list[int]])


def mask(text: str, start: int, end: int, *, lines: bool, depth: int = 0) -> Masked:
    """A stretch of a text for the grammar; offsets in the result count from `start`.

    `lines` says whether line breaks at its outermost level end an argument. Raises `Fault`.
    """
    masked = Masked("")
    out: list[str] = []
    brackets: list[tuple[str, bool]] = []
    significant = lines
    at = start
    pending: list[int] = []
    while at < end:
        plain = _PLAIN.match(text, at, end)
        if plain:
            out.append(plain[0])
            at = plain.end()
            continue
        sign = text[at]
        stop = at + 1
        shown = sign
        if sign == "\n":
            shown = "\n" if significant else " "
        elif sign == "\r":
            if not text.startswith("\n", stop):
                raise Fault("a carriage return may stand only before a line feed", at)
            shown = " "
        elif sign == '"':
            stop = skip.string(text, at, depth)
            masked.quoted[at - start] = Quoted(at + 1, stop - 1)
            shown = '"' + "x" * (stop - at - 2) + '"'
        elif sign in "({[":
            if len(brackets) + depth >= skip.MAX_NESTING:
                raise Fault(f"brackets are nested more than {skip.MAX_NESTING} deep", at)
            brackets.append((sign, significant))
            significant = sign == "{" and not _FOR.match(text, at)
        elif sign in ")}]":
            if not brackets or _CLOSES[brackets[-1][0]] != sign:
                raise Fault(f"nothing opens this {sign}", at)
            significant = brackets.pop()[1]
        elif sign in "!-":
            if _SIGNS.match(text, at) and _opens_operand(out):
                pending.append(at - start)
                if len(pending) > skip.MAX_NESTING:
                    raise Fault(f"more than {skip.MAX_NESTING} signs in a row", at)
                shown = " "
            elif pending:
                masked.signs[at - start] = pending
                pending = []
        elif sign >= "\x80":
            stop, shown = _word(text, at, end)
        else:
            stop, shown = _other(text, at, start, masked)
        out.append(shown)
        at = stop
        if len(out) > MAX_SIGNS:
            raise Fault(f"a text of more than {MAX_SIGNS} signs is not read", at)
    if brackets:
        raise Fault(f"this {brackets[-1][0]} is never closed", end - 1 if end else 0)
    masked.text = "".join(out)
    return masked


def _opens_operand(out: list[str]) -> bool:
    """Whether a sign here belongs to what follows, not between two operands."""
    for part in reversed(out):
        bare = part.rstrip(" \t\n")
        if bare:
            return not (bare[-1].isalnum() or bare[-1] in '_)]}"')
    return True


def _word(text: str, at: int, end: int) -> tuple[int, str]:
    """A name beyond ASCII, as a name that the grammar knows."""
    word = _WORD.match(text, at, end)
    if not word:
        raise Fault("this character is not used in the language", at)
    return word.end(), "_" * len(word[0])


def _other(text: str, at: int, start: int, masked: Masked) -> tuple[int, str]:
    """A comment, a heredoc, or a sign by itself."""
    opened = skip.HEREDOC.match(text, at)
    if opened:
        body_end, stop = skip.heredoc(text, opened)
        masked.quoted[at - start] = Quoted(
            opened.end(), body_end, heredoc=True, flush=bool(opened[1])
        )
        return stop, '"' + "x" * (stop - at - 2) + '"'
    stop = skip.other(text, at)
    hidden = text[at] == "#" or stop > at + 1
    return stop, " " * (stop - at) if hidden else text[at]
