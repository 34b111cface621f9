"""The pre-commit hook: which files trigger it, and what it says when pre-commit calls it."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

Tree = Callable[[Mapping[str, str | bytes]], Path]
ROOT = Path(__file__).parent.parent

FLOW = """\
resource "aws_flow_log" "main" {
  vpc_id          = "vpc-0a1b2c3d4e5f67890"
  traffic_type    = "ALL"
  log_destination = var.log_group_arn
}

variable "log_group_arn" {
  default = "arn:aws:logs:eu-west-1:123456789012:log-group:flow"
}
"""
FLOW_TEMPLATE = """\
Resources:
  Log:
    Type: AWS::EC2::FlowLog
    Properties:
      ResourceId: vpc-0a1b2c3d4e5f67890
      ResourceType: VPC
      TrafficType: ALL
      LogGroupName: flow
"""


def hook(id_: str = "predeploy") -> dict[str, Any]:
    declared = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    found: dict[str, dict[str, Any]] = {one["id"]: one for one in declared}
    assert len(found) == len(declared)
    return found[id_]


@pytest.mark.parametrize(
    ("name", "triggers"),
    [
        ("infra/main.tf", True),
        ("infra/main.tofu", True),
        ("infra/main.tf.json", True),
        ("infra/prod.tfvars", True),
        ("infra/prod.auto.tfvars.json", True),
        ("infra/policy.json", True),
        ("infra/policy.json.tftpl", True),
        ("cfn/stack.yaml", True),
        ("cfn/stack.yml", True),
        ("cfn/stack.template", True),
        ("README.md", False),
        ("src/main.py", False),
        ("infra/main.tf.bak", False),
        (".terraform.lock.hcl", False),
    ],
)
def test_files_that_trigger_the_hook(name: str, triggers: bool) -> None:
    assert (re.search(hook()["files"], name) is not None) is triggers


def test_the_hook_is_declared_as_pre_commit_wants_it() -> None:
    """<https://pre-commit.com/#creating-new-hooks>."""
    declared = hook()
    assert declared["language"] == "python"
    # One process for all files: each reads whole modules anyway.
    assert declared["require_serial"] is True
    assert declared.get("pass_filenames", True) is True
    whole = hook("predeploy-all")
    assert (whole["always_run"], whole["pass_filenames"]) == (True, False)
    assert (whole["entry"], whole["language"]) == (declared["entry"], declared["language"])


def called(*files: str) -> tuple[int, str]:
    """Call the entry as pre-commit does: in the repository's root, with the changed files."""
    command, *arguments = hook()["entry"].split()
    assert command == "validate"
    done = subprocess.run(
        [sys.executable, "-m", "validator", *arguments, *files],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr == ""
    return done.returncode, done.stdout


@pytest.fixture
def repository(tree: Tree) -> Path:
    return tree(
        {
            ".git/HEAD": "",
            "live/main.tf": 'module "net" {\n  source = "../modules/net"\n}\n',
            "live/prod.auto.tfvars": "",
            "modules/net/main.tf": FLOW,
            "modules/net/policy.json": "{}",
            "cfn/flow.yaml": FLOW_TEMPLATE,
            "other/values.yaml": "a: 1\n",
            "other/package.json": "{}",
        }
    )


@pytest.mark.parametrize(
    ("file", "place"),
    [
        ("modules/net/main.tf", "modules/net/main.tf"),
        ("modules/net/policy.json", "modules/net/main.tf"),
        ("live/main.tf", "modules/net/main.tf"),
        ("live/prod.auto.tfvars", "modules/net/main.tf"),
        ("cfn/flow.yaml", "cfn/flow.yaml"),
    ],
)
def test_a_changed_file_fails_the_hook_for_its_whole_module(
    repository: Path, file: str, place: str
) -> None:
    assert repository.is_dir()
    code, shown = called(file)
    assert code == 1
    assert "error[flow-log-role-missing]" in shown
    assert f"--> {place}:" in shown


def test_unrelated_files_pass(repository: Path) -> None:
    assert repository.is_dir()
    code, shown = called("other/values.yaml", "other/package.json")
    assert code == 0
    assert shown == "0 deliveries · 0 errors, 0 warnings · 0 files, 0 modules, 0 templates\n"


def test_the_hook_for_all_sees_what_a_deleted_file_leaves_behind(tree: Tree) -> None:
    """pre-commit passes it no file names."""
    role = "iam_role_arn = aws_iam_role.flow.arn\n}\n"
    top = tree({".git/HEAD": "", "a/flow.tf": FLOW.replace("}\n", role, 1), "a/role.tf": ""})
    (top / "a/role.tf").unlink()
    code, shown = called()
    assert code == 1
    assert "no aws_iam_role.flow is declared" in shown
