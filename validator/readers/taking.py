"""What the resources of a unit take from other units."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from validator.aws import attributes_read
from validator.graph.imports import imported
from validator.graph.world import Declared


def imported_by(resources: Iterable[Declared]) -> Iterator[str]:
    """The names of what others hand on, in all that is ever asked of some resources."""
    for one in resources:
        for name in sorted(attributes_read(one.language, one.type)):
            node = one.attribute(name)
            if node is not None:
                yield from imported(node)
