"""Whatever an expression says, it has a value: no function crashes, whatever it is given."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from validator.graph.values import Known, Unknown
from validator.readers import Settings
from validator.readers.terraform.cty.nodes import to_node
from validator.readers.terraform.functions.all import call
from validator.readers.terraform.functions.registry import FUNCTIONS

assert call is not None

CONFIGURATION = """
variable "open" {}
variable "items" {
  type = list(string)
}
resource "aws_s3_bucket" "b" {
  bucket = "logs"
}
resource "aws_s3_bucket" "c" {
  count = 2
}
resource "aws_vpc" "v" {
  for_each = var.items
}
"""
LEAVES = [
    '"a"', '""', "null", "true", "0", "-1", "1.5", "(1 / 0)", "1e300", "[]", '["a", "b"]', "{}",
    '{ a = 1, b = "x" }', 'tomap({ a = "x" })', 'toset(["a", "b"])', "var.open", "var.items",
    "aws_s3_bucket.b.arn", '"x-${aws_s3_bucket.b.arn}-y"', "aws_s3_bucket.b", "aws_s3_bucket.c",
    "aws_vpc.v", "aws_s3_bucket.missing.arn", '"main.tf"', '"[0-9]+"', '"10.0.0.0/8"',
    '"2020-01-01T00:00:00Z"', '"%s %d %v %q"', "[[1], [2, [3]]]", '{ a = [1], b = ["x"] }',
    '"{\\"a\\": [1]}"', "[var.open]", 'sensitive("s")', "toset([var.open])", '"é日本"',
    "jsonencode({ a = var.open })", "tolist([null])", '"a: [1, *x]"', '"\\u0000"',
]  # fmt: skip


def grown(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    arguments = st.lists(inner, max_size=4).map(", ".join)
    names = st.sampled_from([*sorted(FUNCTIONS), "try", "can"])
    operators = st.sampled_from(["+", "-", "*", "/", "%", "==", "!=", "<", "&&", "||"])
    return st.one_of(
        st.builds("{}({})".format, names, arguments),
        st.builds("({} {} {})".format, inner, operators, inner),
        st.builds("({} ? {} : {})".format, inner, inner, inner),
        st.builds("[for k, v in {} : [k, v, {}]]".format, inner, inner),
        st.builds("{{for k, v in {} : k => v...}}".format, inner),
        st.builds("{}[{}]".format, inner, inner),
        st.builds("{}[*].a".format, inner),
        st.builds('"x${{{}}}y"'.format, inner),
    )


EXPRESSIONS = st.recursive(st.sampled_from(LEAVES), grown, max_leaves=8)


@pytest.fixture
def asked(opened: Any, tmp_path: Any) -> Any:
    (tmp_path / "main.tf").write_text(CONFIGURATION, encoding="utf-8")
    return opened(tmp_path, Settings())


@settings(
    derandomize=True,
    max_examples=600,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(expression=EXPRESSIONS)
def test_every_expression_has_a_value(expression: str, asked: Any) -> None:
    node = to_node(asked.value(expression))
    assert isinstance(node, Known | Unknown)


@pytest.mark.parametrize("name", sorted(FUNCTIONS))
def test_every_function_takes_any_arguments(name: str, asked: Any) -> None:
    for one in LEAVES:
        for arguments in (one, f"{one}, {one}", f"{one}, 1, {one}", f'"a", {one}'):
            node = to_node(asked.value(f"{name}({arguments})"))
            assert isinstance(node, Known | Unknown)
