"""Between these values and the graph's."""

from __future__ import annotations

from decimal import Decimal

from validator.graph.text import Dangling, Lit, Piece, Text, text
from validator.graph.values import Entry, Fields, Items, Known, Node, Unknown
from validator.readers.terraform.cty import text as texts
from validator.readers.terraform.cty.collections import Key, Obj, Seq
from validator.readers.terraform.cty.strings import Str
from validator.readers.terraform.cty.values import Bool, Null, Num, Unk, Val


def to_node(value: Val) -> Node:
    """The value as the graph holds it."""
    match value:
        case Str(pieces=pieces, span=span, trail=trail):
            if value.secret:
                pieces = tuple(_hidden(piece) for piece in pieces)
            return Known(Text(pieces), span, trail)
        case Num(value=amount, span=span, trail=trail):
            return Known(amount, span, trail)
        case Bool(value=flag, span=span, trail=trail):
            return Known(flag, span, trail)
        case Null(span=span, trail=trail):
            return Known(None, span, trail)
        case Seq(items=items, rest=rest, span=span, trail=trail):
            return Known(
                Items(
                    tuple(to_node(one) for one in items), None if rest is None else _unknown(rest)
                ),
                span,
                trail,
            )
        case Obj(entries=entries, rest=rest, span=span, trail=trail):
            fields = tuple(
                Entry(
                    text(key, value.key_spans.get(key)) if isinstance(key, str) else key,
                    to_node(one),
                    value.key_spans.get(key, one.span),
                )
                for key, one in entries.items()
            )
            return Known(Fields(fields, None if rest is None else _unknown(rest)), span, trail)
        case Unk(dangling=Dangling() as missing, span=span, trail=trail):
            return Known(Text((missing,)), span, trail)
        case Unk():
            return _unknown(value)
        case _:
            return Unknown(
                "a whole resource or module stands here, where one of its attributes is meant",
                value.span,
                supply="write the attribute behind it: .id, .arn, .name",
            )


def _unknown(value: Unk) -> Unknown:
    why = f"Terraform refuses this: {value.why}" if value.error else value.why
    return Unknown(why, value.span, value.trail, value.supply, value.key, value.made_by)


def _hidden(piece: Piece) -> Piece:
    if isinstance(piece, Lit):
        return Lit(piece.text, piece.span, piece.margin, sensitive=True)
    return piece


def from_node(node: Node) -> Val:
    """A node as `jsondecode` gives it: objects and tuples."""
    made: Val
    match node:
        case Unknown(why=why, supply=supply, key=key):
            made = Unk(why, supply=supply, key=key)
        case Known(value=Text(pieces=pieces)):
            made = Str(pieces)
        case Known(value=bool() as flag):
            made = Bool(flag)
        case Known(value=Decimal() as amount):
            made = Num(amount)
        case Known(value=Items(items=items, rest=rest)):
            made = Seq("tuple", [from_node(one) for one in items], rest=_open(rest))
        case Known(value=Fields(entries=entries, rest=rest)):
            fields: dict[Key, Val] = {}
            spans = {}
            for entry in entries:
                known = texts.literal(entry.key.pieces)
                key_ = entry.key if known is None else known
                fields[key_] = from_node(entry.value)
                spans[key_] = entry.span
            made = Obj("object", fields, rest=_open(rest))
            made.key_spans = spans
        case Known():
            made = Null()
    made.span, made.trail = node.span, node.trail
    return made


def _open(rest: Unknown | None) -> Unk | None:
    if rest is None:
        return None
    made = Unk(rest.why, supply=rest.supply, key=rest.key)
    made.span, made.trail = rest.span, rest.trail
    return made
