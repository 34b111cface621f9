"""What was perhaps meant; `difflib` is loaded only when there is something to compare."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

LIKE: Final = 0.8
"""From 0 to 1: a name as like another one as this was perhaps meant."""


def get_close_matches(
    word: str, possibilities: Iterable[str], n: int = 3, cutoff: float = 0.6
) -> list[str]:
    """The words most like one, the best first: `difflib.get_close_matches`."""
    from difflib import get_close_matches

    return get_close_matches(word, [*possibilities], n, cutoff)


def alike(word: str, possibilities: Iterable[str], more_than: float) -> list[str]:
    """The texts that are more like one than that, from 0 to 1, in their order."""
    from difflib import SequenceMatcher

    found: list[str] = []
    matcher = SequenceMatcher(None, "", word)
    for other in possibilities:
        matcher.set_seq1(other)
        # Each bound is above the next, and quicker to tell.
        bounds = (matcher.real_quick_ratio, matcher.quick_ratio, matcher.ratio)
        if all(bound() > more_than for bound in bounds):
            found.append(other)
    return found
