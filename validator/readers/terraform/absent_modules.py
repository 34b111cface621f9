"""Flow logs of a called module whose source is not at hand: what the call itself tells of them.

Registry and git modules are read where `terraform init` put them. Where it did not, a call that
asks for flow logs (`enable_flow_log = true`) still makes some, of which nothing else is known.
<https://developer.hashicorp.com/terraform/language/modules/sources>
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from validator.graph.values import Node, Unknown
from validator.graph.world import Declared
from validator.readers.asking import asks, is_named_after, is_switch, unread_flow_log
from validator.readers.terraform.calls import NotHere
from validator.readers.terraform.cty.nodes import to_node
from validator.readers.terraform.evaluate import Scope, evaluate

if TYPE_CHECKING:
    from validator.readers.terraform.expand import Instance
    from validator.readers.terraform.module import Module


def flow_logs_of_absent(module: Module, name: str) -> Iterator[Declared]:
    """One flow log for each instance of a call that asks a module which is not here for some."""
    for instance in module.expansion_of_call(name).instances:
        absent = NotHere(module, name, instance)
        if asks(_switches(module, name, instance), named=is_named_after(absent.source)):
            yield unread_flow_log(
                "terraform",
                module.run.unit.path,
                absent.name,
                absent.span,
                Unknown(absent.why, absent.span, supply=absent.supply, key=absent.key),
                calls=(*module.static.calls, absent.span),
            )


def _switches(module: Module, name: str, instance: Instance) -> Iterator[Node]:
    scope = Scope(module, instance.bound)
    for attribute in module.config.calls[name].body.attributes.values():
        if is_switch(attribute.name):
            yield to_node(evaluate(attribute.value, scope))
