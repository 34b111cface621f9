"""One world for each consistent assignment of what conditions leave open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.graph.text import Dangling, Text
from validator.graph.values import Known, Unknown

if TYPE_CHECKING:
    from tests.readers.cloudformation.conftest import ReadText


def test_nothing_open_is_one_world_without_words(read_text: ReadText) -> None:
    stack = read_text(
        """\
        Parameters: {Stage: {Type: String, Default: prod, AllowedValues: [dev, prod]}}
        Conditions: {IsProd: !Equals [!Ref Stage, prod]}
        Resources:
          Log:
            Type: AWS::EC2::FlowLog
            Properties: {LogGroupName: !If [IsProd, a, b]}
        """
    )
    assert stack.world.when == ()
    assert stack.shown("Log", "LogGroupName") == "a"
    trail = stack.value("Log", "LogGroupName").trail
    assert [step.how for step in trail] == ["condition IsProd is true"]


def test_a_resource_exists_only_where_its_condition_holds(read_text: ReadText) -> None:
    stack = read_text(
        """\
        Parameters: {Stage: {Type: String}}
        Conditions: {IsProd: !Equals [!Ref Stage, prod]}
        Resources:
          Bucket: {Type: AWS::S3::Bucket, Condition: IsProd}
          Log:
            Type: AWS::EC2::FlowLog
            Properties: {LogDestination: !GetAtt Bucket.Arn, LogFormat: !Ref Stage}
        """
    )
    prod, other = stack.when("IsProd is true"), stack.when("IsProd is false")
    assert [one.name for one in prod.resources] == ["Bucket", "Log"]
    assert [one.name for one in other.resources] == ["Log"]
    assert stack.shown("Log", "LogFormat", prod) == "prod"
    assert stack.shown("Log", "LogFormat", other) == "?parameter Stage has no value"
    gone = stack.value("Log", "LogDestination", other)
    assert isinstance(gone, Known)
    assert isinstance(gone.value, Text)
    (piece,) = gone.value.pieces
    assert isinstance(piece, Dangling)
    assert piece.why == "Bucket exists only if IsProd is true"
    assert prod.dependencies("template.yaml#Log") == {"template.yaml#Bucket"}
    assert other.dependencies("template.yaml#Log") == frozenset()


def test_different_literals_of_one_value_exclude_each_other(read_text: ReadText) -> None:
    stack = read_text(
        """\
        Parameters: {Stage: {Type: String}}
        Conditions:
          IsProd: !Equals [!Ref Stage, prod]
          IsTest: !Equals [test, !Ref Stage]
          Neither: !Not [!Or [!Condition IsProd, !Condition IsTest]]
        Resources:
          A: {Type: AWS::S3::Bucket, Condition: IsProd}
          B: {Type: AWS::S3::Bucket, Condition: IsTest}
          C: {Type: AWS::S3::Bucket, Condition: Neither}
        """
    )
    assert sorted(world.when for world in stack.worlds) == [
        ("IsProd is false", "IsTest is false", "Neither is true"),
        ("IsProd is false", "IsTest is true", "Neither is false"),
        ("IsProd is true", "IsTest is false", "Neither is false"),
    ]
    assert [len(world.resources) for world in stack.worlds] == [1, 1, 1]


def test_values_that_make_no_difference_to_a_condition_stay_open(read_text: ReadText) -> None:
    stack = read_text(
        """\
        Parameters: {Stage: {Type: String}}
        Conditions:
          IsSmall: !Or [!Equals [!Ref Stage, dev], !Equals [!Ref Stage, test]]
          IsUs: !Or [!Equals [!Ref AWS::Region, us-east-1], !Equals [!Ref AWS::Region, us-west-2]]
        Resources:
          Log:
            Type: AWS::EC2::FlowLog
            Properties:
              LogGroupName: !If [IsSmall, !Ref Stage, large]
              LogFormat: !If [IsUs, !Ref AWS::Region, abroad]
        """
    )
    assert len(stack.worlds) == 4
    world = stack.when("IsSmall is true", "IsUs is true")
    assert "parameter Stage has no value" in str(stack.shown("Log", "LogGroupName", world))
    assert stack.shown("Log", "LogFormat", world) == "${region}"
    assert world.resources[0].place.region.literal is None


def test_every_allowed_value_is_judged(read_text: ReadText) -> None:
    stack = read_text(
        """\
        Parameters: {Stage: {Type: String, AllowedValues: [dev, prod]}}
        Mappings: {Names: {dev: {Log: dev-logs}, prod: {Log: prod-logs}}}
        Resources:
          Log:
            Type: AWS::EC2::FlowLog
            Properties: {LogGroupName: !FindInMap [Names, !Ref Stage, Log]}
        """
    )
    dev, prod = stack.when("parameter Stage is dev"), stack.when("parameter Stage is prod")
    assert stack.shown("Log", "LogGroupName", dev) == "dev-logs"
    assert stack.shown("Log", "LogGroupName", prod) == "prod-logs"


def test_allowed_values_that_nothing_read_depends_on_split_nothing(read_text: ReadText) -> None:
    stack = read_text(
        """\
        Parameters:
          Days: {Type: Number, AllowedValues: [1, 7, 30]}
          Size: {Type: String, AllowedValues: [small, large]}
        Conditions: {IsLarge: !Equals [!Ref Size, large]}
        Resources:
          Group: {Type: AWS::Logs::LogGroup, Properties: {RetentionInDays: !Ref Days}}
          Vpc: {Type: AWS::EC2::VPC, Condition: IsLarge}
        """
    )
    assert stack.world.when == ()


def test_a_pseudo_parameter_is_assigned_too(read_text: ReadText) -> None:
    text = """\
        Conditions: {Home: !Equals [!Ref AWS::Region, us-east-1]}
        Resources:
          Log:
            Type: AWS::EC2::FlowLog
            Properties: {LogGroupName: !If [Home, !Ref AWS::Region, away]}
        """
    stack = read_text(text)
    home = stack.when("Home is true")
    assert stack.shown("Log", "LogGroupName", home) == "us-east-1"
    assert home.resources[0].place.region.literal == "us-east-1"
    assert stack.when("Home is false").resources[0].place.region.literal is None
    given = read_text(text, region="eu-west-1")
    assert given.shown("Log", "LogGroupName") == "away"


def test_a_region_outside_a_partition_is_no_world(read_text: ReadText) -> None:
    stack = read_text(
        """\
        Conditions:
          Home: !Equals [!Ref AWS::Region, us-east-1]
          China: !Equals [!Ref AWS::Partition, aws-cn]
        Resources:
          A: {Type: AWS::S3::Bucket, Condition: Home}
          B: {Type: AWS::S3::Bucket, Condition: China}
        """
    )
    assert ("Home is true", "China is true") not in [world.when for world in stack.worlds]
    assert len(stack.worlds) == 3


def test_a_comparison_of_something_computed_is_split_upon_its_outcome(
    read_text: ReadText,
) -> None:
    stack = read_text(
        """\
        Parameters: {Subnets: {Type: CommaDelimitedList}}
        Conditions: {Any: !Not [!Equals [!Join ["", !Ref Subnets], ""]]}
        Resources:
          A: {Type: AWS::S3::Bucket, Condition: Any}
        """
    )
    assert sorted(world.when for world in stack.worlds) == [("Any is false",), ("Any is true",)]


def test_a_literal_that_a_parameter_cannot_be_makes_no_world(read_text: ReadText) -> None:
    stack = read_text(
        """\
        Parameters: {Key: {Type: String, MinLength: 1}}
        Conditions: {HasKey: !Not [!Equals [!Ref Key, ""]]}
        Resources:
          Group: {Type: AWS::Logs::LogGroup, Properties: {LogGroupName: !If [HasKey, a, b]}}
        """
    )
    assert stack.world.when == ()
    assert stack.shown("Group", "LogGroupName") == "a"


def test_too_many_allowed_values_are_told_apart_by_what_is_compared(read_text: ReadText) -> None:
    values = ", ".join(f"v{index}" for index in range(100))
    stack = read_text(
        f"""\
        Parameters: {{Stage: {{Type: String, AllowedValues: [{values}]}}}}
        Conditions: {{IsFirst: !Equals [!Ref Stage, v0]}}
        Resources:
          Group: {{Type: AWS::Logs::LogGroup, Properties: {{LogGroupName: !Ref Stage}}}}
          Bucket: {{Type: AWS::S3::Bucket, Condition: IsFirst}}
        """
    )
    first, other = stack.when("IsFirst is true"), stack.when("IsFirst is false")
    assert stack.shown("Group", "LogGroupName", first) == "v0"
    assert stack.shown("Group", "LogGroupName", other) == "?parameter Stage has no value"


def test_past_the_budget_conditions_stay_open(read_text: ReadText) -> None:
    lines = ["Parameters:"]
    lines += [f"  P{index}: {{Type: String}}" for index in range(12)]
    lines += ["Conditions:"]
    lines += [f"  C{index}: !Equals [!Ref P{index}, x]" for index in range(12)]
    lines += ["Resources:"]
    lines += [f"  B{index}: {{Type: AWS::S3::Bucket, Condition: C{index}}}" for index in range(12)]
    stack = read_text("\n".join(lines))
    assert len(stack.worlds) == 64
    for world in stack.worlds:
        unknown = [one for one in world.resources if isinstance(one.exists, Unknown)]
        assert len(unknown) == 6
        assert len(world.when) == 6


def test_a_secret_value_is_never_in_the_words(read_text: ReadText) -> None:
    stack = read_text(
        """\
        Parameters: {Token: {Type: String, NoEcho: true, AllowedValues: [hunter2, swordfish]}}
        Resources:
          Log: {Type: AWS::EC2::FlowLog, Properties: {LogFormat: !Ref Token}}
        """
    )
    for world in stack.worlds:
        assert "hunter2" not in str((world.when, stack.shown("Log", "LogFormat", world)))
        value = stack.value("Log", "LogFormat", world)
        assert "hunter2" not in str([step.how for step in value.trail])
