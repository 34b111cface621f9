"""What hangs on the condition that the flow log hangs on is there whenever the flow log is."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.conftest import Tree
from validator.engine import run
from validator.outcomes import Verdict
from validator.reports import Report

TRUST = (
    '{ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", '
    'Principal = { Service = "vpc-flow-logs.amazonaws.com" } }] }'
)
MAY = (
    '{ Version = "2012-10-17", Statement = [{ Effect = "Allow", Resource = "*", '
    'Action = ["logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams"] }] }'
)
VARIABLES = 'variable "on" {}\nvariable "off" {}\nvariable "set" {}\n'


Make = Callable[[str, str, str], str]


def logs(mine: str, theirs: str, key: str) -> str:
    return (
        f'resource "aws_cloudwatch_log_group" "this" {{\n  {theirs}\n  name = "/acme/vpc"\n}}\n'
        f'resource "aws_iam_role" "this" {{\n  {theirs}\n  name = "acme"\n'
        f"  assume_role_policy = jsonencode({TRUST})\n}}\n"
        f'resource "aws_iam_role_policy" "this" {{\n  {theirs}\n'
        f"  role = aws_iam_role.this{key}.id\n  policy = jsonencode({MAY})\n}}\n"
        f'resource "aws_flow_log" "this" {{\n  {mine}\n  vpc_id = "vpc-12345678"\n'
        f'  traffic_type = "ALL"\n  log_destination = aws_cloudwatch_log_group.this{key}.arn\n'
        f"  iam_role_arn = aws_iam_role.this{key}.arn\n}}\n"
    )


def s3(mine: str, theirs: str, key: str) -> str:
    return (
        f'resource "aws_s3_bucket" "this" {{\n  {theirs}\n  bucket = "acme-logs"\n}}\n'
        f'resource "aws_s3_bucket_policy" "this" {{\n  {theirs}\n'
        f"  bucket = aws_s3_bucket.this{key}.id\n  policy = jsonencode({{\n"
        '    Version = "2012-10-17"\n    Statement = [{ Effect = "Allow"\n'
        '      Principal = { Service = "delivery.logs.amazonaws.com" }\n'
        '      Action = ["s3:PutObject", "s3:GetBucketAcl"]\n'
        f'      Resource = [aws_s3_bucket.this{key}.arn, "${{aws_s3_bucket.this{key}.arn}}/*"]\n'
        "    }]\n  })\n}\n"
        f'resource "aws_s3_bucket_server_side_encryption_configuration" "this" {{\n  {theirs}\n'
        f"  bucket = aws_s3_bucket.this{key}.id\n  rule {{\n"
        '    apply_server_side_encryption_by_default {\n      sse_algorithm = "AES256"\n    }\n'
        "  }\n}\n"
        f'resource "aws_flow_log" "this" {{\n  {mine}\n  vpc_id = "vpc-12345678"\n'
        '  traffic_type = "ALL"\n  log_destination_type = "s3"\n'
        f"  log_destination = aws_s3_bucket.this{key}.arn\n"
        "  depends_on = [aws_s3_bucket_policy.this]\n}\n"
    )


def judged(tree: Tree, files: dict[str, str]) -> Report:
    return run([tree(files)])


def verdict(tree: Tree, files: dict[str, str]) -> Verdict:
    [delivery] = judged(tree, files).deliveries
    return delivery.verdict


ON = "count = var.on ? 1 : 0"


@pytest.mark.parametrize("make", [logs, s3])
@pytest.mark.parametrize(
    ("mine", "theirs", "key"),
    [
        (ON, ON, "[0]"),
        (ON, "count = tobool(var.on) ? 1 : 0", "[0]"),
        ("count = var.on == true ? 1 : 0", "count = var.on == true ? 1 : 0", "[0]"),
        ("for_each = toset(var.set)", "for_each = toset(var.set)", "[each.key]"),
    ],
)
def test_the_same_condition(tree: Tree, make: Make, mine: str, theirs: str, key: str) -> None:
    assert verdict(tree, {"main.tf": VARIABLES + make(mine, theirs, key)}) is Verdict.WILL_WORK


@pytest.mark.parametrize("make", [logs, s3])
@pytest.mark.parametrize(
    "theirs",
    [
        "count = var.on ? 0 : 1",
        "count = !var.on ? 1 : 0",
        "count = var.off ? 1 : 0",
        "count = var.on && var.off ? 1 : 0",
        "count = var.on != true ? 1 : 0",
    ],
)
def test_another_condition(tree: Tree, make: Make, theirs: str) -> None:
    assert verdict(tree, {"main.tf": VARIABLES + make(ON, theirs, "[0]")}) is Verdict.CANNOT_TELL


def called(count: str, more: str = "") -> str:
    return f'{VARIABLES}module "logs" {{\n  source = "./logs"\n  {count}\n  {more}\n}}\n'


OFF = "count = var.off ? 1 : 0"
OPEN = "off = var.off"


@pytest.mark.parametrize("make", [logs, s3])
@pytest.mark.parametrize(
    ("count", "mine", "theirs", "key", "expected"),
    [
        (ON, "", "", "", Verdict.WILL_WORK),
        ("", OFF, OFF, "[0]", Verdict.WILL_WORK),
        (ON, OFF, OFF, "[0]", Verdict.WILL_WORK),
        (ON, OFF, "", "", Verdict.WILL_WORK),
        (ON, "", OFF, "[0]", Verdict.CANNOT_TELL),
        ("", "", OFF, "[0]", Verdict.CANNOT_TELL),
    ],
)
def test_conditions_of_calls_count_too(
    tree: Tree, make: Make, count: str, mine: str, theirs: str, key: str, expected: Verdict
) -> None:
    inner = 'variable "off" {}\n' + make(mine, theirs, key)
    files = {"main.tf": called(count, OPEN), "logs/main.tf": inner}
    assert verdict(tree, files) is expected


def test_two_calls_under_other_conditions(tree: Tree) -> None:
    group = 'resource "aws_cloudwatch_log_group" "this" {\n  name = "/acme/vpc"\n}\n'
    arn = 'output "arn" {\n  value = aws_cloudwatch_log_group.this.arn\n}\n'
    rest = logs("", "", "").partition('resource "aws_iam_role" "this"')
    flow_log = (rest[1] + rest[2]).replace("aws_cloudwatch_log_group.this.arn", "var.arn")
    main = VARIABLES + (
        'module "group" {\n  source = "./group"\n  count = var.off ? 1 : 0\n}\n'
        'module "log" {\n  source = "./log"\n  count = var.on ? 1 : 0\n'
        "  arn = module.group[0].arn\n}\n"
    )
    files = {
        "main.tf": main,
        "group/main.tf": group + arn,
        "log/main.tf": 'variable "arn" {}\n' + flow_log,
    }
    assert verdict(tree, files) is Verdict.CANNOT_TELL
    files["main.tf"] = main.replace("var.off ? 1 : 0", "var.on ? 1 : 0")
    assert verdict(tree, files) is Verdict.WILL_WORK
