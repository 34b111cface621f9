"""Looking things up in the graph: resources by name, and words for what is open."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeVar, cast

from validator.aws import Bucket, LogGroup, Resource, Role
from validator.delivery.owners import owned
from validator.delivery.resolve import Resolver, could_be
from validator.findings import Evidence
from validator.graph.graph import Graph, Kind
from validator.graph.span import Span
from validator.graph.text import Dangling, Hole, Piece, Ref, Symbol, Text
from validator.graph.values import Known, Step, Value
from validator.graph.verdict import Open
from validator.graph.world import World

ELSEWHERE = "give the files that create it in the same run, or tell of it with --existing FILE"
"""How a person supplies what exists outside the files."""

MAX_COMPARED = 100_000
"""How many names a run compares in search of what was meant."""

Named = TypeVar("Named", bound=Resource)
R = TypeVar("R", Bucket, LogGroup, Role)


def _own_name(resource: Resource) -> tuple[Value[Text]]:
    return (Known(resource.word("name"), resource.span),)


def find(
    graph: Graph,
    kind: type[R],
    name: Text,
    resolve: Resolver,
    region: Text | None = None,
    account: Text | None = None,
) -> tuple[R | None, tuple[R, ...]]:
    """The resource of a kind with a name, and those whose open name may turn out to be it.

    Names of roles and log groups are told apart by account and region: what surely lies elsewhere
    is another one of the same name.
    """
    sure: list[R] = []
    perhaps: list[R] = []
    for resource in owned(graph, kind, _own_name, name, None):
        other = resolve.of(resource.unit)(resource.word("name"))
        if other.matches(name):
            sure.append(resource)
        elif _open_name(other) and could_be(other, name):
            perhaps.append(resource)
    here = there(sure, resolve, region, account)
    if len(here) == 1:
        return here[0], ()
    return None, here or there(perhaps, resolve, region, account)


def there(
    several: Iterable[Named], resolve: Resolver, region: Text | None, account: Text | None
) -> tuple[Named, ...]:
    """Those that may lie in a region and an account; one that surely does, or is nearest, alone."""
    found: dict[int, list[Named]] = {}
    for one in several:
        mine = resolve.of(one.unit)
        places = [
            (mine(place), wanted)
            for place, wanted in ((one.place.region, region), (one.place.account, account))
            if wanted is not None and wanted.pieces
        ]
        if all(place.matches(wanted) for place, wanted in places):
            found.setdefault(0, []).append(one)
        elif all(could_be(place, wanted) for place, wanted in places):
            near = resolve.graph.together(one.unit)
            found.setdefault(1 if near else 2, []).append(one)
    if not found:
        return ()
    # No two in one place have the same name: of several that surely are there, any is it.
    best = min(found)
    return tuple(found[best] if best == 2 else found[best][:1])


def called(graph: Graph, kind: type[Named], name: Text) -> Iterator[Named]:
    """The resources of a kind that surely have a name, wherever they are."""
    for resource in owned(graph, kind, _own_name, name, None):
        if resource.word("name").matches(name):
            yield resource


def nearest(graph: Graph, kind: type[Resource], name: Text, resolve: Resolver) -> str:
    """Which resource of a kind has almost this name, for the end of a sentence."""
    from validator.near import LIKE, get_close_matches

    if (asked := name.literal) is None or not room_for(graph, kind):
        return ""
    names = {name.literal or "" for name, _ in names_everywhere(graph, kind, resolve)}
    near = get_close_matches(asked, sorted(names - {asked, ""}), 1, LIKE)
    return f"; did you mean {near[0]}?" if near else ""


def names_everywhere(
    graph: Graph, kind: type[Named], resolve: Resolver
) -> Iterator[tuple[Text, Named]]:
    """The names of a kind's resources, this unit's first; those of others are written out once."""
    for one in graph.all(cast("Kind[Named]", kind)):
        yield resolve.of(one.unit)(one.word("name")), one
    others = graph.others
    key = ("names", kind, resolve.partition)
    far = cast("list[tuple[Text, Named]] | None", others.memo.get(key))
    if far is None:
        nowhere = Graph(World("", ()), others)
        write = Resolver(nowhere, resolve.partition, "")
        far = [
            (write.of(one.unit)(one.word("name")), one)
            for one in nowhere.everywhere(cast("Kind[Named]", kind))
        ]
        others.memo[key] = far
    yield from (pair for pair in far if pair[1].unit != graph.home.unit)


def room_for(graph: Graph, kind: type[Resource]) -> bool:
    """Whether the names of a kind may still be compared in search of what was meant.

    That is a hint and no verdict, and a thousand names that are missing among a thousand others
    would take a minute.
    """
    memo = graph.others.memo
    spent = cast("int", memo.get("compared", 0)) + graph.count(kind)
    memo["compared"] = spent
    return spent <= MAX_COMPARED


def _open_name(name: Text) -> bool:
    return any(isinstance(piece, Hole | Symbol) for piece in name.pieces)


def dangling_in(words: Text) -> Dangling | None:
    """The first reference to something that nothing declares."""
    return next((piece for piece in words.pieces if isinstance(piece, Dangling)), None)


def open_piece(piece: Piece, span: Span) -> Open:
    """An open piece of text as a missing fact."""
    match piece:
        case Hole(why=why, supply=supply):
            return Open(why, supply, span)
        case Ref(target=target, attribute=attribute):
            name = target.rpartition("#")[2]
            return Open(f"the {attribute} of {name} is chosen by the deploy", "", span)
        case Symbol(fact=fact, supply=supply):
            return Open(fact, supply, span)
        case _:
            return Open("a part of this text is not settled", "", span)


def hops(trail: tuple[Step, ...]) -> tuple[Evidence, ...]:
    """The hops of a value as evidence."""
    return tuple(Evidence(step.span, step.how) for step in trail)
