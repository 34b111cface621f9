"""The words of a text: the terminals of a grammar as one regular expression."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any


class Token:
    """A terminal of the text: its name in the grammar, and its offsets."""

    __slots__ = ("end", "start", "text", "type")

    def __init__(self, type_: str, text: str, start: int, end: int) -> None:
        self.type = type_
        self.text = text
        self.start = start
        self.end = end

    def __str__(self) -> str:
        return self.text


class Scanner:
    """One regular expression for some terminals, or the end of the text, behind some blanks.

    `words` are keywords, by the terminal whose expression they fit. Signs that follow one another
    are one group, with the number of the first: a group for each is slow. `signs` tells them apart.
    """

    __slots__ = ("kinds", "match", "signs", "words")

    def __init__(self, tables: Mapping[str, Any], chosen: Sequence[int], blanks: str) -> None:
        terminals: list[tuple[str, int]] = tables["terminals"]
        self.words: dict[int, dict[str, int]] = {}
        embedded: set[int] = set()
        for pattern, word in tables["embedded"]:
            if pattern in chosen and word in chosen:
                self.words.setdefault(pattern, {})[terminals[word][0]] = word
                embedded.add(word)
        self.signs: dict[int, dict[str, int]] = {}
        alternatives: list[str] = []
        apart = [one for one in chosen if one not in embedded]
        for regular, several in groupby(apart, lambda one: terminals[one][1]):
            if regular:
                alternatives += (f"(?P<t{one}>{terminals[one][0]})" for one in several)
                continue
            signs = {terminals[one][0]: one for one in several}
            first = next(iter(signs.values()))
            self.signs[first] = signs
            alternatives.append(f"(?P<t{first}>{'|'.join(map(re.escape, signs))})")
        alternatives.append(rf"(?P<t{len(terminals)}>\Z)")
        skipped = f"[{re.escape(blanks)}]*" if blanks else ""
        compiled = re.compile(f"{skipped}(?:{'|'.join(alternatives)})")
        self.match = compiled.match
        self.kinds = {
            number: int(name[1:])
            for name, number in compiled.groupindex.items()
            if name[1:].isdecimal()
        }
