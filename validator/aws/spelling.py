"""How a resource and its fields are spelled in each template language, side by side.

A path is attribute names joined by dots; where it meets a list (a Terraform block, a one-item
CloudFormation list) it goes on in the first item. A field is evaluated when it is first read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, ClassVar, Generic, Self, TypeVar, overload

from validator.graph.graph import Declared, Language, Place
from validator.graph.values import (
    Absent,
    Datum,
    Fields,
    Hole,
    Items,
    Known,
    Node,
    Ref,
    Shape,
    Span,
    Text,
    Unknown,
    Value,
    as_text,
    at_its_key,
    hole,
    text,
)

T = TypeVar("T")


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
            case Known(value=None, span=span):
                return Absent(span)
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


class Field(Generic[T]):
    """A field of a resource: its path in each language, and how its value is read."""

    def __init__(
        self, convert: Callable[[Node], Value[T]], terraform: str | None, cloudformation: str | None
    ) -> None:
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
            case Known(value=None, span=span):
                return Absent(span)
            case Known(value=Text() as words, span=span) if (
                words.literal == "" and part.spelling.language == "terraform"
            ):
                # The AWS provider takes an empty text for one that is not written.
                return Absent(span)
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


def number(terraform: str | None = None, cloudformation: str | None = None) -> Field[Decimal]:
    """A number, also one written as text."""
    return Field(_to_number, terraform, cloudformation)


def items(terraform: str | None = None, cloudformation: str | None = None) -> Field[Items]:
    """A list; one value alone counts as a list of one."""
    return Field(_to_items, terraform, cloudformation)


def anything(terraform: str | None = None, cloudformation: str | None = None) -> Field[Datum]:
    """Whatever is written: a policy document as an object or as JSON text."""
    return Field(lambda node: node, terraform, cloudformation)


def owner(terraform: str | None = None, cloudformation: str | None = None) -> OwnerField:
    """The resource that this one belongs to."""
    return OwnerField(_to_text, terraform, cloudformation)


class Resource:
    """An AWS resource, whatever language declares it.

    `returns` gives, for each language, which word of ours each of its attributes is
    (`aws_s3_bucket.x.id` and `!Ref Bucket` are both `name`). `shapes` writes a word out:
    `{account}`, `{region}` and `{partition}` are the resource's place, any other `{field}` is
    that field, or stays open if the template leaves it to AWS; `looks` says what AWS's choice will
    look like.
    """

    spellings: ClassVar[tuple[Spelling, ...]] = ()
    returns: ClassVar[dict[Language, dict[str, str]]] = {}
    shapes: ClassVar[dict[str, str]] = {}
    looks: ClassVar[dict[str, Shape]] = {"name": "name", "id": "id"}
    defaults: ClassVar[dict[str, str]] = {}
    types: ClassVar[tuple[str, ...]] = ()

    __slots__ = ("kept", "part")

    def __init_subclass__(cls) -> None:
        """Gather the declared types."""
        cls.types = tuple(dict.fromkeys(spelling.type for spelling in cls.spellings))

    def __init__(self, part: Part) -> None:
        self.part = part
        self.kept: dict[str, Any] = {}

    @classmethod
    def read(cls, declared: Declared) -> Iterator[Self]:
        """The resources of this kind that one declared resource holds."""
        for spelling in cls.spellings:
            if (spelling.language, spelling.type, spelling.managed) != (
                declared.language,
                declared.type,
                declared.managed,
            ):
                continue
            if not spelling.within:
                yield cls(Part(declared, spelling))
                continue
            match attribute_at(declared, spelling.within):
                case Absent() | Known(value=None):
                    continue
                case Known(value=Items(items=inner, rest=rest)):
                    open_items = () if rest is None else (rest,)
                    for index, node in enumerate((*inner, *open_items)):
                        yield cls(Part(declared, spelling, node, index))
                case node:
                    yield cls(Part(declared, spelling, node))

    @property
    def address(self) -> str:
        """Unique across the units of a run; a part of a declared resource adds its path."""
        if self.part.inner is None:
            return self.part.declared.address
        index = "" if self.part.index is None else f"[{self.part.index}]"
        return f"{self.part.declared.address}.{self.part.spelling.within}{index}"

    @property
    def declared(self) -> Declared:
        """What the template declares."""
        return self.part.declared

    @property
    def name_for_people(self) -> str:
        """What a person calls it."""
        return self.part.declared.name

    @property
    def span(self) -> Span:
        """The block or key that declares it."""
        return self.part.declared.span if self.part.inner is None else self.part.inner.span

    @property
    def unit(self) -> str:
        """The root module's folder or the template's path."""
        return self.part.declared.unit

    @property
    def managed(self) -> bool:
        """Whether this unit creates it."""
        return self.part.spelling.managed

    @property
    def exists(self) -> Known[bool] | Unknown:
        """Whether it will be there."""
        return self.part.declared.exists

    @property
    def place(self) -> Place:
        """Where it is deployed to."""
        return self.part.declared.place

    def spelled(self, field: str) -> str:
        """The name of a field in the language that declares the resource, without its path."""
        path: str | None = getattr(type(self), field).path(self.declared.language)
        return field if path is None else path.rpartition(".")[2]

    def reference(self, word: str) -> str:
        """How this resource's own language refers to one of its attributes."""
        language = self.declared.language
        name = self.name_for_people
        spelled = next(
            (there for there, ours in self.returns[language].items() if ours == word), word
        )
        if language == "cloudformation":
            return f"!Ref {name}" if spelled == "Ref" else f"!GetAtt {name}.{spelled}"
        return f"{local_name(name)}.{spelled}"

    def word(self, attribute: str) -> Text:
        """What an attribute will be, as far as these files settle it."""
        shape = self.shapes.get(attribute)
        if shape is None:
            return self._field(attribute)
        whole = Text(())
        for index, part in enumerate(shape.replace("}", "{").split("{")):
            if index % 2 == 0:
                whole += text(part)
            elif part in ("account", "region", "partition"):
                whole += getattr(self.place, part)
            else:
                whole += self._field(part)
        return whole

    def _field(self, name: str) -> Text:
        value: Value[Text] = getattr(self, name) if hasattr(type(self), name) else Absent(self.span)
        match value:
            case Known(value=Text() as known):
                return _shaped(known, self.looks.get(name, ""))
            case Unknown() as unknown:
                return _shaped(Text((hole(unknown),)), self.looks.get(name, ""))
            case _:
                return self._open(name)

    def _open(self, name: str) -> Text:
        if name in self.defaults:
            return text(self.defaults[name])
        chosen = Ref(self.part.declared.address, name, self.looks.get(name, ""))
        match getattr(self, f"{name}_prefix", None):
            case Known(value=Text(pieces=pieces)):
                return Text((*pieces, Ref(chosen.target, f"{name}-suffix", chosen.shape)))
            case _:
                return Text((chosen,))


def _shaped(words: Text, shape: Shape) -> Text:
    """A text whose open parts look like the whole: what a name must not hold, no part of it may."""
    if not shape or words.literal is not None:
        return words
    return Text(
        tuple(
            replace(piece, shape=shape) if isinstance(piece, Hole) else piece
            for piece in words.pieces
        )
    )


def local_name(name: str) -> str:
    """A Terraform address as its own module writes it: `module.net["a"].x.y` is `x.y` there."""
    while name.startswith("module."):
        rest = name[len("module.") :]
        bracket, dot = rest.find("["), rest.find(".")
        if 0 <= bracket < dot:
            dot = rest.find("].", bracket) + 1
        name = rest[dot + 1 :]
    return name


def literal(value: Value[Text]) -> str | None:
    """The text of a value that is wholly literal."""
    match value:
        case Known(value=Text() as known):
            return known.literal
        case _:
            return None


def pieces_of(value: Value[Text]) -> Text | None:
    """The text of a value in pieces, an unknown as one hole; None if it is absent."""
    match value:
        case Known(value=known):
            return known
        case Unknown():
            return Text((hole(value),))
        case Absent():
            return None
