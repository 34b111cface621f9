"""What a delivery to CloudWatch Logs needs of the role.

<https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-iam-role.html>
"""

from __future__ import annotations

from collections.abc import Iterator

from validator.aws import Role
from validator.aws.arn import Arn, MaybeArn, NotAnArn, parse_arn
from validator.delivery.case import Case
from validator.delivery.code import assigned
from validator.delivery.log_group import log_group_needs
from validator.delivery.lookup import ELSEWHERE, dangling_in, hops, open_piece
from validator.delivery.needs import Asked, Need, State, met, missing
from validator.delivery.policies import ask, ask_role, gaps_of, malformed, near_misses, parsed
from validator.delivery.requests import (
    log_group_arn,
    log_stream_arn,
    logs_request,
    trust_request,
)
from validator.delivery.resolve import resource_at, targets
from validator.delivery.roles import Permissions, boundary_of, permissions, role_of
from validator.delivery.sizes import policy_sizes, trust_size
from validator.delivery.target import ToLogGroup
from validator.findings import Evidence
from validator.graph.values import Absent, Known, Span, Step, Text, Unknown
from validator.graph.verdict import Open, open_of
from validator.policy.model import Policy
from validator.policy.question import Decision, Outcome, Request

WRITES = ("logs:CreateLogStream", "logs:PutLogEvents")


def logs_needs(case: Case, target: ToLogGroup | None) -> Iterator[Need]:
    """The needs of a delivery to a log group; only the role's own if the group is not settled."""
    if target is not None:
        yield from log_group_needs(case, target)
    match case.flow_log.role_arn:
        case Absent():
            yield Need("role", State.UNMET, case.span, fault="missing", when="deploy")
        case Unknown() as unknown:
            yield missing("role", unknown.span, open_of(unknown))
        case Known(value=words, span=span, trail=trail):
            yield from _with_role(case, target, words, span, trail)


def _with_role(
    case: Case,
    target: ToLogGroup | None,
    words: Text,
    span: Span,
    trail: tuple[Step, ...],
) -> Iterator[Need]:
    whole = case.resolve(words)
    if (dangling := dangling_in(whole)) is not None:
        yield Need(
            "references",
            State.UNMET,
            span,
            fault="undeclared",
            why=dangling.why,
            subject=dangling.name,
            when="deploy",
            evidence=hops(trail),
        )
        return
    match parse_arn(whole):
        case MaybeArn(piece=piece):
            yield missing("role", span, open_piece(piece, span))
            return
        case NotAnArn(why=why):
            yield _malformed_role(case, words, span, why, trail)
            return
        case Arn(service=service, resource=resource):
            kind = resource.pieces[:1] and str(Text(resource.pieces[:1])).partition("/")[0]
            if service.literal not in ("iam", None) or kind not in ("role", ()):
                yield _malformed_role(case, words, span, "it is no role's ARN", trail)
                return
    role = role_of(case, words)
    if role is None:
        fact = Open(
            f"role {whole}, which these files do not create",
            ELSEWHERE,
            span,
        )
        yield missing("role", span, fact)
        return
    if isinstance(role.exists, Unknown):
        yield missing("role", span, open_of(role.exists))
    else:
        yield met("role", span)
    case, given = _informed(case, role)
    yield _trust(case, role, span)
    yield _permissions(case, target, role, given, span)
    if role.managed:
        name = role.name_for_people
        yield from trust_size(case, role.trust, role.unit, name)
        yield from policy_sizes(case, name, given.written)


def _informed(case: Case, role: Role) -> tuple[Case, Permissions]:
    """The case with its partition as all of the role's documents say, and what these give it.

    A template that names no region may still write `arn:aws-cn:` in any of them.
    """
    given = permissions(case, role)
    known = case.knowing(role.trust, *(one.document for one in given.written))
    if known.place.partition == case.place.partition:
        return known, given
    return known, permissions(known, role)


def _malformed_role(case: Case, words: Text, span: Span, why: str, trail: tuple[Step, ...]) -> Need:
    fix = ""
    for address in targets(words):
        thing = resource_at(case.graph, address)
        if isinstance(thing, Role):
            why = f"this is the name of {thing.name_for_people}"
            fix = assigned(case.flow_log, "role_arn", thing.reference("arn"))
    return Need(
        "role",
        State.UNMET,
        span,
        fault="malformed",
        why=why,
        when="deploy",
        evidence=hops(trail),
        facts={"fix": fix},
    )


def _trust(case: Case, role: Role, used: Span) -> Need:
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
    asked = ask(policy, trust_request(case.resolve(role.word("arn")), case.place))
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
            return Need(
                "role-trust",
                State.UNMET,
                role.trust.span,
                fault="refuses",
                why="a Deny statement stops it" if decision.explicit else "no statement allows it",
                subject=name,
                when="delivery",
                evidence=(
                    Evidence(used, "this flow log uses the role"),
                    *near_misses(decision),
                ),
                asked=(asked,),
            )


def _requests(case: Case, target: ToLogGroup, role: Role) -> list[Request]:
    arn = case.resolve(role.word("arn"))
    stream = log_stream_arn(target.name, target.region, target.account, case.place)
    requests = [logs_request(action, stream, arn, case.place) for action in WRITES]
    if target.group is None:
        group = log_group_arn(target.name, target.region, target.account, case.place)
        requests.append(logs_request("logs:CreateLogGroup", group.pieces, arn, case.place))
    return requests


def _permissions(
    case: Case, target: ToLogGroup | None, role: Role, given: Permissions, used: Span
) -> Need:
    name = role.name_for_people
    if target is None:
        fact = Open("which log group the role must be able to write to", "", used)
        return missing("role-permissions", used, fact, subject=name)
    boundary, open_boundary = _boundary(case, role)
    facts = (*given.open, *open_boundary)
    gaps = () if facts else gaps_of(case, role)
    asked: list[Asked] = []
    for request in _requests(case, target, role):
        asked.append(ask_role(given.policies, boundary, request))
        decision = asked[-1].decision
        if decision.outcome is Outcome.ALLOWED and not (open_boundary or given.may_deny):
            continue
        if decision.outcome is Outcome.MALFORMED:
            return malformed(asked[-1], f"a policy of {name}")
        denied = decision.outcome in (Outcome.DENIED, Outcome.PARTLY)
        if denied and (decision.explicit or not (facts or gaps)):
            if request.action == "logs:CreateLogGroup":
                return _no_group(target, used, asked, name)
            return _refused(case, target, given, asked, used, name)
        open_facts = (*decision.open, *facts, *gaps)
        return missing("role-permissions", used, *open_facts, asked=tuple(asked), subject=name)
    return met("role-permissions", used, tuple(asked))


def _no_group(target: ToLogGroup, used: Span, asked: list[Asked], name: str) -> Need:
    """The group may exist elsewhere; only if it does not, the role would have to create it."""
    fact = Open(
        f"whether log group {target.called} exists: nothing here creates it, and {name} may not",
        ELSEWHERE,
        used,
    )
    return missing("role-permissions", used, fact, asked=tuple(asked), subject=target.called)


def _refused(
    case: Case,
    target: ToLogGroup,
    given: Permissions,
    asked: list[Asked],
    used: Span,
    name: str,
) -> Need:
    decision = asked[-1].decision
    deny = next((one for one in decision.deciding if one.effect == "Deny"), None)
    group = log_group_arn(target.name, target.region, target.account, case.place)
    if deny is not None:
        span, why = deny.span, "a Deny statement stops it"
    elif given.spans:
        span, why = _speaking_of_logs(given, decision), "no statement allows it"
    else:
        span, why = used, "it has no policy at all"
    return Need(
        "role-permissions",
        State.UNMET,
        span,
        fault="refuses",
        why=why,
        subject=name,
        when="delivery",
        evidence=(Evidence(used, "this flow log uses the role"), *near_misses(decision)),
        asked=tuple(asked),
        facts={"action": asked[-1].request.action, "group": str(group)},
    )


def _speaking_of_logs(given: Permissions, decision: Decision) -> Span:
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
