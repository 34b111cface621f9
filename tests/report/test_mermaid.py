"""The flowchart: always one, whatever a stranger calls his resources, and small enough to draw.

Checked against a grammar of the few forms that are written, and by Mermaid's own parser where
`make check` has installed it.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from validator.graph.span import Span
from validator.outcomes import Delivered, Hop, HopState, Verdict
from validator.records import replace
from validator.report import Style
from validator.report.escape import plain
from validator.report.mermaid import MOST_CHARACTERS, MOST_WAYS, chart, render
from validator.reports import Counts, Report

ROOT = Path(__file__).parents[2]
MODULES = ROOT / ".venv" / "node"
READER = Path(__file__).with_name("mermaid_labels.mjs")
SPAN = Span("main.tf", 1, 1, 1, 2)
HOSTILE = [
    'a"b',
    "a]b",
    '"] --> x["y',
    "#quot;",
    "#35;",
    "&quot; &#60;",
    "<script>alert(1)</script>",
    "<br/>",
    "click f1 href 'https://evil.example'",
    "\nclick f1 call evil()",
    "%%{init: {'theme': 'dark'}}%%",
    "%% comment",
    "end",
    "subgraph x",
    "graph TD",
    "---\ntitle: x\n---",
    "`**bold**`",
    "1. one",
    "- one",
    "# one",
    "a\\nb",
    "$$x^2$$",
    "fa:fa-ban",
    ":::bad",
    "@{ shape: cloud }",
    "ﬂ°°60¶ß",
    "a|b;c",
    "a\u202eb\u0000",
    "日本 🪣",
    "${region}",
    "_x_ *y* ~~z~~",
    "x" * 500,
    "ab " * 200,
]

SAFE = r"""(?:[\w .,/:=+@()\[\]{}$✗✓!?…'-]|#\d+;)"""
LABEL = rf'"{SAFE}+(?:<br/>{SAFE}+)*"'
NODE = re.compile(
    rf"  ([fnm]\d+)(?:\[({LABEL})\]|\{{\{{({LABEL})\}}\}}|\[\(({LABEL})\)\]|\[\[({LABEL})\]\]"
    rf"|\(({LABEL})\)):::(bad|risk|unclear|good|note)"
)
EDGE = re.compile(r"  (\w+) --> (\w+)")
CLASS = re.compile(r"  classDef \w+ (?:[a-z-]+:[#\w ]+,?)+")
HEAD = [
    '%%{init: {"flowchart": {"wrappingWidth": 400}}}%%',
    "flowchart LR",
    "  accTitle: The way of the logs",
]


def read(text: str) -> tuple[dict[str, str], list[tuple[str, str]]]:
    """The labels and edges of a chart; fails where it is none."""
    assert len(text) <= 50_000
    lines = text.split("\n")
    assert lines[:3] == HEAD
    assert re.fullmatch(r"  accDescr: [\w ,:·;()]+", lines[3])
    assert lines[-1] == ""
    labels: dict[str, str] = {}
    edges: list[tuple[str, str]] = []
    for line in lines[4:-1]:
        if found := NODE.fullmatch(line):
            assert found.group(1) not in labels
            (label,) = filter(None, found.groups()[1:6])
            assert "$$" not in label
            assert ":fa" not in label
            labels[found.group(1)] = decoded(label[1:-1])
        elif found := EDGE.fullmatch(line):
            edges.append((found.group(1), found.group(2)))
        else:
            assert CLASS.fullmatch(line), line
    assert len(edges) == len(set(edges)) <= 500
    assert {end for edge in edges for end in edge} <= set(labels)
    return labels, edges


def decoded(label: str) -> str:
    words = re.sub(r"<br ?/?>", "\n", label)
    return re.sub(r"#(\d+);|ﬂ°°(\d+)¶ß", lambda m: chr(int(m.group(1) or m.group(2))), words)


def hop(kind: str, what: str, name: str, state: HopState = "good", why: str = "") -> Hop:
    return Hop(kind, what, name, SPAN, f"{what} {name}", state, why)  # type: ignore[arg-type]


def delivery(name: str, *path: Hop, verdict: Verdict = Verdict.WILL_WORK) -> Delivered:
    return Delivered(f"infra#{name}", SPAN, "s3", "logs", verdict, path=path)


def report(*deliveries: Delivered) -> Report:
    return Report(deliveries, (), (), Counts(1, 1, 0), {})


def hostile(words: str) -> Report:
    path = (
        hop("source", "VPC", words, "bad", words),
        hop("role", "role", words),
        hop("destination", "bucket", words, "open", words),
        hop("policy", "bucket policy", words),
        hop("key", "key", words, "at-risk", words),
    )
    one = delivery(words, *path, verdict=Verdict.WILL_FAIL)
    return report(one, replace(one, address=f"{words}#b", alias=words))


def squeezed(words: str) -> str:
    return re.sub(r"\s", "", words)


@pytest.mark.parametrize("words", HOSTILE)
def test_whatever_is_written_is_a_label(words: str) -> None:
    labels, edges = read(render(hostile(words), Style()))
    assert len(labels) == 6
    assert edges == [*pairwise(["f1", "n1", "n2", "n3", "n4"]), ("f2", "n1")]
    if len(words) < 60:
        assert all(squeezed(plain(words)) in squeezed(label) for label in labels.values())


@given(st.text(max_size=200))
@settings(max_examples=150, deadline=None)
def test_any_text_is_a_label(words: str) -> None:
    labels, _ = read(render(hostile(words), Style()))
    assert len(labels) == 6
    assert all(max(map(len, label.split("\n"))) <= 130 for label in labels.values())


def test_stops_are_shared_and_the_gravest_state_is_shown() -> None:
    bucket, key = hop("destination", "bucket", "logs"), hop("key", "key", "k")
    refused = hop("policy", "bucket policy", "p", "bad", "no statement allows s3:PutObject")
    fails = delivery("a", hop("source", "VPC", "v"), bucket, refused, verdict=Verdict.WILL_FAIL)
    works = delivery("b", hop("source", "VPC", "v"), bucket, replace(refused, state="good"), key)
    text = render(report(fails, works), Style())
    labels, edges = read(text)
    assert edges == [("f1", "n1"), ("n1", "n2"), ("f2", "n1"), ("n2", "n3")]
    assert labels["f1"] == "✗ will fail\na\nof VPC v"
    assert labels["n2"] == (
        "bucket policy p\n✗ no statement allows\ns3:PutObject\nfor 1 of 2 deliveries"
    )
    assert re.search(r"^  n2\[\[.*:::bad$", text, re.M)
    assert re.search(r"^  n1\[\(.*:::good$", text, re.M)


def test_five_hundred_flow_logs_to_one_bucket_are_one_node() -> None:
    path = (hop("destination", "bucket", "logs"), hop("policy", "bucket policy", "p"))
    many = [delivery(f"log{n:03}", hop("source", "subnet", f"s{n}"), *path) for n in range(500)]
    labels, edges = read(render(report(*many), Style()))
    assert labels["f1"] == "✓ 500 flow logs will work\nlog000\nlog001\nlog002\nand 497 more"
    assert len(labels) == 3
    assert len(edges) == 2
    labels, _ = read(render(report(*many[:4]), Style()))
    assert len(labels) == 6


def test_a_picture_of_many_ways_says_what_it_leaves_out() -> None:
    verdicts = [Verdict.WILL_FAIL] * 2 + [Verdict.WILL_WORK] * 60
    many = [
        delivery(f"log{n}", hop("source", "VPC", "v"), hop("destination", "bucket", f"b{n}"))
        for n in range(62)
    ]
    several = [replace(one, verdict=v) for one, v in zip(many, verdicts, strict=True)]
    labels, _ = read(render(report(*several), Style()))
    assert sum(number.startswith("f") for number in labels) == MOST_WAYS
    assert labels["m2"] == "and 32 more deliveries: 32 will work"


def test_names_of_the_worst_kind_stay_below_the_limit() -> None:
    many = [
        delivery(f'"{n}' * 60, *(hop(k, k, f'{n}<"&{k}' * 50, "bad", '"' * 500) for k in KINDS))
        for n in range(40)
    ]
    text = render(report(*many), Style())
    labels, _ = read(text)
    assert len(text) <= MOST_CHARACTERS
    assert "more deliveries" in labels["m2"]
    assert len(chart(report(*many), 10_000)) <= 10_000


KINDS = ["source", "role", "destination", "policy", "key"]


def test_a_report_without_a_delivery_is_a_picture_too() -> None:
    labels, edges = read(render(report(), Style()))
    assert (list(labels.values()), edges) == (["no deliveries"], [])


def test_what_cannot_be_told_is_drawn_unless_it_is_to_be_ignored() -> None:
    one = delivery("a", hop("destination", "bucket", "b"), verdict=Verdict.CANNOT_TELL)
    assert "f1" in read(render(report(one), Style()))[0]
    assert list(read(render(report(one), Style(unknown=False)))[0]) == ["m1"]


def test_units_are_named_if_there_are_several() -> None:
    one = delivery("a", hop("source", "VPC", "v"), hop("destination", "bucket", "logs"))
    labels, _ = read(render(report(one, replace(one, address="other#a")), Style()))
    assert labels["f1"].endswith("\nin infra")
    assert labels["f2"].endswith("\nin other")
    assert "in " not in read(render(report(one), Style()))[0]["f1"]


def test_mermaid_itself_reads_the_same() -> None:
    if shutil.which("node") is None or not (MODULES / "node_modules" / "mermaid").is_dir():
        pytest.skip("Mermaid's parser is not here; `make check` installs it where npm is")
    samples = [
        ROOT / "sample_templates" / "scenes" / name for name in ("vpc-stack", "landing-zone")
    ]
    charts = [render(hostile(words), Style()) for words in HOSTILE] + [
        render(_scene(path), Style()) for path in samples
    ]
    done = subprocess.run(
        ["node", str(READER)],
        cwd=MODULES,
        input=json.dumps(charts),
        capture_output=True,
        text=True,
        check=True,
    )
    for text, found in zip(charts, json.loads(done.stdout), strict=True):
        labels, edges = read(text)
        assert "error" not in found, found
        assert [decoded(label) for label in found["labels"]] == list(labels.values())
        assert (found["edges"], found["links"], found["icons"]) == (len(edges), 0, 0)
        assert found["subgraphs"] == 0


def _scene(path: Path) -> Report:
    from validator.engine import run

    return run([path], working=ROOT)
