"""What Terraform surely finishes first.

<https://developer.hashicorp.com/terraform/internals/graph>,
<https://developer.hashicorp.com/terraform/language/meta-arguments/depends_on>
"""

from __future__ import annotations

from typing import Any

import pytest

from validator.graph.graph import Graph

BUCKET = 'resource "aws_s3_bucket" "b" {\n  bucket = "logs"\n}\n'
POLICY = 'resource "aws_s3_bucket_policy" "p" {\n  bucket = aws_s3_bucket.b.id\n}\n'


def flow_log(body: str) -> str:
    return f'resource "aws_flow_log" "f" {{\n{body}\n}}\n'


def waits(read: Any, name: str, other: str) -> bool:
    return Graph(read.world).waits_for(f".#{name}", f".#{other}")


@pytest.mark.parametrize(
    ("body", "more"),
    [
        ("depends_on = [aws_s3_bucket_policy.p]", ""),
        ("log_destination = aws_s3_bucket_policy.p.id", ""),
        (
            "log_destination = local.l",
            "locals {\n  l = local.k\n  k = aws_s3_bucket_policy.p.id\n}\n",
        ),
        ('log_destination = "${[for x in [1] : "${aws_s3_bucket_policy.p.id}"][0]}"', ""),
        ("log_destination = try(aws_s3_bucket_policy.p[0].id, null)", ""),
        ("log_destination = aws_s3_bucket_policy.p[*].id", ""),
        ('tags = { "${aws_s3_bucket_policy.p.id}" = 1 }', ""),
        ("destination_options {\n  file_format = aws_s3_bucket_policy.p.id\n}", ""),
        (
            'dynamic "destination_options" {\n  for_each = [aws_s3_bucket_policy.p.id]\n'
            "  content {}\n}",
            "",
        ),
        ("count = aws_s3_bucket_policy.p.id == 1 ? 1 : 1", ""),
        (
            "log_destination = data.aws_vpc.v.id",
            'data "aws_vpc" "v" {\n  depends_on = [aws_s3_bucket_policy.p]\n}\n',
        ),
        (
            "depends_on = [time_sleep.w]",
            'resource "time_sleep" "w" {\n  depends_on = [aws_s3_bucket_policy.p]\n}\n',
        ),
        (
            "log_destination = null_resource.n.id",
            'resource "null_resource" "n" {\n  triggers = { p = aws_s3_bucket_policy.p.id }\n}\n',
        ),
        (
            "lifecycle {\n  replace_triggered_by = [aws_s3_bucket_policy.p]\n}",
            "",
        ),
    ],
)
def test_waits(body: str, more: str, reading: Any) -> None:
    read = reading(BUCKET + POLICY + flow_log(body) + more)
    name = next(one for one in read.by_name if one.startswith("aws_flow_log.f"))
    assert waits(read, name, "aws_s3_bucket_policy.p")
    assert waits(read, name, "aws_s3_bucket.b")
    assert not waits(read, "aws_s3_bucket_policy.p", name)


@pytest.mark.parametrize(
    ("body", "more"),
    [
        ("log_destination = aws_s3_bucket.b.arn", ""),
        ("log_destination = local.l", "locals {\n  l = 1\n  k = aws_s3_bucket_policy.p.id\n}\n"),
        (
            "log_destination = [for aws_s3_bucket_policy in [{ p = 1 }] : aws_s3_bucket_policy.p]",
            "",
        ),
        ("lifecycle {\n  ignore_changes = [aws_s3_bucket_policy.p]\n}", ""),
        ('log_destination = "aws_s3_bucket_policy.p"', ""),
    ],
)
def test_does_not_wait(body: str, more: str, reading: Any) -> None:
    read = reading(BUCKET + POLICY + flow_log(body) + more)
    assert not waits(read, "aws_flow_log.f", "aws_s3_bucket_policy.p")


def test_instances_depend_alike(reading: Any) -> None:
    policy = POLICY.replace("{\n  bucket", "{\n  count = 2\n  bucket", 1)
    read = reading(BUCKET + policy + flow_log("count = 2\ndepends_on = [aws_s3_bucket_policy.p]"))
    for place in (0, 1):
        for other in (0, 1):
            assert waits(read, f"aws_flow_log.f[{place}]", f"aws_s3_bucket_policy.p[{other}]")


MODULE = (
    'variable "in" {}\n'
    + BUCKET
    + POLICY
    + """
resource "aws_flow_log" "other" {
  log_destination = var.in
}
output "policy" {
  value = aws_s3_bucket_policy.p.id
}
output "bucket" {
  value = aws_s3_bucket.b.id
}
output "late" {
  value      = aws_s3_bucket.b.id
  depends_on = [aws_s3_bucket_policy.p]
}
"""
)
PUT = "module.m.aws_s3_bucket_policy.p"


def with_module(body: str, call: str = "") -> dict[str, str]:
    text = f'module "m" {{\n  source = "./m"\n  in = 1\n{call}\n}}\n' + flow_log(body)
    return {"main.tf": text, "m/main.tf": MODULE}


@pytest.mark.parametrize(
    ("body", "call", "expected"),
    [
        ("log_destination = module.m.policy", "", True),
        ("log_destination = module.m.bucket", "", False),
        ("log_destination = module.m.late", "", True),
        ("depends_on = [module.m]", "", True),
        ("log_destination = module.m[0].bucket", "count = 1", False),
        ("log_destination = module.m[*].bucket", "count = 1", True),
    ],
)
def test_modules(body: str, call: str, expected: bool, reading: Any) -> None:
    read = reading(with_module(body, call))
    put = PUT.replace("module.m", "module.m[0]") if call else PUT
    assert waits(read, "aws_flow_log.f", put) is expected


def test_everything_in_a_module_waits_for_what_the_call_waits_for(reading: Any) -> None:
    files = with_module("", "depends_on = [aws_s3_bucket.root]")
    files["main.tf"] += 'resource "aws_s3_bucket" "root" {}\n'
    read = reading(files)
    assert waits(read, PUT, "aws_s3_bucket.root")
    assert waits(read, "module.m.aws_s3_bucket.b", "aws_s3_bucket.root")


def test_arguments_lead_into_a_module(reading: Any) -> None:
    files = with_module("")
    files["main.tf"] = files["main.tf"].replace("in = 1", "in = aws_s3_bucket.root.arn")
    files["main.tf"] += 'resource "aws_s3_bucket" "root" {}\n'
    read = reading(files)
    assert waits(read, "module.m.aws_flow_log.other", "aws_s3_bucket.root")
    assert not waits(read, PUT, "aws_s3_bucket.root")


def test_a_circle_ends(reading: Any) -> None:
    text = 'resource "aws_s3_bucket" "a" {\n  bucket = aws_s3_bucket.b.id\n}\n'
    text += 'resource "aws_s3_bucket" "b" {\n  bucket = aws_s3_bucket.a.id\n}\n'
    text += "locals {\n  x = local.y\n  y = local.x\n}\n" + flow_log("log_destination = local.x")
    read = reading(text)
    assert waits(read, "aws_s3_bucket.a", "aws_s3_bucket.b")
    assert not waits(read, "aws_flow_log.f", "aws_s3_bucket.b")


def test_unknown_addresses_wait_for_nothing(reading: Any) -> None:
    read = reading(BUCKET)
    for name in ("aws_s3_bucket.c", "module.x.aws_s3_bucket.b", "x", "module.m", ""):
        assert read.world.dependencies(f".#{name}") == frozenset()
