"""Functions on IP address ranges."""

from __future__ import annotations

import ipaddress
from decimal import Decimal
from typing import TypeAlias

from validator.readers.terraform.cty.collections import Seq
from validator.readers.terraform.cty.strings import string
from validator.readers.terraform.cty.types import STRING, list_of
from validator.readers.terraform.cty.values import Refused, Val
from validator.readers.terraform.functions.registry import Context, function

Network: TypeAlias = "ipaddress.IPv4Network | ipaddress.IPv6Network"


def _network(prefix: str) -> Network:
    if "/" not in prefix:
        raise Refused("this is no address range")
    try:
        return ipaddress.ip_network(prefix, strict=False)
    except ValueError:
        raise Refused("this is no address range") from None


def _subnet(base: Network, bits: int, place: int) -> Network:
    size = base.max_prefixlen - base.prefixlen - bits
    if bits < 0 or size < 0:
        raise Refused(f"the range has no room for {bits} more bits")
    if not 0 <= place < 2**bits:
        raise Refused(f"{bits} more bits have no range numbered {place}")
    start = int(base.network_address) + (place << size)
    return type(base)((start, base.prefixlen + bits))


@function("cidrsubnet", "snn", STRING)
def cidrsubnet(context: Context, prefix: str, bits: Decimal, place: Decimal) -> Val:
    """A numbered part of a range."""
    return string(str(_subnet(_network(prefix), int(bits), int(place))))


@function("cidrhost", "sn", STRING)
def cidrhost(context: Context, prefix: str, place: Decimal) -> Val:
    """A numbered address of a range; negative numbers count from its end."""
    base = _network(prefix)
    number = int(place)
    count = base.num_addresses
    if number < 0:
        number += count
    if not 0 <= number < count:
        raise Refused("the range has no such address")
    return string(str(base.network_address + number))


@function("cidrnetmask", "s", STRING)
def cidrnetmask(context: Context, prefix: str) -> Val:
    """The mask of a range."""
    base = _network(prefix)
    if base.version == 6:
        raise Refused("a mask is written for IPv4 only")
    return string(str(base.netmask))


@function("cidrsubnets", "sn*", list_of(STRING))
def cidrsubnets(context: Context, prefix: str, *bits: Decimal) -> Val:
    """Consecutive parts of a range."""
    base = _network(prefix)
    items: list[Val] = []
    current = int(base.network_address)
    last = current + base.num_addresses
    for more in bits:
        length = base.prefixlen + int(more)
        if more < 1 or length > base.max_prefixlen:
            raise Refused("a part needs at least one more bit and room for it")
        size = 1 << (base.max_prefixlen - length)
        start = -(-current // size) * size
        if start + size > last:
            raise Refused("the range has no room for all parts")
        items.append(string(str(type(base)((start, length)))))
        current = start + size
    return Seq("list", items, STRING)
