"""The files that an input stands among, so that something is made of it."""

# JSON as it comes: what is inside has no type.
# pyright: reportUnknownArgumentType=false, reportUnknownLambdaType=false
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from tests.fuzz import told
from tests.fuzz.seeds import TOP

BUCKET = """
resource "aws_flow_log" "a" {
  log_destination_type = "s3"
  log_destination      = "arn:aws:s3:::acme-logs"
  traffic_type         = "ALL"
  vpc_id               = "vpc-1"
}
"""
POLICY = """
resource "aws_s3_bucket" "b" {
  bucket = "acme-logs"
}
resource "aws_s3_bucket_policy" "b" {
  bucket = aws_s3_bucket.b.id
  policy = file("policy.json")
}
resource "aws_flow_log" "g" {
  log_destination = "arn:aws:logs:eu-west-1:111122223333:log-group:/vpc"
  iam_role_arn    = aws_iam_role.r.arn
  traffic_type    = "ALL"
  vpc_id          = "vpc-1"
}
resource "aws_iam_role" "r" {
  name               = "r"
  assume_role_policy = file("policy.json")
  inline_policy {
    name   = "p"
    policy = file("policy.json")
  }
}
resource "aws_kms_key" "k" {
  policy = file("policy.json")
}
resource "aws_s3_bucket_server_side_encryption_configuration" "e" {
  bucket = aws_s3_bucket.b.id
  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = aws_kms_key.k.arn
    }
  }
}
"""
EXISTING = (
    BUCKET
    + """
resource "aws_flow_log" "g" {
  log_destination = "arn:aws:logs:eu-west-1:111122223333:log-group:/vpc"
  iam_role_arn    = "arn:aws:iam::111122223333:role/svc/flow"
  traffic_type    = "ALL"
  vpc_id          = "vpc-1"
}
resource "aws_flow_log" "s" {
  log_destination_type = "kinesis-data-firehose"
  log_destination      = "arn:aws:firehose:eu-west-1:111122223333:deliverystream/flow"
  traffic_type         = "ALL"
  vpc_id               = "vpc-1"
}
resource "aws_cloudwatch_log_group" "k" {
  name       = "/other"
  kms_key_id = "arn:aws:kms:eu-west-1:111122223333:key/11111111-2222-3333-4444-555555555555"
}
resource "aws_flow_log" "k" {
  log_destination = aws_cloudwatch_log_group.k.arn
  iam_role_arn    = "arn:aws:iam::111122223333:role/svc/flow"
  traffic_type    = "ALL"
  subnet_id       = "subnet-1"
}
"""
)
VARIABLES = """
variable "name" { type = string }
variable "logs" { type = map(object({ bucket = optional(string, "x"), on = bool })) }
variable "any" {}
resource "aws_flow_log" "a" {
  for_each        = var.logs
  log_destination = "arn:aws:s3:::${var.name}-${each.value.bucket}-${jsonencode(var.any)}"
}
"""
TFVARS = ('name = "x"\nlogs = { a = { on = true } }\nany = [1, "a", { b = null }]\n',)
TFVARS_JSON = ('{"name": "x", "logs": {"a": {"on": true}}, "any": [1, "a", {"b": null}]}',)
PARAMETERS = (
    '[{"ParameterKey": "Name", "ParameterValue": "x"}]',
    '{"Parameters": {"Name": "x"}}',
    '["Name=x"]',
)
PARAMETERISED = """
Parameters:
  Name: {Type: String, AllowedPattern: '[a-z]+', MinLength: 1}
  Many: {Type: CommaDelimitedList, Default: 'a,b'}
  Number: {Type: Number, MaxValue: 3}
Resources:
  L:
    Type: AWS::EC2::FlowLog
    Properties:
      LogDestination: !Sub 'arn:aws:s3:::${Name}'
      LogFormat: !Join ['', [!Select [0, !Ref Many], !Ref Number]]
"""


def ignored(comment: str) -> Mapping[str, str]:
    """The comment behind a line and above it, in both languages."""
    lines = [f"{line} {comment}" if line.endswith('"') else line for line in BUCKET.split("\n")]
    behind = "\n".join([comment, *lines])
    above = behind.replace("  log_dest", f"  {comment}\n  log_dest", 1)
    template = f"""Resources:
  # {comment}
  L:
    Type: AWS::EC2::FlowLog
    Properties:
      LogDestinationType: s3
      LogDestination: arn:aws:s3:::acme-logs # {comment}
"""
    return {"main.tf": above, "t.yaml": template}


def documented(text: str) -> Mapping[str, str]:
    """Metadata of a template, a stack and a resource, and the `//` of Terraform's JSON."""
    try:
        one: Any = json.loads(text)
    except (ValueError, RecursionError):
        one = text
    bucket = {"log_destination_type": "s3", "log_destination": "arn:aws:s3:::acme-logs"}
    own = {"//": one.get("//")} if isinstance(one, dict) else {"//": one}
    terraform = {"resource": {"aws_flow_log": {"a": {**own, **bucket}}}, **own}
    log = {"Type": "AWS::EC2::FlowLog", "Metadata": one, "Properties": FLOW}
    stack = {"Type": "AWS::CloudFormation::Stack", "Properties": {"TemplateURL": "./u.yaml"}}
    template = {"Metadata": one, "Resources": {"L": log, "S": {**stack, "Metadata": one}}}
    return {
        "main.tf.json": json.dumps(terraform),
        "t.json": json.dumps(template),
        "u.yaml": f"Resources:\n  L:\n    Type: AWS::EC2::FlowLog\n    Metadata:\n      {text}\n",
    }


FLOW = {"LogDestinationType": "s3", "LogDestination": "arn:aws:s3:::acme-logs"}
TEMPLATES = (
    """{"Version": "2012-10-17", "Statement": [
%{ for number, action in actions ~}
  {"Effect": "Allow", "Principal": {"Service": "${service}"}, "Action": "${action}",
   "Resource": ${jsonencode(["${bucket}", "${bucket}/*"])}}%{ if number < 1 },%{ endif }
%{ endfor ~}
]}
""",
    """${jsonencode({ Statement = [for a in actions : {
  Effect = upper(a) == a ? "Deny" : title("allow"), Principal = "*", Action = a,
  Resource = "${bucket}/*", Condition = { StringEquals = { "aws:SourceAccount" = account } } }] })}
""",
)
_RENDERED = """
variable "account" {}
resource "aws_s3_bucket" "b" {
  bucket = "acme-logs"
}
resource "aws_s3_bucket_policy" "b" {
  bucket = aws_s3_bucket.b.id
  policy = templatefile("${path.module}/policy.tftpl", {
    bucket  = aws_s3_bucket.b.arn
    service = "delivery.logs.amazonaws.com"
    actions = ["s3:PutObject", "s3:GetBucketAcl"]
    account = var.account
  })
}
"""


def rendered(text: str) -> Mapping[str, str]:
    """A template file that makes a policy."""
    return {"main.tf": BUCKET + _RENDERED, "policy.tftpl": text}


MODULES = (
    """variable "name" { default = "acme" }
variable "on" { type = bool }
output "arn" { value = "arn:aws:s3:::${var.name}" }
resource "aws_flow_log" "a" {
  count           = var.on ? 1 : 0
  log_destination = "arn:aws:s3:::${var.name}"
}
""",
)
_CALLS = """
module "m" {
  source   = "./m"
  for_each = toset(["a", "b"])
  name     = each.key
  on       = each.key == "a"
}
module "n" {
  source = "./m"
  count  = 1
  name   = module.m["a"].arn
}
resource "aws_flow_log" "a" {
  log_destination_type = "s3"
  log_destination      = try(module.m["a"].arn, values(module.m)[*].arn, module.n[0])
}
"""


def called(text: str) -> Mapping[str, str]:
    """A child module and its callers."""
    return {"main.tf": _CALLS, "m/main.tf": text}


_STACKS = """
Parameters: {Name: {Type: String, Default: acme}}
Resources:
  S:
    Type: AWS::CloudFormation::Stack
    Properties:
      TemplateURL: ./child.yaml
      Parameters: {Name: !Ref Name, Number: 3, Many: !Join [',', [a, !Ref AWS::Region]]}
  L:
    Type: AWS::EC2::FlowLog
    Properties:
      LogDestinationType: s3
      LogDestination: !GetAtt S.Outputs.Arn
"""


def nested(text: str) -> Mapping[str, str]:
    """A nested stack and the template that it stands in."""
    return {"t.yaml": _STACKS, "child.yaml": text}


NESTED = (
    PARAMETERISED
    + "Outputs:\n  Arn: {Value: !Sub 'arn:aws:s3:::${Name}', Export: {Name: !Ref Name}}\n",
)


def planned(text: str) -> Mapping[str, str]:
    """A plan beside sources that it is of, mostly."""
    return {"main.tf": BESIDE.read_text("utf-8"), "plan.json": text}


BESIDE = TOP / "tests/data/terraform/beside/main.tf"


def given(name: str, text: str) -> Mapping[str, str]:
    """A file of values."""
    return {"main.tf": VARIABLES, name: text}


def existing(text: str) -> Mapping[str, str]:
    """Tables that tell what exists, and what they may name."""
    return {"main.tf": EXISTING, "e.toml": text, **_DOCUMENTS}


def configured(text: str) -> Mapping[str, str]:
    """A configuration, and what it may name."""
    return {
        "main.tf": EXISTING,
        "t.yaml": PARAMETERISED,
        "predeploy.toml": text,
        "known.json": told.BASELINES[0],
        "x.tfvars": TFVARS[0],
        "p.json": PARAMETERS[0],
        **_DOCUMENTS,
    }


_DOCUMENTS = {"policy.json": told.GRANT, "print.json": told.PRINT, "role.json": told.ROLE}
