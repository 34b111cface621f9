"""The sample is the test: every rule, every language, the lines found and the words said.

`# expect: rule-id` marks the line that a finding must point at; JSON has no comments, so
`name.json.expect` lists `LINE rule-id`. Every sample runs under all rules, so one fault is one
finding. A file `ONLY` names the language of a fault that only one can have.
Accepted reports stand beside the bad samples; `pytest --accept` rewrites them. A scene may tell of
what exists in an `existing.toml`, and of what no template says in a `predeploy.toml`.
"""

from __future__ import annotations

import json
import os
import pickle
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from validator.config import Options
from validator.configuration.find import candidates
from validator.configuration.read import read
from validator.engine import run
from validator.findings import Severity
from validator.outcomes import Verdict
from validator.packs import load
from validator.records import replace
from validator.report import REPORTERS, Style, reporter
from validator.reports import Report
from validator.rule_file import Loaded

Contract = Callable[[str, str], Any]
ROOT = Path(__file__).parent.parent
SAMPLES = ROOT / "sample_templates"
SCENES = SAMPLES / "scenes"
MARKER = re.compile(r"(?:#|//) expect: ([a-z0-9-]+)")
GRAVEST = {
    "bad": Verdict.WILL_FAIL,
    "at-risk": Verdict.MAY_FAIL,
    "open": Verdict.CANNOT_TELL,
    "good": Verdict.WILL_WORK,
}
KINDS = ["source", "role", "destination", "policy", "key"]
NOT_SAMPLES = (".txt", ".expect", ".md")


def samples(kind: str) -> list[Path]:
    """The samples of a kind: a file, or a folder that is one root module of several files."""
    return sorted(
        path
        for folder in SAMPLES.iterdir()
        if folder.is_dir() and folder != SCENES
        for path in folder.iterdir()
        if re.match(rf"{kind}(_|\.|$)", path.name) and path.suffix not in NOT_SAMPLES
    )


BAD = samples("bad")
GOOD = samples("good")
SCENE = sorted(path for path in SCENES.iterdir() if path.is_dir()) if SCENES.is_dir() else []


@cache
def rules() -> dict[str, Loaded]:
    return {loaded.rule.id: loaded for loaded in load().rules}


def is_about_ignores(sample: Path) -> bool:
    return rules()[sample.parent.name].inspect is not None


def name_of(sample: Path) -> str:
    return sample.relative_to(SAMPLES).as_posix()


def judge(sample: Path, top: Path) -> Report:
    """Judge a sample alone: Terraform takes all files of a folder for one module."""
    copy = top / sample.relative_to(ROOT)
    copy.parent.mkdir(parents=True)
    if sample.is_dir():
        shutil.copytree(sample, copy)
    else:
        shutil.copy(sample, copy)
    told = copy / "existing.toml"
    existing = (told.relative_to(top).as_posix(),) if told.is_file() else ()
    configured = read(candidates([copy], top), [copy], top, dict)
    options = Options() if configured is None else configured.options
    options = replace(options, existing=existing, require_reason=True)
    report = run([copy], options, working=top)
    hold_ways(report)
    # A second process sends what it found to the first one.
    found = (report.deliveries, report.findings, report.diagnostics)
    assert pickle.loads(pickle.dumps(found)) == found
    return report


def hold_ways(report: Report) -> None:
    """The way of the logs tells the same as the verdict, in every sample there is."""
    for delivered in report.deliveries:
        gravest = min((GRAVEST[hop.state] for hop in delivered.path), key=lambda one: one.rank)
        assert gravest is delivered.verdict, delivered
        kinds = [hop.kind for hop in delivered.path]
        assert {"source", "destination"} <= set(kinds)
        assert kinds == sorted(kinds, key=KINDS.index)
        assert len({hop.id for hop in delivered.path}) == len(kinds), delivered
        for hop in delivered.path:
            assert (hop.why == "") == (hop.state == "good"), hop
            assert hop.name or hop.state != "good", hop
            assert hop.span.file in report.sources, hop


def marked(sample: Path) -> set[tuple[str, int, str]]:
    """File, line and rule of every finding that a sample promises."""
    found: set[tuple[str, int, str]] = set()
    for path in sorted(sample.rglob("*")) if sample.is_dir() else [sample]:
        if not path.is_file():
            continue
        name = path.relative_to(ROOT).as_posix()
        expect = path.with_name(f"{path.name}.expect")
        if expect.is_file():
            for entry in expect.read_text(encoding="utf-8").splitlines():
                line, _, rule = entry.partition(" ")
                found.add((name, int(line), rule.strip()))
        elif path.suffix not in NOT_SAMPLES:
            for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
                found |= {(name, number, rule) for rule in MARKER.findall(line)}
    return found


def places(report: Report) -> set[tuple[str, int, str]]:
    return {
        (one.span.file, one.span.line, one.rule) for one in report.findings if one.ignored is None
    }


def hold(report: Report, accepted: Path, request: pytest.FixtureRequest) -> None:
    shown = reporter("text")(report, Style())
    if request.config.getoption("--accept"):
        accepted.write_text(shown, encoding="utf-8")
    assert accepted.is_file(), "no accepted report yet: read the output, then `pytest --accept`"
    assert shown == accepted.read_text(encoding="utf-8")


@pytest.mark.parametrize("sample", BAD, ids=name_of)
def test_bad_sample_is_found_where_it_says(
    sample: Path, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """Under every rule: one fault is one finding."""
    report = judge(sample, tmp_path)
    assert report.diagnostics == ()
    assert places(report) == marked(sample)
    assert sample.parent.name in {rule for _, _, rule in marked(sample)}
    verdicts = {one.address: one.verdict for one in report.deliveries}
    failing = {
        verdicts[one.address]
        for one in report.findings
        if one.severity is not Severity.INFO and rules()[one.rule].check is not None
    }
    assert failing <= {Verdict.WILL_FAIL, Verdict.MAY_FAIL}
    hold(report, sample.with_name(f"{sample.name}.txt"), request)


@pytest.mark.parametrize("sample", GOOD, ids=name_of)
def test_good_sample_is_clean_under_every_rule(sample: Path, tmp_path: Path) -> None:
    report = judge(sample, tmp_path)
    assert report.diagnostics == ()
    assert report.deliveries != ()
    if is_about_ignores(sample):
        assert places(report) == set()
        assert all(one.ignored for one in report.findings) and report.findings
        return
    assert report.findings == ()
    assert {one.verdict for one in report.deliveries} == {Verdict.WILL_WORK}


@pytest.mark.parametrize("scene", SCENE, ids=name_of)
def test_scene_reads_as_accepted(
    scene: Path, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    report = judge(scene, tmp_path)
    assert places(report) == marked(scene)
    hold(report, scene.with_name(f"{scene.name}.txt"), request)


@pytest.mark.parametrize("rule", sorted(rules()))
def test_rule_is_whole(rule: str) -> None:
    """One name everywhere, words for people, and samples in both languages."""
    loaded = rules()[rule]
    assert Path(loaded.file).stem == rule.replace("-", "_")
    headings = [line for line in loaded.doc.splitlines() if line.startswith("#")]
    if loaded.inspect is not None:
        assert headings == ["## Why it is told", "## How to fix"]
    else:
        assert headings == ["## Why delivery fails", "## How to fix", "## Source"]
        assert "<https://" in loaded.doc
    assert bool(loaded.rule.predicts) is (loaded.check is not None)
    suffixes = {"terraform": "tf", "cloudformation": "yaml"}
    only = SAMPLES / rule / "ONLY"
    languages = [only.read_text(encoding="utf-8").strip()] if only.is_file() else [*suffixes]
    for suffix in (suffixes[language] for language in languages):
        for name in (f"bad.{suffix}", f"good.{suffix}"):
            assert (SAMPLES / rule / name).is_file(), f"{rule}/{name} is missing"


def test_every_sample_belongs_to_a_rule() -> None:
    folders = {path.name for path in SAMPLES.iterdir() if path.is_dir()} - {SCENES.name}
    assert folders == set(rules())
    known = {*BAD, *GOOD}
    for path in (one for name in folders for one in (SAMPLES / name).iterdir()):
        if path.suffix in (".txt", ".expect"):
            assert path.with_suffix("") in known, f"{path} stands beside no sample"
        elif path.name != "ONLY":
            assert path in known, f"{path} is neither bad nor good"


@cache
def whole() -> Report:
    """All samples in one run, as `make demo` does it."""
    return run([SAMPLES], Options(require_reason=True), working=ROOT)


def test_the_report_of_all_samples_keeps_every_contract(contract: Contract) -> None:
    for name in REPORTERS:
        contract(name, reporter(name)(whole(), Style(verbose=True, unknown_fails=True)))


def test_samples_do_not_disturb_each_other() -> None:
    """In one run too, every bad sample is found and no good one is."""
    found = json.loads(reporter("json")(whole(), Style()))
    assert found["diagnostics"] == []
    counted = (one for one in found["findings"] if one["ignored"] is None)
    seen = {(one["file"], one["line"], one["rule"]) for one in counted}
    # That nothing needs an ignore is told only by who has seen the whole repository.
    promised = {place for sample in BAD for place in marked(sample)}
    assert {one for one in promised if one[2] != "unused-ignore"} - seen == set()
    good = tuple(sample.relative_to(ROOT).as_posix() for sample in GOOD)
    assert [place for place in sorted(seen) if place[0].startswith(good)] == []


def test_the_same_input_gives_the_same_bytes() -> None:
    """Whatever order the sets of a process happen to have."""
    shown = {
        subprocess.run(
            [sys.executable, "-m", "validator", "sample_templates/scenes", "--format", "json"],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=False,
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(shown) == 1
    assert json.loads(shown.pop())["findings"] != []
