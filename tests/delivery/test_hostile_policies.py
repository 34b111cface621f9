"""Bucket policies made to take for ever, through templates: all end in what is surely so, or open.

What is counted are steps and questions, never time.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from importlib import import_module
from random import Random
from typing import Any

import pytest

from tests.delivery.bucket_templates import (
    BUCKET,
    LANGUAGES,
    REGION,
    TERRAFORM,
    Language,
    Tree,
    allow,
    allow_if,
    deny,
    document,
    reported,
    template,
    terraform,
)
from validator.delivery import deliveries
from validator.outcomes import Delivered, Verdict
from validator.policy.signatures import Budget
from validator.policy.split import CASES
from validator.policy.statements import judge
from validator.policy.verdicts import play
from validator.readers.cloudformation.worlds import MAX_WORLDS

WORKS, FAILS = Verdict.WILL_WORK, Verdict.WILL_FAIL
MAY, OPEN = Verdict.MAY_FAIL, Verdict.CANNOT_TELL
MANY = 40


def one(tree: Tree, name: str, text: str) -> Delivered:
    [delivery] = reported(tree, name, text).deliveries
    assert (delivery.verdict is OPEN) <= bool(delivery.open)
    return delivery


# --- the automaton -----------------------------------------------------------------------------


def starred(number: int) -> str:
    """Five letters that a file's name may have, in this order, with anything between."""
    letters = Random(number).choices("bdhijkqxyz", k=5)
    return f"{BUCKET}/*{'*'.join(letters)}*"


@pytest.fixture
def budgets(monkeypatch: pytest.MonkeyPatch) -> list[Budget]:
    """The budget of every question that is asked."""
    made: list[Budget] = []

    def budget() -> Budget:
        made.append(Budget())
        return made[-1]

    monkeypatch.setattr(import_module("validator.policy.decide"), "Budget", budget)
    return made


@LANGUAGES
@pytest.mark.parametrize(
    "statements",
    [
        [deny(Resource=starred(number)) for number in range(MANY)],
        [deny(NotResource=[BUCKET, starred(number)]) for number in range(MANY)],
        [
            statement
            for number in range(MANY)
            for statement in (
                deny(NotResource=[BUCKET, starred(number), starred(-number)]),
                allow(NotResource=starred(number + MANY)),
                deny(Resource=starred(number + 2 * MANY), Action="s3:Put*"),
            )
        ],
        [deny(Resource=[starred(number) for number in range(100)])],
        [deny(Resource=f"{BUCKET}/*{letter}{'?' * 25}") for letter in "abcdefgh"],
    ],
    ids=["denies", "exceptions", "all together", "one statement", "places from the end"],
)
def test_patterns_with_very_many_combinations(
    tree: Tree, budgets: list[Budget], language: Language, statements: list[Any]
) -> None:
    delivery = one(tree, *language(document(allow(), *statements)))
    assert delivery.verdict is OPEN
    assert any("too involved" in fact.fact for fact in delivery.open)
    spent = [budget.left for budget in budgets]
    assert min(spent) < 0  # or it was no test
    assert min(spent) > -10_000


@LANGUAGES
def test_what_such_patterns_cannot_change_is_said(tree: Tree, language: Language) -> None:
    many = [deny(Resource=starred(number)) for number in range(MANY)]
    assert one(tree, *language(document(allow(), deny(), *many))).verdict is FAILS
    spared = [deny(Resource=starred(n), Action="s3:Get*") for n in range(MANY)]
    assert one(tree, *language(document(allow(), *spared))).verdict is WORKS


# --- size --------------------------------------------------------------------------------------


@LANGUAGES
@pytest.mark.parametrize(
    ("statement", "verdict"),
    [
        (allow(Action=["s3:*Object", *(f"s3:Put*{n}" for n in range(1_000)), "s3:*Acl"]), WORKS),
        (allow(NotAction=[*(f"s3:*{n}*x" for n in range(1_000)), "s3:Put*"]), FAILS),
        (allow(Resource=[f"{BUCKET}*", *(f"{BUCKET}/{n}/*" for n in range(600))]), WORKS),
        (allow(NotResource=[*(f"{BUCKET}/{n}/*" for n in range(600))]), WORKS),
        (allow(Condition={"StringLikeIfExists": {f"k:{n}": "x" for n in range(800)}}), OPEN),
        (allow_if("StringLike", "aws:SourceArn", [f"*{n}*" for n in range(2_000)]), WORKS),
        (allow_if("StringNotLike", "aws:SourceArn", [f"*{n}x*" for n in range(2_000)]), OPEN),
        (allow(Action=[f"s3:*{n}" for n in range(5_000)]), FAILS),
    ],
    ids=[
        *("actions", "not actions", "resources", "not resources"),
        *("keys", "values", "exceptions", "too large"),
    ],
)
def test_statements_of_thousands(
    tree: Tree, language: Language, statement: Any, verdict: Verdict
) -> None:
    assert one(tree, *language(document(statement))).verdict is verdict


@LANGUAGES
def test_thousands_of_keys_in_hundreds_of_denies(tree: Tree, language: Language) -> None:
    keys = [{f"k:{number}:{place}": "x" for place in range(10)} for number in range(60)]
    denied = [deny(Condition={"StringLike": ten}) for ten in keys]
    delivery = one(tree, *language(document(allow(), *denied)))
    assert delivery.verdict is OPEN
    assert len(delivery.open) == 600


def nested(depth: int) -> str:
    found = "AWSLogs"
    for number in range(depth):
        found = f"${{k:{number}, '{found}'}}"
    return found


@LANGUAGES
@pytest.mark.parametrize(
    "key",
    [
        nested(2),
        nested(300),
        "".join(f"${{k:{number}, 'a'}}" for number in range(45)),
        "${" * 1_500,
        "${k:1, '" * 300 + "}" * 300,
        "${" + " " * 3_000 + "}",
    ],
    ids=["two", "three hundred", "in a row", "open", "quoted", "blank"],
)
def test_variables_in_variables(tree: Tree, language: Language, key: str) -> None:
    assert one(tree, *language(document(allow(Resource=[BUCKET, f"{BUCKET}/{key}/*"])))).open
    denied = document(allow(), deny(NotResource=[BUCKET, f"{BUCKET}/{key}/*"]))
    assert one(tree, *language(denied)).verdict is OPEN


# --- unknowns ----------------------------------------------------------------------------------


class Counted:
    """A function that counts its calls."""

    def __init__(self, function: Callable[..., Any]) -> None:
        self.function = function
        self.calls = 0

    def __call__(self, *given: Any, **named: Any) -> Any:
        self.calls += 1
        return self.function(*given, **named)


VARIABLES = "".join(f'variable "b{number}" {{\n  type = bool\n}}\n' for number in range(MANY))
HCL: list[tuple[str, Callable[[int], str], Verdict]] = [
    (
        "one of two statements",
        lambda n: (
            f"(var.b{n} ? {json.dumps(deny(Resource=f'{BUCKET}/x{n}/*'))}"
            f" : {json.dumps(deny(Resource=f'{BUCKET}/y{n}/*'))})"
        ),
        OPEN,
    ),
    (
        "one of two folders",
        lambda n: json.dumps(deny(Resource=f"{BUCKET}/%/*")).replace(
            "%", f'${{var.b{n} ? "AWSLogs" : "y"}}'
        ),
        OPEN,
    ),
    (
        "any folder",
        lambda n: json.dumps(deny(Resource=f"{BUCKET}/%/*")).replace("%", f"${{var.b{n}}}"),
        OPEN,
    ),
    (
        "one of two actions, neither of which matters",
        lambda n: json.dumps(deny(Action="s3:%")).replace(
            "%", f'Delete${{var.b{n} ? "Object" : "Bucket"}}'
        ),
        WORKS,
    ),
]


@pytest.mark.parametrize(
    ("statement", "verdict"), [case[1:] for case in HCL], ids=[c[0] for c in HCL]
)
def test_forty_unknown_switches(
    tree: Tree,
    monkeypatch: pytest.MonkeyPatch,
    statement: Callable[[int], str],
    verdict: Verdict,
) -> None:
    """2^40 ways to settle them: no more cases are tried than the budget has."""
    played = Counted(play)
    monkeypatch.setattr("validator.policy.split.play", played)
    statements = ", ".join((json.dumps(allow()), *map(statement, range(MANY))))
    written = f'{{Version = "2012-10-17", Statement = [{statements}]}}'
    text = VARIABLES + TERRAFORM.format(region=REGION, document=written)
    assert one(tree, "main.tf", text).verdict is verdict
    assert played.calls <= 2 * (CASES + 1)  # a write, and a look at the ACL


@pytest.mark.parametrize(
    ("resource", "verdict"), [(f"{BUCKET}/*", MAY), (f"{BUCKET}/private/*", OPEN)]
)
def test_forty_unknown_conditions(
    tree: Tree, monkeypatch: pytest.MonkeyPatch, resource: str, verdict: Verdict
) -> None:
    """Some conditions are told apart, and under them it fails; the others stay open."""
    judged = Counted(deliveries)
    monkeypatch.setattr("validator.judge.deliveries", judged)
    switches = [
        {"Fn::If": [f"C{n}", deny(Sid=f"S{n}", Resource=resource), {"Ref": "AWS::NoValue"}]}
        for n in range(MANY)
    ]
    name, text = template(document(allow(), *switches))
    whole = json.loads(text)
    whole["Parameters"] = {f"P{n}": {"Type": "String"} for n in range(MANY)}
    whole["Conditions"] = {f"C{n}": {"Fn::Equals": [{"Ref": f"P{n}"}, "yes"]} for n in range(MANY)}
    assert one(tree, name, json.dumps(whole)).verdict is verdict
    assert 1 < judged.calls <= MAX_WORLDS


def test_forty_policies_that_may_exist(tree: Tree) -> None:
    text = VARIABLES + terraform(document(allow()))[1]
    rivals = [
        f'resource "aws_s3_bucket_policy" "p{number}" {{\n'
        f"  count = var.b{number} ? 1 : 0\n"
        "  bucket = aws_s3_bucket.logs.id\n"
        f"  policy = jsonencode({json.dumps(document(deny()))})\n"
        "}\n"
        for number in range(MANY)
    ]
    delivery = one(tree, "main.tf", text + "".join(rivals))
    assert delivery.verdict is OPEN
    assert len(delivery.open) == MANY


def test_forty_unknown_texts_that_hang_together(
    tree: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every statement compares three of them, each in several ways."""
    played = Counted(play)
    monkeypatch.setattr("validator.policy.split.play", played)
    statements = [json.dumps(allow())]
    for number in range(MANY):
        first, second, third = (f"${{var.b{(number + more) % MANY}}}" for more in range(3))
        conditions = {
            "StringNotLike": {
                "aws:SourceAccount": [f"{first}*", f"*{second}"],
                "aws:SourceOrgID": third,
            },
            "StringLike": {f"k:{number}": [f"*{first}*"], f"k:{number + 1}": [second, "a*b"]},
        }
        statements.append(json.dumps(deny(Condition=conditions, NotResource=f"{BUCKET}/{third}/*")))
    written = f'{{Version = "2012-10-17", Statement = [{", ".join(statements)}]}}'
    text = VARIABLES.replace("bool", "string") + TERRAFORM.format(region=REGION, document=written)
    assert one(tree, "main.tf", text).verdict is OPEN
    assert played.calls <= 2 * (CASES + 1)


# --- many flow logs ----------------------------------------------------------------------------


def counted(number: int, *statements: Any) -> tuple[str, str]:
    name, text = terraform(document(*statements))
    head = 'resource "aws_flow_log" "main" {'
    text = text.replace(head, f"{head}\n  count = {number}").replace(
        "aws_s3_bucket.logs.arn\n  depends", '"${aws_s3_bucket.logs.arn}/${count.index}"\n  depends'
    )
    return name, text.replace('"vpc-1"', '"vpc-${count.index}"')


def repeated(number: int, *statements: Any) -> tuple[str, str]:
    name, text = template(document(*statements))
    whole = json.loads(text)
    first = whole["Resources"].pop("FlowLog")
    for index in range(number):
        properties = first["Properties"] | {
            "ResourceId": f"vpc-{index}",
            "LogDestination": {"Fn::Sub": f"${{Bucket.Arn}}/{index}"},
        }
        whole["Resources"][f"F{index}"] = {**first, "Properties": properties}
    return name, json.dumps(whole)


@pytest.mark.parametrize(("written", "number"), [(counted, 1_500), (repeated, 300)])
def test_very_many_flow_logs_on_one_bucket(
    tree: Tree,
    monkeypatch: pytest.MonkeyPatch,
    written: Callable[..., tuple[str, str]],
    number: int,
) -> None:
    """What they all ask is asked once; each has an answer of its own."""
    judged = Counted(judge)
    monkeypatch.setattr("validator.policy.verdicts.judge", judged)
    denied = [deny(Resource=f"{BUCKET}/{index}/*") for index in (7, number - 1)]
    report = reported(tree, *written(number, allow(), *denied))
    assert len(report.deliveries) == number
    failing = [one.address for one in report.deliveries if one.verdict is not WORKS]
    assert len(failing) == len(report.findings) == 2
    assert all(re.search(r"\b(F?7|F?\d*99)\b", address) for address in failing)
    # Three statements, for a write and for a look at the ACL.
    assert judged.calls == 3 * 2
