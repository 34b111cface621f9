"""The report for a person: findings with their sources, then every other delivery in one line."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterable, Sequence

from validator.findings import Delivered, Diagnostic, Finding, Report, Severity, Verdict
from validator.report.escape import lines, place, plain
from validator.report.snippet import Mark, gutter_for, snippets
from validator.report.style import Style
from validator.report.summary import WORDS, summary

_COLORS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}
_VERDICT_COLORS = {
    Verdict.WILL_FAIL: "red",
    Verdict.MAY_FAIL: "yellow",
    Verdict.CANNOT_TELL: "cyan",
    Verdict.WILL_WORK: "green",
}
_MOMENT = {"deploy": "at deploy", "next-apply": "at the next apply", "delivery": "at delivery"}
_NAMED = 5


def render(report: Report, style: Style) -> str:
    """The whole report, each block behind an empty line, the summary last."""
    blocks = [_finding(group, report, style) for group in _groups(report, style)]
    others = list(_others(report, style))
    if others:
        blocks.append(others)
    if report.diagnostics:
        blocks.append([_diagnostic(one, style) for one in report.diagnostics])
    if style.statistics and report.findings:
        blocks.append(_statistics(report))
    blocks.append([style.paint(summary(report), "bold")])
    return "\n\n".join("\n".join(block) for block in blocks) + "\n"


def _groups(report: Report, style: Style) -> list[list[Finding]]:
    """Findings that say the same of several deliveries are shown once."""
    groups: dict[object, list[Finding]] = {}
    for one in report.findings:
        if one.ignored is None or style.verbose:
            said = (one.rule, one.severity, one.span, one.message, one.aws, one.fix, one.when)
            groups.setdefault((*said, one.evidence, one.ignored), []).append(one)
    return list(groups.values())


def _finding(group: Sequence[Finding], report: Report, style: Style) -> list[str]:
    finding = group[0]
    head = style.paint(
        f"{finding.severity.value}[{plain(finding.rule)}]", _COLORS[finding.severity]
    )
    marks = [Mark(finding.span, primary=True)]
    marks += [Mark(one.span, one.note) for one in finding.evidence]
    marks = _labelled(marks)
    gutter = gutter_for(marks)
    shown = [f"{head}: {style.paint(plain(finding.message), 'bold')}"]
    shown += snippets(marks, report.sources, gutter, style)
    for name, words in _notes(group):
        shown += _note(name, words, gutter, style)
    return shown


def _labelled(marks: Sequence[Mark]) -> list[Mark]:
    """Evidence at the very place of the finding becomes the label of its carets."""
    primary, *others = marks
    for one in others:
        if one.span == primary.span:
            rest = [other for other in others if other is not one]
            return [Mark(primary.span, one.label, primary=True), *rest]
    return list(marks)


def _notes(group: Sequence[Finding]) -> Iterable[tuple[str, str]]:
    finding = group[0]
    if finding.aws is not None:
        yield "aws", f'"{finding.aws.text}" ({_MOMENT[finding.aws.when]})'
    if finding.fix is not None:
        yield "fix", finding.fix
    for condition in finding.when:
        yield "when", condition
    names = [one.name for one in group]
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    yield "delivery", ", ".join(names[:_NAMED]) + more + _unit(finding.unit)
    if finding.ignored is not None:
        yield "ignored", finding.ignored.reason or "without a reason"
    yield "help", f"validate --explain {finding.rule}"


def _unit(unit: str) -> str:
    return "" if unit == "." else f" in {unit}"


def _note(name: str, words: str, gutter: int, style: Style) -> list[str]:
    """A note; code of several lines stays as it is, prose is wrapped."""
    head = f"{' ' * gutter} = {name}: "
    painted = f"{' ' * gutter} {style.paint('=', 'blue')} {style.paint(name, 'bold')}: "
    found = lines(words)
    indent = " " * (gutter + 5)
    if len(found) == 1:
        room = max(style.width - len(head), 40)
        wrapped = textwrap.wrap(found[0], room, break_long_words=False, break_on_hyphens=False)
        found = wrapped or [""]
    first, *rest = found
    return [f"{painted}{first}".rstrip(), *(f"{indent}{line}".rstrip() for line in rest)]


def _others(report: Report, style: Style) -> Iterable[str]:
    """Deliveries that no finding above speaks of."""
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


def _delivery(one: Delivered, style: Style) -> Iterable[str]:
    verdict = style.paint(f"{WORDS[one.verdict]}:", _VERDICT_COLORS[one.verdict])
    kind = "" if one.type == "unknown" else f"{one.type} "
    there = f" → {kind}{plain(one.destination)}" if one.destination else ""
    line = f"{verdict} {plain(one.name)} ({plain(one.span.file)}:{one.span.line}){there}"
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


def _statistics(report: Report) -> list[str]:
    counts = Counter(one.rule for one in report.findings if one.ignored is None)
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return [f"{count:>5} {plain(rule)}" for rule, count in ordered]
