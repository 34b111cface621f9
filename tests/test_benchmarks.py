"""The benchmarks measure what they say: every corpus is judged, and as its writer says."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import pytest

from benchmarks import measure
from benchmarks.corpora import CORPORA, Corpus
from benchmarks.measure import Cost, medians, once
from benchmarks.tables import growth, side_by_side
from benchmarks.tools import tools
from validator.engine import run

SMALL = {"repository": 60, "modules": 2, "templates": 4, "fan": 12, "policy": 3}


@pytest.mark.parametrize("corpus", CORPORA, ids=lambda corpus: corpus.name)
def test_a_corpus_holds_what_it_says(
    corpus: Corpus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = corpus.write(tmp_path, SMALL.get(corpus.name, corpus.size))
    monkeypatch.chdir(tmp_path)
    report = run([Path()])
    found: dict[str, int] = {}
    for one in report.deliveries:
        found[one.verdict.value] = found.get(one.verdict.value, 0) + 1
    assert found == {verdict: number for verdict, number in told.items() if number}
    assert report.diagnostics == ()


def test_a_run_is_measured_with_what_it_starts(tmp_path: Path) -> None:
    code = "import subprocess, sys; x = bytearray(60_000_000); subprocess.run(['true'])"
    cost = once([sys.executable, "-c", code], tmp_path)
    assert cost is not None
    assert cost.memory > 57
    assert 0 < cost.cpu <= cost.wall * 4
    assert medians([Cost(1, 1, 1), Cost(3, 2, 9), Cost(2, 3, 5)]) == Cost(2, 2, 9)


def test_tables_call_a_missed_limit_missed() -> None:
    corpus = next(one for one in CORPORA if one.limit == 0.25)
    shown = side_by_side(
        [corpus],
        ["validate", "Trivy"],
        {(corpus.name, "validate"): Cost(0.3, 0.2, 151), (corpus.name, "Trivy"): Cost(0.6, 1, 9)},
    )
    assert "0.30 s (missed)" in shown
    assert "151 MiB (missed)" in shown
    assert "2.0 times (0.60 s)" in shown
    assert "1: 0.50, 2: 1.00" in growth({"x": [(1, Cost(1, 0.5, 1)), (2, Cost(1, 1.0, 1))]})


def test_ours_is_always_there() -> None:
    ours, *others = tools()
    assert ours.name == "validate"
    assert ours.here
    assert {one.name for one in others} >= {"Trivy", "Checkov", "cfn-lint"}


def test_what_a_stopped_command_started_is_stopped_with_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(measure, "LIMIT", 0.5)
    assert once(["sh", "-c", "sleep 60 & echo $! > child; wait"], tmp_path) is None
    child = Path("/proc") / (tmp_path / "child").read_text().strip() / "stat"
    for _ in range(200):
        # One that nobody waits for stays as a zombie.
        if not child.exists() or child.read_text().rpartition(")")[2].split()[0] == "Z":
            return
        time.sleep(0.02)
    raise AssertionError("the child lives on")
