"""Whether two texts with open parts might be one: a no must be a proof."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from validator.delivery.resolve import could_be
from validator.graph.text import Hole, Lit, Text

# Not `st.text`, which first looks through all of Unicode: seconds, where nothing is cached yet.
LETTERS = st.lists(st.sampled_from("ab"), max_size=3).map("".join)
HOLES = [Hole(f"u#var.{name}", "no value") for name in "xy"]
TEXTS = st.lists(st.one_of(LETTERS.map(Lit), st.sampled_from(HOLES)), max_size=5).map(
    lambda pieces: Text(tuple(pieces))
)


def filled(words: Text, values: dict[str, str]) -> str:
    return "".join(
        piece.text if isinstance(piece, Lit) else values[piece.key]
        for piece in words.pieces
        if isinstance(piece, Lit | Hole)
    )


@given(TEXTS, TEXTS, st.tuples(LETTERS, LETTERS))
def test_texts_that_become_equal_could_be(one: Text, other: Text, given_: tuple[str, str]) -> None:
    values = dict(zip((hole.key for hole in HOLES), given_, strict=True))
    if filled(one, values) == filled(other, values):
        assert could_be(one, other)


def test_texts_that_differ_in_a_literal_part_could_not() -> None:
    hole = HOLES[0]
    assert not could_be(Text((Lit("acme-"), hole)), Text((Lit("other-logs"),)))
    assert not could_be(Text((hole, Lit("-logs"))), Text((Lit("acme-data"),)))
    assert could_be(Text((hole, Lit("-logs"))), Text((Lit("acme-logs"),)))
