"""Text as templates hold it: in pieces.

`"${aws_s3_bucket.logs.arn}/vpc"` stays that bucket plus `/vpc` although its ARN is settled by the
deploy only.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, NoReturn, TypeAlias

from validator.records import dataclass, field

if TYPE_CHECKING:
    from validator.graph.span import Span
    from validator.graph.values import Node

MAX_SHOWN = 1_500
# The unit in front of a name that is inside of another.
_UNIT = re.compile(r"[^\s,(){}\"$]*#")


class NoTruth:
    """Neither true nor false: `if value:` would quietly turn unknown into a verdict."""

    __slots__ = ()

    def __bool__(self) -> NoReturn:
        raise TypeError(f"{type(self).__name__} has no truth value: use match")


Shape = Literal["", "bucket-name", "name", "made-up", "id"]
"""What a text looks like; `made-up` is a name that the deploy chooses: letters, digits, hyphens.
A bucket's name has letters, digits, dots and dashes; other names and IDs have no colon.
"""


@dataclass(frozen=True, slots=True)
class Lit:
    """Literal text.

    `span` is where its first character stands, None if it was computed. `margin` is how many
    columns of indentation the language cut from every line after the first (heredocs, YAML
    blocks). A `sensitive` text is compared and measured, never printed.
    """

    text: str
    span: Span | None = field(default=None, compare=False)
    margin: int = field(default=0, compare=False)
    sensitive: bool = field(default=False, compare=False)


@dataclass(frozen=True, slots=True)
class Ref:
    """An attribute of a resource of the graph, settled by the deploy: `arn`, `name`, `id`.

    `target` is a `Resource.address`; `attribute` is the word that `validator.aws` uses for it in
    every language. `shape` says what any value of it looks like, if that is known.
    """

    target: str
    attribute: str
    shape: Shape = field(default="", compare=False)


SymbolKind = Literal["account", "region", "partition", "url-suffix"]
_CALLED: dict[SymbolKind, str] = {"url-suffix": "domain suffix"}
_GIVEN_BY: dict[SymbolKind, str] = {
    "account": "--account ID",
    "region": "--region NAME",
    "partition": "--partition NAME",
    "url-suffix": "--partition NAME",
}


@dataclass(frozen=True, slots=True)
class Symbol:
    """The account, region or partition that a provider or stack deploys to.

    Two symbols of one kind and scope are the same value; of different scopes, nobody can tell.
    """

    kind: SymbolKind
    scope: str = ""

    @property
    def fact(self) -> str:
        """What is missing where it is not given."""
        return f"the {_CALLED.get(self.kind, self.kind)} that this is deployed to"

    @property
    def supply(self) -> str:
        """How a person can give it."""
        return _GIVEN_BY[self.kind]


@dataclass(frozen=True, slots=True)
class Hole:
    """A piece of text that these files do not settle.

    `key` names the unknown: holes with one key hold one value (`infra#var.prefix`). `why` says
    what is missing, `supply` how a person can give it (`--var prefix=VALUE`). `shape` says what
    it looks like where it stands: a part of a bucket's name holds no slash. `made_by` is the type
    of the declared resource whose ID it is, and which surely has one.
    """

    key: str
    why: str = field(compare=False)
    supply: str = field(default="", compare=False)
    shape: Shape = field(default="", compare=False)
    made_by: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Dangling:
    """A reference to something that nothing declares; the deploy tool itself will stop at it."""

    name: str
    why: str = field(compare=False)


@dataclass(frozen=True, slots=True)
class Json:
    """The JSON text of a value, kept as the value: what `jsonencode` gives."""

    node: Node


Piece: TypeAlias = "Lit | Ref | Symbol | Hole | Dangling | Json"


@dataclass(frozen=True, slots=True)
class Text(NoTruth):
    """A text in pieces; neighbouring literals may stay apart to keep their spans."""

    pieces: tuple[Piece, ...]

    @property
    def literal(self) -> str | None:
        """The whole text, if every piece of it is literal."""
        parts: list[str] = []
        for piece in self.pieces:
            if not isinstance(piece, Lit):
                return None
            parts.append(piece.text)
        return "".join(parts)

    def __add__(self, other: Text) -> Text:
        """Both texts, one after the other."""
        return Text(self.pieces + other.pieces)

    def __str__(self) -> str:
        """For people: references and unknowns in `${}`, sensitive text hidden."""
        return brief("".join(_words(piece) for piece in self.pieces))

    def matches(self, other: Text) -> bool:
        """Whether both surely are the same text; False also if nobody can tell."""
        return _merged(self.pieces) == _merged(other.pieces)

    @property
    def key(self) -> object:
        """Equal for texts that surely are the same, for looking them up."""
        return tuple(_merged(self.pieces))


def text(literal: str, span: Span | None = None) -> Text:
    """A text of one literal piece."""
    return Text((Lit(literal, span),)) if literal else Text(())


def brief(words: str) -> str:
    """Words as a message can hold them: a stranger's name may be a megabyte long."""
    return words if len(words) <= MAX_SHOWN else f"{words[: MAX_SHOWN - 1]}…"


def _words(piece: Piece) -> str:
    match piece:
        case Lit(text=words, sensitive=sensitive):
            return "(sensitive)" if sensitive else words
        case Ref(target=target, attribute=attribute):
            return f"${{{target.rpartition('#')[2]}.{attribute}}}"
        case Symbol(kind=kind):
            return f"${{{kind}}}"
        case Hole(key=key):
            name = _UNIT.sub("", key) if "(" in key else key.rpartition("#")[2]
            return f"${{{name}}}"
        case Dangling(name=name):
            return f"${{{name}}}"
        case Json():
            return "${json}"


def _merged(pieces: tuple[Piece, ...]) -> list[Piece | str]:
    merged: list[Piece | str] = []
    run: list[str] = []
    for piece in pieces:
        if isinstance(piece, Lit):
            run.append(piece.text)
            continue
        if words := "".join(run):
            merged.append(words)
        run.clear()
        merged.append(piece)
    return [*merged, words] if (words := "".join(run)) else merged
