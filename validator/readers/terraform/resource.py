"""Resources and data sources: their attributes on demand, and what others see of them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from validator.aws import returned
from validator.graph.existence import both
from validator.graph.span import Span
from validator.graph.text import Ref
from validator.graph.values import Fields, Known, Node, Unknown
from validator.graph.world import Declared, Place
from validator.readers.terraform import data_sources
from validator.readers.terraform.blocks import block_items
from validator.readers.terraform.config import Declaration
from validator.readers.terraform.config import Resource as Which
from validator.readers.terraform.cty.collections import Lazy
from validator.readers.terraform.cty.nodes import from_node, to_node
from validator.readers.terraform.cty.strings import Str
from validator.readers.terraform.cty.types import DYNAMIC, STRING
from validator.readers.terraform.cty.values import Unk, Val, refused
from validator.readers.terraform.evaluate import Scope, evaluate
from validator.readers.terraform.expand import Instance
from validator.readers.terraform.hcl import tree
from validator.readers.terraform.providers import Provider, with_region
from validator.records import replace

if TYPE_CHECKING:
    from validator.readers.terraform.module import Module

_META = frozenset({"count", "for_each", "provider", "depends_on", "lifecycle"})


class ResourceInstance(Lazy):
    """One instance of a resource or data source."""

    __slots__ = (
        "declaration",
        "declared",
        "instance",
        "kept",
        "module",
        "name",
        "opened",
        "scope",
        "which",
    )

    def __init__(
        self, module: Module, which: Which, declaration: Declaration, instance: Instance
    ) -> None:
        super().__init__(declaration.span)
        mode, type_, name = which
        base = f"data.{type_}.{name}" if mode == "data" else f"{type_}.{name}"
        self.module = module
        self.which = which
        self.declaration = declaration
        self.instance = instance
        self.name = f"{module.named(base)}{instance.suffix}"
        self.scope = Scope(module, instance.bound)
        self.declared: Declared | None = None
        self.kept: dict[str, Val | None] = {}
        self.opened: set[str] = set()

    @property
    def type(self) -> str:
        """The resource type."""
        return self.which[1]

    @property
    def managed(self) -> bool:
        """Whether this unit creates it."""
        return self.which[0] == "resource"

    @property
    def address(self) -> str:
        """Unique across the units of a run."""
        return self.module.run.key(self.name)

    @property
    def provider(self) -> Provider:
        """The provider configuration that it uses."""
        return self.module.static.loader.providers.of(self.module, self.type, self.declaration.body)

    def names(self) -> list[str]:
        """The attributes that are written."""
        return sorted(name for name in self.declaration.body.attributes if name not in _META)

    # --- as others see it

    def attribute(self, name: str) -> Val:
        """What `type.name.attribute` means elsewhere."""
        words = returned("terraform", self.type, managed=self.managed)
        if words is not None and name in words:
            made = Str((Ref(self.address, words[name]),), self.span)
            return made.via(self.name)
        if not self.managed:
            found = data_sources.attribute(self, name)
            if found is not None:
                return found
        written = self.written(name)
        if written is not None:
            return written if isinstance(written, Lazy) else written.via(f"{self.name}.{name}")
        planned = self._planned(name, None)
        return self.later(name) if planned is None else from_node(planned).at(self.span)

    def later(self, name: str) -> Unk:
        """An attribute that nothing here settles."""
        shown = f"{self.name}.{name}"
        why = f"{shown} is known only after the deploy"
        if not self.managed:
            why = f"{shown} is looked up at the deploy"
        type_ = (
            STRING if name in ("id", "arn", "name") or name.endswith(("_id", "_arn")) else DYNAMIC
        )
        # A plan holds what data sources gave.
        supply = "" if self.managed else "--plan FILE"
        found = Unk(why, type_, self.span, supply=supply, key=self.module.run.key(shown))
        found.present = name in ("id", "arn")
        found.made_by = self.type if name == "id" else ""
        return found

    # --- as it is written

    def written(self, name: str) -> Val | None:
        """The value of an attribute or of the blocks of a type, as written; None if it is not."""
        if name in self.kept:
            return self.kept[name]
        if name in self.opened:
            return refused(f"{self.name}.{name} refers to itself", self.span)
        self.opened.add(name)
        try:
            found = self._evaluated(name)
        finally:
            self.opened.discard(name)
        self.kept[name] = found
        return found

    def _evaluated(self, name: str) -> Val | None:
        body = self.declaration.body
        attribute = body.attributes.get(name)
        if self.declaration.block is None:
            return Unk(self.unreadable, DYNAMIC, self.span)
        if attribute is not None:
            return None if name in _META else evaluate(attribute.value, self.scope)
        if name in _META:
            return None
        return block_items(body, name, self.scope)

    @property
    def unreadable(self) -> str:
        """Why nothing is known of a block that could not be read."""
        return f"the block of {self.name} could not be read"

    def node(self, name: str) -> Node | None:
        """The same as the graph holds it; `tags_all` are the provider's tags and its own."""
        if name == "tags_all":
            return self._tags_all()
        found = self.written(name)
        if found is None:
            return None
        ours = to_node(found)
        planned = self._planned(name, ours)
        return ours if planned is None else planned

    def _planned(self, name: str, ours: Node | None) -> Node | None:
        """What the plan beside the sources knows of an attribute that is open in them."""
        plan = self.module.run.plan
        return None if plan is None else plan.settled(self.name, name, ours)

    def _tags_all(self) -> Node | None:
        own = self.node("tags")
        given = self.provider.default_tags
        default = None if given is None else to_node(given)
        match own, default:
            case Known(value=Fields() as mine), Known(value=Fields() as theirs):
                rest = mine.rest if theirs.rest is None else theirs.rest
                return replace(own, value=Fields((*theirs.entries, *mine.entries), rest))
            case None | Known(value=None), _:
                return default
            case _, None | Known(value=None):
                return own
            case _:
                return own if isinstance(own, Unknown) else default

    def ignores(self, name: str) -> bool:
        """Whether changes of an attribute made outside are left as they are.

        <https://developer.hashicorp.com/terraform/language/meta-arguments/lifecycle>
        """
        for block in self.declaration.body.blocks_of("lifecycle"):
            listed = block.body.attributes.get("ignore_changes")
            if listed is None:
                continue
            value = listed.value
            names = value.items if isinstance(value, tree.Tuple) else [value]
            if any(_first_name(one) in (name, "all") for one in names):
                return True
        return False

    @property
    def place(self) -> Place:
        """Where it is deployed to."""
        region = self.written("region") if self.managed else None
        return with_region(self.provider, region, self.module)


def _first_name(expression: tree.Expr) -> str:
    if isinstance(expression, tree.Template):
        # In JSON, and in configurations of old, names stand in quotes.
        return re.split(r"[.\[]", expression.literal or "")[0]
    while isinstance(expression, tree.Attr | tree.Index):
        expression = expression.of
    return expression.name if isinstance(expression, tree.Name) else ""


def declare(instance: ResourceInstance) -> Declared:
    """The instance as the graph takes it."""
    if instance.declared is None:
        unknown = both(instance.module.exists, instance.instance.exists)
        span: Span = instance.span
        if unknown is None and instance.declaration.block is None:
            unknown = Unknown(instance.unreadable, span)
        plan = instance.module.run.plan
        instance.declared = Declared(
            language="terraform",
            type=instance.type,
            unit=instance.module.run.unit.path,
            name=instance.name,
            span=span,
            exists=Known(True, span) if unknown is None else unknown,
            attribute=instance.node,
            ignores=instance.ignores,
            place=instance.place,
            managed=instance.managed,
            fresh=None if plan is None else plan.fresh(instance.name),
            calls=instance.module.static.calls,
        )
    return instance.declared
