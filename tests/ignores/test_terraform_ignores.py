"""Ignores in Terraform: where they stand, and what they speak for."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tests.ignores.cases import (
    BUCKET,
    DENY_RULE,
    KEY_NOTE,
    KEY_RULE,
    LINE,
    LOG,
    NOTE,
    RULE,
    TO_BUCKET,
    judged,
    marked,
)

Tree = Callable[[Mapping[str, str | bytes]], Path]


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
