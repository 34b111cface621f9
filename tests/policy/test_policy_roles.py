"""What a role's policies decide together, within its permissions boundary."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from validator.graph.span import Span
from validator.graph.values import Unknown
from validator.policy import ANYTHING, Outcome, Policy, decide_role, unknown_policy
from validator.records import replace

if TYPE_CHECKING:
    from tests.policy.conftest import Make

SPAN = Span("main.tf", 3, 1, 3, 2)
ROLE = "arn:aws:iam::123456789012:role/flow"
STREAM = "arn:aws:logs:us-east-1:123456789012:log-group:/vpc:log-stream:"


def role_policy(make: Make, effect: str, *actions: str, resource: Any = "*") -> Policy:
    statement = {"Effect": effect, "Action": list(actions), "Resource": resource}
    return make.policy({"Version": "2012-10-17", "Statement": statement}, "identity")


def test_a_role_is_allowed_by_any_of_its_policies_and_denied_by_any(make: Make) -> None:
    request = make.request(STREAM, ANYTHING, principal=ROLE, action="logs:PutLogEvents")
    reads = role_policy(make, "Allow", "logs:Get*")
    writes = role_policy(make, "Allow", "logs:Put*")
    stops = role_policy(make, "Deny", "logs:PutLogEvents")
    assert decide_role([reads], None, request).outcome is Outcome.DENIED
    allowed = decide_role([reads, writes], None, request)
    assert allowed.outcome is Outcome.ALLOWED
    assert [(traced.document, traced.index) for traced in allowed.deciding] == [(1, 0)]
    denied = decide_role([reads, writes, stops], None, request)
    assert (denied.outcome, denied.explicit) == (Outcome.DENIED, True)
    assert [(traced.document, traced.index) for traced in denied.deciding] == [(2, 0)]


@pytest.mark.parametrize(
    ("boundary", "outcome", "explicit"),
    [
        (("Allow", "logs:*"), Outcome.ALLOWED, False),
        (("Allow", "s3:*"), Outcome.DENIED, False),
        (("Deny", "logs:*"), Outcome.DENIED, True),
    ],
)
def test_a_boundary_must_allow_too(
    make: Make, boundary: tuple[str, str], outcome: Outcome, explicit: bool
) -> None:
    request = make.request(STREAM, ANYTHING, principal=ROLE, action="logs:PutLogEvents")
    policies = [role_policy(make, "Allow", "logs:PutLogEvents")]
    decision = decide_role(policies, role_policy(make, *boundary), request)
    assert (decision.outcome, decision.explicit) == (outcome, explicit)


def test_a_boundary_allows_nothing_by_itself(make: Make) -> None:
    request = make.request(STREAM, ANYTHING, principal=ROLE, action="logs:PutLogEvents")
    assert decide_role([], role_policy(make, "Allow", "*"), request).outcome is Outcome.DENIED


def test_a_role_and_its_boundary_may_cover_different_parts(make: Make) -> None:
    request = make.request(STREAM, ANYTHING, principal=ROLE, action="logs:PutLogEvents")
    mine = role_policy(make, "Allow", "logs:PutLogEvents", resource=f"{STREAM}a*")
    boundary = role_policy(make, "Allow", "logs:PutLogEvents", resource=f"{STREAM}*a")
    decision = decide_role([mine], boundary, request)
    assert decision.outcome is Outcome.PARTLY
    assert decide_role([mine, role_policy(make, "Allow", "*")], None, request).outcome is (
        Outcome.ALLOWED
    )


def test_an_unknown_policy_opens_what_it_could_change(make: Make) -> None:
    """An attached policy that is elsewhere may allow more, and deny unless that is known."""
    request = make.request(STREAM, ANYTHING, principal=ROLE, action="logs:PutLogEvents")
    elsewhere = Unknown("the policy arn:aws:iam::1:policy/x", SPAN, supply="its document")
    writes = role_policy(make, "Allow", "logs:*")
    stops = role_policy(make, "Deny", "logs:*")
    may_deny = unknown_policy("identity", elsewhere)
    allows = unknown_policy("identity", elsewhere, may_deny=False)
    assert decide_role([may_deny], None, request).outcome is Outcome.CANNOT_TELL
    assert decide_role([writes, may_deny], None, request).outcome is Outcome.CANNOT_TELL
    assert decide_role([writes, allows], None, request).outcome is Outcome.ALLOWED
    assert decide_role([allows], None, request).outcome is Outcome.CANNOT_TELL
    assert decide_role([stops, may_deny], None, request).outcome is Outcome.DENIED
    decision = decide_role([allows], None, request)
    assert [(fact.fact, fact.supply) for fact in decision.open] == [
        ("the policy arn:aws:iam::1:policy/x", "its document")
    ]


def test_the_group_alone_does_not_cover_its_streams(make: Make) -> None:
    request = make.request(STREAM, ANYTHING, principal=ROLE, action="logs:CreateLogStream")
    group = STREAM.removesuffix(":log-stream:")
    for resource, outcome in (
        (group, Outcome.DENIED),
        (f"{group}:*", Outcome.ALLOWED),
        (f"{group}*", Outcome.ALLOWED),
        ("arn:aws:logs:*:*:log-group:*", Outcome.ALLOWED),
        ("arn:aws:logs:*:*:*", Outcome.ALLOWED),
        ("arn:aws:logs:*:210987654321:log-group:*", Outcome.DENIED),
        ("*", Outcome.ALLOWED),
    ):
        policy = role_policy(make, "Allow", "logs:CreateLogStream", resource=resource)
        streams = make.request(
            STREAM,
            replace(ANYTHING, least=1, colons=False),
            principal=ROLE,
            action="logs:CreateLogStream",
        )
        assert decide_role([policy], None, streams).outcome is outcome, resource
        assert request.action == streams.action
