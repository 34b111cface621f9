"""What every AWS resource of the vocabulary has in common."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar, Self

from validator.aws.spelling import Part, Spelling, attribute_at
from validator.graph.span import Span
from validator.graph.text import Hole, Ref, Shape, Text, brief, text
from validator.graph.values import Absent, Items, Known, Unknown, Value, hole
from validator.graph.world import Declared, Language, Place
from validator.records import replace


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
        return brief(self.part.declared.name)

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

    @property
    def has_address(self) -> bool:
        """Whether a template can refer to it, as it cannot to what a person tells of."""
        declared = self.part.declared
        return declared.language != "terraform" or f"{declared.type}." in declared.name

    def spelled(self, field: str) -> str:
        """The name of a field in the language that declares the resource, without its path."""
        path: str | None = getattr(type(self), field).path(self.declared.language)
        return field if path is None else path.rpartition(".")[2]

    def reference(self, word: str) -> str:
        """How this resource's own language refers to one of its attributes."""
        language = self.declared.language
        name = self.name_for_people
        there = [spelled for spelled, ours in self.returns[language].items() if ours == word]
        spelled = word if word in there or not there else there[0]
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
        looks = self.looks.get(name, "")
        shape = "made-up" if looks == "name" and name == "name" else looks
        chosen = Ref(self.part.declared.address, name, shape)
        match getattr(self, f"{name}_prefix", None):
            case Known(value=Text() as prefix):
                pass
            case Unknown() as unknown:
                prefix = Text((hole(unknown),))
            case _:
                return Text((chosen,))
        # The deploy makes up the rest only: a person may write slashes and dots.
        suffix = Ref(chosen.target, f"{name}-suffix", chosen.shape)
        return Text((*_shaped(prefix, looks).pieces, suffix))


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
