"""What the parts of one reading share: the files, what was supplied, and what went wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.files import Files
from validator.findings import Diagnostic, DiagnosticKind
from validator.graph.addresses import address
from validator.graph.span import Span
from validator.graph.world import Gap
from validator.readers import Settings, Unit
from validator.readers.terraform.cty.values import Val
from validator.readers.terraform.scope import Budget
from validator.records import replace

if TYPE_CHECKING:
    from validator.readers.plan.beside import Beside

MAX_INSTANCES = 20_000


class Run:
    """One reading of one unit."""

    def __init__(self, unit: Unit, files: Files, settings: Settings) -> None:
        self.unit = unit
        self.files = files
        self.settings = settings
        self.budget = Budget()
        self.diagnostics: dict[Diagnostic, None] = {}
        self.gaps: dict[Gap, tuple[str, str] | None] = {}
        self.decoded: dict[object, Val] = {}
        self.instances = 0
        self.plan: Beside | None = None
        self._limit: Span | None = None

    def follow(self, plan: Beside) -> None:
        """Let a plan settle what is left open, the account and region included."""
        self.plan = plan
        self.settings = replace(
            self.settings,
            account=self.settings.account or plan.account,
            region=self.settings.region or plan.region,
        )

    def report(self, span: Span, message: str, kind: DiagnosticKind) -> None:
        """A diagnostic, once."""
        self.diagnostics.setdefault(Diagnostic(span, message, kind))

    def gap(
        self, why: str, span: Span, supply: str = "", call: tuple[str, str] | None = None
    ) -> None:
        """Something of this unit that could not be read, once.

        `call` is the path of the module and the name of the call whose source is not here.
        """
        gap = Gap(self.unit.path, why, span, supply)
        if gap not in self.gaps:
            self.gaps[gap] = call

    def broken(self, span: Span, message: str, kind: DiagnosticKind) -> None:
        """A file or block that could not be read: said to the user, and a gap for the rules."""
        self.report(span, message, kind)
        self.gap(f"{span.file} could not be read: {message}", span)

    @property
    def full(self) -> bool:
        """Whether there is no room for further instances."""
        return self.instances > MAX_INSTANCES

    def room_for(self, count: int, what: str, span: Span) -> bool:
        """Whether that many more instances of modules and resources may be looked at."""
        self.instances += count
        if self.instances <= MAX_INSTANCES:
            return True
        message = f"more than {MAX_INSTANCES} instances of modules and resources"
        self.report(self.first_span(span), message, "limit")
        self.gap(f"{what} is not followed: there are {message}", span)
        return False

    def first_span(self, span: Span) -> Span:
        """Where a limit was met first: one report is enough."""
        if self._limit is None:
            self._limit = span
        return self._limit

    def key(self, name: str) -> str:
        """The key of an unknown in this unit."""
        return address(self.unit.path, name)
