"""A fault is what is spelled out: what is not known is none, nor what may be in the bucket."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.policy.documents import KINDS, document
from validator.graph.span import Span
from validator.graph.text import Hole, Ref, Symbol, text
from validator.graph.values import Absent, Known, Unknown
from validator.policy import Outcome, PolicyKind, decide, parse

if TYPE_CHECKING:
    from tests.policy.conftest import Make

SPAN = Span("main.tf", 1, 1, 1, 2)
BUCKET_ARN = "arn:aws:s3:::b"


@pytest.mark.parametrize(
    ("resource", "right"),
    [
        ("arn:aws:s3:::b", True),
        ("arn:aws:s3:::b/*", True),
        ("arn:aws:s3:::b*", True),
        ("arn:aws:s3:::*", True),
        ("*", True),
        ("arn:aws:s3:::other/*", False),
        ("arn:aws:s3:::bb/*", False),
        ("arn:aws:s3:::b.example/*", False),
    ],
)
def test_a_bucket_policy_is_about_its_bucket(make: Make, resource: str, right: bool) -> None:
    node = Known(make.text(str(document("bucket", Resource=resource)).replace("'", '"')), SPAN)
    policy = parse(node, "bucket", attached_to=text(BUCKET_ARN))
    assert [fault.message.partition(":")[0] for fault in policy.faults] == (
        [] if right else ["Policy has invalid resource"]
    )


UNKNOWN = [
    Hole("x", "x has no value"),
    Ref("infra#aws_s3_bucket.logs", "arn"),
    Symbol("account"),
]


@pytest.mark.parametrize("piece", UNKNOWN, ids=lambda piece: type(piece).__name__)
@pytest.mark.parametrize("kind", KINDS)
def test_unknown_pieces_are_no_fault(
    make: Make, kind: PolicyKind, piece: Hole | Ref | Symbol
) -> None:
    """Each text of a right document in turn is unknown, then each whole value."""
    statement = (
        '"Effect": "Allow", "Principal": {"Service": "a.amazonaws.com"}, "Action": "s3:PutObject", '
        '"Resource": "arn:aws:s3:::b/*", "Condition": {"StringEquals": {"a:b": "c"}}'
    )
    if kind == "identity":
        statement = statement.replace('"Principal": {"Service": "a.amazonaws.com"}, ', "")
    if kind == "trust":
        statement = statement.replace('"Resource": "arn:aws:s3:::b/*", ', "")
        statement = statement.replace("s3:PutObject", "sts:AssumeRole")
    if kind == "key":
        statement = statement.replace("s3:PutObject", "kms:*").replace("arn:aws:s3:::b/*", "*")
    words = f'{{"Version": "2012-10-17", "Statement": [{{{statement}}}]}}'
    assert make.policy(words, kind).faults == ()
    values = ["Allow", "a.amazonaws.com", "s3:PutObject", "arn:aws:s3:::b/*", "c", "StringEquals"]
    for value in [*values, "2012-10-17", "a:b"]:
        for quoted in (f'"{value}"', value):
            before, found, after = words.partition(quoted)
            if not found or (quoted == f'"{value}"' and after.startswith(":")):
                continue
            policy = make.pieces(kind, before, piece, after)
            assert policy.faults == ()


def test_unknown_parts_of_a_document_are_no_fault(make: Make) -> None:
    hole = Hole("x", "x has no value", "--var x=VALUE")
    start = '{"Version": "2012-10-17", "Statement": ['
    statement = '{"Effect": "Allow", "Principal": "*", "Action": "s3:PutObject", "Resource": "*"'
    for parts in (
        [hole],
        [start, hole, "]}"],
        [start, statement, "}, ", hole, "]}"],
        [start, statement, "} ", hole, "]}"],
        [start, statement, ", ", hole, "}]}"],
        [start, hole, statement, "}]}"],
        ['{"Version": "2012-10-17", "Statement": ', hole, "}"],
        ['{"Version": "2012-10-17", ', hole, "}"],
        [start, '{"Effect": "Allow", ', hole, "}]}"],
        ["{", hole, "}"],
        [hole, start, statement, "}]}"],
        [start, statement, "}]}", hole],
    ):
        policy = make.pieces("bucket", *parts)
        assert policy.faults == ()
        decision = decide([policy], make.request())
        assert decision.outcome is Outcome.CANNOT_TELL
        assert ("x has no value", "--var x=VALUE") in {(f.fact, f.supply) for f in decision.open}


def test_no_document_and_an_unknown_one(make: Make) -> None:
    assert decide([parse(Absent(SPAN), "bucket")], make.request()).outcome is Outcome.DENIED
    unknown = parse(Unknown("it is elsewhere", SPAN), "bucket")
    assert decide([unknown], make.request()).outcome is Outcome.CANNOT_TELL
