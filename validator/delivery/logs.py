"""What a delivery to CloudWatch Logs needs of the role.

<https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-iam-role.html>
"""

from __future__ import annotations

from collections.abc import Iterator

from validator.aws import Role
from validator.delivery.case import Case
from validator.delivery.code import every_stream, inside, streams_instead
from validator.delivery.left_out import left_to_a_caller
from validator.delivery.log_group import log_group_needs
from validator.delivery.lookup import ELSEWHERE
from validator.delivery.names import log_group_arn, log_stream_arn
from validator.delivery.needs import Asked, Need, State, at, met, missing
from validator.delivery.policies import malformed
from validator.delivery.requests import role_request, trust_request
from validator.delivery.role_answers import informed, may, refused, sizes, trusts
from validator.delivery.role_argument import named_role
from validator.delivery.roles import Permissions
from validator.delivery.stops import permissions_stop, role_stop
from validator.delivery.target import ToLogGroup
from validator.graph.values import Absent, Known, Span, Unknown
from validator.graph.verdict import Open, Truth, open_of
from validator.policy.question import Outcome, Request
from validator.records import replace

WRITES = ("logs:CreateLogStream", "logs:PutLogEvents")


def logs_needs(case: Case, target: ToLogGroup | None) -> Iterator[Need]:
    """The needs of a delivery to a log group; only the role's own if the group is not settled."""
    if target is not None:
        case = case.about(target.group)
        yield from log_group_needs(case, target)
    match case.flow_log.role_arn:
        case Absent() as absent:
            fact = left_to_a_caller(case, case.flow_log, absent)
            if fact is not None:
                need = missing("role", absent.span, fact)
            else:
                need = Need("role", State.UNMET, case.span, fault="missing", when="deploy")
            yield from at(role_stop(case, absent), (need,))
        case Unknown() as unknown:
            need = missing("role", unknown.span, open_of(unknown))
            yield from at(role_stop(case, unknown), (need,))
        case Known(span=span) as given:
            named = named_role(case, "role_arn", given)
            stop = role_stop(case, given)
            yield from at(stop, (named.need,))
            if named.role is not None:
                yield from at(stop, _with_role(case, target, named.role, span))


def _with_role(case: Case, target: ToLogGroup | None, role: Role, span: Span) -> Iterator[Need]:
    case, given = informed(case, role)
    request = trust_request(case.resolve(role.word("arn")), case.origin)
    yield trusts(case, role, request, span, "refuses")
    needed = (_permissions(case, target, role, given, span),)
    yield from at(permissions_stop(role, given), needed)
    yield from sizes(case, role, given)


def _requests(case: Case, target: ToLogGroup, role: Role) -> list[Request]:
    arn = case.resolve(role.word("arn"))
    stream = log_stream_arn(target.name, target.region, target.account, case.place)
    requests = [role_request(action, stream, arn, case.origin) for action in WRITES]
    if target.group is None:
        group = log_group_arn(target.name, target.region, target.account, case.place)
        requests.append(role_request("logs:CreateLogGroup", group.pieces, arn, case.origin))
    return requests


def _permissions(
    case: Case, target: ToLogGroup | None, role: Role, given: Permissions, used: Span
) -> Need:
    name = role.name_for_people
    if target is None:
        fact = Open("which log group the role must be able to write to", "", used)
        return missing("role-permissions", used, fact, subject=name)
    asked: list[Asked] = []
    for answer in may(case, role, given, _requests(case, target, role)):
        asked.append(answer.asked)
        if answer.allowed:
            continue
        if answer.asked.decision.outcome is Outcome.MALFORMED:
            return malformed(answer.asked, f"a policy of {name}")
        if not answer.denied:
            return missing("role-permissions", used, *answer.open, asked=tuple(asked), subject=name)
        if answer.asked.request.action == "logs:CreateLogGroup":
            return _no_group(target, used, asked, name)
        need = refused(role, given, tuple(asked), used)
        facts = {**need.facts, "resource": _every_stream(case, target)}
        bare = _bare_group(case, target, given, asked[-1])
        if bare is None:
            return replace(need, facts=facts)
        edits = () if target.group is None else streams_instead(target.group, bare)
        return replace(need, why=_BARE, facts=facts, edits=edits)
    return met("role-permissions", used, tuple(asked))


_BARE = "the log group's own ARN covers none of its streams"


def _bare_group(case: Case, target: ToLogGroup, given: Permissions, asked: Asked) -> Span | None:
    """Where a statement names the group's ARN that would do if it said `:*` behind it.

    <https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/iam-access-control-overview-cwl.html>
    """
    group = log_group_arn(target.name, target.region, target.account, case.place)
    for traced in asked.decision.trace:
        failing = {part.element for part in traced.parts if part.matches is Truth.NO}
        if traced.effect == "Allow" and failing == {"Resource"}:
            resource = given.policies[traced.document].statements[traced.index].resource
            values = () if resource is None else resource.values
            for value in values:
                if value.value.matches(group):
                    return value.span
    return None


def _every_stream(case: Case, target: ToLogGroup) -> str:
    """What the role must be allowed to write to, as the template would write it."""
    group = target.group
    if group is not None and group.managed and group.unit == case.flow_log.unit:
        return every_stream(group)
    arn = log_group_arn(target.name, target.region, target.account, case.place)
    return f'"{inside(arn, case.flow_log.declared.language)}:*"'


def _no_group(target: ToLogGroup, used: Span, asked: list[Asked], name: str) -> Need:
    """The group may exist elsewhere; only if it does not, the role would have to create it."""
    fact = Open(
        f"whether log group {target.called} exists: nothing here creates it, and {name} may not",
        ELSEWHERE,
        used,
    )
    return missing("role-permissions", used, fact, asked=tuple(asked), subject=target.called)
