"""Flow logs of a nested stack whose template is not here: told, never passed over."""

from __future__ import annotations

from pathlib import Path

import pytest

from validator.engine import run
from validator.outcomes import Verdict

AWAY = "https://acme-templates.s3.amazonaws.com/vpc.yaml"
HEAD = """
Parameters:
  Logs: {Type: String, Default: "true"}
  Open: {Type: String}
Conditions:
  Never: !Equals ["a", "b"]
Resources:
"""


def judged(tmp_path: Path, resource: str) -> list[tuple[str, Verdict]]:
    (tmp_path / "t.yaml").write_text(HEAD + resource, encoding="utf-8")
    report = run([tmp_path], working=tmp_path)
    assert not report.findings
    return [(one.address.partition("#")[2], one.verdict) for one in report.deliveries]


def nested(parameters: str, place: str = AWAY, more: str = "") -> str:
    return (
        f"  Net:\n    Type: AWS::CloudFormation::Stack\n{more}    Properties:\n"
        f"      TemplateURL: {place}\n      Parameters: {{{parameters}}}\n"
    )


@pytest.mark.parametrize(
    "resource",
    [
        nested('EnableFlowLogs: "true"'),
        nested("EnableVPCFlowLogs: !Ref Logs"),
        nested("pCreateFlowLog: !Ref Open"),
        nested("Name: a", "https://acme.s3.amazonaws.com/vpc-flow-logs.yaml"),
        nested("Name: a", '!Sub "https://${Open}.s3.amazonaws.com/VpcFlowLogs.yaml"'),
        "  Net:\n    Type: AWS::Serverless::Application\n    Properties:\n"
        "      Location: {ApplicationId: x, SemanticVersion: 1.0.0}\n"
        "      Parameters: {FlowLogs: ALL}\n",
        "  Net:\n    Type: AWS::CloudFormation::StackSet\n    Properties:\n"
        f"      TemplateURL: {AWAY}\n      PermissionModel: SELF_MANAGED\n"
        "      Parameters: [{ParameterKey: EnableFlowLogs, ParameterValue: 'yes'}]\n",
    ],
)
def test_a_stack_that_is_asked_for_flow_logs(tmp_path: Path, resource: str) -> None:
    assert judged(tmp_path, resource) == [("Net", Verdict.CANNOT_TELL)]


@pytest.mark.parametrize(
    "resource",
    [
        nested('EnableFlowLogs: "false"'),
        nested("EnableFlowLogs: false"),
        nested('FlowLogs: ""'),
        nested("FlowLogsRetention: 7"),
        nested("Name: flow-log"),
        nested('pVpcFlowLogs: !Join [",", ["111122223333", !Ref Open]]'),
        nested('VpcFlowLogs: {"Fn::Join": [",", ["ALL"]]}'),
        nested("EnableFlowLogs: false", "https://acme.s3.amazonaws.com/vpc-flow-logs.yaml"),
        nested('EnableFlowLogs: "true"', more="    Condition: Never\n"),
    ],
)
def test_a_stack_that_is_asked_for_none(tmp_path: Path, resource: str) -> None:
    assert judged(tmp_path, resource) == []


def test_a_template_that_is_here_is_read_instead(tmp_path: Path) -> None:
    (tmp_path / "vpc-flow-logs.yaml").write_text(
        "Parameters:\n  EnableFlowLogs: {Type: String}\n"
        'Conditions:\n  Yes: !Equals [!Ref EnableFlowLogs, "true"]\n'
        "Resources:\n  Log:\n    Type: AWS::EC2::FlowLog\n    Condition: Yes\n    Properties:\n"
        "      ResourceType: VPC\n      ResourceId: vpc-12345678\n      TrafficType: ALL\n"
        "      LogDestinationType: s3\n      LogDestination: !GetAtt Logs.Arn\n"
        "  Logs:\n    Type: AWS::S3::Bucket\n",
        encoding="utf-8",
    )
    found = judged(tmp_path, nested("EnableFlowLogs: !Ref Logs", "./vpc-flow-logs.yaml"))
    assert found == [("Net/Log", Verdict.WILL_WORK)]
