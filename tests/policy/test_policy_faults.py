"""What AWS rejects in a policy document, each with its place; and what it accepts.

Texts in quotes are AWS's own, as IAM, S3 and the KMS API give them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.policy.documents import BASE, KINDS, document, one
from validator.policy import Outcome, PolicyKind, decide

if TYPE_CHECKING:
    from tests.policy.conftest import Make

REJECTED: list[tuple[tuple[PolicyKind, Any], str]] = [
    # The document.
    (("bucket", "[]"), "must be an object"),
    (("bucket", '"text"'), "must be an object"),
    (("bucket", {"Version": "2012-10-17"}), "must have a Statement"),
    (("identity", {"Version": "2012-10-17", "Statement": []}), "Statement is empty"),
    (("bucket", {"Version": "2012-10-17", "Statement": []}), "Statement is empty"),
    (("bucket", document("bucket") | {"Version": "2013-10-17"}), "Version must be 2012-10-17"),
    (("bucket", document("bucket") | {"version": "2012-10-17"}), "version is there twice"),
    (("bucket", document("bucket") | {"Extra": "x"}), "Unknown element 'Extra'"),
    (("identity", document("identity") | {"Id": ["x"]}), "Id must be a text"),
    (("identity", {"Version": "2012-10-17", "Statement": ["x"]}), "must be an object"),
    # Elements of a statement.
    (one("identity", Extra="x"), "Unknown element 'Extra'"),
    (one("identity", Conditions={}), "did you mean Condition?"),
    (one("identity", Sid=[]), "Sid must be a text"),
    (one("identity", Sid="no-hyphens"), "must be alpha-numeric"),
    (one("bucket", Effect=None), "must have an Effect"),
    (one("bucket", Effect="allow"), "Effect must be Allow or Deny"),
    (one("bucket", Effect="Permit"), "Effect must be Allow or Deny"),
    (one("bucket", Effect=["Allow"]), "Effect must be a text"),
    (one("bucket", Action=None), "must have Action or NotAction"),
    (one("trust", Action=None), "must have Action or NotAction"),
    (one("bucket", NotAction="s3:Get*"), "both Action and NotAction"),
    (one("bucket", Action=[]), "Action is an empty list"),
    (one("bucket", Action={}), "Action must be a text"),
    (one("bucket", Action=[[]]), "Action must be a text"),
    (one("bucket", Action=1), "Action must be a text"),
    (one("bucket", Resource=None), "must have Resource or NotResource"),
    (one("identity", Resource=None), "must have Resource or NotResource"),
    (one("identity", Resource=[]), "Resource is an empty list"),
    (one("bucket", NotResource="*"), "both Resource and NotResource"),
    (one("trust", Resource="*"), "Has prohibited field Resource"),
    (one("trust", NotResource="*"), "Has prohibited field Resource"),
    # Principals.
    (one("bucket", Principal=None), "Missing required field Principal"),
    (one("key", Principal=None), "Missing required field Principal"),
    (one("trust", Principal=None), "Missing required field Principal"),
    (one("bucket", NotPrincipal="*"), "both Principal and NotPrincipal"),
    (one("identity", Principal="*"), "should not specify a principal"),
    (one("trust", Principal=None, NotPrincipal="*"), "cannot have NotPrincipal"),
    (one("bucket", Principal="delivery.logs.amazonaws.com"), 'must be "*" or an object'),
    (one("bucket", Principal=["*"]), 'must be "*" or an object'),
    (one("bucket", Principal={}), "Principal is empty"),
    (one("bucket", Principal={"Servce": "a.amazonaws.com"}), "did you mean Service?"),
    (one("bucket", Principal={"Service": []}), "Principal.Service is an empty list"),
    (one("bucket", Principal={"AWS": "delivery.logs.amazonaws.com"}), 'belongs under "Service"'),
    (one("bucket", Principal={"AWS": "arn:aws:iam::123456789012:role/*"}), "a wildcard cannot"),
    (one("bucket", Principal={"AWS": "12345678901"}), "Invalid principal in policy"),
    (one("bucket", Principal={"Service": "*.amazonaws.com"}), "a wildcard cannot"),
    (
        one("bucket", Principal={"Service": "arn:aws:iam::123456789012:root"}),
        "Invalid principal in policy",
    ),
    # Actions.
    (one("identity", Action="invalid"), "must be prefaced by a vendor"),
    (one("identity", Action=None, NotAction=""), "must be prefaced by a vendor"),
    (one("identity", Action="s3:List:Bucket"), "only one colon"),
    (one("identity", Action="a a:ListBucket"), "Vendor a a is not valid"),
    (one("bucket", Action="kms:GenerateDataKey"), "Policy has invalid action"),
    (one("bucket", Action=["s3:PutObject", "logs:*"]), "Policy has invalid action"),
    (one("trust", Action="iam:PassRole"), "only specify STS AssumeRole actions"),
    # Resources.
    (one("identity", Resource="my-bucket"), 'must be in ARN format or "*"'),
    (one("identity", Resource=""), 'must be in ARN format or "*"'),
    (one("identity", Resource="aws:s3:::b"), 'Partition "s3" is not valid'),
    (one("identity", Resource="arn:error:s3:::b"), 'Partition "error" is not valid'),
    (one("identity", Resource="arn:aws"), "Resource vendor must be fully qualified"),
    (one("identity", Resource="arn:aws:s3::b"), "failed legacy parsing"),
    (one("identity", Resource="arn:aws:s3:us-east-1::b"), "can not contain region"),
    (one("bucket", Resource="arn:aws:logs:us-east-1:123456789012:log-group:x"), "invalid resource"),
    # Conditions.
    (one("bucket", Condition=[]), "must be an object of operators"),
    (one("bucket", Condition="x"), "must be an object of operators"),
    (one("bucket", Condition={"StringEquals": "x"}), "must be an object of condition keys"),
    (one("bucket", Condition={"aws:SourceAccount": "1"}), "must be an object of condition keys"),
    (one("bucket", Condition={"Bool": {"aws:X": {}}}), "must be a text or a list"),
    (one("bucket", Condition={"StringEqual": {"a:b": "c"}}), "did you mean StringEquals?"),
    (one("bucket", Condition={"StringEqualsExists": {"a:b": "c"}}), "Unknown condition operator"),
    (one("bucket", Condition={"ForAny:StringLike": {"a:b": "c"}}), "Unknown condition operator"),
    (one("bucket", Condition={"DateGreaterThan": {"a:b": "someday"}}), "is no date"),
]


@pytest.mark.parametrize(
    ("case", "message"), REJECTED, ids=lambda value: value if isinstance(value, str) else ""
)
def test_what_aws_rejects_is_malformed(
    make: Make, case: tuple[PolicyKind, Any], message: str
) -> None:
    kind, written = case
    policy = make.policy(written, kind)
    faults = [fault for fault in policy.faults if fault.rejected]
    assert any(message in fault.message for fault in faults), [f.message for f in faults]
    decision = decide([policy], make.request())
    assert decision.outcome is Outcome.MALFORMED
    assert decision.faults == policy.faults


def test_statements_of_one_sid(make: Make) -> None:
    statement = BASE["identity"]
    twice = {"Version": "2012-10-17", "Statement": [statement, statement]}
    policy = make.policy(twice, "identity")
    assert [(fault.message, fault.rejected) for fault in policy.faults] == [
        ("Statement IDs (SID) in a single policy must be unique", True)
    ]


DOUBTFUL: list[tuple[tuple[PolicyKind, Any], str]] = [
    (one("key", Action=None), "Without Action the statement has no effect"),
    (one("key", Resource=None), "Without Resource the statement has no effect"),
    (one("key", Action="s3:*"), "KMS actions only"),
    (("identity", {"Statement": BASE["identity"]}), "insist on Version 2012-10-17"),
    (one("bucket", Condition=None, Sid=None, effect="Allow", Effect=None), "spelled Effect"),
    (one("bucket", Condition={"stringequals": {"a:b": "c"}}), "should be spelled StringEquals"),
    (one("bucket", Condition={"NullIfExists": {"a:b": "true"}}), "Null takes neither"),
    (one("bucket", Condition={"StringEquals": {"a:b": []}}), "is an empty list"),
    (one("bucket", Condition={"Bool": {"a:b": "yes"}}), "true and false only"),
    (one("bucket", Condition={"IpAddress": {"a:b": "10.0.0"}}), "is no IP address range"),
    (one("bucket", Condition={"NumericEquals": {"a:b": "ten"}}), "is no number"),
    (one("bucket", Condition={"DateLessThan": {"a:b": "2016-1-1T"}}), "is no date"),
    (one("bucket", Condition={"ArnLike": {"a:b": "arn:aws:logs:*"}}), "not an ARN of six parts"),
    (
        one("bucket", Condition={"StringEquals": {"aws:SourceArn": "arn:aws:logs:*:1:*"}}),
        "knows no wildcards",
    ),
    (
        one("bucket", Principal=None, NotPrincipal={"AWS": "*"}),
        "NotPrincipal with Allow",
    ),
    (one("bucket", Principal={"Service": "*"}), "Invalid principal in policy"),
    (one("identity", Resource="arn:aws:fdsasf"), "not an ARN of six parts"),
    (one("identity", Resource="arn:aws:*:::b"), "wildcard in the place of the service"),
    (one("identity", Resource="arn:aws:s3:*:*:b"), "can not contain region"),
]


@pytest.mark.parametrize(
    ("case", "message"), DOUBTFUL, ids=lambda value: value if isinstance(value, str) else ""
)
def test_what_nobody_can_mean_is_said_but_not_rejected(
    make: Make, case: tuple[PolicyKind, Any], message: str
) -> None:
    kind, written = case
    policy = make.policy(written, kind)
    assert any(message in fault.message for fault in policy.faults)
    assert not policy.malformed
    assert decide([policy], make.request()).outcome is not Outcome.MALFORMED


RIGHT: list[tuple[PolicyKind, Any]] = [
    *((kind, document(kind)) for kind in KINDS),
    ("bucket", document("bucket") | {"Version": "2008-10-17", "Id": "x"}),
    ("bucket", {"Statement": BASE["bucket"]}),
    ("trust", {"Statement": BASE["trust"]}),
    ("identity", document("identity") | {"Id": "x"}),
    one("bucket", Sid="Sids of buckets may hold spaces - and more"),
    one("bucket", Principal="*"),
    one("bucket", Principal={"AWS": "*"}),
    one("bucket", Principal={"AWS": ["123456789012", "arn:aws:iam::123456789012:root"]}),
    one("bucket", Principal={"AWS": "arn:aws-cn:iam::123456789012:role/a/b"}),
    one("bucket", Principal={"AWS": "AIDACKCEVSQ6C2EXAMPLE"}),
    one("bucket", Principal={"AWS": "arn:aws:iam::cloudfront:user/CloudFront Origin"}),
    one("bucket", Principal={"CanonicalUser": "79a59df900b949e5"}),
    one("bucket", Principal={"Service": ["a.amazonaws.com", "logs.us-east-1.amazonaws.com"]}),
    one("bucket", Action="*"),
    one("bucket", Action=["S3:PUTOBJECT", "s3:*"]),
    one("bucket", Resource=["arn:aws:s3:::b", "arn:aws:s3:::b/${aws:username}/*"]),
    one("bucket", Resource="arn:*:s3:::b/*"),
    one("bucket", Condition={}),
    one("bucket", Condition={"Whatever": {}}),
    one("bucket", Condition={"NumericLessThan": {"s3:TlsVersion": 1.2}}),
    one("bucket", Condition={"Bool": {"aws:SecureTransport": False}}),
    one("bucket", Condition={"Null": {"aws:SourceIp": True}}),
    one("bucket", Condition={"DateGreaterThan": {"aws:CurrentTime": "2017-07-01T00:00:00Z"}}),
    one("bucket", Condition={"DateLessThan": {"aws:CurrentTime": "1499000000"}}),
    one("bucket", Condition={"ForAnyValue:StringLikeIfExists": {"aws:CalledVia": ["a", "b"]}}),
    one("identity", Action="logs:*", Resource="*"),
    one("identity", Action=None, NotAction="iam:*", Resource="*"),
    one("identity", Resource=None, NotResource=["arn:aws:s3:::b", "arn:aws:s3:::b/*"]),
    one("identity", Resource="arn:aws:iam::*:user/${aws:username}"),
    one("identity", Resource="arn:aws:s3:us-east-1:123456789012:accesspoint/x"),
]


@pytest.mark.parametrize("case", RIGHT)
def test_what_aws_accepts_has_no_fault(make: Make, case: tuple[PolicyKind, Any]) -> None:
    kind, written = case
    assert make.policy(written, kind).faults == ()


# --- places ------------------------------------------------------------------------------------


def test_a_fault_is_where_it_is_written(make: Make) -> None:
    words = """{
  "Version": "2012-10-17",
  "Statement": [{
    "Effect": "allow",
    "Principal": {"AWS": ["*", "arn:aws:iam::123456789012:user/*"]},
    "Action": "s3:PutObject",
    "Resource": "arn:aws:s3:::b/*",
    "Condition": {"StringEqual": {"aws:SourceAccount": "123456789012"}},
    "Action": "s3:GetObject"
  }]
}"""
    policy = make.policy(words)
    places = [(f.span.line, f.span.column, f.span.end_column) for f in policy.faults]
    assert places == [(4, 15, 22), (5, 32, 66), (8, 19, 32), (9, 5, 13)]


def test_keys_of_conditions_may_not_repeat(make: Make) -> None:
    for condition in (
        '{"StringEquals": {"a:b": "1", "a:b": "2"}}',
        '{"Bool": {"a:b": "true"}, "Bool": {"c:d": "true"}}',
    ):
        words = (
            '{"Statement": {"Effect": "Allow", "Principal": "*", "Action": "s3:*", '
            f'"Resource": "arn:aws:s3:::b/*", "Condition": {condition}}}}}'
        )
        [fault] = make.policy(words).faults
        assert "is there twice" in fault.message
        assert fault.rejected
