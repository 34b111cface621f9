"""A root module ready for questions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from validator.files import Files
from validator.graph.text import Hole, Json, Lit, Text
from validator.graph.values import Fields, Items, Known, Node, Unknown
from validator.graph.world import Declared, World
from validator.readers import Read, Settings, Unit
from validator.readers.terraform import read
from validator.readers.terraform.cty.values import Val
from validator.readers.terraform.evaluate import evaluate
from validator.readers.terraform.hcl import parse
from validator.readers.terraform.hcl.source import Source
from validator.readers.terraform.module import Module
from validator.readers.terraform.run import Run
from validator.readers.terraform.sources import Loader, Static
from validator.readers.terraform.variables import given


class Opened:
    """A root module in a folder, to ask expressions of."""

    def __init__(self, root: Path, settings: Settings) -> None:
        self.run = Run(Unit("terraform", "."), Files(root, root), settings)
        loader = Loader(self.run)
        config = loader.config(".")
        self.module = Module(self.run, Static(loader, config), config, given=given(self.run))

    def value(self, expression: str) -> Val:
        """What an expression gives in the module."""
        return evaluate(parse.expression(Source("console", expression)), self.module.scope)


Open = Callable[[Path, Settings], Opened]


@pytest.fixture
def opened() -> Open:
    """Open a root module."""
    return Opened


class Reading:
    """What was read of a root module."""

    def __init__(self, result: Read) -> None:
        self.result = result
        self.world: World = result.worlds[0]
        self.by_name: dict[str, Declared] = {one.name: one for one in self.world.resources}

    def node(self, name: str, attribute: str) -> Node | None:
        """An attribute of a resource."""
        return self.by_name[name].attribute(attribute)

    def words(self, name: str, attribute: str) -> str:
        """The same for people."""
        return shown(self.node(name, attribute))


def shown(node: Node | None) -> str:
    """A node in short, unknown parts in `<>` with their reason."""
    match node:
        case None:
            return "-"
        case Unknown(why=why):
            return f"<{why}>"
        case Known(value=Text(pieces=pieces)):
            out: list[str] = []
            for piece in pieces:
                match piece:
                    case Json(node=inner):
                        out.append(f"json{shown(inner)}")
                    case Hole(why=why):
                        out.append(f"<{why}>")
                    case Lit(text=text):
                        out.append(text)
                    case _:
                        out.append(str(Text((piece,))))
            return "".join(out)
        case Known(value=Items(items=items, rest=rest)):
            more = [] if rest is None else [f"...<{rest.why}>"]
            return f"[{', '.join([*(shown(one) for one in items), *more])}]"
        case Known(value=Fields(entries=entries, rest=rest)):
            more = [] if rest is None else [f"...<{rest.why}>"]
            pairs = [f"{entry.key}: {shown(entry.value)}" for entry in entries]
            return f"{{{', '.join([*pairs, *more])}}}"
        case Known(value=value):
            return str(value)


Reader = Callable[..., Reading]


@pytest.fixture
def reading(tmp_path: Path) -> Reader:
    """Read a root module written as a dict of files (or one `main.tf`)."""

    def write_and_read(
        files: Mapping[str, str] | str, settings: Settings | None = None, unit: str = "."
    ) -> Reading:
        texts = {"main.tf": files} if isinstance(files, str) else files
        for name, text in texts.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        taken = Files(tmp_path, tmp_path)
        return Reading(read(Unit("terraform", unit), taken, settings or Settings()))

    return write_and_read
