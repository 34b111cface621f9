"""`data.aws_iam_policy_document`: the policy that it renders, every value at its own place.

<https://registry.terraform.io/providers/hashicorp/aws/latest/docs/data-sources/iam_policy_document>
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.readers.terraform.cty import text
from validator.readers.terraform.cty.collections import Key, Obj, Seq
from validator.readers.terraform.cty.nodes import to_node
from validator.readers.terraform.cty.strings import Str, encoded, string
from validator.readers.terraform.cty.values import Null, Refused, Unk, Val
from validator.readers.terraform.policy_statement import statement

if TYPE_CHECKING:
    from validator.readers.terraform.resource import ResourceInstance


def document(instance: ResourceInstance) -> Val:
    """The JSON of a document, kept as the value. Raises `Refused`."""
    statements = _Statements()
    version: Val | None = None
    id_: Val | None = None
    for source in _sources(instance, "source_json", "source_policy_documents"):
        version, id_ = statements.take(source, version, id_, replacing=False)
    own_version = instance.written("version")
    if own_version is not None and not isinstance(own_version, Null):
        version = own_version
    elif version is None:
        version = string("2012-10-17", instance.span)
    own_id = instance.written("policy_id")
    if own_id is not None and not isinstance(own_id, Null):
        id_ = own_id
    blocks = instance.written("statement")
    if isinstance(blocks, Seq):
        for block in blocks.items:
            statements.add(statement(block) if isinstance(block, Obj) else block)
        statements.rest = blocks.rest or statements.rest
    for source in _sources(instance, "override_policy_documents", "override_json"):
        version, id_ = statements.take(source, version, id_, replacing=True)
    entries: dict[Key, Val] = {}
    if version is not None:
        entries["Version"] = version
    if id_ is not None:
        entries["Id"] = id_
    if statements.items or statements.rest is not None:
        entries["Statement"] = Seq(
            "tuple", statements.items, rest=statements.rest, span=instance.span
        )
    whole = Obj("object", entries, span=instance.span)
    return Str((encoded(whole, to_node(whole)),))


class _Statements:
    """The statements so far; a later one replaces an earlier one with its Sid."""

    def __init__(self) -> None:
        self.items: list[Val] = []
        self.rest: Unk | None = None

    def add(self, new: Val) -> None:
        sid = _sid(new)
        if sid:
            for place, old in enumerate(self.items):
                if _sid(old) == sid:
                    self.items[place] = new
                    return
        self.items.append(new)

    def take(
        self, source: Val, version: Val | None, id_: Val | None, *, replacing: bool
    ) -> tuple[Val | None, Val | None]:
        """Add a given document; an unknown one may hold anything."""
        if isinstance(source, Unk):
            self.rest = source
            if replacing:
                # Whatever has a Sid may be replaced by it.
                self.items = [one for one in self.items if not _sid(one)]
            return version, id_
        if not isinstance(source, Obj):
            raise Refused("a policy document is a JSON object")
        for one in _listed(source.entries.get("Statement")):
            self.add(one)
        found = source.entries.get("Statement")
        if isinstance(found, Unk):
            self.rest = found
        elif isinstance(found, Seq):
            self.rest = found.rest or self.rest
        if source.rest is not None:
            self.rest = source.rest
        return _later(version, source.entries.get("Version")), source.entries.get("Id") or id_


def _later(one: Val | None, other: Val | None) -> Val | None:
    if one is None or other is None:
        return other if one is None else one
    return other if (text.lit(other) or "") > (text.lit(one) or "") else one


def _listed(value: Val | None) -> list[Val]:
    if isinstance(value, Seq):
        return value.items
    return [value] if isinstance(value, Obj) else []


def _sid(statement_: Val) -> str:
    if not isinstance(statement_, Obj):
        return ""
    sid = statement_.entries.get("Sid")
    return (text.lit(sid) or "") if sid is not None else ""


def _sources(instance: ResourceInstance, *names: str) -> list[Val]:
    """The documents given under some attributes, decoded."""
    found: list[Val] = []
    for name in names:
        value = instance.written(name)
        if value is None or isinstance(value, Null):
            continue
        if isinstance(value, Unk):
            found.append(value)
            continue
        items = value.items if isinstance(value, Seq) else [value]
        found.extend(_decoded(one, instance) for one in items if not isinstance(one, Null))
        if isinstance(value, Seq) and value.rest is not None:
            found.append(value.rest)
    return [one for one in found if not (isinstance(one, Str) and text.lit(one) == "")]


def _decoded(value: Val, instance: ResourceInstance) -> Val:
    from validator.readers.terraform.context import Calling
    from validator.readers.terraform.functions.all import call

    if isinstance(value, Unk) or (isinstance(value, Str) and text.lit(value) == ""):
        return value
    return call("jsondecode", [value], Calling(instance.module, instance.span))
