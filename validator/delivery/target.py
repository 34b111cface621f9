"""Where a flow log's records go."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from validator.aws import Bucket, DeliveryStream, LogGroup
from validator.graph.values import Text
from validator.graph.verdict import Open


@dataclass(frozen=True, slots=True)
class ToBucket:
    """A bucket: its name, the folder without slashes at its ends, the bucket if it is at hand.

    `perhaps` are buckets whose open name may turn out to be this one.
    """

    name: Text
    folder: Text
    bucket: Bucket | None
    perhaps: tuple[Bucket, ...] = ()


@dataclass(frozen=True, slots=True)
class ToLogGroup:
    """A log group: its name, where it lies, the group if it is at hand."""

    name: Text
    region: Text
    account: Text
    group: LogGroup | None
    perhaps: tuple[LogGroup, ...] = ()


@dataclass(frozen=True, slots=True)
class ToStream:
    """A Firehose delivery stream."""

    name: Text
    region: Text
    account: Text
    stream: DeliveryStream | None


@dataclass(frozen=True, slots=True)
class Faulty:
    """A destination that cannot be one. `fault`: `missing`, `malformed` or `undeclared`."""

    fault: str
    why: str
    fix: str = ""


@dataclass(frozen=True, slots=True)
class Unsettled:
    """A destination that these files do not settle."""

    open: tuple[Open, ...]


Target: TypeAlias = "ToBucket | ToLogGroup | ToStream | Faulty | Unsettled"
