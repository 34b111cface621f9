"""Files of parameters that several templates take their values from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from validator.config import Options
from validator.engine import run
from validator.readers import Settings

Tree = Callable[[Mapping[str, str | bytes]], Path]

STACK = """\
Parameters: {Stage: {Type: String, AllowedValues: [prod, test]}}
Resources:
  FlowLog: {Type: AWS::EC2::FlowLog, Properties: {LogGroupName: !Ref Stage}}
"""


def test_a_parameter_file_is_complained_about_once(tree: Tree) -> None:
    """However many templates take their parameters from it."""
    tree({"a.yaml": STACK, "b.yaml": STACK, "wrong.json": "[1]", "prod.json": '{"Parameters"'})
    settings = Settings(parameters=("wrong.json", "prod.json", "none.json"))
    report = run([Path()], Options(settings))
    assert [one.span.file for one in report.diagnostics] == ["none.json", "prod.json", "wrong.json"]


def test_a_value_that_the_templates_refuse_is_complained_about_once(tree: Tree) -> None:
    values = '{"Parameters": {"Stage": "dev"}}'
    tree({"a.yaml": STACK, "b.yaml": STACK, "dev.json": values})
    report = run([Path()], Options(Settings(parameters=("dev.json",))))
    assert [(one.span.file, one.message) for one in report.diagnostics] == [
        ("dev.json", "parameter Stage: dev.json is none of its AllowedValues")
    ]
