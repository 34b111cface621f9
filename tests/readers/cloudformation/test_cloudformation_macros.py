"""What macros and SAM make is unknown, never missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from validator.graph.text import Hole, Lit, Text
from validator.graph.values import Known

if TYPE_CHECKING:
    from tests.readers.cloudformation.conftest import ReadText
    from validator.graph.text import Piece
    from validator.graph.values import Node


def _pieces(node: Node) -> tuple[Piece, ...]:
    assert isinstance(node, Known)
    assert isinstance(node.value, Text)
    return node.value.pieces


SAM = """\
Transform: AWS::Serverless-2016-10-31
Globals: {Function: {Runtime: python3.12}}
Resources:
  Function: {Type: AWS::Serverless::Function}
  Log:
    Type: AWS::EC2::FlowLog
    Properties:
      DeliverLogsPermissionArn: !GetAtt FunctionRole.Arn
      LogGroupName: plain
"""


def test_what_sam_makes_is_unknown_not_missing(read_text: ReadText) -> None:
    stack = read_text(SAM)
    (piece,) = _pieces(stack.value("Log", "DeliverLogsPermissionArn"))
    assert isinstance(piece, Hole)
    assert "the SAM transform may make it" in piece.why
    (gap,) = stack.world.gaps
    assert "AWS::Serverless-2016-10-31" in gap.why


def test_sam_is_no_gap_where_nothing_of_it_is_needed(read_text: ReadText) -> None:
    stack = read_text(SAM.replace("!GetAtt FunctionRole.Arn", "arn:aws:iam::123456789012:role/x"))
    assert not stack.world.gaps
    assert _pieces(stack.value("Log", "LogGroupName")) == (Lit("plain"),)


@pytest.mark.parametrize(
    "part",
    [
        "Transform: MyMacro\nResources:\n",
        "Transform: [AWS::LanguageExtensions, MyMacro]\nResources:\n",
        "Transform: {Name: MyMacro, Parameters: {A: b}}\nResources:\n",
        "Resources:\n  Fn::Transform: {Name: MyMacro}\n",
        "Resources:\n  Other: {Fn::Transform: {Name: MyMacro}}\n",
    ],
)
def test_a_macro_is_a_gap_and_what_it_may_declare_is_unknown(
    read_text: ReadText, part: str
) -> None:
    stack = read_text(
        f"{part}  Log: {{Type: AWS::EC2::FlowLog, Properties: {{LogDestination: !GetAtt X.Arn}}}}\n"
    )
    (gap,) = stack.world.gaps
    assert gap.why == "MyMacro may add or change resources"
    (piece,) = _pieces(stack.value("Log", "LogDestination"))
    assert isinstance(piece, Hole)
    assert not stack.diagnostics


def test_properties_that_a_macro_writes_are_unknown(read_text: ReadText) -> None:
    stack = read_text(
        """\
        Resources:
          Log:
            Type: AWS::EC2::FlowLog
            Properties:
              LogGroupName: x
              Fn::Transform: {Name: AWS::Include, Parameters: {Location: s3://b/k}}
        """
    )
    assert stack.shown("Log", "LogGroupName") == "x"
    assert "run by AWS only" in str(stack.shown("Log", "LogDestination"))
