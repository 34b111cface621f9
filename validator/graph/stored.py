"""How a unit names what another one keeps in AWS's Parameter Store.

A name stands there once in an account and region. Whoever reads it may decode it as JSON.
<https://docs.aws.amazon.com/systems-manager/latest/userguide/systems-manager-parameter-store.html>
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from validator.graph.world import Place

_STORED: Final = "SSM parameter "
PARAMETER_NAME: Final = re.compile(r"[\w./-]+", re.ASCII)
"""What the name of a parameter looks like."""
TOGETHER: Final = "give the files that create it in the same run"
"""How a person supplies the value of a parameter."""
DECODED: Final = "|jsondecode"
"""What follows the name where its value is decoded; the path of what is meant inside comes then."""
_NAMED: Final = re.compile(
    rf"{_STORED}(?:(?P<account>[^:|]*):(?P<region>[^:|]*):)?(?P<name>{PARAMETER_NAME.pattern})"
    r"(?P<path>(?:\|.*)?)",
    re.ASCII | re.DOTALL,
)


class Stored(NamedTuple):
    """A parameter; an account or region is empty if nobody tells it."""

    name: str
    account: str
    region: str
    path: str = ""

    def may_be(self, other: Stored) -> bool:
        """Whether that may be the same parameter, whatever is meant inside of it."""
        pairs = ((self.account, other.account), (self.region, other.region))
        return self.name == other.name and all(
            one == there or not one or not there for one, there in pairs
        )


def stored(name: str, place: Place) -> str:
    """The name that a parameter in an account and region has among a run's exports."""
    account, region = place.account.literal or "", place.region.literal or ""
    where = f"{account}:{region}:" if account or region else ""
    return f"{_STORED}{where}{name}"


def as_stored(name: str) -> Stored | None:
    """What `stored` made a name of; None for the name of any other export."""
    found = _NAMED.fullmatch(name)
    if found is None:
        return None
    return Stored(found["name"], found["account"] or "", found["region"] or "", found["path"])
