"""Reading a template that a test writes out."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from textwrap import dedent

import pytest

from validator.files import Files
from validator.findings import Diagnostic
from validator.graph.text import Lit, Text
from validator.graph.values import Fields, Items, Known, Node, Unknown
from validator.graph.world import Declared, World
from validator.readers import Read, Settings, Unit
from validator.readers.cloudformation import read


class Stack:
    """What was read of one template, and short ways into it."""

    def __init__(self, result: Read) -> None:
        self.result = result
        self.worlds = result.worlds

    @property
    def world(self) -> World:
        """The only world."""
        (world,) = self.worlds
        return world

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        return self.result.diagnostics

    @property
    def messages(self) -> list[str]:
        return [fault.message for fault in self.result.diagnostics]

    @property
    def names(self) -> list[str]:
        return [declared.name for declared in self.world.resources]

    def when(self, *words: str) -> World:
        """The world under an assignment."""
        (found,) = [world for world in self.worlds if world.when == words]
        return found

    def value(self, name: str, attribute: str, world: World | None = None) -> Node:
        """A property of a resource."""
        found = self.declared(name, world).attribute(attribute)
        assert found is not None, f"{name}.{attribute} is not written"
        return found

    def declared(self, name: str, world: World | None = None) -> Declared:
        """A resource."""
        (found,) = [one for one in (world or self.world).resources if one.name == name]
        return found

    def shown(self, name: str, attribute: str, world: World | None = None) -> object:
        """A property as plain data, texts with `${}` for what is open, `?why` for an unknown."""
        return plain(self.value(name, attribute, world))


def plain(node: Node) -> object:
    """A value as plain data."""
    match node:
        case Unknown(why=why):
            return f"?{why}"
        case Known(value=Text() as words):
            return str(words)
        case Known(value=Items(items=items, rest=rest)):
            more = [] if rest is None else [f"?{rest.why}"]
            return [plain(item) for item in items] + more
        case Known(value=Fields(entries=entries)):
            return {str(entry.key): plain(entry.value) for entry in entries}
        case Known(value=value):
            return value


def literals(node: Node) -> list[Lit]:
    """The literal pieces of a text."""
    match node:
        case Known(value=Text(pieces=pieces)):
            return [piece for piece in pieces if isinstance(piece, Lit)]
        case _:
            return []


ReadText = Callable[..., Stack]


@pytest.fixture
def read_text(tmp_path: Path) -> ReadText:
    """Read a template given as text, with other files beside it."""

    def reading(
        text: str,
        *,
        file: str = "template.yaml",
        beside: dict[str, str] | None = None,
        parameters: Iterable[tuple[str, str]] = (),
        parameter_files: Iterable[str] = (),
        account: str = "",
        region: str = "",
        partition: str = "",
    ) -> Stack:
        for name, content in {file: dedent(text), **(beside or {})}.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode("utf-8", "surrogatepass"))
        settings = Settings(
            parameters=(*parameter_files, *parameters),
            account=account,
            region=region,
            partition=partition,
        )
        files = Files(tmp_path, tmp_path)
        return Stack(read(Unit("cloudformation", file), files, settings))

    return reading
