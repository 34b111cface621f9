"""The file of a baseline: how it reads, where it stands, and what is no baseline."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.baseline_cases import FILE, MISSING, Capture, Ran, log
from validator import cli
from validator.baseline.entries import Broken, Entry, parse, rendered
from validator.findings import Severity

if TYPE_CHECKING:
    from tests.conftest import Tree


def test_the_file_is_for_people_and_for_merges(tree: Tree, capsys: Capture) -> None:
    tree({"b/main.tf": log("b"), "a/main.tf": log("a") + log("c")})
    Ran(capsys, "--write-baseline")
    text = Path(FILE).read_text(encoding="utf-8")
    first, *lines, last = text.splitlines()
    assert (first, last) == ('{"predeploy-baseline": 1, "findings": [', "]}")
    assert [json.loads(line.rstrip(","))["address"] for line in lines] == [
        "a#aws_flow_log.a",
        "a#aws_flow_log.c",
        "b#aws_flow_log.b",
    ]
    entry = json.loads(lines[0].rstrip(","))
    assert entry == {
        "address": "a#aws_flow_log.a",
        "rule": MISSING,
        "severity": "warning",
        "fingerprint": entry["fingerprint"],
        "message": "nothing in these files creates bucket acme-a",
    }
    found = Ran(capsys, "--baseline", FILE).found["findings"]
    assert [one["ignored"]["line"] for one in found] == [2, 3, 4]
    assert {one["ignored"]["file"] for one in found} == {FILE}


def test_it_stands_beside_the_configuration(tree: Tree, capsys: Capture) -> None:
    tree({"infra/predeploy.toml": "", "infra/a/main.tf": log("a")})
    wrote = Ran(capsys, "infra/a", "--write-baseline")
    assert wrote.complaints == f"validate: infra/{FILE} holds 1 known finding\n"
    tree({"infra/predeploy.toml": 'baseline = "known.json"\n'})
    wrote = Ran(capsys, "infra/a", "--write-baseline")
    assert wrote.complaints == "validate: infra/known.json holds 1 known finding\n"
    assert Ran(capsys, "infra/a").new == []


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("", 1, "this is no baseline: Expecting value"),
        ('{"predeploy-baseline": 1,\n"findings": [\n<<<<<<< HEAD\n]}', 3,
         "this is no baseline: Expecting value"),
        ('resource "x" "y" {}', 1, "this is no baseline: Expecting value"),
        ("[]", 1, "this is no baseline; --write-baseline writes one"),
        ('{"findings": []}', 1, "this is no baseline; --write-baseline writes one"),
        ('{"predeploy-baseline": 2}', 1, "this is a baseline of version 2; 1 is understood"),
        ('{"predeploy-baseline": 1}', 1, "a baseline has a list of findings"),
        ('{"predeploy-baseline": 1, "findings": [\n{"fingerprint": "0", "rule": ""}]}', 2,
         "an entry of a baseline has a text as its address"),
        ('{"predeploy-baseline": 1, "findings": [\n{"fingerprint": "0", "rule": "a", '
         '"address": "a#b", "message": "", "severity": "grave"}]}', 2,
         "there is no severity grave"),
        ('{"predeploy-baseline": 1, "findings": [\n{"fingerprint": "0", "rule": "a", '
         '"address": "a#b", "message": "", "severity": "info", "count": 0}]}', 2,
         "the count of an entry is a number from 1 on"),
        ('{"predeploy-baseline": 1, "findings": [\n{"fingerprint": "0", "rule": "a", '
         '"address": "a\\u0000#b", "message": "", "severity": "info"}]}', 2,
         "the address of an entry begins with what no file can be called"),
        ('{"predeploy-baseline": 1, "findings": [\n{"fingerprint": "0", "rule": "a", '
         '"address": "\\ud800#b", "message": "", "severity": "info"}]}', 2,
         "the address of an entry begins with what no file can be called"),
        (b"\xff\xfe", 1, "this is no UTF-8 text"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("option", ["--baseline", "--write-baseline"])
def test_a_broken_baseline_ends_the_run_at_its_place(
    tree: Tree, capsys: Capture, text: str | bytes, line: int, message: str, option: str
) -> None:
    tree({"main.tf": log("a"), "known.json": text})
    before = Path("known.json").read_bytes()
    ran = Ran(capsys, option, "known.json")
    assert ran.code == 2
    (one,) = ran.found["diagnostics"]
    assert (one["file"], one["line"], one["message"]) == ("known.json", line, message)
    # What is no baseline is not written over.
    assert Path("known.json").read_bytes() == before


def test_bad_options_end_the_run_in_words(tree: Tree, capsys: Capture) -> None:
    tree({"a/main.tf": log("a"), "one.json": "", "two.json": ""})
    for arguments, words in (
        (["--baseline", "none.json"], "--baseline none.json: there is no such file"),
        (["--write-baseline", "a"], "--write-baseline a: this is a folder"),
        (["--baseline", "one.json", "--write-baseline", "two.json"], "name two files"),
        (["--write-baseline", "none/x.json"], "--write-baseline none/x.json: "),
        (["--write-baseline", "--diff"], "--diff writes nothing"),
    ):
        assert cli.main(arguments) == 2
        assert words in capsys.readouterr().err
    tree({"predeploy.toml": 'baseline = "none.json"\n'})
    (one,) = Ran(capsys).found["diagnostics"]
    assert one["message"] == "there is no such baseline; --write-baseline writes it"


TEXTS = st.text(st.characters(codec="utf-8"), min_size=1, max_size=8)
ENTRIES = st.builds(
    Entry,
    address=TEXTS.map(lambda one: one.replace("\0", "0")),
    rule=TEXTS,
    fingerprint=TEXTS,
    severity=st.sampled_from(Severity),
    message=TEXTS,
    count=st.integers(1, 3),
)


@given(st.lists(ENTRIES, max_size=8))
def test_what_is_written_is_read_again(entries: list[Entry]) -> None:
    text = rendered(entries)
    read = parse("f", text)
    assert rendered(read) == text
    assert rendered(reversed(read)) == text
    assert sum(one.count for one in read) == sum(one.count for one in entries)
    lines = text.split("\n")
    assert [lines[one.line - 1].rstrip(",") for one in read] == [one.written() for one in read]


@given(st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(
        st.sampled_from(["predeploy-baseline", "findings", "fingerprint", "rule", "count"]),
        inner, max_size=4),
    max_leaves=8,
))  # fmt: skip
def test_no_json_is_a_crash(value: object) -> None:
    for document in (value, {"predeploy-baseline": 1, "findings": [value]}):
        try:
            parse("f", json.dumps(document))
        except Broken as error:
            assert error.diagnostic.kind == "config"
