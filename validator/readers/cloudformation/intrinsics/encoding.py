"""`Fn::Base64` and `Fn::ToJsonString`."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

from validator.graph import values as v
from validator.graph.text import Json, Lit, Text
from validator.readers.cloudformation.intrinsics.registry import function
from validator.readers.cloudformation.nodes import Call

if TYPE_CHECKING:
    from validator.readers.cloudformation.scope import Scope


@function("Fn::Base64")
def to_base64(scope: Scope, call: Call) -> v.Node | None:
    """The Base64 of a text's UTF-8."""
    found = scope.value(call.argument)
    if isinstance(found, v.Unknown):
        return scope.unknown(call.node, found.why, found.supply)
    words = None if found is None else v.as_text(found)
    if found is None or words is None:
        return scope.unknown(call.node, "Fn::Base64 takes a text")
    if words.literal is None:
        return scope.unknown(call.node, "a part of the encoded text is not known")
    secret = any(isinstance(piece, Lit) and piece.sensitive for piece in words.pieces)
    encoded = base64.b64encode(words.literal.encode("utf-8", "surrogatepass")).decode("ascii")
    lit = Lit(encoded, sensitive=secret)
    return v.Known(Text((lit,) if encoded else ()), scope.span(call.node), found.trail)


@function("Fn::ToJsonString")
def to_json_string(scope: Scope, call: Call) -> v.Node | None:
    """The JSON text of an object or list, kept as the value."""
    found = scope.value(call.argument)
    if found is None:
        return scope.unknown(call.node, "Fn::ToJsonString takes an object or a list")
    return v.Known(Text((Json(found),)), scope.span(call.node))
