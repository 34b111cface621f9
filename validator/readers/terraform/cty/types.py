"""Terraform's types.

<https://developer.hashicorp.com/terraform/language/expressions/types>
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from validator.records import dataclass, field

if TYPE_CHECKING:
    from validator.readers.terraform.cty.values import Val

TypeKind = Literal["string", "number", "bool", "dynamic", "list", "set", "map", "tuple", "object"]


@dataclass(frozen=True, slots=True)
class Type:
    """A type; `dynamic` is "any" or not known yet.

    `element` is that of a list, set or map, `items` those of a tuple, `fields` those of an object
    sorted by name. In the type of a variable, fields may be optional and have defaults.
    """

    kind: TypeKind
    element: Type | None = None
    items: tuple[Type, ...] = ()
    fields: tuple[tuple[str, Type], ...] = ()
    optional: frozenset[str] = frozenset()
    defaults: dict[str, Val] = field(default_factory=dict[str, "Val"], compare=False)

    @property
    def primitive(self) -> bool:
        """A string, number or bool."""
        return self.kind in ("string", "number", "bool")

    def field(self, name: str) -> Type | None:
        """The type of an object's field, or of a map's every entry."""
        if self.kind == "map":
            return self.element
        return next((type_ for key, type_ in self.fields if key == name), None)

    @property
    def open(self) -> bool:
        """Whether some part of it is not known."""
        return (
            self.kind == "dynamic"
            or (self.element is not None and self.element.open)
            or any(one.open for one in self.items)
            or any(one.open for _, one in self.fields)
        )


STRING = Type("string")
NUMBER = Type("number")
BOOL = Type("bool")
DYNAMIC = Type("dynamic")


def list_of(element: Type) -> Type:
    """`list(element)`."""
    return Type("list", element)


def set_of(element: Type) -> Type:
    """`set(element)`."""
    return Type("set", element)


def map_of(element: Type) -> Type:
    """`map(element)`."""
    return Type("map", element)


def object_of(fields: dict[str, Type]) -> Type:
    """`object({...})`."""
    return Type("object", fields=tuple(sorted(fields.items())))


def tuple_of(items: list[Type]) -> Type:
    """`tuple([...])`."""
    return Type("tuple", items=tuple(items))


def unify(types: list[Type]) -> Type | None:
    """The one type that all can become, as Terraform finds it; None if there is none."""
    first, *rest = types or [DYNAMIC]
    if all(one == first for one in rest):
        return first
    known = [one for one in types if one.kind != "dynamic"]
    if len(known) < len(types):
        return DYNAMIC
    kinds = {one.kind for one in known}
    if kinds <= {"string", "number", "bool"}:
        return STRING if "string" in kinds else None
    if kinds == {"object"}:
        return _unify_objects(known)
    if kinds == {"tuple"}:
        return _unify_tuples(known)
    if kinds <= {"map", "object"}:
        return _collection("map", known)
    if kinds <= {"list", "tuple", "set"}:
        return _collection("list" if "list" in kinds or kinds == {"tuple"} else "set", known)
    return None


def parts(type_: Type) -> list[Type]:
    """The types of what is in a collection."""
    if type_.element is not None:
        return [type_.element]
    return [*type_.items, *(one for _, one in type_.fields)]


def _collection(kind: TypeKind, types: list[Type]) -> Type | None:
    inner = [part for one in types for part in parts(one)]
    element = unify(inner) if inner else DYNAMIC
    return None if element is None else Type(kind, element)


def _unify_objects(types: list[Type]) -> Type | None:
    names = {name for name, _ in types[0].fields}
    if any({name for name, _ in one.fields} != names for one in types):
        return _collection("map", types)
    fields: dict[str, Type] = {}
    for name in names:
        one = unify([type_.field(name) or DYNAMIC for type_ in types])
        if one is None:
            return _collection("map", types)
        fields[name] = one
    return object_of(fields)


def _unify_tuples(types: list[Type]) -> Type | None:
    if len({len(one.items) for one in types}) > 1:
        return _collection("list", types)
    items: list[Type] = []
    for column in zip(*(one.items for one in types), strict=True):
        one = unify(list(column))
        if one is None:
            return _collection("list", types)
        items.append(one)
    return tuple_of(items)


def words(type_: Type) -> str:
    """The type as a person writes it."""
    if type_.kind == "dynamic":
        return "any"
    if type_.element is not None:
        return f"{type_.kind}({words(type_.element)})"
    if type_.kind == "tuple":
        return f"tuple([{', '.join(words(one) for one in type_.items)}])"
    if type_.kind == "object":
        inner = ", ".join(f"{name} = {words(one)}" for name, one in type_.fields)
        return f"object({{{inner}}})"
    return type_.kind
