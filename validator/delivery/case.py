"""A flow log with everything needed to judge it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar, cast

from validator.aws import FlowLog, Resource
from validator.delivery.organization import Origin, membership
from validator.delivery.partition import partition_for
from validator.delivery.resolve import Resolver
from validator.graph.existence import there_with
from validator.graph.graph import Graph
from validator.graph.span import Span
from validator.graph.text import Text, text
from validator.graph.values import Absent, Datum, Known, Node, Unknown, Value
from validator.graph.world import Place
from validator.records import dataclass, replace

T = TypeVar("T")


@dataclass(frozen=True, slots=True, eq=False)
class Case:
    """A flow log in its graph; `place` has the partition written out, as `documents` tell it.

    `stands_in` is where it is if that is not said of the flow log itself.
    """

    graph: Graph
    flow_log: FlowLog
    resolve: Resolver
    place: Place
    documents: tuple[Node, ...] = ()
    stands_in: Place | None = None

    @property
    def span(self) -> Span:
        """The flow log's block or key."""
        return self.flow_log.span

    @property
    def origin(self) -> Origin:
        """Where the calls for the flow log come from."""
        return Origin(self.place, membership(self.graph, self.resolve, self.place.account))

    def origin_of(self, thing: Resource | None) -> Origin | None:
        """Whose a thing is; None if it is not at hand."""
        if thing is None:
            return None
        resolve = self.resolve.of(thing.unit)
        there = Place(
            resolve(thing.place.account), resolve(thing.place.region), self.place.partition
        )
        return Origin(there, membership(self.graph, self.resolve, there.account))

    def knowing(self, *documents: Value[Datum]) -> Case:
        """The same case, its partition as the documents of the delivery say.

        A policy with `arn:aws-cn:` in it is no policy for the partition `aws`.
        """
        nodes: list[Node] = list(self.documents)
        for document in documents:
            # By identity: documents are large, and no two are the same by chance.
            if not isinstance(document, Absent) and all(document is not one for one in nodes):
                nodes.append(document)
        if len(nodes) == len(self.documents):
            return self
        return _with_partition(replace(self, documents=tuple(nodes)))

    def standing_in(self, place: Place) -> Case:
        """The same case at a place, as far as the flow log's own is open."""
        mine = self.flow_log.place
        account = place.account if mine.account.literal is None else mine.account
        region = place.region if mine.region.literal is None else mine.region
        return _with_partition(replace(self, stands_in=Place(account, region, mine.partition)))

    def once(self, thing: object, key: object, make: Callable[[], T]) -> T:
        """What is made of a thing, made once in this graph for the same thing and key.

        A thing is the same by its identity: documents are large, and comparing them takes long.
        """
        memo = cast("dict[object, tuple[object, T]]", self.graph.memo)
        known = (id(thing), key)
        found = memo.get(known)
        if found is None:
            # Kept with the thing, so that no other one gets its identity.
            found = memo[known] = (thing, make())
        return found[1]

    def open_about(self, thing: Resource) -> Unknown | None:
        """What leaves open whether a thing is there with the flow log; None if it surely is.

        What hangs on the same condition as the flow log is there whenever the flow log is.
        """
        match thing.exists, self.flow_log.exists:
            case Unknown() as unknown, Unknown() as mine if thing.unit == self.flow_log.unit:
                return None if there_with(unknown, mine) else unknown
            case Unknown() as unknown, _:
                return unknown
            case _:
                return None

    def about(self, thing: Resource | None) -> Case:
        """The same case, looking at the policies of one thing."""
        address = "" if thing is None else thing.address
        return replace(self, resolve=replace(self.resolve, about=address))


def case_of(graph: Graph, flow_log: FlowLog) -> Case:
    """The case of a flow log."""
    unit = flow_log.unit
    first = Case(graph, flow_log, Resolver(graph, "aws", unit), flow_log.place)
    return _with_partition(first)


def _with_partition(case: Case) -> Case:
    place = case.stands_in or case.flow_log.place
    texts: list[Text] = []
    for value in (case.flow_log.destination, case.flow_log.role_arn):
        if isinstance(value, Known):
            texts.append(value.value)
    partition = partition_for(place.region, place.partition, texts, case.documents)
    resolve = replace(case.resolve, partition=partition)
    there = Place(resolve(place.account), resolve(place.region), text(partition))
    return replace(case, resolve=resolve, place=there)
