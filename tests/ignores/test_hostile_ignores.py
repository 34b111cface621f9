"""What a stranger may write into an ignore."""

from __future__ import annotations

import json
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from validator.graph.span import Span
from validator.notes import Misfit, Note, parse
from validator.readers.cloudformation.notes import notes as in_template
from validator.readers.terraform.notes import notes as in_terraform

WORDS = st.lists(
    st.sampled_from(
        ["# predeploy: ", " ", "ignore", "[", "]", "a-rule", ",", "until=", "2027-03-01", "#", "/*",
         "*/", "//", "\n", '"', "<<E\n", "E\n", "{", "}", "${", "é", "x = 1", ":", "- ", "|\n  "]
    ),
    max_size=25,
).map("".join)  # fmt: skip


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(WORDS)
def test_no_text_is_a_crash(words: str) -> None:
    lines = words.count("\n") + 2
    for found in (
        in_terraform("a.tf", words),
        in_terraform("a.tf.json", json.dumps({"//": words})),
        in_template("a.yaml", words),
        in_template("a.yaml", "Resources:\n  A: # " + words),
    ):
        for one in found:
            assert 1 <= one.span.line <= one.span.end_line <= lines + 2
            if isinstance(one, Note):
                assert one.scope.line <= one.span.line
                assert (one.span.line, one.span.column) < (one.scope.end_line, one.scope.end_column)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(WORDS)
def test_a_comment_is_read_as_it_stands(words: str) -> None:
    """What is found are characters of the text, at their places."""
    span = Span("f", 1, 1, 2, 1)

    def place(start: int, end: int) -> Span:
        assert 0 <= start <= end <= len(words)
        return Span("f", 1, start + 1, 1, end + 1)

    for one in parse(words, place, span):
        if isinstance(one, Misfit):
            assert one.message
            continue
        for named in one.rules:
            assert words[named.span.column - 1 : named.span.end_column - 1] == named.id


@pytest.mark.parametrize(
    "text",
    [
        "#predeploy: ",
        "# predeploy: ignore[a] ",
        "#  \t#  \t#  \t",
        "predeploy:",
        "until=2027-01-01 ",
        "[,",
        "\n# predeploy: ignore[a]",
        "\n/* predeploy: ignore[a] */ ",
        "{\n",
        '"',
        "x: [\n",
        "- # predeploy: ignore[a]\n",
    ],
)
def test_a_long_hostile_text_costs_linear_time(text: str) -> None:
    def seconds(count: int) -> float:
        whole = "# predeploy: ignore[a] " + text * count
        begin = time.process_time()
        list(in_terraform("a.tf", whole))
        list(in_template("a.yaml", f"x: 1 {whole}"))
        return time.process_time() - begin

    few, many = (min(seconds(count) for _ in range(2)) for count in (500, 4_000))
    assert many < 24 * few + 0.05
