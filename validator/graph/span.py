"""Places in files. Apart from the values, since a report needs places where nothing was read."""

from __future__ import annotations

from validator.records import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of a file: lines and columns count from 1 in characters, the end is exclusive."""

    file: str
    line: int
    column: int
    end_line: int
    end_column: int

    @property
    def is_whole(self) -> bool:
        """Whether the whole file is meant, or a folder."""
        return self == whole(self.file)


def whole(file: str) -> Span:
    """A file or folder as a whole, for what has no better place in it."""
    return Span(file, 1, 1, 1, 1)
