"""Terraform that is like what teams write: correct, with locals, `count`, `for_each`, policies."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random
from string import Template

SMALL = """\
resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_s3_bucket" "logs" {
  bucket = "acme-network-logs"
}

data "aws_iam_policy_document" "logs" {
  statement {
    actions   = ["s3:PutObject"]
    resources = ["${aws_s3_bucket.logs.arn}/*"]
    principals {
      type        = "Service"
      identifiers = ["delivery.logs.amazonaws.com"]
    }
  }
  statement {
    actions   = ["s3:GetBucketAcl"]
    resources = [aws_s3_bucket.logs.arn]
    principals {
      type        = "Service"
      identifiers = ["delivery.logs.amazonaws.com"]
    }
  }
}

resource "aws_s3_bucket_policy" "logs" {
  bucket = aws_s3_bucket.logs.id
  policy = data.aws_iam_policy_document.logs.json
}

resource "aws_flow_log" "main" {
  vpc_id               = aws_vpc.main.id
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = aws_s3_bucket.logs.arn
  depends_on           = [aws_s3_bucket_policy.logs]
}
"""

# One file of ten in a module; `$n` tells the files apart, `$m` the modules.
_STACK = Template("""\
locals {
  name_$n = "$${var.prefix}-$word-$n"
  tags_$n = merge(var.tags, { service = "$word", part = "$n" })
  zones_$n = ["a", "b", "c"]
}

resource "aws_vpc" "net_$n" {
  count      = var.enabled ? 1 : 0
  cidr_block = cidrsubnet(var.cidr, 4, $n)
  tags       = local.tags_$n
}

resource "aws_subnet" "net_$n" {
  for_each          = toset(local.zones_$n)
  vpc_id            = one(aws_vpc.net_$n[*].id)
  availability_zone = "eu-west-1$${each.key}"
  cidr_block        = cidrsubnet(cidrsubnet(var.cidr, 4, $n), 4, index(local.zones_$n, each.key))
}

resource "aws_s3_bucket" "logs_$n" {
  bucket = "acme-$m-$word-logs-$n"
  tags   = local.tags_$n
}
""")

_DOCUMENT = Template("""
data "aws_iam_policy_document" "logs_$n" {
  dynamic "statement" {
    for_each = {
      write = ["s3:PutObject", "$${aws_s3_bucket.logs_$n.arn}/*"]
      look  = ["s3:GetBucketAcl", aws_s3_bucket.logs_$n.arn]
    }
    content {
      sid       = statement.key
      actions   = [statement.value[0]]
      resources = [statement.value[1]]
      principals {
        type        = "Service"
        identifiers = ["delivery.logs.amazonaws.com"]
      }
    }
  }
}

resource "aws_s3_bucket_policy" "logs_$n" {
  bucket = aws_s3_bucket.logs_$n.id
  policy = data.aws_iam_policy_document.logs_$n.json
}
""")

_ENCODED = Template("""
resource "aws_s3_bucket_policy" "logs_$n" {
  bucket = aws_s3_bucket.logs_$n.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [for action, target in {
      "s3:PutObject"    = "$${aws_s3_bucket.logs_$n.arn}/*"
      "s3:GetBucketAcl" = aws_s3_bucket.logs_$n.arn
      } : {
      Effect    = "Allow"
      Principal = { Service = "delivery.logs.amazonaws.com" }
      Action    = action
      Resource  = target
    }]
  })
}
""")

_LOG = Template("""
resource "aws_flow_log" "net_$n" {
  count                = var.enabled ? 1 : 0
  vpc_id               = one(aws_vpc.net_$n[*].id)
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = aws_s3_bucket.logs_$n.arn
  tags                 = merge(local.tags_$n, { Name = local.name_$n })
  depends_on           = [aws_s3_bucket_policy.logs_$n]
}
""")

_VARIABLES = """\
variable "prefix" {
  type    = string
  default = "acme"
}

variable "enabled" {
  type    = bool
  default = true
}

variable "cidr" {
  type    = string
  default = "10.0.0.0/12"
}

variable "tags" {
  type    = map(string)
  default = { team = "network" }
}

"""
_WORDS = ("orders", "billing", "search", "events", "media", "identity", "ledger", "reports")


def small(folder: Path, size: int = 1) -> dict[str, int]:
    """One module of forty lines."""
    _write(folder / "main.tf", SMALL)
    return {"will-work": 1}


def modules(folder: Path, size: int, files: int = 10) -> dict[str, int]:
    """Root modules of ten files, each file with a VPC, a bucket, its policy and a flow log."""
    random = Random(size)
    for module in range(size):
        for number in range(files):
            names = {"n": number, "m": module, "word": random.choice(_WORDS)}
            policy = _DOCUMENT if number % 2 else _ENCODED
            text = "".join(part.substitute(names) for part in (_STACK, policy, _LOG))
            if number == 0:
                text = _VARIABLES + text
            _write(folder / f"service_{module:03}" / f"stack_{number}.tf", text)
    return {"will-work": size * files}


def fan(folder: Path, size: int) -> dict[str, int]:
    """One bucket that many flow logs deliver to, each written out."""
    _write(folder / "bucket.tf", _without_log(SMALL))
    log = SMALL[SMALL.index('resource "aws_flow_log"') :].replace("aws_vpc.main", "aws_vpc.net_$n")
    vpc = SMALL[: SMALL.index('resource "aws_s3_bucket"')]
    both = Template((vpc + log).replace('"main"', '"net_$n"'))
    for start in range(0, size, 50):
        logs = [both.substitute(n=number) for number in range(start, min(size, start + 50))]
        _write(folder / f"logs_{start:04}.tf", "\n".join(logs))
    return {"will-work": size}


def chain(folder: Path, size: int) -> dict[str, int]:
    """Modules that each call the next one; the bucket is in the first, the flow log in the last."""
    call = Template("""\
variable "bucket_arn" {
  type = string
}

module "next" {
  source     = "../link_$next"
  bucket_arn = var.bucket_arn
}
""")
    for number in range(1, size - 1):
        _write(folder / f"link_{number:03}" / "main.tf", call.substitute(next=f"{number + 1:03}"))
    log = SMALL[SMALL.index('resource "aws_flow_log"') :]
    log = log.replace("aws_s3_bucket.logs.arn", "var.bucket_arn")
    log = log.replace("  depends_on           = [aws_s3_bucket_policy.logs]\n", "")
    vpc = SMALL[: SMALL.index('resource "aws_s3_bucket"')]
    last = f'variable "bucket_arn" {{\n  type = string\n}}\n\n{vpc}{log}'
    _write(folder / f"link_{size - 1:03}" / "main.tf", last)
    first = f"""{_without_log(SMALL)}
module "next" {{
  source     = "../link_001"
  bucket_arn = aws_s3_bucket.logs.arn
  depends_on = [aws_s3_bucket_policy.logs]
}}
"""
    _write(folder / "link_000" / "main.tf", first)
    return {"will-work": 1}


def policy(folder: Path, size: int) -> dict[str, int]:
    """A bucket policy of 60 statements, asked once for each of many flow logs."""
    return _asked(folder, 60, size)


def statements(folder: Path, size: int) -> dict[str, int]:
    """A bucket policy of many statements, asked for 100 flow logs."""
    return _asked(folder, size, 100)


def _asked(folder: Path, statements: int, logs: int) -> dict[str, int]:
    found: list[dict[str, object]] = []
    bucket = "arn:aws:s3:::acme-network-logs"
    for number in range(statements - 2):
        # Each is close enough to what log delivery asks that it has to be looked into.
        found.append(
            {
                "Effect": "Deny" if number % 3 == 0 else "Allow",
                "Principal": "*"
                if number % 3 == 0
                else {"AWS": f"arn:aws:iam::{10**11 + number}:root"},
                "Action": ["s3:Put*", "s3:GetObject"] if number % 2 else "s3:PutObject",
                "Resource": f"{bucket}/team-{number:03}/*",
                "Condition": {"StringEquals": {"s3:x-amz-acl": f"team-{number}"}},
            }
        )
    allowed: dict[str, object] = {
        "Effect": "Allow",
        "Principal": {"Service": "delivery.logs.amazonaws.com"},
    }
    found.append({**allowed, "Action": "s3:PutObject", "Resource": f"{bucket}/*"})
    found.append({**allowed, "Action": "s3:GetBucketAcl", "Resource": bucket})
    document = json.dumps({"Version": "2012-10-17", "Statement": found}, separators=(",", ":"))
    _write(folder / "policy.json", document)
    start = SMALL.index('data "aws_iam_policy_document"')
    end = SMALL.index('resource "aws_s3_bucket_policy"')
    text = SMALL[:start] + SMALL[end:]
    text = text.replace(
        "data.aws_iam_policy_document.logs.json", 'file("${path.module}/policy.json")'
    )
    text = text.replace(
        'resource "aws_flow_log" "main" {\n',
        f'resource "aws_flow_log" "main" {{\n  count = {logs}\n',
    )
    text = text.replace(
        'resource "aws_vpc" "main" {\n', f'resource "aws_vpc" "main" {{\n  count = {logs}\n'
    )
    text = text.replace("= aws_vpc.main.id", "= aws_vpc.main[count.index].id")
    text = text.replace(
        "= aws_s3_bucket.logs.arn\n", '= "${aws_s3_bucket.logs.arn}/n-${count.index}"\n'
    )
    _write(folder / "main.tf", text)
    return {"will-work": logs}


def _without_log(text: str) -> str:
    return text[: text.index('resource "aws_flow_log"')]


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
