"""Names in a policy that AWS has not: actions, services, principals of another partition."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.policy.documents import document
from validator.graph.span import Span
from validator.graph.text import Hole, Piece, Ref, Symbol, text
from validator.graph.values import Known
from validator.policy import PolicyKind, parse
from validator.policy.actions import check_actions

if TYPE_CHECKING:
    from tests.policy.conftest import Make


@pytest.mark.parametrize(
    ("action", "resource", "right"),
    [
        ("s3:PutObject", "arn:aws:s3:::b/*", True),
        ("s3:PutObject", "arn:aws:s3:::b", False),
        ("s3:GetBucketAcl", "arn:aws:s3:::b", True),
        ("s3:GetBucketAcl", "arn:aws:s3:::b/*", False),
        ("s3:GetBucketAcl", "arn:aws:s3:::b*", True),
        (["s3:PutObject", "s3:GetBucketAcl"], ["arn:aws:s3:::b", "arn:aws:s3:::b/*"], True),
        (["s3:PutObject", "s3:GetBucketAcl"], "arn:aws:s3:::b/*", False),
        ("s3:PutObject", "*", True),
        ("s3:*", "arn:aws:s3:::b", True),
    ],
)
def test_actions_suit_their_resources(make: Make, action: Any, resource: Any, right: bool) -> None:
    policy = make.policy(document("bucket", Action=action, Resource=resource))
    found = [fault.message for fault in check_actions(policy)]
    if right:
        assert found == []
    else:
        assert "Action does not apply to any resource(s) in statement" in found[0]
        assert all(fault.rejected for fault in check_actions(policy))


def test_actions_on_a_bucket_of_unknown_name(make: Make) -> None:
    name = Ref("infra#aws_s3_bucket.logs", "name")
    for tail, right in (("/*", True), ("", False)):
        policy = make.pieces(
            "bucket",
            '{"Statement": {"Effect": "Allow", "Principal": "*", "Action": "s3:PutObject", ',
            '"Resource": "arn:aws:s3:::',
            name,
            f'{tail}"}}}}',
        )
        assert policy.faults == ()
        assert (check_actions(policy) == ()) == right


@pytest.mark.parametrize(
    ("partition", "who", "right"),
    [
        ("aws-cn", "arn:aws:iam::111122223333:root", "arn:aws-cn:iam::111122223333:root"),
        ("aws", "arn:aws-us-gov:iam::111122223333:role/r", "arn:aws:iam::111122223333:role/r"),
        ("aws-cn", "arn:aws-cn:iam::111122223333:root", ""),
        ("aws-cn", "111122223333", ""),
        ("aws-cn", "*", ""),
        ("", "arn:aws:iam::111122223333:root", ""),
    ],
)
@pytest.mark.parametrize("kind", ["bucket", "key", "trust"])
def test_a_partition_knows_nobody_of_another_one(
    make: Make, kind: PolicyKind, partition: str, who: str, right: str
) -> None:
    action = {"bucket": "s3:PutObject", "key": "kms:Decrypt", "trust": "sts:AssumeRole"}[kind]
    statement = {"Effect": "Deny", "Principal": {"AWS": ["*", who]}, "Action": action}
    if kind != "trust":
        statement["Resource"] = "*"
    words = json.dumps({"Version": "2012-10-17", "Statement": statement})
    document = Known(text(words), Span("policy.json", 1, 1, 1, 2))
    messages = [fault.message for fault in parse(document, kind, partition=partition).faults]
    there = who.split(":")[1] if right else ""
    expected = (
        f'Invalid principal in policy: "AWS":"{who}": '
        f"it is of partition {there}, not {partition}: write {right}"
    )
    assert messages == ([expected] if right else [])


@pytest.mark.parametrize(
    ("pieces", "faults"),
    [
        (['{"AWS": "arn:aws:iam::', Symbol("account"), ':root"}}}'], 1),
        (['{"AWS": "arn:', Symbol("partition"), ":iam::", Symbol("account"), ':root"}}}'], 0),
        (['{"AWS": "', Hole("who", "who is not known"), '"}}}'], 0),
    ],
)
def test_of_another_partition_is_what_begins_so(
    make: Make, pieces: list[str | Piece], faults: int
) -> None:
    start = '{"Statement": {"Effect": "Deny", "Action": "s3:*", "Resource": "*", "Principal": '
    document = Known(make.text(start, *pieces), Span("policy.json", 1, 1, 1, 2))
    assert len(parse(document, "bucket", partition="aws-cn").faults) == faults


@pytest.mark.parametrize(
    ("action", "message"),
    [
        ("s3:PutObjects", "There is no action s3:PutObjects; did you mean s3:PutObject?"),
        ("S3:PUTOBJEKT", "There is no action S3:PUTOBJEKT; did you mean s3:PutObject?"),
        ("s3:Putt*", "No action of s3 matches s3:Putt*"),
        ("s3:PutObject", None),
        ("s3:putobject", None),
        ("s3:Put*", None),
        ("s3:*", None),
        ("*", None),
    ],
)
def test_actions_that_do_not_exist(make: Make, action: str, message: str | None) -> None:
    policy = make.policy(document("bucket", Action=action))
    assert [fault.message for fault in check_actions(policy)] == ([message] if message else [])


def test_services_that_do_not_exist(make: Make) -> None:
    policy = make.policy(document("identity", Action=["log:PutLogEvents", "zzz:Any"]), "identity")
    [fault] = check_actions(policy)
    assert "did you mean logs:putlogevents?" in fault.message
