"""SARIF: the official schema, and what code scanning makes of a log."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import validator
from validator.config import Options
from validator.engine import run
from validator.findings import Edit, Evidence, Finding, Rule, Severity
from validator.graph.span import Span
from validator.outcomes import Delivered, Hop, Verdict
from validator.records import replace
from validator.report import Style, reporter, sarif
from validator.report.sarif import results
from validator.reports import Counts, Page, Report

if TYPE_CHECKING:
    from tests.report.conftest import Log

Tree = Callable[[Mapping[str, str | bytes]], Path]
EMPTY = Report((), (), (), Counts(), {})
KEY = Page(
    Rule(
        id="bucket-key-id-not-arn",
        name="Bucket encryption names its key by ID",
        severity=Severity.ERROR,
        predicts="LogDestination BUCKET is undeliverable",
        when="delivery",
        aliases=("key-id",),
    ),
    "The key is named by an ID.\n\n## Why delivery fails\n\nS3 looks `it` up.",
)


def test_an_empty_report_is_whole(log: Log) -> None:
    (run_,) = log(EMPTY)["runs"]
    assert run_["results"] == []
    assert run_["invocations"] == [{"executionSuccessful": True}]
    assert run_["tool"]["driver"] == {
        "name": "predeploy",
        "fullName": f"predeploy {validator.__version__}",
        "semanticVersion": validator.__version__,
        "rules": [],
    }


def test_a_result(log: Log, report: Report) -> None:
    report = replace(report, rules=(KEY,), places={"infra/bucket.tf": "top/infra/bucket.tf"})
    (run_,) = log(report)["runs"]
    (result,) = run_["results"]
    fingerprint = report.findings[0].fingerprint
    key = {
        "artifactLocation": {"uri": "top/infra/bucket.tf", "uriBaseId": "%SRCROOT%"},
        "region": {"startLine": 3, "startColumn": 25, "endLine": 3, "endColumn": 48},
    }
    assert (result["ruleId"], result["ruleIndex"], result["level"]) == (KEY.rule.id, 0, "error")
    assert result["message"]["text"].split("\n") == [
        "the bucket's default key is a key ID.",
        'aws: "LogDestination acme is undeliverable" (at delivery)',
        "fix: kms_master_key_id = aws_kms_key.logs.arn",
        "when: IsProd is true",
        "delivery: aws_flow_log.main in infra",
        "see: [gives an ID; delivery needs the ARN](1), [this flow log writes here](2), "
        "[as objects in S3](3)",
    ]
    (place,) = result["locations"]
    region = place["physicalLocation"]["region"]
    assert region.pop("snippet") == {"text": "aws_kms_key.logs.key_id"}
    assert place == {
        "physicalLocation": key,
        "logicalLocations": [
            {
                "name": "aws_flow_log.main",
                "fullyQualifiedName": "infra#aws_flow_log.main",
                "kind": "resource",
            }
        ],
    }
    assert [one["id"] for one in result["relatedLocations"]] == [1, 2, 3]
    assert result["relatedLocations"][0]["physicalLocation"] == key
    assert result["partialFingerprints"]["predeploy/v1"] == fingerprint
    assert result["properties"] == {
        "aws": {"text": "LogDestination acme is undeliverable", "when": "delivery"},
        "fix": "kms_master_key_id = aws_kms_key.logs.arn",
        "when": ["IsProd is true"],
    }


def test_an_edit_is_a_fix(log: Log, report: Report) -> None:
    first = report.findings[0]
    edit = Edit(first.span, "aws_kms_key.logs.key_id", "aws_kms_key.logs.arn")
    (run_,) = log(replace(report, findings=(replace(first, edits=(edit,)),)))["runs"]
    ((fix,),) = [one["fixes"] for one in run_["results"]]
    assert fix["description"] == {"text": "write aws_kms_key.logs.arn"}
    ((change,),) = [one["replacements"] for one in fix["artifactChanges"]]
    assert change == {
        "deletedRegion": {"startLine": 3, "startColumn": 25, "endLine": 3, "endColumn": 48},
        "insertedContent": {"text": "aws_kms_key.logs.arn"},
    }


def test_the_flow_tells_the_way_then_what_was_seen_then_the_line(log: Log, report: Report) -> None:
    flow, bucket = report.deliveries[0].span, Span("infra/bucket.tf", 1, 1, 1, 9)
    path = (
        Hop("source", "VPC", "vpc-1", flow, "1"),
        Hop("destination", "bucket", "acme", bucket, "2"),
        Hop("policy", "bucket policy", "", bucket, "3"),
        Hop("key", "key", "logs", bucket, "4", "bad", "this is its ID"),
    )
    first, *others = report.deliveries
    for ways in ((), path):
        told = replace(report, deliveries=(replace(first, path=ways), *others))
        (result,) = log(told)["runs"][0]["results"]
        (flow_,) = result["codeFlows"]
        assert flow_["message"]["text"] == "aws_flow_log.main"
        (thread,) = flow_["threadFlows"]
        steps = [step["location"]["message"]["text"] for step in thread["locations"]]
        way = [
            "source: VPC vpc-1",
            "destination: bucket acme",
            "bucket policy",
            "key logs: this is its ID",
        ]
        assert steps[: len(ways)] == way[: len(ways)]
        assert steps[len(ways) :] == [
            "gives an ID; delivery needs the ARN",
            "this flow log writes here",
            "as objects in S3",
            "the bucket's default key is a key ID",
        ]
        important = [step["importance"] for step in thread["locations"]]
        assert important.count("essential") == (2 if ways else 1)


def test_a_rule_is_described(log: Log, report: Report) -> None:
    (run_,) = log(replace(report, rules=(KEY,)))["runs"]
    (rule,) = run_["tool"]["driver"]["rules"]
    assert rule["shortDescription"]["text"] == KEY.rule.name
    assert rule["fullDescription"]["text"].startswith("The key is named by an ID. AWS says at del")
    assert "S3 looks `it` up." in rule["help"]["markdown"]
    assert "# predeploy: ignore[bucket-key-id-not-arn] reason" in rule["help"]["text"]
    assert rule["defaultConfiguration"] == {"level": "error"}
    assert rule["deprecatedIds"] == ["key-id"]
    assert rule["properties"] == {
        "tags": ["aws", "log-delivery", "at-delivery"],
        "precision": "very-high",
        "problem.severity": "error",
    }


def test_what_is_ignored_is_there_if_asked_for(log: Log, report: Report) -> None:
    """GitHub makes an alert of it all the same."""
    assert len(log(report)["runs"][0]["results"]) == 1
    _, ignored = log(report, verbose=True)["runs"][0]["results"]
    (why,) = ignored["suppressions"]
    assert (why["kind"], why["justification"]) == ("inSource", "another team's")
    assert why["properties"] == {"until": "2030-01-31"}
    place = why["location"]["physicalLocation"]
    assert place["artifactLocation"]["uri"].endswith("infra/flow.tf")
    assert (place["region"]["startLine"], place["region"]["startColumn"]) == (4, 50)


def test_what_cannot_be_told_is_no_result_unless_the_command_fails_on_it(
    log: Log, report: Report
) -> None:
    (run_,) = log(report)["runs"]
    (_, note) = run_["invocations"][0]["toolExecutionNotifications"]
    assert (note["level"], note["descriptor"]) == ("note", {"id": "cannot-tell"})
    assert note["message"]["text"] == (
        'it cannot be told whether the logs of module.a.aws_flow_log.b["x"] arrive: '
        "variable where has no value (--var where=VALUE)"
    )
    (run_,) = log(report, unknown=False)["runs"]
    assert len(run_["invocations"][0]["toolExecutionNotifications"]) == 1
    (run_,) = log(report, unknown_fails=True)["runs"]
    assert len(run_["invocations"][0]["toolExecutionNotifications"]) == 1
    _, result = run_["results"]
    assert (result["ruleId"], result["level"]) == ("cannot-tell", "warning")
    assert "fix: --var where=VALUE" in result["message"]["text"]


def test_what_was_not_read_is_told(log: Log, report: Report) -> None:
    broken = report.diagnostics[0]
    several = (broken, replace(broken, kind="rule"), replace(broken, kind="internal"))
    (invocation,) = log(replace(report, diagnostics=several))["runs"][0]["invocations"]
    assert invocation["executionSuccessful"] is False
    syntax, internal, _ = invocation["toolExecutionNotifications"]
    assert (syntax["level"], syntax["descriptor"]["id"]) == ("error", "syntax")
    assert syntax["locations"][0]["physicalLocation"]["region"]["startLine"] == 4
    assert internal["descriptor"]["id"] == "internal"
    (rule,) = invocation["toolConfigurationNotifications"]
    assert rule["descriptor"]["id"] == "rule"


def test_another_tool_has_a_run_even_with_nothing_to_say(log: Log, report: Report) -> None:
    """Else what it said before would stay open."""
    asked = replace(report, tools={"cfn-lint": "1.58.0"})
    ours, theirs = log(asked)["runs"]
    assert (len(ours["results"]), theirs["results"]) == (1, [])
    foreign = Finding(
        "E3002",
        Severity.ERROR,
        "Additional properties",
        "flow.yaml#Resources.Log",
        Span("flow.yaml", 7, 3, 7, 6),
        tool="cfn-lint",
        about="Resource properties are invalid",
        help="https://github.com/aws-cloudformation/cfn-lint",
    )
    asked = replace(asked, findings=(*report.findings, foreign))
    ours, theirs = log(asked)["runs"]
    assert len(ours["results"]) == 1
    assert theirs["results"][0]["ruleId"] == "E3002"
    assert theirs["tool"]["driver"]["fullName"] == "cfn-lint 1.58.0"
    (rule,) = theirs["tool"]["driver"]["rules"]
    assert rule["shortDescription"]["text"] == "Resource properties are invalid"
    assert rule["helpUri"] == "https://github.com/aws-cloudformation/cfn-lint"


def test_deliveries_that_share_a_fault_share_a_result(log: Log, report: Report) -> None:
    first = report.findings[0]
    other = replace(first, address='infra#aws_flow_log.b["x"]')
    (result,) = log(replace(report, findings=(first, other)))["runs"][0]["results"]
    assert result["partialFingerprints"]["predeploy/v1"] == first.fingerprint
    assert result["properties"]["fingerprints"] == [first.fingerprint, other.fingerprint]
    named = [one["fullyQualifiedName"] for one in result["locations"][0]["logicalLocations"]]
    assert named == [first.address, other.address]
    assert len(result["codeFlows"]) == 2
    assert "delivery: aws_flow_log.main, aws_flow_log.b" in result["message"]["text"]
    two = replace(report, findings=(first, replace(other, message="something else")))
    assert len(log(two)["runs"][0]["results"]) == 2


def test_a_name_is_no_link(log: Log, report: Report) -> None:
    evil = "see [here](https://evil.example), [this](1)"
    first = replace(
        report.findings[0],
        message=evil,
        fix=evil,
        evidence=(Evidence(Span("b", 1, 1, 1, 2), evil),),
    )
    (result,) = log(replace(report, findings=(first,)))["runs"][0]["results"]
    text = result["message"]["text"]
    assert text.startswith(r"see [here]\(https://evil.example), [this]\(1).")
    assert text.endswith(r"see: [see \[here\](https://evil.example), \[this\](1)](1)")


def test_limits_of_code_scanning_are_kept(
    log: Log, report: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = report.findings[0]
    milder = replace(first, severity=Severity.INFO, message="mild", address="infra#b")
    third = replace(first, message="third", address="infra#c")
    monkeypatch.setattr(sarif, "_MAX_RESULTS", 2)
    (run_,) = log(replace(report, findings=(first, milder, third), diagnostics=()))["runs"]
    assert [one["level"] for one in run_["results"]] == ["error", "error"]
    note = run_["invocations"][0]["toolExecutionNotifications"][0]
    assert note["message"]["text"].startswith("1 more results are left out")

    evidence = tuple(Evidence(Span("b", line, 1, line, 2), "seen") for line in range(1, 150))
    many = [replace(first, address=f"infra#{n}", evidence=evidence) for n in range(150)]
    monkeypatch.setattr(results, "_MAX_WORDS", 99)
    long = [replace(one, message="x" * 1000) for one in many]
    (result,) = log(replace(report, findings=tuple(long)))["runs"][0]["results"]
    assert len(result["relatedLocations"]) == 100
    assert len(result["locations"][0]["logicalLocations"]) == 100
    assert 0 < len(result["codeFlows"]) < 10
    assert result["message"]["text"].startswith("x" * 98 + "….\n")


def test_cfn_lint_is_a_run(tree: Tree, log: Log) -> None:
    top = tree({"flow.yaml": "Resources:\n  B:\n    Type: AWS::S3::Bucket\n    Nope: 1\n"})
    ours, theirs = log(run([top], Options(cfn_lint=True)))["runs"]
    assert ours["results"] == []
    assert theirs["tool"]["driver"]["name"] == "cfn-lint"
    assert theirs["tool"]["driver"]["semanticVersion"]
    assert theirs["tool"]["driver"]["rules"][0]["shortDescription"]["text"] not in ("", "E3001")
    assert theirs["results"]


def test_every_delivery_is_counted_once(log: Log, report: Report) -> None:
    """The same bytes whatever order sets have: nothing here hangs on hashes of names."""
    assert reporter("sarif")(report, Style()) == reporter("sarif")(report, Style())
    other = Delivered("infra#z", report.deliveries[0].span, "s3", "z", Verdict.WILL_WORK)
    more = replace(report, deliveries=(*report.deliveries, other))
    assert log(more)["runs"][0]["results"] == log(report)["runs"][0]["results"]
