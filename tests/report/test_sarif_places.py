"""SARIF: where results are, and what tells them apart as lines move."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from validator.engine import run
from validator.graph.span import Span
from validator.records import replace
from validator.report.sarif.line_hash import LineHashes
from validator.reports import Report

if TYPE_CHECKING:
    from tests.conftest import Tree
    from tests.report.conftest import Log


def test_columns_are_utf_16_code_units(log: Log, report: Report) -> None:
    line = 'x = "🪣日" + y # 🪣'
    start = line.index("y") + 1
    first = replace(
        report.findings[0], span=Span("a.tf", 1, start, 1, start + 1), evidence=(), address="#x"
    )
    (result,) = log(replace(report, findings=(first,), sources={"a.tf": (line,)}))["runs"][0][
        "results"
    ]
    region = result["locations"][0]["physicalLocation"]["region"]
    coded = line.encode("utf-16-le")
    at = 2 * (region["startColumn"] - 1)
    assert coded[at : 2 * (region["endColumn"] - 1)].decode("utf-16-le") == "y"
    assert region["snippet"] == {"text": "y"}


@pytest.mark.parametrize(
    ("name", "uri"),
    [
        ("a b/ü.tf", "a%20b/%C3%BC.tf"),
        ("c:x?#%20.tf", "c%3Ax%3F%23%2520.tf"),
        ("net\udcff/main.tf", "net%FF/main.tf"),
    ],
)
def test_uris_are_encoded(log: Log, report: Report, name: str, uri: str) -> None:
    first = replace(report.findings[0], span=Span(name, 1, 1, 1, 2), evidence=())
    (result,) = log(replace(report, findings=(first,)))["runs"][0]["results"]
    artifact = result["locations"][0]["physicalLocation"]["artifactLocation"]
    assert artifact == {"uri": uri, "uriBaseId": "%SRCROOT%"}


FLOW = """\
resource "aws_flow_log" "a" {
  vpc_id               = "vpc-1"
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = "arn:aws:s3:::some-logs"
}
"""


def uris(log: Log, report: Report) -> set[tuple[str, bool]]:
    return {
        (one["uri"], "uriBaseId" in one)
        for result in log(report)["runs"][0]["results"]
        for one in [result["locations"][0]["physicalLocation"]["artifactLocation"]]
    }


def test_files_are_named_from_the_git_root(tree: Tree, log: Log) -> None:
    top = tree({"repo/.git/HEAD": "", "repo/infra/net/main.tf": FLOW, "beside/x.txt": ""})
    (top / "repo" / "link").symlink_to("infra")
    expected = {("infra/net/main.tf", True)}
    for working, path in (
        ("repo", "infra"),
        ("repo/infra/net", "."),
        ("repo/infra", "net/main.tf"),
        ("beside", "../repo/infra"),
        (".", "repo"),
        ("repo", "link/net/main.tf"),
    ):
        found = run([Path(path)], working=top / working)
        assert len(found.findings) == 1
        assert uris(log, found) == expected


def test_without_git_files_are_named_from_the_working_folder(tree: Tree, log: Log) -> None:
    top = tree({"infra/net/main.tf": FLOW, "beside/x.txt": ""})
    assert uris(log, run([Path("infra")], working=top)) == {("infra/net/main.tf", True)}
    found = run([Path("../infra")], working=top / "beside")
    assert uris(log, found) == {("../infra/net/main.tf", False)}


def test_line_hashes_are_those_of_github() -> None:
    """As github/codeql-action computes them for this file."""
    text = (
        'resource "aws_flow_log" "a" {\n\ttraffic_type = "ALL"\n\n\n'
        '  log_destination = "arn:aws:s3:::🪣-x"\n}\n}\n}'
    )
    lines = text.split("\n")
    hashes = LineHashes(lines)
    assert [hashes.of(number) for number in range(1, len(lines) + 1)] == [
        "904de0fffd7a715b:1",
        "4227b3c2ee339426:1",
        "7afb3fbf2926c78a:1",
        "ce30109af37a4488:1",
        "d4d2405f318b553e:1",
        "27930ce99a2fc80e:1",
        "632b355e1e0bbbf3:1",
        "13db8c734146ff90:1",
    ]
    assert LineHashes([""]).of(1) == "c129715d7a2bc9a3:1"
    same = LineHashes(["x" * 60] * 9)
    assert same.of(2) == (same.of(1) or "").replace(":1", ":2")
    assert same.of(0) is same.of(10) is LineHashes(()).of(1) is LineHashes(["a\rb"]).of(1) is None


def test_a_line_hash_moves_with_its_line(tree: Tree, log: Log) -> None:
    top = tree({"main.tf": FLOW})
    (before,) = log(run([top]))["runs"][0]["results"]
    tree({"main.tf": f"# more\n\n{FLOW}"})
    (after,) = log(run([top]))["runs"][0]["results"]
    assert before["partialFingerprints"] == after["partialFingerprints"]
    assert "primaryLocationLineHash" in before["partialFingerprints"]
    assert before["locations"] != after["locations"]


def test_a_place_may_be_odd(log: Log, report: Report) -> None:
    """Places of other tools and of people's rules need not lie in the file, nor be in order."""
    for span in (
        Span("infra/bucket.tf", 0, 0, 0, 0),
        Span("infra/bucket.tf", 3, 5, 2, 1),
        Span("infra/bucket.tf", 900, 900, 900, 901),
        Span("infra/bucket.tf", 1, 1, 1, 1),
        Span("gone.tf", 1, 1, 1, 1),
    ):
        odd = replace(report.findings[0], span=span)
        assert len(log(replace(report, findings=(odd,)))["runs"][0]["results"]) == 1


def test_the_worlds_and_instances_of_a_template_have_fingerprints_of_their_own(
    tree: Tree, log: Log
) -> None:
    top = tree(
        {
            "main.tf": 'variable "on" {\n  type = bool\n}\n'
            + FLOW.replace('"a" {', '"a" {\n  for_each = toset(["x", "y"])')
            + FLOW.replace('"a" {', '"b" {\n  count = var.on ? 1 : 2'),
        }
    )
    found = run([top])
    assert len(found.findings) == len({one.fingerprint for one in found.findings}) == 4
    prints = [one["partialFingerprints"] for one in log(found)["runs"][0]["results"]]
    assert len(prints) == len({one["predeploy/v1"] for one in prints})
