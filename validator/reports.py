"""All that a run found, as the reporters get it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from validator.findings import Diagnostic, Finding, Rule
from validator.outcomes import Delivered
from validator.records import dataclass, field

if TYPE_CHECKING:
    from validator.traces import Trace


@dataclass(frozen=True, slots=True)
class Page:
    """What a report can tell of a rule that ran: its card, and its docstring, which is Markdown."""

    rule: Rule
    doc: str


@dataclass(frozen=True, slots=True, order=True)
class Idle:
    """A unit that writes a flow log and deploys none, since a count or a condition switches it off.

    `unread` says what may deploy one nevertheless, since it could not be read.
    """

    unit: str
    unread: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """What is known of it, in a phrase."""
        said = "no flow log is deployed with the values it has here"
        if not self.unread:
            return said
        first, *others = self.unread
        more = f", and {len(others)} more" if others else ""
        return f"{said}; what is not read may deploy some: {first}{more}"


@dataclass(frozen=True, slots=True)
class Counts:
    """What was read."""

    files: int = 0
    modules: int = 0
    templates: int = 0


@dataclass(frozen=True, slots=True)
class Baselined:
    """A baseline that findings were held against: its file, and what it holds and is gone.

    `gone` tells of that in words, `count` is the number of these findings and `held` that of all
    it holds. `text` is what it is to hold now, if that was asked for.
    """

    file: str
    gone: tuple[str, ...] = ()
    count: int = 0
    held: int = 0
    text: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """All that a run found, sorted; the same input gives the same bytes.

    `sources` holds the lines of every file that a span points into, so that reporters read
    nothing themselves; `places` says where each file of a span lies in its repository (without
    one: from the working folder). `rules` are the pages of the rules that have a finding.
    `traces` tells by address how the verdicts came about, if the options ask for that.
    `idle` are the units without a delivery. `tools` are the other tools that ran, with their
    versions. `baseline` is there if findings were held against one.
    """

    deliveries: tuple[Delivered, ...]
    findings: tuple[Finding, ...]
    diagnostics: tuple[Diagnostic, ...]
    counts: Counts
    sources: Mapping[str, tuple[str, ...]]
    idle: tuple[Idle, ...] = ()
    rules: tuple[Page, ...] = ()
    traces: Mapping[str, tuple[Trace, ...]] = field(default_factory=dict[str, "tuple[Trace, ...]"])
    places: Mapping[str, str] = field(default_factory=dict[str, str])
    tools: Mapping[str, str] = field(default_factory=dict[str, str])
    baseline: Baselined | None = None
