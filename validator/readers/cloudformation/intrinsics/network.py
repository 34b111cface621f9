"""`Fn::Cidr` and `Fn::GetAZs`."""

from __future__ import annotations

import ipaddress
from itertools import islice
from typing import TYPE_CHECKING, Final

from validator.graph import values as v
from validator.graph.text import text
from validator.readers.cloudformation.intrinsics.registry import function
from validator.readers.cloudformation.nodes import Call, items

if TYPE_CHECKING:
    from validator.readers.cloudformation.scope import Scope

MAX_BLOCKS: Final = 256


@function("Fn::Cidr")
def cidr(scope: Scope, call: Call) -> v.Node | None:
    """The first blocks of an address range: range, how many, and how many bits each keeps.

    <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-cidr.html>
    """
    arguments = items(call.argument)
    if len(arguments) not in (2, 3):
        return scope.unknown(call.node, "Fn::Cidr takes a range, a count and a number of bits")
    literals = [scope.literal(argument) for argument in arguments]
    known = [literal for literal in literals if literal is not None]
    if len(known) != len(literals):
        return scope.unknown(call.node, "the address range is not known")
    try:
        network = ipaddress.ip_network(known[0], strict=False)
        count = int(known[1])
        bits = int(known[2]) if len(known) == 3 else (8 if network.version == 4 else 64)
        prefix = network.max_prefixlen - bits
        if not 1 <= count <= MAX_BLOCKS or prefix < network.prefixlen or bits < 0:
            raise ValueError
        blocks = [str(block) for block in islice(network.subnets(new_prefix=prefix), count)]
    except ValueError:
        return scope.unknown(call.node, "Fn::Cidr cannot cut this range so")
    if len(blocks) < count:
        return scope.unknown(call.node, "Fn::Cidr cannot cut this range so")
    span = scope.span(call.node)
    return v.Known(v.Items(tuple(v.Known(text(block), span) for block in blocks)), span)


@function("Fn::GetAZs")
def get_azs(scope: Scope, call: Call) -> v.Node | None:
    """The availability zones of a region, which depend on the account."""
    return scope.unknown(call.node, "the availability zones depend on the account")
