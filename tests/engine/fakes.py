"""Readers that read nothing, and a rule that finds every flow log."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from validator.config import Options
from validator.files import Files
from validator.findings import Diagnostic
from validator.graph.span import Span
from validator.graph.text import text
from validator.graph.values import Known, Node
from validator.graph.world import Declared, World
from validator.readers import Read, Settings, Unit
from validator.reports import Report

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


def reads(*worlds: World, diagnostics: tuple[Diagnostic, ...] = ()) -> Fake:
    return lambda unit, files, settings: Read(worlds, diagnostics)


def said(report: Report) -> list[tuple[str, str, str]]:
    return [(one.kind, one.span.file, one.message) for one in report.diagnostics]
