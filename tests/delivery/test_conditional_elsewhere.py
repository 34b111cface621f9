"""What another stack creates under a condition may be there or not."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from validator.config import Options
from validator.engine import run
from validator.outcomes import Verdict
from validator.readers import Settings

if TYPE_CHECKING:
    from tests.conftest import Tree

SETTINGS = Settings(account="111122223333", region="eu-west-1")
BUCKET = {"Type": "AWS::S3::Bucket", "Properties": {"BucketName": "acme-perhaps"}}
FLOW_LOG = {
    "Type": "AWS::EC2::FlowLog",
    "Properties": {
        "ResourceId": "vpc-0a1b2c3d4e5f67890",
        "ResourceType": "VPC",
        "TrafficType": "ALL",
        "LogDestinationType": "s3",
        "LogDestination": "arn:aws:s3:::acme-perhaps",
    },
}
TERRAFORM = """
resource "aws_flow_log" "main" {
  vpc_id               = "vpc-0a1b2c3d4e5f67890"
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = "arn:aws:s3:::acme-perhaps"
}
"""
HERE = {
    "terraform": ("main.tf", TERRAFORM),
    "cloudformation": ("here.json", json.dumps({"Resources": {"FlowLog": FLOW_LOG}})),
}


def there(buckets: dict[str, Any], default: str | None = None) -> str:
    made: dict[str, Any] = {"Type": "String", "AllowedValues": ["yes", "no"]}
    if default is not None:
        made["Default"] = default
    yes = {"Fn::Equals": [{"Ref": "Made"}, "yes"]}
    return json.dumps(
        {
            "Parameters": {"Made": made},
            "Conditions": {"IsMade": yes, "IsNotMade": {"Fn::Not": [yes]}},
            "Resources": buckets,
        }
    )


@pytest.mark.parametrize("language", HERE)
@pytest.mark.parametrize(
    ("template", "verdict"),
    [
        (there({"Logs": BUCKET}), Verdict.WILL_WORK),
        (there({"Logs": {**BUCKET, "Condition": "IsMade"}}), Verdict.CANNOT_TELL),
        (there({"Logs": {**BUCKET, "Condition": "IsMade"}}, "yes"), Verdict.WILL_WORK),
        (there({"Logs": {**BUCKET, "Condition": "IsMade"}}, "no"), Verdict.MAY_FAIL),
    ],
)
def test_a_bucket_of_some_cases_may_be_there(
    tree: Tree, language: str, template: str, verdict: Verdict
) -> None:
    name, text = HERE[language]
    folder = tree({f"here/{name}": text, "there/stack.json": template})
    report = run([folder], Options(settings=SETTINGS))
    [delivery] = report.deliveries
    assert delivery.verdict is verdict
    said = [fact.fact for fact in delivery.open]
    if verdict is Verdict.CANNOT_TELL:
        assert len(said) == 1
        assert said[0].startswith("whether Logs in ")
        assert said[0].endswith("there/stack.json is created: only if IsMade is true")
    else:
        assert said == []
