"""`aws_iam_policy_document` and other ways to write a policy: equal meaning, exact places.

<https://registry.terraform.io/providers/hashicorp/aws/latest/docs/data-sources/iam_policy_document>
"""

from __future__ import annotations

from typing import Any

import pytest

from validator.graph.text import Json, Lit, Text
from validator.graph.values import Fields, Items, Known, Node

HEAD = """\
variable "open" {}
resource "aws_s3_bucket" "b" {
  bucket = "logs"
}
"""
POLICY = """\
resource "aws_s3_bucket_policy" "p" {
  policy = data.aws_iam_policy_document.d.json
}
"""


def document(body: str) -> str:
    return HEAD + f'data "aws_iam_policy_document" "d" {{\n{body}\n}}\n' + POLICY


def words(reading: Any, body: str) -> str:
    found: str = reading(document(body)).words("aws_s3_bucket_policy.p", "policy")
    return found.removeprefix("json{Version: 2012-10-17, Statement: ").removesuffix("}")


def test_statement(reading: Any) -> None:
    body = """
  statement {
    sid       = "Write"
    actions   = ["s3:PutObject"]
    resources = ["${aws_s3_bucket.b.arn}/home/&{aws:username}/*", aws_s3_bucket.b.arn]
    principals {
      type        = "Service"
      identifiers = ["delivery.logs.amazonaws.com"]
    }
    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = ["1", "2"]
    }
    condition {
      test     = "StringEquals"
      variable = "s3:x-amz-acl"
      values   = ["bucket-owner-full-control"]
    }
  }
"""
    assert words(reading, body) == (
        "[{Sid: Write, Effect: Allow, Action: s3:PutObject, "
        "Resource: [${aws_s3_bucket.b.arn}/home/${aws:username}/*, ${aws_s3_bucket.b.arn}], "
        "Principal: {Service: delivery.logs.amazonaws.com}, "
        "Condition: {StringEquals: {aws:SourceAccount: [1, 2], "
        "s3:x-amz-acl: bucket-owner-full-control}}}]"
    )


def test_everybody_and_several_principals(reading: Any) -> None:
    star = 'principals {\n    type = "*"\n    identifiers = ["*"]\n  }'
    aws = 'principals {\n    type = "AWS"\n    identifiers = ["*"]\n  }'
    more = 'not_principals {\n    type = "AWS"\n    identifiers = ["a", "b"]\n  }'
    for block, expected in (
        (star, "Principal: *"),
        (aws, "Principal: {AWS: *}"),
        (more, "NotPrincipal: {AWS: [b, a]}"),
        (star + "\n" + aws, "Principal: {*: *, AWS: *}"),
    ):
        body = f'statement {{\n  effect = "Deny"\n  not_actions = ["b", "a"]\n  {block}\n}}'
        assert words(reading, body) == f"[{{Effect: Deny, NotAction: [b, a], {expected}}}]"


def test_dynamic_statements(reading: Any) -> None:
    body = """
  dynamic "statement" {
    for_each = { a = ["x"], b = [] }
    content {
      sid     = statement.key
      actions = statement.value
    }
  }
"""
    assert words(reading, body) == "[{Sid: a, Effect: Allow, Action: x}, {Sid: b, Effect: Allow}]"
    body = body.replace('{ a = ["x"], b = [] }', "var.open")
    assert words(reading, body) == "[...<variable open has no value>]"


def test_sources_and_overrides(reading: Any) -> None:
    body = """
  source_policy_documents = [
    jsonencode({ Statement = [{ Sid = "one", Effect = "Deny" }, { Effect = "Allow" }] }),
    jsonencode({ Statement = { Sid = "two", Effect = "Deny" } }),
    "",
  ]
  override_policy_documents = [jsonencode({ Statement = [{ Sid = "two", Effect = "Allow" }] })]
  statement {
    sid     = "one"
    actions = ["own"]
  }
"""
    assert words(reading, body) == (
        "[{Sid: one, Effect: Allow, Action: own}, {Effect: Allow}, {Sid: two, Effect: Allow}]"
    )


def test_unknown_source_leaves_statements_open(reading: Any) -> None:
    body = 'source_policy_documents = [var.open]\n  statement {\n    actions = ["a"]\n  }'
    shown = words(reading, body)
    assert shown == "[{Effect: Allow, Action: a}, ...<variable open has no value>]"


def test_an_unknown_override_may_replace_what_has_a_name(reading: Any) -> None:
    body = 'override_policy_documents = [var.open]\n  statement {\n    sid = "a"\n  }\n'
    body += '  statement {\n    actions = ["b"]\n  }'
    shown = words(reading, body)
    assert shown == "[{Effect: Allow, Action: b}, ...<variable open has no value>]"


def test_one_document_in_another(reading: Any) -> None:
    text = document("source_policy_documents = [data.aws_iam_policy_document.inner.json]")
    text += (
        'data "aws_iam_policy_document" "inner" {\n  version = "2008-10-17"\n  policy_id = "i"\n'
    )
    text += "  statement {\n    resources = [aws_s3_bucket.b.arn]\n  }\n}\n"
    shown = reading(text).words("aws_s3_bucket_policy.p", "policy")
    assert shown == (
        "json{Version: 2008-10-17, Id: i, "
        "Statement: [{Effect: Allow, Resource: ${aws_s3_bucket.b.arn}}]}"
    )


def at(node: Node, *path: str | int) -> Node:
    for step in path:
        assert isinstance(node, Known)
        if isinstance(node.value, Text):
            (piece,) = node.value.pieces
            assert isinstance(piece, Json) and isinstance(piece.node, Known)
            node = piece.node
        if isinstance(step, int):
            assert isinstance(node.value, Items)
            node = node.value.items[step]
        else:
            assert isinstance(node.value, Fields)
            found = node.value.get(step)
            assert found is not None
            node = found
    return node


def test_places(reading: Any) -> None:
    body = '  statement {\n    actions = ["s3:PutObject"]\n    condition {\n'
    body += '      test = "Bool"\n      variable = "k"\n      values = ["true"]\n    }\n  }'
    node = reading(document(body)).node("aws_s3_bucket_policy.p", "policy")
    statement = at(node, "Statement", 0)
    assert (statement.span.line, statement.span.column) == (6, 3)
    action = at(node, "Statement", 0, "Action")
    assert (action.span.line, action.span.column, action.span.end_column) == (7, 16, 30)
    condition = at(node, "Statement", 0, "Condition", "Bool", "k")
    assert (condition.span.line, condition.span.column) == (11, 17)
    assert isinstance(statement, Known) and isinstance(statement.value, Fields)
    keys = {str(entry.key): entry.span for entry in statement.value.entries}
    assert (keys["Action"].line, keys["Action"].column) == (7, 5)
    assert [step.how for step in node.trail] == ["data.aws_iam_policy_document.d.json"]


def test_json_in_a_heredoc_keeps_places_and_references(reading: Any) -> None:
    text = (
        HEAD
        + """\
resource "aws_s3_bucket_policy" "p" {
  policy = <<-EOT
    {
      "Resource": "${aws_s3_bucket.b.arn}/*"
    }
  EOT
}
"""
    )
    node: Node | None = reading(text).node("aws_s3_bucket_policy.p", "policy")
    assert isinstance(node, Known) and isinstance(node.value, Text)
    first, reference, last = node.value.pieces
    assert isinstance(first, Lit) and first.text == '{\n  "Resource": "'
    assert first.span is not None
    assert (first.span.line, first.span.column, first.margin) == (7, 5, 4)
    assert str(Text((reference,))) == "${aws_s3_bucket.b.arn}"
    assert isinstance(last, Lit) and last.text == '/*"\n}\n'
    assert last.span is not None and (last.span.line, last.span.column, last.margin) == (8, 42, 4)


def test_jsondecode_of_a_text_with_references(reading: Any) -> None:
    text = (
        HEAD
        + """\
resource "aws_s3_bucket_policy" "p" {
  policy = jsonencode(jsondecode(<<-EOT
    {"Resource": ["${aws_s3_bucket.b.arn}/*", "x"], "n": 1, "Sid": "${var.open}"}
  EOT
  ))
}
"""
    )
    shown = reading(text).words("aws_s3_bucket_policy.p", "policy")
    assert shown == (
        "json{Resource: [${aws_s3_bucket.b.arn}/*, x], n: 1, Sid: <variable open has no value>}"
    )


def test_template_file_of_the_template_provider(reading: Any) -> None:
    text = 'data "template_file" "t" {\n  template = file("${path.module}/t.json")\n'
    text += "  vars = {\n    arn = aws_s3_bucket.b.arn\n  }\n}\n"
    text += POLICY.replace("data.aws_iam_policy_document.d.json", "data.template_file.t.rendered")
    read = reading({"main.tf": HEAD + text, "t.json": '{"Resource": "${arn}"}'})
    shown = read.words("aws_s3_bucket_policy.p", "policy")
    assert shown == '{"Resource": "${aws_s3_bucket.b.arn}"}'


@pytest.mark.parametrize(
    "expression",
    [
        'compact(["", %s])[0]',
        'coalesce("", %s)',
        '%s != "" ? %s : "none"',
        'length(compact([%s])) == 1 ? %s : "none"',
    ],
)
def test_a_document_is_never_empty(reading: Any, expression: str) -> None:
    """Also where a name in it is made up by the deploy."""
    document = "jsonencode({ Statement = [{ Resource = aws_s3_bucket.b.arn }] })"
    text = 'resource "aws_s3_bucket" "b" {}\nresource "aws_s3_bucket_policy" "b" {\n'
    text += f"  policy = {expression.replace('%s', document)}\n}}\n"
    assert reading(text).words("aws_s3_bucket_policy.b", "policy") == (
        "json{Statement: [{Resource: ${aws_s3_bucket.b.arn}}]}"
    )
