"""Provider configurations: which account and region a resource is deployed to.

Two configurations that may lead to two accounts are two scopes. The default one of the root module
has the empty scope, and so have others that take the same credentials.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from validator.aws.partitions import partition_of
from validator.graph.text import Hole, Lit, Symbol, Text
from validator.graph.world import Place
from validator.readers.terraform.config import Declaration
from validator.readers.terraform.credentials import aliases_by_credentials, credentials
from validator.readers.terraform.cty.collections import Seq
from validator.readers.terraform.cty.convert import as_string
from validator.readers.terraform.cty.strings import Str
from validator.readers.terraform.cty.values import Null, Refused, Unk, Val
from validator.readers.terraform.evaluate import evaluate
from validator.readers.terraform.hcl import tree
from validator.readers.terraform.hcl.bodies import Body
from validator.records import dataclass

if TYPE_CHECKING:
    from validator.readers.terraform.module import Module

_NO_ROLE = Text(())
_ROLE = re.compile(r"arn:[a-z-]+:iam::(\d{12}):role/.*")


@dataclass(frozen=True, slots=True)
class Provider:
    """A provider configuration: the place that it deploys to, and the scope of its account.

    `default_tags` are the tags that it gives to every resource.
    """

    place: Place
    scope: str
    default_tags: Val | None = None


def _tags(module: Module, body: Body) -> Val | None:
    for block in body.blocks_of("default_tags"):
        tags = block.body.attributes.get("tags")
        if tags is not None:
            return evaluate(tags.value, module.scope)
    return None


class Providers:
    """The provider configurations of a unit, each read once."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str, str], Provider] = {}
        self._first: dict[str, dict[tuple[str, ...], str]] = {}

    def of(self, module: Module, type_: str, body: Body) -> Provider:
        """The configuration that a resource of a module uses."""
        local, alias = type_.partition("_")[0], ""
        chosen = body.attributes.get("provider")
        if chosen is not None:
            found = _reference(chosen.value)
            if found is None:
                return self._unknown(module, local, _written(chosen.value))
            local, alias = found
        return self.named(module, local, alias)

    def named(self, module: Module, local: str, alias: str) -> Provider:
        """The configuration that a module knows by a name."""
        key = (module.address, local, alias)
        found = self._kept.get(key)
        if found is None:
            found = self._kept[key] = self._find(module, local, alias)
        return found

    def _find(self, module: Module, local: str, alias: str) -> Provider:
        declaration = module.config.provider(local, alias)
        if declaration is not None:
            return self._configured(module, local, alias, declaration)
        call = module.static.call
        if module.parent is None or call is None:
            return self._default(module, local, alias)
        mapping = call.body.attributes.get("providers")
        if mapping is not None and isinstance(mapping.value, tree.Object):
            for key, value in mapping.value.entries:
                if _reference(key) == (local, alias):
                    passed = _reference(value)
                    if passed is None:
                        return self._unknown(module.parent, local, _written(value))
                    return self.named(module.parent, *passed)
        if alias:
            return self._unknown(module, local, alias)
        return self.named(module.parent, local, "")

    def _default(self, module: Module, local: str, alias: str) -> Provider:
        if alias:
            return self._unknown(module, local, alias)
        settings = module.run.settings
        region = Text((Lit(settings.region) if settings.region else Symbol("region"),))
        return Provider(_place(module, _account(module, ""), region, ""), "")

    def _unknown(self, module: Module, local: str, alias: str) -> Provider:
        """A configuration that is only named: somebody else's caller passes it in."""
        scope = _scope(module, local, alias)
        region = Text((Symbol("region", scope),))
        return Provider(_place(module, Text((Symbol("account", scope),)), region, scope), scope)

    def _configured(
        self, module: Module, local: str, alias: str, declaration: Declaration
    ) -> Provider:
        body = declaration.body
        root_default = module.parent is None and not alias
        own = _scope(module, local, alias)
        scope = ""
        if not root_default:
            same = self._first_of(module, local).get(credentials(module, body))
            if same is None:
                scope = own
            elif same:
                scope = f"provider.{local}.{same}"
        role = self._role(module, body)
        account = self._assumed(module, body, role)
        if account is None:
            account = _account(module, scope)
        region = self._region(module, body, scope, own, root_default=root_default)
        place = _place(module, account, region, scope, role)
        return Provider(place, scope, _tags(module, body))

    def _first_of(self, module: Module, local: str) -> dict[tuple[str, ...], str]:
        if local not in self._first:
            self._first[local] = aliases_by_credentials(module, local)
        return self._first[local]

    def _role(self, module: Module, body: Body) -> Text:
        """The role to assume, as far as it is written; with several, each leads to the next."""
        for block in reversed(list(body.blocks_of("assume_role"))):
            role = block.body.attributes.get("role_arn")
            value = None if role is None else evaluate(role.value, module.scope)
            return Text(value.pieces) if isinstance(value, Str) else _NO_ROLE
        return _NO_ROLE

    def _assumed(self, module: Module, body: Body, role: Text) -> Text | None:
        """The account that the role to assume, or the only allowed account, names."""
        match = _ROLE.fullmatch(role.literal or "")
        if match:
            return Text((Lit(match[1]),))
        allowed = body.attributes.get("allowed_account_ids")
        if allowed is not None:
            value = evaluate(allowed.value, module.scope)
            if isinstance(value, Seq) and value.rest is None and len(value.items) == 1:
                try:
                    only = as_string(value.items[0])
                except Refused:
                    return None
                if isinstance(only, Str):
                    return Text(only.pieces)
        return None

    def _region(
        self, module: Module, body: Body, scope: str, own: str, *, root_default: bool
    ) -> Text:
        supplied = module.run.settings.region
        ambient = Text((Lit(supplied) if supplied and not scope else Symbol("region", scope),))
        attribute = body.attributes.get("region")
        if attribute is None:
            return ambient
        value = evaluate(attribute.value, module.scope)
        if isinstance(value, Null):
            return ambient
        if isinstance(value, Str):
            return Text(value.pieces)
        if root_default and supplied:
            return ambient
        if isinstance(value, Unk):
            piece = value.piece()
            return Text((piece if isinstance(piece, Hole) else Symbol("region", own),))
        return Text((Symbol("region", own),))


def with_region(provider: Provider, value: Val | None, module: Module) -> Place:
    """The place of a resource that has a `region` of its own (provider 6)."""
    if not isinstance(value, Str):
        return provider.place
    place = provider.place
    return _place(module, place.account, Text(value.pieces), provider.scope, place.role)


def _scope(module: Module, local: str, alias: str) -> str:
    return module.named(f"provider.{local}.{alias}" if alias else f"provider.{local}")


def _account(module: Module, scope: str) -> Text:
    supplied = module.run.settings.account
    if supplied and not scope:
        return Text((Lit(supplied),))
    return Text((Symbol("account", scope),))


def _place(module: Module, account: Text, region: Text, scope: str, role: Text = _NO_ROLE) -> Place:
    known = region.literal
    supplied = module.run.settings.partition
    if supplied:
        partition = Text((Lit(supplied),))
    elif known:
        partition = Text((Lit(partition_of(known)),))
    else:
        partition = Text((Symbol("partition", scope),))
    return Place(account, region, partition, role)


def _written(node: tree.Expr) -> str:
    """An expression's own words: what tells apart configurations that are chosen by one."""
    return " ".join(node.source.text[node.start : node.end].split())


def _reference(node: tree.Expr) -> tuple[str, str] | None:
    """`aws`, `aws.alias`, or an old quoted form of them."""
    match node:
        case tree.Name(name=name):
            return name, ""
        case tree.Attr(of=tree.Name(name=name), name=alias):
            return name, alias
        case tree.Template() if node.literal is not None:
            name, _, alias = node.literal.partition(".")
            return name, alias
        case tree.Template(parts=[tree.Attr() | tree.Name() as part]):
            return _reference(part)
        case tree.Paren(x=x):
            return _reference(x)
        case _:
            return None
