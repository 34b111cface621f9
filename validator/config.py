"""What a person asks of a run."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from validator.readers import Settings


@dataclass(frozen=True, slots=True)
class Options:
    """How to look, and which rules count.

    `select` empty means every rule. `rules` are folders of rule files beside the shipped ones.
    `existing` are shown names of files that tell of resources which exist already.
    `exclude` holds globs over shown names: one without `/` is held against every part of a name.
    """

    settings: Settings = field(default_factory=Settings)
    select: frozenset[str] = frozenset()
    ignore: frozenset[str] = frozenset()
    rules: tuple[Path, ...] = ()
    exclude: tuple[str, ...] = ()
    existing: tuple[str, ...] = ()
    heed_ignores: bool = True
    cfn_lint: bool = False
    debug: bool = False
