"""Whether a run has looked for what a baseline holds: only then what it did not find is gone."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path

from validator.baseline.entries import CANNOT_TELL, Entry, Place
from validator.config import Options
from validator.discover import Found
from validator.files import Files
from validator.findings import Diagnostic
from validator.notes import TOOL_ID
from validator.packs import load


class Seen:
    """What a run has looked at: units, files, folders and rules."""

    def __init__(
        self,
        place: Place,
        paths: Sequence[Path],
        files: Files,
        options: Options,
        found: Found,
        diagnostics: Iterable[Diagnostic],
    ) -> None:
        self._place = place
        self._options = options
        faults = tuple(diagnostics)
        self._failed = any(one.kind in ("internal", "rule") for one in faults)
        self._faulty = {one.span.file for one in faults}
        self._units = {
            _real(files.absolute(unit.path)): self._sound((unit.path, *found.files_of(unit)))
            for unit in found.units
        }
        names = {name for unit in found.units for name in found.files_of(unit)}
        names.update(found.templates if options.cfn_lint else ())
        self._files = {_real(files.absolute(name)): self._sound([name]) for name in names}
        absolute = [files.working / path for path in paths]
        self._folders = [_real(str(one)) for one in absolute if one.is_dir()]
        self._rules = {
            one.rule.id
            for one in load(options.rules).chosen(options.select, options.ignore)
            if one.inspect is None or options.heed_ignores
        }

    def __call__(self, entry: Entry) -> bool:
        """Whether what an entry tells of would have been found if it were there."""
        if self._failed or not self._ran(entry.rule):
            return False
        unit = self._place.unit(entry)
        if unit in self._units:
            return self._units[unit]
        if unit in self._files:
            return self._files[unit]
        # A folder that was walked: what was a unit there is none any more.
        return self._below(unit) and not any(one.match(unit) for one in self._options.exclude)

    def _ran(self, rule: str) -> bool:
        if TOOL_ID.fullmatch(rule):
            return self._options.cfn_lint
        return rule in self._rules or rule == CANNOT_TELL

    def _below(self, unit: str) -> bool:
        return any(
            unit == folder or unit.startswith(folder.rstrip(os.sep) + os.sep)
            for folder in self._folders
        )

    def _sound(self, names: Iterable[str]) -> bool:
        return self._faulty.isdisjoint(names)


def _real(path: str) -> str:
    return os.path.realpath(path)
