"""Which properties of a CloudFormation type anything is read from."""

from __future__ import annotations

from functools import cache

from validator.aws import KINDS
from validator.aws.spelling import Field


@cache
def properties_read(type_: str) -> frozenset[str]:
    """The names of the top-level properties; only these need the unit's conditions settled."""
    found: set[str] = set()
    for kind in KINDS:
        for spelling in kind.spellings:
            if (spelling.language, spelling.type) != ("cloudformation", type_):
                continue
            if spelling.within:
                found.add(spelling.within.partition(".")[0])
                continue
            for field in vars(kind).values():
                if isinstance(field, Field):
                    path = field.path("cloudformation")
                    if path is not None:
                        found.add(path.partition(".")[0])
    return frozenset(found)
