"""A few inputs of every fuzzer with every run of the tests; `make fuzz` tries many more."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from tests.fuzz.check import Broken, Hang, bounded, sound
from tests.fuzz.targets import TARGETS
from validator.findings import Diagnostic
from validator.graph.span import Span
from validator.reports import Counts, Report

INPUTS = 20


@pytest.mark.parametrize("name", TARGETS)
def test_nothing_breaks(name: str) -> None:
    for number in range(INPUTS):
        text = TARGETS[name].made(Random(f"{name} {number}"))
        with bounded(seconds=10, mebibytes=1_000):
            TARGETS[name].judge(text)


def test_seeds_are_sound_and_reach_deliveries(monkeypatch: pytest.MonkeyPatch) -> None:
    told: set[str] = set()
    for name, target in TARGETS.items():

        def note(report: Report, name: str = name) -> None:
            sound(report)
            if report.deliveries:
                told.add(name)

        monkeypatch.setattr("tests.fuzz.check.sound", note)
        for text in target.seeds()[:3]:
            target.judge(text)
    assert told == TARGETS.keys()


def test_a_bug_is_noticed() -> None:
    bug = Diagnostic(Span("a.tf", 1, 1, 1, 2), "a bug of ours", "internal")
    with pytest.raises(Broken, match="a bug of ours"):
        sound(Report((), (), (bug,), Counts(), {}))
    with pytest.raises(Broken, match="slow"), bounded(seconds=0):
        sum(range(100_000))
    with pytest.raises(Hang), bounded(seconds=0.001):
        while True:
            sum(range(1_000))
    if Path("/proc/self/clear_refs").exists():
        with pytest.raises(Broken, match="large"), bounded(mebibytes=1):
            pass
