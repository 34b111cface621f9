"""One line a finding, for editors and for `grep`."""

from __future__ import annotations

from validator.findings import Severity
from validator.report.escape import page, place, plain
from validator.report.style import Style
from validator.report.summary import set_aside, statistics, summary
from validator.reports import Report

_COLORS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}


def render(report: Report, style: Style) -> str:
    """`file:line:column: severity[rule] message`, diagnostics alike, and the summary."""
    shown: list[str] = []
    for one in report.findings:
        if one.ignored is not None and not style.verbose:
            continue
        head = style.paint(f"{one.severity.value}[{plain(one.rule)}]", _COLORS[one.severity])
        ignored = f" ({set_aside([one]).split()[-1]})" if one.ignored is not None else ""
        shown.append(f"{place(one.span)}: {head} {plain(one.message)}{ignored}")
    for diagnostic in report.diagnostics:
        words = f"{diagnostic.kind} {plain(diagnostic.message)}"
        shown.append(f"{place(diagnostic.span)}: {words}")
    if style.statistics:
        shown += statistics(report)
    # One fault of several deliveries is one line.
    return page((*dict.fromkeys(shown), summary(report)))
