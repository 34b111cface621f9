"""Which account and region a planned resource is deployed to."""

from __future__ import annotations

import json
import re

from validator.graph.text import Hole, Lit, Symbol, Text
from validator.graph.world import Place
from validator.readers import Settings
from validator.readers.loose import Table, rows, table, words
from validator.readers.plan.document import Plan, Planned

_CREDENTIALS = (
    "profile",
    "access_key",
    "shared_config_files",
    "shared_credentials_files",
    "shared_credentials_file",
    "assume_role",
    "assume_role_with_web_identity",
)
_ROLE = re.compile(r"arn:[a-z-]+:iam::(\d{12}):role/.*")
_ACCOUNT = re.compile(r"\d{12}")


def _literal(value: str) -> Text:
    return Text((Lit(value),))


class Places:
    """The places of a plan's provider configurations.

    The default one has the empty scope, and so have those that take the same credentials.
    """

    def __init__(self, plan: Plan, settings: Settings) -> None:
        self.plan = plan
        self.settings = settings
        self._seen: dict[tuple[str, str], str] = {}
        for one in plan.resources.values():
            if one.managed:
                # Since version 6 of the provider, resources show the region that they get from it.
                found = words(one.values.get("region"))
                if found and "region" not in table(one.configured.get("expressions")):
                    self._seen.setdefault(("region", _key(one)), found)
                continue
            scope = self._scope(_key(one))
            if one.type == "aws_caller_identity":
                found = words(one.values.get("account_id"))
                if _ACCOUNT.fullmatch(found):
                    self._seen.setdefault(("account", scope), found)
            elif one.type == "aws_region" and not table(one.configured.get("expressions")):
                found = words(one.values.get("region")) or words(one.values.get("name"))
                self._seen.setdefault(("region", _key(one)), found)

    def of(self, resource: Planned) -> Place:
        """The place of a resource."""
        key = _key(resource)
        own = words(resource.values.get("region")) if resource.managed else ""
        return self._place(key, own)

    def account(self) -> str:
        """The account of the default configuration; empty if the plan does not tell."""
        return self._seen.get(("account", ""), "")

    def region(self) -> str:
        """The region of the default configuration; empty if the plan does not tell."""
        return self._region("aws").literal or ""

    def _place(self, key: str, own: str) -> Place:
        from validator.aws.partitions import partition_of

        scope = self._scope(key)
        region = _literal(own) if own else self._region(key)
        known = region.literal
        partition = Text((Symbol("partition", scope),))
        if self.settings.partition:
            partition = _literal(self.settings.partition)
        elif known:
            partition = _literal(partition_of(known))
        return Place(self._account(key, scope), region, partition, self._role(key))

    def _account(self, key: str, scope: str) -> Text:
        match = _ROLE.fullmatch(self._role(key).literal or "")
        if match:
            return _literal(match[1])
        expressions = self._expressions(key)
        allowed = rows(table(expressions.get("allowed_account_ids")).get("constant_value"))
        if len(allowed) == 1 and _ACCOUNT.fullmatch(words(allowed[0])):
            return _literal(words(allowed[0]))
        if self.settings.account and not scope:
            return _literal(self.settings.account)
        found = self._seen.get(("account", scope), "")
        return _literal(found) if found else Text((Symbol("account", scope),))

    def _role(self, key: str) -> Text:
        """The role to assume, as far as it is written; with several, each leads to the next."""
        blocks = rows(self._expressions(key).get("assume_role"))
        role = table(table(blocks[-1]).get("role_arn")) if blocks else {}
        found = words(role.get("constant_value"))
        return _literal(found) if found else Text(())

    def _region(self, key: str) -> Text:
        scope = self._scope(key)
        given = table(self._expressions(key).get("region"))
        references = rows(given.get("references"))
        found = words(given.get("constant_value")) or self._seen.get(("region", key), "")
        if not found and len(references) == 1:
            head, _, name = words(references[0]).partition(".")
            if head == "var":
                found = words(self.plan.variables.get(name))
        if found:
            return _literal(found)
        if not scope and self.settings.region and (key == "aws" or not given):
            return _literal(self.settings.region)
        if not given:
            return Text((Symbol("region", scope),))
        name = f"{self.plan.name}#provider.{key}.region"
        return Text((Hole(name, f"the plan does not say the region of provider {key}"),))

    def _expressions(self, key: str) -> Table:
        return table(self.plan.providers.get(key, {}).get("expressions"))

    def _scope(self, key: str) -> str:
        if key in ("", "aws") or self._credentials(key) == self._credentials("aws"):
            return ""
        return f"provider.{key}"

    def _credentials(self, key: str) -> str:
        expressions = self._expressions(key)
        found = {name: expressions[name] for name in _CREDENTIALS if name in expressions}
        try:
            return json.dumps(found, sort_keys=True, default=str)
        except RecursionError:
            return key


def _key(resource: Planned) -> str:
    return words(resource.configured.get("provider_config_key"))
