"""ARNs of resources, written out as far as their form is known: `arn:aws:s3:::` and the name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from validator.aws import KINDS
from validator.graph.text import Piece, Ref, SymbolKind, Text, text
from validator.readers.cloudformation.pseudo import symbol
from validator.readers.cloudformation.template import type_of
from validator.readers.cloudformation.vocabulary import looks

if TYPE_CHECKING:
    from validator.readers.cloudformation.scope import Scope

_PART: Final = re.compile(r"\{([a-z-]+)\}")
_SYMBOLS: Final[dict[str, SymbolKind]] = {
    "account": "account",
    "region": "region",
    "partition": "partition",
}


def spelled_out(scope: Scope, words: Text) -> Text:
    """A text in which references to ARNs of this stack are ARNs in pieces."""
    pieces: list[Piece] = []
    for piece in words.pieces:
        pieces.extend(_spelled(scope, piece) if isinstance(piece, Ref) else (piece,))
    return Text(tuple(pieces))


def _spelled(scope: Scope, ref: Ref) -> tuple[Piece, ...]:
    name = ref.target.removeprefix(scope.stack.address(""))
    written = scope.stack.resources.get(name)
    if written is None:
        return (ref,)
    for kind in KINDS:
        shape = kind.shapes.get(ref.attribute)
        if shape is not None and type_of(written) in kind.types:
            return _shaped(scope, ref, shape, type_of(written))
    return (ref,)


def _shaped(scope: Scope, ref: Ref, shape: str, type_: str) -> tuple[Piece, ...]:
    found = Text(())
    done = 0
    for part in _PART.finditer(shape):
        found += text(shape[done : part.start()])
        done = part.end()
        word = part.group(1)
        if word in _SYMBOLS:
            found += symbol(scope, _SYMBOLS[word])
        elif word in ("name", "id"):
            found += Text((Ref(ref.target, word, looks(type_, word)),))
        else:
            # A path that only the resource itself tells.
            return (ref,)
    return (found + text(shape[done:])).pieces
