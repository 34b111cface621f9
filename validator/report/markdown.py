"""Markdown for a comment on a pull request or for the summary of a job.

GitHub takes 65,536 characters for a comment and 1 MiB for a summary: what does not fit is counted.
"""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from validator.findings import Finding, Severity
from validator.outcomes import Delivered, Verdict
from validator.records import replace
from validator.report.escape import page, place, plain
from validator.report.gfm import block, code, code_html, fence, folded, prose, prose_html
from validator.report.groups import MOMENT, aliases, groups, notes
from validator.report.mermaid import chart
from validator.report.snippet import gutter_for, marks_of, snippets
from validator.report.style import Style
from validator.report.summary import WORDS, called, many, summary
from validator.report.trace_markdown import EMOJI
from validator.report.ways import STATE_OF, STATES, grouped, left_out, listed
from validator.reports import Report

MOST_CHARACTERS = 65_000
_TABLE, _NOTES, _PICTURE = 15_000, 5_000, 15_000
_OPEN_WAYS, _UNFOLDED = 5, 3
_WIDTH = 100

_SEVERITIES: dict[Severity, str] = {
    Severity.ERROR: "❌",
    Severity.WARNING: "⚠️",
    Severity.INFO: "💡",
}
_LANGUAGES = {"tf": "hcl", "tofu": "hcl", "yaml": "yaml", "yml": "yaml", "json": "json"}


def render(report: Report, style: Style) -> str:
    """Counts, a table of deliveries, the findings, and the way of the logs as a picture."""
    report = replace(report, deliveries=listed(report, style))
    head = [_title(report), "", *_table(report.deliveries)]
    tail = [*_missing(report), *_notes(report), *_picture(report)]
    ending = f"<sub>{summary(report)}</sub>"
    room = MOST_CHARACTERS - _size(head) - _size(tail) - len(ending)
    return page([*head, *_findings(report, style, room), *tail, ending])


def _title(report: Report) -> str:
    verdicts = Counter(one.verdict for one in report.deliveries)
    if not verdicts:
        return "## No log deliveries"
    counts = ", ".join(f"{verdicts[one]} {words}" for one, words in WORDS.items() if verdicts[one])
    gravest = min(verdicts, key=lambda one: one.rank)
    return f"## {EMOJI[STATE_OF[gravest]]} Log delivery: {counts}"


def _table(deliveries: Sequence[Delivered]) -> Iterator[str]:
    """A row a delivery, the gravest first; what has no room is counted."""
    if not deliveries:
        return
    yield "| | flow log | logs go to | why |"
    yield "|---|---|---|---|"
    room = _TABLE
    for number, one in enumerate(deliveries):
        row = _row(one)
        room -= len(row) + 1
        if room < 0:
            rest = deliveries[number:]
            yield f"| | {left_out(rest)} | | |"
            break
        yield row
    yield ""


def _row(one: Delivered) -> str:
    hops = [hop for hop in one.path if hop.state != "good"]
    worst = min(hops, key=lambda hop: STATES.index(hop.state), default=None)
    why = ""
    if worst is not None:
        subject = f"{worst.what} {code(_short(worst.name))}".strip()
        why = f"{subject}: {prose(_short(worst.why, 300))}"
    name = code(_short(called(one.name, one.alias)))
    there = next((hop.name for hop in one.path if hop.kind == "destination"), "")
    kind = "" if one.type == "unknown" else f"{one.type} "
    cells = (
        f"{EMOJI[STATE_OF[one.verdict]]} {WORDS[one.verdict].replace(' ', '&nbsp;')}",
        f"{name}<br>{code(_short(place(one.span)))}",
        f"{kind}{code(_short(one.destination or there))}".strip(),
        why,
    )
    return f"| {' | '.join(cells)} |"


def _findings(report: Report, style: Style, room: int) -> list[str]:
    """Each finding folded, as far as they fit; the last line counts the others."""
    found = groups(report, ignored=style.verbose)
    if not found:
        return []
    shown = [f"### {many(len(found), 'finding')}", ""]
    known = aliases(report)
    missing = 0
    room -= _size(shown) + 200
    for group in found:
        lines = _finding(group, report, known, unfolded=len(found) <= _UNFOLDED)
        if _size(lines) > room:
            missing += 1
            continue
        room -= _size(lines)
        shown += lines
    if missing:
        more = many(missing, "more finding")
        shown += [f"*{more} left out here for want of room; the text report has all.*", ""]
    return shown


def _finding(
    group: Sequence[Finding], report: Report, known: Mapping[str, str], *, unfolded: bool
) -> list[str]:
    finding = group[0]
    marks = marks_of(finding)
    excerpt = snippets(marks, report.sources, gutter_for(marks), Style(width=_WIDTH))
    content = fence(excerpt)
    if finding.aws is not None:
        says = textwrap.wrap(plain(finding.aws.text), _WIDTH, break_long_words=False)
        content = [f"AWS will say {MOMENT[finding.aws.when]}:", *fence(says), *content]
    if finding.fix is not None:
        language = _LANGUAGES.get(finding.span.file.rpartition(".")[2], "text")
        content += ["Write instead:", *block(finding.fix, language)]
    for name, words in notes(group, known):
        if name not in ("aws", "fix"):
            content.append(f"- {name}: {code(words) if name == 'help' else prose(words)}")
    emoji = _SEVERITIES[finding.severity]
    head = f"{emoji} {finding.severity.value} {code_html(finding.rule)}: "
    return folded(head + prose_html(finding.message), content, unfolded=unfolded)


def _missing(report: Report) -> list[str]:
    """What is not known, each fact once, with how to give it."""
    facts: dict[tuple[str, str], int] = {}
    for one in report.deliveries:
        for fact in one.open if one.verdict is not Verdict.WILL_WORK else ():
            facts[fact.fact, fact.supply] = facts.get((fact.fact, fact.supply), 0) + 1
    rows = [
        f"- {prose(_short(fact, 300))}"
        + (f" ({code(_short(supply, 300))})" if supply else "")
        + (f", for {number} deliveries" if number > 1 else "")
        for (fact, supply), number in facts.items()
    ]
    return _listing("missing fact", rows)


def _notes(report: Report) -> list[str]:
    """What was not read, and what deploys nothing."""
    unread = [
        f"- {code(_short(place(one.span)))} {one.kind}: {prose(_short(one.message, 300))}"
        for one in report.diagnostics
    ]
    without = [
        f"- {code(_short(one.unit))}" + (f" {prose(_short(one.words, 300))}" if one.unread else "")
        for one in report.idle
    ]
    baseline = report.baseline
    gone = [] if baseline is None else [f"- {prose(_short(one, 300))}" for one in baseline.gone]
    return [
        *_listing("known finding is gone", gone, "known findings are gone"),
        *_listing("input not read or not understood", unread, "inputs not read or not understood"),
        *_listing("unit without a delivery", without, "units without a delivery"),
    ]


def _listing(one: str, rows: list[str], several: str = "") -> list[str]:
    if not rows:
        return []
    shown: list[str] = []
    room = _NOTES
    for row in rows:
        room -= len(row) + 1
        if room < 0:
            shown.append(f"- and {len(rows) - len(shown)} more")
            break
        shown.append(row)
    return folded(f"❓ {many(len(rows), one, several)}", shown)


def _picture(report: Report) -> list[str]:
    if not report.deliveries:
        return []
    drawn = fence(chart(report, _PICTURE).splitlines(), "mermaid")
    few = len(grouped(report.deliveries)) <= _OPEN_WAYS
    return folded("The way of the logs", drawn, unfolded=few)


def _short(words: str, most: int = 120) -> str:
    """Text without its middle if it is too long for a row."""
    if len(words) <= most:
        return words
    return f"{words[: most * 2 // 3]}…{words[-(most // 4) :]}"


def _size(lines: Sequence[str]) -> int:
    return sum(map(len, lines)) + len(lines)
