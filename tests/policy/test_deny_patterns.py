"""The Deny statements that people put on buckets, and whether log delivery survives them.

What a call by the log delivery service carries, and what follows:
<https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html>
<https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html>
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from validator.graph.verdict import Truth
from validator.policy import Anything, ContextValue, Outcome, Request, decide
from validator.records import dataclass, replace

if TYPE_CHECKING:
    from tests.policy.conftest import Make

ACCOUNT = "123456789012"
BUCKET = "arn:aws:s3:::my-logs"
# Present in every request, but with a value of AWS that is never the customer's.
AWS_ITSELF = "(an account of AWS)"

ALLOW: dict[str, Any] = {
    "Sid": "Delivery",
    "Effect": "Allow",
    "Principal": {"Service": "delivery.logs.amazonaws.com"},
    "Action": "s3:PutObject",
    "Resource": f"{BUCKET}/AWSLogs/{ACCOUNT}/*",
    "Condition": {
        "StringEquals": {
            "s3:x-amz-acl": "bucket-owner-full-control",
            "aws:SourceAccount": ACCOUNT,
        },
        "ArnLike": {"aws:SourceArn": f"arn:aws:logs:us-east-1:{ACCOUNT}:*"},
    },
}


def delivery(make: Make) -> Request:
    """`delivery.logs` putting the objects of a flow log of this account in us-east-1."""
    return make.request(
        f"{BUCKET}/AWSLogs/{ACCOUNT}/vpcflowlogs/us-east-1/",
        Anything(least=1),
        context={
            "aws:PrincipalIsAWSService": "true",
            "aws:PrincipalServiceName": "delivery.logs.amazonaws.com",
            "aws:PrincipalServiceNamesList": ["delivery.logs.amazonaws.com"],
            "aws:SourceAccount": ACCOUNT,
            "aws:SourceArn": make.value(f"arn:aws:logs:us-east-1:{ACCOUNT}:", Anything(least=1)),
            "aws:SourceOrgID": make.value(present=Truth.MAYBE, why="the organization"),
            "aws:SourceOrgPaths": ContextValue(
                None, Truth.MAYBE, multivalued=True, why="the organization"
            ),
            "aws:PrincipalArn": make.value(AWS_ITSELF, present=Truth.MAYBE),
            "aws:PrincipalAccount": AWS_ITSELF,
            "aws:SourceIp": AWS_ITSELF,
            "aws:SecureTransport": "true",
            "aws:ViaAWSService": "false",
            "s3:TlsVersion": "1.3",
            "s3:x-amz-acl": "bucket-owner-full-control",
        },
    )


@dataclass(frozen=True, slots=True)
class Pattern:
    """A Deny: its condition or principals, and what becomes of the delivery."""

    name: str
    outcome: Outcome
    condition: dict[str, dict[str, Any]] | None = None
    element: dict[str, Any] | None = None


FINE, BLOCKED, OPEN = Outcome.ALLOWED, Outcome.DENIED, Outcome.CANNOT_TELL
SSE = "s3:x-amz-server-side-encryption"
KEY_ID = f"{SSE}-aws-kms-key-id"
EXEMPT = {"Bool": {"aws:PrincipalIsAWSService": "false"}}

PATTERNS = [
    Pattern("TLS only", FINE, {"Bool": {"aws:SecureTransport": "false"}}),
    Pattern("TLS 1.2", FINE, {"NumericLessThan": {"s3:TlsVersion": "1.2"}}),
    Pattern("TLS 1.2 as a number", FINE, {"NumericLessThan": {"s3:TlsVersion": 1.2}}),
    Pattern("organization", BLOCKED, {"StringNotEquals": {"aws:PrincipalOrgID": "o-1"}}),
    Pattern(
        "organization, services exempt",
        FINE,
        {"StringNotEquals": {"aws:PrincipalOrgID": "o-1"}, **EXEMPT},
    ),
    Pattern(
        "organization, services exempt if they say so",
        FINE,
        {
            "StringNotEquals": {"aws:PrincipalOrgID": "o-1"},
            "BoolIfExists": {"aws:PrincipalIsAWSService": "false"},
        },
    ),
    Pattern(
        "organization IfExists", BLOCKED, {"StringNotEqualsIfExists": {"aws:PrincipalOrgID": "o-1"}}
    ),
    Pattern("endpoint", BLOCKED, {"StringNotEquals": {"aws:SourceVpce": "vpce-1"}}),
    Pattern("VPC", BLOCKED, {"StringNotEquals": {"aws:SourceVpc": "vpc-1"}}),
    Pattern(
        "VPC, services exempt", FINE, {"StringNotEquals": {"aws:SourceVpc": "vpc-1"}, **EXEMPT}
    ),
    Pattern("addresses", BLOCKED, {"NotIpAddress": {"aws:SourceIp": "203.0.113.0/24"}}),
    Pattern(
        "addresses, services exempt",
        FINE,
        {"NotIpAddress": {"aws:SourceIp": "203.0.113.0/24"}, **EXEMPT},
    ),
    *(
        Pattern(
            f"role by {operator}",
            BLOCKED,
            {operator: {"aws:PrincipalArn": f"arn:aws:iam::{ACCOUNT}:role/admin"}},
        )
        for operator in ("ArnNotLike", "ArnNotEquals", "StringNotLike", "StringNotEquals")
    ),
    Pattern("account", BLOCKED, {"StringNotEquals": {"aws:PrincipalAccount": ACCOUNT}}),
    Pattern("source organization", OPEN, {"StringNotEquals": {"aws:SourceOrgID": "o-1"}}),
    Pattern("source account", FINE, {"StringNotEquals": {"aws:SourceAccount": [ACCOUNT]}}),
    Pattern(
        "source account among others",
        FINE,
        {"StringNotEquals": {"aws:SourceAccount": ["210987654321", ACCOUNT]}},
    ),
    Pattern(
        "other source accounts",
        BLOCKED,
        {"StringNotEquals": {"aws:SourceAccount": ["210987654321"]}},
    ),
    Pattern("encryption header", BLOCKED, {"StringNotEquals": {SSE: "aws:kms"}}),
    Pattern("no encryption header", BLOCKED, {"Null": {SSE: "true"}}),
    Pattern("encryption header IfExists", BLOCKED, {"StringNotEqualsIfExists": {SSE: "aws:kms"}}),
    Pattern("key header", BLOCKED, {"StringNotEquals": {KEY_ID: "arn:aws:kms:::key/1"}}),
    Pattern(
        "key header IfExists", BLOCKED, {"StringNotEqualsIfExists": {KEY_ID: "arn:aws:kms:::key/1"}}
    ),
    Pattern(
        "encryption header, only where there is one",
        FINE,
        {"StringNotEquals": {SSE: "aws:kms"}, "Null": {SSE: "false"}},
    ),
    Pattern("ACL", FINE, {"StringNotEquals": {"s3:x-amz-acl": "bucket-owner-full-control"}}),
    Pattern(
        "everyone else",
        BLOCKED,
        element={"NotPrincipal": {"AWS": f"arn:aws:iam::{ACCOUNT}:root"}},
    ),
    Pattern(
        "everyone but the service",
        FINE,
        element={"NotPrincipal": {"Service": "delivery.logs.amazonaws.com"}},
    ),
    Pattern("all AWS principals", BLOCKED, element={"Principal": {"AWS": "*"}}),
    Pattern(
        "all AWS principals without TLS",
        FINE,
        {"Bool": {"aws:SecureTransport": "false"}},
        element={"Principal": {"AWS": "*"}},
    ),
    Pattern(
        "services by name",
        FINE,
        {
            "StringNotEqualsIfExists": {
                "aws:PrincipalServiceName": ["delivery.logs.amazonaws.com", "x.amazonaws.com"]
            }
        },
    ),
    Pattern(
        "other services by name",
        BLOCKED,
        {"StringNotEqualsIfExists": {"aws:PrincipalServiceName": ["x.amazonaws.com"]}},
    ),
    Pattern(
        "services by list",
        FINE,
        {
            "ForAllValues:StringNotEquals": {
                "aws:PrincipalServiceNamesList": ["delivery.logs.amazonaws.com"]
            }
        },
    ),
    Pattern(
        "other services by list",
        BLOCKED,
        {"ForAllValues:StringNotEquals": {"aws:PrincipalServiceNamesList": ["x.amazonaws.com"]}},
    ),
    Pattern("deletes only", FINE, element={"Action": ["s3:DeleteBucket", "s3:DeleteObject*"]}),
    Pattern("another folder", FINE, element={"Resource": f"{BUCKET}/private/*"}),
    Pattern("all but this folder", FINE, element={"NotResource": f"{BUCKET}/AWSLogs/*"}),
    Pattern("all but another folder", BLOCKED, element={"NotResource": f"{BUCKET}/private/*"}),
]


@pytest.mark.parametrize("pattern", PATTERNS, ids=lambda pattern: pattern.name)
def test_what_a_deny_does_to_log_delivery(make: Make, pattern: Pattern) -> None:
    deny: dict[str, Any] = {
        "Sid": "Guard",
        "Effect": "Deny",
        "Principal": "*",
        "Action": "s3:*",
        "Resource": [BUCKET, f"{BUCKET}/*"],
    }
    changes = pattern.element or {}
    for name in changes:
        deny.pop(name.removeprefix("Not"), None)
    deny |= changes
    if pattern.condition is not None:
        deny["Condition"] = pattern.condition
    policy = make.policy({"Version": "2012-10-17", "Statement": [ALLOW, deny]})
    assert not policy.malformed
    decision = decide([policy], delivery(make))
    assert decision.outcome is pattern.outcome
    assert decision.explicit == (pattern.outcome is BLOCKED)
    match pattern.outcome:
        case Outcome.ALLOWED:
            assert [traced.sid for traced in decision.deciding] == ["Delivery"]
        case Outcome.DENIED:
            assert [traced.sid for traced in decision.deciding] == ["Guard"]
            assert decision.witness is not None
        case _:
            assert [fact.fact for fact in decision.open] == ["the organization"]


def test_source_organization_known(make: Make) -> None:
    policy = make.policy(
        {
            "Version": "2012-10-17",
            "Statement": [
                ALLOW,
                {
                    "Effect": "Deny",
                    "Principal": "*",
                    "Action": "s3:*",
                    "Resource": f"{BUCKET}/*",
                    "Condition": {"StringNotEquals": {"aws:SourceOrgID": "o-1"}},
                },
            ],
        }
    )
    request = delivery(make)
    for organization, outcome in (("o-1", Outcome.ALLOWED), ("o-2", Outcome.DENIED)):
        context = {**request.context, "aws:sourceorgid": make.value(organization)}
        assert decide([policy], replace(request, context=context)).outcome is outcome
