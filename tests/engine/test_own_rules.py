"""What a rule of a person's own may do wrong, and what is said of it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.engine.fakes import FOUND, MINE, RULE, Fake, log, reads, said
from validator.config import Options
from validator.engine import run
from validator.graph.world import World

if TYPE_CHECKING:
    from tests.conftest import Tree


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
