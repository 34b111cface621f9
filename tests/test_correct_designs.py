"""Every correct design that is known stands as a scene, in each language that it exists in.

For each there is no finding at all, and every delivery will work: judged through the command, with
what the scene itself supplies (`predeploy.toml`, `existing.toml`), as a user would run it.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import pytest

from validator.cli import main

SCENES = Path(__file__).parents[1] / "sample_templates" / "scenes"
SUFFIXES = {"terraform": (".tf", ".tftpl"), "cloudformation": (".yaml", ".json")}


class Design(NamedTuple):
    """A scene, and the words that make it this design, in each language that it exists in."""

    scene: str
    terraform: tuple[str, ...] = ()
    cloudformation: tuple[str, ...] = ()


DESIGNS: Mapping[str, Design] = {
    "what the CDK generates": Design(
        "cdk-flow-logs", cloudformation=("aws:cdk:path", "AWS::EC2::FlowLog", '"DependsOn"')
    ),
    "the central bucket of two accounts that AWS describes, for an organisation": Design(
        "central-bucket",
        ("aws:SourceOrgID", "aws_kms_key", "aws:SecureTransport"),
        ("aws:SourceOrgID", "AWS::KMS::Key", "aws:SecureTransport"),
    ),
    "a central bucket for accounts that are listed": Design(
        "central-bucket-by-account",
        ("aws:SourceAccount", "allowed_account_ids"),
        ("aws:SourceAccount: !Ref AccountIds",),
    ),
    "terraform-aws-vpc from 6.5.1 on": Design(
        "vpc-module",
        (
            'log-group:${log_group.name}:*"',
            'formatlist("%s:*", aws_cloudwatch_log_group.this[*].arn)',
            'dynamic "destination_options"',
        ),
    ),
    "Denies for TLS and for the organisation that let the service in": Design(
        "tls-and-organisation-denies",
        (
            "aws:SecureTransport",
            "aws:PrincipalOrgID",
            "aws:PrincipalIsAWSService",
            "aws:SourceVpce",
        ),
        (
            "aws:SecureTransport",
            "aws:PrincipalOrgID",
            "aws:PrincipalIsAWSService",
            "aws:SourceVpce",
        ),
    ),
    "explicit Denies that cannot match log delivery": Design(
        "denies-of-others",
        ("NotResource", "NotAction", "ArnNotLike", "permissions_boundary", "StringNotLike"),
        ("NotResource", "NotAction", "ArnNotLike", "PermissionsBoundary", "StringNotLike"),
    ),
    "Parquet in partitions for Hive": Design(
        "hive-parquet",
        ('"parquet"', "hive_compatible_partitions = true", "aws-account-id="),
        ("FileFormat: parquet", "HiveCompatiblePartitions: true", "aws-account-id="),
    ),
    "GovCloud": Design("other-partitions", ("arn:aws-us-gov:s3",), ("arn:aws-us-gov:s3",)),
    "China": Design("other-partitions", ("arn:aws-cn:s3",), ("arn:aws-cn:s3",)),
    "a transit gateway and its attachment": Design(
        "transit-gateway",
        ("transit_gateway_id ", "transit_gateway_attachment_id ", "max_aggregation_interval"),
        ("ResourceType: TransitGateway\n", "ResourceType: TransitGatewayAttachment"),
    ),
    "Firehose": Design("firehose", ("LogDeliveryEnabled",), ("LogDeliveryEnabled",)),
    "Firehose across accounts": Design(
        "firehose-cross-account",
        ("deliver_cross_account_role", "LogDeliveryEnabled", "iam:AssociatedResourceARN"),
        ("DeliverCrossAccountRole", "LogDeliveryEnabled", "iam:AssociatedResourceARN"),
    ),
    "a bucket key and a grant by its encryption context": Design(
        "bucket-key",
        ("bucket_key_enabled = true", "kms:EncryptionContext:aws:s3:arn"),
        ("BucketKeyEnabled: true", "kms:EncryptionContext:aws:s3:arn"),
    ),
    "policies as texts, from templates with variables": Design(
        "templatefile-policy",
        ("templatefile(", "%{ for index, folder in folders ~}"),
        ("PolicyDocument: !Sub",),
    ),
    "a role in another module or stack": Design(
        "role-in-another-module",
        ('"./modules/iam"', "role_arn"),
        ("AWS::CloudFormation::Stack", "Outputs."),
    ),
    "values that another stack exports": Design(
        "imported-values", cloudformation=("!ImportValue", "Export:")
    ),
    "many flow logs into one bucket": Design("many-flow-logs", ("for_each",), ("Fn::ForEach",)),
    "modules and a stack in one repository": Design(
        "all-well", ('module "',), ("AWS::EC2::FlowLog",)
    ),
}
FAULTY = {"first-try", "imported-values-broken", "landing-zone", "vpc-stack"}
NEED_SETTINGS = {
    "central-bucket": "which organisation the account that this is deployed to",
    "central-bucket-by-account": "the account that this is deployed to",
    "firehose-cross-account": "the account that this is deployed to",
}
"""Scenes that hang on what no template says, and how the report names it."""


def judged(scene: str, capsys: pytest.CaptureFixture[str], *more: str) -> dict[str, list[str]]:
    """The verdicts of a scene by language; there is no finding and no diagnostic."""
    main([scene, "--format", "json", "--fail-on", "never", *more])
    report = json.loads(capsys.readouterr().out)
    assert report["findings"] == []
    assert report["diagnostics"] == []
    found: dict[str, list[str]] = {}
    for one in report["deliveries"]:
        language = "terraform" if one["file"].endswith(".tf") else "cloudformation"
        found.setdefault(language, []).append(one["verdict"])
    return found


@pytest.mark.parametrize("name", DESIGNS)
def test_a_correct_design_will_work_and_has_no_finding(
    name: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    design = DESIGNS[name]
    top = SCENES / design.scene
    monkeypatch.chdir(SCENES)
    existing = f"{design.scene}/existing.toml"
    told = ["--existing", existing] if (SCENES / existing).is_file() else []
    verdicts = judged(design.scene, capsys, *told)
    words = {"terraform": design.terraform, "cloudformation": design.cloudformation}
    assert verdicts.keys() == {language for language in words if words[language]}
    assert {one for several in verdicts.values() for one in several} == {"will-work"}
    for language in verdicts:
        files = [path for path in top.rglob("*") if path.suffix in SUFFIXES[language]]
        written = "\n".join(path.read_text(encoding="utf-8") for path in files)
        assert [one for one in words[language] if one not in written] == [], language


def test_every_scene_is_a_correct_design_or_has_its_faults() -> None:
    scenes = {path.name for path in SCENES.iterdir() if path.is_dir()}
    assert scenes == {design.scene for design in DESIGNS.values()} | FAULTY


@pytest.mark.parametrize("scene", NEED_SETTINGS)
def test_what_no_template_says_is_asked_for(
    scene: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Without what the scene supplies nothing is found wrong, and what is missing is named."""
    shutil.copytree(SCENES / scene / "cloudformation", tmp_path / "cloudformation")
    monkeypatch.chdir(tmp_path)
    main(["--format", "json", "--fail-on", "never"])
    report = json.loads(capsys.readouterr().out)
    assert report["findings"] == []
    [delivery] = report["deliveries"]
    assert delivery["verdict"] == "cannot-tell"
    [fact] = delivery["open"]
    assert NEED_SETTINGS[scene] in fact["fact"]
    assert fact["supply"]


def document(*statements: object) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": statements})


def allow(action: object, resource: str = "*", /, **more: object) -> dict[str, object]:
    return {"Effect": "Allow", "Action": action, "Resource": resource, **more}


DELIVERY = {"Principal": {"Service": "delivery.logs.amazonaws.com"}}
LISTED = {"Condition": {"StringEquals": {"aws:SourceAccount": ["111122223333"]}}}
KEY = "arn:aws:kms:eu-central-1:999988887777:key/0a1b2c3d-4e5f-6a7b-8c9d-0e1f2a3b4c5d"


def the_bucket(terraform: bool) -> dict[str, str]:
    """The archive account, as `get-bucket-policy` and `get-key-policy` of the AWS CLI tell it."""
    name = "acme-archive-flow-logs" if terraform else "acme-listed-flow-logs"
    arn = f"arn:aws:s3:::{name}"
    bucket = document(
        allow("s3:PutObject", f"{arn}/*", **DELIVERY, **LISTED),
        allow("s3:GetBucketAcl", arn, **DELIVERY, **LISTED),
    )
    key = document(allow(["kms:GenerateDataKey*", "kms:Decrypt"], **DELIVERY, **LISTED))
    return {
        "bucket.json": json.dumps({"Policy": bucket}),
        "key.json": json.dumps({"Policy": key, "PolicyName": "default"}),
        "existing.toml": f"""
            [[existing]]
            bucket = "{name}"
            account = "999988887777"
            region = "eu-central-1"
            policy = "bucket.json"
            kms-key = "{KEY}"

            [[existing]]
            key = "{KEY}"
            policy = "key.json"
        """,
    }


def the_receiver(terraform: bool) -> dict[str, str]:
    """The security account, as `aws iam get-role`, `get-role-policy` and its stream's tags say."""
    end, sender = ("central", "flow-logs-to-security")
    stream = "central-flow-logs"
    if not terraform:
        end, sender, stream = "stack", "stack-flow-logs-to-security", "central-stack-flow-logs"
    role = f"AWSLogDeliveryFirehoseCrossAccountRole-{end}"
    trusting = {
        "Effect": "Allow",
        "Principal": {"AWS": f"arn:aws:iam::111122223333:role/{sender}"},
        "Action": "sts:AssumeRole",
    }
    stream_arn = f"arn:aws:firehose:us-east-1:444455556666:deliverystream/{stream}"
    allowed = document(
        allow("iam:CreateServiceLinkedRole"), allow("firehose:TagDeliveryStream", stream_arn)
    )
    return {
        "role.json": json.dumps(
            {
                "Role": {
                    "RoleName": role,
                    "Arn": f"arn:aws:iam::444455556666:role/{role}",
                    "AssumeRolePolicyDocument": json.loads(document(trusting)),
                }
            }
        ),
        "allowed.json": allowed,
        "existing.toml": f"""
            [[existing]]
            stream = "{stream_arn}"
            source = "DirectPut"
            tags = {{ LogDeliveryEnabled = "true" }}

            [[existing]]
            role = "arn:aws:iam::444455556666:role/{role}"
            trust = "role.json"
            policies = ["allowed.json"]
            attached = []
        """,
    }


HALVES = {
    "central-bucket-by-account": ("member", the_bucket, "bucket-policy-refuses-log-delivery"),
    "firehose-cross-account": ("source", the_receiver, "cross-account-role-lacks-trust"),
}


@pytest.mark.parametrize("language", SUFFIXES)
@pytest.mark.parametrize("scene", HALVES)
def test_one_half_will_work_where_the_other_exists_already(
    scene: str,
    language: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    half, told, rule = HALVES[scene]
    shutil.copytree(SCENES / scene / language / half, tmp_path, dirs_exist_ok=True)
    for name, text in told(language == "terraform").items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    given = [".", "--format", "json", "--existing", "existing.toml"]
    assert main([*given, "--account", "111122223333"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert (report["findings"], report["diagnostics"]) == ([], [])
    assert [one["verdict"] for one in report["deliveries"]] == ["will-work"]
    # The other half is for one account only.
    text = (tmp_path / "main.tf").read_text(encoding="utf-8") if language == "terraform" else ""
    if text:
        (tmp_path / "main.tf").write_text(text.replace("111122223333", "222233334444"), "utf-8")
    assert main([*given, "--account", "222233334444"]) == 1
    report = json.loads(capsys.readouterr().out)
    assert {one["verdict"] for one in report["deliveries"]} == {"will-fail"}
    [fix] = [one["fix"] for one in report["findings"] if one["rule"] == rule]
    # What exists elsewhere has no address in a template, so the fix writes it out.
    assert "${bucket" not in fix
