"""Policies from strangers, made to take long or much memory: all end, none in silence."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from validator.graph.span import Span
from validator.graph.text import Hole, Lit, Symbol, Text, text
from validator.graph.values import Entry, Fields, Items, Known, Node
from validator.graph.verdict import Truth
from validator.policy import ANYTHING, ContextValue, Outcome, Request, decide, parse
from validator.policy.actions import check_actions
from validator.policy.objects import FAULTS
from validator.policy.size import measure

if TYPE_CHECKING:
    from tests.policy.conftest import Make

SPAN = Span("main.tf", 1, 1, 1, 2)
MALFORMED, CANNOT_TELL, DENIED = Outcome.MALFORMED, Outcome.CANNOT_TELL, Outcome.DENIED


def statement(**changes: Any) -> dict[str, Any]:
    base = {"Effect": "Allow", "Principal": "*", "Action": "s3:PutObject"}
    return base | {"Resource": "arn:aws:s3:::b/*"} | changes


def document(*statements: dict[str, Any]) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


def condition(operator: str, key: str, *values: str) -> dict[str, Any]:
    return statement(Condition={operator: {key: list(values)}})


CASES: list[tuple[str, str, Outcome]] = [
    (
        "many statements",
        document(*(statement(Resource=f"arn:aws:s3:::b/{n}/*") for n in range(500))),
        CANNOT_TELL,
    ),
    ("too many statements", document(*(statement() for _ in range(2_001))), MALFORMED),
    (
        "many overlapping patterns",
        document(statement(Resource=[f"arn:aws:s3:::b/*t{n}*x" for n in range(3_000)])),
        CANNOT_TELL,
    ),
    (
        "many values",
        document(condition("StringLike", "k:1", *(f"*{n}*" for n in range(3_000)))),
        CANNOT_TELL,
    ),
    ("many stars", document(statement(Resource="arn:aws:s3:::b/" + "*a" * 100_000)), CANNOT_TELL),
    (
        "patterns that blow up",
        document(
            *(
                statement(Effect=effect, Resource=f"arn:aws:s3:::b/*{c}" + "?" * 30)
                for c in "abcdefgh"
                for effect in ("Allow", "Deny")
            )
        ),
        CANNOT_TELL,
    ),
    (
        "values that blow up",
        document(condition("StringLike", "k:1", *(f"*{c}" + "?" * 25 for c in "abcdefgh"))),
        CANNOT_TELL,
    ),
    (
        "many variables",
        document(statement(Resource="arn:aws:s3:::b/" + "${aws:SourceAccount}" * 180)),
        CANNOT_TELL,
    ),
    ("open braces", document(statement(Resource="arn:aws:s3:::b/" + "${" * 1_900)), CANNOT_TELL),
    (
        "a variable of spaces",
        document(statement(Resource="arn:aws:s3:::b/${" + " " * 3_900 + "}")),
        CANNOT_TELL,
    ),
    (
        "unknown elements",
        '{"Statement": {' + ", ".join(f'"Efect{n}": 1' for n in range(5_000)) + "}}",
        MALFORMED,
    ),
    (
        "unknown operators",
        document(statement(Condition={f"StringEqual{n}": {"a:b": "c"} for n in range(3_000)})),
        MALFORMED,
    ),
    (
        "unknown actions",
        document(statement(Action=[f"s3:PutObjekt{n}" for n in range(3_000)])),
        DENIED,
    ),
    (
        "starred actions",
        document(statement(Action=["s3:" + "*a" * 40 + str(n) for n in range(300)])),
        DENIED,
    ),
    (
        "unlisted keys",
        document(*(condition("StringEquals", f"x:{n}", "1") for n in range(300))),
        CANNOT_TELL,
    ),
    (
        "long numbers",
        document(condition("NumericEquals", "k:2", *["9" * 300 + "." + "9" * 300] * 200)),
        DENIED,
    ),
    ("huge exponents", document(condition("NumericEquals", "k:2", "1e999", "1e999999999")), DENIED),
    (
        "long dates",
        document(condition("DateEquals", "k:2", "2020-01-01T00:00:00." + "9" * 900)),
        DENIED,
    ),
    ("long addresses", document(condition("IpAddress", "k:2", "1" * 3_000)), DENIED),
    ("deep nesting", '{"Statement": ' + "[" * 50_000, MALFORMED),
    ("deep conditions", document(statement(Condition={"Bool": {"a:b": [[["x"]]]}})), MALFORMED),
]


def hostile_request(make: Make) -> Request:
    """Everything about it is unknown, so that nothing is easy."""
    account, hole = Symbol("account"), Hole("prefix", "the prefix", "--var prefix=VALUE")
    request = make.request(
        "arn:aws:s3:::b/",
        hole,
        "/AWSLogs/",
        account,
        "/",
        ANYTHING,
        context={
            "aws:SourceAccount": make.value(account),
            "k:1": ContextValue(None, Truth.MAYBE),
            "k:2": make.value("10.0.0.1"),
        },
    )
    return Request(
        request.principal, request.action, request.resource, request.context, Truth.MAYBE
    )


@pytest.mark.parametrize(
    ("words", "outcome"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
def test_every_question_ends(make: Make, words: str, outcome: Outcome) -> None:
    policy = make.policy(words)
    decision = decide([policy], hostile_request(make))
    assert decision.outcome is outcome
    assert len(decision.faults) <= FAULTS
    assert len(check_actions(policy)) <= FAULTS
    if outcome is CANNOT_TELL:
        assert decision.open
    assert measure(Known(text(words), SPAN)).least > 0


def test_texts_of_very_many_pieces(make: Make) -> None:
    holes = [piece for n in range(20_000) for piece in (Lit("a"), Hole(str(n), f"hole {n}"))]
    start = '{"Statement": {"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "'
    policy = make.pieces("bucket", start + "arn:aws:s3:::b/", *holes, '"}}')
    assert policy.faults == ()
    assert decide([policy], hostile_request(make)).outcome is CANNOT_TELL
    between = [piece for n in range(5_000) for piece in ("{},", Hole(str(n), f"hole {n}"))]
    assert make.pieces("bucket", '{"Statement": [', *between, "]}").malformed


def test_values_that_nest_deeper_than_any_document() -> None:
    node: Node = Known(text("x"), SPAN)
    for _ in range(20_000):
        node = Known(Items((node,)), SPAN)
    size = measure(node)
    assert (size.least, size.sure) == (40_003, True)
    entry = Entry(text("Statement"), node, SPAN)
    policy = parse(Known(Fields((entry,)), SPAN), "bucket")
    assert policy.malformed


def test_names_with_control_characters_reach_messages_escaped(make: Make) -> None:
    policy = make.policy({"Statement": [{"\x1b[31mEffect": "Allow"}]})
    assert policy.malformed
    assert all("\x1b" not in fault.message for fault in policy.faults)


def test_a_text_that_is_only_sensitive_is_not_printed() -> None:
    words = Text((Lit('{"Statement": {"Effect": "Alow", "Action": "', sensitive=True), Lit('"}}')))
    for fault in parse(Known(words, SPAN), "bucket").faults:
        assert "Alow" not in fault.message
