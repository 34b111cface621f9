"""`--cfn-lint`: what the installed cfn-lint says, in the same report."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import jsonschema
import pytest

import validator.cfn_lint
import validator.report
from validator.cli import main
from validator.config import Options
from validator.engine import run
from validator.findings import Severity
from validator.outcomes import Verdict
from validator.reports import Report

Tree = Callable[[Mapping[str, str | bytes]], Path]

STACK = """\
Parameters: {Unused: {Type: String}}
Resources:
  FlowLog:
    Type: AWS::EC2::FlowLog
    Properties:
      ResourceId: vpc-0123456789abcdef0
      ResourceType: VPC
      TrafficType: NONE
      LogDestinationType: s3
      LogDestination: arn:aws:s3:::acme-logs
"""
NO_LOGS = """\
Parameters: {Unused: {Type: String}}
Resources: {Bucket: {Type: AWS::S3::Bucket}}
"""
TRAFFIC = ("E3030", "s.yaml", 8)
UNUSED = ("W2001", "s.yaml", 1)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Nobody's own configuration takes part."""
    place = tmp_path / "home"
    place.mkdir()
    monkeypatch.setenv("HOME", str(place))
    return place


def linted(*paths: str) -> Report:
    return run([Path(path) for path in paths or (".",)], Options(cfn_lint=True))


def theirs(report: Report) -> set[tuple[str, str, int]]:
    return {
        (one.rule, one.span.file, one.span.line)
        for one in report.findings
        if one.tool == "cfn-lint" and one.ignored is None
    }


def test_its_findings_stand_beside_ours(tree: Tree) -> None:
    tree({"s.yaml": STACK})
    report = linted()
    assert theirs(report) == {TRAFFIC, UNUSED}
    severities = {one.rule: one.severity for one in report.findings}
    assert (severities["E3030"], severities["W2001"]) == (Severity.ERROR, Severity.WARNING)
    assert severities["flow-log-bucket-missing"] is Severity.WARNING
    (found,) = [one for one in report.findings if one.rule == "E3030"]
    assert (found.span.column, found.span.end_line) == (7, 8)
    assert found.message == "'NONE' is not one of ['ACCEPT', 'ALL', 'REJECT']"
    assert found.name == "Resources.FlowLog.Properties.TrafficType"


def test_without_the_option_cfn_lint_is_neither_run_nor_imported(tree: Tree) -> None:
    root = tree({"s.yaml": STACK})
    code = (
        "import sys, subprocess\n"
        "from validator.cli import main\n"
        "def no(*_, **__): raise AssertionError\n"
        "subprocess.run = subprocess.Popen = no\n"
        "main(['s.yaml'])\n"
        "print({'cfnlint', 'validator.cfn_lint'} & sys.modules.keys())\n"
    )
    shown = subprocess.run(
        [sys.executable, "-c", code],
        cwd=root,
        env={"PYTHONPATH": str(Path(__file__).parents[1])},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert shown.endswith("set()\n")


def test_every_format_shows_them(tree: Tree, capsys: pytest.CaptureFixture[str]) -> None:
    tree({"s.yaml": STACK})
    outputs = ("--format", "concise", "--format", "json", "--output", "r.json", "--format", "text")
    assert main(["--cfn-lint", *outputs, "s.yaml"]) == 1
    shown = capsys.readouterr().out
    assert "s.yaml:8:7: error[E3030] 'NONE' is not one of" in shown
    assert "error[E3030]: 'NONE' is not one of" in shown
    assert "= help: https://github.com/aws-cloudformation/cfn-lint/" in shown
    assert "--explain E3030" not in shown
    found = json.loads(Path("r.json").read_text(encoding="utf-8"))
    schema = Path(validator.report.__file__).parent / "json_schema_v1.json"
    jsonschema.validate(found, json.loads(schema.read_text(encoding="utf-8")))
    tools = {one["rule"]: one["tool"] for one in found["findings"]}
    assert (tools["E3030"], tools["flow-log-bucket-missing"]) == ("cfn-lint", "predeploy")
    prints = {one["fingerprint"] for one in found["findings"] if one["tool"] == "cfn-lint"}
    assert prints.isdisjoint(found["deliveries"][0]["findings"])


def test_a_delivery_is_told_although_cfn_lint_speaks_of_its_flow_log(
    tree: Tree, capsys: pytest.CaptureFixture[str]
) -> None:
    where = "arn:aws:s3:::acme-logs"
    stack = STACK.replace("NONE", "ALL").replace(where, "!Ref Where").replace("Unused", "Where")
    tree(
        {
            "s.yaml": stack.replace(
                "      LogDestinationType", "      Nope: 1\n      LogDestinationType"
            )
        }
    )
    assert main(["--cfn-lint", "s.yaml"]) == 1
    shown = capsys.readouterr().out
    assert "error[E3002]" in shown
    assert "cannot tell: FlowLog" in shown


def test_templates_without_a_delivery_are_linted_too(tree: Tree) -> None:
    tree(
        {
            "a.yaml": NO_LOGS,
            "deep/b.json": '{"Resources": {"B": {"Type": "AWS::S3::Bucket", "X": 1}}}',
        }
    )
    report = linted()
    assert {one[:2] for one in theirs(report)} == {("W2001", "a.yaml"), ("E3001", "deep/b.json")}
    assert report.sources.keys() == {"a.yaml", "deep/b.json"}


def test_its_own_ignores_are_honoured(tree: Tree, home: Path) -> None:
    metadata = "    Metadata: {cfn-lint: {config: {ignore_checks: [E3030]}}}\n"
    by_resource = STACK.replace("    Properties:\n", f"{metadata}    Properties:\n")
    by_template = STACK + "Metadata: {cfn-lint: {config: {ignore_checks: [W2001]}}}\n"
    tree({"s.yaml": by_resource, "t.yaml": by_template})
    assert {one[:2] for one in theirs(linted())} == {("W2001", "s.yaml"), ("E3030", "t.yaml")}
    tree({"s.yaml": STACK, ".cfnlintrc": "ignore_checks: [E3030]\n"})
    (home / ".cfnlintrc.yaml").write_text("ignore_checks: [W]\n", encoding="utf-8")
    assert theirs(linted("s.yaml")) == {UNUSED}


def test_our_ignore_comments_are_honoured(tree: Tree) -> None:
    tree(
        {"s.yaml": STACK.replace("NONE", "NONE # predeploy: ignore[E3030] the next version has it")}
    )
    report = linted()
    assert theirs(report) == {UNUSED}
    (ignored,) = [one.ignored for one in report.findings if one.rule == "E3030"]
    assert ignored is not None
    assert ignored.reason == "the next version has it"


def test_informational_findings_are_asked_for(tree: Tree) -> None:
    stack = "Resources: {Table: {Type: AWS::DynamoDB::Table}}\n"
    tree({"s.yaml": stack, ".cfnlintrc.yml": "include_checks: [I]\nregions: [eu-west-1]\n"})
    infos = {one.rule for one in linted().findings if one.severity is Severity.INFO}
    assert "I3011" in infos


def test_the_repository_cannot_load_code_or_files(tree: Tree) -> None:
    """A configuration file comes from the same stranger as the templates."""
    evil = "from pathlib import Path\nPath('ran').touch()\n"
    settings = "append_rules: [evil]\ncustom_rules: evil/rules.txt\ntemplates: [evil/t.yaml]\n"
    tree(
        {
            "s.yaml": STACK,
            "evil/evil.py": evil,
            "evil/rules.txt": "AWS::EC2::FlowLog TrafficType EQUALS x\n",
            "cfnlint/__init__.py": evil,
            "yaml.py": evil,
            ".cfnlintrc": settings,
        }
    )
    report = linted("s.yaml")
    assert theirs(report) == {TRAFFIC, UNUSED}
    assert report.diagnostics == ()
    assert not Path("ran").exists()


def test_names_are_neither_options_nor_patterns(tree: Tree) -> None:
    tree({"-a.yaml": NO_LOGS, "b[1].yaml": NO_LOGS, "c d*.yaml": NO_LOGS})
    files = {file for _, file, _ in theirs(linted())}
    assert files == {"-a.yaml", "b[1].yaml", "c d*.yaml"}


def test_what_takes_too_long_is_stopped_and_told(
    tree: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(validator.cfn_lint, "MAX_SECONDS", 0.0)
    tree({"s.yaml": STACK, "t.yaml": NO_LOGS})
    report = linted()
    assert theirs(report) == set()
    assert [(one.span.file, one.kind) for one in report.diagnostics] == [
        ("s.yaml", "limit"),
        ("t.yaml", "limit"),
    ]
    assert [one.verdict for one in report.deliveries] == [Verdict.WILL_FAIL]


_LEVELS = (f"a{one}: &a{one} [{', '.join([f'*a{one - 1}'] * 9)}]\n" for one in range(1, 40))
BOMB = "".join(("a0: &a0 [x, x]\n", *_LEVELS, "regions: *a39\n"))


@pytest.mark.parametrize(
    ("written", "file", "message"),
    [
        ("regions: [nowhere-1]\n", "s.yaml", "cfn-lint failed: "),
        ("regions: {a: b}\n", "s.yaml", "cfn-lint failed: "),
        ("[", ".cfnlintrc", "this is no configuration of cfn-lint"),
        (BOMB, ".cfnlintrc", "this is no configuration of cfn-lint"),
        ("regions: &a [*a]\n", ".cfnlintrc", "this is no configuration of cfn-lint"),
        ("regions: [2030-01-01]\n", ".cfnlintrc", "this is no configuration of cfn-lint"),
        ("#" * (1 << 21), ".cfnlintrc", "this is larger than 1 MiB"),
    ],
    ids=lambda one: str(one)[:20],
)
def test_a_configuration_that_cfn_lint_refuses_is_told(
    tree: Tree, written: str, file: str, message: str
) -> None:
    tree({"s.yaml": STACK, ".cfnlintrc": written})
    (fault,) = linted().diagnostics
    assert (fault.span.file, fault.kind) == (file, "config")
    assert fault.message.startswith(message)


def test_a_configuration_of_cfn_lint_outside_is_not_read(tree: Tree, tmp_path: Path) -> None:
    tree({"repo/.git/HEAD": "", "repo/s.yaml": STACK, "rc": "ignore_checks: [E, W]\n"})
    (tmp_path / "repo/.cfnlintrc").symlink_to("../rc")
    os.chdir(tmp_path / "repo")
    report = linted("s.yaml")
    assert theirs(report) == {TRAFFIC, UNUSED}
    assert [(one.span.file, one.message) for one in report.diagnostics] == [
        (".cfnlintrc", "this lies outside the repository and is not read")
    ]


def test_a_template_that_nobody_can_read_is_told_by_both(tree: Tree) -> None:
    tree({"s.yaml": STACK + "  : :\n"})
    report = linted()
    assert {one.rule for one in report.findings if one.tool} == {"E0000"}
    assert [one.kind for one in report.diagnostics] == ["syntax"]


def test_a_user_without_a_home_has_no_configuration(
    tree: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As in a container that runs under any number."""
    tree({"s.yaml": STACK, "~/.cfnlintrc": "ignore_checks: [W2001]"})

    def unexpanded(path: str) -> str:
        return path

    monkeypatch.setattr("os.path.expanduser", unexpanded)
    assert UNUSED in theirs(linted())


def test_what_the_system_refuses_is_told(tree: Tree, monkeypatch: pytest.MonkeyPatch) -> None:
    tree({"s.yaml": STACK})
    monkeypatch.setattr(validator.cfn_lint, "_COMMAND", ("/no/such/program",))
    report = linted()
    assert [(one.kind, one.message) for one in report.diagnostics] == [
        ("config", "cfn-lint cannot be run: No such file or directory")
    ]
    assert len(report.deliveries) == 1
