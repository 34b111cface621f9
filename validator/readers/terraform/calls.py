"""Module calls: their instances, and what `module.name` means."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.graph.values import Span
from validator.readers.terraform.cty.types import DYNAMIC
from validator.readers.terraform.cty.values import (
    NOWHERE,
    Lazy,
    Unk,
    Val,
)
from validator.readers.terraform.expand import Expansion, Instance

if TYPE_CHECKING:
    from validator.readers.terraform.module import Module


class Outputs(Lazy):
    """One instance of a called module: an object of its outputs."""

    __slots__ = ("module",)

    def __init__(self, module: Module) -> None:
        super().__init__(module.static.call.span if module.static.call else NOWHERE)
        self.module = module

    def attribute(self, name: str) -> Val:
        """One output."""
        return self.module.output(name, self.span)

    def names(self) -> list[str]:
        """The outputs."""
        return sorted(self.module.config.outputs)


class NotHere(Lazy):
    """A called module whose source is not at hand: every output is unknown."""

    __slots__ = ("key", "why")

    def __init__(self, why: str, key: str, span: Span) -> None:
        super().__init__(span)
        self.why = why
        self.key = key

    def attribute(self, name: str) -> Val:
        """One output."""
        return Unk(self.why, DYNAMIC, self.span, supply="terraform init", key=f"{self.key}.{name}")


def instances_of_call(module: Module, name: str) -> list[Module]:
    """The instances of a called module; none if its source is not at hand."""
    from validator.readers.terraform.module import Module as Called

    static = module.static.child(name)
    if static is None:
        return []
    made: list[Module] = []
    if module.run.full:
        return made
    instances = module.expansion_of_call(name).instances
    shown = module.static.named(f"module.{name}")
    if not module.run.room_for(len(instances), shown, module.config.calls[name].span):
        return []
    for instance in instances:
        address = f"{module.named(f'module.{name}')}{instance.suffix}"
        made.append(
            Called(
                module.run,
                static,
                static.config,
                parent=module,
                name=address,
                instance=instance,
            )
        )
    return made


def value_of_call(module: Module, name: str) -> Val:
    """What `module.name` means: one object, or one for each instance."""
    expansion = module.expansion_of_call(name)
    called = module.children(name)
    rows: list[Instance] = []
    for place, instance in enumerate(expansion.instances):
        row = Instance(instance.suffix, instance.key, instance.bound, instance.exists)
        row.value = Outputs(called[place]) if called else _not_here(module, name, instance)
        rows.append(row)
    gathered = Expansion(expansion.name, expansion.kind, rows)
    gathered.rest = expansion.rest
    gathered.gather()
    return gathered.value


def _not_here(module: Module, name: str, instance: Instance) -> NotHere:
    call = module.config.calls[name]
    shown = f"{module.named(f'module.{name}')}{instance.suffix}"
    source = call.body.attributes.get("source")
    literal = getattr(source.value, "literal", None) if source else None
    why = f"{module.static.named(f'module.{name}')} comes from {literal}, which is not here"
    return NotHere(why, module.run.key(shown), call.span)
