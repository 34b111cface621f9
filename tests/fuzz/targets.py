"""What is fuzzed: for each kind of input, what to begin with, how to change it, where it stands."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from random import Random

from tests.fuzz import seeds
from tests.fuzz.check import judge
from tests.fuzz.mutate import Change, mutated
from tests.fuzz.trees import tree_mutated
from validator.records import dataclass

_BUCKET = """
resource "aws_flow_log" "a" {
  log_destination_type = "s3"
  log_destination      = "arn:aws:s3:::acme-logs"
  traffic_type         = "ALL"
  vpc_id               = "vpc-1"
}
"""
_POLICY = """
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
_EXISTING = (
    _BUCKET
    + """
resource "aws_flow_log" "g" {
  log_destination = "arn:aws:logs:eu-west-1:111122223333:log-group:/vpc"
  iam_role_arn    = "arn:aws:iam::111122223333:role/svc/flow"
  traffic_type    = "ALL"
  vpc_id          = "vpc-1"
}
"""
)
_VARIABLES = """
variable "name" { type = string }
variable "logs" { type = map(object({ bucket = optional(string, "x"), on = bool })) }
variable "any" {}
resource "aws_flow_log" "a" {
  for_each        = var.logs
  log_destination = "arn:aws:s3:::${var.name}-${each.value.bucket}-${jsonencode(var.any)}"
}
"""
_TFVARS = ('name = "x"\nlogs = { a = { on = true } }\nany = [1, "a", { b = null }]\n',)
_PARAMETERS = (
    '[{"ParameterKey": "Name", "ParameterValue": "x"}]',
    '{"Parameters": {"Name": "x"}}',
    '["Name=x"]',
)
_PARAMETERISED = """
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


@dataclass(frozen=True, slots=True)
class Target:
    """One kind of input. `tree` says in which files a text stands, and among which others."""

    name: str
    seeds: Callable[[], Sequence[str]]
    change: Change
    tree: Callable[[str], Mapping[str, str]]
    arguments: Sequence[str] = ()

    def judge(self, text: str) -> None:
        """Raises `check.Broken` if something does not hold, whatever crashes otherwise."""
        judge(self.tree(text), self.arguments)

    def made(self, chance: Random) -> str:
        """A new input."""
        return self.change(chance.choice(self.seeds()), chance, self.seeds())


def _ignored(comment: str) -> Mapping[str, str]:
    """The comment behind a line and above it, in both languages."""
    lines = [f"{line} {comment}" if line.endswith('"') else line for line in _BUCKET.split("\n")]
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


TARGETS = {
    one.name: one
    for one in (
        Target("terraform", seeds.terraform, mutated, lambda text: {"main.tf": text}),
        Target(
            "terraform-json",
            seeds.terraform_json,
            tree_mutated,
            lambda text: {"main.tf.json": text},
        ),
        Target("tfvars", lambda: _TFVARS, mutated, lambda text: _given("terraform.tfvars", text)),
        Target("yaml", seeds.templates, mutated, lambda text: {"t.yaml": text}),
        Target("json", seeds.json_templates, tree_mutated, lambda text: {"t.json": text}),
        Target(
            "parameters",
            lambda: _PARAMETERS,
            tree_mutated,
            lambda text: {"t.yaml": _PARAMETERISED, "p.json": text},
            ("--parameter-file", "p.json"),
        ),
        Target("plan", seeds.plans, tree_mutated, lambda text: {"plan.json": text}),
        Target(
            "policy",
            seeds.policies,
            tree_mutated,
            lambda text: {"main.tf": _BUCKET + _POLICY, "policy.json": text},
        ),
        Target("ignores", lambda: seeds.IGNORES, mutated, _ignored),
        Target(
            "existing",
            lambda: seeds.EXISTING,
            mutated,
            lambda text: {"main.tf": _EXISTING, "e.toml": text, "policy.json": seeds.GRANT},
            ("--existing", "e.toml"),
        ),
        Target(
            "prints",
            lambda: seeds.PRINTS,
            tree_mutated,
            lambda text: {"main.tf": _EXISTING, "e.toml": seeds.NAMING, "print.json": text},
            ("--existing", "e.toml"),
        ),
        Target(
            "baseline",
            lambda: seeds.BASELINES,
            tree_mutated,
            lambda text: {"main.tf": _EXISTING, "known.json": text},
            ("--baseline", "known.json"),
        ),
        Target(
            "configuration",
            lambda: seeds.CONFIGURATIONS,
            mutated,
            lambda text: {
                "main.tf": _EXISTING,
                "t.yaml": _PARAMETERISED,
                "predeploy.toml": text,
                "policy.json": seeds.GRANT,
                "known.json": seeds.BASELINES[0],
            },
        ),
    )
}


def _given(name: str, text: str) -> Mapping[str, str]:
    return {"main.tf": _VARIABLES, name: text}
