"""CloudFormation that is like what teams write: parameters, mappings, conditions, `Fn::Sub`."""

from __future__ import annotations

from pathlib import Path
from string import Template

TEMPLATE = Template("""\
AWSTemplateFormatVersion: "2010-09-09"
Description: Network of service $n
Parameters:
  Prefix:
    Type: String
    Default: acme
  Stage:
    Type: String
    Default: prod
    AllowedValues: [dev, prod]
  Retention:
    Type: Number
    Default: 90
Mappings:
  Ranges:
    dev:
      Cidr: 10.1.0.0/16
    prod:
      Cidr: 10.2.0.0/16
Conditions:
  IsProduction: !Equals [!Ref Stage, prod]
Resources:
  Vpc:
    Type: AWS::EC2::VPC
    Properties:
      CidrBlock: !FindInMap [Ranges, !Ref Stage, Cidr]
      Tags:
        - Key: Name
          Value: !Sub $${Prefix}-$${Stage}-$n
  LogBucket:
    Type: AWS::S3::Bucket
    Properties:
      BucketName: !Sub $${Prefix}-$${Stage}-logs-$n
      VersioningConfiguration:
        Status: !If [IsProduction, Enabled, Suspended]
      LifecycleConfiguration:
        Rules:
          - Status: Enabled
            ExpirationInDays: !Ref Retention
  LogBucketPolicy:
    Type: AWS::S3::BucketPolicy
    Properties:
      Bucket: !Ref LogBucket
      PolicyDocument:
        Version: "2012-10-17"
        Statement:
          - Sid: Write
            Effect: Allow
            Principal:
              Service: delivery.logs.amazonaws.com
            Action: s3:PutObject
            Resource: !Sub $${LogBucket.Arn}/*
          - Sid: Look
            Effect: Allow
            Principal:
              Service: delivery.logs.amazonaws.com
            Action: s3:GetBucketAcl
            Resource: !GetAtt LogBucket.Arn
  FlowLog:
    Type: AWS::EC2::FlowLog
    DependsOn: LogBucketPolicy
    Properties:
      ResourceId: !Ref Vpc
      ResourceType: VPC
      TrafficType: ALL
      LogDestinationType: s3
      LogDestination: !GetAtt LogBucket.Arn
Outputs:
  Bucket:
    Value: !Ref LogBucket
""")


def templates(folder: Path, size: int) -> dict[str, int]:
    """Templates of 75 lines, each a stack of its own with a VPC, a bucket and a flow log."""
    for number in range(size):
        path = folder / f"area_{number // 20:02}" / f"service_{number:03}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(TEMPLATE.substitute(n=number), encoding="utf-8")
    return {"will-work": size}
