"""Every key, value and character of a text knows where it stands."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, cast

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from validator.files import Files
from validator.graph.text import Lit, Text
from validator.graph.values import Fields, Known, Node
from validator.readers import Settings, Unit
from validator.readers.cloudformation import read

if TYPE_CHECKING:
    from tests.readers.cloudformation.conftest import ReadText


def _lits(node: Node | None) -> list[Lit]:
    match node:
        case Known(value=Text(pieces=pieces)):
            return [piece for piece in pieces if isinstance(piece, Lit)]
        case _:
            return []


def _stands_there(lit: Lit, lines: list[str]) -> bool:
    """Whether each line of a literal stands in the file where its span and margin say."""
    if lit.span is None:
        return True
    for index, words in enumerate(lit.text.split("\n")):
        column = lit.span.column - 1 if index == 0 else lit.margin
        number = lit.span.line - 1 + index
        if words and lines[number][column : column + len(words)] != words:
            return False
    return True


POLICY = """\
Resources:
  Policy:
    Type: AWS::S3::BucketPolicy
    Properties:
      Bucket: logs
      PolicyDocument: %s
"""


@pytest.mark.parametrize(
    "written",
    [
        '|\n        {"Version": "2012-10-17",\n          "Statement": []}\n',
        '|2-\n          {"Version":\n        "2012-10-17"}\n',
        '|\n\n\n        {"Version":\n\n         "x"}\n\n',
        '>-\n        {"Version":\n        "2012-10-17"}\n',
        '>\n        {"Version":\n\n        "2012-10-17",\n          "more": 1}\n',
        '!Sub |\n        {"Version": "${AWS::Region}",\n         "x": 1}\n',
        '!Sub\n        - |\n          {"a": "${B}",\n            "c": 1}\n        - {B: x}\n',
        '"{\\"Version\\": \\"2012-10-17\\"}"',
        "'{\"Version\": \"it''s\"}'",
        "{not: text}",
        "one two\n        three",
        '"one two\n        three"',
        "!Join ['', [\"a\\tb\", 'c', d]]",
        "&anchor !Sub   'x ${AWS::Region} y'",
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_characters_stand_where_their_literal_says(
    read_text: ReadText, written: str, end: str
) -> None:
    text = (POLICY % written).replace("\n", end)
    stack = read_text(text)
    assert not stack.diagnostics
    lines = text.split(end)
    for lit in _lits(stack.value("Policy", "PolicyDocument")):
        escaped = lit.text in ('"', "\t", "'")
        assert escaped or _stands_there(lit, lines), lit


def test_a_block_counts_its_margin(read_text: ReadText) -> None:
    stack = read_text(POLICY % '|\n        {"a":\n          "b"}\n')
    (lit,) = _lits(stack.value("Policy", "PolicyDocument"))
    assert lit.text == '{"a":\n  "b"}\n'
    assert lit.span is not None
    assert (lit.span.line, lit.span.column, lit.margin) == (7, 9, 8)


def test_a_line_of_a_folded_text_stands_on_its_own_line(read_text: ReadText) -> None:
    stack = read_text(POLICY % ">-\n        one\n        ${x}\n")
    places = [
        (lit.text, lit.span.line, lit.span.column)
        for lit in _lits(stack.value("Policy", "PolicyDocument"))
        if lit.span is not None
    ]
    assert places == [("one", 7, 9), ("${x}", 8, 9)]


def test_keys_and_values_of_a_policy_have_places(read_text: ReadText) -> None:
    stack = read_text(
        """\
        Resources:
          Policy:
            Type: AWS::S3::BucketPolicy
            Properties:
              PolicyDocument:
                Version: 2012-10-17
                Statement:
                  - Effect: Allow
                    Action: [s3:PutObject]
        """
    )
    document = stack.value("Policy", "PolicyDocument")
    # An object that begins below its key counts as standing at its key.
    assert (document.span.line, document.span.column) == (5, 7)
    assert isinstance(document, Known)
    assert isinstance(document.value, Fields)
    version, statement = document.value.entries
    assert (version.span.line, version.span.column, version.span.end_column) == (6, 9, 16)
    assert stack.shown("Policy", "PolicyDocument") == {
        "Version": "2012-10-17",
        "Statement": [{"Effect": "Allow", "Action": ["s3:PutObject"]}],
    }
    assert (statement.value.span.line, statement.value.span.column) == (8, 11)
    declared = stack.declared("Policy")
    assert (declared.span.line, declared.span.column, declared.span.end_column) == (2, 3, 9)


JSON = """{
\t"Resources": {
\t\t"Log": {"Type": "AWS::EC2::FlowLog", "Properties": {"LogFormat"
\t\t\t: "\\ud83d\\ude00 \\/ ${x}", "MaxAggregationInterval": 6e1}}
\t}
}
"""


def test_json_that_is_no_yaml_has_places_too(read_text: ReadText) -> None:
    json.loads(JSON)
    stack = read_text(JSON, file="template.json")
    assert not stack.diagnostics
    assert stack.shown("Log", "LogFormat") == "\U0001f600 / ${x}"
    value = stack.value("Log", "LogFormat")
    assert (value.span.line, value.span.column) == (4, 6)
    assert stack.declared("Log").span.column == 3
    assert str(stack.shown("Log", "MaxAggregationInterval")) == "6E+1"


def test_a_byte_order_mark_shifts_nothing(read_text: ReadText) -> None:
    stack = read_text("\ufeffResources: {Log: {Type: AWS::EC2::FlowLog}}\n")
    assert stack.declared("Log").span.column == 13


_TEXTS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Co"), include_characters="\n"),
    min_size=1,
    max_size=60,
)


@settings(derandomize=True, max_examples=150, deadline=None)
@given(
    words=_TEXTS,
    style=st.sampled_from(["|", ">", "'", '"', ""]),
    width=st.sampled_from([20, 80, 1000]),
)
def test_whatever_is_dumped_is_read_with_its_places(words: str, style: str, width: int) -> None:
    class Styled(yaml.SafeDumper):
        pass

    def represent(_: yaml.SafeDumper, data: str) -> yaml.ScalarNode:
        written = style if data == words else None
        return yaml.ScalarNode("tag:yaml.org,2002:str", data, style=written)

    Styled.add_representer(str, represent)
    document = {
        "Resources": {"Log": {"Type": "AWS::EC2::FlowLog", "Properties": {"LogFormat": words}}}
    }
    dump = cast("Callable[..., str]", getattr(yaml, "dump"))  # noqa: B009
    text = dump(document, Dumper=Styled, width=width, allow_unicode=True)
    with TemporaryDirectory() as folder:
        Path(folder, "t.yaml").write_bytes(text.encode())
        files = Files(Path(folder), Path(folder))
        result = read(Unit("cloudformation", "t.yaml"), files, Settings())
    assert not result.diagnostics
    value = result.worlds[0].resources[0].attribute("LogFormat")
    assert isinstance(value, Known)
    assert isinstance(value.value, Text)
    assert value.value.literal == words
    lines = text.replace("\u2028", "\n").replace("\u2029", "\n").replace("\x85", "\n").split("\n")
    # What no block can hold is quoted.
    if style in ("|", ">") and f"LogFormat: {style}" in text:
        assert all(_stands_there(lit, lines) for lit in _lits(value))


def test_the_pure_composer_reads_the_same(tmp_path: Path) -> None:
    """Where libyaml is missing, PyYAML's own composer takes its place."""
    (tmp_path / "t.yaml").write_text(POLICY % "!Sub |\n        a ${AWS::Region}\n         b\n")
    code = (
        "import yaml, sys\n"
        "if sys.argv[1] == 'pure': del yaml.CSafeLoader\n"
        "from pathlib import Path\n"
        "from validator.files import Files\n"
        "from validator.readers import Settings, Unit\n"
        "from validator.readers.cloudformation import read\n"
        "files = Files(Path.cwd(), Path.cwd())\n"
        "result = read(Unit('cloudformation', 't.yaml'), files, Settings())\n"
        "one = result.worlds[0].resources[0]\n"
        "print(one.span, one.attribute('PolicyDocument'), result.diagnostics)\n"
    )
    root = str(Path(__file__).parents[3])
    shown = [
        subprocess.run(
            [sys.executable, "-c", code, kind],
            cwd=tmp_path,
            env={"PYTHONPATH": root},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for kind in ("pure", "fast")
    ]
    assert shown[0] == shown[1]
    assert "margin=8" in shown[0]
