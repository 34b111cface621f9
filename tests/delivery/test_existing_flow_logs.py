"""New flow logs beside those that `aws ec2 describe-flow-logs` prints."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from validator.config import Options
from validator.engine import run
from validator.readers import Settings
from validator.reports import Report

NONE: list[str] = []
DEFAULT = (
    "${version} ${account-id} ${interface-id} ${srcaddr} ${dstaddr} ${srcport} ${dstport} "
    "${protocol} ${packets} ${bytes} ${start} ${end} ${action} ${log-status}"
)
TERRAFORM = """
resource "aws_s3_bucket" "logs" {
  bucket = "acme-logs"
}

resource "aws_flow_log" "main" {
  vpc_id               = "vpc-1"
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = "arn:aws:s3:::acme-logs/FOLDER"
}
"""
TEMPLATE = """
Resources:
  Logs:
    Type: AWS::S3::Bucket
    Properties:
      BucketName: acme-logs
  FlowLog:
    Type: AWS::EC2::FlowLog
    Properties:
      ResourceId: vpc-1
      ResourceType: VPC
      TrafficType: ALL
      LogDestinationType: s3
      LogDestination: arn:aws:s3:::acme-logs/FOLDER
"""
BOTH = pytest.mark.parametrize(
    ("name", "source"), [("main.tf", TERRAFORM), ("stack.yaml", TEMPLATE)], ids=["tf", "cfn"]
)


def printed(number: int = 1, folder: str = "new", **more: object) -> dict[str, object]:
    """As <https://docs.aws.amazon.com/cli/latest/reference/ec2/describe-flow-logs.html> shows."""
    return {
        "CreationTime": "2024-01-01T00:00:00.000Z",
        "DeliverLogsStatus": "SUCCESS",
        "FlowLogId": f"fl-{number:017x}",
        "FlowLogStatus": "ACTIVE",
        "ResourceId": "vpc-1",
        "TrafficType": "ALL",
        "LogDestinationType": "s3",
        "LogDestination": f"arn:aws:s3:::acme-logs/{folder}",
        "LogFormat": DEFAULT,
        "Tags": [],
        "MaxAggregationInterval": 600,
        "DestinationOptions": {
            "FileFormat": "plain-text",
            "HiveCompatiblePartitions": False,
            "PerHourPartition": False,
        },
        **more,
    }


def judged(
    folder: Path,
    files: dict[str, str],
    flow_logs: Sequence[dict[str, object]],
    *,
    more: str = "",
    plan: str = "",
) -> Report:
    for name, content in files.items():
        (folder / name).write_text(content, encoding="utf-8")
    told = f'[[existing]]\nflow-logs = "flow-logs.json"\n{more}\n'
    (folder / "existing.toml").write_text(told, encoding="utf-8")
    document = {"FlowLogs": list(flow_logs)}
    (folder / "flow-logs.json").write_text(json.dumps(document), encoding="utf-8")
    settings = Settings(account="111122223333", region="eu-west-1", plan=plan)
    options = Options(settings=settings, existing=("existing.toml",))
    report = run([folder], options, working=folder)
    assert report.diagnostics == ()
    return report


def verdict(report: Report) -> tuple[str, list[str]]:
    (one,) = report.deliveries
    return one.verdict.value, [finding.rule for finding in report.findings]


@BOTH
def test_the_same_flow_log_may_be_this_one(tmp_path: Path, name: str, source: str) -> None:
    files = {name: source.replace("FOLDER", "new")}
    report = judged(tmp_path, files, [printed()])
    assert verdict(report) == ("cannot-tell", [])
    (fact,) = report.deliveries[0].open
    assert "fl-00000000000000001" in fact.fact and "deployed earlier" in fact.fact
    assert fact.supply == "--plan FILE, or created-elsewhere in existing.toml"


@BOTH
def test_it_is_a_duplicate_if_somebody_else_made_it(tmp_path: Path, name: str, source: str) -> None:
    files = {name: source.replace("FOLDER", "new")}
    report = judged(tmp_path, files, [printed()], more="created-elsewhere = true")
    assert verdict(report) == ("will-fail", ["flow-log-duplicate"])
    (finding,) = report.findings
    assert [one.note for one in finding.evidence] == ["fl-00000000000000001 exists already"]


@BOTH
@pytest.mark.parametrize(
    "other",
    [
        {"TrafficType": "REJECT"},
        {"ResourceId": "vpc-2"},
        {"MaxAggregationInterval": 60},
        {"LogFormat": "${version} ${vpc-id}"},
        {"LogDestination": "arn:aws:s3:::acme-logs/other"},
    ],
)
def test_another_one_is_no_duplicate(
    tmp_path: Path, name: str, source: str, other: dict[str, object]
) -> None:
    files = {name: source.replace("FOLDER", "new")}
    report = judged(tmp_path, files, [printed() | other], more="created-elsewhere = true")
    assert verdict(report) == ("will-work", [])


def plan(*actions: str) -> str:
    values = {
        "vpc_id": "vpc-1",
        "traffic_type": "ALL",
        "log_destination_type": "s3",
        "log_destination": "arn:aws:s3:::acme-logs/new",
    }
    addresses = {
        "aws_flow_log.main": ("aws_flow_log", "main", values),
        "aws_s3_bucket.logs": ("aws_s3_bucket", "logs", {"bucket": "acme-logs"}),
    }
    head = {
        address: {"address": address, "mode": "managed", "type": type_, "name": name}
        for address, (type_, name, _) in addresses.items()
    }
    return json.dumps(
        {
            "format_version": "1.2",
            "planned_values": {
                "root_module": {
                    "resources": [
                        {**head[one], "values": held} for one, (_, _, held) in addresses.items()
                    ]
                }
            },
            "resource_changes": [
                {**head[one], "change": {"actions": list(actions), "after": held}}
                for one, (_, _, held) in addresses.items()
            ],
            "configuration": {
                "root_module": {"resources": [{**one, "expressions": {}} for one in head.values()]}
            },
        }
    )


@pytest.mark.parametrize(
    ("actions", "expected"),
    [
        (("create",), ("will-fail", ["flow-log-duplicate"])),
        (("no-op",), ("will-work", NONE)),
        (("update",), ("will-work", NONE)),
    ],
)
def test_a_plan_tells_whether_it_is_this_one(
    tmp_path: Path, actions: tuple[str, ...], expected: tuple[str, list[str]]
) -> None:
    files = {"main.tf": TERRAFORM.replace("FOLDER", "new"), "plan.json": plan(*actions)}
    assert verdict(judged(tmp_path, files, [printed()], plan="plan.json")) == expected


@BOTH
@pytest.mark.parametrize(
    ("others", "itself", "expected"),
    [
        (249, False, ("will-work", NONE)),
        (250, False, ("may-fail", ["flow-log-quota"])),
        (249, True, ("cannot-tell", NONE)),
    ],
)
def test_the_quota_counts_those_that_exist(
    tmp_path: Path,
    name: str,
    source: str,
    others: int,
    itself: bool,
    expected: tuple[str, list[str]],
) -> None:
    # All into one folder, which costs the bucket policy one statement.
    flow_logs = [
        printed(number, "old", MaxAggregationInterval=60, LogFormat=f"${{version}} {number}")
        for number in range(others)
    ]
    if itself:
        flow_logs.append(printed(others))
    report = judged(tmp_path, {name: source.replace("FOLDER", "new")}, flow_logs)
    assert verdict(report) == expected
    if "may-fail" in expected:
        (finding,) = report.findings
        assert finding.severity.value == "warning"
        assert "number 251 of one resource, of which 250 exist already" in finding.message


@BOTH
@pytest.mark.parametrize(("folders", "crosses"), [(53, False), (57, True)])
def test_what_aws_has_added_counts(
    tmp_path: Path, name: str, source: str, folders: int, crosses: bool
) -> None:
    flow_logs = [
        printed(number, f"old-{number:02}", ResourceId=f"subnet-{number}")
        for number in range(folders)
    ]
    report = judged(tmp_path, {name: source.replace("FOLDER", "new")}, flow_logs)
    expected = (
        ("may-fail", ["bucket-policy-will-outgrow-limit"]) if crosses else ("will-work", NONE)
    )
    assert verdict(report) == expected
    # The same folder again costs nothing.
    files = {name: source.replace("FOLDER", "old-01")}
    assert verdict(judged(tmp_path, files, flow_logs)) == ("will-work", [])
