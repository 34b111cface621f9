"""Texts in pieces: joined, split and compared without knowing all of them."""

from __future__ import annotations

import re
from typing import Final

from validator.graph.text import Dangling, Hole, Json, Lit, Piece, Ref, Symbol, Text
from validator.readers.cloudformation.source import cut
from validator.records import dataclass

MAX_TEXT: Final = 200_000
MAX_PIECES: Final = 5_000

# The last part of the keys of a stack's name and of the GUID in its ID.
STACK_NAME: Final = "AWS::StackName"
STACK_GUID: Final = "AWS::StackId GUID"

_CHARACTERS: Final = {
    "account": re.compile(r"[0-9]*"),
    "region": re.compile(r"[a-z0-9-]*"),
    "partition": re.compile(r"[a-z-]*"),
    "url-suffix": re.compile(r"[a-z.]*"),
    "bucket-name": re.compile(r"[A-Za-z0-9._-]*"),
    # A stack's name, and the GUID in its ID.
    "stack": re.compile(r"[A-Za-z0-9-]*"),
    "name": re.compile(r"[^:]*"),
    "made-up": re.compile(r"[A-Za-z0-9-]*"),
    "id": re.compile(r"[^:]*"),
}


def too_large(words: Text) -> bool:
    """Whether a text grew past what any AWS field takes."""
    if len(words.pieces) > MAX_PIECES:
        return True
    return sum(len(piece.text) for piece in words.pieces if isinstance(piece, Lit)) > MAX_TEXT


@dataclass(frozen=True, slots=True)
class Open:
    """Why a piece is not known, and how a person can give it."""

    why: str
    supply: str = ""


def open_piece(piece: Piece) -> Open | None:
    """Why a piece of text is open; None for a literal."""
    match piece:
        case Lit():
            return None
        case Symbol(fact=fact, supply=supply):
            return Open(fact, supply)
        case Ref(target=target, attribute=attribute):
            name = f"{target.rpartition('#')[2]}.{attribute}"
            return Open(f"{name} is known only after the deploy")
        case Hole(why=why, supply=supply):
            return Open(why, supply)
        case Dangling(why=why):
            return Open(why)
        case Json():
            return Open("this is known only at the deploy")


def split(words: Text, delimiter: str) -> tuple[list[Text], Open | None]:
    """The parts between a delimiter, as far as they are surely the parts.

    The second answer says why what follows the last of them is not known.
    """
    parts: list[Text] = []
    current: list[Piece] = []
    for piece in words.pieces:
        if not isinstance(piece, Lit):
            if _may_hold(piece, delimiter):
                return parts, open_piece(piece)
            current.append(piece)
            continue
        start = 0
        while (end := piece.text.find(delimiter, start)) >= 0:
            if len(parts) >= MAX_PIECES:
                return parts, Open(f"it has more than {MAX_PIECES} parts")
            current.extend(cut((piece,), start, end))
            parts.append(Text(tuple(current)))
            current = []
            start = end + len(delimiter)
        current.extend(cut((piece,), start, len(piece.text)))
    parts.append(Text(tuple(current)))
    return parts, None


def _may_hold(piece: Piece, delimiter: str) -> bool:
    """Whether a piece may hold the delimiter; what it looks like may rule that out."""
    match piece:
        case Symbol(kind=looks) | Ref(shape=looks):
            return not looks or _CHARACTERS[looks].fullmatch(delimiter) is not None
        case Hole(key=key) if key.endswith((STACK_NAME, STACK_GUID)):
            return _CHARACTERS["stack"].fullmatch(delimiter) is not None
        case _:
            return True


def differ(one: Text, other: Text) -> bool:
    """Whether two texts surely differ: by their literal beginnings or ends, or their length."""
    return _clash(one.pieces, other.pieces, first=True) or _clash(
        one.pieces, other.pieces, first=False
    )


def _edge(pieces: tuple[Piece, ...], *, first: bool) -> tuple[str, bool]:
    """The literal text at one end, and whether it is the whole text."""
    found = ""
    for piece in pieces if first else reversed(pieces):
        if not isinstance(piece, Lit):
            return found, False
        found = found + piece.text if first else piece.text + found
    return found, True


def _clash(one: tuple[Piece, ...], other: tuple[Piece, ...], *, first: bool) -> bool:
    (left, left_whole), (right, right_whole) = _edge(one, first=first), _edge(other, first=first)
    if left_whole and right_whole:
        return left != right
    if (left_whole and len(right) > len(left)) or (right_whole and len(left) > len(right)):
        return True
    size = min(len(left), len(right))
    if first:
        return left[:size] != right[:size]
    return bool(size) and left[-size:] != right[-size:]


def canonical(words: Text) -> str:
    """A text as a key: the same for the same pieces."""
    parts: list[str] = []
    for piece in words.pieces:
        match piece:
            case Lit(text=text):
                parts.append(text)
            case Ref(target=target, attribute=attribute):
                parts.append(f"\0ref {target} {attribute}\0")
            case Symbol(kind=kind, scope=scope):
                parts.append(f"\0symbol {kind} {scope}\0")
            case Hole(key=key):
                parts.append(f"\0hole {key}\0")
            case Dangling(name=name):
                parts.append(f"\0dangling {name}\0")
            case Json():
                parts.append("\0json\0")
    return "".join(parts)


def open_keys(words: Text) -> frozenset[str]:
    """The keys of all that is open in a text."""
    keys: set[str] = set()
    for piece in words.pieces:
        match piece:
            case Hole(key=key):
                keys.add(key)
            case Symbol(kind=kind, scope=scope):
                keys.add(symbol_key(kind, scope))
            case _:
                pass
    return frozenset(keys)


def symbol_key(kind: str, scope: str = "") -> str:
    """The key that a world names a symbol by."""
    return f"symbol {kind} {scope}"
