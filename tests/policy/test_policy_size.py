"""The size of documents: exact if all is known, else the least it can be."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from validator.graph.span import Span
from validator.graph.text import Hole, Lit, Piece, Ref, Symbol, Text, text
from validator.graph.values import Entry, Fields, Items, Known, Node, Unknown
from validator.policy.size import measure

SPAN = Span("main.tf", 1, 1, 1, 2)
quick = settings(derandomize=True, max_examples=200, deadline=None)

documents = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-(10**9), 10**9), st.text(max_size=8)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.dictionaries(st.text(max_size=5), inner, max_size=4)
    ),
    max_leaves=12,
)


def words(*parts: str | Piece) -> Node:
    pieces = (Lit(part) if isinstance(part, str) else part for part in parts)
    return Known(Text(tuple(pieces)), SPAN)


def minified(document: Any) -> str:
    return json.dumps(document, separators=(",", ":"), ensure_ascii=False)


@quick
@given(documents, st.sampled_from([None, 2, 7]))
def test_a_known_document_has_the_size_of_its_minified_text(document: Any, indent: int) -> None:
    size = measure(words(json.dumps(document, indent=indent)))
    written = minified(document)
    assert size.sure
    assert size.least == len(written.encode())
    assert size.characters == len(written)


def test_pretty_printing_does_not_count_but_spaces_in_texts_are_told() -> None:
    size = measure(words('{\n  "Sid": "two words",\n  "n": [1, 2]\n}'))
    assert (size.least, size.characters, size.spaces) == (29, 29, 1)
    assert size.sure


def test_characters_and_bytes_differ() -> None:
    size = measure(words('["ä"]'))
    assert (size.least, size.characters) == (6, 5)


def test_unknown_pieces_count_as_little_as_they_can() -> None:
    empty = measure(words('{"a":""}'))
    bucket = Ref("infra#aws_s3_bucket.b", "name")
    for piece, least, sure in (
        (Hole("x", "x has no value"), 0, False),
        (Symbol("account"), 12, True),
        (Symbol("region"), 9, False),
        (Symbol("partition"), 3, False),
        (bucket, 1, False),
        (Ref("infra#aws_s3_bucket.b", "id", "bucket-name"), 3, False),
        (Ref("infra#x", "arn"), 0, False),
    ):
        size = measure(words('{"a":"', piece, '"}'))
        assert (size.least - empty.least, size.sure) == (least, sure)
    named = measure(words('{"a":"arn:aws:s3:::', bucket, '"}'))
    assert named.least == len('{"a":"arn:aws:s3:::abc"}')
    assert not named.sure


def test_unknown_values_and_further_entries() -> None:
    unknown = Unknown("x", SPAN)
    entry = Entry(text("a"), Known(Items((unknown,), unknown), SPAN), SPAN)
    size = measure(Known(Fields((entry,), unknown), SPAN))
    assert (size.least, size.sure) == (len('{"a":[]}'), False)
    assert measure(unknown).sure is False


def test_references_are_resolved_before_they_are_measured() -> None:
    bucket = Ref("infra#aws_s3_bucket.b", "arn")

    def resolve(found: Text) -> Text:
        return Text(tuple(Lit("arn:aws:s3:::abc") if p == bucket else p for p in found.pieces))

    size = measure(words('{"a":"', bucket, '/*"}'), resolve)
    assert (size.least, size.sure) == (len('{"a":"arn:aws:s3:::abc/*"}'), True)


def test_what_is_no_json_is_never_sure() -> None:
    size = measure(words('{"a":'))
    assert not size.sure
    assert size.least > 0
