"""What S3 names in the encryption context, and which spelling of a principal a key may have.

<https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-key.html>
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from validator.config import Options
from validator.engine import run
from validator.outcomes import Verdict
from validator.readers import Settings

Tree = Callable[[Mapping[str, str | bytes]], Path]

BUCKET_TEMPLATE = """
Resources:
  Log:
    Type: AWS::EC2::FlowLog
    Properties:
      ResourceId: vpc-0a1b2c3d
      ResourceType: VPC
      TrafficType: ALL
      LogDestinationType: s3
      LogDestination: !GetAtt Bucket.Arn
  Bucket:
    Type: AWS::S3::Bucket
    Properties:
      BucketName: acme-sealed
      BucketEncryption:
        ServerSideEncryptionConfiguration:
          - ServerSideEncryptionByDefault:
              SSEAlgorithm: {algorithm}
              KMSMasterKeyID: !GetAtt Key.Arn
            {bucket_key}
  Key:
    Type: AWS::KMS::Key
    Properties:
      KeyPolicy:
        Version: "2012-10-17"
        Statement:
          Effect: Allow
          Principal: {{Service: delivery.logs.amazonaws.com}}
          Action: kms:*
          Resource: "*"
          Condition:
            StringLike: {{"kms:EncryptionContext:aws:s3:arn": "arn:aws:s3:::{context}"}}
"""


@pytest.mark.parametrize(
    ("algorithm", "bucket_key", "context", "verdict"),
    [
        ("aws:kms", "BucketKeyEnabled: true", "acme-sealed", Verdict.WILL_WORK),
        ("aws:kms", "BucketKeyEnabled: true", "acme-sealed*", Verdict.WILL_WORK),
        ("aws:kms", "BucketKeyEnabled: true", "acme-sealed/*", Verdict.WILL_FAIL),
        ("aws:kms", "BucketKeyEnabled: false", "acme-sealed/*", Verdict.WILL_WORK),
        ("aws:kms", "BucketKeyEnabled: false", "acme-sealed", Verdict.WILL_FAIL),
        ("aws:kms", "", "acme-sealed/*", Verdict.WILL_WORK),
        ("aws:kms", "", "acme-other/*", Verdict.WILL_FAIL),
        ("aws:kms:dsse", "BucketKeyEnabled: true", "acme-sealed/*", Verdict.WILL_WORK),
        ("aws:kms", "BucketKeyEnabled: !ImportValue sealed", "acme-sealed", Verdict.CANNOT_TELL),
    ],
)
def test_the_context_names_the_bucket_with_a_bucket_key_and_the_object_without(
    tree: Tree, algorithm: str, bucket_key: str, context: str, verdict: Verdict
) -> None:
    template = BUCKET_TEMPLATE.format(algorithm=algorithm, bucket_key=bucket_key, context=context)
    top = tree({"stack.yaml": template})
    report = run([top], Options(), working=top)
    assert [one.verdict for one in report.deliveries] == [verdict]
    assert report.diagnostics == ()


GROUP_TEMPLATE = """
Resources:
  Log:
    Type: AWS::EC2::FlowLog
    Properties:
      ResourceId: vpc-0a1b2c3d
      ResourceType: VPC
      TrafficType: ALL
      LogGroupName: !Ref Group
      DeliverLogsPermissionArn: !GetAtt Role.Arn
  Group:
    Type: AWS::Logs::LogGroup
    Properties: {{LogGroupName: rejects, KmsKeyId: !GetAtt Key.Arn}}
  Key:
    Type: AWS::KMS::Key
    Properties:
      KeyPolicy:
        Version: "2012-10-17"
        Statement:
          Effect: Allow
          Principal: {{Service: !Sub "logs.${{AWS::Region}}.{suffix}"}}
          Action: kms:*
          Resource: "*"
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Version: "2012-10-17"
        Statement:
          Effect: Allow
          Principal: {{Service: vpc-flow-logs.amazonaws.com}}
          Action: sts:AssumeRole
      Policies:
        - PolicyName: write
          PolicyDocument:
            Version: "2012-10-17"
            Statement:
              Effect: Allow
              Action: ["logs:CreateLogStream", "logs:PutLogEvents"]
              Resource: !Sub "arn:{partition}:logs:*:${{AWS::AccountId}}:log-group:rejects:*"
"""


@pytest.mark.parametrize(
    ("suffix", "region", "partition", "verdict"),
    [
        ("amazonaws.com", "eu-west-1", "aws", Verdict.WILL_WORK),
        ("amazonaws.com.cn", "eu-west-1", "aws", Verdict.WILL_FAIL),
        ("amazonaws.com", "cn-north-1", "aws-cn", Verdict.WILL_WORK),
        ("amazonaws.com.cn", "cn-north-1", "aws-cn", Verdict.WILL_WORK),
        ("amazonaws.cn", "cn-north-1", "aws-cn", Verdict.WILL_FAIL),
        # Without a region, the ARN in the role's policy tells the partition.
        ("amazonaws.com.cn", "", "aws-cn", Verdict.WILL_WORK),
        ("amazonaws.com", "", "aws-us-gov", Verdict.WILL_WORK),
        ("amazonaws.com", "us-gov-west-1", "aws", Verdict.WILL_FAIL),
    ],
)
def test_principal_and_partition_of_a_log_group(
    tree: Tree, suffix: str, region: str, partition: str, verdict: Verdict
) -> None:
    top = tree({"stack.yaml": GROUP_TEMPLATE.format(suffix=suffix, partition=partition)})
    report = run([top], Options(Settings(region=region)), working=top)
    assert [one.verdict for one in report.deliveries] == [verdict]
    assert report.diagnostics == ()
