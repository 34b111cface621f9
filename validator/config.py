"""What a person asks of a run."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from validator.findings import Severity
from validator.globs import Globs
from validator.readers import Settings, Told
from validator.records import dataclass, field

BASELINE: Final = ".predeploy-baseline.json"
"""The name of a baseline that nobody gives another name."""


@dataclass(frozen=True, slots=True)
class Options:
    """How to look, and which rules count.

    `settings` stand over those of `deploys`, which are for the units that their globs match, later
    ones over earlier ones. `select` empty means every rule. `rules` are folders of rule files
    beside the shipped ones. `existing` are shown names of files that tell of resources which exist
    already, `told` such tables of the configuration, and `accounts` names that may stand for
    account ids there. `severity` says how grave a rule's findings are here, by its id;
    `path_ignores` holds globs with the rules whose findings are ignored below them. Rules in
    `never_ignore` count in spite of every ignore and baseline; with `require_reason` an ignore
    without a reason is none. `today` is the day (YYYY-MM-DD) that the last days of ignores are held
    against, by default the day in UTC. `baseline` is the shown name of a file of findings that are
    known already; with `write_baseline` it is to hold all that there are now, and if
    `unknown_fails` also the deliveries that cannot be told. With `traces` the report tells how each
    verdict came about. `root` is the folder of the configuration where no git root is found.
    """

    settings: Settings = field(default_factory=Settings)
    deploys: tuple[tuple[Globs, Settings], ...] = ()
    select: frozenset[str] = frozenset()
    ignore: frozenset[str] = frozenset()
    rules: tuple[Path, ...] = ()
    exclude: tuple[Globs, ...] = ()
    existing: tuple[str, ...] = ()
    told: tuple[Told, ...] = ()
    accounts: Mapping[str, str] = field(default_factory=dict[str, str])
    severity: Mapping[str, Severity] = field(default_factory=dict[str, Severity])
    path_ignores: tuple[tuple[Globs, frozenset[str]], ...] = ()
    heed_ignores: bool = True
    never_ignore: frozenset[str] = frozenset()
    require_reason: bool = False
    today: str = ""
    baseline: str = ""
    write_baseline: bool = False
    unknown_fails: bool = False
    cfn_lint: bool = False
    traces: bool = False
    root: Path | None = None
    debug: bool = False

    def settings_of(self, place: str) -> Settings:
        """What is supplied for the unit at an absolute path."""
        found = Settings()
        for where, said in self.deploys:
            if where.match(place):
                found = found.below(said)
        return found.below(self.settings)
