"""Files to what they belong to: stacks, root modules, or nothing."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence

from validator.mentions import PARAMETERS
from validator.modules import Modules
from validator.scan import SKIPPED, TERRAFORM, Scan, Scope
from validator.stacks import Stacks


def owners(
    triggers: Sequence[str],
    scan: Scan,
    modules: Modules,
    stacks: Stacks,
    around: Callable[[], Scope],
) -> tuple[set[str], set[str]]:
    """The root modules and the templates of the stacks that some files belong to.

    `around` walks the whole repository: it is asked only if callers or users must be found.
    """
    targets: set[str] = set()
    templates: set[str] = set()
    loose: list[str] = []
    for name in triggers:
        if name.endswith(TERRAFORM):
            folder = scan.folder(os.path.dirname(name) or ".")  # noqa: PTH120
            if folder is not None:
                targets.add(folder.name)
        elif scan.look_at_template(name, sure=True):
            templates.add(name)
        else:
            loose.append(name)
    # A template that takes nothing from a parent is the same without it.
    if any(scan.mentions(name, (PARAMETERS,)) for name in templates):
        outer = stacks.roots(around().templates | templates)
        templates = {root for root in outer if stacks.reached(root) & templates}
    if not targets and not loose:
        return targets, templates
    folders = around().folders | targets
    targets |= _using(loose, folders, scan, targets)
    roots = modules.roots(folders)
    return {root for root in roots if modules.reached(root) & targets}, templates


def _using(names: Sequence[str], folders: set[str], scan: Scan, known: set[str]) -> set[str]:
    """The modules that read some files: the nearest folder above, and whoever names the file."""
    found = {nearest for name in names if (nearest := _nearest(name, folders, scan)) is not None}
    words = {os.fsencode(os.path.basename(name)) for name in names}  # noqa: PTH119
    for folder in folders - found - known if words else ():
        if any(scan.mentions(file, words) for file in scan.folders[folder].files):
            found.add(folder)
    return found


def _nearest(name: str, folders: set[str], scan: Scan) -> str | None:
    """The module folder that a file lies in; what is hidden there is no part of the module."""
    path = scan.files.path(name)
    for place in (path, *path.parents):
        if place != path and (folder := scan.files.name(place)) in folders:
            return folder
        if place.name.startswith(".") or place.name in SKIPPED:
            return None
    return None
