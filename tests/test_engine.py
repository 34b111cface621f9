"""From units to a report: doors, worlds, neighbours, ignores. The readers here are fakes."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

import validator.judge
from validator.config import Options
from validator.engine import run
from validator.files import Files, Unreadable
from validator.findings import Diagnostic
from validator.graph.span import Span
from validator.graph.text import text
from validator.graph.values import Known, Node
from validator.graph.world import Declared, World
from validator.readers import Read, Settings, Unit
from validator.reports import Idle, Report

Tree = Callable[[Mapping[str, str | bytes]], Path]
Fake = Callable[[Unit, Files, Settings], Read]

RULE = '''"""Every flow log.

## Why delivery fails
"""
from validator.aws import FlowLog
from validator.findings import Findings, Rule, Severity
from validator.graph.graph import Graph

RULE = Rule(id="my-rule", name="Mine", severity=Severity.ERROR, predicts="No", when="deploy")


def check(graph: Graph) -> Findings:
    for log in graph.all(FlowLog):
        BODY
'''
FOUND = 'yield RULE.finding(log.address, log.span, "found")'
MINE = Options(rules=(Path("mine"),), select=frozenset({"my-rule"}))


def resource(unit: str, type_: str, name: str, line: int = 1, **values: str) -> Declared:
    span = Span(f"{unit}/main.tf", line, 1, line, 9)

    def attribute(wanted: str) -> Node | None:
        return Known(text(values[wanted], span), span) if wanted in values else None

    return Declared("terraform", type_, unit, f"{type_}.{name}", span, Known(True, span), attribute)


def log(unit: str, name: str = "a", line: int = 1) -> Declared:
    return resource(unit, "aws_flow_log", name, line, log_destination="arn:aws:s3:::acme-logs")


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> Callable[[Fake], None]:
    def install(reader: Fake) -> None:
        def chosen(kind: str) -> Fake:
            assert kind == "terraform"
            return reader

        monkeypatch.setattr(validator.judge, "reader", chosen)

    return install


def reads(*worlds: World, diagnostics: tuple[Diagnostic, ...] = ()) -> Fake:
    return lambda unit, files, settings: Read(worlds, diagnostics)


def said(report: Report) -> list[tuple[str, str, str]]:
    return [(one.kind, one.span.file, one.message) for one in report.diagnostics]


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


@pytest.mark.parametrize(
    ("body", "line", "why"),
    [
        ("raise KeyError('x')", 14, "KeyError: 'x'"),
        (
            "\n        log.nothing",
            15,
            "AttributeError: 'FlowLog' object has no attribute 'nothing'",
        ),
        ("raise SystemExit(0)", 14, "SystemExit: 0"),
        ("import sys; sys.exit()", 14, "SystemExit"),
        (
            "(lambda f: f(f))(lambda f: f(f))",
            14,
            "RecursionError: maximum recursion depth exceeded",
        ),
        ("return graph.all(FlowLog) + 1", 14, "TypeError: unsupported operand type(s) for +"),
        ("yield 1", 1, "check yields int, not a Finding"),
        ("yield None", 1, "check yields NoneType, not a Finding"),
        ("yield RULE.finding(log, log.span, 'm')", 1, "the address of a finding is <"),
        ("yield RULE.finding('elsewhere#x', log.span, 'm')", 1, "the address of a finding is 'els"),
        (
            "yield RULE.finding(log.address, None, 'm')",
            1,
            "the span of a finding is None, not Span",
        ),
        (
            "yield RULE.finding(log.address, log.span, 7)",
            1,
            "the message of a finding is 7, not str",
        ),
        (
            "yield RULE.finding(log.address, log.span, 'm', fix=7)",
            1,
            "the fix of a finding is 7, not ",
        ),
        (
            "yield RULE.finding(log.address, log.span, 'm', severity='error')",
            1,
            "the severity of a finding is 'error', not Severity",
        ),
        (
            "yield RULE.finding(log.address, log.span, 'm', evidence=(log.span,))",
            1,
            "the span of evidence is None, not Span",
        ),
        (
            "yield RULE.finding(log.address, type(log.span)('f', 0, 1, 1, 1), 'm')",
            1,
            "the span of a finding is Span(file='f', line=0",
        ),
        (
            "from validator.records import replace; "
            "yield replace(RULE.finding(log.address, log.span, 'm'), rule='flow-log-quota')",
            1,
            "check yields a finding of the rule 'flow-log-quota'",
        ),
        (f"while True: {FOUND}", 1, "it finds more than 10,000"),
    ],
)
def test_a_rule_of_a_person_that_fails_is_a_diagnostic_where_it_is_written(
    tree: Tree, fake: Callable[[Fake], None], body: str, line: int, why: str
) -> None:
    tree({"net/main.tf": "# aws_flow_log", "mine/a.py": RULE.replace("BODY", body)})
    fake(reads(World("net", (log("net"),))))
    report = run([Path("net")], MINE)
    ((kind, file, message),) = said(report)
    assert (kind, file) == ("rule", "mine/a.py")
    assert message.startswith(f"the rule my-rule failed on net: {why}")
    assert report.diagnostics[0].span.line == line
    assert report.findings == ()
    assert len(report.deliveries) == 1


def test_a_rule_of_a_person_without_end_stops_before_the_stack_does(tree: Tree) -> None:
    """The reader of Terraform raises Python's limit; a crash here would be one of the process."""
    deep = "(lambda f: sorted([1, 2], key=lambda x: f(f)))"
    tree(
        {
            "net/main.tf": 'resource "aws_flow_log" "a" {}',
            "mine/a.py": RULE.replace("BODY", f"{deep}({deep})"),
        }
    )
    report = run([Path("net")], MINE)
    assert [one[2].partition(":")[0] for one in said(report)] == ["the rule my-rule failed on net"]
    assert sys.getrecursionlimit() > 3000


def test_a_check_without_a_result_or_without_a_parameter(
    tree: Tree, fake: Callable[[Fake], None]
) -> None:
    head = RULE.partition("def check")[0]
    tree({"net/main.tf": "# aws_flow_log"})
    fake(reads(World("net", (log("net"),))))
    for check, why in (
        ("def check(graph): pass", "TypeError: 'NoneType' object is not iterable"),
        ("def check(): pass", "TypeError: check() takes 0 positional arguments but 1 was given"),
        ("check = 'x'.join", "TypeError: can only join an iterable"),
    ):
        tree({"mine/a.py": head + check})
        ((_, _, message),) = said(run([Path("net")], MINE))
        assert message == f"the rule my-rule failed on net: {why}"


def test_what_a_rule_of_a_person_prints_stays_out_of_the_report(
    tree: Tree, fake: Callable[[Fake], None], capsys: pytest.CaptureFixture[str]
) -> None:
    tree({"net/main.tf": "# aws_flow_log"})
    tree({"mine/a.py": RULE.replace("BODY", f"print('seen'); {FOUND}") + "print('loaded')\n"})
    fake(reads(World("net", (log("net"),))))
    (finding,) = run([Path("net")], MINE).findings
    assert capsys.readouterr() == ("", "loaded\nseen\n")
    assert finding.help == "validate --rules mine --explain my-rule"


def test_debug_shows_where(
    tree: Tree, fake: Callable[[Fake], None], capfd: pytest.CaptureFixture[str]
) -> None:
    tree({"net/main.tf": "# aws_flow_log", "mine/a.py": RULE.replace("BODY", "1 / 0")})
    fake(reads(World("net", (log("net"),))))
    run([Path("net")], MINE)
    assert capfd.readouterr().err == ""
    run([Path("net")], Options(rules=MINE.rules, select=MINE.select, debug=True))
    assert "ZeroDivisionError" in capfd.readouterr().err


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
            "logs/main.tf": 'resource "aws_s3_bucket" "x" {}',
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
