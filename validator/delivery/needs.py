"""What a delivery needs, each need with its state, its grounds, and the line to change.

The needs are the only place where a delivery is judged: the rules put unmet needs into words, the
report's verdict is taken from them, and nothing else asks the policy engine.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import Enum
from typing import Literal

from validator.delivery.differs import differs
from validator.findings import Edit, Evidence, When
from validator.graph.span import Span
from validator.graph.text import Dangling
from validator.graph.verdict import Open
from validator.outcomes import HopKind, Verdict
from validator.policy.model import Policy
from validator.policy.question import Decision, Part, Request, Traced
from validator.records import dataclass, field, replace


class State(Enum):
    """Met (perhaps with a note), open for want of a fact, failing sometimes, or failing."""

    MET = "met"
    NOTED = "met, but fragile"
    OPEN = "open"
    AT_RISK = "at risk"
    UNMET = "unmet"


NeedName = Literal[
    "arguments",
    "destination",
    "destination-form",
    "duplicate",
    "log-group",
    "log-group-key",
    "stream",
    "references",
    "role",
    "policy-document",
    "document-size",
    "bucket-policy",
    "policy-order",
    "policy-size",
    "encryption-key",
    "key-policy",
    "role-trust",
    "role-permissions",
]


HOP_OF: dict[NeedName, HopKind] = {
    "arguments": "source",
    "duplicate": "source",
    "destination": "destination",
    "destination-form": "destination",
    "log-group": "destination",
    "stream": "destination",
    "role": "role",
    "role-trust": "role",
    "references": "role",
    "bucket-policy": "policy",
    "policy-order": "policy",
    "policy-size": "policy",
    "policy-document": "policy",
    "document-size": "policy",
    "role-permissions": "policy",
    "encryption-key": "key",
    "key-policy": "key",
    "log-group-key": "key",
}
"""The stop that a need belongs to if it names none itself."""


@dataclass(frozen=True, slots=True)
class Stop:
    """A thing on the way of the logs that needs are about; the fields are as in `Hop`."""

    kind: HopKind
    what: str
    name: str
    span: Span
    id: str


@dataclass(frozen=True, slots=True)
class Asked:
    """One question put to the policy engine, the policies that it is about, and its answer."""

    request: Request
    decision: Decision
    policies: tuple[Policy, ...] = ()

    def why(self, traced: Traced, part: Part) -> str:
        """What keeps an element of a statement from matching."""
        if part.why:
            return part.why
        return differs(part, self.policies[traced.document].numbered(traced.index), self.request)


@dataclass(frozen=True, slots=True)
class Need:
    """One thing that must hold.

    `fault` tells the kinds of failure of one need apart, `span` is the line to change, `why` says
    what is wrong in a phrase, `subject` names the thing it is about (a bucket, a role), `facts`
    holds further words for a rule's message. `asked` is every question that was put to policies.
    `stop` is the stop on the way of the logs that it belongs to; without one, `HOP_OF` tells.
    `edits` are as in `Finding`.
    """

    name: NeedName
    state: State
    span: Span
    fault: str = ""
    why: str = ""
    subject: str = ""
    when: When | None = None
    evidence: tuple[Evidence, ...] = ()
    open: tuple[Open, ...] = ()
    asked: tuple[Asked, ...] = ()
    facts: dict[str, str] = field(default_factory=dict[str, str])
    stop: Stop | None = None
    edits: tuple[Edit, ...] = ()


def at(stop: Stop, needs: Iterable[Need]) -> Iterator[Need]:
    """Needs with the stop that they are about, unless they have one already."""
    for need in needs:
        yield replace(need, stop=stop) if need.stop is None else need


def met(name: NeedName, span: Span, asked: tuple[Asked, ...] = ()) -> Need:
    """A need that is proven met."""
    return Need(name, State.MET, span, asked=asked)


def missing(
    name: NeedName, span: Span, *facts: Open, asked: tuple[Asked, ...] = (), subject: str = ""
) -> Need:
    """A need that these files do not settle."""
    return Need(name, State.OPEN, span, open=facts, asked=asked, subject=subject)


def verdict(needs: Iterable[Need]) -> Verdict:
    """The verdict that a delivery's needs add up to."""
    states = {need.state for need in needs}
    if State.UNMET in states:
        return Verdict.WILL_FAIL
    if State.AT_RISK in states:
        return Verdict.MAY_FAIL
    if State.OPEN in states:
        return Verdict.CANNOT_TELL
    return Verdict.WILL_WORK


def undeclared(
    dangling: Dangling, span: Span, evidence: tuple[Evidence, ...], name: NeedName = "references"
) -> Need:
    """A reference to something that nothing declares."""
    return Need(
        name,
        State.UNMET,
        span,
        fault="undeclared",
        why=dangling.why,
        subject=dangling.name,
        when="deploy",
        evidence=evidence,
    )
