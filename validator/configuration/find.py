"""Which file is the configuration of some paths.

The nearest one above all of them: in their common folder, or in a folder above it up to the git
root. Without git, the working folder is the last one that is looked into.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from validator.discover import files_for
from validator.files import Files, Unreadable

NAME = "predeploy.toml"
PYPROJECT = "pyproject.toml"
TABLE = ("tool", "predeploy")


class Candidate(NamedTuple):
    """A file that may be the configuration: its shown name, and its folder as an absolute path.

    `files` are those that may be read for it. `found` is set if no person has named it.
    """

    name: str
    folder: str
    files: Files
    found: bool = True


def chosen(name: str, working: Path) -> Candidate:
    """The file of `--config`, wherever a person has it."""
    place = Path(os.path.realpath(working / name))
    files = Files(place.parent, working)
    folder = os.path.realpath((working / name).parent)
    return Candidate(files.name(name), folder, files, found=False)


def candidates(paths: Sequence[Path], working: Path) -> Iterator[Candidate]:
    """What may be the configuration of some paths, the nearest first."""
    root = files_for(paths, working).root
    here = Path(os.path.realpath(working))
    common = Path(os.path.commonpath([_folder(working / path) for path in paths]))
    if not (root / ".git").exists() and common.is_relative_to(here):
        root = here
    files = Files(root, working)
    if not common.is_relative_to(root):
        return  # links lead out of the repository
    for folder in (common, *common.parents):
        name = _in(folder, files, TABLE[-1].encode())
        if name:
            yield Candidate(name, str(folder), files)
        if folder == root:
            return


def passed_over(paths: Sequence[Path], working: Path) -> list[str]:
    """The shown names of configurations that are above some of the paths and not above others."""
    folders = {Path(_folder(working / path)) for path in paths}
    if len(folders) < 2:
        return []
    common = Path(os.path.commonpath(folders))
    between = {
        above
        for folder in folders
        for above in (folder, *folder.parents)
        if above != common and above.is_relative_to(common)
    }
    files = Files(common, working)
    word = ".".join(TABLE).encode()
    return [name for folder in sorted(between) if (name := _in(folder, files, word))]


def _folder(path: Path) -> str:
    real = os.path.realpath(path)
    return real if os.path.isdir(real) else os.path.dirname(real)  # noqa: PTH112, PTH120


def _in(folder: Path, files: Files, word: bytes) -> str:
    """The shown name of what may be the configuration in a folder; empty if nothing may.

    A `pyproject.toml` may be if a word is in it.
    """
    if os.path.lexists(folder / NAME):
        return files.name(folder / NAME)
    if os.path.isfile(folder / PYPROJECT):  # noqa: PTH113
        name = files.name(folder / PYPROJECT)
        # What is wrong with other tools' file is not ours to say.
        with suppress(Unreadable):
            return name if word in files.raw(name) else ""
    return ""
