"""Right documents of every kind of policy, to be changed in one thing."""

from __future__ import annotations

from typing import Any

from validator.policy import PolicyKind

BASE: dict[PolicyKind, dict[str, Any]] = {
    "bucket": {
        "Sid": "One",
        "Effect": "Allow",
        "Principal": {"Service": "delivery.logs.amazonaws.com"},
        "Action": "s3:PutObject",
        "Resource": "arn:aws:s3:::b/*",
    },
    "key": {
        "Sid": "One",
        "Effect": "Allow",
        "Principal": {"Service": "delivery.logs.amazonaws.com"},
        "Action": ["kms:GenerateDataKey*"],
        "Resource": "*",
    },
    "trust": {
        "Sid": "One",
        "Effect": "Allow",
        "Principal": {"Service": "vpc-flow-logs.amazonaws.com"},
        "Action": "sts:AssumeRole",
    },
    "identity": {
        "Sid": "One",
        "Effect": "Allow",
        "Action": ["logs:CreateLogStream", "logs:PutLogEvents"],
        "Resource": "arn:aws:logs:us-east-1:123456789012:log-group:/vpc:*",
    },
}
KINDS: list[PolicyKind] = ["bucket", "key", "trust", "identity"]


def document(kind: PolicyKind, **changes: Any) -> dict[str, Any]:
    """A right document of one statement, with elements changed, or left out if None."""
    statement = {name: value for name, value in (BASE[kind] | changes).items() if value is not None}
    return {"Version": "2012-10-17", "Statement": [statement]}


def one(kind: PolicyKind, **changes: Any) -> tuple[PolicyKind, dict[str, Any]]:
    return kind, document(kind, **changes)
