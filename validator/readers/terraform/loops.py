"""Lists and objects, `for` expressions and splats."""

from __future__ import annotations

from typing import Any

from validator.graph.span import Span
from validator.graph.text import Text
from validator.readers.terraform.cty import text
from validator.readers.terraform.cty.collections import Key, Lazy, Obj, Seq
from validator.readers.terraform.cty.convert import as_string, converted
from validator.readers.terraform.cty.queries import type_of
from validator.readers.terraform.cty.strings import Str, string
from validator.readers.terraform.cty.types import BOOL, DYNAMIC, Type, unify
from validator.readers.terraform.cty.values import Bool, Null, Refused, Unk, Val, number
from validator.readers.terraform.dispatch import evaluate, evaluates
from validator.readers.terraform.hcl import tree
from validator.readers.terraform.scope import Scope


@evaluates(tree.Splat)
def _splat(node: tree.Splat, scope: Scope) -> Val:
    of = evaluate(node.of, scope)
    if isinstance(of, Null):
        return Seq("tuple", [], span=node.span)
    if isinstance(of, Unk):
        kind = of.type.kind
        if of.error or kind in ("dynamic", "tuple"):
            return of.of(DYNAMIC, f"{of.key}[*]")
        if kind in ("list", "set"):
            item = of.of(of.type.element or DYNAMIC, f"{of.key}[*]")
            made = evaluate(node.each, scope.binding(**{"*": item}))
            return of.of(Type("list", type_of(made)), f"{of.key}[*]")
        return of.of(DYNAMIC, f"{of.key}[*]")
    if not isinstance(of, Seq):
        of = Seq("tuple", [of], span=of.span)
    scope.module.budget.spend(len(of.items))
    items = [evaluate(node.each, scope.binding(**{"*": item})) for item in of.items]
    rest = of.rest.of(DYNAMIC) if of.rest is not None else None
    if of.kind == "tuple":
        return Seq("tuple", items, rest=rest, span=node.span)
    element = unify([type_of(item) for item in items]) if items else DYNAMIC
    return Seq("list", items, element or DYNAMIC, rest, node.span)


@evaluates(tree.Tuple)
def _tuple(node: tree.Tuple, scope: Scope) -> Val:
    return Seq("tuple", [evaluate(item, scope) for item in node.items], span=node.span)


@evaluates(tree.Object)
def _object(node: tree.Object, scope: Scope) -> Val:
    entries: dict[Key, Val] = {}
    spans: dict[Key, Span] = {}
    rest: Unk | None = None
    for key_node, value_node in node.entries:
        key_value = _object_key(key_node, scope)
        value = evaluate(value_node, scope)
        key = _key(key_value, "the key of an object is null")
        if isinstance(key, Unk):
            return key
        entries[key] = value
        spans[key] = key_node.span
    made = Obj("object", entries, rest=rest, span=node.span)
    made.key_spans = spans
    return made


def _object_key(node: tree.Expr, scope: Scope) -> Val:
    if isinstance(node, tree.Name):
        return string(node.name, node.span)
    if isinstance(node, tree.Literal) and not isinstance(node.value, bool | None):
        return string(text.number(node.value), node.span)
    if isinstance(node, tree.Literal):
        return string(node.source.text[node.start : node.end], node.span)
    return as_string(evaluate(node, scope))


def _key(value: Val, no_null: str) -> Key | Unk:
    """A value as the key of an object, or what Terraform would refuse of it. Raises `Refused`."""
    if isinstance(value, Unk):
        return value if value.error else Text((value.piece(),))
    if not isinstance(value, Str):
        raise Refused(no_null)
    known = text.lit(value)
    return Text(text.merged(value.pieces)) if known is None else known


@evaluates(tree.For)
def _for(node: tree.For, scope: Scope) -> Val:
    of = evaluate(node.of, scope)
    if isinstance(of, Unk):
        return of.of(DYNAMIC, f"for {of.key}" if of.key else "")
    pairs, rest = pairs_of(of)
    if node.key is not None:
        return _for_object(node, pairs, rest, scope)
    items: list[Val] = []
    for inner in _rounds(node, pairs, scope):
        if isinstance(inner, Unk):
            if inner.error:
                return inner
            rest = inner
            continue
        items.append(evaluate(node.value, inner))
    return Seq("tuple", items, rest=rest and rest.of(DYNAMIC), span=node.span)


def _rounds(node: tree.For, pairs: list[tuple[Val, Val]], scope: Scope) -> Any:
    """The scope of each round that is not left out; an unknown where nobody can tell."""
    scope.module.budget.spend(len(pairs))
    for key, value in pairs:
        bound = {node.value_name: value}
        if node.key_name:
            bound[node.key_name] = key
        inner = scope.binding(**bound)
        if node.test is not None:
            test = converted(evaluate(node.test, inner), BOOL)
            if isinstance(test, Unk):
                yield test
                continue
            if not isinstance(test, Bool):
                raise Refused("the condition of this for expression is null")
            if not test.value:
                continue
        yield inner


def _for_object(
    node: tree.For, pairs: list[tuple[Val, Val]], rest: Unk | None, scope: Scope
) -> Val:
    assert node.key is not None
    entries: dict[Key, Val] = {}
    groups: dict[Key, list[Val]] = {}
    for inner in _rounds(node, pairs, scope):
        if isinstance(inner, Unk):
            if inner.error:
                return inner
            rest = inner
            continue
        key_value = as_string(evaluate(node.key, inner))
        value = evaluate(node.value, inner)
        key = _key(key_value, "a key of this for expression is null")
        if isinstance(key, Unk):
            return key
        if node.group:
            groups.setdefault(key, []).append(value)
        elif key in entries:
            raise Refused(f"two items of this for expression have the key {key}")
        else:
            entries[key] = value
    if node.group:
        entries = {key: Seq("tuple", values, span=node.span) for key, values in groups.items()}
    return Obj("object", entries, rest=rest and rest.of(DYNAMIC), span=node.span)


def pairs_of(value: Val) -> tuple[list[tuple[Val, Val]], Unk | None]:
    """Keys and values of what can be iterated, and what may follow. Raises `Refused`."""
    match value:
        case Seq(kind="set", items=items, rest=rest):
            return [(item, item) for item in items], rest
        case Seq(items=items, rest=rest):
            return [(number(place), item) for place, item in enumerate(items)], rest
        case Obj(rest=rest):
            return [
                (
                    string(key, value.key_spans.get(key, one.span))
                    if isinstance(key, str)
                    else Str(key.pieces, one.span),
                    one,
                )
                for key, one in value.sorted()
            ], rest
        case Null():
            raise Refused("null cannot be iterated")
        case Lazy():
            names = value.names()
            return [(string(name), value.attribute(name)) for name in names], value.as_whole()
        case _:
            raise Refused("only lists, sets, maps and objects can be iterated")
