"""Our rules in the installed cfn-lint, through its own command."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from validator.cfn_lint_pack import NO_RULE, NUMBERS
from validator.packs import load

Tree = Callable[[Mapping[str, str | bytes]], Path]

ROOT = Path(__file__).parents[1]
SAMPLES = ROOT / "sample_templates"
MARKER = re.compile(r"# expect: ([a-z0-9-]+)")
RULES = {number: rule for rule, number in NUMBERS.items()}

FLOW_LOG = """\
Resources:
  One:
    Type: AWS::EC2::FlowLog
    Properties: &log
      ResourceId: vpc-0123456789abcdef0
      ResourceType: VPC
      TrafficType: ALL
      LogDestinationType: s3
      LogDestination: arn:aws:s3:::acme-logs
"""
TWO = (
    FLOW_LOG
    + """\
  Two:
    Type: AWS::EC2::FlowLog
    Properties:
      ResourceId: subnet-0123456789abcdef0
      ResourceType: Subnet
      TrafficType: ALL
      LogDestinationType: s3
      LogDestination: arn:aws:s3:::acme-logs
"""
)
METADATA = """\
Metadata:
    predeploy:
        ignore:
            - rule: flow-log-bucket-missing
              reason: the platform team has it
              until: "9999-12-31"
"""
MISSING = f"W{NUMBERS['flow-log-bucket-missing']}"


def lint(*arguments: str, stdin: str | None = None) -> list[Any]:
    """cfn-lint's matches for our IDs, as its command prints them."""
    command = Path(sys.executable).with_name("cfn-lint")
    pack = ["--append-rules", "validator.cfn_lint_pack", "--format", "json"]
    ran = subprocess.run(
        [command, *arguments, *pack],
        env={**os.environ, "PYTHONPATH": str(ROOT), "HOME": str(Path.cwd())},
        input=stdin,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.stdout.startswith("["), ran.stderr
    matches: list[Any] = json.loads(ran.stdout)
    assert not [one for one in matches if one["Rule"]["Id"] in ("E0001", "E0002", "E9600")]
    return [one for one in matches if one["Rule"]["Id"][1:3] == "96"]


def found(matches: list[Any]) -> list[tuple[str, int]]:
    return [(one["Rule"]["Id"], one["Location"]["Start"]["LineNumber"]) for one in matches]


def test_every_rule_has_a_number_of_its_own() -> None:
    rules = {loaded.rule.id for loaded in load().rules}
    assert rules - NUMBERS.keys() == set(), "give each new rule the next free number"
    assert NUMBERS.keys() - rules == set(), "a number stays taken: keep the name of its rule"
    assert len(set(NUMBERS.values())) == len(NUMBERS)
    assert all(NO_RULE < number < NO_RULE + 100 for number in NUMBERS.values())


def test_the_faults_of_every_sample_stand_on_their_lines(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each in a folder of its own, so that it is judged alone."""
    monkeypatch.chdir(tmp_path)
    # Half of them: cfn-lint itself needs a fifth of a second for each.
    samples = sorted(SAMPLES.glob("*/bad.yaml"))[::2] + sorted(SAMPLES.glob("*/good.yaml"))[::8]
    # This one needs an option that cfn-lint cannot give.
    samples = [one for one in samples if one.parent.name != "ignore-without-reason"]
    assert len(samples) > 20
    seen: dict[str, set[tuple[str, int]]] = {}
    for path in samples:
        name = f"{path.parent.name}/{path.stem}/template.yaml"
        (tmp_path / name).parent.mkdir(parents=True)
        shutil.copy(path, tmp_path / name)
        seen[name] = set()
    for one in lint(*seen, "--include-checks", "I96"):
        number = int(one["Rule"]["Id"][1:])
        place = (RULES.get(number, "not told"), one["Location"]["Start"]["LineNumber"])
        seen[one["Filename"]].add(place)
    for name, places in seen.items():
        rule, kind, _ = name.split("/")
        lines = (tmp_path / name).read_text(encoding="utf-8").split("\n")
        marked = {(one, at) for at, line in enumerate(lines, 1) for one in MARKER.findall(line)}
        if kind == "bad":
            places = {one for one in places if one[0] == rule}
            marked = {one for one in marked if one[0] == rule}
        assert places == marked, name


def test_a_finding_has_its_place_and_says_what_to_write(tree: Tree) -> None:
    tree({"t.yaml": FLOW_LOG})
    (one,) = lint("t.yaml")
    assert one["Rule"]["Id"] == MISSING
    assert one["Level"] == "Warning"
    assert one["Location"] == {
        "Start": {"LineNumber": 9, "ColumnNumber": 23},
        "End": {"LineNumber": 9, "ColumnNumber": 45},
        "Path": ["Resources", "One"],
    }
    assert "acme-logs" in one["Message"]
    assert "; fix: " in one["Message"]
    assert one["Rule"]["Source"].startswith("https://")


def test_each_way_of_ignoring_works(tree: Tree) -> None:
    metadata = f"Metadata: {{cfn-lint: {{config: {{ignore_checks: [{MISSING}]}}}}}}\n"
    resource = TWO.replace("    Properties: &log\n", f"    {metadata}    Properties: &log\n")
    commented = TWO.replace(
        "acme-logs", "acme-logs # predeploy: ignore[flow-log-bucket-missing]", 1
    )
    ours = METADATA.replace("    ", "  ") + TWO
    tree(
        {
            "none.yaml": TWO,
            "ours.yaml": ours,
            "template.yaml": TWO + metadata,
            "resource.yaml": resource,
            "comment.yaml": commented,
        }
    )
    names = ("none.yaml", "template.yaml", "resource.yaml", "comment.yaml", "ours.yaml")
    seen: dict[str, list[int]] = {name: [] for name in names}
    for one in lint(*names):
        assert one["Rule"]["Id"] == MISSING
        seen[one["Filename"]].append(one["Location"]["Start"]["LineNumber"])
    assert seen == {
        "none.yaml": [9, 17],
        "template.yaml": [],
        "resource.yaml": [18],
        "comment.yaml": [17],
        "ours.yaml": [],
    }
    assert lint("none.yaml", "--ignore-checks", MISSING) == []


def test_a_fault_in_another_file_is_told_at_the_flow_log(tree: Tree) -> None:
    bucket = """\
Resources:
  Bucket: {Type: AWS::S3::Bucket, Properties: {BucketName: acme-logs}}
  Policy:
    Type: AWS::S3::BucketPolicy
    Properties:
      Bucket: acme-logs
      PolicyDocument:
        Version: "2012-10-17"
        Statement:
          {Effect: Deny, Principal: "*", Action: "s3:*", Resource: "arn:aws:s3:::acme-logs/*"}
"""
    tree({".git/HEAD": "", "net/t.yaml": FLOW_LOG, "logs/b.yaml": bucket})
    (one,) = [one for one in lint("net/t.yaml") if "denies" in RULES[int(one["Rule"]["Id"][1:])]]
    assert one["Filename"] == "net/t.yaml"
    assert one["Location"]["Start"] == {"LineNumber": 2, "ColumnNumber": 3}
    assert one["Message"].endswith("(logs/b.yaml:10)")


def test_a_nested_template_is_judged_within_its_parent(tree: Tree) -> None:
    parent = """\
Resources:
  Net:
    Type: AWS::CloudFormation::Stack
    Properties: {TemplateURL: net.yaml, Parameters: {Where: "arn:aws:s3:::acme-logs"}}
"""
    child = "Parameters: {Where: {Type: String}}\n" + FLOW_LOG.replace(
        "arn:aws:s3:::acme-logs", "!Ref Where"
    )
    tree({".git/HEAD": "", "top.yaml": parent, "net.yaml": child})
    assert found(lint("net.yaml")) == [(MISSING, 10)]


def test_what_cannot_be_told_is_a_remark_on_demand(tree: Tree) -> None:
    text = "Parameters: {Where: {Type: String}}\n" + FLOW_LOG.replace(
        "arn:aws:s3:::acme-logs", "!Ref Where"
    )
    tree({"t.yaml": text})
    assert lint("t.yaml") == []
    (one,) = lint("t.yaml", "--include-checks", "I96")
    assert found([one]) == [("I9600", 3)]
    assert "parameter Where has no value" in one["Message"]


def test_standard_input_is_not_judged_and_says_so(tree: Tree) -> None:
    tree({})
    assert found(lint(stdin=FLOW_LOG)) == [("W9600", 1)]
    assert lint(stdin="Resources: {B: {Type: AWS::S3::Bucket}}\n") == []


def test_what_we_cannot_read_is_told(tree: Tree) -> None:
    tree({"t.yaml": FLOW_LOG.replace("TrafficType: ALL", "TrafficType: !Join [x]")})
    assert ("W9600", 7) in found(lint("t.yaml"))


def test_the_configuration_of_the_repository_counts(tree: Tree) -> None:
    number = NUMBERS["flow-log-bucket-missing"]
    tree(
        {
            "right/.git/HEAD": "",
            "right/predeploy.toml": 'severity.flow-log-bucket-missing = "error"\n',
            "right/cfn/t.yaml": FLOW_LOG,
            "wrong/.git/HEAD": "",
            "wrong/predeploy.toml": "slect = 1\n",
            "wrong/t.yaml": FLOW_LOG,
        }
    )
    matches = lint("right/cfn/t.yaml", "wrong/t.yaml")
    assert sorted(found(matches)) == [(f"E{number}", 9), ("W9600", 1)]
    (told,) = [one["Message"] for one in matches if one["Rule"]["Id"] == "W9600"]
    assert told.startswith("wrong/predeploy.toml:1:1: the configuration has no key slect")


def test_lines_are_right_behind_a_transform(tree: Tree) -> None:
    loop = FLOW_LOG.replace(
        "  One:\n", "  Fn::ForEach::Logs:\n  - Name\n  - [A, B]\n  - Log${Name}:\n"
    )
    head, _, body = loop.partition("Log${Name}:\n")
    body = body.replace("    ", "      ", 1).replace("\n    ", "\n      ")
    tree({"t.yaml": "Transform: AWS::LanguageExtensions\n" + head + "Log${Name}:\n" + body})
    assert (MISSING, 13) in found(lint("t.yaml"))
