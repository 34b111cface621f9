"""The way of the logs: every stop that is there, each as the needs about it stand."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from validator.config import Options
from validator.engine import run
from validator.outcomes import Delivered, Verdict
from validator.readers import Settings

Tree = Callable[[Mapping[str, str | bytes]], Path]
SAMPLES = Path(__file__).parents[2] / "sample_templates"
SOURCE = '  vpc_id = "vpc-0a1b2c3d"\n  traffic_type = "ALL"\n'


def one(files: Mapping[str, str | bytes], tree: Tree, **settings: str) -> Delivered:
    top = tree(files)
    (delivered,) = run([top], Options(settings=Settings(**settings))).deliveries  # type: ignore[arg-type]
    return delivered


def said(delivered: Delivered) -> list[tuple[str, str, str, str]]:
    return [(hop.what, hop.name, hop.state, hop.why) for hop in delivered.path]


def test_a_bucket_with_policy_and_key(tree: Tree) -> None:
    bucket = (SAMPLES / "bucket-key-id-not-arn" / "bad.tf").read_text(encoding="utf-8")
    path = one({"main.tf": bucket}, tree).path
    assert [(hop.kind, hop.name, hop.state, hop.why) for hop in path] == [
        ("source", "aws_vpc.bad", "good", ""),
        ("destination", "acme-key-id-bad", "good", ""),
        ("policy", "aws_s3_bucket_policy.bad", "good", ""),
        ("key", "aws_kms_key.bad", "bad", "this is the ID of aws_kms_key.bad"),
    ]
    lines = bucket.split("\n")
    for hop, begin in zip(path[1:], ("bucket", "bucket_policy", "key"), strict=True):
        assert f"{begin}" in lines[hop.span.line - 1], hop


def test_a_bucket_that_is_not_declared_is_named_where_the_flow_log_names_it(tree: Tree) -> None:
    text = (
        'resource "aws_flow_log" "a" {\n  log_destination_type = "s3"\n'
        '  log_destination = "arn:aws:s3:::central-logs/network"\n' + SOURCE + "}\n"
    )
    delivered = one({"main.tf": text}, tree)
    assert said(delivered) == [
        ("VPC", "vpc-0a1b2c3d", "good", ""),
        ("bucket", "central-logs", "at-risk", "nothing in these files creates it"),
    ]
    assert [hop.span.line for hop in delivered.path] == [4, 3]
    assert [hop.id for hop in delivered.path] == ["VPC vpc-0a1b2c3d", "bucket central-logs"]


def test_a_bucket_without_a_policy_gets_one_from_aws(tree: Tree) -> None:
    text = (
        'resource "aws_flow_log" "a" {\n  log_destination_type = "s3"\n'
        "  log_destination = aws_s3_bucket.a.arn\n" + SOURCE + "}\n"
        'resource "aws_s3_bucket" "a" {\n  bucket = "acme"\n}\n'
    )
    delivered = one({"main.tf": text}, tree)
    assert ("bucket policy", "written by AWS", "good", "") in said(delivered)


def test_a_destination_that_is_open_says_what_is_missing(tree: Tree) -> None:
    text = (
        'variable "where" {}\nresource "aws_flow_log" "a" {\n  log_destination_type = "s3"\n'
        "  log_destination = var.where\n" + SOURCE + "}\n"
    )
    delivered = one({"main.tf": text}, tree)
    assert said(delivered)[1:] == [("bucket", "var.where", "open", "variable where has no value")]


def test_roles_and_their_policies_stand_before_and_behind_the_log_group(tree: Tree) -> None:
    text = (SAMPLES / "role-may-not-write-logs" / "bad.yaml").read_text(encoding="utf-8")
    delivered = one({"flow.yaml": text}, tree)
    assert [(hop.kind, hop.state) for hop in delivered.path] == [
        ("source", "good"),
        ("role", "good"),
        ("destination", "good"),
        ("policy", "bad"),
    ]
    assert delivered.path[3].why == "the log group's own ARN covers none of its streams"


@pytest.mark.parametrize(("sample", "why"), [("bad.yaml", "no role is given"), ("bad.tf", "")])
def test_a_missing_role_is_a_stop_without_a_name(sample: str, why: str, tree: Tree) -> None:
    text = (SAMPLES / "flow-log-role-missing" / sample).read_text(encoding="utf-8")
    delivered = one({sample: text}, tree)
    assert ("role", "", "bad", why or "no role is given") in said(delivered)


def test_a_role_beside_s3_is_shown_where_it_does_not_belong(tree: Tree) -> None:
    text = (SAMPLES / "flow-log-role-not-applicable" / "bad.tf").read_text(encoding="utf-8")
    delivered = one({"main.tf": text}, tree)
    assert ("role", "aws_iam_role.bad", "bad", "S3 takes no role") in said(delivered)


def test_both_roles_of_a_stream_in_another_account(tree: Tree) -> None:
    top = SAMPLES / "cross-account-role-lacks-trust" / "bad_other_account"
    files = {
        path.relative_to(top).as_posix(): path.read_bytes() for path in sorted(top.rglob("*.tf"))
    }
    delivered = one(files, tree)
    assert [(hop.kind, hop.name, hop.state) for hop in delivered.path[1:]] == [
        ("role", "aws_iam_role.sender", "good"),
        ("role", "aws_iam_role.receiver", "bad"),
        ("destination", "acme-other-account", "good"),
        ("policy", "aws_iam_role_policy.sender", "good"),
        ("policy", "aws_iam_role_policy.receiver", "good"),
    ]


def test_flow_logs_of_two_templates_meet_in_one_bucket(tree: Tree) -> None:
    def flow_log(name: str) -> str:
        return (
            f'resource "aws_flow_log" "{name}" {{\n  log_destination_type = "s3"\n'
            '  log_destination = "arn:aws:s3:::central-logs"\n' + SOURCE + "}\n"
        )

    top = tree({"a/main.tf": flow_log("a"), "b/main.tf": flow_log("b")})
    first, second = run([top]).deliveries
    assert [hop.id for hop in first.path] == [hop.id for hop in second.path]


def test_open_names_of_two_templates_are_two_things(tree: Tree) -> None:
    text = (
        'variable "where" {}\nresource "aws_flow_log" "a" {\n  log_destination_type = "s3"\n'
        "  log_destination = var.where\n" + SOURCE + "}\n"
    )
    first, second = run([tree({"a/main.tf": text, "b/main.tf": text})]).deliveries
    assert first.path[1].name == second.path[1].name == "var.where"
    assert first.path[1].id != second.path[1].id


BRANCHES = """\
Conditions:
  IsProd: !Equals [!Ref "AWS::AccountId", "111122223333"]
Resources:
  FlowLog:
    Type: AWS::EC2::FlowLog
    Properties:
      ResourceId: vpc-0a1b2c3d
      ResourceType: VPC
      TrafficType: ALL
      LogDestinationType: s3
      LogDestination: !If [IsProd, !GetAtt Logs.Arn, !Ref Logs]
  Logs:
    Type: AWS::S3::Bucket
    Properties:
      BucketName: acme
"""


def test_what_is_bad_under_a_condition_only_is_at_risk(tree: Tree) -> None:
    delivered = one({"flow.yaml": BRANCHES}, tree)
    assert delivered.verdict is Verdict.MAY_FAIL
    assert [hop.state for hop in delivered.path] == ["good", "at-risk"]
