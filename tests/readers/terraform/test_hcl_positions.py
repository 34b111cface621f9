"""Every value knows its line and column, whatever surrounds it."""

from __future__ import annotations

import pytest

from validator.graph.span import Span
from validator.readers.terraform.hcl import parse, tree
from validator.readers.terraform.hcl.bodies import Attribute, Block, Body
from validator.readers.terraform.hcl.source import Fault, Node, Source

TEXT = """\
resource "aws_s3_bucket" "b" {
  bucket = "plain"
  policy = jsonencode({
    Statement = [
      { Sid = "one", Resource = ["x", "${var.name}/*"] },
    ]
  })
\ttabs   = { "key" : 1, é = "ü", "z" = -2 }
  note   = <<-EOT
    first ${var.first} end
      deeper %{ if var.flag ~} yes %{ endif }
  EOT
}
"""


def nodes(node: Node) -> list[Node]:
    """The node and everything in it that has a place."""
    found = [node]
    match node:
        case Body(attributes=attributes, blocks=blocks):
            inner: list[Node] = [*attributes.values(), *blocks]
        case Block(body=body):
            inner = [body]
        case Attribute(value=value):
            inner = [value]
        case tree.Template(parts=parts):
            inner = [*parts]
        case tree.If(test=test, yes=yes, no=no):
            inner = [test, *yes, *no]
        case tree.Object(entries=entries):
            inner = [one for entry in entries for one in entry]
        case tree.Tuple(items=items) | tree.Call(arguments=items):
            inner = [*items]
        case tree.Attr(of=of) | tree.Unary(x=of):
            inner = [of]
        case _:
            inner = []
    for one in inner:
        found.extend(nodes(one))
    return found


def cut(text: str, span: Span) -> str:
    """What stands at a span, found by lines and columns alone."""
    lines = text.split("\n")[span.line - 1 : span.end_line]
    lines[-1] = lines[-1][: span.end_column - 1]
    lines[0] = lines[0][span.column - 1 :]
    return "\n".join(lines)


def spans_of(text: str) -> list[str]:
    body = parse.body(Source("main.tf", text))
    return [cut(text, node.span) for node in nodes(body)]


@pytest.mark.parametrize(
    "words",
    [
        '"plain"',
        "Statement",
        "Sid",
        '"one"',
        '"x"',
        '"${var.name}/*"',
        "var.name",
        "/*",
        '"key"',
        "1",
        "é",
        '"ü"',
        "-2",
        "first ",
        "var.first",
        "var.flag",
    ],
)
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_place_of_every_value(words: str, ends: str) -> None:
    text = TEXT.replace("\n", ends)
    assert words in [one.replace("\r\n", "\n") for one in spans_of(text)]


def test_lines_and_columns() -> None:
    body = parse.body(Source("main.tf", TEXT))
    places = {cut(TEXT, node.span): node.span for node in nodes(body)}
    assert places['"plain"'] == Span("main.tf", 2, 12, 2, 19)
    assert places["var.name"] == Span("main.tf", 5, 42, 5, 50)
    assert places['"key"'] == Span("main.tf", 8, 13, 8, 18)
    assert places['"ü"'] == Span("main.tf", 8, 28, 8, 31)
    assert places["var.first"] == Span("main.tf", 10, 13, 10, 22)
    assert places["var.flag"] == Span("main.tf", 11, 20, 11, 28)


def test_heredoc_lines_keep_their_place_though_their_indentation_is_cut() -> None:
    text = "a = <<-X\n    one\n      two\n    X\n"
    value = parse.body(Source("main.tf", text)).attributes["a"].value
    assert isinstance(value, tree.Template)
    (chars,) = value.parts
    assert isinstance(chars, tree.Chars)
    assert chars.text == "one\n  two\n"
    assert (chars.span.line, chars.span.column, chars.margin) == (2, 5, 4)


def test_escapes_do_not_move_what_follows() -> None:
    text = 'a = "x\\n\\u00e9${b}"\n'
    value = parse.body(Source("main.tf", text)).attributes["a"].value
    assert isinstance(value, tree.Template)
    assert [(part.span.column, part.span.end_column) for part in value.parts] == [
        (6, 7),
        (7, 9),
        (9, 15),
        (17, 18),
    ]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("a = 1\nb = = 2\n", (2, 5)),
        ('a = "x\ny"\n', (1, 7)),
        ('a = "\\d"\n', (1, 6)),
        ("a {\n  b = [\n}\n", (3, 1)),
        ('x = 1\ny = "${a +}"\n', (2, 10)),
        ("a = <<EOF\nx\n", (1, 5)),
        ("a = 1\na = 2\n", (2, 1)),
        ("é = 1\nü = 'x'\n", (2, 5)),
    ],
)
def test_place_of_a_fault(text: str, place: tuple[int, int]) -> None:
    source = Source("main.tf", text)
    with pytest.raises(Fault) as caught:
        parse.body(source)
    assert source.position(caught.value.start) == place


@pytest.mark.parametrize(
    "text", ["a = (1 #\n)\n", "a = [1, #\n  2]\n", "#", "a {\n#\n}\n", "a {} #"]
)
def test_an_empty_comment_is_a_comment(text: str) -> None:
    parse.body(Source("main.tf", text))


def test_backslashes_mean_nothing_in_a_heredoc() -> None:
    text = 'a = <<-EOF\n  ${b}\\,${join("\\\\,", c)}\n  EOF\n'
    value = parse.body(Source("main.tf", text)).attributes["a"].value
    assert isinstance(value, tree.Template)
    assert [part.text for part in value.parts if isinstance(part, tree.Chars)] == ["\\,", "\n"]
