"""Which of the run's other units may hold what the judged ones name, before any of them is read."""

from __future__ import annotations

from validator.discover import Found
from validator.elsewhere import Sought
from validator.files import Files
from validator.readers import Unit


def may_hold(unit: Unit, sought: Sought, found: Found, files: Files) -> bool:
    """Whether a unit may declare something that is sought, or deliver to it.

    A template is parsed as a whole or not at all: its names tell nothing sooner. Of a Terraform
    module single blocks are parsed.
    """
    named = {(word.decode(), name) for word, name in sought if found.mentions(unit, (word,))}
    if unit.kind != "terraform" or not named or found.modules.relevant(unit.path):
        return bool(named)
    if not all(name for _, name in named):
        return True
    from validator.readers.terraform.holding import may_hold as may_be_in

    words = [word.encode() for word, _ in named]
    return any(
        may_be_in(file, files, named)
        for file in found.files_of(unit)
        if found.scan.mentions(file, words)
    )
