"""What is made to take for ever: a budget ends it, the report says where, the rest is judged."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tests.hostile_cases import GOOD, OPEN, UNREAD
from validator import cli
from validator.engine import run
from validator.outcomes import Verdict
from validator.report import REPORTERS, Style, reporter

Tree = Callable[[Mapping[str, str | bytes]], Path]


@pytest.fixture(params=[*UNREAD, *OPEN])
def hostile(request: pytest.FixtureRequest, tree: Tree) -> tuple[str, str, bool]:
    """Where it is told, in what words, and whether something could not be read."""
    name: str = request.param
    files, place, words = (UNREAD | OPEN)[name]
    tree(
        {".git/HEAD": "", "good.yaml": GOOD, **{f"bad/{one}": text for one, text in files.items()}}
    )
    return f"bad/{place}", words, name in UNREAD


def test_it_ends_with_the_place_and_the_rest_is_judged(hostile: tuple[str, str, bool]) -> None:
    place, words, unread = hostile
    assert cli.main(["--format", "concise", "--fail-on", "never"]) == (3 if unread else 0)
    report = run([Path()])
    verdicts = {one.name: one.verdict for one in report.deliveries}
    assert verdicts.pop("Good") is Verdict.WILL_WORK
    assert Verdict.WILL_WORK not in verdicts.values()
    assert unread or Verdict.CANNOT_TELL in verdicts.values()
    said = [(one.span, one.message) for one in report.diagnostics]
    assert bool(said) == unread
    assert len(said) <= 2
    said += [(fact.span, fact.fact) for one in report.deliveries for fact in one.open]
    places = [(f"{span.file}:{span.line}", message) for span, message in said]
    assert any(place in here and words in message for here, message in places), places
    for name in REPORTERS:
        shown = reporter(name)(report, Style(verbose=True))
        assert re.search(r"root:[^ ]*:0:0|a bug of ours", shown) is None
        assert len(shown) < 500_000


def test_more_findings_than_anybody_reads_are_no_bug(
    tree: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("validator.judge.MOST", 2)
    logs = "".join(f'resource "aws_flow_log" "a{number}" {{}}\n' for number in range(5))
    tree({"net/main.tf": logs, "good.yaml": GOOD})
    assert cli.main(["--format", "concise"]) == 1
    report = run([Path()])
    assert [one.verdict for one in report.deliveries] == [Verdict.WILL_FAIL] * 5 + [
        Verdict.WILL_WORK
    ]
    found = Counter(one.rule for one in report.findings)
    assert set(found.values()) == {2}
    assert {(one.span.file, one.kind, one.message) for one in report.diagnostics} == {
        ("net", "limit", f"{rule} finds more than 2 here; these are the first") for rule in found
    }
