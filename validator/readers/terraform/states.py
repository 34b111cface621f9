"""States: what a root module hands on by its outputs, and what it takes from the state of another.

A state is known by its key in the backend, beside its bucket where both sides write one down.
<https://developer.hashicorp.com/terraform/language/state/remote-state-data>
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Final

from validator.graph.imports import EXPORT, imported
from validator.graph.outside import from_outside
from validator.graph.states import split, state_output
from validator.graph.stored import as_stored
from validator.graph.text import Text
from validator.graph.values import Node
from validator.graph.world import Declared
from validator.readers.taking import imported_by
from validator.readers.terraform.cty.collections import Lazy, Obj
from validator.readers.terraform.cty.nodes import to_node
from validator.readers.terraform.cty.strings import Str
from validator.readers.terraform.cty.types import DYNAMIC
from validator.readers.terraform.cty.values import Null, Refused, Unk, Val
from validator.readers.terraform.evaluate import evaluate
from validator.readers.terraform.stored import PARAMETER, at_path, kept, value_inside

if TYPE_CHECKING:
    from validator.readers.terraform.module import Module
    from validator.readers.terraform.resource import ResourceInstance

REMOTE_STATE: Final = "terraform_remote_state"
_TAKING: Final = (REMOTE_STATE, PARAMETER)
# The arguments that name a state, and where it lies, by the type of the backend.
_NAMED_BY: Final = {
    "s3": ("key", "bucket"),
    "gcs": ("prefix", "bucket"),
    "azurerm": ("key", "container_name"),
    "local": ("path", ""),
}
_LOCAL: Final = "terraform.tfstate"


class RemoteOutputs(Lazy):
    """The outputs in the state of another root module: each is open until that one is found."""

    __slots__ = ("_bucket", "_key", "_why")

    def __init__(self, instance: ResourceInstance, key: str, bucket: str) -> None:
        super().__init__(instance.span)
        self._key = key
        self._bucket = bucket
        self._why = instance.later("outputs").why

    def attribute(self, name: str) -> Val:
        """One output."""
        key = EXPORT + state_output(name, self._key, self._bucket)
        return Unk(self._why, DYNAMIC, self.span, supply="--plan FILE", key=key)


def outputs_of(instance: ResourceInstance) -> RemoteOutputs | None:
    """What `data.terraform_remote_state.name.outputs` is; None if nobody can tell which state."""
    workspace = instance.written("workspace")
    if workspace is None or isinstance(workspace, Null) or _literal(workspace) == "default":
        backend = instance.written("backend")
        config = instance.written("config")
        if isinstance(backend, Str) and isinstance(config, Obj):
            type_ = Text(backend.pieces).literal or ""
            given = {
                name: _literal(config.entries[name])
                for name in _NAMED_BY.get(type_, ())
                if name in config.entries
            }
            found = _state(type_, given, instance.module.run.unit.path)
            if found is not None:
                return RemoteOutputs(instance, *found)
    return None


class Handed(Mapping[str, Node]):
    """What a root module hands on by name, evaluated if asked.

    Those are its outputs, as its state has them, and what it keeps in the Parameter Store.
    """

    def __init__(self, root: Module) -> None:
        self._root = root
        self._names: dict[str, str] = {}
        found = _own(root)
        if found is not None:
            self._names = {state_output(one, *found): one for one in root.config.outputs}
        self._kept = kept(root)

    def __getitem__(self, name: str) -> Node:
        parameter = as_stored(name)
        try:
            if parameter is not None:
                bare = name.removesuffix(parameter.path)
                return to_node(value_inside(self._kept[bare], parameter.path))
            base, path = split(name)
            output = self._names[base]
            span = self._root.config.outputs[output].span
            value = at_path(self._root.output(output, span), path, span)
        except Refused as error:
            raise KeyError(name) from error
        return from_outside(to_node(value), self._root.run.unit.path)

    def __iter__(self) -> Iterator[str]:
        yield from self._names
        yield from self._kept

    def __len__(self) -> int:
        return len(self._names) + len(self._kept)


def taken(root: Module, resources: Iterable[Declared]) -> frozenset[str]:
    """The names of what others hand on that a unit's resources and outputs hold."""
    configs = root.static.loader.configs.values()
    if not any(which[1] in _TAKING for config in configs for which in config.resources):
        return frozenset()
    outputs = (
        to_node(root.output(name, declared.span)) for name, declared in root.config.outputs.items()
    )
    handed_on = (name for node in outputs for name in imported(node))
    return frozenset((*imported_by(resources), *handed_on))


def _own(root: Module) -> tuple[str, str] | None:
    """The key and the bucket of a root module's own state, if they are written."""
    unit = root.run.unit.path
    for settings in root.config.settings:
        for block in settings.body.blocks:
            if block.type == "cloud":
                return None
            if block.type == "backend" and block.labels:
                type_ = block.labels[0]
                given = {
                    name: _literal(evaluate(attribute.value, root.scope))
                    for name in _NAMED_BY.get(type_, ())
                    if (attribute := block.body.attributes.get(name)) is not None
                }
                return _state(type_, given, unit)
    return _state("local", {}, unit)


def _state(type_: str, given: Mapping[str, str | None], unit: str) -> tuple[str, str] | None:
    if type_ not in _NAMED_BY:
        return None
    name, place = _NAMED_BY[type_]
    key = given.get(name)
    if type_ == "local":
        path = _LOCAL if name not in given else key
        if not path:
            return None
        return f"./{posixpath.normpath(posixpath.join(unit, path))}", ""
    return (f"{type_} {key}", given.get(place) or "") if key else None


def _literal(value: Val) -> str | None:
    return Text(value.pieces).literal if isinstance(value, Str) else None
