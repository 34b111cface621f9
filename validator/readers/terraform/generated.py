"""Files that Terragrunt writes into a root module before Terraform reads it.

A `generate` block writes a file of any content beside the module's own. Where one may declare
something, a name that the module does not declare itself is open, not missing.
<https://terragrunt.gruntwork.io/docs/reference/hcl/blocks/#generate>
"""

from __future__ import annotations

import os
import re
from typing import Final
from weakref import WeakKeyDictionary

from validator.files import Files, Unreadable
from validator.readers.terraform.hcl.slicer import slices

MAX_FILES: Final = 5_000
"""How many files of Terragrunt are looked into."""

MAX_SEEN: Final = 100_000
"""How many files and folders are looked at in search of them."""

_SKIPPED: Final = frozenset({"node_modules", "__pycache__"})
_CONTENTS: Final = re.compile(r"^[ \t]*contents[ \t]*=[ \t]*(?P<literal><<-?|\")?", re.MULTILINE)
# Blocks by which a name comes to be declared; most generated files hold providers and a backend.
_DECLARES: Final = re.compile(r"\b(?:variable|locals|data|resource|module)\b[^\n=]*\{")

_found: WeakKeyDictionary[Files, str | None] = WeakKeyDictionary()


def generator(files: Files) -> str | None:
    """The first file in the repository whose `generate` block may declare names; None if none.

    Nobody runs Terragrunt here, so it is not asked which modules the file is for. Where a
    repository is too large to be searched, the root stands for what may be there.
    """
    if files not in _found:
        names, searched = _terragrunt(files)
        names = sorted(names)[:MAX_FILES]
        found = next((name for name in names if _declares(files, name)), None)
        _found[files] = found if found or searched else files.name(files.root)
    return _found[files]


def _terragrunt(files: Files) -> tuple[list[str], bool]:
    """The shown names of the HCL files below the root that are not Terraform's own.

    The second says whether the search came to its end.
    """
    names: list[str] = []
    seen = 0
    for place, folders, inside in os.walk(files.root):
        seen += len(folders) + len(inside)
        if seen > MAX_SEEN:
            return names, False
        folders[:] = [one for one in folders if not one.startswith(".") and one not in _SKIPPED]
        names += [
            files.name(os.path.join(place, one))  # noqa: PTH118
            for one in inside
            if one.endswith(".hcl") and not one.startswith(".")
        ]
    return names, True


def _declares(files: Files, name: str) -> bool:
    try:
        text = files.text(name)
    except Unreadable:
        return False
    if "generate" not in text:
        return False
    parts, _ = slices(text)
    return any(
        _may_declare(text[part.header_end : part.end])
        for part in parts
        if part.type == "generate" and not part.attribute
    )


def _may_declare(body: str) -> bool:
    """Whether the file may declare names: what is put together elsewhere may hold anything."""
    contents = _CONTENTS.search(body)
    if contents is None:
        return False
    return contents["literal"] is None or _DECLARES.search(body, contents.end()) is not None
