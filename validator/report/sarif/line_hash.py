"""The hash of a line by which GitHub knows a result again where lines have moved.

GitHub heeds no other fingerprint, and its upload action warns of one that it computes differently.
So it is computed here as there: of the line and what follows, a hundred UTF-16 code units without
blanks and tabs, as the digits of a number to the base of 37 modulo 2**64, and behind a colon how
many lines so far look the same. The file's end is 0xFFFF, then zeros.
<https://github.com/github/codeql-action/blob/main/src/fingerprints.ts>
"""

from __future__ import annotations

from collections.abc import Sequence

_UNITS = 100
_BASE = 37
_BLANKS = str.maketrans("", "", " \t")


class LineHashes:
    """The hashes of a file's lines; none if they end in another way than is counted."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._windows: list[tuple[bytes, int]] = []
        if any("\r" in line for line in lines):
            return
        stripped = [line.translate(_BLANKS) for line in lines]
        coded = [f"{line}\n".encode("utf-16-le", "surrogatepass") for line in stripped]
        whole = b"".join(coded)[:-2] + b"\xff\xff"
        counts: dict[bytes, int] = {}
        start = 0
        for line in coded:
            window = whole[start : start + 2 * _UNITS]
            counts[window] = count = counts.get(window, 0) + 1
            self._windows.append((window, count))
            start += len(line)

    def of(self, line: int) -> str | None:
        """The hash of a line, counted from 1."""
        if not 1 <= line <= len(self._windows):
            return None
        window, count = self._windows[line - 1]
        number = 0
        for place in range(0, 2 * _UNITS, 2):
            number = number * _BASE + int.from_bytes(window[place : place + 2], "little")
        return f"{number % 2**64:x}:{count}"
