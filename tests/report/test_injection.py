"""Nothing that a stranger writes into a template is a command to whatever shows the report."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from validator import cli
from validator.engine import run
from validator.findings import Aws, Diagnostic, Evidence, Finding, Ignored, Severity
from validator.graph.span import Span
from validator.graph.verdict import Open
from validator.outcomes import Delivered, Verdict
from validator.records import replace
from validator.report import REPORTERS, Style, reporter
from validator.reports import Counts, Idle, Report

Tree = Callable[[Mapping[str, str | bytes]], Path]
Contract = Callable[[str, str], Any]

EVIL = (
    "\x1b[2J\x9b31m",
    "a\nb\r\nc\rd",
    "\n::error::mine",
    "\n  ::set-env name=PATH::/tmp",
    "\n##[error]mine",
    "x ##vso[task.setvariable variable=PATH]/tmp",
    "\u202egnp.exe\u2066",
    "]]>",
    "<script>alert(1)</script>",
    "%0A::error::mine",
    "%250A%2C",
    "\"'`,:;&=|",
    "[here](https://evil.example)",
    "\ufffe\ufeff\ud800\x00\x7f",
    "\u2028\u2029\x85\x0b\x0c",
    "${a}{0}{{1}}",
    "日本 🪣",
)
# What the runner of GitHub takes for a command: <https://github.com/actions/runner>, at
# src/Runner.Common/ActionCommand.cs; and what the agent of Azure Pipelines does.
NEW = re.compile(r"\s*::([^:\s]+)(?: [^:]*)?::")
OLD = re.compile(r"##(?:\w*)\[")


def report(words: str) -> Report:
    """A report that says the words wherever something comes from a template."""
    span = Span(words, 1, 1, 1, 4)
    open_ = (Open(words, words, span),)
    finding = Finding(
        "a-rule",
        Severity.ERROR,
        words,
        f"{words}#{words}",
        span,
        aws=Aws(words, "deploy"),
        fix=words,
        evidence=(Evidence(span, words), Evidence(replace(span, file="b"), words)),
        when=(words,),
    )
    ignored = replace(finding, rule="b-rule", ignored=Ignored(words, words))
    foreign = replace(finding, rule=words, tool="cfn-lint", help=words, about=words)
    return Report(
        deliveries=tuple(
            Delivered(f"{words}#{words}{one.value}", span, "s3", words, one, open_, words)
            for one in Verdict
        ),
        findings=(finding, ignored, foreign),
        diagnostics=(Diagnostic(span, words, "syntax"),),
        counts=Counts(),
        sources={words: tuple(words.split("\n")), "b": (f"x = {words!r}",)},
        idle=(Idle(words, (words,)),),
    )


@pytest.mark.parametrize("words", EVIL)
@pytest.mark.parametrize("name", sorted(REPORTERS))
@pytest.mark.parametrize(
    "style", [Style(), Style(verbose=True, statistics=True, width=40, unknown_fails=True)]
)
def test_nothing_is_a_command(name: str, words: str, style: Style, contract: Contract) -> None:
    shown = reporter(name)(report(words), style)
    if name != "json":  # its contract says how rules are called
        contract(name, shown)
    harmless(name, shown)


def harmless(name: str, shown: str) -> None:
    """Holds a report against what terminals and the logs of CIs take for commands."""
    assert re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2028\u2029\ud800]", shown) is None
    lines = shown.split("\n")
    assert [line for line in lines if OLD.search(line)] == []
    commands = {found.group(1) for line in lines if (found := NEW.match(line))}
    assert commands <= ({"error", "warning", "notice"} if name == "github" else set())


@pytest.mark.parametrize("words", EVIL)
def test_nothing_in_a_template_is_a_command(tree: Tree, words: str, contract: Contract) -> None:
    spelled = json.dumps(words).replace("${", "$${")
    # What is half a character has no place in a file.
    spelled = spelled.replace("\\ud800", "").replace("\\ud83e\\udea3", "🪣")
    half = spelled[1:-1]
    comment = re.sub(r"[\n\r\0]", " ", words)
    log = {"log_destination_type": "s3", "vpc_id": words, "traffic_type": words}
    files = {
        "a/main.tf": f"""# {comment}
resource "aws_flow_log" "a" {{
  for_each        = toset([{spelled}])
  vpc_id          = "vpc-1{half}"
  traffic_type    = {spelled}
  log_format      = {spelled}
  log_destination = "arn:aws:s3:::{half}"
  tags            = {{ {spelled} = each.key }}
}}
module "m" {{
  source = "./{half}"
  enable_flow_log = true
}}
""",
        "b/main.tf.json": json.dumps({"resource": {"aws_flow_log": {words: log}}}),
        "c/t.json": json.dumps(
            {
                "Parameters": {words: {"Type": words, "Default": words}},
                "Resources": {
                    words: {"Type": "AWS::EC2::FlowLog", "Properties": {words: {"Ref": words}}},
                    "L": {"Type": "AWS::EC2::FlowLog", "Properties": {"LogFormat": words}},
                },
            }
        ),
        "d/t.yaml": f"Resources:\n  ? {json.dumps(words)}\n  : {{Type: AWS::EC2::FlowLog}}\n",
    }
    top = tree({name: text.encode("utf-8", "replace") for name, text in files.items()})
    found = run([top], working=top)
    assert {one.unit for one in found.deliveries} >= {"a", "c/t.json"}
    for name in REPORTERS:
        for style in (Style(), Style(verbose=True)):
            shown = reporter(name)(found, style)
            contract(name, shown)
            harmless(name, shown)


def test_a_file_whose_name_is_a_command(tree: Tree, capfd: pytest.CaptureFixture[str]) -> None:
    name = "::error::x.tf"
    tree({name: 'resource "aws_flow_log" "##[error]a" {\n  log_destination = "x\n"'})
    assert cli.main(["--format", "concise"]) == 3
    assert capfd.readouterr().out.startswith("\\x3a:error::x.tf:2:")
    assert cli.main(["--show-files"]) == 0
    assert capfd.readouterr().out == "\\x3a:error::x.tf\n"


FILE_NAMES = (
    "\n::error::mine", "a\n  ::set-env name=PATH::x", "##[error]mine", "x ##vso[task.x]y",
    "\x1b[2J\x9b31m", "\u202egnp.exe\u2066", "<script>alert(1)<", "[here](https:evil)", "]]>",
    "%0A::error::mine", "\"'`,:;&=|", "\u2028\u2029\x85\x0b", "${a}{0}{{1}}", "#a?b", "a\r\nb",
    '"]:::bad', "`\n```\n# x", "&quot;&#10;", "日本 🪣", "e\u0301", "\\", "~~x~~ **y** @z #1",
)  # fmt: skip
FIXABLE = """resource "aws_s3_bucket" "b" {
  bucket = "acme-injection-%d"
}
resource "aws_flow_log" "a" {
  vpc_id               = "vpc-0123456789abcdef0"
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = aws_s3_bucket.b.id
}
"""
FAULTY = 'resource "aws_flow_log" "b" {\n  x = ((\n}\n'
TEMPLATE = """Resources:
  B: {Type: AWS::S3::Bucket, Properties: {BucketName: acme-injection-t%d}}
  L:
    Type: AWS::EC2::FlowLog
    Properties:
      ResourceId: vpc-0123456789abcdef0
      ResourceType: VPC
      TrafficType: ALL
      LogDestinationType: s3
      LogDestination: !Ref B
"""


def named(tree: Tree) -> int:
    """Folders and files of evil names, as far as the file system has them; how many."""
    top = tree({"predeploy.toml": ""})
    made = 0
    for number, name in enumerate(FILE_NAMES):
        folder = top / name
        try:
            folder.mkdir()
            (folder / f"{name}.tf").write_text(FIXABLE % number)
            (folder / f"{name}-faulty.tf").write_text(FAULTY)
            (folder / f"{name}.yaml").write_text(TEMPLATE % number)
        except OSError:
            continue
        made += 1
    return made


@pytest.mark.parametrize("name", sorted(REPORTERS))
def test_no_name_of_a_file_is_a_command(
    tree: Tree, name: str, contract: Contract, capfd: pytest.CaptureFixture[str]
) -> None:
    made = named(tree)
    assert made >= 15
    assert cli.main(["--format", name, "-v", "--statistics"]) == 1
    shown = capfd.readouterr()
    assert shown.err == ""
    contract(name, shown.out)
    harmless(name, shown.out)
    if name == "json":
        found = json.loads(shown.out)
        assert len(found["deliveries"]) == 3 * made
        assert len(found["diagnostics"]) == made


@pytest.mark.parametrize(
    "options",
    [
        ("--show-files",),
        ("--show-settings",),
        ("--trace", "L", "-v"),
        ("--trace", "L", "-v", "--format", "markdown"),
        ("--fix", "-q"),
        ("--write-baseline", "\x1b[31m\n::error::b.json"),
        ("--baseline", "\x1b[31m\n::error::gone.json"),
        ("--config", "\x1b[31m\n::error::gone.toml"),
        ("--select", "\x1b[31m\n::error::x"),
        ("--trace", "\x1b[31m\n::error::x"),
        ("--explain", "\x1b[31m\n::error::x"),
        ("--account", "\x1b[31m\n::error::x"),
        ("--output", "\x1b[31m\n::error::x/y"),
        ("\x1b[31m\n::error::x",),
    ],
    ids=lambda one: ascii(one[0]),
)
def test_so_it_is_with_whatever_else_is_asked(
    tree: Tree, options: tuple[str, ...], capfd: pytest.CaptureFixture[str]
) -> None:
    named(tree)
    assert cli.main([*options]) in (0, 1, 2, 3)
    shown = capfd.readouterr()
    harmless("", shown.out)
    harmless("", shown.err)
    assert shown.out + shown.err


def test_a_name_that_is_no_text(tree: Tree) -> None:
    flow = (
        'resource "aws_flow_log" "a" {\n  vpc_id = "vpc-1"\n  traffic_type = "ALL"\n'
        '  log_destination_type = "s3"\n  log_destination = "arn:aws:s3:::some-logs"\n}\n'
    )
    top = tree({})
    try:
        (top / "net\udcff").mkdir()
    except OSError:
        pytest.skip("this file system takes no such name")
    (top / "net\udcff" / "main.tf").write_text(flow)
    found = run([top])
    assert [one.rule for one in found.findings] == ["flow-log-bucket-missing"]
    for name in REPORTERS:
        assert reporter(name)(found, Style()).encode()
