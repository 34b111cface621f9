"""JSON whose shape nobody promises: a value of another kind than expected counts as empty."""

from __future__ import annotations

from typing import cast

Table = dict[str, object]


def table(value: object) -> Table:
    """A JSON object; an empty one for anything else."""
    return cast(Table, value) if isinstance(value, dict) else {}


def rows(value: object) -> list[object]:
    """A JSON array; an empty one for anything else."""
    return cast("list[object]", cast(object, value)) if isinstance(value, list) else []


def words(value: object) -> str:
    """A JSON string; an empty one for anything else."""
    return value if isinstance(value, str) else ""
