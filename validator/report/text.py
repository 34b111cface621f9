"""The report for a person: findings with their sources, then every other delivery in one line."""

from __future__ import annotations

from collections.abc import Iterable

from validator.findings import Delivered, Diagnostic, Report, Verdict
from validator.report.escape import page, place, plain
from validator.report.style import Style
from validator.report.summary import WORDS, called, statistics, summary

_VERDICT_COLORS = {
    Verdict.WILL_FAIL: "red",
    Verdict.MAY_FAIL: "yellow",
    Verdict.CANNOT_TELL: "cyan",
    Verdict.WILL_WORK: "green",
}


def render(report: Report, style: Style) -> str:
    """The whole report, each block behind an empty line, the summary last."""
    blocks: list[list[str]] = []
    if report.findings:
        from validator.report.findings import findings

        blocks = findings(report, style)
    others = list(_others(report, style))
    if others:
        blocks.append(others)
    if report.diagnostics:
        blocks.append([_diagnostic(one, style) for one in report.diagnostics])
    if style.statistics and report.findings:
        blocks.append(statistics(report))
    blocks.append([style.paint(summary(report), "bold")])
    return page("\n\n".join("\n".join(block) for block in blocks).split("\n"))


def _others(report: Report, style: Style) -> Iterable[str]:
    """Deliveries that no finding above speaks of, and units that deploy none."""
    told = {one.address for one in report.findings if one.ignored is None}
    for one in report.deliveries:
        failing = one.verdict in (Verdict.WILL_FAIL, Verdict.MAY_FAIL)
        if one.address in told and one.verdict is not Verdict.CANNOT_TELL:
            continue
        if style.quiet and not failing:
            continue
        if one.verdict is Verdict.CANNOT_TELL and not style.unknown:
            continue
        yield from _delivery(one, style)
    for unit in () if style.quiet else report.without:
        verdict = style.paint("no delivery:", "dim")
        yield f"{verdict} {plain(unit)} (no flow log is deployed with the values it has here)"


def _delivery(one: Delivered, style: Style) -> Iterable[str]:
    verdict = style.paint(f"{WORDS[one.verdict]}:", _VERDICT_COLORS[one.verdict])
    kind = "" if one.type == "unknown" else f"{one.type} "
    there = f" → {kind}{plain(one.destination)}" if one.destination else ""
    name = plain(called(one.name, one.alias))
    line = f"{verdict} {name} ({plain(one.span.file)}:{one.span.line}){there}"
    if one.verdict is not Verdict.CANNOT_TELL:
        yield line
        return
    facts = [_fact(fact.fact, fact.supply) for fact in one.open]
    yield f"{line}: {facts[0]}" if len(facts) == 1 else line
    for fact in facts if len(facts) > 1 else ():
        yield f"    {fact}"


def _fact(fact: str, supply: str) -> str:
    return plain(f"{fact} ({supply})" if supply else fact)


def _diagnostic(one: Diagnostic, style: Style) -> str:
    kind = "bug" if one.kind == "internal" else one.kind
    return f"{style.paint(f'{kind}:', 'magenta')} {place(one.span)}: {plain(one.message)}"
