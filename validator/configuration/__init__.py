"""The configuration: `predeploy.toml`, or `[tool.predeploy]` in `pyproject.toml`.

It is looked for without importing a parser. It may come from a stranger: it loads no code, and
neither it nor what it names is read outside the repository.
"""

from __future__ import annotations

from collections.abc import Iterable

from validator.findings import Diagnostic


class Misconfigured(Exception):
    """A configuration that cannot be meant; it holds every fault."""

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        super().__init__("the configuration cannot be meant")
        self.diagnostics = tuple(sorted(set(diagnostics)))
