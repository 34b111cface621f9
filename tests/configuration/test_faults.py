"""What is wrong with a configuration, each fault at its place."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tests.configuration.cases import (
    options,
    wrong,
)
from validator import cli
from validator.findings import Severity

Tree = Callable[[Mapping[str, str | bytes]], Path]


def test_every_fault_of_meaning_is_said_at_once(tree: Tree) -> None:
    text = """\
account = "prd"
never-ignore = ["flow-log-quota", "flow-log-duplicate"]
ignore = ["flow-log-duplicate"]
var-files = ["none.tfvars", "../../x.tfvars", "/etc/passwd"]
baseline = "../known.json"
[severity]
flow-log-quota = "off"
[accounts]
prod = "111122223333"
[[deploy]]
paths = ["x"]
account = "production"
parameter-files = ["predeploy.toml/x"]
"""
    tree({".git/HEAD": "", "predeploy.toml": text})
    assert wrong() == [
        "predeploy.toml:1:11 there is no account prd in [accounts]; did you mean prod?",
        "predeploy.toml:3:11 flow-log-duplicate cannot be ignored and be in never-ignore",
        "predeploy.toml:4:14 there is no file none.tfvars",
        "predeploy.toml:4:29 ../../x.tfvars lies outside the repository and is not read",
        "predeploy.toml:4:47 /etc/passwd lies outside the repository and is not read",
        "predeploy.toml:5:12 ../known.json lies outside the repository and is not read",
        "predeploy.toml:7:1 flow-log-quota cannot be ignored and be in never-ignore",
        "predeploy.toml:12:11 there is no account production in [accounts]: there is prod",
        "predeploy.toml:13:20 there is no file predeploy.toml/x",
    ]


def test_a_rule_that_is_none_is_said_with_the_nearest(tree: Tree) -> None:
    text = """\
[tool.predeploy]
select = ["flow-log-role-mising"]
[tool.predeploy.path-ignores]
"x" = ["flow-log-quota", "zzz"]
[tool.predeploy.severity]
bucket-key-id = "off"
"""
    tree({".git/HEAD": "", "pyproject.toml": text})
    assert wrong() == [
        "pyproject.toml:2:11 there is no rule flow-log-role-mising; "
        "did you mean flow-log-role-missing?",
        "pyproject.toml:4:26 there is no rule zzz; --list-rules shows all",
        "pyproject.toml:6:1 there is no rule bucket-key-id; did you mean bucket-key-id-not-arn?",
    ]


RULE = '''"""Mine.

## Why delivery fails

It does not."""
from validator.findings import Findings, Rule, Severity
from validator.graph.graph import Graph

RULE = Rule(id="my-rule", name="Mine", severity=Severity.INFO, predicts="x", when="deploy",
            aliases=("old-name",))


def check(graph: Graph) -> Findings:
    """Nothing."""
    yield from ()
'''


def test_rules_of_ones_own_are_known_where_they_are_loaded(tree: Tree) -> None:
    text = 'never-ignore = ["my-rule"]\nselect = ["old-name"]\nseverity.old-name = "error"\n'
    tree({".git/HEAD": "", "predeploy.toml": text, "mine/a.py": RULE})
    assert [one.rpartition(" ")[2] for one in wrong()] == ["all"] * 3
    found = options("--rules", "mine")
    # An alias counts as the rule's own id.
    assert found.select == found.never_ignore == {"my-rule"}
    assert found.severity == {"my-rule": Severity.ERROR}


@pytest.mark.parametrize("format_", ["text", "concise", "json"])
def test_a_bad_configuration_is_a_report_and_exit_2(
    tree: Tree, format_: str, capfd: pytest.CaptureFixture[str]
) -> None:
    tree({".git/HEAD": "", "predeploy.toml": 'slect = 1\nrules = ["x"]\nfail-on = "x"\n'})
    assert cli.main(["--format", format_]) == 2
    shown = capfd.readouterr()
    assert shown.err == ""
    if format_ == "json":
        told = [(one["line"], one["kind"]) for one in json.loads(shown.out)["diagnostics"]]
        assert told == [(1, "config"), (2, "config"), (3, "config")]
    else:
        assert "predeploy.toml:1:1: " in shown.out
        assert "the configuration has no key slect; did you mean select?" in shown.out
        assert "a configuration loads no code: give --rules DIR" in shown.out
    assert cli.main(["--format", format_, "--output", "report.txt"]) == 2
    assert "slect" in Path("report.txt").read_text()


@pytest.mark.parametrize("arguments", [["--show-files"], ["--show-settings"], ["--trace", "x"]])
def test_a_bad_configuration_stops_whatever_is_asked(
    tree: Tree, arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    tree({".git/HEAD": "", "predeploy.toml": "slect = 1\n"})
    assert cli.main(arguments) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.startswith("validate: predeploy.toml:1:1: the configuration has no key slect")
    assert cli.main(["--list-rules"]) == 0


def test_the_table_of_pyproject_is_a_table(tree: Tree) -> None:
    tree({".git/HEAD": "", "pyproject.toml": "[tool]\npredeploy = 1\n"})
    assert wrong() == ["pyproject.toml:2:1 [tool.predeploy] must be a table"]
