"""The last line of every report for people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from validator.findings import Finding, Severity
from validator.outcomes import Verdict
from validator.report.escape import plain
from validator.reports import Report

WORDS = {
    Verdict.WILL_FAIL: "will fail",
    Verdict.MAY_FAIL: "may fail",
    Verdict.WILL_WORK: "will work",
    Verdict.CANNOT_TELL: "cannot tell",
}


def summary(report: Report) -> str:
    """How many deliveries of each verdict, how many findings, and what was looked at."""
    verdicts = Counter(one.verdict for one in report.deliveries)
    severities = Counter(one.severity for one in report.findings if one.ignored is None)
    deliveries = many(len(report.deliveries), "delivery", "deliveries")
    if report.deliveries:
        deliveries += ": " + ", ".join(f"{verdicts[one]} {words}" for one, words in WORDS.items())
    findings = [
        many(severities[Severity.ERROR], "error"),
        many(severities[Severity.WARNING], "warning"),
    ]
    if severities[Severity.INFO]:
        findings.append(f"{severities[Severity.INFO]} info")
    aside = set_aside(report.findings)
    shown = ", ".join(findings) + (f" ({aside})" if aside else "")
    counts = report.counts
    looked = ", ".join(
        (
            many(counts.files, "file"),
            many(counts.modules, "module"),
            many(counts.templates, "template"),
        )
    )
    unread = {one.span.file for one in report.diagnostics if one.kind in ("unreadable", "syntax")}
    if unread:
        looked += f"; {many(len(unread), 'input')} not understood"
    return f"{deliveries} · {shown} · {looked}"


def set_aside(findings: Iterable[Finding]) -> str:
    """How many findings do not count: `2 ignored, 3 known`; empty if all do."""
    by = [one.ignored.by for one in findings if one.ignored is not None]
    known = by.count("baseline")
    counts = ((len(by) - known, "ignored"), (known, "known"))
    return ", ".join(f"{count} {word}" for count, word in counts if count)


def statistics(report: Report) -> list[str]:
    """How many findings each rule has, the most frequent first."""
    counts = Counter(one.rule for one in report.findings if one.ignored is None)
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return [f"{count:>5} {plain(rule)}" for rule, count in ordered]


def called(name: str, alias: str) -> str:
    """What a person may know a delivery by: its name, and behind it that of its generator."""
    return f"{name} ({alias})" if alias else name


def many(number: int, one: str, several: str = "") -> str:
    """A number with its noun."""
    return f"{number} {one if number == 1 else several or one + 's'}"
