"""Flow logs of a called module whose source is not at hand: what the call itself tells of them.

Registry and git modules are read where `terraform init` put them. Where it did not, a call that
asks for flow logs (`enable_flow_log = true`) still makes some, of which nothing else is known.
<https://developer.hashicorp.com/terraform/language/modules/sources>
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from validator.graph.graph import Declared
from validator.graph.values import Node, Unknown
from validator.readers.asking import is_named_after, is_off, is_switch
from validator.readers.terraform.calls import NotHere
from validator.readers.terraform.cty.nodes import to_node
from validator.readers.terraform.evaluate import Scope, evaluate

if TYPE_CHECKING:
    from validator.readers.terraform.expand import Instance
    from validator.readers.terraform.module import Module

FLOW_LOG = "aws_flow_log"


def flow_logs_of_absent(module: Module, name: str) -> Iterator[Declared]:
    """One flow log for each instance of a call that asks a module which is not here for some."""
    for instance in module.expansion_of_call(name).instances:
        absent = NotHere(module, name, instance)
        if not _asks(module, name, instance, named=is_named_after(absent.source)):
            continue
        unknown = Unknown(absent.why, absent.span, supply=absent.supply, key=absent.key)
        yield Declared(
            language="terraform",
            type=FLOW_LOG,
            unit=module.run.unit.path,
            name=absent.name,
            span=absent.span,
            exists=unknown,
            attribute=partial(_unknown, unknown),
            calls=(*module.static.calls, absent.span),
            unread=unknown,
        )


def _unknown(unknown: Unknown, name: str) -> Node:
    return unknown


def _asks(module: Module, name: str, instance: Instance, *, named: bool) -> bool:
    """Whether a call asks for flow logs and does not say that it wants none.

    `named` is set for a module that is called after them: it makes some unless it is told not to.
    """
    asks = named
    scope = Scope(module, instance.bound)
    for attribute in module.config.calls[name].body.attributes.values():
        if not is_switch(attribute.name):
            continue
        if is_off(to_node(evaluate(attribute.value, scope))):
            return False
        asks = True
    return asks
