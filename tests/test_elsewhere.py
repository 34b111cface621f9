"""What a delivery names by name, and so in which other units it is looked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from validator.config import Options
from validator.discover import discover, files_for
from validator.elsewhere import named_elsewhere
from validator.graph.graph import Graph
from validator.judge import Judge
from validator.mentions import BUCKET, EXPORT, KEY, LOG_GROUP, NOTED, ROLE, STREAM

Tree = Callable[[Mapping[str, str | bytes]], Path]


def named(top: Path) -> frozenset[bytes]:
    files = files_for([top], top)
    found = discover([top], files)
    judge = Judge(files, Options(), (), found)
    judge.judge()
    (unit,) = found.units
    (world,) = judge.worlds[unit.path]
    return named_elsewhere(Graph(world))


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ('"arn:aws:s3:::central"', BUCKET),
        ('"arn:${data.aws_partition.here.partition}:s3:::central"', BUCKET),
        ('"arn:aws:logs:eu-west-1:111122223333:log-group:central"', LOG_GROUP),
        ('"arn:aws:firehose:eu-west-1:111122223333:deliverystream/central"', STREAM),
        # A part that is open may stand for anything; of what is open as a whole nothing is named.
        ("var.destination", ()),
        ('"arn:aws:${var.service}:::central"', (*BUCKET, *LOG_GROUP, *STREAM)),
        ('"${var.start}:s3:::central"', (*BUCKET, *LOG_GROUP, *STREAM)),
        ('"central"', (*BUCKET, *LOG_GROUP, *STREAM)),
        ("aws_s3_bucket.mine.arn", ()),
    ],
)
def test_an_arn_tells_what_it_is_of(tree: Tree, written: str, words: tuple[bytes, ...]) -> None:
    top = tree(
        {
            "main.tf": f"""
data "aws_partition" "here" {{}}
variable "destination" {{}}
variable "service" {{}}
variable "start" {{}}
resource "aws_s3_bucket" "mine" {{}}
resource "aws_flow_log" "log" {{
  log_destination = {written}
}}
"""
        }
    )
    assert named(top) == frozenset(words)


TEMPLATE = """
Resources:
  Log:
    Type: AWS::EC2::FlowLog
    Properties:
      LogGroupName: central
      DeliverLogsPermissionArn: arn:aws:iam::111122223333:role/central
  Bucket:
    Type: AWS::S3::Bucket
    Properties:
      BucketEncryption:
        ServerSideEncryptionConfiguration:
          - ServerSideEncryptionByDefault:
              SSEAlgorithm: aws:kms
              KMSMasterKeyID: alias/central
      BucketName: !ImportValue name
"""


def test_all_that_may_be_named_is_noted_when_a_file_is_first_looked_at(tree: Tree) -> None:
    found = named(tree({"main.yaml": TEMPLATE}))
    assert found == {*LOG_GROUP, *ROLE, *KEY, EXPORT}
    assert found | {*BUCKET, *STREAM} <= NOTED
