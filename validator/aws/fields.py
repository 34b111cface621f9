"""The fields of a resource: a path in each language, and how the value there is read.

A field is evaluated when it is first read.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Generic, Self, TypeVar, overload

from validator.aws.spelling import Part
from validator.graph.text import Ref, Text
from validator.graph.values import Absent, Datum, Items, Known, Node, Unknown, Value, as_text
from validator.graph.world import Language

if TYPE_CHECKING:
    from validator.aws.resource import Resource

T = TypeVar("T")


class Field(Generic[T]):
    """A field of a resource: its path in each language, and how its value is read.

    `splits` is False for what is worth no case of its own: where only an open condition or a
    parameter's allowed values tell, it stays unknown.
    """

    def __init__(
        self,
        convert: Callable[[Node], Value[T]],
        terraform: str | None,
        cloudformation: str | None,
        *,
        splits: bool = True,
    ) -> None:
        self.splits = splits
        self._convert = convert
        self._paths: dict[Language, str | None] = {
            "terraform": terraform,
            "cloudformation": cloudformation,
        }
        self._name = ""

    def __set_name__(self, owner: type[Any], name: str) -> None:
        """Remember the name that the value is kept under."""
        self._name = name

    @overload
    def __get__(self, resource: None, owner: type[Any]) -> Self: ...
    @overload
    def __get__(self, resource: Resource, owner: type[Any]) -> Value[T]: ...
    def __get__(self, resource: Resource | None, owner: type[Any]) -> Self | Value[T]:
        """The value, evaluated once."""
        if resource is None:
            return self
        kept = resource.kept
        if self._name not in kept:
            kept[self._name] = self._read(resource.part)
        found: Value[T] = kept[self._name]
        return found

    def path(self, language: Language) -> str | None:
        """The field's path in a language."""
        return self._paths[language]

    def _read(self, part: Part) -> Value[T]:
        path = self._paths[part.spelling.language]
        if path is None:
            return Absent(part.declared.span)
        match part.at(path):
            case Absent() as absent:
                return absent
            case Known(value=None, span=span, trail=trail):
                return Absent(span, trail)
            case Known(value=Text() as words, span=span, trail=trail) if (
                words.literal == "" and part.spelling.language == "terraform"
            ):
                # The AWS provider takes an empty text for one that is not written.
                return Absent(span, trail)
            case found:
                return self._convert(found)


class OwnerField(Field[Text]):
    """The resource that this one belongs to: the one it is written in, or the one it names."""

    def _read(self, part: Part) -> Value[Text]:
        if part.spelling.within:
            return Known(Text((Ref(part.declared.address, "name"),)), part.declared.span)
        return super()._read(part)


def _to_text(node: Node) -> Value[Text]:
    match node:
        case Unknown():
            return node
        case Known(span=span, trail=trail):
            words = as_text(node)
            if words is None:
                return Unknown("this is no text", span, trail)
            return Known(words, span, trail)


def _to_flag(node: Node) -> Value[bool]:
    match node:
        case Known(value=bool() as flag, span=span, trail=trail):
            return Known(flag, span, trail)
        case Known(value=Text() as words, span=span, trail=trail):
            lower = (words.literal or "").lower()
            if lower in ("true", "false"):
                return Known(lower == "true", span, trail)
            return Unknown("this is neither true nor false", span, trail)
        case Known(span=span, trail=trail):
            return Unknown("this is neither true nor false", span, trail)
        case Unknown():
            return node


def _to_number(node: Node) -> Value[Decimal]:
    match node:
        case Known(value=Decimal() as number, span=span, trail=trail):
            return Known(number, span, trail)
        case Known(value=Text() as words, span=span, trail=trail):
            literal = words.literal or ""
            if literal.isascii() and literal.isdigit():
                return Known(Decimal(literal), span, trail)
            return Unknown("this is no number", span, trail)
        case Known(span=span, trail=trail):
            return Unknown("this is no number", span, trail)
        case Unknown():
            return node


def _to_items(node: Node) -> Value[Items]:
    match node:
        case Known(value=Items() as items, span=span, trail=trail):
            return Known(items, span, trail)
        case Known(span=span, trail=trail):
            return Known(Items((node,)), span, trail)
        case Unknown():
            return node


def words(terraform: str | None = None, cloudformation: str | None = None) -> Field[Text]:
    """A text."""
    return Field(_to_text, terraform, cloudformation)


def flag(terraform: str | None = None, cloudformation: str | None = None) -> Field[bool]:
    """A boolean, also one written as text."""
    return Field(_to_flag, terraform, cloudformation)


def number(
    terraform: str | None = None, cloudformation: str | None = None, *, splits: bool = True
) -> Field[Decimal]:
    """A number, also one written as text."""
    return Field(_to_number, terraform, cloudformation, splits=splits)


def items(terraform: str | None = None, cloudformation: str | None = None) -> Field[Items]:
    """A list; one value alone counts as a list of one."""
    return Field(_to_items, terraform, cloudformation)


def anything(terraform: str | None = None, cloudformation: str | None = None) -> Field[Datum]:
    """Whatever is written: a policy document as an object or as JSON text."""
    return Field(lambda node: node, terraform, cloudformation)


def owner(terraform: str | None = None, cloudformation: str | None = None) -> OwnerField:
    """The resource that this one belongs to."""
    return OwnerField(_to_text, terraform, cloudformation)


def literal(value: Value[Text]) -> str | None:
    """The text of a value that is wholly literal."""
    match value:
        case Known(value=Text() as known):
            return known.literal
        case _:
            return None
