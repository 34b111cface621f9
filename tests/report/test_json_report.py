"""The report for machines, held against its published schema."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

import validator.report
from validator.findings import Edit
from validator.graph.span import Span
from validator.records import replace
from validator.report import REPORTERS, Style, reporter
from validator.report.json import render
from validator.reports import Counts, Report

SCHEMA = json.loads(
    (Path(validator.report.__file__).parent / "json_schema_v1.json").read_text(encoding="utf-8")
)


def parsed(report: Report) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(render(report, Style()))
    jsonschema.validate(found, SCHEMA)
    return found


def test_the_schema_is_one() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


def test_the_contract(report: Report) -> None:
    found = parsed(report)
    first = report.findings[0]
    assert found["version"] == 1
    assert found["tool"] == {"name": "predeploy", "version": validator.__version__}
    assert found["deliveries"][0] == {
        "address": "aws_flow_log.main",
        "alias": "",
        "unit": "infra",
        "file": "infra/flow.tf",
        "line": 1,
        "type": "s3",
        "destination": "acme",
        "verdict": "will-fail",
        "known": False,
        "open": [],
        "path": found["deliveries"][0]["path"],
        "findings": [first.fingerprint],
    }
    assert [hop["kind"] for hop in found["deliveries"][0]["path"]] == [
        "source",
        "destination",
        "policy",
        "key",
    ]
    assert found["deliveries"][0]["path"][3] == {
        "kind": "key",
        "what": "key",
        "name": "aws_kms_key.logs",
        "id": "infra#aws_kms_key.logs",
        "state": "bad",
        "why": "this is the ID of aws_kms_key.logs",
        "file": "infra/bucket.tf",
        "line": 3,
        "column": 25,
        "end_line": 3,
        "end_column": 48,
    }
    assert found["deliveries"][3]["alias"] == "Net/Vpc/Log"
    assert found["deliveries"][2]["open"] == [
        {"fact": "variable where has no value", "supply": "--var where=VALUE"}
    ]
    assert found["findings"][0] == {
        "rule": "bucket-key-id-not-arn",
        "tool": "predeploy",
        "severity": "error",
        "message": "the bucket's default key is a key ID",
        "address": "aws_flow_log.main",
        "unit": "infra",
        "file": "infra/bucket.tf",
        "line": 3,
        "column": 25,
        "end_line": 3,
        "end_column": 48,
        "aws": {"text": "LogDestination acme is undeliverable", "when": "delivery"},
        "fix": "kms_master_key_id = aws_kms_key.logs.arn",
        "edit": None,
        "when": ["IsProd is true"],
        "evidence": [
            {
                "file": one.span.file,
                "line": one.span.line,
                "column": one.span.column,
                "end_line": one.span.end_line,
                "end_column": one.span.end_column,
                "note": one.note,
            }
            for one in first.evidence
        ],
        "fingerprint": first.fingerprint,
        "ignored": None,
    }
    assert found["findings"][1]["ignored"] == {
        "by": "comment",
        "reason": "another team's",
        "until": "2030-01-31",
        "file": "infra/flow.tf",
        "line": 4,
    }
    assert found["diagnostics"] == [
        {
            "file": "broken.tf",
            "line": 4,
            "column": 2,
            "message": "a { is not closed",
            "kind": "syntax",
        }
    ]
    assert found["baseline"] is None
    assert found["summary"] == {
        "deliveries": {"will-fail": 1, "may-fail": 1, "cannot-tell": 1, "will-work": 1},
        "findings": {"error": 1, "warning": 0, "info": 0},
        "ignored": 1,
        "known": 0,
        "files": 5,
        "modules": 2,
        "templates": 1,
    }


def test_an_empty_report_is_whole() -> None:
    assert parsed(Report((), (), (), Counts(), {}))["deliveries"] == []


def test_a_fingerprint_does_not_hang_on_lines(report: Report) -> None:
    first = report.findings[0]
    moved = replace(first, span=Span("infra/bucket.tf", 90, 1, 90, 2), message="other words")
    assert moved.fingerprint == first.fingerprint
    assert replace(first, fault="another").fingerprint != first.fingerprint
    assert replace(first, address="infra#x").fingerprint != first.fingerprint
    assert replace(first, rule="x").fingerprint != first.fingerprint


def test_json_is_ascii_without_control_characters(report: Report) -> None:
    evil = replace(report.findings[0], message="\x1b[2J\x7f\x9b\u202e\ud800日本")
    shown = render(replace(report, findings=(evil,)), Style())
    assert all(character == "\n" or " " <= character <= "~" for character in shown)
    assert json.loads(shown)["findings"][0]["message"] == evil.message


@pytest.mark.parametrize(
    ("where", "name", "value"),
    [
        ((), "summary", None),
        ((), "version", 2),
        ((), "more", 1),
        (("deliveries", 0), "verdict", "fine"),
        (("deliveries", 0, "path", 0), "state", "fine"),
        (("deliveries", 0, "path", 0), "id", ""),
        (("findings", 0), "file", "/etc/passwd"),
        (("findings", 0), "line", 0),
        (("findings", 0), "fix", 1),
    ],
)
def test_the_schema_refuses_what_is_no_report(
    report: Report, where: tuple[str | int, ...], name: str, value: object
) -> None:
    found = parsed(report)
    place: Any = found
    for step in where:
        place = place[step]
    place[name] = value
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(found, SCHEMA)


@pytest.mark.parametrize("name", sorted(REPORTERS))
def test_every_reporter_renders_the_same_bytes_twice(name: str, report: Report) -> None:
    assert reporter(name)(report, Style()) == reporter(name)(report, Style())


def test_concise_is_one_line_a_finding(report: Report) -> None:
    assert reporter("concise")(report, Style()).splitlines()[:-1] == [
        "infra/bucket.tf:3:25: error[bucket-key-id-not-arn] the bucket's default key is a key ID",
        "broken.tf:4:2: syntax a { is not closed",
    ]
    assert len(reporter("concise")(report, Style(verbose=True)).splitlines()) == 4
    first = report.findings[0]
    twice = replace(report, findings=(first, replace(first, address="infra#aws_flow_log.b")))
    lines = reporter("concise")(twice, Style(statistics=True)).splitlines()
    assert lines[1:3] == ["broken.tf:4:2: syntax a { is not closed", "    2 bucket-key-id-not-arn"]


def test_an_edit_is_a_place_and_a_text(report: Report) -> None:
    first = report.findings[0]
    edit = Edit(first.span, "aws_kms_key.logs.key_id", "aws_kms_key.logs.arn")
    (found,) = parsed(replace(report, findings=(replace(first, edits=(edit,)),)))["findings"]
    place = {key: found[key] for key in ("file", "line", "column", "end_line", "end_column")}
    assert found["edit"] == {**place, "text": "aws_kms_key.logs.arn"}
