"""What AWS adds to a bucket policy, against sizes measured on policies that AWS wrote.

The published measure: minified, 12 digits of account, `us-east-1`, a bucket of so many and a folder
of so many characters; the first flow log's whole policy, and each further statement.
"""

from __future__ import annotations

import json

import pytest

from validator.config import Options
from validator.engine import run
from validator.findings import Finding, Severity
from validator.outcomes import Verdict

MEASURED = [(20, 6, 766, 381), (20, 12, 772, 387), (40, 12, 812, 407), (63, 24, 870, 442)]
LIMIT = 20_480


LANGUAGES = ("main.tf.json", "template.json")


def terraform(bucket: str, folders: list[str]) -> str:
    flow_logs = {
        f"f{number}": {
            "subnet_id": f"subnet-{number:017x}",
            "traffic_type": "ALL",
            "log_destination_type": "s3",
            "log_destination": "${aws_s3_bucket.logs.arn}/" + folder,
        }
        for number, folder in enumerate(folders)
    }
    buckets = {"logs": {"bucket": bucket}}
    return json.dumps({"resource": {"aws_s3_bucket": buckets, "aws_flow_log": flow_logs}})


def cloudformation(bucket: str, folders: list[str]) -> str:
    resources: dict[str, object] = {
        "Bucket": {"Type": "AWS::S3::Bucket", "Properties": {"BucketName": bucket}}
    }
    for number, folder in enumerate(folders):
        resources[f"FlowLog{number}"] = {
            "Type": "AWS::EC2::FlowLog",
            "Properties": {
                "ResourceId": f"subnet-{number:017x}",
                "ResourceType": "Subnet",
                "TrafficType": "ALL",
                "LogDestinationType": "s3",
                "LogDestination": {"Fn::Sub": "${Bucket.Arn}/" + folder},
            },
        }
    return json.dumps({"Resources": resources})


def judged(
    tmp_path_factory: pytest.TempPathFactory, language: str, bucket: str, folders: list[str]
) -> tuple[list[Finding], set[Verdict]]:
    folder = tmp_path_factory.mktemp("growth")
    make = terraform if language == "main.tf.json" else cloudformation
    (folder / language).write_text(make(bucket, folders), encoding="utf-8")
    report = run([folder], Options(), working=folder)
    assert not report.diagnostics
    return list(report.findings), {one.verdict for one in report.deliveries}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("name", "folder", "first", "further"), MEASURED)
def test_the_last_flow_log_that_fits_and_one_more(
    language: str,
    name: int,
    folder: int,
    first: int,
    further: int,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    # The further statement was measured with a Sid of two digits; the first nine have one.
    fits, size = 1, first
    while True:
        grown = size + further - (1 if fits + 1 < 10 else 0)
        if grown > LIMIT:
            break
        fits, size = fits + 1, grown
    folders = [f"{number:0{folder}d}" for number in range(fits + 1)]
    bucket = "b" * name
    findings, verdicts = judged(tmp_path_factory, language, bucket, folders[:fits])
    assert findings == []
    assert verdicts == {Verdict.WILL_WORK}
    findings, verdicts = judged(tmp_path_factory, language, bucket, folders)
    assert [one.rule for one in findings] == ["bucket-policy-will-outgrow-limit"]
    assert findings[0].severity is Severity.WARNING
    assert f"{grown:,} bytes" in findings[0].message
    assert verdicts == {Verdict.WILL_WORK, Verdict.MAY_FAIL}


@pytest.mark.parametrize("language", LANGUAGES)
def test_flow_logs_to_one_folder_add_nothing(
    tmp_path_factory: pytest.TempPathFactory, language: str
) -> None:
    findings, verdicts = judged(tmp_path_factory, language, "acme-logs", ["vpc"] * 300)
    assert findings == []
    assert verdicts == {Verdict.WILL_WORK}


@pytest.mark.parametrize("language", LANGUAGES)
def test_past_the_limit_in_the_shorter_form_too_is_an_error(
    tmp_path_factory: pytest.TempPathFactory, language: str
) -> None:
    folders = [f"{number:012d}" for number in range(400)]
    findings, verdicts = judged(tmp_path_factory, language, "b" * 20, folders)
    assert [one.severity for one in findings] == [Severity.ERROR]
    assert Verdict.WILL_FAIL in verdicts
