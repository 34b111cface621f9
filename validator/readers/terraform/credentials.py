"""What the account of a provider configuration depends on, as far as it is written.

<https://registry.terraform.io/providers/hashicorp/aws/latest/docs#authentication-and-configuration>
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.readers.terraform.config import alias_of
from validator.readers.terraform.cty import text
from validator.readers.terraform.cty.collections import Seq
from validator.readers.terraform.cty.values import Null, Val
from validator.readers.terraform.evaluate import evaluate
from validator.readers.terraform.hcl.bodies import Body

if TYPE_CHECKING:
    from validator.readers.terraform.module import Module

_ARGUMENTS = (
    "profile",
    "access_key",
    "shared_config_files",
    "shared_credentials_files",
    "shared_credentials_file",
    "sts_region",
)


def credentials(module: Module, body: Body) -> tuple[str, ...]:
    """The same for two configurations that surely lead to one account."""
    found: list[str] = []
    for name in _ARGUMENTS:
        attribute = body.attributes.get(name)
        if attribute is not None:
            value = evaluate(attribute.value, module.scope)
            if not isinstance(value, Null):
                found.append(f"{name}={_words(value)}")
    for block in body.blocks:
        type_ = block.labels[0] if block.type == "dynamic" and block.labels else block.type
        if type_ in ("assume_role", "assume_role_with_web_identity"):
            role = block.body.attributes.get("role_arn")
            place = block.span
            known = f"{place.file}:{place.line}"
            if role is not None:
                known = _words(evaluate(role.value, module.scope))
            found.append(f"{type_}={known}")
    return tuple(found)


def aliases_by_credentials(module: Module, local: str) -> dict[tuple[str, ...], str]:
    """The root module's configurations of a provider: for each account, the alias of the first.

    The default one comes first, written or not: without arguments it takes the environment's.
    """
    root = module
    while root.parent is not None:
        root = root.parent
    configured = {
        alias_of(declaration): credentials(root, declaration.body)
        for declaration in root.config.providers.get(local, ())
    }
    found = {configured.get("", ()): ""}
    for alias, theirs in configured.items():
        found.setdefault(theirs, alias)
    return found


def _words(value: Val) -> str:
    if isinstance(value, Seq):
        return ",".join(_words(one) for one in value.items)
    return text.key_of(value)
