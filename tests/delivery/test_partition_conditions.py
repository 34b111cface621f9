"""Which partition a template asks for in its conditions, and what settles that."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from validator.config import Options
from validator.engine import run
from validator.outcomes import Verdict
from validator.readers import Settings

if TYPE_CHECKING:
    from tests.conftest import Tree

CHOSEN = {
    "main.tf": """
data "aws_partition" "current" {}
data "aws_region" "current" {}
locals {
  arn = "arn:${CONDITION ? "aws-cn" : "aws"}:s3:::acme-logs"
}
resource "aws_s3_bucket" "logs" {
  bucket = "acme-logs"
}
resource "aws_s3_bucket_policy" "logs" {
  bucket = aws_s3_bucket.logs.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "delivery.logs.amazonaws.com" }
      Action    = ["s3:PutObject", "s3:GetBucketAcl"]
      Resource  = [local.arn, "${local.arn}/*"]
    }]
  })
}
resource "aws_flow_log" "main" {
  vpc_id               = "vpc-1"
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = aws_s3_bucket.logs.arn
  depends_on           = [aws_s3_bucket_policy.logs]
}
""",
    "stack.yaml": """
Conditions:
  InChina: CONDITION
Resources:
  Logs:
    Type: AWS::S3::Bucket
    Properties:
      BucketName: acme-logs
  Policy:
    Type: AWS::S3::BucketPolicy
    Properties:
      Bucket: !Ref Logs
      PolicyDocument:
        Version: "2012-10-17"
        Statement:
          Effect: Allow
          Principal:
            Service: delivery.logs.amazonaws.com
          Action: [s3:PutObject, s3:GetBucketAcl]
          Resource:
            - !If [InChina, "arn:aws-cn:s3:::acme-logs", "arn:aws:s3:::acme-logs"]
            - !If [InChina, "arn:aws-cn:s3:::acme-logs/*", "arn:aws:s3:::acme-logs/*"]
  FlowLog:
    Type: AWS::EC2::FlowLog
    DependsOn: Policy
    Properties:
      ResourceId: vpc-1
      ResourceType: VPC
      TrafficType: ALL
      LogDestinationType: s3
      LogDestination: !GetAtt Logs.Arn
""",
}
CONDITIONS = {
    ("main.tf", "region"): 'data.aws_region.current.region == "cn-north-1"',
    ("main.tf", "partition"): 'data.aws_partition.current.partition == "aws-cn"',
    ("stack.yaml", "region"): "!Equals [!Ref AWS::Region, cn-north-1]",
    ("stack.yaml", "partition"): "!Equals [!Ref AWS::Partition, aws-cn]",
}


@pytest.mark.parametrize(("language", "by"), CONDITIONS)
@pytest.mark.parametrize("region", ["cn-north-1", "eu-west-1"])
def test_a_region_settles_what_a_template_asks_of_the_partition(
    tree: Tree, language: str, by: str, region: str
) -> None:
    top = tree({language: CHOSEN[language].replace("CONDITION", CONDITIONS[language, by])})
    report = run([top], Options(Settings(region=region)), working=top)
    assert report.findings == ()
    assert [one.verdict for one in report.deliveries] == [Verdict.WILL_WORK]


@pytest.mark.parametrize("by", ["region", "partition"])
def test_how_to_give_what_a_choice_hangs_on_is_told(tree: Tree, by: str) -> None:
    """CloudFormation's conditions are followed both ways; Terraform's stay open."""
    top = tree({"main.tf": CHOSEN["main.tf"].replace("CONDITION", CONDITIONS["main.tf", by])})
    [delivery] = run([top], Options(), working=top).deliveries
    assert delivery.verdict is Verdict.CANNOT_TELL
    fact = delivery.open[0]
    assert (fact.fact, fact.supply) == (f"the {by} that this is deployed to", f"--{by} NAME")
    top = tree(
        {"stack.yaml": CHOSEN["stack.yaml"].replace("CONDITION", CONDITIONS["stack.yaml", by])}
    )
    (top / "main.tf").unlink()
    assert [one.verdict for one in run([top], Options(), working=top).deliveries] == [
        Verdict.WILL_WORK
    ]
