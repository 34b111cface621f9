"""What is changed: files by their names."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from random import Random
from typing import TypeAlias

Files: TypeAlias = Mapping[str, str]
Change: TypeAlias = Callable[[Files, Random], "Files | None"]
"""New files; None if there is nothing to change in this way."""


def own(files: Files) -> list[str]:
    """The files of the root module."""
    return [name for name in files if name.endswith(".tf") and "/" not in name]
