"""What the vocabulary says of a CloudFormation type."""

from __future__ import annotations

from functools import cache

from validator.aws import KINDS
from validator.aws.fields import Field
from validator.graph.values import Shape


@cache
def looks(type_: str, word: str) -> Shape:
    """What a word that a type returns looks like, whatever its value."""
    for kind in KINDS:
        if any(
            (one.language, one.type, one.within) == ("cloudformation", type_, "")
            for one in kind.spellings
        ):
            return kind.looks.get(word, "")
    return ""


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
                if isinstance(field, Field) and field.splits:
                    path = field.path("cloudformation")
                    if path is not None:
                        found.add(path.partition(".")[0])
    return frozenset(found)
