"""What is said of a name where an ARN belongs: the type tells whose name it may be."""

from __future__ import annotations

import pytest

from tests.conftest import Tree
from validator.engine import run
from validator.findings import Finding

PLACE = (
    "arn:${data.aws_partition.current.partition}:SERVICE:${data.aws_region.current.region}:"
    "${data.aws_caller_identity.current.account_id}:"
)
PLACE_IN_STACK = "arn:${AWS::Partition}:SERVICE:${AWS::Region}:${AWS::AccountId}:"
THINGS = [
    ("s3", "bucket", "arn:aws:s3:::", ""),
    ("cloud-watch-logs", "log group", "", "logs:log-group:"),
    ("", "log group", "", "logs:log-group:"),
    ("kinesis-data-firehose", "delivery stream", "", "firehose:deliverystream/"),
]


def findings(tree: Tree, files: dict[str, str]) -> tuple[Finding, ...]:
    return run([tree(files)]).findings


def terraform(type_: str, destination: str, more: str = "") -> dict[str, str]:
    kind = f'  log_destination_type = "{type_}"\n' if type_ else ""
    role = "" if type_ in ("s3", "kinesis-data-firehose") else "  iam_role_arn = var.role\n"
    return {
        "main.tf": (
            'variable "role" {}\nresource "aws_flow_log" "this" {\n  vpc_id = "vpc-12345678"\n'
            f'  traffic_type = "ALL"\n  log_destination = "{destination}"\n{kind}{role}}}\n{more}'
        )
    }


def stack(type_: str, destination: str, more: str = "") -> dict[str, str]:
    kind = f"      LogDestinationType: {type_}\n" if type_ else ""
    role = "      DeliverLogsPermissionArn: !Ref Role\n" if "s" not in type_[:1] else ""
    if type_ == "kinesis-data-firehose":
        role = ""
    return {
        "stack.yaml": (
            "Parameters: {Role: {Type: String}}\nResources:\n  FlowLog:\n"
            "    Type: AWS::EC2::FlowLog\n    Properties:\n      ResourceId: vpc-12345678\n"
            "      ResourceType: VPC\n      TrafficType: ALL\n"
            f"      LogDestination: {destination}\n{kind}{role}{more}"
        )
    }


@pytest.mark.parametrize(("type_", "thing", "start", "rest"), THINGS)
@pytest.mark.parametrize("language", ["terraform", "cloudformation"])
def test_a_name_alone(
    tree: Tree, language: str, type_: str, thing: str, start: str, rest: str
) -> None:
    there = language == "terraform"
    service, _, kind = rest.partition(":")
    arn = start or (PLACE if there else PLACE_IN_STACK).replace("SERVICE", service) + kind
    sub = "" if there or start else "!Sub "
    files = (terraform if there else stack)(type_, "acme-flow-logs")
    [finding] = findings(tree, files)
    assert finding.rule == "flow-log-destination-malformed"
    assert finding.message == f"this looks like a {thing}'s name where an ARN belongs"
    assert finding.fix == f'write {sub}"{arn}acme-flow-logs"'


BOTH = """
resource "aws_s3_bucket" "logs" { bucket = "acme-flow-logs" }
resource "aws_cloudwatch_log_group" "logs" { name = "acme-flow-logs" }
"""
BOTH_IN_STACK = """
  Bucket: {Type: AWS::S3::Bucket, Properties: {BucketName: acme-flow-logs}}
  Group: {Type: AWS::Logs::LogGroup, Properties: {LogGroupName: acme-flow-logs}}
"""


@pytest.mark.parametrize(
    ("type_", "thing", "fix", "stack_fix"),
    [
        ("s3", "bucket", "aws_s3_bucket.logs.arn", "!GetAtt Bucket.Arn"),
        ("cloud-watch-logs", "log group", "aws_cloudwatch_log_group.logs.arn", ""),
        ("", "log group", "aws_cloudwatch_log_group.logs.arn", ""),
    ],
)
def test_the_name_of_what_is_here(
    tree: Tree, type_: str, thing: str, fix: str, stack_fix: str
) -> None:
    files = terraform(type_, "acme-flow-logs", BOTH) | stack(type_, "acme-flow-logs", BOTH_IN_STACK)
    first, second = findings(tree, files)
    for finding in (first, second):
        assert finding.message == f"this is a {thing}'s name where its ARN belongs"
    assert first.fix == f"log_destination = {fix}"
    assert second.fix is not None
    assert second.fix.startswith(f"LogDestination: {stack_fix}")


@pytest.mark.parametrize("type_", ["cloud-watch-logs", "s3"])
def test_no_name_at_all(tree: Tree, type_: str) -> None:
    for finding in findings(tree, terraform(type_, "acme logs!") | stack(type_, "acme logs!")):
        assert finding.message.startswith("this is no ARN: ")


def test_the_key_is_shown_where_it_is_given(tree: Tree) -> None:
    files = {
        "main.tf": (
            'resource "aws_kms_key" "logs" {}\n'
            'module "logs" {\n  source = "./logs"\n  key    = aws_kms_key.logs.id\n}\n'
        ),
        "logs/main.tf": (
            'variable "key" {}\n'
            'variable "role" {\n  default = "arn:aws:iam::111122223333:role/a"\n}\n'
            'resource "aws_cloudwatch_log_group" "this" {\n  name       = "/acme/vpc"\n'
            "  kms_key_id = var.key\n}\n"
            'resource "aws_flow_log" "this" {\n  vpc_id = "vpc-12345678"\n  traffic_type = "ALL"\n'
            "  log_destination = aws_cloudwatch_log_group.this.arn\n"
            "  iam_role_arn = var.role\n}\n"
        ),
    }
    [finding] = findings(tree, files)
    assert finding.rule == "log-group-key-not-arn"
    shown = [(one.span.file, one.span.line) for one in finding.evidence]
    assert ("main.tf", 4) in shown


def test_an_empty_traffic_type_is_shown_where_it_stands(tree: Tree) -> None:
    files = terraform("s3", "arn:aws:s3:::acme-flow-logs")
    files["main.tf"] = files["main.tf"].replace('"ALL"', '""')
    [finding] = [one for one in findings(tree, files) if one.rule == "flow-log-traffic-type"]
    assert finding.span.line == 4
