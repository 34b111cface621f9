"""How a declared type is spelled in each template language, and how a path leads into it.

A path is attribute names joined by dots; where it meets a list (a Terraform block, a one-item
CloudFormation list) it goes on in the first item.
"""

from __future__ import annotations

from validator.graph.span import Span
from validator.graph.values import Absent, Fields, Items, Known, Node, Unknown, at_its_key
from validator.graph.world import Declared, Language
from validator.records import dataclass


@dataclass(frozen=True, slots=True)
class Spelling:
    """A declared type that holds a resource.

    With `within`, the resource is the block or property at that path, and exists only if it is
    written; one resource an item if it is a list. `managed` is False for a data source.
    """

    language: Language
    type: str
    within: str = ""
    managed: bool = True


def terraform(type_: str, *, within: str = "") -> Spelling:
    """A Terraform resource."""
    return Spelling("terraform", type_, within)


def terraform_data(type_: str) -> Spelling:
    """A Terraform data source: it exists elsewhere."""
    return Spelling("terraform", type_, managed=False)


def cloudformation(type_: str, *, within: str = "") -> Spelling:
    """A CloudFormation resource."""
    return Spelling("cloudformation", type_, within)


@dataclass(frozen=True, slots=True)
class Part:
    """A declared resource, or one block of it, with the spelling that it was found by."""

    declared: Declared
    spelling: Spelling
    inner: Node | None = None
    index: int | None = None

    def at(self, path: str) -> Node | Absent:
        """The value at a path, from the part inwards."""
        if self.inner is not None:
            if path == self.spelling.within:
                # The part is the value: a policy written as text in the bucket itself.
                return self.inner
            return _walk(self.inner, path.split("."), self.inner.span)
        return attribute_at(self.declared, path)


def attribute_at(declared: Declared, path: str) -> Node | Absent:
    """The value at a path of a declared resource."""
    head, *rest = path.split(".")
    first = declared.attribute(head)
    return Absent(declared.span) if first is None else _walk(first, rest, declared.span)


def _walk(node: Node, steps: list[str], owner: Span) -> Node | Absent:
    current = node
    for step in steps:
        match _first(current):
            case Known(value=Fields() as fields, span=span):
                entry = fields.entry(step)
                if entry is None:
                    return Absent(span) if fields.rest is None else fields.rest
                current = at_its_key(entry.value, entry.span)
            case Known(value=None, span=span, trail=trail):
                return Absent(span, trail)
            case Known(span=span, trail=trail):
                return Unknown(f"this is no object, so it has no {step}", span, trail)
            case Absent():
                return Absent(owner)
            case Unknown() as unknown:
                return unknown
    return current


def _first(node: Node) -> Node | Absent:
    match node:
        case Known(value=Items(items=items, rest=rest), span=span):
            if items:
                return items[0]
            return Absent(span) if rest is None else rest
        case _:
            return node
