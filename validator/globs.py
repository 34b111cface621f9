"""Patterns over files and folders, seen from the folder that the patterns were written for.

`*` stands for any text, also across folders. What matches a folder matches all that is below it. A
pattern without `/` is held against every part of a path.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from fnmatch import translate
from functools import lru_cache
from os.path import relpath

from validator.records import dataclass


@dataclass(frozen=True, slots=True)
class Globs:
    """Patterns, and the absolute path of the folder that they are seen from."""

    folder: str
    patterns: tuple[str, ...]

    def match(self, place: str) -> bool:
        """Whether an absolute path without `..`, or a folder above it, is meant."""
        above = self.folder.rstrip("/") + "/"
        inside = place.startswith(above)
        parts = (place[len(above) :] if inside else relpath(place, self.folder)).split("/")
        names, paths, everything = _compiled(self.patterns)
        if everything and parts[0] != "..":
            return True
        if names and any(names.match(part) for part in parts if part not in (".", "..")):
            return True
        ends = range(1, len(parts) + 1) if paths else ()
        return bool(paths and any(paths.match("/".join(parts[:end])) for end in ends))


@lru_cache(maxsize=4096)
def _compiled(
    patterns: tuple[str, ...],
) -> tuple[re.Pattern[str] | None, re.Pattern[str] | None, bool]:
    written = [one.removeprefix("./").strip("/") for one in patterns]
    names = [one for one in written if "/" not in one and one not in ("", ".")]
    paths = [one for one in written if "/" in one]
    # `**/x` is also `x`.
    paths += [one.replace("**/", "") for one in paths if "**/" in one]
    return _any(names), _any(paths), len(written) > sum("/" in one for one in written) + len(names)


def _any(patterns: Iterable[str]) -> re.Pattern[str] | None:
    together = "|".join(map(translate, patterns))
    return re.compile(together) if together else None
