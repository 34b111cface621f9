"""Nested stacks and stack sets."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from validator.graph.text import Dangling, Hole, Ref, Symbol, Text
from validator.graph.values import Known

if TYPE_CHECKING:
    from tests.readers.cloudformation.conftest import ReadText
    from validator.graph.text import Piece
    from validator.graph.values import Node

PARENT = """\
Parameters: {Stage: {Type: String, Default: prod}}
Resources:
  Network:
    Type: AWS::CloudFormation::Stack
    Properties:
      TemplateURL: stacks/network.yaml
      Parameters: {Name: !Sub "${Stage}-logs", Parts: "a,b"}
  Log:
    Type: AWS::EC2::FlowLog
    Properties:
      LogDestination: !GetAtt Network.Outputs.BucketArn
      LogFormat: !Sub "${Network.Outputs.Name}"
"""

CHILD = """\
Parameters: {Name: {Type: String}, Parts: {Type: CommaDelimitedList}, Open: {Type: String}}
Resources:
  Bucket:
    Type: AWS::S3::Bucket
    Properties: {BucketName: !Ref Name, Tags: [{Key: !Select [1, !Ref Parts], Value: !Ref Open}]}
Outputs:
  BucketArn: {Value: !GetAtt Bucket.Arn}
  Name: {Value: !Ref Name}
"""


def _pieces(node: Node) -> tuple[Piece, ...]:
    assert isinstance(node, Known)
    assert isinstance(node.value, Text)
    return node.value.pieces


def test_a_nested_stack_takes_parameters_and_gives_outputs(read_text: ReadText) -> None:
    stack = read_text(PARENT, file="top.yaml", beside={"stacks/network.yaml": CHILD})
    assert not stack.diagnostics
    assert not stack.world.gaps
    assert stack.names == ["Log", "Network/Bucket"]
    assert _pieces(stack.value("Log", "LogDestination")) == (Ref("top.yaml#Network/Bucket", "arn"),)
    assert stack.shown("Log", "LogFormat") == "prod-logs"
    name = stack.value("Network/Bucket", "BucketName")
    assert isinstance(name, Known)
    assert [step.how for step in name.trail] == [
        "parameter Name of Network",
        "parameter Stage, default",
    ]
    bucket = stack.declared("Network/Bucket")
    assert bucket.span.file == "stacks/network.yaml"
    assert bucket.address == "top.yaml#Network/Bucket"
    assert stack.shown("Network/Bucket", "Tags") == [
        {"Key": "b", "Value": "?parameter Open has no value"}
    ]


def test_dependencies_reach_through_nested_stacks(read_text: ReadText) -> None:
    stack = read_text(PARENT, file="top.yaml", beside={"stacks/network.yaml": CHILD})
    of = stack.world.dependencies
    assert of("top.yaml#Log") == {"top.yaml#Network"}
    assert of("top.yaml#Network") == {"top.yaml#Network/Bucket"}


def test_what_is_nested_waits_for_what_its_stack_waits_for(read_text: ReadText) -> None:
    text = """\
        Resources:
          First: {Type: AWS::S3::Bucket}
          Network:
            Type: AWS::CloudFormation::Stack
            DependsOn: First
            Properties: {TemplateURL: child.yaml}
        """
    child = "Resources: {Log: {Type: AWS::EC2::FlowLog}}"
    stack = read_text(text, beside={"child.yaml": child})
    assert stack.world.dependencies("template.yaml#Network/Log") == {"template.yaml#First"}


def test_an_output_that_the_child_does_not_have_dangles(read_text: ReadText) -> None:
    text = PARENT.replace("Outputs.BucketArn", "Outputs.Nope")
    stack = read_text(text, file="top.yaml", beside={"stacks/network.yaml": CHILD})
    assert _pieces(stack.value("Log", "LogDestination")) == (Dangling("Network.Outputs.Nope", ""),)


def test_a_parents_open_parameter_splits_the_worlds_of_a_child(read_text: ReadText) -> None:
    parent = PARENT.replace(", Default: prod", "").replace('!Sub "${Stage}-logs"', "!Ref Stage")
    child = CHILD + "Conditions: {IsProd: !Equals [!Ref Name, prod]}\n"
    child = child.replace(
        "Type: AWS::S3::Bucket\n", "Type: AWS::S3::Bucket\n    Condition: IsProd\n"
    )
    stack = read_text(parent, file="top.yaml", beside={"stacks/network.yaml": child})
    prod, other = (
        stack.when("Network/IsProd is true"),
        stack.when("Network/IsProd is false"),
    )
    assert [one.name for one in prod.resources] == ["Log", "Network/Bucket"]
    assert [one.name for one in other.resources] == ["Log"]
    (piece,) = _pieces(stack.value("Log", "LogDestination", other))
    assert isinstance(piece, Dangling)


def test_a_child_behind_a_condition_exists_only_there(read_text: ReadText) -> None:
    parent = (
        PARENT.replace(
            "    Type: AWS::CloudFormation::Stack\n",
            "    Type: AWS::CloudFormation::Stack\n    Condition: Never\n",
        )
        + "Conditions: {Never: !Equals [a, b]}\n"
    )
    stack = read_text(parent, file="top.yaml", beside={"stacks/network.yaml": CHILD})
    assert stack.names == ["Log"]
    (piece,) = _pieces(stack.value("Log", "LogDestination"))
    assert isinstance(piece, Dangling)


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("https://example.com/x.yaml", "is at https://example.com/x.yaml, not in these files"),
        ("nowhere.yaml", "is nowhere.yaml, which cannot be read: No such file or directory"),
        ("../../../etc/passwd", "which cannot be read: this lies outside the repository"),
        ("!Sub '${AWS::Region}.yaml'", "is at an address that is not known"),
    ],
)
def test_a_template_that_is_not_here_is_a_gap(read_text: ReadText, url: str, why: str) -> None:
    stack = read_text(PARENT.replace("stacks/network.yaml", url), file="top.yaml")
    (gap,) = stack.world.gaps
    assert why in gap.why
    assert gap.why.startswith("the template of Network ")
    assert not stack.diagnostics
    assert _pieces(stack.value("Log", "LogDestination")) == (
        Hole("top.yaml#Network.Outputs.BucketArn", ""),
    )


def test_a_broken_child_is_a_diagnostic_and_a_gap(read_text: ReadText) -> None:
    stack = read_text(PARENT, file="top.yaml", beside={"stacks/network.yaml": "Resources: ["})
    assert [fault.span.file for fault in stack.diagnostics] == ["stacks/network.yaml"]
    assert [gap.why for gap in stack.world.gaps] == ["the template of Network cannot be read"]


def test_stacks_that_nest_each_other_end(read_text: ReadText) -> None:
    loop = PARENT.replace("stacks/network.yaml", "{}")
    stack = read_text(
        loop.replace("{}", "b.yaml", 1),
        file="a.yaml",
        beside={"b.yaml": loop.replace("{}", "a.yaml", 1)},
    )
    assert stack.messages == ["a.yaml nests itself"]
    assert [gap.why for gap in stack.world.gaps] == [
        "the template of Network/Network leads back to itself"
    ]


def test_the_cdk_names_the_file_of_a_nested_stack(read_text: ReadText) -> None:
    template = {
        "Resources": {
            "Child": {
                "Type": "AWS::CloudFormation::Stack",
                "Properties": {
                    "TemplateURL": {"Fn::Join": ["", ["https://s3.", {"Ref": "AWS::URLSuffix"}]]}
                },
                "Metadata": {"aws:asset:path": "Child.nested.template.json"},
            }
        }
    }
    child = json.dumps({"Resources": {"Bucket": {"Type": "AWS::S3::Bucket"}}})
    stack = read_text(
        json.dumps(template),
        file="cdk.out/App.template.json",
        beside={"cdk.out/Child.nested.template.json": child},
    )
    assert stack.names == ["Child/Bucket"]


STACK_SET = """\
Resources:
  Everywhere:
    Type: AWS::CloudFormation::StackSet
    Properties:
      StackSetName: logs
      Parameters: [{ParameterKey: Name, ParameterValue: central}]
      TemplateBody: |
        Parameters: {Name: {Type: String}}
        Resources:
          Log:
            Type: AWS::EC2::FlowLog
            Properties: {LogFormat: !Ref Name, LogGroupName: !Ref AWS::AccountId}
"""


def test_a_stack_set_is_read_as_deployed_elsewhere(read_text: ReadText) -> None:
    stack = read_text(STACK_SET, account="123456789012")
    assert not stack.diagnostics
    log = stack.declared("Everywhere/Log")
    assert (log.span.line, log.span.column) == (10, 11)
    assert stack.shown("Everywhere/Log", "LogFormat") == "central"
    elsewhere = "template.yaml#Everywhere"
    assert _pieces(stack.value("Everywhere/Log", "LogGroupName")) == (Symbol("account", elsewhere),)
    assert log.place.account.pieces == (Symbol("account", elsewhere),)
    value = stack.value("Everywhere/Log", "LogGroupName")
    assert (value.span.line, value.span.column) == (12, 62)


def test_a_broken_inline_template_has_its_place(read_text: ReadText) -> None:
    stack = read_text(STACK_SET.replace("          Log:\n", "          Log: 1\n          Log:\n"))
    (fault,) = stack.diagnostics
    assert (fault.span.line, fault.span.column) == (11, 11)
    assert "Log is written twice here (first in line 10)" in fault.message
