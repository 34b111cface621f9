"""Needs and rules are two sides of one thing: no failing need without a finding, and no other."""

from __future__ import annotations

from pathlib import Path

import pytest

from validator.delivery import State, deliveries
from validator.discover import discover, files_for
from validator.graph.graph import Graph, Others
from validator.outcomes import Verdict
from validator.packs import load
from validator.readers import Settings, reader

SAMPLES = Path(__file__).parents[2] / "sample_templates"
FAILING = (State.UNMET, State.AT_RISK, State.NOTED)
FILES = sorted(SAMPLES.glob("*/*.yaml")) + sorted(SAMPLES.glob("*/*.json"))


@pytest.mark.parametrize("folder", sorted({file.parent for file in FILES}), ids=lambda p: p.name)
def test_every_failing_need_is_told_by_a_rule(folder: Path) -> None:
    rules = load().rules
    for file in (one for one in FILES if one.parent == folder):
        files = files_for([file])
        for unit in discover([file], files).units:
            for world in reader(unit.kind)(unit, files, Settings()).worlds:
                graph = Graph(world, Others((world,)))
                told = {one.address for rule in rules if rule.check for one in rule.check(graph)}
                failing = {
                    delivery.flow_log.address
                    for delivery in deliveries(graph)
                    if any(need.state in FAILING for need in delivery.needs)
                }
                assert told == failing, file.name
                for delivery in deliveries(graph):
                    fails = delivery.delivered.verdict in (Verdict.WILL_FAIL, Verdict.MAY_FAIL)
                    grave = any(
                        need.state in (State.UNMET, State.AT_RISK) for need in delivery.needs
                    )
                    assert fails == grave, file.name
                    if delivery.delivered.verdict is Verdict.CANNOT_TELL:
                        assert delivery.delivered.open, file.name
