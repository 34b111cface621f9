"""Findings that say the same of several deliveries, and what is told beside the message."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from validator.findings import Evidence, Finding, Ignored, Severity
from validator.outcomes import Verdict
from validator.report.style import Style
from validator.report.summary import called
from validator.reports import Report

MOMENT = {"deploy": "at deploy", "next-apply": "at the next apply", "delivery": "at delivery"}
_NAMED = 5


def groups(report: Report, *, ignored: bool) -> list[list[Finding]]:
    """The findings in the report's order, those that differ in their delivery alone together."""
    found: dict[object, list[Finding]] = {}
    for one in report.findings:
        if one.ignored is None or ignored:
            said = (one.rule, one.severity, one.span, one.message, one.aws, one.fix, one.when)
            found.setdefault((*said, one.evidence, one.ignored), []).append(one)
    return list(found.values())


def told(report: Report, style: Style, *, ignored: bool = False) -> list[list[Finding]]:
    """The groups that another program shall see, and what cannot be told if the run fails on it."""
    found = groups(report, ignored=ignored)
    return found + [[one] for one in unknown(report)] if style.unknown_fails else found


def unique(prints: Iterable[str]) -> list[str]:
    """Fingerprints, told apart where another tool says the same twice."""
    seen: dict[str, int] = {}
    found: list[str] = []
    for one in prints:
        seen[one] = count = seen.get(one, 0) + 1
        found.append(one if count == 1 else f"{one}-{count}")
    return found


def unknown(report: Report) -> list[Finding]:
    """A finding for each delivery that nobody knew cannot be told, for runs that fail on it."""
    from shlex import quote

    return [
        Finding(
            rule="cannot-tell",
            severity=Severity.WARNING,
            message=f"it cannot be told whether the logs of {one.name} will arrive: "
            + "; ".join(fact.fact for fact in one.open),
            address=one.address,
            span=one.span,
            fix="; ".join(dict.fromkeys(fact.supply for fact in one.open if fact.supply)) or None,
            evidence=tuple(Evidence(fact.span, fact.fact) for fact in one.open),
            about="It cannot be told whether the logs will arrive",
            help=f"validate --trace {quote(one.name)}",
        )
        for one in report.deliveries
        if one.verdict is Verdict.CANNOT_TELL and not one.known
    ]


def aliases(report: Report) -> dict[str, str]:
    """What else a person knows every delivery by; empty where it has no such name."""
    return {one.address: one.alias for one in report.deliveries}


def notes(group: Sequence[Finding], known: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """What is told of a group beside its message, each with its name; `known` are aliases."""
    finding = group[0]
    if finding.aws is not None:
        yield "aws", f'"{finding.aws.text}" ({MOMENT[finding.aws.when]})'
    if finding.fix is not None:
        yield "fix", f"{finding.fix} (--fix)" if finding.edits else finding.fix
    for condition in finding.when:
        yield "when", condition
    if finding.address in known:
        yield "delivery", _deliveries(group, known)
    if finding.ignored is not None:
        yield "ignored", _ignored(finding.ignored)
    if finding.help or not finding.tool:
        yield "help", finding.help or f"validate --explain {finding.rule}"


def _ignored(ignored: Ignored) -> str:
    """Why, how long, and where that is said."""
    words = ignored.reason or "without a reason"
    words += f" (until {ignored.until})" if ignored.until else ""
    return words + (f" ({ignored.span.file}:{ignored.span.line})" if ignored.span else "")


def _deliveries(group: Sequence[Finding], known: Mapping[str, str]) -> str:
    """The deliveries that findings are about, those of one unit together."""
    units: dict[str, list[str]] = {}
    for one in group:
        name = called(one.name, known.get(one.address, ""))
        units.setdefault(name, []).append(one.unit)
    together: dict[tuple[str, ...], list[str]] = {}
    for name, there in units.items():
        together.setdefault(tuple(there), []).append(name)
    file = group[0].span.file
    return "; ".join(_some(names) + _where(there, file) for there, names in together.items())


def _where(units: tuple[str, ...], file: str) -> str:
    """Where to look for a delivery, if the finding's own place does not tell."""
    return "" if units in ((".",), (file,)) else f" in {_some(units)}"


def _some(words: Sequence[str]) -> str:
    more = f" and {len(words) - _NAMED} more" if len(words) > _NAMED else ""
    return ", ".join(words[:_NAMED]) + more
