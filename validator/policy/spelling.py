"""The name that somebody probably meant."""

from __future__ import annotations

from collections.abc import Iterable


def nearest(name: str, names: Iterable[str]) -> str | None:
    """The closest of some names, if it is close enough to be what was meant."""
    from validator.near import get_close_matches

    folded = {known.lower(): known for known in names}
    found = get_close_matches(name.lower()[:100], folded, n=1, cutoff=0.75)
    return folded[found[0]] if found else None
