"""What a delivery to CloudWatch Logs needs of the role.

<https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-iam-role.html>
"""

from __future__ import annotations

from collections.abc import Iterator

from validator.aws import LogGroup, Role
from validator.aws.arn import Arn, parse_arn
from validator.aws.resource import local_name
from validator.delivery.case import Case
from validator.delivery.code import every_stream, inside, streams_instead
from validator.delivery.consequences import without_consequences
from validator.delivery.informed import informed_of_keys, informed_of_roles
from validator.delivery.left_out import left_to_a_caller
from validator.delivery.log_group import log_group_needs
from validator.delivery.lookup import ELSEWHERE, nearest
from validator.delivery.names import log_group_arn, log_stream_arn
from validator.delivery.needs import Asked, Need, State, at, met, missing
from validator.delivery.permissions import Permissions, permissions
from validator.delivery.policies import malformed
from validator.delivery.requests import logs_request, trust_request
from validator.delivery.role_answers import may, refused, sizes, trusts
from validator.delivery.role_argument import Named, named_role
from validator.delivery.stops import permissions_stop, role_stop
from validator.delivery.target import ToLogGroup
from validator.delivery.wrong_partition import partition_needs
from validator.findings import Evidence
from validator.graph.span import Span
from validator.graph.text import Text
from validator.graph.values import Absent, Known, Unknown
from validator.graph.verdict import Open, Truth, open_of
from validator.policy.question import Outcome, Request
from validator.records import replace

WRITES = ("logs:CreateLogStream", "logs:PutLogEvents")


def logs_needs(case: Case, target: ToLogGroup | None) -> Iterator[Need]:
    """The needs of a delivery to a log group; only the role's own if the group is not settled."""
    return without_consequences(list(_needs(case, target)))


def _needs(case: Case, target: ToLogGroup | None) -> Iterator[Need]:
    if target is not None:
        case = case.about(target.group)
    case = informed_of_roles(case, case.flow_log.role_arn)
    if target is not None:
        if target.group is not None:
            case = informed_of_keys(case, [(target.group.key, target.group.unit)])
        yield from log_group_needs(case, target)
        yield from partition_needs(case)
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
            if (contradiction := _of_two_accounts(case, target, given)) is not None:
                named = Named(None, contradiction)
            stop = role_stop(case, given)
            yield from at(stop, (named.need,))
            if named.role is not None:
                yield from at(stop, _with_role(case, target, named.role, span))


def _of_two_accounts(case: Case, target: ToLogGroup | None, given: Known[Text]) -> Need | None:
    """Role and log group must both be of the flow log's account, whichever that is."""
    arn = parse_arn(case.resolve(given.value))
    if target is None or not isinstance(arn, Arn) or case.place.account.literal is not None:
        return None
    mine, theirs = arn.account.literal, target.account.literal
    if mine is None or theirs is None or mine == theirs:
        return None
    why = f"it belongs to account {mine}, the log group to {theirs}"
    return Need("role", State.UNMET, given.span, fault="elsewhere", why=why, when="deploy")


def _with_role(case: Case, target: ToLogGroup | None, role: Role, span: Span) -> Iterator[Need]:
    given = permissions(case, role)
    request = trust_request(case.resolve(role.word("arn")), case.origin)
    yield trusts(case, role, request, span, "refuses")
    yield from _just_created(case, role, span)
    needed = (_permissions(case, target, role, given, span),)
    yield from at(permissions_stop(role, given), needed)
    yield from sizes(case, role, given)
    if target is not None:
        yield from _unordered(case, target, role, given)


_RETRIES = 4
_WAITS = ("time_sleep.", "null_resource.", "terraform_data.")


def _just_created(case: Case, role: Role, used: Span) -> Iterator[Need]:
    """Old providers do not wait until a new role can be taken on.

    <https://github.com/hashicorp/terraform-provider-aws/issues/29323>
    """
    flow_log = case.flow_log
    latest = case.graph.home.latest_aws_provider()
    if latest is None or latest[0] >= _RETRIES or not role.managed or role.unit != flow_log.unit:
        return
    before = (address.partition("#")[2] for address in case.graph.waited_for(flow_log.address))
    if any(local_name(name).startswith(_WAITS) for name in before):
        return
    yield Need(
        "role",
        State.NOTED,
        used,
        fault="just-created",
        why=f"it is created by the same apply, and provider aws has version {latest[0]} or earlier",
        subject=role.name_for_people,
        when="deploy",
        evidence=(Evidence(latest[1], "this lets in no later version"),),
    )


def _unordered(case: Case, target: ToLogGroup, role: Role, given: Permissions) -> Iterator[Need]:
    """The service may create the group before the deploy does, which then stops."""
    group, flow_log = target.group, case.flow_log
    if group is None or not group.managed or group.unit != flow_log.unit:
        return
    if case.graph.waits_for(flow_log.address, group.declared.address):
        return
    arn = log_group_arn(target.name, target.region, target.account, case.place)
    by = case.resolve(role.word("arn"))
    request = logs_request("logs:CreateLogGroup", arn.pieces, by, case.origin)
    if any(answer.allowed for answer in may(case, role, given, [request])):
        named = flow_log.destination
        span = flow_log.log_group_name.span if isinstance(named, Absent) else named.span
        yield Need(
            "log-group",
            State.NOTED,
            span,
            fault="unordered",
            why="the flow log does not wait for it, and its role may create it first",
            subject=target.called,
            when="deploy",
            evidence=(Evidence(group.span, "this creates it"),),
            facts={"group": group.name_for_people},
        )


def _requests(case: Case, target: ToLogGroup, role: Role) -> list[Request]:
    arn = case.resolve(role.word("arn"))
    stream = log_stream_arn(target.name, target.region, target.account, case.place)
    requests = [logs_request(action, stream, arn, case.origin) for action in WRITES]
    if target.group is None:
        group = log_group_arn(target.name, target.region, target.account, case.place)
        requests.append(logs_request("logs:CreateLogGroup", group.pieces, arn, case.origin))
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
            return _no_group(case, target, used, asked, name)
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
            resource = given.policies[traced.document].numbered(traced.index).resource
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


def _no_group(case: Case, target: ToLogGroup, used: Span, asked: list[Asked], name: str) -> Need:
    """The group may exist elsewhere; only if it does not, the role would have to create it."""
    near = nearest(case.graph, LogGroup, target.name, case.resolve)
    fact = Open(
        f"whether log group {target.called} exists: nothing here creates it, and {name} may not"
        f"{near}",
        ELSEWHERE,
        used,
    )
    return missing("role-permissions", used, fact, asked=tuple(asked), subject=target.called)
