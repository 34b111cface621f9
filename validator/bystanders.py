"""Which of the run's other units may hold what the judged ones name, before any of them is read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

from validator.discover import Found
from validator.elsewhere import Sought
from validator.files import Files
from validator.readers import Unit

MAX_NAMES: Final = 20
"""With more names of a kind than this, units are read without a look at what they are called."""


class Wanted(NamedTuple):
    """What is sought: words of which any mention counts, and words with the names that count."""

    words: frozenset[bytes]
    named: Mapping[bytes, frozenset[str]]


def wanted(sought: Sought) -> Wanted:
    """What is sought, sorted once for all units."""
    names: dict[bytes, set[str]] = {}
    for word, name in sought:
        names.setdefault(word, set()).add(name)
    of_any = frozenset(word for word, few in names.items() if "" in few or len(few) > MAX_NAMES)
    named = {word: frozenset(few) for word, few in names.items() if word not in of_any}
    return Wanted(of_any, named)


def may_hold(unit: Unit, what: Wanted, found: Found, files: Files) -> bool:
    """Whether a unit may declare something that is wanted, or deliver to it.

    A template is parsed as a whole or not at all: its names tell nothing sooner. Of a Terraform
    module single blocks are parsed.
    """
    if what.words and found.mentions(unit, what.words):
        return True
    words = [word for word in what.named if found.mentions(unit, (word,))]
    if unit.kind != "terraform" or not words or found.modules.relevant(unit.path):
        return bool(words)
    from validator.readers.terraform.holding import may_hold as may_be_in

    called = [(word.decode(), name) for word in words for name in what.named[word]]
    return any(
        may_be_in(file, files, called)
        for file in found.files_of(unit)
        if found.scan.mentions(file, words)
    )
