"""GitLab's code quality report: what a merge request shows beside its lines.

<https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format>
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from validator.findings import Diagnostic, Finding, Severity
from validator.report.dump import dump
from validator.report.escape import cut, plain
from validator.report.groups import aliases, notes, told, unique
from validator.report.style import Style
from validator.reports import Report

_SEVERITIES = {Severity.ERROR: "critical", Severity.WARNING: "major", Severity.INFO: "info"}
_MAX_WORDS = 4000


def render(report: Report, style: Style) -> str:
    """A list of what is wrong; ignored findings are left out."""
    found = told(report, style)
    known = aliases(report)
    entries = [_finding(group, known, report) for group in found]
    entries += [_diagnostic(one, report) for one in report.diagnostics]
    prints = [group[0].fingerprint for group in found] + [_print(one) for one in report.diagnostics]
    return dump(
        [
            {**entry, "fingerprint": print_}
            for entry, print_ in zip(entries, unique(prints), strict=True)
        ]
    )


def _finding(
    group: Sequence[Finding], known: Mapping[str, str], report: Report
) -> dict[str, object]:
    finding = group[0]
    words = [finding.message]
    words += [f"{name}: {note}" for name, note in notes(group, known) if name != "help"]
    return {
        "description": _description(words),
        "check_name": plain(finding.rule),
        "severity": _SEVERITIES[finding.severity],
        "location": _location(finding.span.file, finding.span.line, report),
    }


def _diagnostic(one: Diagnostic, report: Report) -> dict[str, object]:
    return {
        "description": _description([f"not judged: {one.message}"]),
        "check_name": one.kind,
        "severity": "blocker",
        "location": _location(one.span.file, one.span.line, report),
    }


def _print(one: Diagnostic) -> str:
    import hashlib

    parts = "\0".join((one.kind, one.span.file, one.message))
    return hashlib.sha256(parts.encode(errors="surrogatepass")).hexdigest()[:16]


def _description(words: Sequence[str]) -> str:
    """One line: GitLab shows no others."""
    return " · ".join(" ".join(plain(cut(one, _MAX_WORDS)).split()) for one in words)


def _location(file: str, line: int, report: Report) -> dict[str, object]:
    place = report.places.get(file, file)
    return {"path": plain(place), "lines": {"begin": max(line, 1)}}
