"""What was perhaps meant; `difflib` is loaded only when there is something to compare."""

from __future__ import annotations

from collections.abc import Iterable


def get_close_matches(
    word: str, possibilities: Iterable[str], n: int = 3, cutoff: float = 0.6
) -> list[str]:
    """The words most like one, the best first: `difflib.get_close_matches`."""
    from difflib import get_close_matches

    return get_close_matches(word, [*possibilities], n, cutoff)


def ratio(one: str, other: str) -> float:
    """How alike two texts are, from 0 to 1."""
    from difflib import SequenceMatcher

    return SequenceMatcher(None, one, other).ratio()
