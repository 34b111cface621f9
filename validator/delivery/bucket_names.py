"""Two buckets of one name: a partition has room for one of them, whoever owns it.

<https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html>
<https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateBucket.html>
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import cast

from validator.aws import Bucket
from validator.aws.partitions import partition_of
from validator.delivery.case import Case
from validator.delivery.needs import Need, State
from validator.delivery.target import ToBucket
from validator.findings import Evidence
from validator.graph.graph import Graph
from validator.graph.values import Known
from validator.graph.world import Place, World

# Here S3 takes a bucket that one owns already for a new one.
_LENIENT = "us-east-1"
# Copies of one module may all name one bucket.
_MOST = 50


def name_needs(case: Case, target: ToBucket) -> Iterator[Need]:
    """The need of a bucket that is created here to be the only one of its name.

    What is deployed together surely collides. Of two modules or stacks no file says that both are
    deployed, so that is a note, and only where both say which account they are for.
    """
    mine = target.bucket
    name = None if mine is None else mine.word("name").literal
    if mine is None or name is None or not _is_created(mine):
        return
    here = _place(case, mine)
    for other in _called(case.graph, name):
        if other.address == mine.address or not _is_created(other):
            continue
        there = _place(case, other)
        together = other.unit == mine.unit
        if _collide(here, there, together=together):
            same_owner = here.account.matches(there.account)
            yield Need(
                "destination",
                State.AT_RISK if together else State.NOTED,
                mine.span,
                fault="name-taken",
                why=_why(other, name, together=together),
                subject=name,
                when="deploy",
                evidence=(Evidence(other.span, "another bucket of this name"),),
                facts={"aws": "BucketAlreadyOwnedByYou" if same_owner else "BucketAlreadyExists"},
            )
            return


def _why(other: Bucket, name: str, *, together: bool) -> str:
    called = other.name_for_people
    if together:
        return f"{called} creates a bucket {name} as well, and there can be one only"
    where = f"{called} in {other.unit}"
    return f"{where} creates a bucket {name} as well: not both can be deployed"


def _called(graph: Graph, name: str) -> Iterator[Bucket]:
    """The buckets of a name, those of the same module or stack first; of very many, some."""
    yield from _by_name(graph.memo, lambda: graph.all(Bucket)).get(name, ())[:_MOST]
    others = graph.others
    far = _by_name(others.memo, lambda: Graph(World("", ()), others).everywhere(Bucket))
    for bucket in far.get(name, ())[:_MOST]:
        if bucket.unit != graph.home.unit:
            yield bucket


def _by_name(
    memo: dict[object, object], buckets: Callable[[], Iterable[Bucket]]
) -> Mapping[str, Sequence[Bucket]]:
    known = cast("dict[str, list[Bucket]] | None", memo.get(_by_name))
    if known is not None:
        return known
    found: dict[str, list[Bucket]] = {}
    memo[_by_name] = found
    for bucket in buckets():
        if (name := bucket.word("name").literal) is not None:
            found.setdefault(name, []).append(bucket)
    return found


def _is_created(bucket: Bucket) -> bool:
    return (
        bucket.managed and isinstance(bucket.exists, Known) and bucket.declared.fresh is not False
    )


def _place(case: Case, bucket: Bucket) -> Place:
    resolve = case.resolve.of(bucket.unit)
    place = bucket.place
    return Place(resolve(place.account), resolve(place.region), place.partition)


def _collide(here: Place, there: Place, *, together: bool) -> bool:
    if (
        here.account.matches(there.account)
        and _LENIENT == here.region.literal == there.region.literal
    ):
        return False
    if together and here.partition == there.partition and here.region == there.region:
        return True
    known = (here.account.literal, there.account.literal, _partition(here), _partition(there))
    return None not in known and known[2] == known[3]


def _partition(place: Place) -> str | None:
    if (given := place.partition.literal) is not None:
        return given
    region = place.region.literal
    return None if region is None else partition_of(region)
