"""What the vocabulary says of a CloudFormation type."""

from __future__ import annotations

from functools import cache

from validator.aws import KINDS
from validator.graph.text import Shape


@cache
def looks(type_: str, word: str) -> Shape:
    """What a word that a type returns looks like, whatever its value."""
    for kind in KINDS:
        if any(
            (one.language, one.type, one.within) == ("cloudformation", type_, "")
            for one in kind.spellings
        ):
            return kind.looks.get(word, "")
    return ""
