"""ARNs with open parts, against the format that AWS publishes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from validator.aws.arn import Arn, MaybeArn, NotAnArn, parse_arn, split
from validator.graph.span import Span
from validator.graph.text import Hole, Lit, Ref, Symbol, Text, text

ACCOUNT = Symbol("account")
OPEN = Hole("infra#var.x", "variable x has no value")


@pytest.mark.parametrize(
    ("arn", "parts"),
    [
        ("arn:aws:s3:::logs", ("aws", "s3", "", "", "logs")),
        ("arn:aws:s3:::logs/vpc/", ("aws", "s3", "", "", "logs/vpc/")),
        (
            "arn:aws-cn:logs:cn-north-1:111122223333:log-group:/vpc:*",
            ("aws-cn", "logs", "cn-north-1", "111122223333", "log-group:/vpc:*"),
        ),
        (
            "arn:aws:iam::111122223333:role/path/name",
            ("aws", "iam", "", "111122223333", "role/path/name"),
        ),
    ],
)
def test_literal_arns_have_the_parts_that_aws_documents(arn: str, parts: tuple[str, ...]) -> None:
    found = parse_arn(text(arn))
    assert isinstance(found, Arn)
    assert (
        found.partition.literal,
        found.service.literal,
        found.region.literal,
        found.account.literal,
        found.resource.literal,
    ) == parts


@pytest.mark.parametrize(
    "words", ["", "logs", "arn:aws:s3", "arn:aws:s3:::"[:-1], "s3://logs", "ARN:aws:s3:::logs"]
)
def test_what_is_no_arn_is_said_to_be_none(words: str) -> None:
    assert isinstance(parse_arn(text(words)), NotAnArn)


def test_open_parts_between_colons_stay_in_their_place() -> None:
    words = text("arn:aws:logs:") + Text((OPEN,)) + text(":") + Text((ACCOUNT,)) + text(":x:y")
    found = parse_arn(words)
    assert isinstance(found, Arn)
    assert found.region == Text((OPEN,))
    assert found.account == Text((ACCOUNT,))
    assert found.resource.literal == "x:y"


def test_an_open_beginning_leaves_it_open() -> None:
    assert parse_arn(Text((OPEN, Lit("/vpc")))) == MaybeArn(OPEN)
    assert parse_arn(text("arn:aws:s3") + Text((OPEN,))) == MaybeArn(OPEN)


def test_a_name_at_the_beginning_is_no_arn() -> None:
    assert isinstance(parse_arn(Text((Ref("infra#aws_s3_bucket.b", "name"),))), NotAnArn)


PIECES = st.lists(
    st.one_of(st.text("ab:/", max_size=6).map(Lit), st.sampled_from([OPEN, ACCOUNT])), max_size=6
)


@given(PIECES, st.integers(-1, 4))
def test_split_loses_nothing(pieces: list[Lit | Hole | Symbol], most: int) -> None:
    words = Text(tuple(pieces))
    parts = split(words, ":", most)
    joined = Text(())
    for index, part in enumerate(parts):
        joined = joined + text(":") + part if index else part
    assert joined.matches(words)
    assert most < 0 or len(parts) <= most + 1


@given(st.text("ab:", max_size=12), st.integers(-1, 4))
def test_split_of_literals_is_that_of_python(literal: str, most: int) -> None:
    assert [part.literal for part in split(text(literal), ":", most)] == literal.split(":", most)


def test_parts_know_where_they_stand() -> None:
    words = text("arn:aws:s3:::logs", Span("main.tf", 4, 10, 4, 27))
    piece = split(words, ":")[5].pieces[0]
    assert isinstance(piece, Lit)
    assert piece.span == Span("main.tf", 4, 23, 4, 27)
