"""Names that begin as a person says, and that the deploy makes up the rest of."""

from __future__ import annotations

import pytest

from tests.conftest import Tree
from validator.engine import run
from validator.outcomes import Verdict
from validator.reports import Report

TRUST = (
    '{ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", '
    'Principal = { Service = "vpc-flow-logs.amazonaws.com" } }] }'
)
HERE = "aws_cloudwatch_log_group.this.arn"


def judged(tree: Tree, prefix: str, resource: str) -> Report:
    text = (
        'variable "open" {}\n'
        f'resource "aws_cloudwatch_log_group" "this" {{\n  name_prefix = {prefix}\n}}\n'
        'resource "aws_iam_role" "this" {\n  name = "acme"\n'
        f"  assume_role_policy = jsonencode({TRUST})\n}}\n"
        'resource "aws_iam_role_policy" "this" {\n  role = aws_iam_role.this.id\n'
        '  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow"\n'
        '    Action = ["logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams"]\n'
        f"    Resource = {resource} }}] }})\n}}\n"
        'resource "aws_flow_log" "this" {\n  vpc_id = "vpc-12345678"\n  traffic_type = "ALL"\n'
        f"  log_destination = {HERE}\n  iam_role_arn = aws_iam_role.this.arn\n}}\n"
    )
    return run([tree({"main.tf": text})])


@pytest.mark.parametrize(
    "prefix", ["var.open", '"${var.open}-vpc-"', '"/acme/${var.open}"', '"/acme/vpc-"', "null"]
)
def test_a_group_s_own_streams(tree: Tree, prefix: str) -> None:
    for resource, verdict in ((f'"${{{HERE}}}:*"', Verdict.WILL_WORK), (HERE, Verdict.WILL_FAIL)):
        report = judged(tree, prefix, resource)
        assert [one.verdict for one in report.deliveries] == [verdict]
    [finding] = report.findings
    assert finding.message.endswith("the log group's own ARN covers none of its streams")


@pytest.mark.parametrize(
    ("prefix", "verdict"),
    [
        ("var.open", Verdict.CANNOT_TELL),
        ('"${var.open}-vpc-"', Verdict.CANNOT_TELL),
        ('"/acme/${var.open}"', Verdict.WILL_WORK),
        ('"/other/vpc-"', Verdict.WILL_FAIL),
        ("null", Verdict.WILL_FAIL),
    ],
)
def test_what_a_person_may_write_may_match(tree: Tree, prefix: str, verdict: Verdict) -> None:
    report = judged(tree, prefix, '"arn:aws:logs:*:*:log-group:/acme/*:*"')
    assert [one.verdict for one in report.deliveries] == [verdict]
