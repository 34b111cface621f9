"""Functions where `Ref` and `Fn::GetAtt` take a name, as `AWS::LanguageExtensions` allows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from validator.graph.text import Dangling, Ref, Text
from validator.graph.values import Known

if TYPE_CHECKING:
    from tests.readers.cloudformation.conftest import ReadText

TEMPLATE = """\
Transform: AWS::LanguageExtensions
Parameters:
  Which: {{Type: String, Default: Main}}
  Open: {{Type: String}}
Resources:
  MainBucket: {{Type: AWS::S3::Bucket}}
  Log:
    Type: AWS::EC2::FlowLog
    Properties: {{LogDestination: {}}}
"""


@pytest.mark.parametrize(
    ("expression", "attribute"),
    [
        ("{Ref: !Sub '${Which}Bucket'}", "name"),
        ("{Ref: {Fn::Join: ['', [Main, Bucket]]}}", "name"),
        ("{Fn::GetAtt: [!Sub '${Which}Bucket', Arn]}", "arn"),
        ("{Fn::GetAtt: !Sub '${Which}Bucket.Arn'}", "arn"),
    ],
)
def test_a_name_may_be_computed(read_text: ReadText, expression: str, attribute: str) -> None:
    stack = read_text(TEMPLATE.format(expression))
    assert not stack.diagnostics
    value = stack.value("Log", "LogDestination")
    assert isinstance(value, Known)
    assert value.value == Text((Ref("template.yaml#MainBucket", attribute),))
    of = stack.world.dependencies
    assert of("template.yaml#Log") == {"template.yaml#MainBucket"}


@pytest.mark.parametrize("name", ["Ref", "Fn::GetAtt"])
def test_a_name_that_is_open_is_unknown_and_no_fault(read_text: ReadText, name: str) -> None:
    stack = read_text(TEMPLATE.format(f"{{{name}: !Ref Open}}"))
    assert not stack.diagnostics
    assert "not known" in str(stack.shown("Log", "LogDestination"))


def test_a_computed_name_that_nothing_declares_is_a_fault(read_text: ReadText) -> None:
    stack = read_text(TEMPLATE.format("{Ref: !Sub '${Which}Buckets'}"))
    value = stack.value("Log", "LogDestination")
    assert isinstance(value, Known)
    assert isinstance(value.value, Text)
    assert value.value.pieces == (Dangling("MainBuckets", ""),)


@pytest.mark.parametrize(
    ("expression", "message"),
    [
        ("{Ref: !Sub '${Which}Bucket'}", "Ref takes a name"),
        (
            "{Fn::GetAtt: !Sub '${Which}Bucket.Arn'}",
            "Fn::GetAtt takes a resource and an attribute",
        ),
    ],
)
def test_without_the_transform_a_name_is_written(
    read_text: ReadText, expression: str, message: str
) -> None:
    stack = read_text(
        TEMPLATE.format(expression).replace("AWS::LanguageExtensions", "AWS::Include")
    )
    assert stack.messages == [message]


@pytest.mark.parametrize("argument", ["[MainBucket]", "{a: b}"])
def test_what_is_neither_name_nor_function_is_refused(read_text: ReadText, argument: str) -> None:
    stack = read_text(TEMPLATE.format(f"{{Ref: {argument}}}"))
    assert stack.messages == ["Ref takes a name"]


def test_a_loop_may_compute_the_names_that_it_made(read_text: ReadText) -> None:
    stack = read_text(
        """\
        Transform: AWS::LanguageExtensions
        Resources:
          Fn::ForEach::Both:
            - Name
            - [A, B]
            - Subnet${Name}: {Type: AWS::S3::Bucket}
              Log${Name}:
                Type: AWS::EC2::FlowLog
                Properties: {LogDestination: {Ref: !Sub "Subnet${Name}"}}
        """
    )
    assert not stack.diagnostics
    assert stack.shown("LogA", "LogDestination") == "${SubnetA.name}"
    assert stack.shown("LogB", "LogDestination") == "${SubnetB.name}"
