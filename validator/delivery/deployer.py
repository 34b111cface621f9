"""What whoever deploys a flow log must be allowed, where a template says who that is.

<https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-s3-permissions.html>
<https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-iam-role.html>
"""

from __future__ import annotations

from collections.abc import Iterator

from validator.aws.facts import FLOW_LOGS
from validator.delivery.case import Case
from validator.delivery.needs import Need, State
from validator.delivery.organization import Origin
from validator.delivery.permissions import permissions
from validator.delivery.policies import near_misses
from validator.delivery.requests import pass_role_request, role_request
from validator.delivery.role_answers import may
from validator.delivery.roles import role_of
from validator.delivery.target import Target, ToBucket, ToLogGroup, ToStream
from validator.findings import Evidence
from validator.graph.text import Text, text
from validator.graph.values import Known
from validator.policy.question import Request


def deployer_needs(case: Case, target: Target) -> Iterator[Need]:
    """What the role that Terraform takes on surely may not do; none if it is not at hand."""
    words = case.flow_log.place.role
    role = role_of(case, words) if words.pieces else None
    if role is None:
        return
    given = permissions(case, role)
    arn = case.resolve(words)
    for answer in may(case, role, given, _requests(case, target, arn)):
        if not answer.denied:
            continue
        yield Need(
            "arguments",
            State.NOTED,
            case.span,
            fault="deployer",
            why=f"{role.name_for_people} may not {answer.asked.request.action}",
            subject=role.name_for_people,
            when="deploy",
            evidence=(
                Evidence(role.span, "Terraform takes on this role to deploy"),
                *near_misses(answer.asked),
            ),
            asked=(answer.asked,),
            facts={"action": answer.asked.request.action},
        )
        return


def _requests(case: Case, target: Target, arn: Text) -> list[Request]:
    origin: Origin = case.origin
    match target:
        case ToBucket() | ToStream():
            resource = text("*").pieces
            return [role_request("logs:CreateLogDelivery", resource, arn, origin)]
        case ToLogGroup():
            given = case.flow_log.role_arn
            if isinstance(given, Known):
                passed = case.resolve(given.value)
                return [pass_role_request(passed, None, origin, by=arn, to=FLOW_LOGS)]
        case _:
            pass
    return []
