"""How a report is to look, and what counts in it as a failure."""

from __future__ import annotations

from typing import NamedTuple

from validator.findings import Severity

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
    """What the options ask of a report. `width` counts columns of the terminal.

    `unknown` says whether deliveries that cannot be told are listed, `unknown_fails` whether the
    command fails on them; `fail_on` is the mildest severity that it fails on, or `never`.
    """

    color: bool = False
    width: int = 100
    quiet: bool = False
    verbose: bool = False
    unknown: bool = True
    statistics: bool = False
    unknown_fails: bool = False
    fail_on: str = "warning"

    def fails(self, severity: Severity) -> bool:
        """Whether the command fails on a finding."""
        return self.fail_on != "never" and severity.rank <= Severity(self.fail_on).rank

    def paint(self, words: str, color: str) -> str:
        """Words in a colour, if colours are wanted."""
        return f"\x1b[{_CODES[color]}m{words}\x1b[0m" if self.color and words else words
