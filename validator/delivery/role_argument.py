"""A flow log's argument that names a role, read."""

from __future__ import annotations

from typing import Literal, TypeAlias

from validator.aws import Role
from validator.aws.arn import Arn, MaybeArn, NotAnArn, parse_arn, split
from validator.delivery.case import Case
from validator.delivery.code import assigned, instead
from validator.delivery.lookup import ELSEWHERE, dangling_in, hops, nearest, open_piece
from validator.delivery.needs import Need, State, met, missing, undeclared
from validator.delivery.resolve import resource_at, targets
from validator.delivery.roles import role_of, roles_called
from validator.delivery.wrong_partition import wrong_partition
from validator.findings import Edit
from validator.graph.span import Span
from validator.graph.text import Text
from validator.graph.values import Known, Step
from validator.graph.verdict import Open, open_of
from validator.records import dataclass, replace

RoleField: TypeAlias = Literal["role_arn", "cross_account_role_arn"]


@dataclass(frozen=True, slots=True)
class Named:
    """The role that an argument names, if it is at hand, and what is to be said of the argument."""

    role: Role | None
    need: Need


def named_role(case: Case, field: RoleField, given: Known[Text]) -> Named:
    """The role that a known argument names; `need` says whether it is one, and is there."""
    words, span, trail = given.value, given.span, given.trail
    whole = case.resolve(words)
    if (dangling := dangling_in(whole)) is not None:
        return Named(
            None,
            undeclared(dangling, span, hops(trail)),
        )
    match parse_arn(whole):
        case MaybeArn(piece=piece):
            return Named(None, missing("role", span, open_piece(piece, span)))
        case NotAnArn(why=why):
            return Named(None, _malformed(case, field, words, span, why, trail))
        case Arn(service=service, resource=resource, account=account) as arn:
            kind = resource.pieces[:1] and str(Text(resource.pieces[:1])).partition("/")[0]
            if service.literal not in ("iam", None) or kind not in ("role", ()):
                why = "it is no role's ARN"
                return Named(None, _malformed(case, field, words, span, why, trail))
            if why := wrong_partition(case, arn):
                return Named(None, _malformed(case, field, words, span, why, trail))
            if (elsewhere := _elsewhere(case, field, account, span)) is not None:
                return Named(None, elsewhere)
    role = role_of(case, words)
    if role is None:
        _, perhaps = roles_called(case, words)
        if len(perhaps) > 1:
            names = " or ".join(f"{one.name_for_people} in {one.unit}" for one in perhaps)
            fact = Open(f"which role {whole} is: {names}", "--account ID", span)
            return Named(None, missing("role", span, fact))
        near = nearest(case.graph, Role, split(whole, "/")[-1], case.resolve)
        fact = Open(f"role {whole}, which these files do not create{near}", ELSEWHERE, span)
        return Named(None, missing("role", span, fact))
    if why := _other_path(case, field, role, words, whole):
        need = _malformed(case, field, words, span, why, trail)
        if role.unit == case.flow_log.unit:
            fix = assigned(case.flow_log, field, role.reference("arn"))
            need = replace(need, facts={**need.facts, "fix": fix})
        return Named(None, need)
    if (unknown := case.open_about(role)) is not None:
        return Named(role, missing("role", span, open_of(unknown)))
    return Named(role, met("role", span))


def _other_path(case: Case, field: RoleField, role: Role, words: Text, whole: Text) -> str:
    """Why an ARN that is written out is not that of the one role of this name in the account."""
    theirs, ours = case.resolve(role.place.account), case.resolve(case.flow_log.place.account)
    if field != "role_arn" or targets(words) or not theirs.matches(ours):
        return ""
    if not role.managed or not role.has_address:
        return ""
    is_, said = (split(one, ":", 5)[-1].literal for one in (case.resolve(role.word("arn")), whole))
    if is_ is None or said is None or is_ == said:
        return ""
    return f"{role.name_for_people} is {is_}, and this is {said}"


def _elsewhere(case: Case, field: RoleField, account: Text, span: Span) -> Need | None:
    """The flow log's own role belongs to whoever creates the flow log.

    <https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-iam-role.html>
    """
    here, there = case.place.account.literal, account.literal
    if field != "role_arn" or here is None or there is None or here == there:
        return None
    return Need(
        "role",
        State.UNMET,
        span,
        fault="elsewhere",
        why=f"it belongs to account {there}, the flow log to {here}",
        when="deploy",
    )


def _malformed(
    case: Case, field: RoleField, words: Text, span: Span, why: str, trail: tuple[Step, ...]
) -> Need:
    fix = ""
    edits: tuple[Edit, ...] = ()
    for address in targets(words):
        thing = resource_at(case.graph, address)
        if isinstance(thing, Role):
            why = f"this is the name of {thing.name_for_people}"
            fix = assigned(case.flow_log, field, thing.reference("arn"))
            edits = instead(thing, span, thing.reference("arn"))
    return Need(
        "role",
        State.UNMET,
        span,
        fault="malformed",
        why=why,
        when="deploy",
        evidence=hops(trail),
        facts={"fix": fix},
        edits=edits,
    )
