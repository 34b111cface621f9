"""Statements behind one that nobody can read are still taken for what they are."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from tests.delivery.bucket_templates import (
    ACCOUNT,
    LANGUAGES,
    Language,
    Statement,
    Tree,
    allow,
    deny_if,
    document,
    reported,
)
from validator.findings import Severity
from validator.outcomes import Verdict

EVERYBODY = "AWS only implies"


def behind_one(language: Language, statements: Sequence[Statement]) -> tuple[str, str]:
    """A template whose policy has a statement that nobody can read before some others."""
    name, text = language(document("FIRST", *statements))
    if name == "main.tf":
        return name, 'variable "first" {}\n' + text.replace('"FIRST"', "var.first")
    text = text.replace('"FIRST"', '{"Ref": "First"}')
    return name, text.replace("{", '{"Parameters": {"First": {"Type": "String"}},', 1)


@LANGUAGES
@pytest.mark.parametrize(
    ("statements", "verdict", "severity", "doubt"),
    [
        (
            [deny_if("StringNotEquals", "aws:SourceVpce", "vpce-1")],
            Verdict.WILL_FAIL,
            Severity.ERROR,
            False,
        ),
        (
            [deny_if("StringNotEquals", "aws:SourceVpce", "vpce-1", Principal={"AWS": "*"})],
            Verdict.MAY_FAIL,
            Severity.WARNING,
            True,
        ),
        (
            [
                deny_if("StringNotEquals", "aws:SourceVpce", "vpce-1", Principal={"AWS": "*"}),
                allow(),
            ],
            Verdict.MAY_FAIL,
            Severity.WARNING,
            True,
        ),
    ],
)
def test_a_statement_behind_one_that_is_open(
    tree: Tree,
    language: Language,
    statements: list[Statement],
    verdict: Verdict,
    severity: Severity,
    doubt: bool,
) -> None:
    report = reported(tree, *behind_one(language, statements))
    [delivery] = report.deliveries
    [finding] = [one for one in report.findings if one.rule != "cannot-tell"]
    assert delivery.verdict is verdict
    assert finding.severity is severity
    assert (EVERYBODY in finding.message) is doubt


@LANGUAGES
def test_a_slip_behind_a_statement_that_is_open(tree: Tree, language: Language) -> None:
    wrong = deny_if("StringNotEquals", "aws:SourceAcount", ACCOUNT)
    report = reported(tree, *behind_one(language, [wrong, allow()]))
    texts = [note.note for one in report.findings for note in one.evidence]
    assert "there is no condition key aws:SourceAcount; did you mean aws:SourceAccount?" in texts
