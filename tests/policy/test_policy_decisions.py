"""Decisions and their grounds: what is disputed, operators, traces, open facts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from validator.graph.span import Span
from validator.graph.text import Hole, Lit, Ref, Symbol, Text
from validator.graph.values import Known
from validator.graph.verdict import Truth
from validator.policy import ANYTHING, ContextValue, Outcome, decide, parse

if TYPE_CHECKING:
    from tests.policy.conftest import Make

SPAN = Span("main.tf", 3, 1, 3, 2)


# --- where AWS's documentation does not decide -------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "context"),
    [
        ({"Condition": {"ForAnyValue:StringEqualsIfExists": {"aws:TagKeys": "a"}}}, {}),
        ({"Condition": {"StringEquals": {"aws:TagKeys": "a"}}}, {"aws:TagKeys": ["a", "b"]}),
        ({"Condition": {"stringequals": {"aws:X": "a"}}}, {"aws:X": "a"}),
        ({"Condition": {"ArnLike": {"aws:X": "arn:aws:*"}}}, {"aws:X": "arn:aws:a:b:c:d"}),
        ({"Condition": {"StringEquals": {"aws:X": []}}}, {"aws:X": "a"}),
        ({"Resource": "arn:aws:s3:*"}, {}),
        ({"Resource": "arn:${aws:X}:s3:::b/*"}, {"aws:X": "aws"}),
        ({"Resource": "arn:aws:s3:*:b/AWSLogs/*"}, {}),
        ({"Resource": "arn:aws:s3:::b/${aws:X}/*"}, {"aws:X": ["AWSLogs", "b"]}),
        ({"NotResource": "arn:aws:s3:::b/${aws:X}/*"}, {}),
        ({"NotResource": "arn:aws:s3:::c/${aws:X}/*"}, {"aws:X": ["AWSLogs", "b"]}),
        ({"Condition": {"Bool": {"aws:X": "${aws:X}"}}}, {"aws:X": "true"}),
    ],
)
def test_disputed_rules_are_open_and_say_so(
    make: Make, changes: dict[str, Any], context: dict[str, Any]
) -> None:
    decision = decide([make.statement(**changes)], make.request(context=context))
    assert decision.outcome is Outcome.CANNOT_TELL
    assert decision.open


@pytest.mark.parametrize(
    ("values", "present", "multivalued"),
    [(None, Truth.YES, True), (None, Truth.MAYBE, True), (None, Truth.MAYBE, False)],
)
@pytest.mark.parametrize("operator", ["ForAllValues:StringEquals", "ForAnyValue:StringLike"])
def test_unknown_sets_of_values_are_open(
    make: Make,
    values: None,
    present: Truth,
    multivalued: bool,
    operator: str,
) -> None:
    policy = make.statement(Condition={operator: {"aws:TagKeys": "a"}})
    carried = ContextValue(values, present, multivalued, "the tags", "--tags")
    decision = decide([policy], make.request(context={"aws:TagKeys": carried}))
    assert decision.outcome is Outcome.CANNOT_TELL
    assert [(fact.fact, fact.supply) for fact in decision.open] == [("the tags", "--tags")]


@pytest.mark.parametrize(
    ("operator", "value", "actual", "truth"),
    [
        ("NumericEquals", "10", "1e1", Truth.YES),
        ("NumericEquals", "1.50", "1.5", Truth.YES),
        ("NumericLessThan", "9", "10", Truth.NO),
        ("NumericNotEquals", "ten", "10", Truth.YES),
        ("DateEquals", "1499000000", "2017-07-02T12:53:20Z", Truth.YES),
        ("DateLessThan", "2017-07-02T12:53:20+01:00", "2017-07-02T11:53:19Z", Truth.YES),
        ("DateGreaterThan", "2017-07-02", "2017-07-02T00:00:00.001Z", Truth.YES),
        ("IpAddress", "10.0.0.0/8", "10.255.0.1", Truth.YES),
        ("IpAddress", "10.0.0.0/8", "::ffff:10.0.0.1", Truth.NO),
        ("NotIpAddress", "10.0.0.0/8", "2001:db8::1", Truth.YES),
        ("IpAddress", "2001:db8::/32", "2001:db8::1", Truth.YES),
        ("IpAddress", "10.0.0.0/8", "delivery.logs.amazonaws.com", Truth.NO),
        ("BinaryEquals", "QmluYXJ5", "QmluYXJ5", Truth.YES),
        ("BinaryEquals", "QmluYXJ5", "qmluyxj5", Truth.NO),
        ("Bool", "TRUE", "true", Truth.YES),
        ("StringEqualsIgnoreCase", "ÄB", "äb", Truth.YES),
        ("StringEquals", "${*}", "*", Truth.YES),
        ("StringLike", "a${?}c", "abc", Truth.NO),
    ],
)
def test_operators(make: Make, operator: str, value: str, actual: str, truth: Truth) -> None:
    policy = make.statement(Condition={operator: {"aws:X": value}})
    [traced] = decide([policy], make.request(context={"aws:X": actual})).trace
    assert traced.parts[-1].matches is truth


def test_numbers_with_unknown_pieces_are_open(make: Make) -> None:
    policy = make.statement(Condition={"NumericLessThan": {"s3:max-keys": "10"}})
    keys = make.value(Hole("n", "n has no value", "--var n=VALUE"))
    decision = decide([policy], make.request(context={"s3:max-keys": keys}))
    assert decision.outcome is Outcome.CANNOT_TELL
    assert [(fact.fact, fact.supply) for fact in decision.open] == [
        ("n has no value", "--var n=VALUE")
    ]


# --- grounds -----------------------------------------------------------------------------------


def test_the_trace_shows_every_element_of_every_statement(make: Make) -> None:
    policy = make.policy(
        """{"Version": "2012-10-17", "Statement": [
  {"Sid": "A", "Effect": "Allow", "Principal": {"Service": "delivery.logs.amazonaws.com"},
   "Action": "s3:PutObject",
   "Resource": "arn:aws:s3:::b/other/*",
   "Condition": {"Bool": {"aws:SecureTransport": "true"},
                 "StringEquals": {"aws:SourceAccount": "1"}}},
  {"Effect": "Deny", "Principal": "*", "NotAction": "s3:Get*", "NotResource": "*"}
]}"""
    )
    decision = decide([policy], make.request(context={"aws:SecureTransport": "true"}))
    first, second = decision.trace
    assert (first.sid, first.effect, first.matches, first.span.line) == (
        "A",
        "Allow",
        Truth.NO,
        2,
    )
    assert [(part.element, part.matches, part.span.line) for part in first.parts] == [
        ("Principal", Truth.YES, 2),
        ("Action", Truth.YES, 3),
        ("Resource", Truth.NO, 4),
        ("Condition.Bool.aws:SecureTransport", Truth.YES, 5),
        ("Condition.StringEquals.aws:SourceAccount", Truth.NO, 6),
    ]
    assert "absent" in first.parts[-1].why
    assert [(part.element, part.matches) for part in second.parts] == [
        ("Principal", Truth.YES),
        ("NotAction", Truth.YES),
        ("NotResource", Truth.NO),
    ]
    assert (second.sid, second.effect, second.matches) == (None, "Deny", Truth.NO)
    assert (decision.outcome, decision.explicit, decision.deciding) == (Outcome.DENIED, False, ())


def test_only_facts_that_matter_are_asked_for(make: Make) -> None:
    account, region = Symbol("account"), Symbol("region")
    bucket = Ref("infra#aws_s3_bucket.logs", "id", "bucket-name")
    policy = make.pieces(
        "bucket",
        '{"Statement": [{"Effect": "Allow", "Principal": "*", "Action": "s3:PutObject", ',
        '"Resource": "arn:aws:s3:::',
        bucket,
        '/AWSLogs/123456789012/*"}, {"Effect": "Deny", "Principal": "*", "Action": "s3:Get*", ',
        '"Resource": "arn:aws:s3:::',
        bucket,
        '/210987654321/*"}]}',
    )
    request = make.request(
        "arn:aws:s3:::", bucket, "/AWSLogs/", account, "/vpcflowlogs/", region, "/", ANYTHING
    )
    decision = decide([policy], request)
    assert decision.outcome is Outcome.CANNOT_TELL
    assert [(fact.fact, fact.supply) for fact in decision.open] == [
        ("the account that this is deployed to", "--account ID")
    ]
    assert [traced.index for traced in decision.deciding] == [0]


def test_what_an_unknown_effect_leaves_open(make: Make) -> None:
    effect = Hole("e", "e has no value", "--var e=VALUE")
    policy = make.pieces(
        "bucket",
        '{"Statement": {"Effect": "',
        effect,
        '", "Principal": "*", "Action": "*", "Resource": "*"}}',
    )
    decision = decide([policy], make.request())
    assert decision.outcome is Outcome.CANNOT_TELL
    assert [fact.supply for fact in decision.open] == ["--var e=VALUE"]
    [traced] = decision.trace
    assert [part.element for part in traced.parts if part.matches is Truth.MAYBE] == ["Effect"]


def test_sensitive_text_is_never_shown(make: Make) -> None:
    secret = Lit("hunter2", sensitive=True)
    policy = make.statement(Resource="arn:aws:s3:::b/other/*")
    decision = decide([policy], make.request("arn:aws:s3:::b/", secret, "/x"))
    assert decision.witness == "arn:aws:s3:::b/(sensitive)/x"
    document = Text(
        (Lit('{"Statement": {"Effect": "'), secret, Lit('", "Sid": "'), secret, Lit('"}}'))
    )
    for fault in parse(Known(document, SPAN), "bucket").faults:
        assert "hunter2" not in fault.message


def test_the_same_question_has_the_same_answer(make: Make) -> None:
    policy = make.statement(
        Resource=["arn:aws:s3:::b/*a", "arn:aws:s3:::b/?b*"],
        Condition={"StringEquals": {"aws:X": ["1", "2"]}},
    )
    request = make.request("arn:aws:s3:::b/", ANYTHING, context={"aws:X": make.value()})
    assert decide([policy], request) == decide([policy], request)
