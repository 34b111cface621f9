"""Type constraints of variables: `map(object({ name = string, size = optional(number, 1) }))`."""

from __future__ import annotations

from validator.readers.terraform.cty.types import BOOL, DYNAMIC, NUMBER, STRING, Type
from validator.readers.terraform.cty.values import Refused, Val
from validator.readers.terraform.evaluate import Scope, evaluate
from validator.readers.terraform.hcl import parse, tree
from validator.readers.terraform.hcl.source import Fault, Source

_PRIMITIVES = {"string": STRING, "number": NUMBER, "bool": BOOL, "any": DYNAMIC}
_BARE = {"list": Type("list", DYNAMIC), "set": Type("set", DYNAMIC), "map": Type("map", DYNAMIC)}


def type_of_constraint(node: tree.Expr, scope: Scope) -> Type:
    """The type that a constraint means. Raises `Refused`."""
    match node:
        case tree.Name(name=name) if name in _PRIMITIVES:
            return _PRIMITIVES[name]
        case tree.Name(name=name) if name in _BARE:
            return _BARE[name]
        case tree.Template() if node.literal in _PRIMITIVES or node.literal in _BARE:
            return {**_PRIMITIVES, **_BARE}[node.literal]
        case tree.Template() if node.literal:
            # JSON syntax writes every type as a text.
            try:
                return type_of_constraint(parse.expression(Source("", node.literal)), scope)
            except Fault:
                raise Refused("this is no type") from None
        case tree.Call(name=("list" | "set" | "map") as name, arguments=[element]):
            return Type(name, type_of_constraint(element, scope))
        case tree.Call(name="tuple", arguments=[tree.Tuple(items=items)]):
            return Type("tuple", items=tuple(type_of_constraint(one, scope) for one in items))
        case tree.Call(name="object", arguments=[tree.Object(entries=entries)]):
            return _object(entries, scope)
        case tree.Paren(x=x):
            return type_of_constraint(x, scope)
        case _:
            raise Refused("this is no type")


def _object(entries: list[tuple[tree.Expr, tree.Expr]], scope: Scope) -> Type:
    fields: dict[str, Type] = {}
    optional: set[str] = set()
    defaults: dict[str, Val] = {}
    for key, value in entries:
        name = key.name if isinstance(key, tree.Name) else getattr(key, "literal", None)
        if name is None:
            raise Refused("the name of an attribute is literal")
        if isinstance(value, tree.Call) and value.name == "optional" and value.arguments:
            optional.add(name)
            fields[name] = type_of_constraint(value.arguments[0], scope)
            if len(value.arguments) > 1:
                defaults[name] = evaluate(value.arguments[1], scope)
        else:
            fields[name] = type_of_constraint(value, scope)
    return Type(
        "object",
        fields=tuple(sorted(fields.items())),
        optional=frozenset(optional),
        defaults=defaults,
    )
