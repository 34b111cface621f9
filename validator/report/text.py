"""The report for a person: findings with their sources, then every other delivery in one line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from validator.findings import Diagnostic, Finding
from validator.outcomes import Delivered, Verdict
from validator.report.escape import page, place, plain
from validator.report.style import Style
from validator.report.summary import WORDS, called, many, set_aside, statistics, summary
from validator.reports import Baselined, Report

_VERDICT_COLORS = {
    Verdict.WILL_FAIL: "red",
    Verdict.MAY_FAIL: "yellow",
    Verdict.CANNOT_TELL: "cyan",
    Verdict.WILL_WORK: "green",
}

# More deliveries of one resource than this are told in one line, unless `-v` asks for all.
_SHOWN = 3


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
    if report.baseline is not None and report.baseline.gone and not report.baseline.text:
        blocks.append(_gone(report.baseline, style))
    if style.statistics and report.findings:
        blocks.append(statistics(report))
    blocks.append([style.paint(summary(report), "bold")])
    return page("\n\n".join("\n".join(block) for block in blocks).split("\n"))


def _gone(baseline: Baselined, style: Style) -> list[str]:
    """What the baseline holds in vain."""
    number = baseline.count
    verb, them = ("is", "it") if number == 1 else ("are", "them")
    head = f"{many(number, 'known finding')} {verb} gone: write the baseline again to drop {them}"
    several = baseline.gone if style.verbose else baseline.gone[:_SHOWN]
    more = (
        [f"    and {len(baseline.gone) - _SHOWN} more"] if len(several) < len(baseline.gone) else []
    )
    return [style.paint(head, "bold"), *(f"    {plain(one)}" for one in several), *more]


def _others(report: Report, style: Style) -> Iterable[str]:
    """Deliveries that no finding above speaks of, and units that deploy none."""
    told = {one.address for one in report.findings if one.ignored is None}
    alike: dict[tuple[*tuple[object, ...], str], list[Delivered]] = {}
    findings: dict[str, list[Finding]] = {}
    for finding in report.findings:
        findings.setdefault(finding.address, []).append(finding)
    for one in report.deliveries:
        failing = one.verdict in (Verdict.WILL_FAIL, Verdict.MAY_FAIL)
        if failing and one.address in told:
            continue
        if style.quiet and not failing:
            continue
        if one.verdict is Verdict.CANNOT_TELL and not style.unknown:
            continue
        aside = set_aside(findings.get(one.address, ()))
        alike.setdefault((one.verdict, one.type, one.span, one.open, aside), []).append(one)
    for (*_, aside), group in alike.items():
        if len(group) <= _SHOWN or style.verbose:
            for one in group:
                yield from _delivery([one], aside, style)
        else:
            yield from _delivery(group, aside, style)
    for unit in () if style.quiet else report.idle:
        verdict = style.paint(f"no delivery{' seen' if unit.unread else ''}:", "dim")
        yield f"{verdict} {plain(unit.unit)} ({plain(unit.words)})"


def _delivery(group: Sequence[Delivered], aside: str, style: Style) -> Iterable[str]:
    """Deliveries of one resource that differ in their names alone."""
    one = group[0]
    verdict = style.paint(f"{WORDS[one.verdict]}:", _VERDICT_COLORS[one.verdict])
    kind = "" if one.type == "unknown" else f"{one.type} "
    names = _first([called(same.name, same.alias) for same in group])
    places = _first([same.destination for same in group])
    there = f" → {kind}{places}" if places else ""
    line = f"{verdict} {names} ({plain(one.span.file)}:{one.span.line}){there}"
    # An ignore changes what is said of a fault, not whether the logs arrive.
    line += f" (findings: {aside})" if aside else ""
    if one.verdict is not Verdict.CANNOT_TELL:
        yield line
        return
    facts = [_fact(fact.fact, fact.supply) for fact in one.open]
    yield f"{line}: {facts[0]}" if len(facts) == 1 else line
    for fact in facts if len(facts) > 1 else ():
        yield f"    {fact}"


def _first(names: Sequence[str]) -> str:
    """The first of some names, and how many there are besides."""
    first, *others = dict.fromkeys(names)
    return plain(first) + (f" and {len(others)} more" if others else "")


def _fact(fact: str, supply: str) -> str:
    return plain(f"{fact} ({supply})" if supply else fact)


def _diagnostic(one: Diagnostic, style: Style) -> str:
    kind = "bug" if one.kind == "internal" else one.kind
    return f"{style.paint(f'{kind}:', 'magenta')} {place(one.span)}: {plain(one.message)}"
