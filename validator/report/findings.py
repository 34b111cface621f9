"""Findings for a person: message, source with carets, what AWS says, what to write instead."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Mapping, Sequence

from validator.findings import Finding, Severity
from validator.report.escape import lines, plain
from validator.report.groups import aliases, groups, notes
from validator.report.snippet import gutter_for, marks_of, snippets
from validator.report.style import Style
from validator.reports import Report

_MOMENT = re.compile(r"\(at [a-z ]+\)$")
_COLORS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}


def findings(report: Report, style: Style) -> list[list[str]]:
    """The lines of each finding; ignored ones only if the style is verbose."""
    known = aliases(report)
    return [block(group, report, style, known) for group in groups(report, ignored=style.verbose)]


def block(
    group: Sequence[Finding], report: Report, style: Style, known: Mapping[str, str]
) -> list[str]:
    """The lines of findings that say the same of several deliveries; `known` are aliases."""
    finding = group[0]
    head = style.paint(
        f"{finding.severity.value}[{plain(finding.rule)}]", _COLORS[finding.severity]
    )
    marks = marks_of(finding)
    gutter = gutter_for(marks)
    shown = [f"{head}: {style.paint(plain(finding.message), 'bold')}"]
    shown += snippets(marks, report.sources, gutter, style)
    for name, words in notes(group, known):
        shown += _note(name, words, gutter, style)
    return shown


def _note(name: str, words: str, gutter: int, style: Style) -> list[str]:
    """A note; code of several lines stays as it is, prose is wrapped."""
    head = f"{' ' * gutter} = {name}: "
    painted = f"{' ' * gutter} {style.paint('=', 'blue')} {style.paint(name, 'bold')}: "
    found = lines(words)
    indent = " " * (gutter + 5)
    if len(found) == 1:
        room = max(style.width - len(head), 40)
        # The moment stays in one piece; a control character cannot be in the words themselves.
        kept = _MOMENT.sub(lambda moment: moment.group().replace(" ", "\0"), found[0])
        wrapped = textwrap.wrap(kept, room, break_long_words=False, break_on_hyphens=False)
        found = [line.replace("\0", " ") for line in wrapped] or [""]
    first, *rest = found
    return [f"{painted}{first}".rstrip(), *(f"{indent}{line}".rstrip() for line in rest)]
