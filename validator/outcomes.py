"""What a delivery comes to: its verdict, and the way of its logs from stop to stop."""

from __future__ import annotations

from enum import Enum
from typing import Literal

from validator.graph.addresses import unit_of
from validator.graph.span import Span
from validator.graph.verdict import Open
from validator.records import dataclass, replace


class Verdict(Enum):
    """Whether a delivery's logs will arrive."""

    WILL_FAIL = "will-fail"
    MAY_FAIL = "may-fail"
    CANNOT_TELL = "cannot-tell"
    WILL_WORK = "will-work"

    @property
    def rank(self) -> int:
        """0 is the gravest."""
        return list(Verdict).index(self)


DeliveryType = Literal["s3", "cloud-watch-logs", "kinesis-data-firehose", "unknown"]

HopKind = Literal["source", "role", "destination", "policy", "key"]
HopState = Literal["good", "open", "at-risk", "bad"]


@dataclass(frozen=True, slots=True)
class Hop:
    """One stop on the way of the logs: what it is, its name, and how it stands there.

    `what` says what kind of thing it is (`bucket`, `role`, `VPC`), `name` is empty if none is given
    or settled. `span` is where it is declared, or where it is named if nothing here declares it.
    `why` says in a phrase what is wrong or missing; it is empty where the stop is good. Stops of
    several deliveries are one thing if they have one `id`.
    """

    kind: HopKind
    what: str
    name: str
    span: Span
    id: str
    state: HopState = "good"
    why: str = ""


def softened(path: tuple[Hop, ...]) -> tuple[Hop, ...]:
    """The same way, where what is bad on it is so under some conditions only."""
    return tuple(replace(hop, state="at-risk") if hop.state == "bad" else hop for hop in path)


@dataclass(frozen=True, slots=True)
class Delivered:
    """One delivery as the report shows it; `address` as in `Finding`, `alias` as in `Declared`.

    `path` is the way of the logs: source, role, destination, policy, key, as far as each is there.
    `known` is set if it cannot be told and the baseline holds that.
    """

    address: str
    span: Span
    type: DeliveryType
    destination: str
    verdict: Verdict
    open: tuple[Open, ...] = ()
    alias: str = ""
    path: tuple[Hop, ...] = ()
    known: bool = False

    @property
    def unit(self) -> str:
        """The root module's folder or the template's path."""
        return unit_of(self.address)

    @property
    def name(self) -> str:
        """What a person calls the flow log inside its unit."""
        return self.address.partition("#")[2]
