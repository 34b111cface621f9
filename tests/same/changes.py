"""Which changes there are for each language, and several of them one after the other."""

from __future__ import annotations

from random import Random
from typing import NamedTuple

from tests.same import cloudformation, terraform
from tests.same.files import Change, Files


class Language(NamedTuple):
    """The files of a language, and what can be changed in them without meaning."""

    suffixes: tuple[str, ...]
    changes: tuple[Change, ...]


LANGUAGES = (
    Language((".tf",), terraform.CHANGES),
    Language((".yaml", ".json"), cloudformation.CHANGES),
)


def changed(
    files: Files, language: Language, chance: Random, only: str = ""
) -> tuple[Files, list[str]]:
    """Files after one or a few changes, and how those are called."""
    how: list[str] = []
    for _ in range(chance.choice((1, 1, 2, 3))):
        change = chance.choice([one for one in language.changes if only in ("", one.__name__)])
        new = change(files, chance)
        if new is not None:
            files = new
            how.append(change.__name__)
        if change is terraform.formatted:
            break  # only the program itself reads what comes out
    return files, how
