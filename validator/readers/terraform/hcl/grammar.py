"""python-hcl2's Lark grammar, in a parser object of our own.

hcl2's own object would write its table cache into site-packages, and pay for a second of table
building in every process where it may not. Ours keeps it in the user's cache folder, and where
there is none, does without.
"""

from __future__ import annotations

import hashlib
import os
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any


def grammar_text() -> str:
    """python-hcl2's grammar, without importing the rest of that package."""
    package = find_spec("hcl2")
    if package is None or not package.submodule_search_locations:
        raise ModuleNotFoundError("python-hcl2 is not installed")
    folder = Path(package.submodule_search_locations[0])
    return (folder / "hcl2.lark").read_text(encoding="utf-8")


def cache_file(grammar: str) -> Path | None:
    """Where the tables are kept, in a folder that only this user can write; None if nowhere."""
    home = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")  # noqa: PTH111
    if not os.path.isabs(home):  # noqa: PTH117
        return None
    folder = Path(home) / "predeploy"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        status = folder.stat()
    except OSError:
        return None
    # The tables are a pickle: whoever may write them may run code here.
    if hasattr(os, "getuid") and (status.st_uid != os.getuid() or status.st_mode & 0o022):
        return None
    if not os.access(folder, os.W_OK):
        return None
    import lark

    release = f"{lark.__version__} {sys.version_info[:2]} "
    key = hashlib.sha256((release + grammar).encode()).hexdigest()[:16]
    return folder / f"hcl2-{key}.lark"


def parser(transformer: object) -> Any:
    """A parser for bodies (`start`) and expressions (`expression`) that builds as it reduces."""
    from lark import Lark

    grammar = grammar_text()
    cache = cache_file(grammar)

    def build(where: Path | None) -> Any:
        return Lark(
            grammar,
            parser="lalr",
            start=["start", "expression"],
            propagate_positions=False,
            maybe_placeholders=False,
            transformer=transformer,
            cache=str(where) if where else False,
        )

    try:
        return build(cache)
    except (OSError, EOFError):
        return build(None)
