"""Paths to units: which root modules and templates are to be judged.

A folder stands for all that is below it. A file is a trigger: the root modules or the template
that it belongs to are judged, wherever in the repository their other files are. What another
folder calls or another template nests is judged as a part of that one only. A plan stands for its
sources: a walk that comes by Terraform passes plans over, and nothing is looked for around one.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from validator.files import OUTSIDE, Files
from validator.findings import Diagnostic
from validator.globs import Globs
from validator.modules import Modules
from validator.readers import Unit
from validator.reports import Counts
from validator.scan import TERRAFORM, Scan, Scope
from validator.stacks import Stacks
from validator.triggers import owners


class Found(NamedTuple):
    """What there is to judge.

    `units` hold a flow log. `names` are all files that were looked at for the units' sake.
    `everywhere` looks for the units of the whole repository that hold a flow log.
    """

    units: tuple[Unit, ...]
    counts: Counts
    names: tuple[str, ...]
    diagnostics: tuple[Diagnostic, ...]
    scan: Scan
    modules: Modules
    stacks: Stacks
    others: Callable[[], Iterable[Unit]]
    everywhere: Callable[[], frozenset[Unit]]

    @property
    def templates(self) -> tuple[str, ...]:
        """The CloudFormation templates among the names."""
        return tuple(name for name in self.names if name in self.scan.templates)

    def bystanders(self) -> tuple[Unit, ...]:
        """The run's other units, worth reading only if something in them is named."""
        return _sorted(self.others())

    def mentions(self, unit: Unit, words: Collection[bytes]) -> bool:
        """Whether a unit's files hold one of some words."""
        return any(self.scan.mentions(name, words) for name in self.files_of(unit))

    def files_of(self, unit: Unit) -> list[str]:
        """The plan, the template and what it nests, or the files of a root module's folders."""
        if unit.kind == "plan":
            return [unit.path]
        if unit.kind == "cloudformation":
            return sorted(self.stacks.reached(unit.path))
        return [name for folder in self.modules.folders(unit.path) for name in folder.files]


def files_for(
    paths: Sequence[Path], working: Path | None = None, root: Path | None = None
) -> Files:
    """The files of a run: nothing is read outside the git root, else the paths' common folder.

    `root` is one more folder that may be read: that of the configuration, where there is no git.
    """
    here = working or Path.cwd()
    tops = [_top(here / path, alone=len(paths) == 1) for path in paths]
    tops += [str(root)] if root else []
    return Files(Path(os.path.commonpath(tops)) if tops else here, here)


def _top(path: Path, *, alone: bool = True) -> str:
    """The git root that a path lies in, else its folder, or the path itself if it is a folder.

    A link is part of what it stands in: what it leads out to is not. Only without git, a link to a
    folder stands for that folder, if nobody but the person who gives it `alone` chose it.
    """
    written = Path(os.path.abspath(path))  # noqa: PTH100
    real = Path(os.path.realpath(written))
    for folder in reversed(written.parents):
        if os.path.exists(folder / ".git"):  # noqa: PTH110
            top = os.path.realpath(folder)
            if not real.is_relative_to(top):
                return top
    place = Path(os.path.realpath(written.parent), written.name)
    if alone and os.path.isdir(real):  # noqa: PTH112
        place = real
    folder = place if os.path.isdir(place) and not os.path.islink(place) else place.parent  # noqa: PTH112, PTH114
    above = (top for top in (folder, *folder.parents) if os.path.exists(top / ".git"))  # noqa: PTH110
    return str(next(above, folder))


def discover(paths: Sequence[Path], files: Files, exclude: Sequence[Globs] = ()) -> Found:
    """Look at paths; what is wrong with one of them is a diagnostic."""
    scan = Scan(files, lambda name: _excluded(name, files, exclude))
    modules = Modules(scan)
    stacks = Stacks(scan)
    run, triggers = _look(paths, files, scan, exclude)
    plans = {name for name in run.plans if not run.folders or name in triggers}
    triggers = [name for name in triggers if name not in plans]
    walked = frozenset(scan.diagnostics)

    @cache
    def around() -> Scope:
        """The run and, for each file given, everything in its repository."""
        whole = Scope(set(run.folders), set(run.templates), set())
        for top in sorted({_top(files.path(name)) for name in triggers}):
            found = scan.walk(files.name(top))
            whole.folders.update(found.folders)
            whole.templates.update(found.templates)
        return whole

    roots, templates = owners(triggers, scan, modules, stacks, around)
    roots.update(modules.roots(run.folders))
    templates.update(run.templates)
    units = [Unit("terraform", root) for root in roots if modules.relevant(root)]
    templates = {one for root in stacks.roots(templates) for one in stacks.reached(root)}
    tops = stacks.roots(templates)
    units += [Unit("cloudformation", top) for top in tops if stacks.relevant(top)]
    units += [Unit("plan", plan) for plan in plans if scan.plans[plan]]

    def others() -> set[Unit]:
        if plans:
            return set()
        scope = around()
        all_roots = roots.union(modules.roots(scope.folders))
        found = {Unit("terraform", root) for root in all_roots}
        all_tops = stacks.roots(scope.templates | templates)
        found |= {Unit("cloudformation", top) for top in all_tops}
        return found.difference(units)

    @cache
    def everywhere() -> frozenset[Unit]:
        whole = Scope(set(run.folders), set(run.templates), set())
        for top in sorted({_top(files.working / path) for path in paths}):
            if files.inside(files.name(top)):
                seen = scan.walk(files.name(top))
                whole.folders.update(seen.folders)
                whole.templates.update(seen.templates)
        found = {Unit("terraform", one) for one in modules.roots(whole.folders)}
        found = {unit for unit in found if modules.relevant(unit.path)}
        tops = stacks.roots(whole.templates | templates)
        return frozenset(
            found.union(Unit("cloudformation", one) for one in tops if stacks.relevant(one))
        )

    folders = {one for root in roots for one in modules.reached(root)} | run.folders
    names = {name for folder in folders for name in scan.folders[folder].files}
    names |= templates | plans
    told = names.union(triggers)
    return Found(
        units=_sorted(units),
        counts=Counts(len(names), len(folders), len(templates)),
        names=tuple(sorted(names)),
        # What is wrong elsewhere in the repository is not what was asked.
        diagnostics=tuple(
            sorted({one for one in scan.diagnostics if one in walked or one.span.file in told})
        ),
        scan=scan,
        modules=modules,
        stacks=stacks,
        others=others,
        everywhere=everywhere,
    )


def _look(
    paths: Sequence[Path], files: Files, scan: Scan, exclude: Sequence[Globs]
) -> tuple[Scope, list[str]]:
    """Walk the folders among some paths; the files among them are given back as triggers."""
    run = Scope(set(), set(), set())
    triggers: list[str] = []
    for path in paths:
        name = files.name(path)
        if not files.inside(name) and os.path.lexists(files.path(name)):
            scan.complain(name, OUTSIDE)
        elif files.is_folder(name):
            scope = scan.walk(name)
            run.folders.update(scope.folders)
            run.templates.update(scope.templates)
            run.plans.update(scope.plans)
            if not any(scope):
                scan.complain(name, "there is no Terraform and no CloudFormation here")
        elif files.is_file(name):
            if not _excluded(name, files, exclude):
                triggers.append(name)
                if not name.endswith(TERRAFORM) and not scan.look_at_template(name, sure=True):
                    run.plans.update({name} & scan.plans.keys())
        elif os.path.lexists(files.path(name)):
            scan.complain(name, "this is neither a file nor a folder")
        else:
            scan.complain(name, "there is no such file or folder")
    return run, triggers


def _excluded(name: str, files: Files, exclude: Sequence[Globs]) -> bool:
    return bool(exclude) and any(one.match(files.absolute(name)) for one in exclude)


def _sorted(units: Iterable[Unit]) -> tuple[Unit, ...]:
    return tuple(sorted(units, key=lambda unit: (unit.path, unit.kind)))
