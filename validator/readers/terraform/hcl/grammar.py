"""The tables of python-hcl2's grammar: as shipped, as kept, or made now.

They are shipped for the grammar that this version was tested with. Another version's are made by
Lark, which takes a second, and kept in the user's cache folder; where there is none, they are made
in every run.
"""

from __future__ import annotations

import json
import os
from binascii import crc32
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, cast

from validator.ending import undoing

UNKEPT = (
    "the grammar of the installed python-hcl2 is another than the one tested with, and no folder "
    "can keep its tables: every run makes them anew, which takes a second (set XDG_CACHE_HOME to a "
    "folder that only you can write)"
)
FORMAT = 2
"""Of the tables: kept ones of another format are made anew."""
SHIPPED = Path(__file__).with_name("tables.json")

Tables = dict[str, Any]


def grammar_text() -> str:
    """python-hcl2's grammar, without importing that package."""
    package = find_spec("hcl2")
    if package is None or not package.submodule_search_locations:
        raise ModuleNotFoundError("python-hcl2 is not installed")
    folder = Path(package.submodule_search_locations[0])
    return (folder / "hcl2.lark").read_text(encoding="utf-8")


def stamp(grammar: str) -> str:
    """What tells one grammar's tables from another's."""
    return f"{FORMAT}-{len(grammar)}-{crc32(grammar.encode()):08x}"


@cache
def tables() -> tuple[Tables, bool]:
    """The tables of the installed grammar, and whether the next run will find them too."""
    grammar = grammar_text()
    wanted = stamp(grammar)
    found = _read(SHIPPED, wanted)
    if found is not None:
        return found, True
    kept = cache_file(wanted)
    found = _read(kept, wanted) if kept else None
    if found is not None:
        return found, True
    from validator.readers.terraform.hcl.compile import compiled, lark_of

    found = {"stamp": wanted, **compiled(lark_of(grammar))}
    return found, kept is not None and _keep(kept, found)


def cache_file(stamp: str) -> Path | None:
    """Where tables are kept, in a folder that only this user can write; None if nowhere."""
    home = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")  # noqa: PTH111
    if not os.path.isabs(home):  # noqa: PTH117
        return None
    folder = Path(home) / "predeploy"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        status = folder.stat()
    except OSError:
        return None
    # Tables are no program, but whoever may write them decides what is read in templates.
    if hasattr(os, "getuid") and (status.st_uid != os.getuid() or status.st_mode & 0o022):
        return None
    return folder / f"hcl2-{stamp}.json" if os.access(folder, os.W_OK) else None


def _read(file: Path, wanted: str) -> Tables | None:
    try:
        found: object = json.loads(file.read_bytes())
    except (OSError, ValueError):
        return None
    if isinstance(found, dict):
        tables = cast("Tables", found)
        if tables.get("stamp") == wanted:
            return tables
    return None


def _keep(file: Path, made: Tables) -> bool:
    """Write tables whole or not at all: another process may do the same now."""
    mine = file.with_name(f"{file.name}.{os.getpid()}")
    with undoing(lambda: mine.unlink(missing_ok=True)):
        try:
            handle = os.open(mine, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "w", encoding="utf-8") as written:
                json.dump(made, written, separators=(",", ":"))
            os.replace(mine, file)  # noqa: PTH105
        except OSError:
            mine.unlink(missing_ok=True)
            return False
    return True
