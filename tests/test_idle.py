"""Units that deploy no flow log: nobody is told so of what could not be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from validator.cli import main

if TYPE_CHECKING:
    from tests.conftest import Tree

STACK = """\
TRANSFORM
Conditions: {Logged: !Equals [yes, no]}
Resources:
  FlowLog:
    Type: AWS::EC2::FlowLog
    Condition: Logged
    Properties: {ResourceId: vpc-1, ResourceType: VPC, TrafficType: ALL,
      LogDestinationType: s3, LogDestination: arn:aws:s3:::acme-logs}
MORE
"""
SWITCHED_OFF = """\
resource "aws_flow_log" "a" {
  count                = 0
  vpc_id               = "vpc-1"
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = "arn:aws:s3:::acme-logs"
}
"""
ABSENT = """\
module "net" {
  source = "git::https://example.com/net.git"
}
"""
INCLUDED = """\
  Fn::Transform: {Name: AWS::Include, Parameters: {Location: s3://acme/network.yaml}}
"""
NESTED = """\
  Network:
    Type: AWS::CloudFormation::Stack
    Properties: {TemplateURL: https://s3.amazonaws.com/acme/network.yaml}
"""


def stack(transform: str = "Description: a stack", more: str = "") -> str:
    return STACK.replace("TRANSFORM", transform).replace("MORE", more)


OFF = "no flow log is deployed with the values it has here"
MAY = f"{OFF}; what is not read may deploy some"


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.yaml", stack(), f"no delivery: a.yaml ({OFF})"),
        ("main.tf", SWITCHED_OFF, f"no delivery: . ({OFF})"),
        # What SAM makes of a template is known.
        ("a.yaml", stack("Transform: AWS::Serverless-2016-10-31"), f"no delivery: a.yaml ({OFF})"),
        (
            "a.yaml",
            stack("Transform: [Acme]"),
            f"no delivery seen: a.yaml ({MAY}: Acme may add or change resources)",
        ),
        (
            "a.yaml",
            stack("Transform: [Acme, Ajax]"),
            f"no delivery seen: a.yaml ({MAY}: Acme may add or change resources, and 1 more)",
        ),
        (
            "a.yaml",
            stack(more=INCLUDED),
            f"no delivery seen: a.yaml ({MAY}: AWS::Include may add or change resources)",
        ),
        (
            "a.yaml",
            stack(more=NESTED),
            f"no delivery seen: a.yaml ({MAY}: the template of Network is at "
            "https://s3.amazonaws.com/acme/network.yaml, not in these files)",
        ),
        (
            "main.tf",
            SWITCHED_OFF + ABSENT,
            f"no delivery seen: . ({MAY}: module.net comes from git::https://example.com/net.git, "
            "which is not here)",
        ),
    ],
)
def test_a_unit_without_a_delivery(
    name: str, content: str, said: str, tree: Tree, capfd: pytest.CaptureFixture[str]
) -> None:
    tree({name: content})
    assert main([]) == 0
    assert capfd.readouterr().out.splitlines()[0] == said


@pytest.mark.parametrize("name", ["markdown", "junit", "html"])
def test_every_report_that_names_it_says_so(
    name: str, tree: Tree, capfd: pytest.CaptureFixture[str]
) -> None:
    tree({"a.yaml": stack("Transform: [Acme]")})
    assert main(["--format", name]) == 0
    assert "what is not read may deploy some: Acme may add or change" in capfd.readouterr().out
