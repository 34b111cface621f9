"""Parameters of the Parameter Store: those that a module keeps, and those that it looks up.

<https://registry.terraform.io/providers/hashicorp/aws/latest/docs/data-sources/ssm_parameter>
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from validator.graph.imports import EXPORT
from validator.graph.span import Span
from validator.graph.stored import DECODED, PARAMETER_NAME, TOGETHER, stored
from validator.graph.text import Text
from validator.readers.terraform.cty.access import index
from validator.readers.terraform.cty.strings import Str, string
from validator.readers.terraform.cty.types import STRING
from validator.readers.terraform.cty.values import Null, Refused, Unk, Val

if TYPE_CHECKING:
    from validator.readers.terraform.module import Module
    from validator.readers.terraform.resource import ResourceInstance

PARAMETER: Final = "aws_ssm_parameter"
_VALUES: Final = ("value", "insecure_value")
_STEP: Final = re.compile(r"\.(?P<name>[^.\[]+)|\[(?P<quote>\"?)(?P<key>[^\]]*?)(?P=quote)\]")


def looked_up(instance: ResourceInstance, name: str) -> Unk | None:
    """The value of a parameter that is looked up; None if nobody can tell which one it is."""
    if name not in _VALUES or instance.module.run.plan is not None:
        return None
    called = _literal(instance.written("name"))
    if not PARAMETER_NAME.fullmatch(called) or instance.written("region") is not None:
        return None
    found = instance.later(name)
    found.type = STRING
    found.supply = f"{TOGETHER}, or --plan FILE"
    found.key = EXPORT + stored(called, instance.place)
    return found


def kept(root: Module) -> dict[str, ResourceInstance]:
    """The parameters that a root module and those it calls surely create, by their exports' names.

    One that others may change later, or whose value is a secret, is left out, and so are two of one
    name.
    """
    from validator.readers.terraform.resource import ResourceInstance

    configs = root.static.loader.configs.values()
    if not any(which[:2] == ("resource", PARAMETER) for one in configs for which in one.resources):
        return {}
    found: dict[str, ResourceInstance] = {}
    twice: set[str] = set()
    queue = [root]
    while queue and not root.run.full:
        module = queue.pop(0)
        for which in module.config.resources:
            if which[:2] != ("resource", PARAMETER):
                continue
            for one in module.expansion(which).instances:
                instance = one.value
                if isinstance(instance, ResourceInstance) and _is_sure(instance):
                    name = stored(_literal(instance.written("name")), instance.place)
                    twice.update({name} & found.keys())
                    found[name] = instance
        for call in module.config.calls:
            queue.extend(module.children(call))
    return {name: instance for name, instance in found.items() if name not in twice}


def _is_sure(instance: ResourceInstance) -> bool:
    open_ = instance.module.exists is not None or instance.instance.exists is not None
    if open_ or not PARAMETER_NAME.fullmatch(_literal(instance.written("name"))):
        return False
    if _literal(instance.written("type")) not in ("String", "StringList"):
        return False
    return not any(instance.ignores(name) for name in _VALUES)


def value_inside(instance: ResourceInstance, path: str) -> Val:
    """The value that a module keeps, or what is inside of it. Raises `Refused`."""
    from validator.readers.terraform.context import Calling
    from validator.readers.terraform.functions.all import call

    span = instance.span
    given = [instance.written(name) for name in _VALUES]
    value = next((one for one in given if one is not None and not isinstance(one, Null)), None)
    if value is None:
        raise Refused("no value is written")
    value = value.via(f"{instance.name}.value")
    if not path:
        return value
    decoded = call("jsondecode", [value], Calling(instance.module, span))
    return at_path(decoded, path.removeprefix(DECODED), span)


def at_path(value: Val, path: str, span: Span) -> Val:
    """What is inside of a value. Raises `Refused`."""
    for step in _STEP.finditer(path):
        value = index(value, string(step["name"] or step["key"], span), span)
    return value


def _literal(value: Val | None) -> str:
    return (Text(value.pieces).literal or "") if isinstance(value, Str) else ""
