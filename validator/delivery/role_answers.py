"""What a role's own policies answer: who may take it on, and what it may do.

<https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html>
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from validator.aws import Role
from validator.delivery.case import Case
from validator.delivery.lookup import ELSEWHERE
from validator.delivery.needs import Asked, Need, State, at, met, missing
from validator.delivery.permissions import Permissions, boundary_of
from validator.delivery.policies import (
    ask,
    ask_role,
    gaps_of,
    malformed,
    misspelt,
    near_misses,
    parsed,
)
from validator.delivery.sizes import policy_sizes, trust_size
from validator.delivery.slips import name_spelled, slip_facts
from validator.delivery.stops import permissions_stop
from validator.findings import Evidence
from validator.graph.span import Span
from validator.graph.values import Absent, Known, Unknown
from validator.graph.verdict import Open, Truth, open_of
from validator.policy.model import Policy
from validator.policy.question import Decision, Outcome, Request
from validator.records import dataclass, replace


def trusts(case: Case, role: Role, request: Request, used: Span, fault: str) -> Need:
    """Whether a role lets somebody take it on."""
    name = role.name_for_people
    if isinstance(role.trust, Absent):
        what = (
            f"whom {name} trusts"
            if role.managed
            else f"whom {name} trusts: it is looked up, not created here"
        )
        fact = Open(what, ELSEWHERE, role.span)
        return missing("role-trust", role.span, fact, subject=name)
    policy = parsed(case, role.trust, "trust", role.unit)
    assert policy is not None  # the document is there
    asked = ask(case, policy, request)
    decision = asked.decision
    match decision.outcome:
        case Outcome.ALLOWED:
            return met("role-trust", role.trust.span, (asked,))
        case Outcome.MALFORMED:
            return malformed(asked, f"the trust policy of {name}")
        case Outcome.CANNOT_TELL | Outcome.PARTLY:
            return missing(
                "role-trust", role.trust.span, *decision.open, asked=(asked,), subject=name
            )
        case Outcome.DENIED:
            external = _asks_for_external_id(decision)
            why = "a Deny statement stops it" if decision.explicit else "no statement allows it"
            return Need(
                "role-trust",
                # That AWS sends no ID of its own making is nowhere written.
                State.AT_RISK if external else State.UNMET,
                role.trust.span,
                fault=fault,
                why="it asks for an external ID, which a flow log cannot give" if external else why,
                subject=name,
                when="delivery",
                evidence=(
                    Evidence(used, "this flow log uses the role"),
                    *near_misses(asked),
                ),
                asked=(asked,),
                facts=slip_facts(asked),
                edits=name_spelled(asked),
            )


_EXTERNAL_ID = "sts:externalid"


def _asks_for_external_id(decision: Decision) -> bool:
    """Whether nothing but the condition on an external ID keeps a trust policy from letting in."""
    if decision.explicit:
        parts = [part for one in decision.deciding for part in one.parts]
        return any(part.element.lower().endswith(_EXTERNAL_ID) for part in parts)
    failing = [
        [part.element.lower() for part in traced.parts if part.matches is Truth.NO]
        for traced in decision.trace
        if traced.effect == "Allow"
    ]
    return any(len(one) == 1 and one[0].endswith(_EXTERNAL_ID) for one in failing)


@dataclass(frozen=True, slots=True)
class May:
    """What a role's policies say to one request, and the facts that would settle an open answer.

    `denied` is sure; so is `allowed`. A document that AWS rejects is neither.
    """

    asked: Asked
    allowed: bool
    denied: bool
    open: tuple[Open, ...]


def may(case: Case, role: Role, given: Permissions, requests: Iterable[Request]) -> Iterator[May]:
    """What a role may do, one answer a request."""
    boundary, open_boundary = _boundary(case, role)
    facts = (*given.open, *open_boundary)
    gaps = () if facts else gaps_of(case, role)
    for request in requests:
        asked = ask_role(case, given.policies, boundary, request)
        decision = asked.decision
        sure = not (open_boundary or given.may_deny)
        denied = decision.outcome in (Outcome.DENIED, Outcome.PARTLY)
        yield May(
            asked,
            allowed=decision.outcome is Outcome.ALLOWED and sure,
            denied=denied and (decision.explicit or not (facts or gaps)),
            open=(*decision.open, *facts, *gaps),
        )


def refused(role: Role, given: Permissions, asked: tuple[Asked, ...], used: Span) -> Need:
    """The need of a role that surely may not do what was asked last."""
    decision = asked[-1].decision
    deny = next((one for one in decision.deciding if one.effect == "Deny"), None)
    if deny is not None:
        span, why = deny.span, "a Deny statement stops it"
    elif given.spans:
        span, why = _speaking_of_it(given, decision), "no statement allows it"
    else:
        span, why = used, "it has no policy at all"
    return Need(
        "role-permissions",
        State.UNMET,
        span,
        fault="refuses",
        why=why,
        subject=role.name_for_people,
        when="delivery",
        evidence=(
            Evidence(used, "this flow log uses the role"),
            *misspelt(asked[-1]),
            *near_misses(asked[-1]),
        ),
        asked=asked,
        facts={"action": asked[-1].request.action},
    )


def sizes(case: Case, role: Role, given: Permissions) -> Iterator[Need]:
    """Whether the documents of a role that is created here fit."""
    if role.managed:
        name = role.name_for_people
        yield from trust_size(case, role.trust, role.unit, name)
        yield from at(permissions_stop(role, given), policy_sizes(case, name, given.written))


def at_risk(need: Need) -> Need:
    """The same need, where only a stated circumstance makes it fail."""
    return replace(need, state=State.AT_RISK) if need.state is State.UNMET else need


def _speaking_of_it(given: Permissions, decision: Decision) -> Span:
    for traced in decision.trace:
        for part in traced.parts:
            if part.element in ("Action", "NotAction") and part.matches.value > 0:
                return given.spans[traced.document]
    return given.spans[0]


def _boundary(case: Case, role: Role) -> tuple[Policy | None, tuple[Open, ...]]:
    match role.boundary:
        case Absent():
            return None, ()
        case Unknown() as unknown:
            return None, (open_of(unknown),)
        case Known(value=words, span=span):
            policy = boundary_of(case, role, words)
            if policy is None:
                whole = case.resolve.of(role.unit)(words)
                return None, (Open(f"what the permissions boundary {whole} allows", "", span),)
            return policy, ()
