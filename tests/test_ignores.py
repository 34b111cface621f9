"""Ignores: where they stand, what they speak for, and what is said of them. Real templates only."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import validator.ignores.heeding
from validator.config import Options
from validator.engine import run
from validator.findings import Ignored, Report, Severity
from validator.globs import Globs
from validator.graph.span import Span
from validator.notes import Misfit, Note, parse
from validator.readers import Settings
from validator.readers.cloudformation.notes import notes as in_template
from validator.readers.terraform.notes import notes as in_terraform
from validator.records import replace

Tree = Callable[[Mapping[str, str | bytes]], Path]

RULE = "flow-log-bucket-missing"
NOTE = f"predeploy: ignore[{RULE}] the platform team has it"
LOG = """\
resource "aws_flow_log" "a" {
  vpc_id               = "vpc-0123456789abcdef0"
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = "arn:aws:s3:::acme-logs"
}
"""
GOOD = """\
resource "aws_cloudwatch_log_group" "a" {
  name = "/flow"
}
resource "aws_iam_role" "a" {
  name = "flow"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "vpc-flow-logs.amazonaws.com" }
    }]
  })
  inline_policy {
    name   = "write"
    policy = jsonencode({
      Version   = "2012-10-17"
      Statement = [{
        Effect   = "Allow"
        Resource = "*"
        Action = [
          "logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogGroups",
          "logs:DescribeLogStreams", "logs:CreateLogGroup",
        ]
      }]
    })
  }
}
resource "aws_flow_log" "a" {
  vpc_id          = "vpc-0123456789abcdef0"
  traffic_type    = "ALL"
  log_destination = aws_cloudwatch_log_group.a.arn
  iam_role_arn    = aws_iam_role.a.arn
}
"""
TEMPLATE = """\
Resources:
  Log:
    Type: AWS::EC2::FlowLog
    Properties:
      ResourceId: vpc-0123456789abcdef0
      ResourceType: VPC
      TrafficType: ALL
      LogDestinationType: s3
      LogDestination: arn:aws:s3:::acme-logs
"""


def judged(*paths: str, **options: object) -> Report:
    return run([Path(one) for one in paths or (".",)], replace(Options(), **options))  # type: ignore[arg-type]


def marked(report: Report, rule: str = RULE) -> list[tuple[str, str | None]]:
    """Each finding of a rule: what it hangs at, and the reason why it is ignored."""
    return [
        (one.name, one.ignored.reason if one.ignored else None)
        for one in report.findings
        if one.rule == rule
    ]


def about(report: Report) -> list[tuple[str, int, str]]:
    """What is said of the ignores themselves."""
    return [
        (one.rule, one.span.line, one.message)
        for one in report.findings
        if "ignore" in one.rule and one.ignored is None
    ]


BUCKET = """\
resource "aws_s3_bucket" "b" {
  bucket = "acme-logs"
}
resource "aws_s3_bucket_server_side_encryption_configuration" "b" {
  bucket = aws_s3_bucket.b.id
  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = aws_kms_key.k.id
    }
  }
}
resource "aws_kms_key" "k" {}
resource "aws_s3_bucket_policy" "b" {
  bucket = aws_s3_bucket.b.id
  policy = data.aws_iam_policy_document.p.json
}
data "aws_iam_policy_document" "p" {
  statement {
    effect    = "Deny"
    actions   = ["s3:PutObject"]
    resources = ["${aws_s3_bucket.b.arn}/*"]
    principals {
      type        = "*"
      identifiers = ["*"]
    }
  }
}
"""
KEY_RULE = "bucket-key-id-not-arn"
DENY_RULE = "bucket-policy-denies-log-delivery"
KEY_NOTE = NOTE.replace(RULE, KEY_RULE)
TO_BUCKET = LOG.replace('"arn:aws:s3:::acme-logs"', "aws_s3_bucket.b.arn")
LINE = '  log_destination      = "arn:aws:s3:::acme-logs"'


# --- where it may stand in HCL


@pytest.mark.parametrize(
    "text",
    [
        LOG.replace(LINE, f"{LINE} # {NOTE}"),
        LOG.replace(LINE, f"{LINE} // {NOTE}"),
        LOG.replace(LINE, f"{LINE} /* {NOTE} */"),
        LOG.replace(LINE, f"{LINE} # tfsec:ignore:x # {NOTE}"),
        LOG.replace(LINE, f"{LINE} #predeploy:ignore[other-rule,{RULE}]the platform team has it"),
        LOG.replace(LINE, f"  # {NOTE}\n{LINE}"),
        LOG.replace(LINE, f"  # {NOTE}\n  # and will keep it\n{LINE}"),
        LOG.replace(LINE, f"  /* why:\n   * {NOTE}\n   */\n{LINE}"),
        LOG.replace(LINE, f"  /* {NOTE} */ {LINE}"),
        LOG.replace(LINE, f"{LINE} # predeploy: ignore[other-rule] # {NOTE}"),
        LOG.replace('"a" {', f'"a" {{ # {NOTE}'),
        f"# {NOTE}\n{LOG}",
        f"# {NOTE}\r\n" + LOG.replace("\n", "\r\n"),
        f"\ufeff// {NOTE}\n{LOG}",
        f"# {NOTE}\n{LOG}".rstrip("}\n") + "\n}",
    ],
)
def test_a_comment_that_speaks_for_the_flow_log(tree: Tree, text: str) -> None:
    tree({"main.tf": text})
    report = judged()
    assert marked(report) == [("aws_flow_log.a", "the platform team has it")]


@pytest.mark.parametrize(
    "text",
    [
        f"# {NOTE}\n\n{LOG}",
        f"{LOG}# {NOTE}\n",
        LOG.replace("}\n", f"}} # {NOTE}\n"),
        LOG.replace(LINE, f"{LINE}\n  # {NOTE}"),
        LOG.replace('"ALL"', f'"ALL" # {NOTE}'),
        # Texts that only look like comments.
        f'locals {{\n  a = "# {NOTE}"\n}}\n{LOG}',
        f"locals {{\n  a = <<-E\n    # {NOTE}\n  E\n}}\n{LOG}",
        LOG.replace("  traffic", f'  log_format = "# {NOTE}"\n  traffic'),
        LOG.replace(LINE, f'  tags = {{ a = "\\" # {NOTE}" }}\n{LINE}'),
        LOG.replace(LINE, f"{LINE} # see predeploy: ignore[{RULE}]"),
        LOG.replace(LINE, f"{LINE} # predeploy: ignore[{RULE}-too]"),
        LOG.replace(LINE, f"{LINE} # ignore[{RULE}]"),
    ],
)
def test_what_does_not_speak_for_the_flow_log(tree: Tree, text: str) -> None:
    tree({"main.tf": text})
    assert marked(judged()) == [("aws_flow_log.a", None)]


@pytest.mark.parametrize(
    ("rule", "line"),
    [
        (KEY_RULE, "  rule {"),
        (KEY_RULE, "    apply_server"),
        (KEY_RULE, 'resource "aws_s3_bucket_server'),
        (DENY_RULE, 'data "aws'),
        (DENY_RULE, "  statement {"),
    ],
)
def test_a_comment_at_the_head_of_a_block_speaks_for_all_in_it(
    tree: Tree, rule: str, line: str
) -> None:
    note = NOTE.replace(RULE, rule)
    whole = f"{TO_BUCKET}{BUCKET}"
    tree({"main.tf": whole.replace(line, f"# {note}\n{line}", 1)})
    assert marked(judged(), rule) == [("aws_flow_log.a", "the platform team has it")]
    head = next(one for one in whole.split("\n") if one.startswith(line))
    tree({"main.tf": whole.replace(head, f"{head} // {note}", 1)})
    assert marked(judged(), rule) == [("aws_flow_log.a", "the platform team has it")]
    for other in {KEY_RULE, DENY_RULE} - {rule}:
        assert marked(judged(), other) == [("aws_flow_log.a", None)]


def test_locals_and_functions_are_blocks_too(tree: Tree) -> None:
    policy = """\
locals {
  all = "arn:aws:s3:::acme-logs/*"
  doc = jsonencode({
    Statement = [
      {
        Effect    = "Deny"
        Principal = "*"
        Action    = "s3:PutObject"
        Resource  = "arn:aws:s3:::acme-logs/*"
      },
      { Effect = "Allow", Principal = "*", Action = "s3:GetObject", Resource = local.all }
    ]
  })
}
"""
    whole = TO_BUCKET + BUCKET.replace("data.aws_iam_policy_document.p.json", "local.doc") + policy
    note = f"# {NOTE.replace(RULE, DENY_RULE)}"
    for line in ("locals {", "  doc = json", "    Statement = [", "      {\n        Effect"):
        tree({"main.tf": whole.replace(line, f"{note}\n{line}")})
        assert marked(judged(), DENY_RULE) == [("aws_flow_log.a", "the platform team has it")], line
    for line in ("      { Effect", "  })\n}\n"):
        tree({"main.tf": whole.replace(line, f"{note}\n{line}")})
        assert marked(judged(), DENY_RULE) == [("aws_flow_log.a", None)], line


def test_every_instance_of_a_block_is_meant(tree: Tree) -> None:
    each = LOG.replace("{\n", '{\n  for_each = toset(["x", "y"])\n', 1)
    tree({"main.tf": f"# {NOTE}\n{each}"})
    assert marked(judged()) == [
        ('aws_flow_log.a["x"]', "the platform team has it"),
        ('aws_flow_log.a["y"]', "the platform team has it"),
    ]


CALL = 'module "one" {\n  source = "./net"\n}\nmodule "two" {\n  source = "./net"\n}\n'


def test_a_comment_at_a_module_call_speaks_for_its_instances_alone(tree: Tree) -> None:
    tree({"main.tf": f"# {NOTE}\n{CALL}", "net/main.tf": LOG})
    assert marked(judged()) == [
        ("module.one.aws_flow_log.a", "the platform team has it"),
        ("module.two.aws_flow_log.a", None),
    ]


def test_a_comment_at_a_call_reaches_nested_modules_and_all_keys(tree: Tree) -> None:
    body = '  source   = "./mid"\n  for_each = toset(["k"])\n}\n'
    tree(
        {
            "main.tf": f'module "out" {{ # {NOTE}\n{body}',
            "mid/main.tf": 'module "in" {\n  source = "../net"\n  count = 2\n}\n',
            "net/main.tf": LOG,
        }
    )
    assert {reason for _, reason in marked(judged())} == {"the platform team has it"}
    assert len(marked(judged())) == 2


def test_a_comment_at_a_call_speaks_for_what_only_that_call_brings(tree: Tree) -> None:
    """The flow log is outside, the fault in the module: unless another call brings it too."""
    net = BUCKET + 'output "to" {\n  value = aws_s3_bucket.b.arn\n}\n'
    log = LOG.replace('"arn:aws:s3:::acme-logs"', "module.one.to")
    one, _, two = CALL.partition("}\n")
    tree({"main.tf": f"{log}# {KEY_NOTE}\n{one}}}\n", "net/main.tf": net})
    assert marked(judged(), KEY_RULE) == [("aws_flow_log.a", "the platform team has it")]
    tree({"main.tf": f"{log}# {KEY_NOTE}\n{one}}}\n{two}"})
    assert marked(judged(), KEY_RULE) == [("aws_flow_log.a", None)]


def test_a_fault_elsewhere_is_ignored_there_or_at_the_flow_log_it_hits(tree: Tree) -> None:
    other = TO_BUCKET.replace('"a"', '"b"').replace("def0", "def1")
    both = f"{TO_BUCKET}{other}"
    tree({"main.tf": f"# {KEY_NOTE}\n{both}", "bucket.tf": BUCKET})
    assert sorted(marked(judged(), KEY_RULE)) == [
        ("aws_flow_log.a", "the platform team has it"),
        ("aws_flow_log.b", None),
    ]
    line = "      kms_master"
    tree({"main.tf": both, "bucket.tf": BUCKET.replace(line, f"      # {KEY_NOTE}\n{line}")})
    assert {reason for _, reason in marked(judged(), KEY_RULE)} == {"the platform team has it"}
    # On another line of the flow log than its first it speaks for that line.
    tree({"main.tf": both.replace("_bucket.b.arn", f"_bucket.b.arn # {KEY_NOTE}")})
    tree({"bucket.tf": BUCKET})
    assert {reason for _, reason in marked(judged(), KEY_RULE)} == {None}


# --- Terraform's JSON


def test_the_comment_property_of_json(tree: Tree) -> None:
    body = {
        "//": NOTE,
        "vpc_id": "vpc-0123456789abcdef0",
        "traffic_type": "ALL",
        "log_destination_type": "s3",
        "log_destination": "arn:aws:s3:::acme-logs",
    }
    other = {**body, "vpc_id": "vpc-0123456789abcdef1"}
    del other["//"]
    for indent in (None, 2):
        whole = {"resource": {"aws_flow_log": {"a": body, "b": other}}}
        tree({"main.tf.json": json.dumps(whole, indent=indent)})
        report = judged()
        assert sorted(marked(report)) == [
            ("aws_flow_log.a", "the platform team has it"),
            ("aws_flow_log.b", None),
        ]
    several = {**body, "//": ["first", NOTE], "tags": {"x": f"# {NOTE}"}}
    lists = {"resource": {"aws_flow_log": {"a": [several], "b": [other]}}}
    tree({"main.tf.json": json.dumps(lists)})
    assert sorted(marked(judged())) == [
        ("aws_flow_log.a", "the platform team has it"),
        ("aws_flow_log.b", None),
    ]


# --- CloudFormation


KEY = "      LogDestination: arn:aws:s3:::acme-logs"
METADATA = f"""\
    Metadata:
      predeploy:
        ignore:
          - rule: {RULE}
            reason: the platform team has it
"""


@pytest.mark.parametrize(
    "text",
    [
        TEMPLATE.replace(KEY, f"{KEY} # {NOTE}"),
        TEMPLATE.replace(KEY, f"      # {NOTE}\n{KEY}"),
        TEMPLATE.replace("  Log:", f"  Log: # {NOTE}"),
        TEMPLATE.replace("  Log:", f"  # {NOTE}\n  # forever\n  Log:"),
        TEMPLATE.replace("  Log:", f"# {NOTE}\n  Log:"),
        TEMPLATE.replace("Properties:", f"Properties: # {NOTE}"),
        TEMPLATE.replace(KEY, f"      LogDestination: # {NOTE}\n        arn:aws:s3:::acme-logs"),
        TEMPLATE.replace(
            KEY, f"      LogDestination: !Sub | # {NOTE}\n        arn:aws:s3:::acme-logs"
        ).replace("Sub |", "Sub >-"),
        TEMPLATE.replace("    Properties:", f"{METADATA}    Properties:"),
        TEMPLATE + METADATA,
        METADATA.replace("\n    ", "\n").removeprefix("    ") + TEMPLATE,
        TEMPLATE.replace("\n", "\r\n").replace(KEY, f"{KEY} # {NOTE}"),
        json.dumps(
            {
                "Resources": {
                    "Log": {
                        "Type": "AWS::EC2::FlowLog",
                        "Properties": {
                            "ResourceId": "vpc-0123456789abcdef0",
                            "ResourceType": "VPC",
                            "TrafficType": "ALL",
                            "LogDestinationType": "s3",
                            "LogDestination": "arn:aws:s3:::acme-logs",
                        },
                        "Metadata": {
                            "predeploy": {
                                "ignore": [{"rule": [RULE], "reason": "the platform team has it"}]
                            }
                        },
                    }
                }
            }
        ),
    ],
)
def test_an_ignore_in_a_template(tree: Tree, text: str) -> None:
    tree({"t.yaml": text})
    assert marked(judged()) == [("Log", "the platform team has it")]


@pytest.mark.parametrize(
    "text",
    [
        f"# {NOTE}\n{TEMPLATE}".replace(
            "Resources:", "AWSTemplateFormatVersion: 2010-09-09\nResources:"
        ),
        TEMPLATE.replace("ALL", f"ALL # {NOTE}"),
        TEMPLATE.replace("Resources:", f"Description: |\n  # {NOTE}\n\nResources:"),
        TEMPLATE.replace("Resources:", f'Description: "# {NOTE}"\nResources:'),
        TEMPLATE.replace("  Log:", f"  Other:\n    Type: AWS::SNS::Topic\n{METADATA}  Log:"),
        TEMPLATE.replace(KEY, f"      LogFormat: '# {NOTE}'\n{KEY}"),
        TEMPLATE.replace("  Log:", f"  # {NOTE}\n\n  Log:"),
    ],
)
def test_what_is_no_ignore_for_the_flow_log_of_a_template(tree: Tree, text: str) -> None:
    tree({"t.yaml": text})
    assert marked(judged()) == [("Log", None)]


def test_an_item_of_a_list_is_a_scope_of_its_own() -> None:
    text = f"Resources:\n  P:\n    Statement:\n    - A: 1 # {NOTE}\n      B: 2\n    - C: 3\nX: 1\n"
    (note,) = in_template("t.yaml", text)
    assert isinstance(note, Note)
    end = (note.scope.end_line, note.scope.end_column)
    assert (note.scope.line, end) == (4, (5, 11))


def test_an_ignore_at_a_nested_stack_speaks_for_what_is_in_it(tree: Tree) -> None:
    parent = "Resources:\n"
    for name in ("One", "Two"):
        parent += f"  {name}:\n    Type: AWS::CloudFormation::Stack\n"
        parent += "    Properties:\n      TemplateURL: ./child.yaml\n"
    tree({"parent.yaml": parent.replace("  One:", f"  # {NOTE}\n  One:"), "child.yaml": TEMPLATE})
    assert marked(judged()) == [("One/Log", "the platform team has it"), ("Two/Log", None)]
    tree({"parent.yaml": parent + METADATA, "child.yaml": TEMPLATE})
    assert marked(judged()) == [("One/Log", None), ("Two/Log", "the platform team has it")]


def test_an_ignored_finding_tells_where_that_is_said(tree: Tree) -> None:
    tree(
        {
            "a.yaml": TEMPLATE.replace(KEY, f"{KEY} # {NOTE} until=2030-12-31"),
            "b.yaml": TEMPLATE + METADATA,
        }
    )
    found = {one.unit: one.ignored for one in judged(today="2026-01-01").findings}
    assert found["a.yaml"] == Ignored(
        "the platform team has it", "2030-12-31", "comment", Span("a.yaml", 9, 48, 9, 90)
    )
    assert found["b.yaml"] == Ignored(
        "the platform team has it", None, "metadata", Span("b.yaml", 13, 13, 14, 45)
    )


# --- the last day


@pytest.mark.parametrize(("today", "counts"), [("2027-03-01", True), ("2027-03-02", False)])
def test_the_last_day_counts(tree: Tree, today: str, counts: bool) -> None:
    head = f"# predeploy: ignore[{RULE}] until=2027-03-01 moved then\n"
    tree({"main.tf": head + LOG, "t.yaml": TEMPLATE + METADATA + "            until: 2027-03-01\n"})
    report = judged(today=today)
    ended = [("expired-ignore", 1), ("expired-ignore", 13)]
    if counts:
        assert [reason for _, reason in marked(report)] == [
            "moved then",
            "the platform team has it",
        ]
        assert about(report) == []
        return
    assert [reason for _, reason in marked(report)] == [None, None]
    assert [(rule, line) for rule, line, _ in about(report)] == ended
    for one in report.findings:
        if one.rule == RULE:
            assert one.evidence[-1].note == "this ignore ended on 2027-03-01"
            assert one.evidence[-1].span.file == one.span.file


def test_the_day_is_asked_from_one_place_and_only_if_needed(
    tree: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(validator.ignores.heeding, "today", lambda: "2027-03-02")
    tree({"main.tf": f"# predeploy: ignore[{RULE}] until=2027-03-01\n{LOG}"})
    assert [rule for rule, *_ in about(judged())] == ["expired-ignore"]
    assert about(judged(today="2027-03-01")) == []

    def never() -> str:
        raise AssertionError

    monkeypatch.setattr(validator.ignores.heeding, "today", never)
    tree({"main.tf": f"# {NOTE}\n{LOG}"})
    assert about(judged()) == []


# --- what is wrong with an ignore


@pytest.mark.parametrize(
    ("words", "message", "column"),
    [
        ("ignore flow-log-bucket-missing", "an ignore names its rules in brackets", 3),
        ("ignore", "an ignore names its rules in brackets", 3),
        (f"ignore[{RULE} because", "the bracket behind ignore is never closed", 3),
        ("ignore[] because", "this ignore names no rule", 3),
        ("ignore[*] because", "* is no id of a rule; every rule is named by itself", 21),
        ("ignore[a b] because", "a b is no id of a rule; every rule is named by itself", 21),
        ("ignroe[a-rule] because", "predeploy knows no ignroe but only ignore", 3),
        ("skip[a-rule]", "predeploy knows no skip but only ignore", 3),
        ("ignores a-rule", "predeploy knows no ignores but only ignore", 3),
        (
            f"ignore[{RULE}] until=2027-02-29",
            "2027-02-29 is no day of the calendar as YYYY-MM-DD",
            46,
        ),
        (f"ignore[{RULE}] until=soon", "soon is no day of the calendar as YYYY-MM-DD", 46),
        (f"ignore[{RULE}] until=", "nothing is no day of the calendar as YYYY-MM-DD", 46),
        (f"ignore[{RULE}] until=2027-3-1", "2027-3-1 is no day of the calendar as YYYY-MM-DD", 46),
        (f"ignore[{RULE}] until=2027-01-01 until=2028-01-01", "this ignore has two last days", 3),
    ],
)
def test_a_malformed_ignore_is_told_at_its_place(
    tree: Tree, words: str, message: str, column: int
) -> None:
    tree({"main.tf": f"# predeploy: {words}\n{LOG}"})
    report = judged()
    assert marked(report) == [("aws_flow_log.a", None)]
    assert about(report) == [("malformed-ignore", 1, message)]
    (one,) = (one for one in report.findings if one.rule == "malformed-ignore")
    assert (one.severity, one.span.column, one.unit) == (Severity.WARNING, column, "main.tf")


@pytest.mark.parametrize(
    "words",
    ["run this before the deploy", "see the README", "validated by the pipeline", "[a-rule]", ""],
)
def test_prose_that_begins_with_our_name_is_prose(tree: Tree, words: str) -> None:
    tree({"main.tf": f"# predeploy: {words}\n{LOG}"})
    assert about(judged()) == []


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ("ignore:", "ignores:", 12, "an ignore has no ignores; did you mean ignore?"),
        ("rule:", "rules:", 13, "an ignore has no rules; did you mean rule?"),
        ("  - rule", "    rule", 13, "ignore is a list of rules, each with a reason"),
        (f"- rule: {RULE}\n            reason: the platform team has it", f"- {RULE}", 13,
         "an ignore has a rule, and may have a reason and until"),
        (f"rule: {RULE}\n            reason", "reason", 13, "this ignore names no rule"),
        (f"rule: {RULE}", "rule: []", 13, "this ignore names no rule"),
        (f"rule: {RULE}", "rule: {a: b}", 13,
         "this is no id of a rule; every rule is named by itself"),
        ("reason: the", "until: 2027-02-30 # the", 14,
         "2027-02-30 is no day of the calendar as YYYY-MM-DD"),
        ("the platform team has it", "[a]", 14, "reason must be a text"),
        ("        ignore:\n", "", 12, "predeploy holds the key ignore with a list"),
    ],
)  # fmt: skip
def test_metadata_of_a_wrong_shape_is_told_at_its_place(
    tree: Tree, old: str, new: str, line: int, message: str
) -> None:
    tree({"t.yaml": TEMPLATE + METADATA.replace(old, new)})
    report = judged()
    assert marked(report) == [("Log", None)]
    assert about(report) == [("malformed-ignore", line, message)]


@pytest.mark.parametrize(
    ("many", "line", "count", "message"),
    [
        (
            "# predeploy: ignore\n" * 1500,
            101,
            101,
            "an ignore names its rules in brackets; there are more in this file",
        ),
        (
            "# predeploy: ignore[a]\n" * 999 + "# predeploy: ignore[a, a]\n",
            1000,
            1,
            "a file may hold 1000 ignores: this and all below do not count",
        ),
    ],
    ids=["malformed", "rules"],
)
def test_a_flood_of_ignores_in_a_file_is_cut(
    tree: Tree, many: str, line: int, count: int, message: str
) -> None:
    tree({"a/main.tf": many + f"# {NOTE}\n{LOG}", "b/main.tf": f"# {NOTE}\n{LOG}"})
    report = judged()
    told = [one for one in report.findings if one.rule == "malformed-ignore"]
    assert len(told) == count
    last = max(told, key=lambda one: one.span.line)
    assert (last.span.file, last.span.line, last.message) == ("a/main.tf", line, message)
    heeded = [one.span.file for one in report.findings if one.ignored]
    assert heeded == (["b/main.tf"] if count == 1 else ["a/main.tf", "b/main.tf"])


def test_an_unknown_rule_is_told_with_the_nearest(tree: Tree) -> None:
    tree({"main.tf": f"# predeploy: ignore[flow-log-bucket-mising, our-own-rule, E3012]\n{LOG}"})
    report = judged()
    assert about(report) == [
        (
            "ignore-unknown-rule",
            1,
            f"there is no rule flow-log-bucket-mising; did you mean {RULE}?",
        ),
        (
            "ignore-unknown-rule",
            1,
            "there is no rule our-own-rule; "
            "if it belongs to a pack of yours, load that with --rules",
        ),
    ]
    # The second may be of a pack that other runs load.
    assert [one.severity for one in report.findings if one.rule == "ignore-unknown-rule"] == [
        Severity.WARNING,
        Severity.INFO,
    ]


def test_where_a_reason_is_asked_for(tree: Tree) -> None:
    tree({"main.tf": f"# predeploy: ignore[{RULE}]\n{LOG}", "t.yaml": TEMPLATE + METADATA})
    assert about(judged()) == []
    report = judged(require_reason=True)
    assert marked(report) == [("aws_flow_log.a", None), ("Log", "the platform team has it")]
    assert about(report) == [
        ("ignore-without-reason", 1, "this ignore gives no reason, so it does not count")
    ]
    (one,) = (one for one in report.findings if one.rule == RULE and one.ignored is None)
    assert one.evidence[-1].note == "this ignore does not count: it gives no reason"


def test_what_is_never_to_be_ignored_says_so(tree: Tree) -> None:
    tree({"main.tf": f"# {NOTE}\n{LOG}"})
    report = judged(never_ignore=frozenset({RULE}))
    assert marked(report) == [("aws_flow_log.a", None)]
    assert report.findings[0].evidence[-1].note == (
        "this ignore does not count: the rule is never to be ignored"
    )


def test_no_ignores_means_none_and_nothing_about_them(tree: Tree) -> None:
    tree({"main.tf": f"# {NOTE} until=2000-01-01\n# predeploy: ignore\n{LOG}"})
    report = judged(heed_ignores=False)
    assert marked(report) == [("aws_flow_log.a", None)]
    assert about(report) == []


# --- ignores that nothing needs


def test_an_ignore_without_a_finding_is_unused(tree: Tree) -> None:
    tree({"main.tf": GOOD.replace('resource "aws_flow_log"', f'# {NOTE}\nresource "aws_flow_log"')})
    report = judged()
    assert [one.verdict.value for one in report.deliveries] == ["will-work"]
    assert about(report) == [
        ("unused-ignore", 29, f"{RULE} finds nothing here: nothing needs this ignore")
    ]
    assert report.findings[0].fix == "remove this ignore"
    assert about(judged(ignore=frozenset({"unused-ignore"}))) == []


def test_each_rule_of_an_ignore_is_needed_or_not(tree: Tree) -> None:
    comment = f"# predeploy: ignore[{RULE}, flow-log-duplicate] moved soon"
    tree({"main.tf": GOOD + comment})
    assert [one.fix for one in judged().findings] == [
        f"take {RULE} out of the brackets",
        "take flow-log-duplicate out of the brackets",
    ]
    # What is ignored leaves the delivery failing: whether more is wrong is not sure.
    tree({"main.tf": f"{comment}\n{LOG}"})
    assert about(judged()) == []


def test_an_ignore_may_ask_to_be_left_alone(tree: Tree) -> None:
    comment = f"# predeploy: ignore[{RULE}, unused-ignore] with the values of production only"
    tree({"main.tf": f"{comment}\n{GOOD}"})
    report = judged()
    assert about(report) == []
    assert [(one.rule, one.ignored is None) for one in report.findings] == [
        ("unused-ignore", False)
    ]


NEEDLESS = GOOD.replace('resource "aws_flow_log"', f'# {NOTE}\nresource "aws_flow_log"')


def test_a_rule_that_did_not_run_may_need_its_ignore(tree: Tree) -> None:
    tree({"main.tf": NEEDLESS})
    assert about(judged(ignore=frozenset({RULE}))) == []
    assert about(judged(select=frozenset({"unused-ignore", "flow-log-duplicate"}))) == []
    assert len(about(judged(select=frozenset({"unused-ignore", RULE})))) == 1
    tree({"main.tf": NEEDLESS.replace(RULE, "E3012")})
    assert about(judged()) == []


def test_a_part_of_the_repository_calls_nothing_unused_that_others_may_need(tree: Tree) -> None:
    """The group is used by both roots; whoever sees one of them cannot tell."""
    start = GOOD.index('resource "aws_flow_log"')
    module = (
        f"# {NOTE}\n{GOOD[:start]}" + 'output "g" {\n  value = aws_cloudwatch_log_group.a.arn\n}\n'
    )
    module += 'output "r" {\n  value = aws_iam_role.a.arn\n}\n'
    call = 'module "m" {\n  source = "../m"\n}\n' + GOOD[start:]
    call = call.replace("aws_cloudwatch_log_group.a.arn", "module.m.g")
    call = call.replace("aws_iam_role.a.arn", "module.m.r")
    top = tree({"a/main.tf": call, "b/main.tf": call, "m/main.tf": module})
    (top / ".git").mkdir()
    assert [one.span.file for one in judged().findings] == ["m/main.tf"]
    assert about(judged("a")) == []
    assert about(judged("a/main.tf")) == []
    assert [rule for rule, *_ in about(judged("m/main.tf"))] == ["unused-ignore"]


def test_a_module_that_one_caller_needs_an_ignore_in_keeps_it(tree: Tree) -> None:
    module = LOG.replace('"arn:aws:s3:::acme-logs"', f"var.to # {NOTE}")
    module += 'variable "to" {}\n'
    bucket = 'resource "aws_s3_bucket" "b" {\n  bucket = "acme"\n}\n'
    call = 'module "m" {\n  source = "../m"\n  to     = TO\n}\n'
    tree(
        {
            "a/main.tf": call.replace("TO", '"arn:aws:s3:::acme-logs"'),
            "b/main.tf": bucket + call.replace("TO", "aws_s3_bucket.b.arn"),
            "m/main.tf": module,
        }
    )
    assert about(judged()) == []


@pytest.mark.parametrize(
    "more",
    [
        {"prod.tfvars": 'x = "y"\n'},
        {"env/prod.tfvars": 'x = "y"\n'},
        {"broken.tf": "resource {\n"},
        {"net.tf": 'module "net" {\n  source  = "acme/net/aws"\n  version = "1.0.0"\n}\n'},
        {"two.tf": LOG.replace('"a"', '"two"').replace("def0", "def1")},
    ],
)
def test_what_is_open_may_need_an_ignore(tree: Tree, more: dict[str, str]) -> None:
    """At the group, which every delivery of the module may be about."""
    tree({"main.tf": f"# {NOTE}\n{GOOD}"})
    assert len(about(judged())) == 1
    tree(more)
    assert about(judged()) == []


def test_values_that_another_run_may_not_be_given_leave_it_open(tree: Tree) -> None:
    tree({"main.tf": NEEDLESS})
    for supplied in (
        Settings(variables=(("a", "b"),)),
        Settings(parameters=(("a", "b"),)),
        Settings(workspace="prod"),
        Settings(region="eu-west-1"),
    ):
        assert about(judged(settings=supplied)) == []
    assert len(about(judged())) == 1


def test_a_flow_log_that_is_switched_off_keeps_its_ignore(tree: Tree) -> None:
    off = f"# {NOTE}\n" + LOG.replace("{\n", "{\n  count = 0\n", 1).replace('"a"', '"off"')
    tree({"main.tf": off})
    assert about(judged()) == []
    # Also where another one works beside it, and where a whole module is switched off.
    tree({"main.tf": GOOD + off})
    assert about(judged()) == []
    call = 'module "m" {\n  source = "./m"\n  count  = 0\n}\n'
    tree({"main.tf": GOOD + call, "m/main.tf": f"# {NOTE}\n{LOG}"})
    assert about(judged()) == []
    tree({"main.tf": NEEDLESS + call.replace("count", "#")})
    assert [(one.span.file, one.rule) for one in judged().findings] == [
        ("m/main.tf", RULE),
        ("main.tf", "unused-ignore"),
    ]


def test_a_flow_log_of_a_false_condition_keeps_its_ignore(tree: Tree) -> None:
    working = Path(__file__).parents[1] / "sample_templates/flow-log-bucket-missing/good.yaml"
    text = working.read_text(encoding="utf-8")
    off = TEMPLATE.replace("Resources:\n  Log:", f"  # {NOTE}\n  Off:\n    Condition: No")
    text = f"Conditions:\n  No: !Equals [a, b]\n{text}{off}"
    tree({"t.yaml": text})
    report = judged()
    assert [one.name for one in report.deliveries] == ["FlowLog"]
    assert about(report) == []
    tree({"t.yaml": text.replace("    Condition: No\n", "").replace(f"  # {NOTE}\n", "")})
    assert marked(judged()) == [("Off", None)]


def test_who_sees_one_of_two_that_are_the_same_cannot_tell(tree: Tree) -> None:
    note = "# predeploy: ignore[flow-log-duplicate] on purpose\n"
    top = tree({"a/main.tf": note + GOOD, "b/main.tf": GOOD.replace("acme", "other")})
    (top / ".git").mkdir()
    assert about(judged("a")) == []
    assert [rule for rule, *_ in about(judged())] == ["unused-ignore"]


def test_a_rule_of_a_pack_is_ignored_by_any_of_its_names(tree: Tree) -> None:
    rule = '"""Mine."""\nfrom validator.aws import FlowLog\n'
    rule += "from validator.findings import Rule, Severity\n"
    rule += 'RULE = Rule(id="mine", name="Mine", severity=Severity.ERROR, aliases=("old",))\n\n'
    rule += "def check(graph):\n    for one in graph.all(FlowLog):\n"
    rule += '        yield RULE.finding(one.address, one.span, "m")\n'
    tree({"main.tf": f"# predeploy: ignore[old] because\n{GOOD}", "mine/mine.py": rule})
    assert [one.severity for one in judged().findings] == [Severity.INFO]
    head = 'resource "aws_flow'
    tree({"main.tf": GOOD.replace(head, f"# predeploy: ignore[old] yes\n{head}")})
    report = judged(rules=(Path("mine"),))
    assert marked(report, "mine") == [("aws_flow_log.a", "yes")]
    assert about(report) == []


def test_the_configuration_grades_what_is_said_of_ignores(tree: Tree) -> None:
    tree({"main.tf": NEEDLESS})
    (one,) = judged(severity={"unused-ignore": Severity.ERROR}).findings
    assert one.severity is Severity.ERROR
    globs = Globs(str(Path.cwd()), ("main.tf",))
    (one,) = judged(path_ignores=((globs, frozenset({"unused-ignore"})),)).findings
    assert one.ignored == Ignored("path-ignores: main.tf", by="configuration")


def test_an_unused_ignore_of_a_template(tree: Tree) -> None:
    working = Path(__file__).parents[1] / "sample_templates/flow-log-bucket-missing/good.yaml"
    text = working.read_text(encoding="utf-8")
    top = METADATA.replace("\n    ", "\n").removeprefix("    ")
    tree({"t.yaml": top + text})
    assert [(rule, line) for rule, line, _ in about(judged())] == [("unused-ignore", 4)]
    tree({"other.yaml": TEMPLATE})
    assert [(rule, line) for rule, line, _ in about(judged())] == [("unused-ignore", 4)]
    (Path.cwd() / ".git").mkdir()
    # The other template is in the repository and was not judged.
    assert about(judged("t.yaml")) == []


# --- what a stranger may write


WORDS = st.lists(
    st.sampled_from(
        ["# predeploy: ", " ", "ignore", "[", "]", "a-rule", ",", "until=", "2027-03-01", "#", "/*",
         "*/", "//", "\n", '"', "<<E\n", "E\n", "{", "}", "${", "é", "x = 1", ":", "- ", "|\n  "]
    ),
    max_size=25,
).map("".join)  # fmt: skip


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(WORDS)
def test_no_text_is_a_crash(words: str) -> None:
    lines = words.count("\n") + 2
    for found in (
        in_terraform("a.tf", words),
        in_terraform("a.tf.json", json.dumps({"//": words})),
        in_template("a.yaml", words),
        in_template("a.yaml", "Resources:\n  A: # " + words),
    ):
        for one in found:
            assert 1 <= one.span.line <= one.span.end_line <= lines + 2
            if isinstance(one, Note):
                assert one.scope.line <= one.span.line
                assert (one.span.line, one.span.column) < (one.scope.end_line, one.scope.end_column)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(WORDS)
def test_a_comment_is_read_as_it_stands(words: str) -> None:
    """What is found are characters of the text, at their places."""
    span = Span("f", 1, 1, 2, 1)

    def place(start: int, end: int) -> Span:
        assert 0 <= start <= end <= len(words)
        return Span("f", 1, start + 1, 1, end + 1)

    for one in parse(words, place, span):
        if isinstance(one, Misfit):
            assert one.message
            continue
        for named in one.rules:
            assert words[named.span.column - 1 : named.span.end_column - 1] == named.id


@pytest.mark.parametrize(
    "text",
    [
        "#predeploy: ",
        "# predeploy: ignore[a] ",
        "#  \t#  \t#  \t",
        "predeploy:",
        "until=2027-01-01 ",
        "[,",
        "\n# predeploy: ignore[a]",
        "\n/* predeploy: ignore[a] */ ",
        "{\n",
        '"',
        "x: [\n",
        "- # predeploy: ignore[a]\n",
    ],
)
def test_a_long_hostile_text_costs_linear_time(text: str) -> None:
    def seconds(count: int) -> float:
        whole = "# predeploy: ignore[a] " + text * count
        begin = time.process_time()
        list(in_terraform("a.tf", whole))
        list(in_template("a.yaml", f"x: 1 {whole}"))
        return time.process_time() - begin

    few, many = (min(seconds(count) for _ in range(2)) for count in (500, 4_000))
    assert many < 24 * few + 0.05
