"""`replace` on a text that is open in places says what Terraform will say of the whole text."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from validator.engine import run
from validator.graph.text import Lit, Piece, Ref, Symbol
from validator.outcomes import Verdict
from validator.readers.terraform.cty.strings import Str
from validator.readers.terraform.functions.pieces import free_of, straddles

if TYPE_CHECKING:
    from tests.conftest import Tree

# What the open pieces can come to: one of several values each.
COMES_TO: dict[Piece, tuple[str, ...]] = {
    Symbol("region"): ("us-east-1", "eu-west-2"),
    Symbol("account"): ("111122223333", "1"),
    Ref("a", "arn"): ("arn:aws:logs:us-east-1:1:log-group:a", "arn:b"),
    Ref("a", "name"): ("a", "us-east-1", "a-b"),
}
PIECES = st.one_of(
    st.text("ab:*-1us", min_size=1, max_size=4).map(Lit), st.sampled_from(list(COMES_TO))
)


@given(
    st.lists(PIECES, min_size=1, max_size=4),
    st.text("ab:*-1us", min_size=1, max_size=4) | st.sampled_from([":us-east-1:", ":1:", "a:*"]),
    st.data(),
)
def test_what_is_called_free_is_free(pieces: list[Piece], old: str, data: st.DataObject) -> None:
    parts = [
        piece.text if isinstance(piece, Lit) else data.draw(st.sampled_from(COMES_TO[piece]))
        for piece in pieces
    ]
    opened = [not isinstance(piece, Lit) for piece in pieces]
    for piece, part in zip(pieces, parts, strict=True):
        if not isinstance(piece, Lit) and free_of(piece, old):
            assert old not in part
    if not straddles(Str(tuple(pieces)), old):
        assert not _crosses(parts, opened, old)


def _crosses(parts: list[str], opened: list[bool], old: str) -> bool:
    """Whether an occurrence in the whole text touches an open part and another part too."""
    owners = [number for number, part in enumerate(parts) for _ in part]
    whole = "".join(parts)
    for start in range(len(whole) - len(old) + 1):
        if whole.startswith(old, start):
            touched = set(owners[start : start + len(old)])
            if len(touched) > 1 and any(opened[number] for number in touched):
                return True
    return False


def test_a_value_between_two_literals_can_be_a_part_of_what_is_replaced() -> None:
    arn = Str((Lit("arn:aws:logs:"), Symbol("region"), Lit(":1")))
    assert straddles(arn, ":us-east-1:")
    assert not straddles(arn, ":*")


DESIGN = """
resource "aws_flow_log" "main" {
  vpc_id          = "vpc-0123456789abcdef0"
  traffic_type    = "ALL"
  log_destination = aws_cloudwatch_log_group.main.arn
  iam_role_arn    = aws_iam_role.main.arn
}

variable "name" {
  type = string
}

resource "aws_cloudwatch_log_group" "main" {
  name = "${var.name}-flow"
}

resource "aws_iam_role" "main" {
  name               = "flow"
  assume_role_policy = <<EOF
{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole",
 "Principal": {"Service": "vpc-flow-logs.amazonaws.com"}}]}
EOF
}

resource "aws_iam_role_policy" "main" {
  role   = aws_iam_role.main.id
  policy = <<EOF
{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": ["logs:CreateLogGroup",
 "logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogGroups",
 "logs:DescribeLogStreams"], "Resource": "RESOURCE"}]}
EOF
}
"""


@pytest.mark.parametrize(
    ("resource", "verdict"),
    [
        ('${replace(aws_cloudwatch_log_group.main.arn, ":*", "")}:*', Verdict.WILL_WORK),
        ('${replace(aws_cloudwatch_log_group.main.arn, ":*", "")}', Verdict.WILL_FAIL),
        ('${replace("${aws_cloudwatch_log_group.main.arn}:*", ":*:*", ":*")}', Verdict.WILL_WORK),
    ],
)
def test_the_star_of_an_old_provider_is_cut_off(
    tree: Tree, resource: str, verdict: Verdict
) -> None:
    """Before version 3 the provider gave the ARN with `:*`, and templates still cut it off."""
    tree({"main.tf": DESIGN.replace("RESOURCE", resource)})
    [delivery] = run([Path()]).deliveries
    assert delivery.verdict is verdict
