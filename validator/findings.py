"""What the tool has to say: rules, their findings with evidence and edits, and diagnostics."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from enum import Enum
from typing import TYPE_CHECKING, Literal, TypeAlias

from validator.graph.addresses import unit_of
from validator.graph.span import Span
from validator.records import dataclass

if TYPE_CHECKING:
    from validator.graph.graph import Graph
    from validator.notes import Review


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
        return unit_of(self.address)

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
