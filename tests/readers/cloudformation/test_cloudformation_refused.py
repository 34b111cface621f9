"""What CloudFormation refuses, or cannot be read, is a diagnostic with its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.readers.cloudformation.conftest import ReadText


@pytest.mark.parametrize(
    ("text", "message", "line"),
    [
        ("Resources:\n  A:\n    B: 1\n    B: 2\n", "B is written twice here (first in line 3)", 4),
        ("Resources:\n  [a]: {Type: x}\n", "a key must be text, not a list or an object", 2),
        ("Resources:\n  A: {<<: x}\n", "a merge key takes a mapping, or a list of mappings", 2),
        ("Resources:\n  A: text\n", "resource A is no object", 2),
        ("Resources:\n- a\n", "Resources must be an object", 2),
        ("Resources: {}\nOutputs: [a]\n", "Outputs must be an object", 2),
        ("Parameters: {}\n", "this is no template: it has no Resources", 1),
        ("- a\n", "this is no template: it has no Resources", 1),
        ("", "this file is empty", 1),
        ("Resources: {}\n---\nResources: {}\n", "expected a single document", 2),
        ("Resources: *nothing\n", "found undefined alias", 1),
        (
            "Resources:\n  A: {Type: AWS::S3::Bucket, Condition: No}\n",
            "there is no condition No",
            2,
        ),
        ("Resources: {A: \x01}\n", "this is no YAML", 1),
        (
            "Parameters: {A: {Type: String, Default: c, AllowedValues: [a, b]}}\nResources: {}\n",
            "parameter A: the default is none of its AllowedValues",
            1,
        ),
        (
            "Resources:\n  Fn::ForEach::A: [N, [a], {'B${N}': {Type: AWS::S3::Bucket}}]\n",
            "Fn::ForEach needs Transform: AWS::LanguageExtensions",
            2,
        ),
    ],
)
def test_what_cloudformation_refuses_is_reported(
    read_text: ReadText, text: str, message: str, line: int
) -> None:
    stack = read_text(text)
    (fault,) = stack.diagnostics
    assert message in fault.message
    assert fault.span.line == line
    assert fault.kind == "syntax"


@pytest.mark.parametrize("text", ["Resources: [", "", "a: b", "\t"])
def test_a_broken_template_is_a_world_with_a_gap(read_text: ReadText, text: str) -> None:
    stack = read_text(text)
    assert stack.world.resources == ()
    (gap,) = stack.world.gaps
    assert gap.why == stack.messages[0]


def test_a_file_that_is_no_text_is_unreadable(read_text: ReadText) -> None:
    stack = read_text("Resources: \x00\n")
    assert [fault.kind for fault in stack.diagnostics] == ["unreadable"]
    assert stack.world.gaps


def test_json_that_only_yaml_forgives_is_reported(read_text: ReadText) -> None:
    text = '{"Resources": {"Log": {"Type": "AWS::EC2::FlowLog",}}}'
    stack = read_text(text, file="template.json")
    assert stack.names == ["Log"]
    (fault,) = stack.diagnostics
    assert "this is no JSON" in fault.message
    assert not read_text(text, file="template.yaml").diagnostics


@pytest.mark.parametrize(
    ("expression", "message"),
    [
        ("!Equals [a]", "Fn::Equals takes two values in a list"),
        ("!Not [!Equals [a, b], !Equals [a, b]]", "Fn::Not takes one condition in a list"),
        ("!And [!Equals [a, b]]", "Fn::And takes two to ten conditions in a list"),
        ("!Or x", "Fn::Or takes two to ten conditions in a list"),
        ("!Not [!Condition Nope]", "there is no condition Nope"),
        ("!Not [{Condition: [a]}]", "Condition takes a name"),
        ("!Equals [!Nope a, b]", "Fn::Nope is no function of CloudFormation"),
    ],
)
def test_a_malformed_condition_is_reported(
    read_text: ReadText, expression: str, message: str
) -> None:
    stack = read_text(
        f"Conditions:\n  C: {expression}\nResources:\n"
        "  Bucket: {Type: AWS::S3::Bucket, Condition: C}\n"
    )
    assert message in stack.messages
    assert {fault.span.line for fault in stack.diagnostics} == {2}


def test_keys_that_are_no_text_go_however_many_are_told_of(read_text: ReadText) -> None:
    odd = "".join(f"  m{n}:\n    ? [a]\n    : b\n" for n in range(150))
    log = "  L:\n    Type: AWS::EC2::FlowLog\n    ? [b]\n    : c\n  ? [d]\n  : {}\n"
    for text in (f"Metadata:\n{odd}Resources:\n{log}", f"Resources:\n{log}Metadata:\n{odd}"):
        stack = read_text(text)
        assert stack.names == ["L"]
        assert len(stack.diagnostics) == 100
        assert set(stack.messages) == {"a key must be text, not a list or an object"}


def test_of_a_mapping_key_that_is_written_twice_the_last_one_counts(read_text: ReadText) -> None:
    stack = read_text(
        "Mappings:\n  M: {a: {x: first}, a: {x: second, x: third}}\nResources:\n"
        "  L: {Type: AWS::EC2::FlowLog, Properties: {LogFormat: !FindInMap [M, a, x]}}\n"
    )
    assert stack.shown("L", "LogFormat") == "third"
    assert [fault.kind for fault in stack.diagnostics] == ["syntax", "syntax"]
