"""A repository of everything: little of it has to do with flow logs."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random

from benchmarks import cloudformation, terraform

_TYPES = (
    "aws_iam_role",
    "aws_instance",
    "aws_lambda_function",
    "aws_sqs_queue",
    "aws_route53_record",
)
_BYTES = 4000
_VARIABLES = (
    "".join(
        f'variable "{name}" {{\n  type    = {type_}\n  default = {default}\n}}\n\n'
        for name, type_, default in (
            ("prefix", "string", '"acme"'),
            ("enabled", "bool", "true"),
            ("wanted", "bool", "false"),
            ("many", "bool", "true"),
        )
    )
    + 'locals {\n  tags = { owner = "nobody in particular" }\n}\n\n'
)


def nothing(folder: Path, size: int) -> dict[str, int]:
    """Templates and manifests without any flow log."""
    _fill(folder, size, Random(size))
    return {}


def repository(folder: Path, size: int) -> dict[str, int]:
    """Files of 4 kB, and five among them that matter.

    One flow log names a bucket that another module creates, so that the whole is looked at again.
    """
    _fill(folder, size - 5, Random(size))
    terraform.small(folder / "network")
    cloudformation.templates(folder / "stacks", 2)
    start = terraform.SMALL.index('resource "aws_flow_log"')
    vpc = terraform.SMALL[: terraform.SMALL.index('resource "aws_s3_bucket"')]
    log = terraform.SMALL[start:].replace(
        "aws_s3_bucket.logs.arn", '"arn:aws:s3:::acme-central-logs"'
    )
    log = log.replace("  depends_on           = [aws_s3_bucket_policy.logs]\n", "")
    _write(folder / "account" / "main.tf", vpc + log)
    rest = terraform.SMALL[len(vpc) : start].replace("acme-network-logs", "acme-central-logs")
    _write(folder / "central" / "main.tf", rest)
    return {"will-work": 4}


def _fill(folder: Path, size: int, random: Random) -> None:
    declared: set[Path] = set()
    for number in range(size):
        place = folder / f"team_{number % 40:02}" / f"service_{number // 400:02}"
        name = f"part_{number:05}"
        kind = random.random()
        if kind < 0.6:
            begin = "" if place in declared else _VARIABLES
            declared.add(place)
            _write(place / f"{name}.tf", begin + _terraform(random, name))
        elif kind < 0.8:
            _write(place / f"{name}.yaml", _manifest(random, name))
        elif kind < 0.9:
            _write(place / f"{name}.template.json", _template(random))
        else:
            _write(place / f"{name}.json", _data(random))


def _terraform(random: Random, name: str) -> str:
    parts: list[str] = []
    size = 0
    kind = random.choice(_TYPES)
    if random.random() < 1 / 300:  # so many create a bucket of their own
        called = random.choice((f"acme-{name}", f"acme-{name}", f"${{var.prefix}}-{name}"))
        parts.append(f'resource "aws_s3_bucket" "{name}" {{\n  bucket = "{called}"\n}}\n\n')
    while size < _BYTES:
        number = random.randrange(10**9)
        parts.append(
            f'resource "{kind}" "{name}_{number}" {{\n'
            f'  name  = "${{var.prefix}}-{number}"\n'
            f"  count = var.{random.choice(('enabled', 'wanted', 'many'))} ? {number % 3} : 0\n"
            f'  tags  = merge(local.tags, {{ Name = "{name}", Number = {number} }})\n'
            "}\n\n"
        )
        size += len(parts[-1])
    return "".join(parts)


def _manifest(random: Random, name: str) -> str:
    lines = ["apiVersion: v1", "kind: ConfigMap", "metadata:", f"  name: {name}", "data:"]
    while len(lines) < _BYTES // 40:
        lines.append(f"  key-{random.randrange(10**9):09}: value-{random.randrange(10**9):09}")
    return "\n".join(lines) + "\n"


def _template(random: Random) -> str:
    resources = {
        f"Queue{random.randrange(10**9)}": {
            "Type": random.choice(("AWS::SQS::Queue", "AWS::SNS::Topic", "AWS::EC2::Instance")),
            "Properties": {"Tags": [{"Key": "Number", "Value": str(random.randrange(10**9))}]},
        }
        for _ in range(_BYTES // 130)
    }
    return json.dumps({"AWSTemplateFormatVersion": "2010-09-09", "Resources": resources}, indent=1)


def _data(random: Random) -> str:
    rows = [
        {"id": random.randrange(10**9), "on": number % 2 == 0} for number in range(_BYTES // 32)
    ]
    return json.dumps(rows)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
