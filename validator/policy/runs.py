"""Words and wildcard patterns, with the runs of characters that nobody can spell out yet.

A request is a `Word`: characters and `Run`s. A policy's pattern is a `Glob`: characters, wildcards
and `Run`s. One unknown piece gives the same run on both sides, so it is equal to itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import TypeAlias

from validator.aws.monitored import id_prefix
from validator.graph.span import Span
from validator.graph.text import Dangling, Hole, Json, Lit, Piece, Ref, Symbol, SymbolKind, Text
from validator.graph.verdict import Open
from validator.policy.question import Anything, Pattern
from validator.records import dataclass

DIGITS = "0123456789"
LOWER = "abcdefghijklmnopqrstuvwxyz"
WILDCARDS = "*?"


class Wild(Enum):
    """A wildcard; `IN_PART` ones stop at a colon, as between the parts of an ARN."""

    ANY = "?"
    STAR = "*"
    ANY_IN_PART = "? in one part"
    STAR_IN_PART = "* in one part"


@dataclass(frozen=True, slots=True)
class Chosen:
    """A part of a request that AWS chooses: under a condition key, or in `resource`."""

    where: str
    value: int = 0
    part: int = 0


@dataclass(frozen=True, slots=True)
class Digits:
    """What stands behind the known beginning of an ID that the deploy makes up.

    Not named as the ID itself: where nothing tells what an unknown of that name is, it stands for
    the whole ID, and one name must not stand for two texts.
    """

    id: Hole
    behind: str


Name: TypeAlias = "Ref | Symbol | Hole | Dangling | Json | Chosen | Digits"


@dataclass(frozen=True, slots=True)
class Run:
    """A run of at least `least` characters: of `alphabet` if that is given, and none of `barred`.

    With `most`, which is then the same number, of exactly so many.

    Two runs of one `name` are the same text. A run that `varies` stands for all its texts at once
    (the object keys of a delivery), any other for one text that is not known.
    """

    name: Name
    alphabet: str = ""
    barred: str = WILDCARDS
    least: int = 0
    most: int | None = None
    varies: bool = False

    def holds(self, character: str) -> bool:
        """Whether the run may hold that character."""
        if self.alphabet:
            return character in self.alphabet
        return character not in self.barred

    @property
    def in_part(self) -> bool:
        """Whether it surely holds no colon."""
        return not self.holds(":")


Token: TypeAlias = "str | Wild | Run"
Word: TypeAlias = "tuple[str | Run, ...]"
Glob: TypeAlias = "tuple[Token, ...]"
Bound: TypeAlias = "Mapping[Name, str]"

_ALPHABETS: dict[SymbolKind, str] = {
    "region": LOWER + DIGITS + "-",
    "partition": LOWER + DIGITS + "-",
    "url-suffix": LOWER + DIGITS + "-.",
}


def tokens_of(piece: Ref | Symbol | Hole | Dangling | Json, bound: Bound) -> Word:
    """What stands in the place of an unknown piece, as far as it is known or bound."""
    run = run_of(piece)
    known = run.name.behind if isinstance(run.name, Digits) else ""
    return (*known, *bound.get(run.name, (run,)))


def run_of(piece: Ref | Symbol | Hole | Dangling | Json) -> Run:
    """What may stand in the place of an unknown piece, behind what is known of it."""
    match piece:
        case Hole(made_by=type_) if prefix := id_prefix(type_):
            # Old IDs have eight digits, newer ones seventeen.
            return Run(Digits(piece, prefix), DIGITS + "abcdef", least=8)
        case Symbol(kind="account"):
            return Run(piece, DIGITS, least=12, most=12)
        case Symbol(kind=kind):
            return Run(piece, _ALPHABETS[kind], least=1)
        case Ref(shape="bucket-name"):
            return Run(piece, LOWER + DIGITS + ".-", least=3)
        case Hole(shape="bucket-name"):
            return Run(piece, LOWER + DIGITS + ".-")
        case Ref(shape="made-up"):
            return Run(piece, LOWER + LOWER.upper() + DIGITS + "-", least=1)
        case Ref(shape="name" | "id") | Ref(attribute="name"):
            return Run(piece, barred=WILDCARDS + ":", least=1)
        case Hole(shape="name" | "id"):
            return Run(piece, barred=WILDCARDS + ":")
        case Ref() | Hole() | Dangling() | Json():
            return Run(piece)


def word_of(
    pattern: Pattern, where: str, bound: Bound, *, value: int = 0, varies: bool = False
) -> Word:
    """A request's text; `where` and `value` tell its `Anything`s from those of other texts."""
    word: list[str | Run] = []
    for index, piece in enumerate(pattern):
        match piece:
            case Lit(text=letters):
                word.extend(letters)
            case Anything() as chosen:
                run = _chosen(chosen, Chosen(where, value, index), varies=varies)
                word.extend(bound.get(run.name, (run,)))
            case Ref() | Symbol() | Hole() | Dangling() | Json():
                word.extend(tokens_of(piece, bound))
    return tuple(word)


def _chosen(chosen: Anything, name: Chosen, *, varies: bool) -> Run:
    barred = WILDCARDS + ("" if chosen.colons else ":") + ("" if chosen.slashes else "/")
    most = chosen.least if chosen.fixed else None
    return Run(name, chosen.alphabet, barred, chosen.least, most, varies)


def spelled(word: Word) -> str:
    """A word for people: unknown runs in `${}`."""
    said = ""
    for token in word:
        if isinstance(token, Run) and isinstance(token.name, Digits):
            said = said.removesuffix(token.name.behind)
        said += token if isinstance(token, str) else _name(token)
    return said


def _name(run: Run) -> str:
    match run.name:
        case Ref() | Symbol() | Hole() | Dangling() | Json() as piece:
            return str(Text((piece,)))
        case Digits(id=piece):
            return str(Text((piece,)))
        case Chosen():
            return "…"


def missing(piece: Piece | Anything, span: Span) -> Open | None:
    """The fact that would settle an unknown piece."""
    match piece:
        case Symbol(fact=fact, supply=supply):
            return Open(fact, supply, span)
        case Hole(why=why, supply=supply):
            return Open(why, supply, span)
        case Dangling(why=why):
            return Open(why, "", span)
        case Ref(target=target, attribute=attribute):
            return Open(f"the {attribute} of {target.rpartition('#')[2]}", "", span)
        case Json():
            return Open("a JSON text inside a text", "", span)
        case Lit() | Anything():
            return None
