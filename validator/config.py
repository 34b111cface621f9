"""What a person asks of a run."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from validator.findings import Severity
from validator.readers import Settings
from validator.records import dataclass, field


@dataclass(frozen=True, slots=True)
class Options:
    """How to look, and which rules count.

    `select` empty means every rule. `rules` are folders of rule files beside the shipped ones.
    `existing` are shown names of files that tell of resources which exist already, and `accounts`
    names that may stand for account ids there.
    `exclude` holds globs over shown names: one without `/` is held against every part of a name.
    `severity` says how grave a rule's findings are here, by its id; `path_ignores` holds globs with
    the rules that do not count below them. Rules in `never_ignore` count in spite of every ignore
    and baseline; with `require_reason` an ignore without a reason is none. `baseline` is the shown
    name of a file of findings that are known already.
    """

    settings: Settings = field(default_factory=Settings)
    select: frozenset[str] = frozenset()
    ignore: frozenset[str] = frozenset()
    rules: tuple[Path, ...] = ()
    exclude: tuple[str, ...] = ()
    existing: tuple[str, ...] = ()
    accounts: Mapping[str, str] = field(default_factory=dict[str, str])
    severity: Mapping[str, Severity] = field(default_factory=dict[str, Severity])
    path_ignores: tuple[tuple[str, frozenset[str]], ...] = ()
    heed_ignores: bool = True
    never_ignore: frozenset[str] = frozenset()
    require_reason: bool = False
    baseline: str = ""
    cfn_lint: bool = False
    debug: bool = False
