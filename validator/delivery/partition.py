"""The partition that a delivery works in, where neither settings nor region say it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from validator.aws.partitions import PARTITIONS, partition_of
from validator.graph.text import Json, Lit, Text
from validator.graph.values import Fields, Items, Known, Node

_DEPTH = 12
_USUAL = "aws"


def partition_for(
    region: Text, partition: Text, texts: Iterable[Text], nodes: Iterable[Node]
) -> str:
    """What the settings or the region say; else what most of the texts and documents say.

    Each has one vote for every partition that its literal ARNs name, so that one stray document
    does not make the others wrong. If the votes are even, it is not `aws`: that is what slips in
    from AWS's examples, and nobody writes another by mistake.
    """
    if (given := partition.literal) is not None:
        return given
    if (place := region.literal) is not None:
        return partition_of(place)
    votes: Counter[str] = Counter()
    for words in texts:
        found: set[str] = set()
        _of_text(words, found, _DEPTH)
        votes.update(found)
    for node in nodes:
        found = set()
        _of_node(node, found, _DEPTH)
        votes.update(found)
    return max(PARTITIONS, key=lambda name: (votes[name], votes[name] > 0 and name != _USUAL))


def _of_text(words: Text, found: set[str], depth: int) -> None:
    for piece in words.pieces:
        if isinstance(piece, Lit) and "arn:" in piece.text:
            found.update(name for name in PARTITIONS if f"arn:{name}:" in piece.text)
        elif isinstance(piece, Json):
            _of_node(piece.node, found, depth - 1)


def _of_node(node: Node, found: set[str], depth: int) -> None:
    if depth <= 0:
        return
    match node:
        case Known(value=Text() as words):
            _of_text(words, found, depth)
        case Known(value=Items(items=items)):
            for item in items:
                _of_node(item, found, depth - 1)
        case Known(value=Fields(entries=entries)):
            for entry in entries:
                _of_node(entry.value, found, depth - 1)
        case _:
            pass
