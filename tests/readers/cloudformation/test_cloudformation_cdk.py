"""What the CDK notes beside the names that it makes up."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from validator.engine import trace

if TYPE_CHECKING:
    from tests.readers.cloudformation.conftest import ReadText

LOG = """\
Resources:
  VpcFlowLog8FF33A73:
    Type: AWS::EC2::FlowLog
    Properties: {LogGroupName: x}
    Metadata: {aws:cdk:path: Net/Vpc/FlowLog/Resource}
"""


def test_the_path_of_the_construct_stands_beside_the_logical_id(read_text: ReadText) -> None:
    stack = read_text(LOG)
    declared = stack.declared("VpcFlowLog8FF33A73")
    assert declared.alias == "Net/Vpc/FlowLog/Resource"
    assert declared.address == "template.yaml#VpcFlowLog8FF33A73"


@pytest.mark.parametrize(
    "metadata", ["{a: b}", "{aws:cdk:path: [a]}", "{aws:cdk:path: !Ref X}", "x"]
)
def test_other_metadata_is_no_path(read_text: ReadText, metadata: str) -> None:
    text = LOG.partition("    Metadata")[0] + f"    Metadata: {metadata}\n"
    assert read_text(text).declared("VpcFlowLog8FF33A73").alias == ""


def test_a_delivery_can_be_traced_by_its_path(
    tree: Callable[[Mapping[str, str | bytes]], Path],
) -> None:
    tree({"net.yaml": LOG})
    chosen, _ = trace([Path()], "Net/Vpc/FlowLog/Resource")
    assert [delivered.name for delivered, _ in chosen] == ["VpcFlowLog8FF33A73"]
    assert trace([Path()], "")[0] == ()
    assert trace([Path()], "Net/Vpc")[0] == ()
