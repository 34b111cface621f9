"""Broken and hostile input, the whole way: no crash, no hang, no silence."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from validator.engine import run
from validator.report import REPORTERS, Style, reporter
from validator.reports import Report

Tree = Callable[[Mapping[str, str | bytes]], Path]


def sound(report: Report) -> None:
    """No bug of ours, and a report in every format."""
    assert [one for one in report.diagnostics if one.kind in ("internal", "rule")] == []
    for name in REPORTERS:
        # Only lines for GitHub may be none.
        assert reporter(name)(report, Style()) or name == "github"


FLOW = 'resource "aws_flow_log" "a" {\n  log_destination = BODY\n}\n'
TEMPLATE = "Resources:\n  L:\n    Type: AWS::EC2::FlowLog\n    Properties:\n      LogDestination: "


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("main.tf", FLOW.replace("BODY", "(" * 5000 + '"x"' + ")" * 5000), True),
        ("main.tf", FLOW.replace("BODY", "[" * 5000 + "]" * 5000), True),
        ("main.tf", FLOW.replace("BODY", '"${' * 500 + '"x"' + '}"' * 500), True),
        ("main.tf", FLOW.replace("BODY", "- " * 20000 + "1"), False),
        ("main.tf", FLOW.replace("BODY", "var.x" + ".y" * 20000), False),
        ("main.tf", FLOW.replace("BODY", '"${"'), True),
        ("main.tf", FLOW.replace("BODY", "<<E\nx"), True),
        ("main.tf", "a {\n" * 3000 + FLOW + "}\n" * 3000, False),
        ("main.tf", FLOW.replace("BODY", '"a" # \x1b[31m'), False),
        ("main.tf", FLOW.replace("\n", "\r"), True),
        ("main.tf.json", '{"resource": {"aws_flow_log": ' + "[" * 9000 + "]" * 9000 + "}}", True),
        (
            "main.tf.json",
            '{"resource": {"aws_flow_log": {"a": {"log_destination": 1e999999}}}}',
            False,
        ),
        ("x.yaml", TEMPLATE + "[" * 20000 + "]" * 20000, True),
        ("x.yaml", TEMPLATE + "{a: " * 20000 + "}" * 20000, True),
        ("x.yaml", TEMPLATE + "!Sub " + "'${a}" * 9000 + "'", False),
        ("x.yaml", TEMPLATE + "\n" + "        - " * 3000 + "a", True),
        ("x.yaml", TEMPLATE + "*nothing", True),
        ("x.yaml", TEMPLATE + "&a [*a]", False),
        ("x.yaml", TEMPLATE + "!!python/object/apply:os.system [true]", False),
        ("x.json", '{"Resources": {"L": {"Type": "AWS::EC2::FlowLog", "Properties": ', True),
        ("x.json", '{"Resources": {"L": {"Type": "AWS::EC2::FlowLog"}, "L": 1}}', False),
    ],
)
def test_what_is_built_to_break(tree: Tree, name: str, content: str, said: bool) -> None:
    top = tree({name: content})
    report = run([top], working=top)
    sound(report)
    if said:
        assert report.diagnostics != ()
    assert {one.span.file for one in report.diagnostics} <= {name}


def test_files_outside_the_repository_are_not_read(tree: Tree) -> None:
    top = tree(
        {
            "secret.txt": "arn:aws:s3:::the-secret",
            "repo/.git/HEAD": "",
            "repo/main.tf": FLOW.replace("BODY", 'file("${path.module}/../secret.txt")'),
            "repo/other.tf": 'module "x" {\n  source = "../outside"\n}\n',
            "outside/main.tf": FLOW.replace("BODY", '"the-secret"'),
        }
    )
    report = run([top / "repo"], working=top)
    sound(report)
    assert "the-secret" not in reporter("json")(report, Style())
