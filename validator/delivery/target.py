"""Where a flow log's records go."""

from __future__ import annotations

from typing import TypeAlias

from validator.aws import Bucket, DeliveryStream, LogGroup, Resource
from validator.findings import Edit
from validator.graph.text import Text
from validator.graph.verdict import Open
from validator.records import dataclass


def called(name: Text, thing: Resource | None) -> str:
    """A literal name, else what the template calls the thing, else the name with its open parts."""
    if name.literal is None and thing is not None:
        return thing.name_for_people
    return str(name)


@dataclass(frozen=True, slots=True)
class ToBucket:
    """A bucket: its name, the folder without slashes at its ends, the bucket if it is at hand.

    `perhaps` are buckets whose open name may turn out to be this one.
    """

    name: Text
    folder: Text
    bucket: Bucket | None
    perhaps: tuple[Bucket, ...] = ()

    @property
    def called(self) -> str:
        """The bucket's name, or what the template calls it while its name is open."""
        return called(self.name, self.bucket)


@dataclass(frozen=True, slots=True)
class ToLogGroup:
    """A log group: its name, where it lies, the group if it is at hand."""

    name: Text
    region: Text
    account: Text
    group: LogGroup | None
    perhaps: tuple[LogGroup, ...] = ()

    @property
    def called(self) -> str:
        """The group's name, or what the template calls it while its name is open."""
        return called(self.name, self.group)


@dataclass(frozen=True, slots=True)
class ToStream:
    """A Firehose delivery stream."""

    name: Text
    region: Text
    account: Text
    stream: DeliveryStream | None

    @property
    def called(self) -> str:
        """The stream's name, or what the template calls it while its name is open."""
        return called(self.name, self.stream)


@dataclass(frozen=True, slots=True)
class Faulty:
    """A destination that cannot be one.

    `fault`: `missing`, `malformed`, `undeclared`, `type`, `service` or `group-name`. `written` is
    the word that is wrong, where it is one.
    """

    fault: str
    why: str
    fix: str = ""
    edits: tuple[Edit, ...] = ()
    written: str = ""


@dataclass(frozen=True, slots=True)
class Unsettled:
    """A destination that these files do not settle."""

    open: tuple[Open, ...]


Target: TypeAlias = "ToBucket | ToLogGroup | ToStream | Faulty | Unsettled"
