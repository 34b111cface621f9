"""However a template is written, it says the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from validator.graph.text import Hole, Ref, Text
from validator.graph.values import Known, Unknown

if TYPE_CHECKING:
    from tests.readers.cloudformation.conftest import ReadText

BODY = """\
Resources:
  Bucket: {Type: AWS::S3::Bucket}
  Log:
    Type: AWS::EC2::FlowLog
    Properties:
      LogDestination: !GetAtt Bucket.Arn
      LogFormat: %s
"""


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("012345678901", "012345678901"),  # an 8 or 9: no octal number, so it stays text
        ("012345670123", "1402433619"),  # octal in YAML 1.1, which CloudFormation reads
        ("'012345670123'", "012345670123"),
        ("2012-10-17", "2012-10-17"),
        ("2012-10-17T00:00:00Z", "2012-10-17T00:00:00Z"),
        ("yes", "True"),
        ("'yes'", "yes"),
        ("1_000", "1000"),
        ("0x1F", "31"),
        ("1:30", "90"),
        ("1.50", "1.50"),
        ("1e3", "1e3"),
        ("!!str 0755", "0755"),
        (".inf", ".inf"),
        ("~", "None"),
        ("9" * 500, "9" * 500),
        ("1.0e+999999999", "1.0e+999999999"),
    ],
)
def test_scalars_are_what_yaml_makes_of_them(
    read_text: ReadText, written: str, expected: str
) -> None:
    stack = read_text(BODY % written)
    assert str(stack.shown("Log", "LogFormat")) == expected


def test_windows_line_ends_and_a_byte_order_mark_change_nothing(read_text: ReadText) -> None:
    plain = read_text(BODY % "x")
    other = read_text("\ufeff" + (BODY % "x").replace("\n", "\r\n"))
    assert not other.diagnostics
    assert other.declared("Log").span == plain.declared("Log").span
    assert other.value("Log", "LogFormat") == plain.value("Log", "LogFormat")


def test_anchors_and_merge_keys_are_followed(read_text: ReadText) -> None:
    stack = read_text(
        """\
        Metadata:
          Base: &base {ResourceType: VPC, TrafficType: ALL}
          More: &more {TrafficType: REJECT, LogFormat: y}
        Resources:
          One: {Type: AWS::EC2::FlowLog, Properties: {<<: *base, TrafficType: ACCEPT}}
          Two: {Type: AWS::EC2::FlowLog, Properties: {<<: [*base, *more]}}
          Three: {Type: AWS::EC2::FlowLog, Properties: *more}
        """
    )
    assert not stack.diagnostics
    assert stack.shown("One", "ResourceType") == "VPC"
    assert stack.shown("One", "TrafficType") == "ACCEPT"
    assert stack.shown("Two", "TrafficType") == "ALL"
    assert stack.shown("Two", "LogFormat") == "y"
    assert stack.shown("Three", "TrafficType") == "REJECT"


def test_loops_in_properties_are_written_out(read_text: ReadText) -> None:
    stack = read_text(
        """\
        Transform: AWS::LanguageExtensions
        Resources:
          Fn::ForEach::Stages:
            - Stage
            - [Dev, Prod]
            - Fn::ForEach::Kinds:
                - Kind
                - [a-1, b-2]
                - Log${Stage}&{Kind}:
                    Type: AWS::EC2::FlowLog
                    DependsOn: Bucket${Stage}
                    Properties:
                      LogDestination: !GetAtt
                        - !Sub Bucket${Stage}
                        - Arn
                      LogGroupName: !Sub "${Kind}-${AWS::Region}"
                      LogFormat: "${Kind}"
                      Tags:
                        Fn::ForEach::Tags:
                          - Tag
                          - [x, y]
                          - "${Tag}": !Ref Stage
              Bucket${Stage}: {Type: AWS::S3::Bucket}
        """
    )
    assert not stack.diagnostics
    assert stack.names == [
        "LogDeva1",
        "LogDevb2",
        "BucketDev",
        "LogProda1",
        "LogProdb2",
        "BucketProd",
    ]
    assert stack.shown("LogProdb2", "LogGroupName") == "b-2-${region}"
    assert stack.shown("LogProdb2", "LogFormat") == "b-2"
    assert stack.shown("LogProdb2", "Tags") == {"x": "Prod", "y": "Prod"}
    assert stack.world.dependencies("template.yaml#LogProda1") == {"template.yaml#BucketProd"}


def test_a_loop_over_something_open_is_a_gap(read_text: ReadText) -> None:
    stack = read_text(
        """\
        Transform: AWS::LanguageExtensions
        Parameters: {Names: {Type: CommaDelimitedList}}
        Resources:
          Fn::ForEach::Logs: [Name, !Ref Names, {"Log${Name}": {Type: AWS::EC2::FlowLog}}]
          Fixed: {Type: AWS::EC2::FlowLog, Properties: {LogDestination: !GetAtt LogX.Arn}}
        """
    )
    (gap,) = stack.world.gaps
    assert "parameter Names has no value" in gap.why
    value = stack.value("Fixed", "LogDestination")
    assert isinstance(value, Known)
    assert isinstance(value.value, Text)
    assert isinstance(value.value.pieces[0], Hole)


def test_a_reference_is_a_dependency_wherever_it_stands(read_text: ReadText) -> None:
    stack = read_text(
        """\
        Conditions: {Never: !Equals [a, b]}
        Resources:
          Queue: {Type: AWS::SQS::Queue, DependsOn: [Topic]}
          Topic: {Type: AWS::SNS::Topic}
          Bucket: {Type: AWS::S3::Bucket, DependsOn: Topic}
          Key: {Type: AWS::KMS::Key, Condition: Never}
          Log:
            Type: AWS::EC2::FlowLog
            DependsOn: Key
            Properties:
              LogDestination: !Sub ["${Arn}/x${AWS::Region}", {Arn: !GetAtt Bucket.Arn}]
              LogFormat: !If [Never, !Ref Topic, !Sub "${Queue.Arn}-${!Topic}"]
              Tags: [{Key: self, Value: !Ref Log}]
        """
    )
    of = stack.world.dependencies
    assert of("template.yaml#Log") == {"template.yaml#Bucket", "template.yaml#Queue"}
    assert of("template.yaml#Queue") == {"template.yaml#Topic"}
    assert of("template.yaml#Nothing") == frozenset()


def test_an_open_branch_is_a_dependency_only_if_both_sides_have_it(read_text: ReadText) -> None:
    lines = ["Parameters:"]
    lines += [f"  P{index}: {{Type: String}}" for index in range(8)]
    lines += ["Conditions:"]
    lines += [f"  C{index}: !Equals [!Ref P{index}, x]" for index in range(8)]
    lines += ["Resources:", "  A: {Type: AWS::S3::Bucket}", "  B: {Type: AWS::S3::Bucket}"]
    for index in range(8):
        value = f"!If [C{index}, !Sub '${{A}}${{B}}', !Ref A]"
        lines += [f"  L{index}: {{Type: AWS::EC2::FlowLog, Properties: {{LogFormat: {value}}}}}"]
    stack = read_text("\n".join(lines))
    world = stack.worlds[0]
    opened = [one for one in world.resources if isinstance(one.attribute("LogFormat"), Unknown)]
    assert len(opened) == 2
    for one in opened:
        assert world.dependencies(one.address) == {"template.yaml#A"}


def test_rules_leave_out_what_they_refuse(read_text: ReadText) -> None:
    text = """\
        Parameters:
          Stage: {Type: String, AllowedValues: [dev, prod]}
          Key: {Type: String, Default: ""}
        Rules:
          ProdNeedsKey:
            RuleCondition: !Equals [!Ref Stage, prod]
            Assertions:
              - Assert: !Not [!Equals [!Ref Key, ""]]
                AssertDescription: prod needs a key
          OnlyThese:
            Assertions:
              - Assert: {Fn::Contains: [[dev, prod], !Ref Stage]}
        Resources:
          Log: {Type: AWS::EC2::FlowLog, Properties: {LogFormat: !Ref Stage}}
        """
    stack = read_text(text)
    assert [stack.shown("Log", "LogFormat", world) for world in stack.worlds] == ["dev"]
    assert not stack.diagnostics
    refused = read_text(text, parameters=[("Stage", "prod")])
    assert refused.messages == ["rule ProdNeedsKey refuses these parameters: prod needs a key"]
    assert len(read_text(text, parameters=[("Key", "x")]).worlds) == 2


def test_an_arn_is_split_by_its_known_form(read_text: ReadText) -> None:
    stack = read_text(BODY % '!Select [5, !Split [":", !GetAtt Bucket.Arn]]')
    value = stack.value("Log", "LogFormat")
    assert isinstance(value, Known)
    assert value.value == Text((Ref("template.yaml#Bucket", "name"),))
