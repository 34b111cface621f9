"""ARNs whose parts may be open.

<https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html>
"""

from __future__ import annotations

from validator.graph.text import Hole, Json, Lit, Piece, Ref, Symbol, Text
from validator.records import dataclass

PARTS = 6


@dataclass(frozen=True, slots=True)
class Arn:
    """The parts of an ARN; `resource` is everything behind the fifth colon."""

    partition: Text
    service: Text
    region: Text
    account: Text
    resource: Text


@dataclass(frozen=True, slots=True)
class NotAnArn:
    """Why a text can be no ARN."""

    why: str


@dataclass(frozen=True, slots=True)
class MaybeArn:
    """A text whose open piece decides whether it is an ARN."""

    piece: Piece


def parse_arn(words: Text) -> Arn | NotAnArn | MaybeArn:
    """Split a text into the parts of an ARN.

    An open piece between two colons counts as a part without colons of its own; one at the very
    start, or one that may hold the missing colons, leaves the matter open.
    """
    pieces = [piece for piece in words.pieces if not (isinstance(piece, Lit) and not piece.text)]
    if not pieces:
        return NotAnArn("it is empty")
    match pieces[0]:
        case Lit(text=start):
            if not start.startswith("arn:") and not ("arn:".startswith(start) and len(pieces) > 1):
                return NotAnArn("it does not begin with arn:")
        case Hole() | Json() as piece:
            return MaybeArn(piece)
        case Ref(attribute=attribute):
            if attribute not in ("name", "id"):
                return MaybeArn(pieces[0])
            return NotAnArn(f"it begins with {'a name' if attribute == 'name' else 'an ID'}")
        case Symbol():
            return NotAnArn("it does not begin with arn:")
        case piece:
            return MaybeArn(piece)
    parts = split(words, ":", PARTS - 1)
    if len(parts) < PARTS:
        for piece in pieces:
            if isinstance(piece, Hole):
                return MaybeArn(piece)
        return NotAnArn(f"an ARN has {PARTS} parts between colons, this has {len(parts)}")
    return Arn(*parts[1:])


def split(words: Text, separator: str, most: int = -1) -> list[Text]:
    """Split at a character of the literal pieces, at most `most` times, never in an open piece."""
    parts: list[list[Piece]] = [[]]
    for piece in words.pieces:
        if not isinstance(piece, Lit):
            parts[-1].append(piece)
            continue
        left = most - (len(parts) - 1) if most >= 0 else -1
        at = 0
        for index, part in enumerate(piece.text.split(separator, left)):
            if index:
                parts.append([])
            if part:
                parts[-1].append(_cut(piece, at, part))
            at += len(part) + 1
    return [Text(tuple(part)) for part in parts]


def _cut(piece: Lit, start: int, part: str) -> Lit:
    if start == 0 and len(part) == len(piece.text):
        return piece
    span = piece.span
    if span is None or "\n" in piece.text:
        return Lit(part, None, 0, piece.sensitive)
    column = span.column + start
    return Lit(
        part,
        type(span)(span.file, span.line, column, span.line, column + len(part)),
        0,
        piece.sensitive,
    )
