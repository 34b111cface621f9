"""What leaves open whether something exists: one condition, or several that must all hold."""

from __future__ import annotations

from typing import Final

from validator.graph.values import Unknown
from validator.records import replace

# In no expression of a template.
_ALSO: Final = "\n"


def both(outer: Unknown | None, inner: Unknown | None) -> Unknown | None:
    """What leaves open whether a thing exists that needs two conditions; None stands for none.

    The first one is told; the key names both, if both have one.
    """
    if outer is None or inner is None:
        return inner if outer is None else outer
    keys = dict.fromkeys((*outer.key.split(_ALSO), *inner.key.split(_ALSO)))
    return replace(outer, key="" if "" in keys else _ALSO.join(keys))


def there_with(thing: Unknown, other: Unknown) -> bool:
    """Whether a thing exists wherever another one does, as it needs no other conditions."""
    needed = thing.key.split(_ALSO)
    return "" not in needed and set(needed) <= set(other.key.split(_ALSO))
