"""Options as a shell sees them, taken from argparse."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Literal

from validator.aws.partitions import PARTITIONS
from validator.records import dataclass

Kind = Literal["nothing", "choice", "file", "folder", "rule", "rules", "words"]
_KINDS: dict[str, Kind] = {"FILE": "file", "DIR": "folder", "RULE": "rule", "IDS": "rules"}


@dataclass(frozen=True, slots=True)
class Name:
    """A rule's id, and what it is called."""

    id: str
    words: str


@dataclass(frozen=True, slots=True)
class Option:
    """One option: `--format` and what may stand behind it.

    `rule` is one id, `rules` several with commas between, `words` what no shell can know.
    """

    names: tuple[str, ...]
    help: str
    kind: Kind
    metavar: str
    choices: tuple[str, ...] = ()
    repeated: bool = False


def options(parser: ArgumentParser) -> tuple[Option, ...]:
    """Every option of a parser, in its order."""
    found: list[Option] = []
    # argparse has no public way to list what a parser knows.
    for action in parser._actions:
        if not action.option_strings:
            continue
        metavar = str(action.metavar or "")
        choices = tuple(map(str, action.choices or ()))
        if "--partition" in action.option_strings:
            choices = PARTITIONS
        kind: Kind = _KINDS.get(metavar, "words")
        if choices:
            kind = "choice"
        elif action.nargs == 0:
            kind = "nothing"
        # A list by default is an option that adds to it.
        repeated = isinstance(action.default, list)
        names = tuple(action.option_strings)
        found.append(Option(names, action.help or "", kind, metavar, choices, repeated))
    return tuple(found)
