"""A few inputs of every fuzzer with every run of the tests; `make fuzz` tries many more."""

from __future__ import annotations

import time
from pathlib import Path
from random import Random
from typing import Any

import pytest

from tests.fuzz.check import sound
from tests.fuzz.meter import Broken, Hang, Meter
from tests.fuzz.targets import TARGETS
from validator.findings import Diagnostic
from validator.graph.span import Span
from validator.reports import Counts, Report

INPUTS = 20


@pytest.mark.parametrize("name", TARGETS)
def test_nothing_breaks(name: str) -> None:
    for number in range(INPUTS):
        text = TARGETS[name].made(Random(f"{name} {number}"))
        TARGETS[name].judge(text, Meter(seconds=10, mebibytes=1_000))


def test_seeds_are_sound_and_reach_deliveries(monkeypatch: pytest.MonkeyPatch) -> None:
    told: set[str] = set()
    for name, target in TARGETS.items():

        def note(report: Report, *measure: Any, name: str = name) -> None:
            sound(report, *measure)
            if report.deliveries:
                told.add(name)

        monkeypatch.setattr("tests.fuzz.check.sound", note)
        for text in target.seeds()[:3]:
            target.judge(text, Meter())
    assert told == TARGETS.keys()


def test_a_bug_is_noticed() -> None:
    bug = Diagnostic(Span("a.tf", 1, 1, 1, 2), "a bug of ours", "internal")
    with pytest.raises(Broken, match="a bug of ours"):
        sound(Report((), (), (bug,), Counts(), {}), Meter(), ())
    with pytest.raises(Broken, match="slow"), Meter(seconds=0).measured():
        # Some clocks of the processor tick a hundred times a second only.
        started = time.process_time()
        while time.process_time() == started:
            sum(range(1_000))
    with pytest.raises(Broken, match="slow"), Meter(seconds=8).measured(before=9):
        pass
    with pytest.raises(Hang), Meter(seconds=0.001).measured():
        while True:
            sum(range(1_000))
    if Path("/proc/self/clear_refs").exists():
        with pytest.raises(Broken, match="large"), Meter(mebibytes=1).measured():
            pass
