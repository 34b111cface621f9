"""Three-valued answers, and what would settle an open one."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from typing import TYPE_CHECKING

from validator.records import dataclass

if TYPE_CHECKING:
    from validator.graph.span import Span
    from validator.graph.values import Unknown


class Truth(Enum):
    """Yes, no, or: these files do not say (Kleene's logic)."""

    NO = 0
    MAYBE = 1
    YES = 2

    def __invert__(self) -> Truth:
        """Not."""
        return self if self is Truth.MAYBE else Truth.NO if self is Truth.YES else Truth.YES

    def __and__(self, other: Truth) -> Truth:
        """Both."""
        return other if self is Truth.YES or other is Truth.NO else self

    def __or__(self, other: Truth) -> Truth:
        """Either."""
        return other if self is Truth.NO or other is Truth.YES else self

    def __bool__(self) -> bool:
        """Refused: `if truth:` would take a maybe for a yes."""
        raise TypeError("compare with Truth.YES, Truth.NO or Truth.MAYBE")


def every(answers: Iterable[Truth]) -> Truth:
    """Yes if all are yes, no if one is no."""
    found = Truth.YES
    for answer in answers:
        found &= answer
    return found


def some(answers: Iterable[Truth]) -> Truth:
    """Yes if one is yes, no if all are no."""
    found = Truth.NO
    for answer in answers:
        found |= answer
    return found


@dataclass(frozen=True, slots=True)
class Open:
    """A missing fact: what it is, where it would come from, and how a person can supply it."""

    fact: str
    supply: str
    span: Span


def open_of(unknown: Unknown) -> Open:
    """An unknown value as a missing fact."""
    return Open(unknown.why, unknown.supply, unknown.span)
