"""Annotations of GitHub Actions: a workflow command for each finding, the gravest first.

GitHub shows ten errors, ten warnings and ten notices of a step. What a property or a message may
not hold is written as the runner reads it back.
<https://docs.github.com/actions/reference/workflow-commands-for-github-actions>,
<https://github.com/actions/toolkit/blob/main/packages/core/src/command.ts>
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from validator.findings import Finding, Severity
from validator.graph.span import Span
from validator.report.escape import cut, lines, plain
from validator.report.groups import aliases, notes, told
from validator.report.style import Style
from validator.reports import Report

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
# GitHub's limit of a title is 255 characters, of a message 64 KiB.
_MAX_TITLE = 250
_MAX_WORDS = 4000


def render(report: Report, style: Style) -> str:
    """A command a line and nothing else; ignored findings are left out."""
    found = told(report, style)
    known = aliases(report)
    by_severity: dict[Severity, list[str]] = {one: [] for one in Severity}
    for group in found:
        by_severity[group[0].severity].append(_finding(group, known, report))
    # An input that is not read hides findings, but a fault that is found comes first.
    by_severity[Severity.ERROR] += [
        _command("error", f"{one.kind}: not judged", [one.message], one.span, report)
        for one in report.diagnostics
    ]
    return "".join(f"{line}\n" for several in by_severity.values() for line in several)


def _finding(group: Sequence[Finding], known: Mapping[str, str], report: Report) -> str:
    finding = group[0]
    words = [finding.message, *(f"{name}: {note}" for name, note in notes(group, known))]
    title = f"{finding.tool} {finding.rule}".strip()
    return _command(_COMMANDS[finding.severity], title, words, finding.span, report)


def _command(name: str, title: str, words: Sequence[str], span: Span, report: Report) -> str:
    properties = [*_place(span, report), ("title", cut(plain(title), _MAX_TITLE))]
    shown = ",".join(f"{key}={_property(value)}" for key, value in properties)
    message = "\n".join(line for one in words for line in lines(cut(one, _MAX_WORDS)))
    return f"::{name} {shown}::{_data(message)}"


def _place(span: Span, report: Report) -> Iterator[tuple[str, str]]:
    yield "file", plain(report.places.get(span.file, span.file))
    if span.is_whole:
        return
    yield "line", str(span.line)
    yield "endLine", str(span.end_line)
    # The runner takes columns of a single line only.
    if span.line == span.end_line:
        yield "col", str(span.column)
        yield "endColumn", str(span.end_column)


def _data(words: str) -> str:
    return words.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(words: str) -> str:
    return _data(words).replace(":", "%3A").replace(",", "%2C")
