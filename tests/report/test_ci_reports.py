"""Reports for GitHub Actions, GitLab and Jenkins, each as it is read there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from validator.engine import run
from validator.findings import Diagnostic, Evidence, Finding, Severity
from validator.graph.span import Span
from validator.outcomes import Delivered, Verdict
from validator.records import replace
from validator.report import Style, reporter
from validator.reports import Counts, Idle, Report

Tree = Callable[[Mapping[str, str | bytes]], Path]
Contract = Callable[[str, str], Any]
Read = Callable[..., Any]
EMPTY = Report((), (), (), Counts(), {})
FLOW = """\
resource "aws_flow_log" "a" {
  vpc_id               = "vpc-1"
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = "arn:aws:s3:::some-logs"
}
"""


@pytest.fixture
def read(contract: Contract) -> Read:
    """A report in a format, as its reader takes it."""

    def rendered(name: str, report: Report, **style: Any) -> Any:
        return contract(name, reporter(name)(report, Style(**style)))

    return rendered


# --- GitHub -----------------------------------------------------------------------------------


def test_annotations(read: Read, report: Report) -> None:
    finding, unread = read("github", replace(report, places={"infra/bucket.tf": "top/b.tf"}))
    assert finding == (
        "error",
        {
            "file": "top/b.tf",
            "line": "3",
            "endLine": "3",
            "col": "25",
            "endColumn": "48",
            "title": "bucket-key-id-not-arn",
        },
        "the bucket's default key is a key ID\n"
        'aws: "LogDestination acme is undeliverable" (at delivery)\n'
        "fix: kms_master_key_id = aws_kms_key.logs.arn\n"
        "when: IsProd is true\n"
        "delivery: aws_flow_log.main in infra\n"
        "help: validate --explain bucket-key-id-not-arn",
    )
    assert unread[0] == "error"
    assert unread[1]["title"] == "syntax: not judged"
    assert read("github", EMPTY) == []


def test_the_gravest_annotation_is_the_first(read: Read, report: Report) -> None:
    """GitHub shows ten of a kind."""
    first = report.findings[0]
    several = [
        replace(first, severity=severity, address=f"#{severity.value}", message=severity.value)
        for severity in (Severity.INFO, Severity.WARNING, Severity.ERROR)
    ]
    found = read("github", replace(report, findings=tuple(several)))
    assert [name for name, _, _ in found] == ["error", "error", "warning", "notice"]
    assert found[0][2].startswith("error\n")


def test_an_annotation_of_several_lines_has_no_columns(read: Read, report: Report) -> None:
    """The runner refuses the one with the other."""
    first = replace(report.findings[0], span=Span("a.tf", 3, 5, 9, 2))
    ((_, place, _),) = read("github", replace(report, findings=(first,), diagnostics=()))
    assert (place["line"], place["endLine"]) == ("3", "9")
    assert "col" not in place
    whole = Diagnostic(Span("infra", 1, 1, 1, 1), "nothing here", "unreadable")
    ((_, place, _),) = read("github", replace(EMPTY, diagnostics=(whole,)))
    assert place == {"file": "infra", "title": "unreadable: not judged"}


def test_an_annotation_says_what_its_words_say(read: Read, report: Report) -> None:
    words = "100%: a,b\n%0A::error::c"
    first = replace(
        report.findings[0],
        rule="a:b,c=d%",
        message=words,
        fix="x {\n  y\n}",
        span=Span("a,b:%.tf", 1, 1, 1, 2),
    )
    ((_, place, data),) = read("github", replace(report, findings=(first,), diagnostics=()))
    assert place["file"] == "a,b:%.tf"
    assert place["title"] == "a:b,c=d%"
    assert data.startswith("100%: a,b\n%0A::error::c\n")
    assert "\nfix: x {\n  y\n}\n" in data


def test_what_cannot_be_told_is_annotated_only_if_the_command_fails_on_it(
    read: Read, report: Report
) -> None:
    assert len(read("github", report)) == 2
    *_, (name, place, data) = read("github", report, unknown_fails=True)
    assert (name, place["title"]) == ("warning", "cannot-tell")
    assert data.startswith("it cannot be told whether the logs of module.a.aws_flow_log.b")
    assert "validate --trace 'module.a.aws_flow_log.b[\"x\"]'" in data
    assert len(read("gitlab", report)) == 2
    assert len(read("gitlab", report, unknown_fails=True)) == 3


# --- GitLab -----------------------------------------------------------------------------------


def test_code_quality(read: Read, report: Report) -> None:
    finding, unread = read("gitlab", replace(report, places={"infra/bucket.tf": "top/b.tf"}))
    assert finding == {
        "description": "the bucket's default key is a key ID · "
        'aws: "LogDestination acme is undeliverable" (at delivery) · '
        "fix: kms_master_key_id = aws_kms_key.logs.arn · when: IsProd is true · "
        "delivery: aws_flow_log.main in infra",
        "check_name": "bucket-key-id-not-arn",
        "fingerprint": report.findings[0].fingerprint,
        "severity": "critical",
        "location": {"path": "top/b.tf", "lines": {"begin": 3}},
    }
    assert (unread["check_name"], unread["severity"]) == ("syntax", "blocker")
    assert read("gitlab", EMPTY) == []


def test_another_tool_may_say_the_same_twice(read: Read, report: Report) -> None:
    one = Finding("E1", Severity.WARNING, "m", "a.yaml#R", Span("a.yaml", 1, 1, 1, 2), tool="t")
    two = replace(one, span=Span("a.yaml", 2, 1, 2, 2))
    broken = Diagnostic(Span("b", 1, 1, 1, 1), "m", "syntax")
    again = replace(broken, span=Span("b", 2, 1, 2, 1))
    twice = replace(report, findings=(one, two), diagnostics=(broken, again))
    prints = [one.fingerprint, f"{one.fingerprint}-2"]
    found = read("gitlab", twice)
    assert [entry["fingerprint"] for entry in found][:2] == prints
    _, theirs = read("sarif", twice)["runs"]
    shown = [result["partialFingerprints"]["predeploy/v1"] for result in theirs["results"]]
    assert shown == prints


# --- JUnit ------------------------------------------------------------------------------------


def outcomes(root: Element) -> dict[tuple[str, str], list[str]]:
    return {
        (case.get("classname", ""), case.get("name", "")): [
            child.tag for child in case if child.tag != "system-out"
        ]
        for case in root.iter("testcase")
    }


def test_every_delivery_is_a_test(read: Read, report: Report) -> None:
    root = read("junit", report)
    assert outcomes(root) == {
        ("broken.tf", "not judged"): ["error"],
        ("flow.yaml", "Log (Net/Vpc/Log)"): [],
        ("infra", "aws_flow_log.main"): ["failure"],
        ("infra", "aws_flow_log.other"): [],
        ("infra", 'module.a.aws_flow_log.b["x"]'): ["skipped"],
    }
    failure = root.find(".//failure")
    assert failure.get("type") == "bucket-key-id-not-arn"
    assert failure.get("message") == "the bucket's default key is a key ID"
    assert "^^^^^^^ gives an ID; delivery needs the ARN" in failure.text
    assert "may fail: infra/flow.tf:1" in "".join(root.itertext())
    skipped = root.find(".//skipped")
    assert skipped.get("message") == "variable where has no value (--var where=VALUE)"
    assert list(read("junit", EMPTY)) == []


def test_a_test_fails_on_what_the_command_fails_on(read: Read, report: Report) -> None:
    (unit, name) = ("infra", "aws_flow_log.main")
    for fail_on, severity, fails in (
        ("error", Severity.ERROR, True),
        ("error", Severity.WARNING, False),
        ("warning", Severity.WARNING, True),
        ("warning", Severity.INFO, False),
        ("info", Severity.INFO, True),
        ("never", Severity.ERROR, False),
    ):
        found = replace(report, findings=(replace(report.findings[0], severity=severity),))
        root = read("junit", found, fail_on=fail_on)
        assert outcomes(root)[unit, name] == (["failure"] if fails else [])
        assert f"{severity.value}[bucket-key-id-not-arn]" in "".join(root.itertext())
    cannot_tell = ("infra", 'module.a.aws_flow_log.b["x"]')
    assert outcomes(read("junit", report, unknown_fails=True))[cannot_tell] == ["failure"]
    both = replace(report.findings[0], address=f"{cannot_tell[0]}#{cannot_tell[1]}")
    root = read("junit", replace(report, findings=(both,)))
    assert outcomes(root)[cannot_tell] == ["failure"]


def test_other_tools_and_units_without_a_delivery_have_tests(read: Read, report: Report) -> None:
    foreign = Finding("E1", Severity.ERROR, "m", "a.yaml#R", Span("a.yaml", 1, 1, 1, 2), tool="t")
    several = (foreign, replace(foreign, address="a.yaml#S", message="n"))
    root = read("junit", replace(EMPTY, findings=several, idle=(Idle("off"),)))
    assert outcomes(root) == {
        ("a.yaml", "t"): ["failure", "failure"],
        ("off", "no delivery"): ["skipped"],
    }


@given(st.text(st.characters(), max_size=60))
@settings(derandomize=True, max_examples=150, deadline=None)
def test_any_name_is_well_formed(words: str) -> None:
    from xml.etree import ElementTree

    span = Span(words, 1, 1, 1, 2)
    finding = Finding(
        words,
        Severity.ERROR,
        words,
        f"{words}#{words}",
        span,
        fix=words,
        evidence=(Evidence(span, words),),
    )
    report = Report(
        (Delivered(finding.address, span, "s3", words, Verdict.WILL_FAIL),),
        (finding,),
        (Diagnostic(span, words, "syntax"),),
        Counts(),
        {words: tuple(words.split("\n"))},
    )
    shown = reporter("junit")(report, Style())
    assert shown.isascii()
    root = ElementTree.fromstring(shown)
    assert [case.find("failure") is None for case in root.iter("testcase")].count(False) >= 1


def test_files_are_named_from_the_git_root(tree: Tree, read: Read) -> None:
    top = tree({"repo/.git/HEAD": "", "repo/net/main.tf": FLOW})
    for working, path in (("repo", "net"), ("repo/net", "."), (".", "repo")):
        found = run([Path(path)], working=top / working)
        ((_, place, _),) = read("github", found)
        assert place["file"] == "net/main.tf"
        (entry,) = read("gitlab", found)
        assert entry["location"]["path"] == "net/main.tf"
