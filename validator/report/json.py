"""The report for machines, version 1; its schema is `json_schema_v1.json` beside this file.

A field is never taken away or given another meaning within a version; new ones may come.
"""

from __future__ import annotations

from collections import Counter

from validator import __version__
from validator.findings import Diagnostic, Finding, Ignored, Severity
from validator.graph.span import Span
from validator.outcomes import Delivered, Hop, Verdict
from validator.report.dump import dump
from validator.report.style import Style
from validator.reports import Baselined, Report

VERSION = 1


def render(report: Report, style: Style) -> str:
    """The whole report."""
    fingerprints: dict[str, list[str]] = {}
    for one in report.findings:
        fingerprints.setdefault(one.address, []).append(one.fingerprint)
    whole = {
        "version": VERSION,
        "tool": {"name": "predeploy", "version": __version__},
        "deliveries": [
            _delivery(one, fingerprints.get(one.address, [])) for one in report.deliveries
        ],
        "findings": [_finding(one) for one in report.findings],
        "diagnostics": [_diagnostic(one) for one in report.diagnostics],
        "baseline": None if report.baseline is None else _baseline(report.baseline),
        "summary": _summary(report),
    }
    return dump(whole)


def _delivery(one: Delivered, fingerprints: list[str]) -> dict[str, object]:
    return {
        "address": one.name,
        "alias": one.alias,
        "unit": one.unit,
        "file": one.span.file,
        "line": one.span.line,
        "type": one.type,
        "destination": one.destination,
        "verdict": one.verdict.value,
        "known": one.known,
        "open": [{"fact": fact.fact, "supply": fact.supply} for fact in one.open],
        "path": [_hop(hop) for hop in one.path],
        "findings": fingerprints,
    }


def _hop(hop: Hop) -> dict[str, object]:
    return {
        "kind": hop.kind,
        "what": hop.what,
        "name": hop.name,
        "id": hop.id,
        "state": hop.state,
        "why": hop.why,
        **_place(hop.span),
    }


def _finding(one: Finding) -> dict[str, object]:
    return {
        "rule": one.rule,
        "tool": one.tool or "predeploy",
        "severity": one.severity.value,
        "message": one.message,
        "address": one.name,
        "unit": one.unit,
        **_place(one.span),
        "aws": None if one.aws is None else {"text": one.aws.text, "when": one.aws.when},
        "fix": one.fix,
        "edit": {**_place(one.edits[0].span), "text": one.edits[0].new} if one.edits else None,
        "when": list(one.when),
        "evidence": [{**_place(seen.span), "note": seen.note} for seen in one.evidence],
        "fingerprint": one.fingerprint,
        "ignored": None if one.ignored is None else _ignored(one.ignored),
    }


def _ignored(one: Ignored) -> dict[str, object]:
    return {
        "by": one.by,
        "reason": one.reason,
        "until": one.until,
        "file": one.span.file if one.span else None,
        "line": one.span.line if one.span else None,
    }


def _baseline(one: Baselined) -> dict[str, object]:
    return {"file": one.file, "held": one.held, "gone": list(one.gone)}


def _diagnostic(one: Diagnostic) -> dict[str, object]:
    return {
        "file": one.span.file,
        "line": one.span.line,
        "column": one.span.column,
        "message": one.message,
        "kind": one.kind,
    }


def _place(span: Span) -> dict[str, object]:
    return {
        "file": span.file,
        "line": span.line,
        "column": span.column,
        "end_line": span.end_line,
        "end_column": span.end_column,
    }


def _summary(report: Report) -> dict[str, object]:
    verdicts = Counter(one.verdict for one in report.deliveries)
    severities = Counter(one.severity for one in report.findings if one.ignored is None)
    ignored = [one.ignored.by for one in report.findings if one.ignored is not None]
    return {
        "deliveries": {one.value: verdicts[one] for one in Verdict},
        "findings": {one.value: severities[one] for one in Severity},
        "ignored": len(ignored) - ignored.count("baseline"),
        "known": ignored.count("baseline"),
        "files": report.counts.files,
        "modules": report.counts.modules,
        "templates": report.counts.templates,
    }
