"""Module calls: their instances, and what `module.name` means."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.readers.terraform.cty.collections import Lazy
from validator.readers.terraform.cty.types import DYNAMIC
from validator.readers.terraform.cty.values import NOWHERE, Unk, Val
from validator.readers.terraform.expand import Expansion, Instance
from validator.readers.terraform.sources import is_local

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
    """An instance of a called module whose source is not at hand: every output is unknown.

    `name` is its address, `source` what the call says.
    """

    __slots__ = ("key", "name", "source", "supply", "why")

    def __init__(self, module: Module, name: str, instance: Instance) -> None:
        call = module.config.calls[name]
        super().__init__(call.span)
        written = call.body.attributes.get("source")
        literal = getattr(written.value, "literal", None) if written else None
        self.source = literal if isinstance(literal, str) else ""
        self.name = f"{module.named(f'module.{name}')}{instance.suffix}"
        self.key = module.run.key(self.name)
        self.why = module.static.not_followed.get(name, "")
        self.supply = "" if is_local(self.source) else "terraform init"

    def attribute(self, name: str) -> Val:
        """One output."""
        return Unk(self.why, DYNAMIC, self.span, supply=self.supply, key=f"{self.key}.{name}")


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
        row.value = Outputs(called[place]) if called else NotHere(module, name, instance)
        rows.append(row)
    gathered = Expansion(expansion.name, expansion.kind, rows)
    gathered.rest = expansion.rest
    gathered.gather()
    return gathered.value
