"""What is missing for a decision, in what people meet: accounts, regions, keys of a request."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from validator.graph.span import Span
from validator.graph.text import Ref, Symbol
from validator.graph.values import Unknown
from validator.graph.verdict import Truth
from validator.policy import ANYTHING, ContextValue, Outcome, decide, parse
from validator.records import replace

if TYPE_CHECKING:
    from tests.policy.conftest import Make

SPAN = Span("policy.json", 1, 1, 1, 2)
ACCOUNT = Symbol("account")
REGION = Symbol("region")


def delivery(make: Make) -> Any:
    return make.request(
        "arn:aws:s3:::b/AWSLogs/",
        ACCOUNT,
        "/vpcflowlogs/",
        REGION,
        "/",
        ANYTHING,
        context={
            "aws:SourceAccount": make.value(ACCOUNT),
            "aws:SourceArn": make.value("arn:aws:logs:", REGION, ":", ACCOUNT, ":", ANYTHING),
        },
    )


def test_a_literal_account_needs_the_account(make: Make) -> None:
    policy = make.statement(
        Resource="arn:aws:s3:::b/AWSLogs/111111111111/*",
        Condition={"StringEquals": {"aws:SourceAccount": "111111111111"}},
    )
    decision = decide([policy], delivery(make))
    assert decision.outcome is Outcome.CANNOT_TELL
    assert [(fact.fact, fact.supply) for fact in decision.open] == [
        ("the account that this is deployed to", "--account ID")
    ]


def test_two_literals_demanded_of_one_unknown_account_never_hold(make: Make) -> None:
    policy = make.statement(
        Condition={
            "StringEquals": {"aws:SourceAccount": "111111111111"},
            "ArnLike": {"aws:SourceArn": "arn:aws:logs:*:222222222222:*"},
        },
    )
    decision = decide([policy], delivery(make))
    assert (decision.outcome, decision.explicit) == (Outcome.DENIED, False)


def test_a_bucket_for_one_account_and_a_condition_for_another(make: Make) -> None:
    policy = make.statement(
        Resource="arn:aws:s3:::b/AWSLogs/111111111111/*",
        Condition={"StringEquals": {"aws:SourceAccount": "222222222222"}},
    )
    assert decide([policy], delivery(make)).outcome is Outcome.DENIED


def test_what_is_no_account_is_never_the_account(make: Make) -> None:
    policy = make.statement(Condition={"StringEquals": {"aws:SourceAccount": "12345678901"}})
    assert decide([policy], delivery(make)).outcome is Outcome.DENIED


def test_either_region_and_its_opposite_is_always_allowed(make: Make) -> None:
    policies = [
        make.statement(Condition={operator: {"aws:SourceArn": "arn:aws:logs:eu-*:*:*"}})
        for operator in ("ArnLike", "ArnNotLike")
    ]
    assert decide(policies[:1], delivery(make)).outcome is Outcome.CANNOT_TELL
    assert decide(policies, delivery(make)).outcome is Outcome.ALLOWED


def test_the_pieces_of_the_request_settle_the_policy(make: Make) -> None:
    policy = make.pieces(
        "bucket",
        '{"Statement": {"Effect": "Allow", "Principal": "*", "Action": "s3:PutObject", ',
        '"Resource": "arn:aws:s3:::b/AWSLogs/',
        ACCOUNT,
        '/*", "Condition": {"StringEquals": {"aws:SourceAccount": "',
        ACCOUNT,
        '"}, "ArnLike": {"aws:SourceArn": "arn:aws:logs:',
        REGION,
        ":",
        ACCOUNT,
        ':*"}}}}',
    )
    assert decide([policy], delivery(make)).outcome is Outcome.ALLOWED


def test_symbols_of_other_scopes_are_other_accounts_perhaps(make: Make) -> None:
    policy = make.pieces(
        "bucket",
        '{"Statement": {"Effect": "Allow", "Principal": "*", "Action": "s3:PutObject", ',
        '"Resource": "arn:aws:s3:::b/AWSLogs/',
        Symbol("account", "other"),
        '/*"}}',
    )
    assert decide([policy], delivery(make)).outcome is Outcome.CANNOT_TELL


def test_a_policy_that_is_not_known_leaves_all_open(make: Make) -> None:
    unknown = Unknown("module.policy is not here", SPAN, supply="put it here")
    decision = decide([parse(unknown, "bucket")], delivery(make))
    assert decision.outcome is Outcome.CANNOT_TELL
    assert [(fact.fact, fact.supply) for fact in decision.open] == [
        ("module.policy is not here", "put it here")
    ]


def test_keys_that_nobody_listed_may_be_there(make: Make) -> None:
    policy = make.statement(Condition={"StringEquals": {"aws:Whatever": "a"}})
    request = make.request()
    assert decide([policy], request).outcome is Outcome.DENIED
    decision = decide([policy], replace(request, unlisted=Truth.MAYBE))
    assert decision.outcome is Outcome.CANNOT_TELL
    assert "aws:whatever" in decision.open[0].fact


def test_keys_that_nobody_listed_may_have_several_values(make: Make) -> None:
    """A request may carry both values at once, so that both demands can be met."""
    policy = make.statement(
        Condition={
            "ForAnyValue:StringEquals": {"aws:Whatever": "a"},
            "ForAnyValue:StringLike": {"aws:Whatever": "b"},
        }
    )
    decision = decide([policy], replace(make.request(), unlisted=Truth.MAYBE))
    assert decision.outcome is Outcome.CANNOT_TELL


@pytest.mark.parametrize(
    ("effect", "condition", "outcome"),
    [
        ("Allow", {"NumericGreaterThanEquals": {"s3:TlsVersion": "1.2"}}, Outcome.ALLOWED),
        ("Allow", {"NumericGreaterThanEquals": {"s3:TlsVersion": "1.3"}}, Outcome.CANNOT_TELL),
        ("Allow", {"NumericGreaterThan": {"s3:TlsVersion": "1.3"}}, Outcome.DENIED),
        ("Allow", {"StringEquals": {"s3:TlsVersion": ["1.2", "1.3"]}}, Outcome.ALLOWED),
        ("Allow", {"StringNotEquals": {"s3:TlsVersion": ["1.2", "1.3"]}}, Outcome.DENIED),
        ("Allow", {"StringEquals": {"s3:TlsVersion": "1.3"}}, Outcome.CANNOT_TELL),
        ("Allow", {"Null": {"s3:TlsVersion": "false"}}, Outcome.ALLOWED),
    ],
)
def test_one_of_several_values_is_there(
    make: Make, effect: str, condition: object, outcome: Outcome
) -> None:
    policy = make.statement(Effect=effect, Condition=condition)
    tls = ContextValue((make.pattern("1.2"),), why="TLS", instead=(make.pattern("1.3"),))
    decision = decide([policy], make.request(context={"s3:tlsversion": tls}))
    assert decision.outcome is outcome
    assert [fact.fact for fact in decision.open] == (
        ["TLS"] if outcome is Outcome.CANNOT_TELL else []
    )


def test_a_key_with_a_star_stands_for_all_that_begin_so(make: Make) -> None:
    policy = make.statement(Condition={"StringNotEquals": {"aws:PrincipalTag/team": "a"}})
    request = make.request(context={"aws:principaltag/*": make.value(present=Truth.NO)})
    assert decide([policy], replace(request, unlisted=Truth.MAYBE)).outcome is Outcome.ALLOWED


def test_a_name_of_a_known_shape_is_no_other_shape(make: Make) -> None:
    """A bucket's name has no upper case and no slash, so it cannot be what this policy names."""
    policy = make.statement(Resource="arn:aws:s3:::Logs/AWSLogs/*")
    bucket = Ref("infra#aws_s3_bucket.logs", "id", "bucket-name")
    request = make.request("arn:aws:s3:::", bucket, "/AWSLogs/", ANYTHING)
    assert decide([policy], request).outcome is Outcome.DENIED
    other = make.request("arn:aws:s3:::", replace(bucket, shape=""), "/AWSLogs/", ANYTHING)
    assert decide([policy], other).outcome is Outcome.CANNOT_TELL
