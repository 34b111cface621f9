"""Policy variables: their values, defaults, and what is said where a value is open.

<https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html>
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from validator.graph.text import Hole, Symbol
from validator.graph.verdict import Truth
from validator.policy import ANYTHING, ContextValue, Outcome, decide

if TYPE_CHECKING:
    from tests.policy.conftest import Make


@pytest.mark.parametrize(
    ("resource", "carried", "outcome"),
    [
        ("b/${aws:X}/*", "AWSLogs", Outcome.ALLOWED),
        ("b/${aws:X}/*", "AWS*", Outcome.DENIED),
        ("b/${aws:X}/*", None, Outcome.DENIED),
        ("b/${aws:X, 'AWSLogs'}/*", None, Outcome.ALLOWED),
        ("b/${aws:X, 'AWSLogs'}/*", "other", Outcome.DENIED),
        ("b/${aws:X, 'AWS*'}/*", None, Outcome.DENIED),
        ("b/${$}{aws:X}/*", "AWSLogs", Outcome.DENIED),
        ("b/AWSLogs/${aws:", "AWSLogs", Outcome.CANNOT_TELL),
        ("b/${aws:X, AWSLogs}/*", "AWSLogs", Outcome.CANNOT_TELL),
        ("b/${aws:Y, '${aws:X, 'AWSLogs'}'}/*", "AWSLogs", Outcome.CANNOT_TELL),
        ("c/${aws:Y, '${aws:X, 'AWSLogs'}'}/*", "AWSLogs", Outcome.DENIED),
        ("b/${aws:Y, 'AWS'Logs'}/*", "AWSLogs", Outcome.CANNOT_TELL),
    ],
)
def test_policy_variables(make: Make, resource: str, carried: str | None, outcome: Outcome) -> None:
    policy = make.statement(Resource=f"arn:aws:s3:::{resource}")
    context = {} if carried is None else {"aws:X": carried}
    decision = decide([policy], make.request(context=context))
    assert decision.outcome is outcome
    assert (outcome is Outcome.CANNOT_TELL) == bool(decision.open)


def test_a_variable_whose_name_is_not_known(make: Make) -> None:
    """Its closing brace is not a character of the resource."""
    hole = Hole("tag", "which tag", "--var tag=VALUE")
    start = '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": "*", '
    for bucket, outcome in (("b", Outcome.CANNOT_TELL), ("c", Outcome.DENIED)):
        resource = f'"Action": "*", "Resource": "arn:aws:s3:::{bucket}/${{aws:PrincipalTag/'
        policy = make.pieces("bucket", start + resource, hole, '}/*"}}')
        assert decide([policy], make.request()).outcome is outcome


def test_what_is_open_in_an_arn_may_hold_colons(make: Make) -> None:
    source = "arn:aws:logs:us-east-1:123456789012:x"
    several = ContextValue((make.pattern("logs:us-east-1"), make.pattern("b")), multivalued=True)
    policy = make.statement(Condition={"ArnLike": {"aws:SourceArn": "arn:aws:${aws:X}:*:*"}})
    request = make.request(context={"aws:SourceArn": source, "aws:X": several})
    assert decide([policy], request).outcome is Outcome.CANNOT_TELL


def test_a_variable_of_an_unknown_account_is_that_account(make: Make) -> None:
    account = Symbol("account")
    policy = make.statement(Resource="arn:aws:s3:::b/AWSLogs/${aws:SourceAccount}/*")
    context = {"aws:SourceAccount": make.value(account)}
    request = make.request("arn:aws:s3:::b/AWSLogs/", account, "/", ANYTHING, context=context)
    assert decide([policy], request).outcome is Outcome.ALLOWED
    other = make.request(
        "arn:aws:s3:::b/AWSLogs/", Symbol("account", "b"), "/", ANYTHING, context=context
    )
    assert decide([policy], other).outcome is Outcome.CANNOT_TELL


def test_a_variable_that_may_be_absent(make: Make) -> None:
    carried = {"aws:X": make.value("AWSLogs", present=Truth.MAYBE, why="whether X is there")}
    for resource, outcome in (
        ("b/${aws:X}/*", Outcome.CANNOT_TELL),
        ("b/${aws:X, 'AWSLogs'}/*", Outcome.ALLOWED),
        ("b/${aws:X, 'other'}/*", Outcome.CANNOT_TELL),
        ("c/${aws:X, 'other'}/*", Outcome.DENIED),
    ):
        policy = make.statement(Resource=f"arn:aws:s3:::{resource}")
        assert decide([policy], make.request(context=carried)).outcome is outcome, resource


def test_a_variable_that_may_be_absent_takes_part_in_a_case_split(make: Make) -> None:
    """With X, one value of Y fits; a text that fits no value of X must not stand for them all."""
    policy = make.statement(Condition={"StringEquals": {"aws:Y": "${aws:X}"}})
    hole = Hole("y", "what Y is", "--var y=VALUE")
    context = {
        "aws:X": make.value("a", present=Truth.MAYBE, why="whether X is there"),
        "aws:Y": make.value(hole),
    }
    decision = decide([policy], make.request(context=context))
    assert decision.outcome is Outcome.CANNOT_TELL
    assert {fact.fact for fact in decision.open} == {"whether X is there", "what Y is"}


def test_a_variable_with_one_of_two_values(make: Make) -> None:
    tls = ContextValue((make.pattern("1.2"),), why="TLS", instead=(make.pattern("1.3"),))
    context = {"s3:tlsversion": tls}
    for resource, outcome in (
        ("arn:aws:s3:::b/${s3:TlsVersion}", Outcome.CANNOT_TELL),
        ("arn:aws:s3:::b/${s3:TlsVersion}.0", Outcome.DENIED),
    ):
        policy = make.statement(Resource=resource)
        for version in ("1.2", "1.3"):
            request = make.request(f"arn:aws:s3:::b/{version}", context=context)
            decision = decide([policy], request)
            assert decision.outcome is outcome
            assert [fact.fact for fact in decision.open] == (
                ["TLS"] if outcome is Outcome.CANNOT_TELL else []
            )


def test_an_open_value_that_only_a_variable_brings_in_is_asked_for(make: Make) -> None:
    policy = make.statement(Resource="arn:aws:s3:::b/${aws:X}")
    hole = Hole("x", "what X is", "--var x=VALUE")
    decision = decide([policy], make.request(context={"aws:X": make.value(hole)}))
    assert decision.outcome is Outcome.CANNOT_TELL
    assert [(fact.fact, fact.supply) for fact in decision.open] == [("what X is", "--var x=VALUE")]


def test_more_readings_than_are_followed_settle_nothing(make: Make) -> None:
    """Four variables that may be absent: sixteen readings, of which one fits what Y may be."""
    keys = [f"aws:X{number}" for number in range(4)]
    wanted = "".join(f"${{{key}, 'b'}}" for key in keys)
    policy = make.statement(Condition={"StringEquals": {"aws:Y": wanted}})
    context = {key: make.value("a", present=Truth.MAYBE, why=f"whether {key}") for key in keys}
    context["aws:Y"] = make.value(Hole("y", "what Y is"))
    decision = decide([policy], make.request(context=context))
    assert decision.outcome is Outcome.CANNOT_TELL
    assert "what Y is" in {fact.fact for fact in decision.open}
