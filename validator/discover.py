"""Paths to units: which root modules and templates are to be judged.

A folder stands for all that is below it. A file is a trigger: the root modules or the template
that it belongs to are judged, wherever in the repository their other files are.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Sequence
from fnmatch import fnmatchcase
from pathlib import Path
from typing import NamedTuple

from validator.files import Files
from validator.findings import Counts, Diagnostic
from validator.modules import Modules
from validator.readers import Unit
from validator.scan import TERRAFORM, Scan, Scope


class Found(NamedTuple):
    """What there is to judge.

    `units` hold a flow log; `bystanders` are the run's other units, worth reading only if
    something in them is named. `names` are all files that were looked at for the units' sake.
    """

    units: tuple[Unit, ...]
    bystanders: tuple[Unit, ...]
    counts: Counts
    names: tuple[str, ...]
    diagnostics: tuple[Diagnostic, ...]
    scan: Scan
    modules: Modules

    def mentions(self, unit: Unit, words: Collection[bytes]) -> bool:
        """Whether a unit's files hold one of some words."""
        return any(self.scan.mentions(name, words) for name in self.files_of(unit))

    def files_of(self, unit: Unit) -> list[str]:
        """The template, or the files of every folder that a root module is made of."""
        if unit.kind == "cloudformation":
            return [unit.path]
        return [name for folder in self.modules.folders(unit.path) for name in folder.files]


def files_for(paths: Sequence[Path], working: Path | None = None) -> Files:
    """The files of a run: nothing is read outside the git root, else the paths' common folder."""
    here = working or Path.cwd()
    tops: list[str] = []
    for path in paths:
        real = os.path.realpath(here / path)
        folder = real if os.path.isdir(real) else os.path.dirname(real)  # noqa: PTH112, PTH120
        tops.append(_git_root(folder) or folder)
    return Files(Path(os.path.commonpath(tops)) if tops else here, here)


def _git_root(folder: str) -> str | None:
    place = Path(folder)
    for top in (place, *place.parents):
        if (top / ".git").exists():
            return str(top)
    return None


def discover(paths: Sequence[Path], files: Files, exclude: Sequence[str] = ()) -> Found:
    """Look at paths; what is wrong with one of them is a diagnostic."""
    scan = Scan(files, lambda name: _excluded(name, exclude))
    modules = Modules(scan)
    run, triggers = _look(paths, files, scan, exclude)
    chosen = set(modules.roots(run.folders))
    templates = set(run.templates)
    around = run
    if triggers:
        around = scan.walk(files.name(files.root))
        around.folders.update(run.folders)
        around.templates.update(run.templates)
        owners, own_templates = _owners(triggers, around, scan, modules)
        chosen |= owners
        templates |= own_templates
        run = Scope({one for root in chosen for one in modules.reached(root)}, templates)
    units = [Unit("terraform", root) for root in chosen if modules.relevant(root)]
    units += [Unit("cloudformation", name) for name in templates if scan.templates[name]]
    others = [Unit("terraform", root) for root in modules.roots(around.folders)]
    others += [Unit("cloudformation", name) for name in around.templates]
    names = {name for folder in run.folders for name in scan.folders[folder].files} | templates
    return Found(
        units=_sorted(units),
        bystanders=_sorted(set(others) - set(units)),
        counts=Counts(len(names), len(run.folders), len(templates)),
        names=tuple(sorted(names)),
        diagnostics=tuple(sorted(set(scan.diagnostics))),
        scan=scan,
        modules=modules,
    )


def _look(
    paths: Sequence[Path], files: Files, scan: Scan, exclude: Sequence[str]
) -> tuple[Scope, list[str]]:
    """Walk the folders among some paths; the files among them are given back as triggers."""
    run = Scope(set(), set())
    triggers: list[str] = []
    for path in paths:
        name = files.name(path)
        place = files.path(name)
        if place.is_dir():
            scope = scan.walk(name)
            run.folders.update(scope.folders)
            run.templates.update(scope.templates)
            if not scope.folders and not scope.templates:
                scan.complain(name, "there is no Terraform and no CloudFormation here")
        elif place.is_file():
            if not _excluded(name, exclude):
                triggers.append(name)
        elif place.exists():
            scan.complain(name, "this is neither a file nor a folder")
        else:
            scan.complain(name, "there is no such file or folder")
    return run, triggers


def _owners(
    triggers: list[str], around: Scope, scan: Scan, modules: Modules
) -> tuple[set[str], set[str]]:
    """The root modules and the templates that some files belong to."""
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
    around.folders.update(targets)
    if loose:
        targets |= _using(loose, around, scan, targets)
    roots = modules.roots(around.folders)
    return {root for root in roots if modules.reached(root) & targets}, templates


def _using(names: list[str], around: Scope, scan: Scan, known: set[str]) -> set[str]:
    """The modules that read some files: the nearest folder above, and whoever names the file."""
    found: set[str] = set()
    words = {os.fsencode(os.path.basename(name)) for name in names}  # noqa: PTH119
    for name in names:
        above = (scan.files.name(folder) for folder in scan.files.path(name).parents)
        nearest = next((folder for folder in above if folder in around.folders), None)
        if nearest is not None:
            found.add(nearest)
    for folder in around.folders - found - known:
        if any(scan.mentions(file, words) for file in scan.folders[folder].files):
            found.add(folder)
    return found


def _excluded(name: str, patterns: Sequence[str]) -> bool:
    parts = name.split("/")
    for pattern in patterns:
        wanted = pattern.strip("/").removeprefix("./")
        if "/" not in wanted:
            if any(fnmatchcase(part, wanted) for part in parts):
                return True
        elif any(fnmatchcase("/".join(parts[: end + 1]), wanted) for end in range(len(parts))):
            return True
    return False


def _sorted(units: Iterable[Unit]) -> tuple[Unit, ...]:
    return tuple(sorted(units, key=lambda unit: (unit.path, unit.kind)))
