"""Statements behind one that nobody can read are still taken for what they are."""

from __future__ import annotations

import pytest

from tests.delivery.bucket_templates import (
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
    name, text = language(document("FIRST", *statements))
    if name == "main.tf":
        text = 'variable "first" {}\n' + text.replace('"FIRST"', "var.first")
    else:
        text = text.replace('"FIRST"', '{"Ref": "First"}')
        text = text.replace("{", '{"Parameters": {"First": {"Type": "String"}},', 1)
    report = reported(tree, name, text)
    [delivery] = report.deliveries
    [finding] = [one for one in report.findings if one.rule != "cannot-tell"]
    assert delivery.verdict is verdict
    assert finding.severity is severity
    assert (EVERYBODY in finding.message) is doubt
