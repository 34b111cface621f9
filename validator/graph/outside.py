"""Values as other units see them."""

from __future__ import annotations

from validator.graph.addresses import address
from validator.graph.text import Hole, Json, Piece, Symbol, Text
from validator.graph.values import Fields, Items, Known, Node
from validator.records import replace


def from_outside(node: Node, unit: str) -> Node:
    """A value as other units see it: what this one is deployed to is not what they are."""
    match node:
        case Known(value=Text(pieces=pieces)):
            seen = tuple(_piece(piece, unit) for piece in pieces)
            return node if seen == pieces else replace(node, value=Text(seen))
        case Known(value=Items(items=items, rest=rest)):
            return replace(node, value=Items(tuple(from_outside(one, unit) for one in items), rest))
        case Known(value=Fields(entries=entries, rest=rest)):
            inner = tuple(
                replace(entry, value=from_outside(entry.value, unit)) for entry in entries
            )
            return replace(node, value=Fields(inner, rest))
        case _:
            return node


def _piece(piece: Piece, unit: str) -> Piece:
    match piece:
        case Symbol(kind=kind, scope=scope):
            return Hole(
                address(unit, f"{kind} {scope}"),
                f"the {kind} that {unit} is deployed to",
                shape="name",
            )
        case Json(node=inner):
            return Json(from_outside(inner, unit))
        case _:
            return piece
