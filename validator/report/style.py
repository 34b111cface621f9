"""How a report for people is to look."""

from __future__ import annotations

from typing import NamedTuple

_CODES = {
    "red": "1;31",
    "yellow": "1;33",
    "cyan": "1;36",
    "green": "32",
    "blue": "1;34",
    "magenta": "35",
    "bold": "1",
    "dim": "2",
}


class Style(NamedTuple):
    """`width` counts columns of the terminal; formats for machines heed nothing of this.

    `unknown` says whether deliveries that cannot be told are listed.
    """

    color: bool = False
    width: int = 100
    quiet: bool = False
    verbose: bool = False
    unknown: bool = True
    statistics: bool = False

    def paint(self, words: str, color: str) -> str:
        """Words in a colour, if colours are wanted."""
        return f"\x1b[{_CODES[color]}m{words}\x1b[0m" if self.color and words else words
