"""What a delivery names by name, and so in which other units it is looked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from validator.config import Options
from validator.discover import discover, files_for
from validator.elsewhere import Sought, named_elsewhere
from validator.graph.graph import Graph
from validator.judge import Judge
from validator.mentions import BUCKET, EXPORT, KEY, LOG_GROUP, NOTED, ROLE, STREAM

Tree = Callable[[Mapping[str, str | bytes]], Path]


def judged(path: Path) -> Judge:
    files = files_for([path])
    judge = Judge(files, Options(), (), discover([path], files))
    judge.judge()
    return judge


def named(top: Path) -> Sought:
    ((world,),) = judged(top).worlds.values()
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
    name = "central" if len(words) == 2 else ""
    assert named(top) == {(word, name) for word in words}


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
    several = {LOG_GROUP: "central", ROLE: "central", KEY: "", (EXPORT,): ""}
    assert found == {(word, name) for words, name in several.items() for word in words}
    assert {word for word, _ in found} | {*BUCKET, *STREAM} <= NOTED


LOG = """
resource "aws_flow_log" "log" {
  vpc_id               = "vpc-11111111"
  log_destination_type = "%s"
  log_destination      = "%s"
  iam_role_arn         = %s
}
"""
TO_BUCKET = LOG % ("s3", "arn:aws:s3:::acme-central-logs/vpc", "null")
TO_GROUP = LOG % (
    "cloud-watch-logs",
    "arn:aws:logs:eu-west-1:111122223333:log-group:/acme/central:*",
    '"arn:aws:iam::111122223333:role/net/acme-flow-logs"',
)
TO_STREAM = LOG % (
    "kinesis-data-firehose",
    "arn:aws:firehose:eu-west-1:111122223333:deliverystream/acme-central",
    "null",
)


@pytest.mark.parametrize(
    ("flow_log", "other", "read"),
    [
        (TO_BUCKET, 'resource "aws_s3_bucket" "b" { bucket = "acme-central-logs" }', True),
        (TO_BUCKET, 'resource "aws_s3_bucket" "b" { bucket = "acme-assets" }', False),
        # What was perhaps meant is told, so it must be seen.
        (TO_BUCKET, 'resource "aws_s3_bucket" "b" { bucket = "acme-central-log" }', True),
        (TO_BUCKET, 'resource "aws_s3_bucket" "b" { bucket = "${var.p}-central-logs" }', True),
        (TO_BUCKET, 'resource "aws_s3_bucket" "b" { bucket = "${var.p}-0123456789.web" }', False),
        (TO_BUCKET, 'resource "aws_s3_bucket" "b" { bucket = var.name }', True),
        (TO_BUCKET, 'resource "aws_s3_bucket" "b" { bucket = lower("ACME-CENTRAL-LOGS") }', True),
        (TO_BUCKET, 'resource "aws_s3_bucket" "b" { bucket_prefix = "acme-" }', True),
        (TO_BUCKET, 'resource "aws_s3_bucket" "b" { bucket_prefix = "zzz-0123456789" }', False),
        (TO_BUCKET, 'resource "aws_s3_bucket" "b" {}', False),
        (TO_BUCKET, 'resource "aws_s3_bucket" "b" { bucket = }', True),
        # A policy may be for a bucket that it does not create.
        (
            TO_BUCKET,
            'resource "aws_s3_bucket_policy" "p" { bucket = "acme-central-logs" }',
            True,
        ),
        (
            TO_BUCKET,
            'resource "aws_s3_bucket" "b" { bucket = "assets" }\n'
            'resource "aws_s3_bucket_policy" "p" { bucket = aws_s3_bucket.b.id }',
            False,
        ),
        (
            TO_BUCKET,
            'data "aws_ssm_parameter" "p" { name = "/assets" }\n'
            'resource "aws_s3_bucket_policy" "p" { bucket = data.aws_ssm_parameter.p.value }',
            True,
        ),
        (TO_BUCKET, 'resource "aws_sqs_queue" "q" { name = "acme-central-logs" }', False),
        (TO_GROUP, 'resource "aws_cloudwatch_log_group" "g" { name = "/acme/central" }', True),
        (TO_GROUP, 'resource "aws_cloudwatch_log_group" "g" { name = "/aws/lambda/web" }', False),
        (TO_GROUP, 'resource "aws_iam_role" "r" { name = "acme-flow-logs" }', True),
        (TO_GROUP, 'resource "aws_iam_role_policy" "r" { role = "acme-flow-logs" }', True),
        (
            TO_GROUP,
            'resource "aws_iam_role_policies_exclusive" "r" { role_name = "acme-flow-logs" }',
            True,
        ),
        (TO_GROUP, 'resource "aws_iam_role" "r" { name = "web" }', False),
        (TO_GROUP, 'resource "aws_s3_bucket" "b" { bucket = "acme-central" }', False),
        (
            TO_STREAM,
            'resource "aws_kinesis_firehose_delivery_stream" "s" { name = "acme-central" }',
            True,
        ),
        (TO_STREAM, 'resource "aws_kinesis_firehose_delivery_stream" "s" { name = "web" }', False),
        # Whoever delivers to the bucket, too, makes its policy longer.
        (
            TO_BUCKET,
            f'{TO_BUCKET}\nresource "aws_s3_bucket" "b" {{ bucket = "acme-assets" }}',
            True,
        ),
    ],
)
def test_only_modules_that_may_hold_what_is_named_are_read(
    tree: Tree, flow_log: str, other: str, read: bool
) -> None:
    tree({".git/HEAD": "", "net/main.tf": flow_log, "other/main.tf": other + "\n"})
    assert ("other" in judged(Path("net/main.tf")).worlds) is read


def test_json_and_override_files_are_looked_into(tree: Tree) -> None:
    bucket = '{"resource": {"aws_s3_bucket": {"b": {"bucket": "acme-assets"}}}}'
    assets = 'resource "aws_s3_bucket" "b" { bucket = "acme-assets" }\n'
    tree(
        {
            "net/main.tf": TO_BUCKET,
            "json/main.tf.json": bucket,
            "over/main.tf": assets,
            "over/main_override.tf": assets.replace("acme-assets", "acme-central-logs"),
            "called/main.tf": 'module "b" { source = "./b" }\n',
            "called/b/main.tf": assets.replace("acme-assets", "acme-central-logs"),
            "other/main.tf": assets,
        }
    )
    assert set(judged(Path()).worlds) == {"net", "json", "over", "called"}
