"""Recorded plans of the real Terraform: what they know we know, and what they do not is open.

Instances are the same, values that the configuration writes are equal, and whatever the plan leaves
to the apply is a reference or an unknown here, or follows from a name that is known.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any, cast

import pytest

from validator.aws import returned
from validator.files import Files
from validator.graph.text import Json, Lit, Piece, Ref, Symbol, Text
from validator.graph.values import Fields, Items, Known, Node, Unknown
from validator.graph.world import Declared
from validator.readers import Settings, Unit
from validator.readers.terraform import read
from validator.readers.terraform.cty import text as texts
from validator.readers.terraform.cty.nodes import to_node

PLANS = Path(__file__).parents[2] / "data" / "terraform" / "plans"
NAMES = sorted(folder.name for folder in PLANS.iterdir())
ACCOUNT = "123456789012"
OPEN = "(known after apply)"


def settings_for(folder: Path) -> Settings:
    files = ("given.tfvars",) if (folder / "given.tfvars").exists() else ()
    return Settings(account=ACCOUNT, variables=files)


def plan_of(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(
        (folder / "plan.json").read_text(encoding="utf-8"), parse_int=Decimal, parse_float=Decimal
    )
    return found


def resources_of(module: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield from module.get("resources", ())
    for child in module.get("child_modules", ()):
        yield from resources_of(child)


def is_ours(resource: dict[str, Any]) -> bool:
    managed = resource["mode"] == "managed"
    return returned("terraform", resource["type"], managed=managed) is not None


class Compared:
    """The resources of a plan and of our reading, side by side."""

    def __init__(self, name: str) -> None:
        folder = PLANS / name
        self.plan = plan_of(folder)
        files = Files(folder, folder)
        self.result = read(Unit("terraform", "."), files, settings_for(folder))
        self.world = self.result.worlds[0]
        self.ours = {one.name: one for one in self.world.resources}
        self.theirs = {
            one["address"]: one
            for one in resources_of(self.plan["planned_values"]["root_module"])
            if is_ours(one)
        }
        self.changes = {one["address"]: one["change"] for one in self.plan["resource_changes"]}

    def plain(self, node: Node, depth: int = 0) -> Any:
        """A node as JSON; references to written names followed, anything open as `OPEN`."""
        match node:
            case Unknown():
                return OPEN
            case Known(value=Text(pieces=pieces)):
                words = self.words(pieces, depth)
                return OPEN if words is None else words
            case Known(value=Items(items=items, rest=rest)):
                if rest is not None:
                    return OPEN
                return [self.plain(one, depth) for one in items]
            case Known(value=Fields(entries=entries)):
                return {str(one.key): self.plain(one.value, depth) for one in entries}
            case Known(value=value):
                return value

    def words(self, pieces: tuple[Piece, ...], depth: int) -> str | None:
        out: list[str] = []
        for piece in pieces:
            match piece:
                case Lit(text=words):
                    out.append(words)
                case Json():
                    written = self.json(piece.node, depth)
                    if written is None:
                        return None
                    out.append(written)
                case Ref(target=target, attribute="name") if depth < 5:
                    found = self.name_of(target, depth)
                    if found is None:
                        return None
                    out.append(found)
                case Symbol(kind="account"):
                    out.append(ACCOUNT)
                case _:
                    return None
        return "".join(out)

    def name_of(self, target: str, depth: int) -> str | None:
        declared = self.ours[target.partition("#")[2]]
        for attribute in ("bucket", "name"):
            node = declared.attribute(attribute)
            if node is not None:
                found = self.plain(node, depth + 1)
                return found if isinstance(found, str) and found != OPEN else None
        return None

    def json(self, node: Node, depth: int) -> str | None:
        found = self.plain(node, depth)
        words = json.dumps(found, default=_number)
        return None if OPEN in words else words


def _number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


@pytest.fixture(params=NAMES)
def both(request: pytest.FixtureRequest) -> Compared:
    return Compared(str(request.param))


def test_the_same_instances(both: Compared) -> None:
    managed = {name for name, one in both.ours.items() if one.managed}
    assert managed == set(both.theirs)
    assert all(isinstance(one.exists, Known) for one in both.ours.values())
    assert both.result.diagnostics == ()
    assert both.world.gaps == ()


def written(declared: Declared, planned: dict[str, Any]) -> Iterator[tuple[str, Node]]:
    for name in planned:
        node = declared.attribute(name)
        if node is not None:
            yield name, node


def test_what_the_plan_knows_we_know(both: Compared) -> None:
    compared = 0
    for address, resource in both.theirs.items():
        for name, node in written(both.ours[address], resource["values"]):
            found = both.plain(node)
            compared += same(found, resource["values"][name], f"{address}.{name}")
    assert compared >= len(both.theirs)


def same(found: Any, planned: Any, place: str) -> int:
    """Compare what both know, leaf by leaf; how many leaves were equal."""
    if isinstance(planned, dict):
        # What the configuration does not write is null, false or empty in the plan.
        table = cast("dict[str, Any]", planned)
        keys = [key for key in table if key in found]
        return sum(same(found[key], table[key], f"{place}.{key}") for key in keys)
    if isinstance(planned, list) and isinstance(found, list):
        rows, items = (
            cast("list[Any]", cast(object, planned)),
            cast("list[Any]", cast(object, found)),
        )
        assert len(items) == len(rows), place
        return sum(same(a, b, place) for a, b in zip(items, rows, strict=True))
    if isinstance(planned, str) and planned.lstrip().startswith("{"):
        assert normal(json.loads(str(found))) == normal(json.loads(planned)), place
        return 1
    if isinstance(found, Decimal) and isinstance(planned, str):
        found = texts.number(found)
    assert found == planned, place
    return 1


def normal(value: Any) -> Any:
    """JSON whose one-item lists count as their item, as IAM reads them."""
    if isinstance(value, dict):
        pairs = cast("dict[str, Any]", value)
        return {key: normal(one) for key, one in pairs.items()}
    if isinstance(value, list):
        items = [normal(one) for one in cast("list[Any]", cast(object, value))]
        return items[0] if len(items) == 1 else items
    return value


def test_what_the_plan_leaves_open_is_open(both: Compared) -> None:
    for address in both.theirs:
        unknown = both.changes[address]["after_unknown"]
        for name, node in written(both.ours[address], unknown):
            if unknown[name] is True and not is_name(node):
                assert both.plain(node) == OPEN, f"{address}.{name}"


def is_name(node: Node) -> bool:
    """Whether it is what another resource is called, which its `id` will be."""
    match node:
        case Known(value=Text(pieces=(Ref(attribute="name"),))):
            return True
        case _:
            return False


def test_outputs(both: Compared, opened: Any, request: pytest.FixtureRequest) -> None:
    folder = PLANS / str(request.node.callspec.params["both"])
    asked = opened(folder, settings_for(folder))
    outputs = both.plan["planned_values"].get("outputs", {})
    changes = both.plan.get("output_changes", {})
    for name in changes:
        node = to_node(asked.module.output(name, asked.module.config.span))
        found = both.plain(node)
        if name in outputs and "value" in outputs[name]:
            same(found, outputs[name]["value"], name)
        elif changes[name].get("after_unknown") is True and name != "starts_like_json":
            assert found == OPEN, name


def test_regions_are_the_providers(both: Compared) -> None:
    for address, resource in both.theirs.items():
        planned = resource["values"].get("region")
        if planned is not None:
            assert both.ours[address].place.region.literal == planned, address
