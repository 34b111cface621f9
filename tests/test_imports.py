"""`Export` and `Fn::ImportValue` between the templates of a run."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from textwrap import dedent

import pytest

from validator.engine import run
from validator.graph.imports import EXPORT, MAX_PIECES, linked
from validator.graph.span import Span
from validator.graph.text import Hole, Lit, Text, text
from validator.graph.values import Known, Node
from validator.graph.world import Declared, World
from validator.outcomes import Verdict
from validator.reports import Report

Tree = Callable[[Mapping[str, str | bytes]], Path]

# Only deliveries of the exporting stack's own account are let in: that both stacks are in one
# account is proven by the import alone.
BUCKET = """\
Resources:
  Bucket: {Type: AWS::S3::Bucket}
  BucketPolicy:
    Type: AWS::S3::BucketPolicy
    Properties:
      Bucket: !Ref Bucket
      PolicyDocument:
        Version: "2012-10-17"
        Statement:
          - Effect: Allow
            Principal: {Service: delivery.logs.amazonaws.com}
            Action: s3:PutObject
            Resource: !Sub ${Bucket.Arn}/AWSLogs/${AWS::AccountId}/*
            Condition:
              StringEquals: {aws:SourceAccount: !Ref AWS::AccountId}
              ArnLike: {aws:SourceArn: !Sub "arn:aws:logs:${AWS::Region}:${AWS::AccountId}:*"}
          - Effect: Allow
            Principal: {Service: delivery.logs.amazonaws.com}
            Action: s3:GetBucketAcl
            Resource: !GetAtt Bucket.Arn
Outputs:
  Arn: {Value: !GetAtt Bucket.Arn, Export: {Name: central-logs}}
"""
FLOW_LOG = """\
Resources:
  FlowLog:
    Type: AWS::EC2::FlowLog
    Properties:
      ResourceId: vpc-0123456789abcdef0
      ResourceType: VPC
      TrafficType: ALL
      LogDestinationType: s3
      LogDestination: !ImportValue central-logs
"""


def judged(*paths: str) -> Report:
    report = run([Path(path) for path in paths or (".",)])
    assert not [one for one in report.diagnostics if one.kind == "internal"]
    return report


def verdict(report: Report) -> Verdict:
    (one,) = report.deliveries
    return one.verdict


def facts(report: Report) -> list[str]:
    (one,) = report.deliveries
    return [fact.fact for fact in one.open]


def rules(report: Report) -> list[str]:
    return [one.rule for one in report.findings]


def test_an_import_is_what_another_template_exports(tree: Tree) -> None:
    tree({"network.yaml": FLOW_LOG, "logs.yaml": BUCKET})
    report = judged()
    assert (verdict(report), report.findings) == (Verdict.WILL_WORK, ())
    assert report.deliveries[0].destination == "Bucket"


def test_a_fault_of_the_exporting_stack_is_found(tree: Tree) -> None:
    tree({"network.yaml": FLOW_LOG, "logs.yaml": BUCKET.replace("s3:PutObject", "s3:PutBucketAcl")})
    report = judged()
    assert verdict(report) is Verdict.MAY_FAIL
    assert rules(report) == ["bucket-policy-refuses-log-delivery"]
    assert {one.span.file for one in report.findings} == {"logs.yaml"}


def test_both_stacks_are_in_one_account_and_region(tree: Tree) -> None:
    """The other account's ID is no other text than a symbol: without the import, nobody knows."""
    named = BUCKET.replace(
        "{Type: AWS::S3::Bucket}",
        "\n    Type: AWS::S3::Bucket\n    Properties: {BucketName: acme-logs}",
    )
    by_name = FLOW_LOG.replace("!ImportValue central-logs", "arn:aws:s3:::acme-logs")
    tree({"network.yaml": by_name, "logs.yaml": named})
    assert verdict(judged()) is Verdict.CANNOT_TELL
    tree({"network.yaml": FLOW_LOG})
    assert verdict(judged()) is Verdict.WILL_WORK


def test_an_import_from_outside_the_run_stays_open(tree: Tree) -> None:
    tree({"network.yaml": FLOW_LOG})
    report = judged()
    assert (verdict(report), report.findings) == (Verdict.CANNOT_TELL, ())
    assert facts(report) == ["it is exported by another stack as central-logs"]


def test_two_stacks_that_export_different_things_settle_nothing(tree: Tree) -> None:
    tree({"network.yaml": FLOW_LOG, "a.yaml": BUCKET, "b.yaml": BUCKET})
    assert facts(judged()) == ["it is exported by another stack as central-logs"]


def test_two_stacks_that_export_the_same_text_settle_it_but_tie_nothing(tree: Tree) -> None:
    exporter = """\
        Resources: {Topic: {Type: AWS::SNS::Topic}}
        Outputs: {Arn: {Value: "arn:aws:s3:::acme-logs", Export: {Name: central-logs}}}
        """
    tree({"network.yaml": FLOW_LOG, "a.yaml": dedent(exporter), "b.yaml": dedent(exporter)})
    report = judged()
    assert rules(report) == ["flow-log-bucket-missing"]
    assert report.deliveries[0].destination == "acme-logs"


def test_a_name_that_is_put_together_from_literals_is_found(tree: Tree) -> None:
    network = FLOW_LOG.replace(
        "!ImportValue central-logs", "{Fn::ImportValue: !Sub '${Stack}-logs'}"
    )
    network = "Parameters: {Stack: {Type: String, Default: central}}\n" + network
    tree({"network.yaml": network, "logs.yaml": BUCKET})
    assert verdict(judged()) is Verdict.WILL_WORK


def test_a_part_of_a_text_may_be_imported(tree: Tree) -> None:
    network = FLOW_LOG.replace(
        "!ImportValue central-logs", "!Join ['', [!ImportValue central-logs, /vpc]]"
    )
    policy = BUCKET.replace("/AWSLogs/", "/vpc/AWSLogs/")
    tree({"network.yaml": network, "logs.yaml": policy})
    assert verdict(judged()) is Verdict.WILL_WORK
    tree({"network.yaml": network, "logs.yaml": policy.replace("/vpc/", "/vpcs/")})
    assert rules(judged()) == ["bucket-policy-refuses-log-delivery"]


def test_an_export_may_be_an_import_of_its_own(tree: Tree) -> None:
    middle = """\
        Resources: {Topic: {Type: AWS::SNS::Topic}}
        Outputs: {Arn: {Value: !ImportValue central-logs, Export: {Name: handed-on}}}
        """
    network = FLOW_LOG.replace("central-logs", "handed-on")
    tree({"network.yaml": network, "middle.yaml": dedent(middle), "logs.yaml": BUCKET})
    assert verdict(judged()) is Verdict.WILL_WORK


def test_imports_in_a_ring_stay_open(tree: Tree) -> None:
    ring = """\
        Resources: {{Topic: {{Type: AWS::SNS::Topic}}}}
        Outputs: {{Arn: {{Value: !ImportValue {0}, Export: {{Name: {1}}}}}}}
        """
    tree(
        {
            "network.yaml": FLOW_LOG.replace("central-logs", "one"),
            "one.yaml": dedent(ring.format("two", "one")),
            "two.yaml": dedent(ring.format("one", "two")),
        }
    )
    assert verdict(judged()) is Verdict.CANNOT_TELL


def test_an_export_under_an_open_condition_stays_open(tree: Tree) -> None:
    logs = BUCKET.replace("Export:", "Condition: IsProd, Export:")
    logs = (
        dedent(
            """\
        Parameters: {Stage: {Type: String}}
        Conditions: {IsProd: !Equals [!Ref Stage, prod]}
        """
        )
        + logs
    )
    tree({"network.yaml": FLOW_LOG, "logs.yaml": logs})
    report = judged()
    assert verdict(report) is Verdict.CANNOT_TELL
    assert facts(report) == ["parameter Stage has no value"]
    tree({"logs.yaml": logs.replace("{Type: String}", "{Type: String, Default: prod}")})
    assert verdict(judged()) is Verdict.WILL_WORK
    tree({"logs.yaml": logs.replace("{Type: String}", "{Type: String, Default: test}")})
    assert facts(judged()) == ["it is exported by another stack as central-logs"]


def test_an_exported_parameter_without_value_is_named(tree: Tree) -> None:
    logs = """\
        Parameters: {Where: {Type: String}}
        Resources: {Topic: {Type: AWS::SNS::Topic}}
        Outputs: {Arn: {Value: !Ref Where, Export: {Name: central-logs}}}
        """
    tree({"network.yaml": FLOW_LOG, "logs.yaml": dedent(logs)})
    assert facts(judged()) == ["parameter Where has no value"]


def test_a_nested_stack_may_import_what_its_neighbour_exports(tree: Tree) -> None:
    parent = """\
        Resources:
          Logs:
            Type: AWS::CloudFormation::Stack
            Properties: {TemplateURL: logs.yaml}
          Network:
            Type: AWS::CloudFormation::Stack
            DependsOn: Logs
            Properties: {TemplateURL: network.yaml}
          Other: {Type: AWS::EC2::FlowLog}
        """
    tree({"top.yaml": dedent(parent), "logs.yaml": BUCKET, "network.yaml": FLOW_LOG})
    found = {one.address: one.verdict for one in judged().deliveries}
    assert found["top.yaml#Network/FlowLog"] is Verdict.WILL_WORK


def test_a_stack_set_neither_exports_nor_imports_here(tree: Tree) -> None:
    parent = """\
        Resources:
          Logs:
            Type: AWS::CloudFormation::StackSet
            Properties: {TemplateURL: logs.yaml}
          Other: {Type: AWS::EC2::FlowLog}
        """
    tree({"top.yaml": dedent(parent), "stacks/network.yaml": FLOW_LOG, "logs.yaml": BUCKET})
    found = {one.address: one.verdict for one in judged("top.yaml", "stacks").deliveries}
    assert found["stacks/network.yaml#FlowLog"] is Verdict.CANNOT_TELL


def test_the_exporting_template_is_read_wherever_in_the_repository_it_is(tree: Tree) -> None:
    """It holds none of the vocabulary's types, so only its `Export` leads to it."""
    top = tree(
        {
            "stacks/network.yaml": FLOW_LOG,
            "shared/names.yaml": dedent(
                """\
                Resources: {Topic: {Type: AWS::SNS::Topic}}
                Outputs: {Arn: {Value: "arn:aws:s3:::acme-logs", Export: {Name: central-logs}}}
                """
            ),
        }
    )
    (top / ".git").mkdir()
    assert rules(judged("stacks/network.yaml")) == ["flow-log-bucket-missing"]


# --- the graph alone ---------------------------------------------------------------------------


HERE = Span("a", 1, 1, 1, 1)


def world(unit: str, value: Node | None = None, **exports: Node) -> World:
    declared = Declared(
        "cloudformation", "T", unit, "One", HERE, Known(True, HERE), lambda _: value
    )
    names = frozenset({"x"}) if value is not None else frozenset[str]()
    return World(unit, (declared,), exports=lambda: exports, imports=lambda: names)


def importing(*before: str) -> Node:
    lits = tuple(Lit(one) for one in before)
    return Known(Text((*lits, Hole(f"{EXPORT}x", "imported"))), HERE)


def test_nothing_is_done_to_worlds_without_imports() -> None:
    worlds = [world("a", x=Known(text("v"), HERE)), world("b")]
    assert linked(worlds) == worlds


def test_ties_reach_through_a_third_unit() -> None:
    shared = Known(text("v"), HERE)
    found = linked([world("a", importing()), world("b", importing()), world("c", x=shared)])
    assert [one.together for one in found] == [{"a", "b", "c"}] * 3


def test_a_unit_whose_worlds_differ_settles_nothing() -> None:
    one, other = Known(text("v"), HERE), Known(text("w"), HERE)
    found = linked([world("a", importing()), world("b", x=one), world("b", x=other)])
    assert found[0].resources[0].attribute("p") == importing()
    assert found[0].together == {"a"}


def test_what_grows_without_measure_is_not_followed() -> None:
    huge = Known(Text(tuple(Lit("v") for _ in range(MAX_PIECES + 1))), HERE)
    found = linked([world("a", importing()), world("b", x=huge)])
    assert found[0].resources[0].attribute("p") == importing()


@pytest.mark.parametrize("before", [(), ("arn:",)])
def test_the_way_to_the_export_is_kept(before: tuple[str, ...]) -> None:
    there = Span("b.yaml", 9, 3, 9, 8)
    found = linked([world("a", importing(*before)), world("b", x=Known(text("v"), there))])
    value = found[0].resources[0].attribute("p")
    assert isinstance(value, Known)
    assert str(value.value) == "".join(before) + "v"
    assert [(step.how, step.span) for step in value.trail] == [("export x", there)]
