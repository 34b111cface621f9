"""The words of the tool: rules, findings and their evidence, diagnostics, the report."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from enum import Enum
from typing import TYPE_CHECKING, Literal, TypeAlias

from validator.graph.span import Span
from validator.graph.verdict import Open
from validator.records import dataclass, field, replace

if TYPE_CHECKING:
    from validator.graph.graph import Graph
    from validator.notes import Review
    from validator.traces import Trace


class Severity(Enum):
    """How surely a finding stops delivery: always, in a stated circumstance, or not yet."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def rank(self) -> int:
        """0 is the gravest."""
        return list(Severity).index(self)


When = Literal["deploy", "next-apply", "delivery"]


@dataclass(frozen=True, slots=True)
class Aws:
    """What AWS will say, and when: at the deploy, at the next apply, or at delivery."""

    text: str
    when: When


@dataclass(frozen=True, slots=True)
class Evidence:
    """A place that led to a finding, and what it shows."""

    span: Span
    note: str


IgnoredBy = Literal["comment", "metadata", "configuration", "baseline"]


@dataclass(frozen=True, slots=True)
class Edit:
    """A change that mends a fault: `new` for what stands at `span`, if that reads `old`.

    A rule knows no syntax, so it offers every way to write `old`; the engine keeps the one that
    stands there, or none.
    """

    span: Span
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Ignored:
    """Why a finding does not count: an ignore, with its reason and its last day (YYYY-MM-DD).

    `by` says what ignores it: a comment or `Metadata` in the files, a path in the configuration, or
    the baseline, which holds what was known before. `span` is the place of that.
    """

    reason: str
    until: str | None = None
    by: IgnoredBy = "comment"
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault, at the line to change.

    `address` is the delivery's address in the graph (`unit#name`); of a finding about an ignore it
    is the file and the ignore (`file#ignore[rule-id]`). `fault` tells apart two
    faults of one rule at one address; it must not hold line numbers. A finding of another tool
    names that in `tool`, the place in its own way in `address`, in `about` what the rule looks
    for. `help` tells where to read on, if not with `--explain`.
    """

    rule: str
    severity: Severity
    message: str
    address: str
    span: Span
    aws: Aws | None = None
    fix: str | None = None
    evidence: tuple[Evidence, ...] = ()
    fault: str = ""
    when: tuple[str, ...] = ()
    ignored: Ignored | None = None
    edits: tuple[Edit, ...] = ()
    tool: str = ""
    about: str = ""
    help: str = ""

    @property
    def unit(self) -> str:
        """The root module's folder or the template's path."""
        return self.address.partition("#")[0]

    @property
    def name(self) -> str:
        """What a person calls the resource inside its unit."""
        return self.address.partition("#")[2]

    @property
    def fingerprint(self) -> str:
        """The same for the same fault, wherever its lines move."""
        return fingerprint(self.rule, self.address, self.fault)


def fingerprint(rule: str, address: str, fault: str) -> str:
    """What tells a finding from all others, as 16 hexadecimal digits."""
    import hashlib

    parts = "\0".join((rule, address, fault))
    return hashlib.sha256(parts.encode(errors="surrogatepass")).hexdigest()[:16]


Findings: TypeAlias = Iterator[Finding]
Check: TypeAlias = "Callable[[Graph], Findings]"
Inspect: TypeAlias = "Callable[[Review], Findings]"


Grade = Literal["documented", "confirmed", "reported", "inferred"]
"""How sure the fact behind a rule is: AWS's documentation says so; AWS's or HashiCorp's own people
or code confirm it; users have reported it; it follows from what AWS says of something like it. The
last two make no error."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A rule's card.

    `predicts` is AWS's text, or the beginning that identifies it; empty if AWS says nothing, since
    the rule is one of a house.
    """

    id: str
    name: str
    severity: Severity
    predicts: str = ""
    when: When = "deploy"
    grade: Grade = "documented"
    since: str = "0.1.0"
    aliases: tuple[str, ...] = ()

    def finding(
        self,
        address: str,
        span: Span,
        message: str,
        *,
        fix: str | None = None,
        evidence: tuple[Evidence, ...] = (),
        severity: Severity | None = None,
        aws: Aws | None = None,
        fault: str = "",
        edits: tuple[Edit, ...] = (),
    ) -> Finding:
        """A finding of this rule; what is not given is as the card says."""
        predicted = Aws(self.predicts, self.when) if self.predicts else None
        return Finding(
            rule=self.id,
            severity=severity or self.severity,
            message=message,
            address=address,
            span=span,
            aws=aws or predicted,
            fix=fix,
            evidence=evidence,
            fault=fault,
            edits=edits,
        )


DiagnosticKind = Literal["unreadable", "syntax", "limit", "rule", "internal", "config"]


@dataclass(frozen=True, slots=True, order=True)
class Diagnostic:
    """Something that could not be read, loaded or finished, with its place; never a traceback."""

    span: Span
    message: str
    kind: DiagnosticKind


class Verdict(Enum):
    """Whether a delivery's logs will arrive."""

    WILL_FAIL = "will-fail"
    MAY_FAIL = "may-fail"
    CANNOT_TELL = "cannot-tell"
    WILL_WORK = "will-work"

    @property
    def rank(self) -> int:
        """0 is the gravest."""
        return list(Verdict).index(self)


DeliveryType = Literal["s3", "cloud-watch-logs", "kinesis-data-firehose", "unknown"]


HopKind = Literal["source", "role", "destination", "policy", "key"]
HopState = Literal["good", "open", "at-risk", "bad"]


@dataclass(frozen=True, slots=True)
class Hop:
    """One stop on the way of the logs: what it is, its name, and how it stands there.

    `what` says what kind of thing it is (`bucket`, `role`, `VPC`), `name` is empty if none is given
    or settled. `span` is where it is declared, or where it is named if nothing here declares it.
    `why` says in a phrase what is wrong or missing; it is empty where the stop is good. Stops of
    several deliveries are one thing if they have one `id`.
    """

    kind: HopKind
    what: str
    name: str
    span: Span
    id: str
    state: HopState = "good"
    why: str = ""


def softened(path: tuple[Hop, ...]) -> tuple[Hop, ...]:
    """The same way, where what is bad on it is so under some conditions only."""
    return tuple(replace(hop, state="at-risk") if hop.state == "bad" else hop for hop in path)


@dataclass(frozen=True, slots=True)
class Delivered:
    """One delivery as the report shows it; `address` as in `Finding`, `alias` as in `Declared`.

    `path` is the way of the logs: source, role, destination, policy, key, as far as each is there.
    `known` is set if it cannot be told and the baseline holds that.
    """

    address: str
    span: Span
    type: DeliveryType
    destination: str
    verdict: Verdict
    open: tuple[Open, ...] = ()
    alias: str = ""
    path: tuple[Hop, ...] = ()
    known: bool = False

    @property
    def unit(self) -> str:
        """The root module's folder or the template's path."""
        return self.address.partition("#")[0]

    @property
    def name(self) -> str:
        """What a person calls the flow log inside its unit."""
        return self.address.partition("#")[2]


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
