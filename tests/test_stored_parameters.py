"""What one unit keeps in the Parameter Store, and another one of the run looks up there."""

from __future__ import annotations

import pytest

from tests.conftest import Tree
from tests.test_remote_states import BUCKET, OTHER_POLICY, POLICY, flow_log
from validator.config import Options
from validator.engine import run
from validator.outcomes import Verdict
from validator.readers import Settings
from validator.reports import Report

HERE = "111122223333"


def kept(name: str = "/logs/bucket_arn", more: str = "", value: str = "") -> str:
    value = value or "value = aws_s3_bucket.logs.arn"
    return (
        f'resource "aws_ssm_parameter" "bucket" {{\n  name = "{name}"\n  type = "String"\n'
        f"  {value}\n  {more}\n}}\n"
    )


def looked_up(name: str = "/logs/bucket_arn", more: str = "") -> str:
    return f'data "aws_ssm_parameter" "bucket" {{\n  name = "{name}"\n  {more}\n}}\n'


VALUE = "data.aws_ssm_parameter.bucket.value"
READS = looked_up() + flow_log(VALUE, HERE)

STACK = """
Resources:
  Bucket: {Type: AWS::S3::Bucket}
  Policy:
    Type: AWS::S3::BucketPolicy
    Properties:
      Bucket: !Ref Bucket
      PolicyDocument:
        Statement:
          - Effect: Allow
            Principal: {Service: WHO.amazonaws.com}
            Action: [s3:PutObject, s3:GetBucketAcl]
            Resource: [!GetAtt Bucket.Arn, !Sub "${Bucket.Arn}/*"]
  Parameter:
    Type: AWS::SSM::Parameter
    Properties: {Name: /logs/bucket_arn, Type: String, Value: !GetAtt Bucket.Arn}
"""
READING = """
Parameters:
  BucketArn: {Type: "AWS::SSM::Parameter::Value<String>", Default: /logs/bucket_arn}
Resources:
  FlowLog:
    Type: AWS::EC2::FlowLog
    Properties:
      ResourceId: vpc-12345678
      ResourceType: VPC
      TrafficType: ALL
      LogDestinationType: s3
      LogDestination: VALUE
"""
RESOLVED = "'{{resolve:ssm:/logs/bucket_arn}}'"
WRITERS = {
    "terraform": ("logs/main.tf", BUCKET + POLICY + kept(), BUCKET + OTHER_POLICY + kept()),
    "cloudformation": (
        "logs.yaml",
        STACK.replace("WHO", "delivery.logs"),
        STACK.replace("WHO", "cloudtrail"),
    ),
}
READERS = {
    "terraform": ("net/main.tf", READS),
    "parameter": ("net.yaml", READING.replace("VALUE", "!Ref BucketArn")),
    "dynamic": ("net.yaml", READING.replace("VALUE", RESOLVED)),
    "in a text": ("net.yaml", READING.replace("VALUE", f"!Sub {RESOLVED.replace('}}', '}}/vpc')}")),
}
PLACE = Settings(account=HERE, region="eu-west-1")


def judged(tree: Tree, files: dict[str, str], path: str = ".", place: Settings = PLACE) -> Report:
    return run([tree({".git/HEAD": "", **files}) / path], Options(settings=place))


def verdicts(tree: Tree, files: dict[str, str], path: str = ".") -> list[Verdict]:
    return [one.verdict for one in judged(tree, files, path, Settings()).deliveries]


@pytest.mark.parametrize("writer", WRITERS)
@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("place", [PLACE, Settings()])
def test_it_is_followed_in_both_languages(
    tree: Tree, writer: str, reader: str, place: Settings
) -> None:
    name, right, wrong = WRITERS[writer]
    theirs, reading = READERS[reader]
    for text, verdict in ((right, Verdict.WILL_WORK), (wrong, Verdict.MAY_FAIL)):
        for path in (".", theirs):
            report = judged(tree, {name: text, theirs: reading}, path, place)
            assert [one.verdict for one in report.deliveries] == [verdict]


def test_it_is_said_where_the_value_comes_from(tree: Tree) -> None:
    files = {
        "logs/main.tf": BUCKET + kept(value='value = "arn:aws:iam::1:role/x"'),
        "net/a.tf": READS,
    }
    [finding] = judged(tree, files).findings
    assert "SSM parameter /logs/bucket_arn" in [one.note for one in finding.evidence]


@pytest.mark.parametrize(
    ("own", "theirs"),
    [
        (kept("/logs/other"), READS),
        (kept(more="lifecycle {\n    ignore_changes = [value]\n  }"), READS),
        (kept(more="count = var.open"), 'variable "open" {}\n' + READS),
        (kept().replace('"String"', '"SecureString"'), READS),
        (kept() + kept(value='value = "arn:aws:s3:::b"').replace('"bucket"', '"two"'), READS),
        (kept(), looked_up(more='region = "us-east-1"') + flow_log(VALUE, HERE)),
        (kept(), READS.replace("eu-west-1", "us-east-1")),
        (kept(), READS.replace(HERE, "444455556666")),
        (kept("/${var.env}/x") + 'variable "env" {}\n', looked_up("/dev/x") + flow_log(VALUE)),
    ],
)
def test_what_may_be_another_value_settles_nothing(tree: Tree, own: str, theirs: str) -> None:
    files = {"logs/main.tf": BUCKET + OTHER_POLICY + own, "net/main.tf": theirs}
    report = judged(tree, files)
    assert [one.verdict for one in report.deliveries] == [Verdict.CANNOT_TELL]
    assert not report.findings


def test_units_that_disagree_settle_nothing(tree: Tree) -> None:
    files = {
        "a/main.tf": BUCKET + POLICY + kept(),
        "b/main.tf": kept(value='value = "arn:aws:s3:::acme-other"'),
        "net/main.tf": READS,
    }
    assert verdicts(tree, files) == [Verdict.CANNOT_TELL]


def test_a_unit_may_read_what_it_keeps(tree: Tree) -> None:
    text = READS + kept()
    bucket = "".join(BUCKET.partition("resource")[1:])
    assert verdicts(tree, {"main.tf": text + bucket + OTHER_POLICY}) == [Verdict.MAY_FAIL]
    waits = text.replace(f"{VALUE}\n", f"{VALUE}\n  depends_on = [aws_s3_bucket_policy.logs]\n")
    assert verdicts(tree, {"main.tf": waits + bucket + POLICY}) == [Verdict.WILL_WORK]


@pytest.mark.parametrize("language", ["terraform", "cloudformation"])
def test_each_environment_reads_its_own(tree: Tree, language: str) -> None:
    text = READS + kept() + "".join(BUCKET.partition("resource")[1:]) + OTHER_POLICY
    files = {"dev/main.tf": text, "prod/main.tf": text}
    if language == "cloudformation":
        flow_log = READING.replace("VALUE", RESOLVED).partition("Resources:")[2]
        text = STACK.replace("WHO", "cloudtrail") + flow_log
        files = {"dev.yaml": text, "prod.yaml": text}
    assert verdicts(tree, files) == [Verdict.MAY_FAIL, Verdict.MAY_FAIL]


JSON = "value = jsonencode({ flow = aws_s3_bucket.logs.arn, all = [aws_s3_bucket.logs.arn] })"


@pytest.mark.parametrize(
    "value",
    [
        f'jsondecode({VALUE})["flow"]',
        f"jsondecode({VALUE}).flow",
        f"jsondecode({VALUE}).all[0]",
        f"jsondecode(nonsensitive({VALUE})).flow",
    ],
)
@pytest.mark.parametrize("argument", ["value", "insecure_value"])
def test_what_is_inside_of_json(tree: Tree, value: str, argument: str) -> None:
    own = kept(value=JSON.replace("value", argument, 1))
    reads = looked_up() + flow_log(value, HERE).replace(".value", f".{argument}")
    for policy, verdict in ((POLICY, Verdict.WILL_WORK), (OTHER_POLICY, Verdict.MAY_FAIL)):
        files = {"logs/main.tf": BUCKET + policy + own, "net/main.tf": reads}
        assert [one.verdict for one in judged(tree, files).deliveries] == [verdict]


def test_what_is_not_inside_stays_open(tree: Tree) -> None:
    own = kept(value=JSON)
    reads = looked_up() + flow_log(f"jsondecode({VALUE}).other", HERE)
    files = {"logs/main.tf": BUCKET + OTHER_POLICY + own, "net/main.tf": reads}
    assert verdicts(tree, files) == [Verdict.CANNOT_TELL]


@pytest.mark.parametrize("value", ["'{{resolve:ssm:/logs/bucket_arn:1}}'", "!Ref Many"])
def test_a_version_or_a_list_settles_nothing(tree: Tree, value: str) -> None:
    many = '  Many: {Type: "AWS::SSM::Parameter::Value<List<String>>", Default: /logs/bucket_arn}\n'
    reading = READING.replace("VALUE", value).replace("Resources:", many + "Resources:")
    files = {"logs.yaml": STACK.replace("WHO", "cloudtrail"), "net.yaml": reading}
    report = judged(tree, files)
    assert [one.verdict for one in report.deliveries] == [Verdict.CANNOT_TELL]


@pytest.mark.parametrize("reader", READERS)
def test_how_to_give_what_nobody_keeps_is_said(tree: Tree, reader: str) -> None:
    name, reading = READERS[reader]
    [delivery] = judged(tree, {name: reading}).deliveries
    [fact] = delivery.open
    assert fact.supply.startswith("give the files that create it in the same run")
