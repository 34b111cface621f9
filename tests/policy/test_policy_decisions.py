"""Decisions and their grounds: roles, principals, conditions, variables, traces, open facts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from validator.graph.span import Span
from validator.graph.text import Hole, Lit, Piece, Ref, Symbol, Text
from validator.graph.values import Known, Unknown
from validator.graph.verdict import Truth
from validator.policy import (
    ANYTHING,
    ContextValue,
    Outcome,
    Policy,
    Principal,
    decide,
    decide_role,
    parse,
    unknown_policy,
)
from validator.records import replace

if TYPE_CHECKING:
    from tests.policy.conftest import Make

ROLE = "arn:aws:iam::123456789012:role/flow"
STREAM = "arn:aws:logs:us-east-1:123456789012:log-group:/vpc:log-stream:"
SPAN = Span("main.tf", 3, 1, 3, 2)


# --- roles -------------------------------------------------------------------------------------


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


# --- principals --------------------------------------------------------------------------------

SERVICE = "delivery.logs.amazonaws.com"


@pytest.mark.parametrize(
    ("element", "asker", "truth"),
    [
        ({"Principal": "*"}, SERVICE, Truth.YES),
        ({"Principal": "*"}, ROLE, Truth.YES),
        ({"Principal": {"Service": SERVICE}}, SERVICE, Truth.YES),
        ({"Principal": {"Service": SERVICE}}, ROLE, Truth.NO),
        ({"Principal": {"Service": "logs.amazonaws.com"}}, SERVICE, Truth.NO),
        ({"Principal": {"AWS": "*"}}, SERVICE, Truth.MAYBE),
        ({"Principal": {"AWS": "*"}}, ROLE, Truth.YES),
        ({"Principal": {"AWS": "123456789012"}}, ROLE, Truth.YES),
        ({"Principal": {"AWS": "123456789012"}}, SERVICE, Truth.NO),
        ({"Principal": {"AWS": "210987654321"}}, ROLE, Truth.NO),
        ({"Principal": {"AWS": "arn:aws:iam::123456789012:root"}}, ROLE, Truth.YES),
        ({"Principal": {"AWS": "arn:aws:iam::210987654321:root"}}, ROLE, Truth.NO),
        ({"Principal": {"AWS": ROLE}}, ROLE, Truth.YES),
        ({"Principal": {"AWS": f"{ROLE}s"}}, ROLE, Truth.NO),
        ({"Principal": {"Federated": "accounts.google.com"}}, ROLE, Truth.NO),
        ({"Principal": {"CanonicalUser": "79a59df900b949e5"}}, ROLE, Truth.MAYBE),
        ({"Principal": {"CanonicalUser": "79a59df900b949e5"}}, SERVICE, Truth.NO),
        ({"NotPrincipal": {"Service": SERVICE}}, SERVICE, Truth.NO),
        # AWS supports NotPrincipal with Deny only.
        ({"NotPrincipal": {"AWS": ROLE}}, SERVICE, Truth.MAYBE),
    ],
)
def test_who_an_allow_speaks_of(
    make: Make, element: dict[str, Any], asker: str, truth: Truth
) -> None:
    statement = {"Effect": "Allow", "Action": "*", "Resource": "*", **element}
    [traced] = decide([make.policy({"Statement": statement})], make.request(principal=asker)).trace
    assert traced.parts[0].matches is truth
    if truth is Truth.MAYBE:
        assert traced.parts[0].why


@pytest.mark.parametrize(
    ("element", "asker", "truth"),
    [
        ({"Principal": {"AWS": "*"}}, SERVICE, Truth.YES),
        ({"NotPrincipal": {"Service": SERVICE}}, SERVICE, Truth.NO),
        ({"NotPrincipal": {"Service": "logs.amazonaws.com"}}, SERVICE, Truth.YES),
        ({"NotPrincipal": {"AWS": "arn:aws:iam::123456789012:root"}}, SERVICE, Truth.YES),
        ({"NotPrincipal": {"AWS": [ROLE, "arn:aws:iam::123456789012:root"]}}, ROLE, Truth.NO),
        # AWS wants the account listed beside the role.
        ({"NotPrincipal": {"AWS": ROLE}}, ROLE, Truth.MAYBE),
        ({"NotPrincipal": {"AWS": "arn:aws:iam::123456789012:root"}}, ROLE, Truth.YES),
        ({"NotPrincipal": {"AWS": "arn:aws:iam::210987654321:root"}}, ROLE, Truth.YES),
    ],
)
def test_who_a_deny_speaks_of(
    make: Make, element: dict[str, Any], asker: str, truth: Truth
) -> None:
    statement = {"Effect": "Deny", "Action": "*", "Resource": "*", **element}
    [traced] = decide([make.policy({"Statement": statement})], make.request(principal=asker)).trace
    assert traced.parts[0].matches is truth


@pytest.mark.parametrize(
    ("piece", "asker", "truth"),
    [
        (Hole("who", "who is not known", "--var who=VALUE"), ROLE, Truth.MAYBE),
        # It may be a star.
        (Hole("who", "who is not known", "--var who=VALUE"), SERVICE, Truth.MAYBE),
        (Hole("who", "who is not known", shape="name"), SERVICE, Truth.NO),
        (Ref("infra#aws_iam_role.r", "arn"), SERVICE, Truth.NO),
        (Symbol("account"), ROLE, Truth.MAYBE),
        (Symbol("account"), SERVICE, Truth.NO),
    ],
)
@pytest.mark.parametrize("effect", ["Allow", "Deny"])
def test_a_principal_that_is_not_known(
    make: Make, effect: str, piece: Piece, asker: str, truth: Truth
) -> None:
    start = f'{{"Statement": {{"Effect": "{effect}", "Action": "*", "Resource": "*", "Principal": '
    policy = make.pieces("bucket", start + '{"AWS": "', piece, '"}}}')
    [traced] = decide([policy], make.request(principal=asker)).trace
    assert traced.parts[0].matches is truth
    if truth is Truth.MAYBE:
        assert traced.parts[0].why


def test_the_root_of_an_unknown_account(make: Make) -> None:
    account = Symbol("account")
    policy = make.pieces(
        "bucket",
        '{"Statement": {"Effect": "Allow", "Action": "*", "Resource": "*", "Principal": ',
        '{"AWS": "arn:aws:iam::',
        account,
        ':root"}}}',
    )
    own = Principal("AWS", make.text("arn:aws:iam::", account, ":role/r"))
    assert decide([policy], replace(make.request(), principal=own)).outcome is Outcome.ALLOWED
    other = make.request(principal=ROLE)
    assert decide([policy], other).outcome is Outcome.CANNOT_TELL


def test_the_service_of_an_unknown_region(make: Make) -> None:
    region = Symbol("region")
    policy = make.pieces(
        "key",
        '{"Statement": {"Effect": "Allow", "Action": "kms:*", "Resource": "*", "Principal": ',
        '{"Service": "logs.',
        region,
        '.amazonaws.com"}}}',
    )
    request = make.request("arn:aws:kms:us-east-1:123456789012:key/1", action="kms:Encrypt")
    same = Principal("Service", make.text("logs.", region, ".amazonaws.com"))
    other = Principal("Service", make.text("logs.eu-west-1.amazonaws.com"))
    wrong = Principal("Service", make.text("delivery.logs.amazonaws.com"))
    assert decide([policy], replace(request, principal=same)).outcome is Outcome.ALLOWED
    open_ = decide([policy], replace(request, principal=other))
    assert open_.outcome is Outcome.CANNOT_TELL
    assert [fact.supply for fact in open_.open] == ["--region NAME"]
    assert decide([policy], replace(request, principal=wrong)).outcome is Outcome.DENIED


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
