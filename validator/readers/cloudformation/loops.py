"""`${Name}` in texts: of `Fn::Sub`, and of the loops around a text.

<https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-foreach.html>
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from validator.graph.text import Lit
from validator.readers.cloudformation.source import cut

_VARIABLE: Final = re.compile(r"([$&])\{([A-Za-z0-9]+)\}")


def marks(text: str) -> Iterator[tuple[int, int, str]]:
    """Each `${...}`: where it begins and ends, and what is inside. Linear, whatever is in there."""
    end = 0
    while (start := text.find("${", end)) >= 0:
        close = text.find("}", start)
        if close < 0:
            return
        end = close + 1
        yield start, end, text[start + 2 : close]


def looped(pieces: tuple[Lit, ...], loops: Mapping[str, str]) -> tuple[Lit, ...]:
    """The literals with loop variables replaced, all other characters still in their places.

    `&{Name}` takes the value without what is not alphanumeric.
    """
    whole = "".join(piece.text for piece in pieces)
    found: list[Lit] = []
    done = 0
    for variable in _VARIABLE.finditer(whole):
        if variable.group(2) not in loops:
            continue
        found.extend(cut(pieces, done, variable.start()))
        where = cut(pieces, variable.start(), variable.end())
        found.append(Lit(_value(variable, loops), where[0].span))
        done = variable.end()
    found.extend(cut(pieces, done, len(whole)))
    return tuple(found)


def looped_text(words: str, loops: Mapping[str, str]) -> str:
    """The same for a text whose place does not matter."""
    if not loops or "{" not in words:
        return words
    return _VARIABLE.sub(
        lambda found: _value(found, loops) if found.group(2) in loops else found.group(), words
    )


def _value(variable: re.Match[str], loops: Mapping[str, str]) -> str:
    value = loops[variable.group(2)]
    return re.sub("[^A-Za-z0-9]", "", value) if variable.group(1) == "&" else value
