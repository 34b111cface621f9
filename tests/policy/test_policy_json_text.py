"""JSON texts in pieces: the same values as a JSON parser gives, each with its place."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any, TypeAlias

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from validator.graph.span import Span
from validator.graph.text import Hole, Json, Lit, Piece, Ref, Text
from validator.graph.values import Fields, Items, Known, Node, Unknown
from validator.policy import Fault, parse_json
from validator.policy.json_text import DEPTH, SIZE

WHOLE = Span("main.tf", 7, 3, 9, 1)
HOLE = Hole("infra#var.x", "variable x has no value", "--var x=VALUE")
Plain: TypeAlias = Any

quick = settings(derandomize=True, max_examples=300, deadline=None)


def parsed(*parts: str | Piece) -> Node | Fault:
    return parse_json(
        Text(tuple(Lit(part) if isinstance(part, str) else part for part in parts)), WHOLE
    )


def value(*parts: str | Piece) -> Node:
    found = parsed(*parts)
    assert not isinstance(found, Fault), found.message
    return found


def fault(*parts: str | Piece) -> Fault:
    found = parsed(*parts)
    assert isinstance(found, Fault)
    return found


def plain(node: Node) -> Plain:
    """What `json.loads` would give, unknown values as their reason."""
    match node:
        case Unknown(why=why):
            return ("unknown", why)
        case Known(value=Text() as words):
            return words.literal if words.literal is not None else words.pieces
        case Known(value=Items(items=items, rest=rest)):
            return [plain(item) for item in items] + (["…"] if rest is not None else [])
        case Known(value=Fields(entries=entries, rest=rest)):
            found = {entry.key.literal: plain(entry.value) for entry in entries}
            return found | ({"…": 1} if rest is not None else {})
        case Known(value=other):
            return other


documents = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-(10**9), 10**9), st.text(max_size=8)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.dictionaries(st.text(max_size=5), inner, max_size=4)
    ),
    max_leaves=12,
)


@quick
@given(documents, st.sampled_from([None, 0, 2]), st.booleans())
def test_it_reads_what_a_json_parser_reads(
    document: Plain, indent: int | None, ascii_only: bool
) -> None:
    words = json.dumps(document, indent=indent, ensure_ascii=ascii_only)
    assert plain(value(words)) == document


@quick
@given(documents, st.data())
def test_what_a_json_parser_refuses_is_a_fault(document: Plain, data: st.DataObject) -> None:
    """A right text with one character dropped or put in."""
    words = json.dumps(document, ensure_ascii=False)
    place = data.draw(st.integers(0, len(words)))
    extra = data.draw(st.sampled_from(["", ",", "]", "}", '"', "{", ":", "x", "1", " ", "\\"]))
    changed = words[:place] + extra + words[place + (not extra) :]
    try:
        expected = json.loads(changed, parse_constant=lambda name: pytest.fail(name))
    except ValueError:
        assert isinstance(parsed(changed), Fault)
    else:
        assert plain(value(changed)) == expected


@quick
@given(documents)
def test_pieces_of_a_text_may_be_cut_anywhere(document: Plain) -> None:
    words = json.dumps(document)
    assert plain(value(*words)) == document


# --- places ------------------------------------------------------------------------------------

HEREDOC = """{
  "Version": "2012-10-17",
  "Statement": [
    {"Effect": "Allow", "Action": ["a:b",
                                   "c:d"]}
  ]
}
"""


def spot(span: Span) -> tuple[int, int, int, int]:
    return span.line, span.column, span.end_line, span.end_column


def test_every_key_and_value_knows_its_place() -> None:
    """A heredoc from line 20 on, with four columns of indentation cut away."""
    span = Span("main.tf", 20, 5, 27, 1)
    node = parse_json(Text((Lit(HEREDOC, span, margin=4),)), WHOLE)
    assert isinstance(node, Known)
    document = node.value
    assert isinstance(document, Fields)
    assert spot(node.span) == (20, 5, 26, 6)
    version, statement = document.entries
    assert spot(version.span) == (21, 7, 21, 16)
    assert spot(version.value.span) == (21, 18, 21, 30)
    assert isinstance(statement.value, Known)
    items = statement.value.value
    assert isinstance(items, Items)
    [first] = items.items
    assert spot(first.span) == (23, 9, 24, 47)
    assert isinstance(first, Known)
    assert isinstance(first.value, Fields)
    action = first.value.entries[1].value
    assert isinstance(action, Known)
    assert isinstance(action.value, Items)
    assert [spot(item.span) for item in action.value.items] == [(23, 40, 23, 45), (24, 40, 24, 45)]


def test_pieces_have_places_of_their_own() -> None:
    """A template with an unknown piece; its literal pieces stand at columns 10 and 30."""
    words = (
        Lit('{"a": "', Span("main.tf", 4, 10, 4, 17)),
        HOLE,
        Lit('b"}', Span("main.tf", 4, 30, 4, 33)),
    )
    node = parse_json(Text(words), WHOLE)
    assert isinstance(node, Known)
    assert isinstance(node.value, Fields)
    [entry] = node.value.entries
    assert spot(entry.span) == (4, 11, 4, 14)
    assert isinstance(entry.value, Known)
    assert spot(entry.value.span) == (4, 16, 4, 32)
    assert isinstance(entry.value.value, Text)
    assert entry.value.value.pieces == (HOLE, Lit("b"))
    last = entry.value.value.pieces[1]
    assert isinstance(last, Lit)
    assert last.span is not None
    assert spot(last.span) == (4, 30, 4, 31)


def test_line_breaks_that_were_written_as_escapes_move_nothing_down() -> None:
    written = Span("main.tf", 4, 10, 4, 40)
    node = parse_json(Text((Lit('{\n"a":\n"b"}', written),)), WHOLE)
    assert isinstance(node, Known)
    assert isinstance(node.value, Fields)
    assert {node.value.entries[0].span.line, node.value.entries[0].value.span.line} == {4}


def test_a_text_without_places_is_where_the_whole_is() -> None:
    assert (fault("{]").span.file, fault("{]").span.line) == ("main.tf", 7)


@pytest.mark.parametrize(
    ("words", "column", "message"),
    [
        ("", 1, "the document is empty"),
        ("   ", 3, "the document is empty"),
        ("{", 1, "a key in double quotes is missing"),
        ('{"a": 1,}', 8, "a comma before the end"),
        ("[1 2]", 4, "a comma or the end of the list is missing"),
        ('{"a" 1}', 6, "a colon is missing"),
        ("{'a': 1}", 2, "a key in double quotes is missing"),
        ('{"a": }', 7, "is no JSON value"),
        ('{"a": True}', 7, "'True' is no JSON value"),
        ('["abc', 2, "this text is never closed"),
        ('["a\nb"]', 4, "a line break or control character inside a text"),
        ('["\\x"]', 3, "\\x is no escape"),
        ('["\\u12"]', 5, "four hexadecimal digits are missing"),
        ('["\\ud800"]', 3, "half of a surrogate pair"),
        ("{} {}", 4, "something follows after the end"),
        ("{} // comment", 4, "something follows after the end"),
        ("01", 2, "something follows after the end"),
    ],
)
def test_malformed_json_is_a_fault_at_its_place(words: str, column: int, message: str) -> None:
    span = Span("main.tf", 1, 1, words.count("\n") + 1, len(words) + 1)
    found = parse_json(Text((Lit(words, span),)), WHOLE)
    assert isinstance(found, Fault)
    assert message in found.message
    assert found.rejected
    assert (found.span.line, found.span.column) == (1, column) or not words


# --- what is kept ------------------------------------------------------------------------------


def test_repeated_keys_stay_repeated() -> None:
    node = value('{"a": 1, "a": 2}')
    assert isinstance(node, Known)
    assert isinstance(node.value, Fields)
    assert [entry.key.literal for entry in node.value.entries] == ["a", "a"]


def test_sensitive_text_stays_sensitive() -> None:
    words = Text((Lit('{"a": "'), Lit("secret", sensitive=True), Lit('"}')))
    node = parse_json(words, WHOLE)
    assert isinstance(node, Known)
    assert isinstance(node.value, Fields)
    inner = node.value.entries[0].value
    assert isinstance(inner, Known)
    assert str(inner.value) == "(sensitive)"
    broken = parse_json(Text((Lit('{"a": '), Lit("secret", sensitive=True), Lit("}"))), WHOLE)
    assert isinstance(broken, Fault)
    assert "secret" not in broken.message


# --- unknown pieces ----------------------------------------------------------------------------

WHY = ("unknown", "variable x has no value")


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ([HOLE], WHY),
        ([" ", HOLE, "\n"], WHY),
        (["[", HOLE, "]"], [WHY]),
        (["[1, ", HOLE, "]"], [1, WHY]),
        (["[1", HOLE, "]"], [WHY]),
        (["[1 ", HOLE, "]"], [1, "…"]),
        (['["a"', HOLE, "]"], ["a", "…"]),
        (["[", HOLE, ", 1]"], [WHY, 1]),
        (["[", HOLE, " 1]"], [WHY, 1]),
        (["[", HOLE, HOLE, "]"], [WHY]),
        (["[", HOLE, "x, 2]"], [WHY, 2]),
        (['{"a": ', HOLE, "}"], {"a": WHY}),
        (['{"a": ', HOLE, ', "b": 1}'], {"a": WHY, "b": 1}),
        (['{"a": 1 ', HOLE, "}"], {"a": 1, "…": 1}),
        (['{"a": 1, ', HOLE, "}"], {"a": 1, "…": 1}),
        (["{", HOLE, "}"], {"…": 1}),
        (["{", HOLE, ', "a": 1}'], {"a": 1, "…": 1}),
        (["{", HOLE, ' "a": 1}'], {"a": 1, "…": 1}),
        (["{", HOLE, ': 1, "a": 1}'], {"a": 1, "…": 1}),
        (['{"a": 1}', HOLE], WHY),
        ([HOLE, '{"a": 1}'], WHY),
        (['["', HOLE, '"]'], [(HOLE,)]),
        (['["a', HOLE, 'b"]'], [(Lit("a"), HOLE, Lit("b"))]),
    ],
)
def test_unknown_pieces_are_unknown_values(parts: list[str | Piece], expected: Plain) -> None:
    assert plain(value(*parts)) == expected


def test_a_json_piece_is_its_value() -> None:
    inner: Node = Known(Items((Known(Decimal(1), WHOLE),)), WHOLE)
    assert value(Json(inner)) is inner
    assert value(" ", Json(inner), "\n") is inner
    assert plain(value('{"a": ', Json(inner), "}")) == {"a": [1]}
    assert plain(value('"v', Json(Known(Decimal("1.5"), WHOLE)), '"')) == "v1.5"


def test_an_unknown_key_stays_in_pieces() -> None:
    node = value('{"', Ref("infra#x", "name"), ':sub": 1}')
    assert isinstance(node, Known)
    assert isinstance(node.value, Fields)
    assert node.value.entries[0].key.pieces == (Ref("infra#x", "name"), Lit(":sub"))


# --- hostile texts -----------------------------------------------------------------------------


def test_deep_nesting_is_a_fault() -> None:
    assert "nested deeper" in fault("[" * 100_000).message
    assert "nested deeper" in fault('{"a":' * 100_000).message
    assert plain(value("[" * DEPTH + "]" * DEPTH)) is not None


def test_a_huge_text_is_a_fault() -> None:
    assert "longer than" in fault('"' + "a" * SIZE + '"').message
    assert "more than" in fault("[" + "1," * 200_000 + "1]").message


def test_huge_numbers_stay_as_they_are_written() -> None:
    assert plain(value("[1e999999999, 1e99999999999999999999, -0.5e10]")) == [
        "1e999999999",
        "1e99999999999999999999",
        Decimal("-0.5e10"),
    ]


def test_a_text_of_private_characters_has_no_unknown_pieces() -> None:
    words = "".join(chr(code) for code in range(0xE000, 0xE100))
    assert plain(value(f'["{words}"]')) == [words]
    assert plain(value(f'["{words}', HOLE, '"]')) == [(Lit(words), HOLE)]
