"""Findings for a person: message, source with carets, what AWS says, what to write instead."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Mapping, Sequence

from validator.findings import Finding, Report, Severity
from validator.report.escape import lines, plain
from validator.report.snippet import Mark, gutter_for, snippets
from validator.report.style import Style
from validator.report.summary import called

_COLORS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}
_MOMENT = {"deploy": "at deploy", "next-apply": "at the next apply", "delivery": "at delivery"}
_NAMED = 5


def findings(report: Report, style: Style) -> list[list[str]]:
    """The lines of each finding; ignored ones only if the style is verbose."""
    aliases = {one.address: one.alias for one in report.deliveries if one.alias}
    return [_finding(group, report, style, aliases) for group in _groups(report, style)]


def _groups(report: Report, style: Style) -> list[list[Finding]]:
    """Findings that say the same of several deliveries are shown once."""
    groups: dict[object, list[Finding]] = {}
    for one in report.findings:
        if one.ignored is None or style.verbose:
            said = (one.rule, one.severity, one.span, one.message, one.aws, one.fix, one.when)
            groups.setdefault((*said, one.evidence, one.ignored), []).append(one)
    return list(groups.values())


def _finding(
    group: Sequence[Finding], report: Report, style: Style, aliases: Mapping[str, str]
) -> list[str]:
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
    for name, words in _notes(group, aliases):
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


def _notes(group: Sequence[Finding], aliases: Mapping[str, str]) -> Iterable[tuple[str, str]]:
    finding = group[0]
    if finding.aws is not None:
        yield "aws", f'"{finding.aws.text}" ({_MOMENT[finding.aws.when]})'
    if finding.fix is not None:
        yield "fix", finding.fix
    for condition in finding.when:
        yield "when", condition
    if not finding.tool:
        yield "delivery", _deliveries(group, aliases)
    if finding.ignored is not None:
        yield "ignored", finding.ignored.reason or "without a reason"
    yield "help", finding.help if finding.tool else f"validate --explain {finding.rule}"


def _deliveries(group: Sequence[Finding], aliases: Mapping[str, str]) -> str:
    """The deliveries that findings are about, those of one unit together."""
    units: dict[str, list[str]] = {}
    for one in group:
        name = called(one.name, aliases.get(one.address, ""))
        units.setdefault(name, []).append(one.unit)
    together: dict[tuple[str, ...], list[str]] = {}
    for name, there in units.items():
        together.setdefault(tuple(there), []).append(name)
    return "; ".join(_some(names) + _where(there, group[0]) for there, names in together.items())


def _where(units: tuple[str, ...], finding: Finding) -> str:
    """Where to look for a delivery, if the finding's own place does not tell."""
    told = units in ((".",), (finding.span.file,))
    return "" if told else f" in {_some(units)}"


def _some(words: Sequence[str]) -> str:
    more = f" and {len(words) - _NAMED} more" if len(words) > _NAMED else ""
    return ", ".join(words[:_NAMED]) + more


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
