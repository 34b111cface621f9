"""From units to a report: doors, worlds, neighbours, ignores. The readers here are fakes."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tests.engine.fakes import FOUND, MINE, RULE, Fake, log, reads, resource, said
from validator.config import Options
from validator.engine import run
from validator.files import Files, Unreadable
from validator.findings import Diagnostic
from validator.graph.span import Span
from validator.graph.values import Known, Node
from validator.graph.world import Declared, World
from validator.readers import Read, Settings, Unit
from validator.reports import Idle

Tree = Callable[[Mapping[str, str | bytes]], Path]


def test_a_finding_comes_through_with_its_source(tree: Tree, fake: Callable[[Fake], None]) -> None:
    tree({"net/main.tf": "# aws_flow_log\r\nx", "mine/a.py": RULE.replace("BODY", FOUND)})

    def read(unit: Unit, files: Files, settings: Settings) -> Read:
        files.text("net/main.tf")
        assert settings.region == "eu-west-1"
        return Read((World("net", (log("net"),)),))

    fake(read)
    asked = Options(Settings(region="eu-west-1"), select=MINE.select, rules=MINE.rules)
    report = run([Path("net")], asked)
    assert [(one.rule, one.address) for one in report.findings] == [
        ("my-rule", "net#aws_flow_log.a")
    ]
    assert [one.address for one in report.deliveries] == ["net#aws_flow_log.a"]
    assert report.sources == {"net/main.tf": ("# aws_flow_log", "x")}
    assert report.diagnostics == ()


def test_findings_are_sorted_by_place(tree: Tree, fake: Callable[[Fake], None]) -> None:
    tree({"net/main.tf": "# aws_flow_log", "mine/a.py": RULE.replace("BODY", FOUND)})
    fake(reads(World("net", (log("net", "b", 9), log("net", "c", 2), log("net", "a", 5)))))
    report = run([Path("net")], MINE)
    assert [one.span.line for one in report.findings] == [2, 5, 9]


def test_a_finding_of_one_world_says_when(tree: Tree, fake: Callable[[Fake], None]) -> None:
    body = "if log.span.line == 1: " + FOUND
    tree({"net/main.tf": "# aws_flow_log", "mine/a.py": RULE.replace("BODY", body)})
    fake(
        reads(
            World("net", (log("net"),), when=("A is true",)),
            World("net", (log("net", line=2),), when=("A is false",)),
        )
    )
    (finding,) = run([Path("net")], MINE).findings
    assert finding.when == ("A is true",)


def test_an_ignore_comment_marks_and_no_ignores_unmarks(
    tree: Tree, fake: Callable[[Fake], None]
) -> None:
    content = "aws_flow_log # predeploy: ignore[my-rule] known"
    tree({"net/main.tf": content, "mine/a.py": RULE.replace("BODY", FOUND)})
    fake(reads(World("net", (log("net"),))))
    (finding,) = run([Path("net")], MINE).findings
    assert finding.ignored is not None
    assert finding.ignored.reason == "known"
    plain = Options(rules=MINE.rules, select=MINE.select, heed_ignores=False)
    (finding,) = run([Path("net")], plain).findings
    assert finding.ignored is None


def test_units_without_a_delivery_are_named(tree: Tree, fake: Callable[[Fake], None]) -> None:
    tree({f"{name}/main.tf": "# aws_flow_log" for name in ("net", "off", "broken")})

    def read(unit: Unit, files: Files, settings: Settings) -> Read:
        if unit.path == "net":
            return Read((World("net", (log("net"),)),))
        broken = Diagnostic(Span("broken/main.tf", 1, 1, 1, 2), "broken", "syntax")
        return Read((World(unit.path, ()),), (broken,) if unit.path == "broken" else ())

    fake(read)
    assert run([Path()]).idle == (Idle("off"),)


# --- doors -------------------------------------------------------------------------------------


def test_a_reader_that_crashes_is_a_diagnostic_and_the_others_go_on(
    tree: Tree, fake: Callable[[Fake], None]
) -> None:
    tree({"bad/main.tf": "# aws_flow_log", "good/main.tf": "# aws_flow_log"})

    def read(unit: Unit, files: Files, settings: Settings) -> Read:
        if unit.path == "bad":
            raise RecursionError("too deep")
        return Read((World("good", (log("good"),)),))

    fake(read)
    report = run([Path()])
    assert said(report) == [
        ("internal", "bad", "reading this failed, which is a bug of ours: RecursionError: too deep")
    ]
    assert [one.unit for one in report.deliveries] == ["good"]


def test_an_unreadable_unit_is_a_diagnostic_and_a_gap(
    tree: Tree, fake: Callable[[Fake], None]
) -> None:
    tree({"bad/main.tf": "# aws_flow_log"})

    def read(unit: Unit, files: Files, settings: Settings) -> Read:
        raise Unreadable("no UTF-8")

    fake(read)
    report = run([Path()])
    assert said(report) == [("unreadable", "bad", "no UTF-8")]


def test_values_that_crash_when_they_are_asked_for_are_a_diagnostic(
    tree: Tree, fake: Callable[[Fake], None]
) -> None:
    tree({"net/main.tf": "# aws_flow_log"})

    def attribute(wanted: str) -> Node | None:
        raise ValueError(wanted)

    span = Span("net/main.tf", 1, 1, 1, 2)
    crashing = Declared(
        "terraform", "aws_flow_log", "net", "aws_flow_log.a", span, Known(True, span), attribute
    )
    fake(reads(World("net", (crashing,))))
    kinds = {one.kind for one in run([Path()]).diagnostics}
    assert kinds == {"internal"}


def test_diagnostics_of_a_reader_come_through_once(
    tree: Tree, fake: Callable[[Fake], None]
) -> None:
    tree({"a/main.tf": "# aws_flow_log", "b/main.tf": "# aws_flow_log"})
    shared = Diagnostic(Span("modules/x.tf", 2, 1, 2, 2), "broken", "syntax")
    fake(reads(diagnostics=(shared,)))
    assert run([Path()]).diagnostics == (shared,)


# --- other units of the run --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("destination", "expected"),
    [
        ("arn:aws:s3:::acme-logs", ["logs", "net"]),
        ("${aws_s3_bucket.mine.arn}", ["net"]),
    ],
)
def test_other_units_are_read_only_if_something_is_named(
    tree: Tree, fake: Callable[[Fake], None], destination: str, expected: list[str]
) -> None:
    tree(
        {
            "net/main.tf": "# aws_flow_log",
            "logs/main.tf": 'resource "aws_s3_bucket" "x" { bucket = "acme-logs" }',
            "dns/main.tf": 'resource "aws_route53_zone" "x" {}',
        }
    )
    asked: list[str] = []

    def read(unit: Unit, files: Files, settings: Settings) -> Read:
        asked.append(unit.path)
        if unit.path != "net":
            return Read((World(unit.path, ()),))
        mine = resource("net", "aws_s3_bucket", "mine", bucket="mine")
        flow = resource("net", "aws_flow_log", "a", log_destination=destination)
        if destination.startswith("$"):
            flow = referring("net")
        return Read((World("net", (flow, mine)),))

    fake(read)
    run([Path()])
    assert sorted(asked) == expected


def referring(unit: str) -> Declared:
    from validator.graph.text import Ref, Text

    span = Span(f"{unit}/main.tf", 1, 1, 1, 9)

    def attribute(wanted: str) -> Node | None:
        if wanted != "log_destination":
            return None
        return Known(Text((Ref(f"{unit}#aws_s3_bucket.mine", "arn"),)), span)

    return Declared(
        "terraform", "aws_flow_log", unit, "aws_flow_log.a", span, Known(True, span), attribute
    )


def test_nothing_relevant_reads_nothing(tree: Tree, fake: Callable[[Fake], None]) -> None:
    tree({"net/main.tf": 'resource "aws_s3_bucket" "x" {}'})

    def read(unit: Unit, files: Files, settings: Settings) -> Read:
        raise AssertionError(unit)

    fake(read)
    report = run([Path()])
    assert (report.deliveries, report.findings, report.diagnostics) == ((), (), ())
    assert report.counts.files == 1


def test_names_are_shown_from_the_working_folder(tree: Tree, fake: Callable[[Fake], None]) -> None:
    top = tree({"repo/net/main.tf": "# aws_flow_log"})
    seen: list[str] = []

    def read(unit: Unit, files: Files, settings: Settings) -> Read:
        seen.append(unit.path)
        return Read(())

    fake(read)
    run([top / "repo"])
    run([Path("net")], working=top / "repo")
    os.chdir(top / "repo/net")
    run([Path("../net")])
    assert seen == ["repo/net", "net", "."]
