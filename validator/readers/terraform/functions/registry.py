"""How a function is declared, and how one is called.

A function states its parameters as letters: `s` a literal text, `t` a text in pieces, `n` a number,
`b` a bool, `l` a list, set or tuple, `o` an object or map, `v` any value. `*` repeats the last one,
`?` makes it optional. What is open where a literal is needed makes the result unknown, under a name
that is the same for the same call.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NoReturn, Protocol, TypeAlias

from validator.graph.span import Span
from validator.readers.terraform.cty.collections import Obj
from validator.readers.terraform.cty.convert import opened
from validator.readers.terraform.cty.queries import first_unknown
from validator.readers.terraform.cty.strings import Str
from validator.readers.terraform.cty.types import DYNAMIC, STRING, Type
from validator.readers.terraform.cty.values import (
    Unk,
    Val,
)
from validator.records import dataclass


class Context(Protocol):
    """What functions need beyond their arguments."""

    span: Span

    @property
    def decoded(self) -> dict[object, Val]:
        """Texts that were decoded already, with their values."""
        ...

    def expanded(self, value: Str) -> Str:
        """The text with references written out as far as these files settle them."""
        ...

    def file(self, path: str) -> tuple[str, str]:
        """The shown name and the text of a file. Raises `Refused`."""
        ...

    def file_bytes(self, path: str) -> bytes:
        """The content of a file. Raises `Refused`."""
        ...

    def exists(self, path: str) -> bool:
        """Whether a file is there. Raises `Refused`."""
        ...

    def listing(self, path: str) -> list[str]:
        """The files below a folder, relative to it. Raises `Refused`."""
        ...

    def render(self, name: str, words: str, values: Obj) -> Val:
        """A template file's text with values. Raises `Refused`."""
        ...

    def spend(self, steps: int) -> None:
        """Count work. Raises `Limit`."""
        ...


Implementation: TypeAlias = "Callable[..., Val]"


@dataclass(frozen=True, slots=True)
class Function:
    """A function: what it takes and gives."""

    name: str
    parameters: str
    returns: Type
    implementation: Implementation


FUNCTIONS: dict[str, Function] = {}


def function(
    name: str, parameters: str, returns: Type = DYNAMIC
) -> Callable[[Implementation], Implementation]:
    """Declare a function."""

    def declare(implementation: Implementation) -> Implementation:
        FUNCTIONS[name] = Function(name, parameters, returns, implementation)
        return implementation

    return declare


class NotKnown(Exception):
    """An argument that must be known and is not; `sure` if the call surely gives something."""

    def __init__(self, unknown: Unk, *, sure: bool = True) -> None:
        super().__init__()
        self.unknown = unknown
        self.sure = sure


def unknown_among(items: list[Val]) -> None:
    """Give up if an item is unknown. For implementations that need whole items."""
    found = first_unknown(items)
    if found is not None:
        raise NotKnown(found)


def give_up(unknown: Unk) -> NoReturn:
    """Make the whole result unknown, for the reason given."""
    raise NotKnown(unknown)


def withhold(unknown: Unk) -> NoReturn:
    """Make it unknown, too, whether Terraform can compute the result at all."""
    raise NotKnown(unknown, sure=False)


def open_text(value: Str) -> None:
    """Make the whole result unknown because a text is open."""
    raise NotKnown(opened(value, STRING))
