"""How things are told apart across units: `UNIT#NAME`, where no `#` of a unit's own name counts."""

from __future__ import annotations


def address(unit: str, name: str) -> str:
    """The address of something in a unit, given by its folder or file."""
    return f"{head(unit)}{name}"


def head(unit: str) -> str:
    """What the addresses of everything in a unit begin with."""
    if "#" in unit or "%" in unit:
        unit = unit.replace("%", "%25").replace("#", "%23")
    return f"{unit}#"


def unit_of(address: str) -> str:
    """The folder or file that an address begins with."""
    return address.partition("#")[0].replace("%23", "#").replace("%25", "%")
