"""Whom a statement speaks of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from validator.graph.text import Hole, Piece, Ref, Symbol
from validator.graph.verdict import Truth
from validator.policy import Outcome, Principal, decide
from validator.records import replace

if TYPE_CHECKING:
    from tests.policy.conftest import Make

ROLE = "arn:aws:iam::123456789012:role/flow"
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
