"""What the parts of one reading share: the files, what was supplied, and what went wrong."""

from __future__ import annotations

from validator.files import Files
from validator.findings import Diagnostic, DiagnosticKind
from validator.graph.graph import Gap
from validator.graph.values import Span
from validator.readers import Settings, Unit
from validator.readers.terraform.evaluate import Budget


class Run:
    """One reading of one unit."""

    def __init__(self, unit: Unit, files: Files, settings: Settings) -> None:
        self.unit = unit
        self.files = files
        self.settings = settings
        self.budget = Budget()
        self.diagnostics: dict[Diagnostic, None] = {}
        self.gaps: dict[Gap, None] = {}

    def report(self, span: Span, message: str, kind: DiagnosticKind) -> None:
        """A diagnostic, once."""
        self.diagnostics.setdefault(Diagnostic(span, message, kind))

    def gap(self, why: str, span: Span, supply: str = "") -> None:
        """Something of this unit that could not be read, once."""
        self.gaps.setdefault(Gap(self.unit.path, why, span, supply))

    def broken(self, span: Span, message: str, kind: DiagnosticKind) -> None:
        """A file or block that could not be read: said to the user, and a gap for the rules."""
        self.report(span, message, kind)
        self.gap(f"{span.file} could not be read: {message}", span)

    def key(self, name: str) -> str:
        """The key of an unknown in this unit."""
        return f"{self.unit.path}#{name}"
