"""Nested blocks as lists of objects, `dynamic` ones written out.

<https://developer.hashicorp.com/terraform/language/expressions/dynamic-blocks>
"""

from __future__ import annotations

from validator.graph.span import Span
from validator.readers.terraform.cty.collections import Key, Lazy, Obj, Seq
from validator.readers.terraform.cty.types import DYNAMIC
from validator.readers.terraform.cty.values import Null, Refused, Unk, Val, refused
from validator.readers.terraform.evaluate import Scope, evaluate, pairs_of
from validator.readers.terraform.hcl import tree
from validator.readers.terraform.hcl.bodies import Block, Body

MAX_BLOCKS = 10_000


def block_items(body: Body, type_: str, scope: Scope) -> Seq | None:
    """The blocks of a type as a list of objects; None if none is written."""
    items: list[Val] = []
    rest: Unk | None = None
    first: Block | None = None
    for block in body.blocks:
        if block.type == type_:
            first = first or block
            items.append(block_object(block.body, scope, block.span))
        elif block.type == "dynamic" and block.labels == [type_]:
            first = first or block
            found, more = _dynamic(block, type_, scope)
            items.extend(found)
            rest = more or rest
        if len(items) > MAX_BLOCKS:
            rest = refused(f"there are more than {MAX_BLOCKS} {type_} blocks", block.span)
            break
    if first is None:
        return None
    return Seq("list", items, DYNAMIC, rest, first.span)


def block_object(body: Body, scope: Scope, span: Span) -> Obj:
    """A block's arguments and inner blocks as one object."""
    entries: dict[Key, Val] = {}
    spans: dict[Key, Span] = {}
    for name, attribute in body.attributes.items():
        entries[name] = evaluate(attribute.value, scope)
        spans[name] = attribute.name_span
    for block in body.blocks:
        name = block.labels[0] if block.type == "dynamic" and block.labels else block.type
        if name not in entries:
            found = block_items(body, name, scope)
            if found is not None and (found.items or found.rest is not None):
                entries[name] = found
                spans[name] = block.span
    made = Obj("object", entries, span=span)
    made.key_spans = spans
    return made


def _dynamic(block: Block, type_: str, scope: Scope) -> tuple[list[Val], Unk | None]:
    each = block.body.attributes.get("for_each")
    content = next(iter(block.body.blocks_of("content")), None)
    if each is None or content is None:
        return [], refused("a dynamic block has for_each and one content block", block.span)
    iterator = block.body.attributes.get("iterator")
    name = type_
    if iterator is not None and isinstance(iterator.value, tree.Name):
        name = iterator.value.name
    value = evaluate(each.value, scope)
    if isinstance(value, Unk):
        return [], value
    if isinstance(value, Lazy):
        return [], value.as_whole().at(each.value.span)
    if isinstance(value, Null):
        return [], refused("the for_each of a dynamic block is null", each.value.span)
    try:
        pairs, rest = pairs_of(value)
        scope.module.budget.spend(len(pairs))
    except Refused as error:
        return [], refused(error.why, each.value.span)
    items: list[Val] = []
    for key, one in pairs:
        bound = Obj("object", {"key": key, "value": one})
        items.append(block_object(content.body, scope.binding(**{name: bound}), content.span))
    return items, rest
