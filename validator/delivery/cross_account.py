"""What a delivery to a stream in another account needs of the two roles.

Log delivery takes on the role of the flow log's account, which takes on that of the stream's.
<https://docs.aws.amazon.com/vpc/latest/userguide/firehose-cross-account-delivery.html>
"""

from __future__ import annotations

from collections.abc import Iterator

from validator.aws import Role
from validator.aws.facts import LOG_DELIVERY
from validator.delivery.case import Case
from validator.delivery.code import inside
from validator.delivery.names import delivery_stream_arn
from validator.delivery.needs import Asked, Need, State, at, met, missing
from validator.delivery.permissions import Permissions, permissions
from validator.delivery.policies import malformed
from validator.delivery.requests import (
    linked_role_request,
    log_delivery_trust_request,
    pass_role_request,
    role_request,
)
from validator.delivery.role_answers import at_risk, may, refused, sizes, trusts
from validator.delivery.role_argument import named_role
from validator.delivery.stops import permissions_stop, role_stop
from validator.delivery.target import ToStream
from validator.delivery.watched import watched_arns
from validator.graph.span import Span
from validator.graph.text import Hole, Piece, Symbol, Text, text
from validator.graph.values import Known
from validator.graph.verdict import Open
from validator.policy.model import Policy
from validator.policy.question import Anything, ContextValue, Outcome, Pattern, Request
from validator.records import dataclass, replace

_WATCHED = "iam:associatedresourcearn"


@dataclass(frozen=True, slots=True)
class _Call:
    """One thing that a role must be able to do, in every way in which AWS may ask for it.

    `certain` is False where another circumstance may make the call needless.
    """

    ways: tuple[Request, ...]
    certain: bool = True


def pair_needs(
    case: Case, target: ToStream, given: Known[Text], cross: Known[Text]
) -> Iterator[Need]:
    """The role in the flow log's account and the one in the stream's, given both."""
    source = named_role(case, "role_arn", given)
    ours = role_stop(case, given)
    yield from at(ours, (source.need,))
    destination = named_role(case, "cross_account_role_arn", cross)
    theirs = role_stop(case, cross)
    yield from at(theirs, (destination.need,))
    if State.UNMET in (source.need.state, destination.need.state):
        return  # the policies of both speak of what is not to be
    source_arn = case.resolve(given.value)
    destination_arn = case.resolve(cross.value)
    if source.role is not None:
        yield from at(ours, _source(case, source.role, source_arn, destination_arn, given.span))
    if destination.role is not None:
        needs = _destination(
            case, target, destination.role, source_arn, destination_arn, cross.span
        )
        yield from at(theirs, needs)


def _source(case: Case, role: Role, arn: Text, destination_arn: Text, used: Span) -> Iterator[Need]:
    given = permissions(case, role)
    origin = case.origin
    trust = trusts(case, role, log_delivery_trust_request(arn, origin), used, "source-refuses")
    yield _to_trust(trust, LOG_DELIVERY, f'{{"Service": "{LOG_DELIVERY}"}}')
    passing = tuple(
        pass_role_request(arn, watched, origin)
        for watched in _ways(watched_arns(case.flow_log, case.place), given)
    )
    calls = [
        _Call((role_request("sts:AssumeRole", destination_arn.pieces, arn, origin),)),
        _Call((role_request("logs:CreateLogDelivery", text("*").pieces, arn, origin),)),
        _Call(passing, certain=False),
    ]
    needs = _permissions(case, role, given, calls, used)
    yield from at(permissions_stop(role, given), needs)
    yield from sizes(case, role, given)


def _ways(arns: tuple[Pattern | None, ...], given: Permissions) -> Iterator[Pattern | None]:
    """Without the ways to write an ARN that no policy uses: of an attribute nothing is known."""
    for arn in arns:
        if arn is None or arn[1:] or any(_says(policy, arn[0]) for policy in given.policies):
            yield arn


def _says(policy: Policy, piece: Piece | Anything) -> bool:
    """Whether a policy compares something with a piece, or with what is not settled."""
    return any(
        condition.rest is not None or any(piece in value.value.pieces for value in condition.values)
        for statement in policy.statements
        for condition in statement.conditions
    )


def _destination(
    case: Case, target: ToStream, role: Role, source_arn: Text, arn: Text, used: Span
) -> Iterator[Need]:
    given = permissions(case, role)
    there = case.origin_of(role) or case.origin
    request = role_request("sts:AssumeRole", arn.pieces, source_arn, case.origin)
    trust = trusts(case, role, request, used, "destination-refuses")
    principal = _abroad(case, source_arn, role)
    yield _to_trust(trust, principal, f'{{"AWS": "{principal}"}}')
    stream_arn, account = (
        delivery_stream_arn(target.name, target.region, target.account, case.place),
        target.account,
    )
    if target.stream is not None:
        # Both lie in the stream's account, whose documents speak of it in its own words.
        theirs = case.resolve.of(target.stream.unit)
        stream_arn, account = theirs(target.stream.word("arn")), theirs(target.stream.place.account)
    calls = [
        _Call((linked_role_request(account, arn, there),), certain=False),
        _Call((role_request("firehose:TagDeliveryStream", stream_arn.pieces, arn, there),), False),
    ]
    needs = _permissions(case, role, given, calls, used)
    yield from at(permissions_stop(role, given), needs)
    yield from sizes(case, role, given)


def _abroad(case: Case, arn: Text, role: Role) -> str:
    """The ARN of the flow log's role as the file of the other role would have to write it."""
    if role.unit == case.flow_log.unit:
        return inside(arn, role.declared.language)
    return "".join(
        f"({piece.kind} of the flow log)" if isinstance(piece, Symbol) else str(Text((piece,)))
        for piece in arn.pieces
    )


def _to_trust(need: Need, who: str, principal: str) -> Need:
    return replace(need, facts={**need.facts, "who": who, "principal": principal})


def _permissions(
    case: Case, role: Role, given: Permissions, calls: list[_Call], used: Span
) -> Iterator[Need]:
    name = role.name_for_people
    asked: list[Asked] = []
    denied: list[Need] = []
    facts: list[Open] = []
    for call in calls:
        answers = list(may(case, role, given, call.ways))
        unless_denied = [one for one in answers if not one.denied]
        best = next((one for one in answers if one.allowed), (*unless_denied, *answers)[0])
        asked.append(best.asked)
        if best.asked.decision.outcome is Outcome.MALFORMED:
            yield malformed(best.asked, f"a policy of {name}")
            return
        if best.denied:
            denied.append(_refused(call, role, given, best.asked, used))
        elif not best.allowed:
            facts += [one for one in best.open if one.fact not in _own_facts(call)]
    if denied:
        yield replace(denied[0], asked=tuple(asked))
    elif facts:
        yield missing(
            "role-permissions", used, *dict.fromkeys(facts), asked=tuple(asked), subject=name
        )
    else:
        yield met("role-permissions", used, tuple(asked))


def _refused(call: _Call, role: Role, given: Permissions, asked: Asked, used: Span) -> Need:
    """`calls` begin with what is certain, so the first refusal is the gravest."""
    need = refused(role, given, (asked,), used)
    resource = inside(_written(asked.request), role.declared.language)
    facts = {**need.facts, "resource": resource}
    need = replace(need, fault="cross-account", facts=facts)
    return need if call.certain else at_risk(need)


def _own_facts(call: _Call) -> set[str]:
    """What a policy leaves open by naming the watched resource by an attribute of its own.

    Whatever the deploy makes of it, the request holds the same.
    """
    return {
        piece.why
        for request in call.ways
        for value in request.context.get(_WATCHED, ContextValue(())).values or ()
        for piece in value
        if len(value) == 1 and isinstance(piece, Hole)
    }


def _written(request: Request) -> Text:
    return Text(tuple(piece for piece in request.resource if not isinstance(piece, Anything)))
