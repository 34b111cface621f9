"""The name that somebody probably meant."""

from __future__ import annotations

from collections.abc import Iterable


def nearest(name: str, names: Iterable[str]) -> str | None:
    """The closest of some names, if it is close enough to be what was meant."""
    from validator.near import get_close_matches

    folded = {known.lower(): known for known in names}
    found = get_close_matches(name.lower()[:100], folded, n=1, cutoff=0.75)
    return folded[found[0]] if found else None


def apart(one: str, other: str, most: int) -> int:
    """How many letters have to be put in, left out or changed (Levenshtein's distance).

    More than `most` is `most + 1`, however many they are.
    """
    if abs(len(one) - len(other)) > most:
        return most + 1
    row = list(range(len(other) + 1))
    for number, letter in enumerate(one, 1):
        before, row[0] = row[0], number
        for index, wanted in enumerate(other, 1):
            cost = before if letter == wanted else 1 + min(before, row[index], row[index - 1])
            before, row[index] = row[index], cost
    return min(row[-1], most + 1)
