"""Where parameters get their values from."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from validator.graph.text import Text
from validator.graph.values import Known, Unknown

if TYPE_CHECKING:
    from tests.readers.cloudformation.conftest import ReadText

TEMPLATE = """\
Parameters:
  Name: {Type: String, Default: plain}
Resources:
  Log:
    Type: AWS::EC2::FlowLog
    Properties:
      LogGroupName: !Ref Name
"""


def test_a_default_is_the_value_and_leaves_a_trail(read_text: ReadText) -> None:
    stack = read_text(TEMPLATE)
    value = stack.value("Log", "LogGroupName")
    (step,) = value.trail
    assert step.how == "parameter Name, default"
    assert (step.span.line, step.span.column) == (2, 33)
    assert (value.span.line, value.span.column) == (7, 21)


def test_an_option_stands_over_files_and_later_over_earlier(read_text: ReadText) -> None:
    beside = {
        "one.json": json.dumps([{"ParameterKey": "Name", "ParameterValue": "one"}]),
        "two.json": json.dumps({"Parameters": {"Name": "two"}, "Tags": {"a": "b"}}),
    }
    files = ("one.json", "two.json")
    assert read_text(TEMPLATE, beside=beside, parameter_files=files).shown(
        "Log", "LogGroupName"
    ) == ("two")
    stack = read_text(
        TEMPLATE,
        beside=beside,
        parameter_files=files,
        parameters=[("Name", "a"), ("Name", "b"), ("Other", "c")],
    )
    assert stack.shown("Log", "LogGroupName") == "b"
    assert not stack.diagnostics


@pytest.mark.parametrize(
    "content",
    [
        '[{"ParameterKey": "Name", "ParameterValue": "given"}]',
        '["Name=given"]',
        '{"Parameters": {"Name": "given"}}',
    ],
)
def test_parameter_files_of_the_aws_cli_and_of_codepipeline(
    read_text: ReadText, content: str
) -> None:
    stack = read_text(TEMPLATE, beside={"p.json": content}, parameter_files=["p.json"])
    assert stack.shown("Log", "LogGroupName") == "given"
    (step,) = stack.value("Log", "LogGroupName").trail
    assert step.how == "parameter Name, p.json"
    assert step.span.file == "p.json"


def test_a_previous_value_is_unknown(read_text: ReadText) -> None:
    content = '[{"ParameterKey": "Name", "UsePreviousValue": true}]'
    stack = read_text(TEMPLATE, beside={"p.json": content}, parameter_files=["p.json"])
    value = stack.value("Log", "LogGroupName")
    assert isinstance(value, Unknown)
    assert value.why == "parameter Name keeps its previous value"


@pytest.mark.parametrize("content", ["[1]", '{"Name": "x"}', '[{"Key": "Name"}]', "[", "text"])
def test_a_bad_parameter_file_is_a_diagnostic(read_text: ReadText, content: str) -> None:
    stack = read_text(TEMPLATE, beside={"p.json": content}, parameter_files=["p.json"])
    assert [fault.span.file for fault in stack.diagnostics] == ["p.json"]
    assert stack.shown("Log", "LogGroupName") == "plain"


def test_a_missing_parameter_file_is_a_diagnostic(read_text: ReadText) -> None:
    stack = read_text(TEMPLATE, parameter_files=["none.json"])
    assert [fault.kind for fault in stack.diagnostics] == ["unreadable"]


def test_a_secret_is_hidden(read_text: ReadText) -> None:
    stack = read_text(TEMPLATE.replace("Default: plain", "Default: hunter2, NoEcho: true"))
    value = stack.value("Log", "LogGroupName")
    assert isinstance(value, Known)
    assert isinstance(value.value, Text)
    assert value.value.literal == "hunter2"
    assert str(value.value) == "(sensitive)"


def test_an_ssm_parameter_is_unknown_even_with_a_default(read_text: ReadText) -> None:
    stack = read_text(
        TEMPLATE.replace(
            "Type: String, Default: plain", "Type: AWS::SSM::Parameter::Value<String>, Default: /x"
        )
    )
    value = stack.value("Log", "LogGroupName")
    assert isinstance(value, Unknown)
    assert "SSM parameter /x" in value.why
