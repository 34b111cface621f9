"""How far a run is, for whoever wants to know."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

Step: TypeAlias = Callable[[str, str, int, int], None]
"""Told before each step: what is done (`reading`), to what, the how manyth of how many."""


def silent(what: str, name: str, number: int, total: int) -> None:
    """Say nothing of a step."""
