"""What a configuration does to a report: real templates in both languages, through the command."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from validator.cli import main

Tree = Callable[[Mapping[str, str | bytes]], Path]
ROOT = Path(__file__).parent.parent

TERRAFORM = """\
variable "bucket" {
  type = string
}

resource "aws_flow_log" "main" {
  vpc_id               = "vpc-0a1b2c3d4e5f67890"
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = "arn:aws:s3:::${var.bucket}"
}
"""
TEMPLATE = """\
Parameters:
  Bucket:
    Type: String
Resources:
  FlowLog:
    Type: AWS::EC2::FlowLog
    Properties:
      ResourceId: vpc-0a1b2c3d4e5f67890
      ResourceType: VPC
      TrafficType: ALL
      LogDestinationType: s3
      LogDestination: !Sub arn:aws:s3:::${Bucket}
"""
NO_ROLE = """\
resource "aws_flow_log" "main" {
  vpc_id          = "vpc-0a1b2c3d4e5f67890"
  traffic_type    = "ALL"
  log_destination = "arn:aws:logs:eu-west-1:111122223333:log-group:flow"
}
"""
NO_ROLE_TEMPLATE = """\
Resources:
  FlowLog:
    Type: AWS::EC2::FlowLog
    Properties:
      ResourceId: vpc-0a1b2c3d4e5f67890
      ResourceType: VPC
      TrafficType: ALL
      LogGroupName: flow
"""
NAMED = 'vars.bucket = "acme-logs"\nparameters.Bucket = "acme-logs"\n'
BUCKET = "flow-log-bucket-missing"
ROLE = "flow-log-role-missing"
POLICY = json.dumps(
    {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Effect": "Allow",
                "Principal": {"Service": "delivery.logs.amazonaws.com"},
                "Action": ["s3:PutObject", "s3:GetBucketAcl"],
                "Resource": ["arn:aws:s3:::acme-logs", "arn:aws:s3:::acme-logs/*"],
            }
        ],
    }
)


class Judged:
    """A run of the command, and its report as JSON."""

    def __init__(self, code: int, shown: str) -> None:
        self.code = code
        self.report: dict[str, Any] = json.loads(shown)
        self.verdicts = {one["unit"]: one["verdict"] for one in self.report["deliveries"]}
        self.severities = {one["unit"]: one["severity"] for one in self.report["findings"]}
        self.ignored = {
            one["unit"]: one["ignored"]["reason"] if one["ignored"] else None
            for one in self.report["findings"]
        }


Judge = Callable[..., Judged]


@pytest.fixture
def judge(tree: Tree, capfd: pytest.CaptureFixture[str]) -> Judge:
    """Run over files with a configuration in the repository's root."""

    def run(configuration: str, *arguments: str, **files: str) -> Judged:
        named = {
            name.replace("__", "/").replace("_tf", ".tf"): text for name, text in files.items()
        }
        named = {name.replace("_yaml", ".yaml"): text for name, text in named.items()}
        tree({".git/HEAD": "", "predeploy.toml": configuration, **named})
        code = main(["--format", "json", *arguments])
        shown = capfd.readouterr()
        assert shown.err == ""
        return Judged(code, shown.out)

    return run


BOTH = {"net__main_tf": TERRAFORM, "flow_yaml": TEMPLATE}
UNITS = ("net", "flow.yaml")


def test_values_settle_what_is_open(judge: Judge) -> None:
    assert judge("", **BOTH).verdicts == dict.fromkeys(UNITS, "cannot-tell")
    found = judge(NAMED, **BOTH)
    assert found.verdicts == dict.fromkeys(UNITS, "may-fail")
    assert found.code == 1
    # The report leads to the line of the configuration.
    for finding in found.report["findings"]:
        assert finding["message"].endswith("bucket acme-logs")
        places = [(one["file"], one["line"]) for one in finding["evidence"]]
        assert ("predeploy.toml", 1 if finding["unit"] == "net" else 2) in places
    assert judge(NAMED, "--no-config", **BOTH).verdicts == dict.fromkeys(UNITS, "cannot-tell")


def test_the_command_line_stands_over_values_and_files(judge: Judge, tree: Tree) -> None:
    tree({"a.tfvars": 'bucket = "from-file"', "a.json": '{"Parameters": {"Bucket": "from-file"}}'})
    given = ("--var-file", "a.tfvars", "--parameter-file", "a.json")
    for found in (
        judge(NAMED, *given, **BOTH),
        judge('var-files = ["a.tfvars"]\nparameter-files = ["a.json"]\n', **BOTH),
    ):
        words = {one["message"].rpartition(" ")[2] for one in found.report["findings"]}
        assert words == {"from-file"}
    found = judge(NAMED, *given, "--var", "bucket=mine", "--parameter", "Bucket=mine", **BOTH)
    assert {one["message"].rpartition(" ")[2] for one in found.report["findings"]} == {"mine"}


def test_values_in_the_configuration_are_no_expressions(judge: Judge) -> None:
    hostile = 'vars.bucket = "${file(\\"/etc/passwd\\")}"\n'
    found = judge(hostile, **BOTH)
    assert "root:" not in json.dumps(found.report)


def test_each_path_has_its_own_account_and_values(judge: Judge) -> None:
    configuration = """\
[accounts]
prod = "111122223333"
dev = "444455556666"
[[deploy]]
paths = ["prod"]
account = "prod"
vars.bucket = "acme-logs"
[[deploy]]
paths = ["dev", "dev.yaml"]
account = "dev"
vars.bucket = "acme-logs"
parameters.Bucket = "acme-logs"
[[existing]]
bucket = "acme-logs"
account = "prod"
policy = "policy.json"
encryption = "AES256"
"""
    # The grant is for one account: the other's flow log is refused by it.
    policy = json.loads(POLICY)
    policy["Statement"][0]["Condition"] = {"StringEquals": {"aws:SourceAccount": "111122223333"}}
    files = {"prod__main_tf": TERRAFORM, "dev__main_tf": TERRAFORM, "dev_yaml": TEMPLATE}
    found = judge(configuration, **files, **{"policy.json": json.dumps(policy)})
    assert found.verdicts == {"prod": "will-work", "dev": "will-fail", "dev.yaml": "will-fail"}
    # Whoever names an account at the command line means it for all.
    found = judge(configuration, "--account", "prod", **files)
    assert set(found.verdicts.values()) == {"will-work"}


@pytest.mark.parametrize(("level", "code"), [("error", 1), ("warning", 1), ("info", 0), ("off", 0)])
def test_a_rule_is_as_grave_as_it_is_said_to_be(judge: Judge, level: str, code: int) -> None:
    files = {"net__main_tf": NO_ROLE, "flow_yaml": NO_ROLE_TEMPLATE}
    found = judge(f'severity.{ROLE} = "{level}"\n', **files)
    expected = {} if level == "off" else dict.fromkeys(UNITS, level)
    assert (found.severities, found.code) == (expected, code)
    # What is graver for the command line's --fail-on is so after the change.
    found = judge(f'severity.{ROLE} = "{level}"\nfail-on = "error"\n', **files)
    assert found.code == (1 if level == "error" else 0)
    # The verdict is no matter of taste.
    assert set(found.verdicts.values()) == {"will-fail"}


def test_a_milder_rule_may_be_made_an_error(judge: Judge) -> None:
    found = judge(f'{NAMED}severity.{BUCKET} = "error"\nfail-on = "error"\n', **BOTH)
    assert (found.severities, found.code) == (dict.fromkeys(UNITS, "error"), 1)


@pytest.mark.parametrize(
    ("level", "sure", "unsure"),
    [("error", "error", "warning"), ("warning", "warning", "warning"), ("info", "info", "info")],
)
def test_what_a_rule_is_less_sure_of_is_lowered_and_never_raised(
    judge: Judge, level: str, sure: str, unsure: str
) -> None:
    """The same rule says "fails" of the first template and "is left out" of the other two."""
    samples = ROOT / "sample_templates/flow-log-destination-options"
    names = {
        "sure_yaml": "bad_no_per_hour.yaml",
        "unsure_yaml": "bad.yaml",
        "net__main_tf": "bad.tf",
    }
    files = {name: (samples / sample).read_text() for name, sample in names.items()}
    configuration = f'severity.flow-log-destination-options = "{level}"\n'
    found = judge(configuration, "--select", "flow-log-destination-options", **files)
    assert found.severities == {"sure.yaml": sure, "unsure.yaml": unsure, "net": unsure}


@pytest.mark.parametrize(
    ("glob", "told"),
    [
        ("net", {"net": "path-ignores: net", "flow.yaml": None}),
        ("net/*.tf", {"net": "path-ignores: net/*.tf", "flow.yaml": None}),
        ("*.yaml", {"net": None, "flow.yaml": "path-ignores: *.yaml"}),
        ("nets", {"net": None, "flow.yaml": None}),
    ],
)
def test_a_rule_may_be_ignored_below_a_path(
    judge: Judge, glob: str, told: dict[str, str | None]
) -> None:
    files = {"net__main_tf": NO_ROLE, "flow_yaml": NO_ROLE_TEMPLATE}
    configuration = f'[path-ignores]\n"{glob}" = ["{ROLE}"]\n'
    found = judge(configuration, **files)
    assert found.ignored == told
    assert found.report["summary"]["ignored"] == sum(one is not None for one in told.values())
    assert judge(configuration, "--no-ignores", **files).ignored == dict.fromkeys(UNITS)


def test_a_module_that_is_ignored_for_one_caller_counts_for_the_other(judge: Judge) -> None:
    call = 'module "net" {\n  source = "../../modules/net"\n}\n'
    found = judge(
        f'[path-ignores]\n"live/sandbox" = ["{ROLE}"]\n',
        modules__net__main_tf=NO_ROLE,
        live__sandbox__main_tf=call,
        live__prod__main_tf=call,
    )
    assert found.ignored == {
        "live/sandbox": "path-ignores: live/sandbox",
        "live/prod": None,
    }


def test_excluded_files_are_not_judged(judge: Judge) -> None:
    files = {"net__main_tf": NO_ROLE, "flow_yaml": NO_ROLE_TEMPLATE}
    assert judge('exclude = ["net"]\n', **files).verdicts.keys() == {"flow.yaml"}
    assert judge('exclude = ["net"]\n', "--exclude", "*.yaml", **files).verdicts == {}


@pytest.mark.parametrize("granted", [True, False])
def test_existing_resources_are_told_of_here_too(
    judge: Judge, tree: Tree, granted: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    policy = POLICY if granted else POLICY.replace("delivery.logs", "cloudtrail")
    configuration = f"""{NAMED}
[[existing]]
bucket = "acme-logs"
policy = "docs/policy.json"
encryption = "AES256"
"""
    top = tree({"docs/policy.json": policy})
    found = judge(configuration, **BOTH)
    assert found.verdicts == dict.fromkeys(UNITS, "will-work" if granted else "may-fail")
    # The paths in it are seen from its folder, wherever the command runs.
    monkeypatch.chdir(top / "net")
    assert main([]) == (0 if granted else 1)


def test_a_table_of_existing_that_cannot_be_read_is_at_its_line(judge: Judge) -> None:
    configuration = f'{NAMED}[[existing]]\nbucket = "acme-logs"\npolicy = "../../x.json"\n'
    found = judge(configuration, **BOTH)
    (told,) = found.report["diagnostics"]
    assert (told["file"], told["line"], told["kind"]) == ("predeploy.toml", 4, "config")
    assert "outside" in told["message"]
    assert found.code == 2


@pytest.mark.parametrize("file", ["net/main.tf", "flow.yaml"])
def test_the_hook_finds_the_configuration_of_the_repository(tree: Tree, file: str) -> None:
    """pre-commit runs in the repository's root and passes the changed files."""
    tree(
        {
            ".git/HEAD": "",
            "predeploy.toml": f'severity.{ROLE} = "info"\n',
            "net/main.tf": NO_ROLE,
            "flow.yaml": NO_ROLE_TEMPLATE,
            "net/values.yaml": "a: 1\n",
        }
    )
    done = subprocess.run(
        [sys.executable, "-m", "validator", file, "net/values.yaml"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert f"info[{ROLE}]" in done.stdout
