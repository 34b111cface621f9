"""A planned resource as the graph takes it."""

from __future__ import annotations

from collections.abc import Iterator

from validator.aws import returned
from validator.graph.addresses import address as address_of
from validator.graph.span import Span
from validator.graph.text import Hole, Lit, Piece, Ref, Text, text
from validator.graph.values import Known, Node, Unknown
from validator.graph.world import Declared
from validator.readers.loose import rows, table
from validator.readers.plan.document import Plan, Planned
from validator.readers.plan.origins import Origins, Source, Where
from validator.readers.plan.places import Places
from validator.readers.plan.values import Shaped, node

SUPPLY = "give the .tf files, and this plan by --plan FILE"

_DOCUMENTS = frozenset({"policy", "assume_role_policy"})
_LISTS = frozenset({"roles", "policy_arns", "managed_policy_arns"})
_NAMED = frozenset({"bucket", "role", "role_name", "roles", "log_group_name", "name"})
_ARNS = frozenset(
    {"log_destination", "deliver_cross_account_role", "permissions_boundary", "policy_arns"}
)
_KEYS = frozenset({"kms_key_id", "kms_master_key_id", "key_id", "target_key_id"})
_ALWAYS = frozenset({"bucket", "name", "tags_all"})
_SEPARATE = {
    "server_side_encryption_configuration": "aws_s3_bucket_server_side_encryption_configuration",
    "inline_policy": "aws_iam_role_policy",
}
"""Blocks that the state shows also if a resource of its own writes them."""


def _wanted(name: str) -> frozenset[str]:
    """Which of our words can stand in an attribute just as they are."""
    if name in _NAMED:
        return frozenset({"name"})
    if name in _KEYS:
        return frozenset({"arn", "id"})
    if name in _ARNS or name.endswith(("_arn", "_arns")):
        return frozenset({"arn"})
    return frozenset({"id"}) if name.endswith("_id") else frozenset()


class Reading:
    """One reading of one plan."""

    def __init__(self, plan: Plan, places: Places) -> None:
        self.plan = plan
        self.places = places
        self.origins = Origins(plan)
        self._types = {one.type for one in plan.resources.values() if one.managed}

    def declared(self, resource: Planned) -> Declared:
        """The resource as the graph takes it."""
        span = self.plan.span(resource.address)
        kept: dict[str, Node | None] = {}

        def attribute(name: str) -> Node | None:
            if name not in kept:
                kept[name] = self._attribute(resource, name, span)
            return kept[name]

        return Declared(
            language="terraform",
            type=resource.type,
            unit=self.plan.name,
            name=resource.address,
            span=span,
            exists=Known(True, span),
            attribute=attribute,
            place=self.places.of(resource),
            managed=resource.managed,
            fresh=resource.fresh,
            unclear=Unknown(
                f"the plan does not say what {resource.address} ignores (ignore_changes)",
                span,
                (),
                SUPPLY,
            ),
        )

    def _attribute(self, resource: Planned, name: str, span: Span) -> Node | None:
        """An attribute that is written; what the provider adds is none.

        The configuration part of a plan leaves out dynamic blocks: they are known by their shape.
        """
        expressions = table(resource.configured.get("expressions"))
        if name not in expressions and not self._shown(resource, name):
            return None
        shaped = Shaped(resource.values, resource.unknown, resource.sensitive, expressions).field(
            name
        )
        where = self.origins.where(resource)
        return node(
            shaped,
            span,
            lambda leaf: self._unknown(resource, leaf, where, span),
            lambda leaf: self._known(leaf, where, span),
        )

    def _shown(self, resource: Planned, name: str) -> bool:
        value = resource.values.get(name)
        if name in _ALWAYS:
            return value is not None or (name == "tags_all" and name in resource.unknown)
        items = rows(value)
        if not items or not isinstance(items[0], dict):
            return False
        return resource.fresh is not False or _SEPARATE.get(name) not in self._types

    # --- what the plan knows

    def _known(self, leaf: Shaped, where: Where | None, span: Span) -> Node:
        """A text; one that surely is another resource's ARN or ID is that."""
        words = leaf.value
        assert isinstance(words, str)
        plain = Known(text(words), span)
        wanted = _wanted(leaf.path[-1]) - {"name"}
        if where is None or not wanted:
            return plain
        for source in sorted(
            (one for one in self.origins.of(leaf.expression, where, known=True) if one),
            key=lambda one: (one.address, one.attribute),
        ):
            value = self.plan.resources[source.address].values.get(source.attribute)
            word = self._word(source)
            if not isinstance(value, str) or not value or word not in wanted:
                continue
            rest = words.removeprefix(value)
            if words == value or (word == "arn" and rest != words and rest[0] in "/:"):
                pieces: list[Piece] = [Ref(self._address(source), word)]
                pieces += [Lit(rest)] if rest else []
                return Known(Text(tuple(pieces)), span)
        return plain

    # --- what it does not

    def _unknown(self, resource: Planned, leaf: Shaped, where: Where | None, span: Span) -> Node:
        shown = f"{resource.address}.{'.'.join(leaf.path)}"
        why = f"{shown} is known only after the deploy"
        key = address_of(self.plan.name, shown)
        name = leaf.path[-1]
        constant = table(leaf.expression)
        if "constant_value" in constant:
            return node(
                Shaped(constant["constant_value"], None, leaf.sensitive, None, leaf.path),
                span,
                lambda one: Unknown(why, span, (), SUPPLY, key),
                lambda one: Known(text(str(one.value)), span),
            )
        if name in _DOCUMENTS:
            why = f"the plan does not hold {shown}, which refers to what the deploy makes"
            return Unknown(why, span, (), SUPPLY, key)
        if where is None or (name in _LISTS and leaf.unknown is True and len(leaf.path) == 1):
            return Unknown(why, span, (), SUPPLY, key)
        found = self.origins.of(leaf.expression, where)
        if len(found) == 1:
            (source,) = found
            if source is not None:
                pieces = tuple(self._pieces(source, name, Hole(key, why, SUPPLY)))
                if pieces:
                    return Known(Text(pieces), span)
        return Known(Text((Hole(key, why, SUPPLY),)), span)

    def _pieces(self, source: Source, name: str, open_: Hole) -> Iterator[Piece]:
        """What an attribute that comes from one resource is made of; nothing if that is unclear."""
        target = self.plan.resources[source.address]
        words = returned("terraform", target.type, managed=target.managed)
        word = self._word(source)
        if not source.attribute and words is not None and name in ("bucket", "role"):
            # Nothing else of the resource can stand there.
            word = "name"
        if word not in _wanted(name):
            return
        if words is None:
            key = f"{self._address(source)}.{source.attribute}"
            why = f"{source.address}.{source.attribute} is known only after the deploy"
            yield Hole(key, why, made_by=target.type if source.attribute == "id" else "")
            return
        yield Ref(self._address(source), word)
        if name == "log_destination" and target.type == "aws_s3_bucket":
            why = f"the plan does not say what follows the bucket in {open_.key.partition('#')[2]}"
            yield Hole(open_.key, why, SUPPLY)

    def _address(self, source: Source) -> str:
        return address_of(self.plan.name, source.address)

    def _word(self, source: Source) -> str:
        target = self.plan.resources[source.address]
        words = returned("terraform", target.type, managed=target.managed)
        return (words or {"id": "id"}).get(source.attribute, "")
