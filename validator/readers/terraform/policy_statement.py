"""A `statement` block as a statement of the policy language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.graph.span import Span
from validator.graph.text import Lit, Piece
from validator.readers.terraform.cty import text
from validator.readers.terraform.cty.collections import Key, Obj, Seq
from validator.readers.terraform.cty.convert import as_string
from validator.readers.terraform.cty.strings import Str, string
from validator.readers.terraform.cty.types import DYNAMIC
from validator.readers.terraform.cty.values import Null, Refused, Unk, Val

if TYPE_CHECKING:
    pass


_NAMES = {
    "sid": "Sid",
    "effect": "Effect",
    "actions": "Action",
    "not_actions": "NotAction",
    "resources": "Resource",
    "not_resources": "NotResource",
    "principals": "Principal",
    "not_principals": "NotPrincipal",
    "condition": "Condition",
}


_VARIABLES = frozenset({"resources", "not_resources"})


def statement(block: Obj) -> Obj:
    """A `statement` block as a statement of the policy language. Raises `Refused`."""
    entries: dict[Key, Val] = {}
    spans: dict[Key, Span] = {}
    for name, json_name in _NAMES.items():
        value = block.entries.get(name)
        span = block.key_spans.get(name, block.span)
        if name == "effect" and (value is None or isinstance(value, Null)):
            value, span = string("Allow", block.span), block.span
        if value is None or isinstance(value, Null):
            continue
        if name in ("sid", "effect"):
            made: Val | None = value if text.lit(value) != "" else None
        elif name in ("principals", "not_principals"):
            made = _principals(value)
        elif name == "condition":
            made = _conditions(value)
        else:
            made = _one_or_many(value, variables=name in _VARIABLES, ordered=False)
        if made is not None:
            entries[json_name] = made
            spans[json_name] = span
    found = Obj("object", entries, span=block.span)
    found.key_spans = spans
    return found


def _one_or_many(value: Val, *, variables: bool, ordered: bool) -> Val | None:
    """A list as the provider writes it: one item alone, several in descending order."""
    if isinstance(value, Unk):
        return value
    if not isinstance(value, Seq):
        raise Refused("a list of texts is required here")
    items = [_as_variable(as_string(one)) if variables else as_string(one) for one in value.items]
    if value.rest is None:
        if not items:
            return None
        if len(items) == 1:
            return _with_trail(items[0], value)
    if not ordered and all(text.lit(one) is not None for one in items):
        items.sort(key=lambda one: text.lit(one) or "", reverse=True)
    made = Seq("tuple", items, rest=value.rest, span=value.span)
    made.trail = value.trail
    return made


def _with_trail(item: Val, owner: Val) -> Val:
    if not owner.trail:
        return item
    from validator.readers.terraform.cty.access import taken

    return taken(owner, item)


def _as_variable(value: Val) -> Val:
    """`&{` stands for `${` of the policy language, which Terraform would take for its own."""
    if not isinstance(value, Str) or not any(
        isinstance(piece, Lit) and "&{" in piece.text for piece in value.pieces
    ):
        return value
    pieces: tuple[Piece, ...] = tuple(
        Lit(piece.text.replace("&{", "${"), piece.span, piece.margin, piece.sensitive)
        if isinstance(piece, Lit)
        else piece
        for piece in value.pieces
    )
    made = Str(pieces, value.span)
    made.trail, made.secret = value.trail, value.secret
    return made


def _principals(value: Val) -> Val | None:
    """`principals` blocks grouped by type; a lone `*` is everybody."""
    if not isinstance(value, Seq):
        return value
    if value.rest is not None:
        return value.rest.of(DYNAMIC)
    blocks = [one for one in value.items if isinstance(one, Obj)]
    if len(blocks) == 1 and text.lit(_field(blocks[0], "type")) == "*":
        identifiers = _field(blocks[0], "identifiers")
        first = identifiers.items[0] if isinstance(identifiers, Seq) and identifiers.items else None
        return string("*", first.span if first is not None else blocks[0].span)
    grouped: dict[Key, list[Val]] = {}
    spans: dict[Key, Span] = {}
    rests: dict[Key, Unk] = {}
    for block in blocks:
        kind = _field(block, "type")
        known = text.lit(kind)
        if known is None:
            return (
                kind
                if isinstance(kind, Unk)
                else Unk("the type of a principal is not known", DYNAMIC, block.span)
            )
        spans.setdefault(known, kind.span)
        identifiers = _field(block, "identifiers")
        if isinstance(identifiers, Seq):
            grouped.setdefault(known, []).extend(identifiers.items)
            if identifiers.rest is not None:
                rests[known] = identifiers.rest
        elif isinstance(identifiers, Unk):
            grouped.setdefault(known, [])
            rests[known] = identifiers
    entries: dict[Key, Val] = {}
    for kind_name, items in sorted(grouped.items(), key=lambda one: str(one[0])):
        span = items[0].span if items else spans[kind_name]
        listed = Seq("list", items, DYNAMIC, rests.get(kind_name), span)
        if not items and listed.rest is not None:
            entries[kind_name] = listed.rest
            continue
        made = _one_or_many(listed, variables=True, ordered=False)
        if made is not None:
            entries[kind_name] = made
    if not entries:
        return None
    found = Obj("object", entries, span=value.span)
    found.key_spans = spans
    return found


def _conditions(value: Val) -> Val | None:
    """`condition` blocks grouped by operator and key."""
    if not isinstance(value, Seq):
        return value
    grouped: dict[Key, dict[Key, list[Val]]] = {}
    spans: dict[tuple[Key, ...], Span] = {}
    rests: dict[tuple[Key, Key], Unk] = {}
    for block in value.items:
        if not isinstance(block, Obj):
            continue
        test, variable = _key(_field(block, "test")), _key(_field(block, "variable"))
        spans.setdefault((test,), _field(block, "test").span)
        spans.setdefault((test, variable), _field(block, "variable").span)
        values = _field(block, "values")
        row = grouped.setdefault(test, {}).setdefault(variable, [])
        if isinstance(values, Seq):
            row.extend(values.items)
            if values.rest is not None:
                rests[test, variable] = values.rest
        elif isinstance(values, Unk):
            rests[test, variable] = values
    tests: dict[Key, Val] = {}
    for test, rows in sorted(grouped.items(), key=lambda one: str(one[0])):
        keys: dict[Key, Val] = {}
        for variable, items in sorted(rows.items(), key=lambda one: str(one[0])):
            rest = rests.get((test, variable))
            if not items and rest is not None:
                keys[variable] = rest
                continue
            span = items[0].span if items else spans[test, variable]
            listed = Seq("list", items, DYNAMIC, rest, span)
            made = _one_or_many(listed, variables=True, ordered=True)
            if made is not None:
                keys[variable] = made
        inner = Obj("object", keys, span=spans[(test,)])
        inner.key_spans = {variable: spans[test, variable] for variable in keys}
        tests[test] = inner
    if not tests and value.rest is None:
        return None
    found = Obj("object", tests, rest=value.rest, span=value.span)
    found.key_spans = {test: spans[(test,)] for test in tests}
    return found


def _field(block: Obj, name: str) -> Val:
    found = block.entries.get(name)
    if found is None or isinstance(found, Null):
        raise Refused(f"{name} is required here")
    return found


def _key(value: Val) -> Key:
    from validator.graph.text import Text

    words = as_string(value)
    known = text.lit(words)
    if known is not None:
        return known
    if isinstance(words, Unk):
        return Text((words.piece(),))
    assert isinstance(words, Str)
    return Text(text.merged(words.pieces))
