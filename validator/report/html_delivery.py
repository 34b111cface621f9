"""One delivery on the page: its row of boxes, its findings, what is missing, and its trace."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape

from validator.findings import Finding, Severity
from validator.outcomes import Delivered, Hop, HopState, Verdict
from validator.report.escape import lines, place
from validator.report.groups import MOMENT, notes
from validator.report.markup import Markup, element, joined, name, preformatted, text
from validator.report.snippet import gutter_for, marks_of, snippets
from validator.report.style import Style
from validator.report.summary import WORDS, called, many
from validator.report.trace_tree import Branch, tree
from validator.report.ways import SIGNS, STATE_OF
from validator.reports import Report
from validator.traces import Trace

_STATES: dict[HopState, str] = {
    "bad": "fails",
    "at-risk": "at risk",
    "open": "not known",
    "good": "ok",
}
_SEVERITIES: dict[Severity, HopState] = {
    Severity.ERROR: "bad",
    Severity.WARNING: "at-risk",
    Severity.INFO: "open",
}
_WIDTH = 110


class _Marked(Style):
    """Colours as marks that no text of a stranger can hold; they become elements."""

    __slots__ = ()

    def paint(self, words: str, color: str) -> str:
        """Words between marks."""
        return f"\x01{color}\x02{words}\x03" if words and color in ("red", "blue") else words


def article(
    one: Delivered, findings: Sequence[Finding], report: Report, *, unfolded: bool
) -> Markup:
    """The row of a delivery and what is folded below it."""
    state = STATE_OF[one.verdict]
    badge = element("span", f"{SIGNS[state]} {WORDS[one.verdict]}", class_=f"verdict {state}")
    where = f"{place(one.span)} → {one.type}" if one.type != "unknown" else place(one.span)
    head = element(
        "header",
        badge,
        element("h3", name(called(one.name, one.alias))),
        element("span", f"{where} {one.destination}".strip(), class_="dim"),
    )
    boxes = (_box(hop, one.span.file) for hop in one.path)
    way = element("ol", *boxes, class_="way")
    below = [_findings(findings, report, unfolded), _missing(one), _traces(one, report)]
    parts = [head, way, *(part for part in below if part)]
    return element("article", joined(parts), data_verdict=one.verdict.value)


def _box(hop: Hop, file: str) -> Markup:
    why = [element("span", name(hop.why), class_="why")] if hop.why else []
    there = f"line {hop.span.line}" if hop.span.file == file else place(hop.span)
    return element(
        "li",
        element("span", hop.what, class_="what"),
        element("strong", name(hop.name or "none")),
        element("span", f"{SIGNS[hop.state]} {_STATES[hop.state]}", class_="state"),
        *why,
        element("span", name(there), class_="place"),
        class_=hop.state,
    )


def _findings(findings: Sequence[Finding], report: Report, unfolded: bool) -> Markup:
    if not findings:
        return Markup()
    said = f"{many(len(findings), 'finding')}: what AWS says, the lines, what to write instead"
    shown = [finding_section(one, report) for one in findings]
    head = element("summary", said)
    return element("details", head, joined(shown), open=unfolded, class_="told")


def finding_section(finding: Finding, report: Report) -> Markup:
    """A finding with all that is told of it."""
    state = _SEVERITIES[finding.severity]
    rule = element("code", finding.rule)
    if any(page.rule.id == finding.rule for page in report.rules):
        rule = element("a", rule, href=f"#rule-{finding.rule}")
    sign = element("span", f"{SIGNS[state]} {finding.severity.value}", class_=f"sign {state}")
    parts = [element("h4", sign, " ", rule, f" {finding.message}")]
    if finding.aws is not None:
        said = element("p", f"AWS will say {MOMENT[finding.aws.when]}:")
        parts += [said, element("blockquote", finding.aws.text)]
    # It scrolls, so the keyboard must reach it.
    parts.append(element("pre", _excerpt(finding, report), tabindex="0"))
    if finding.fix is not None:
        fix = element("pre", preformatted(lines(finding.fix)), class_="doc")
        parts += [element("p", "Write instead:"), fix]
    for condition in finding.when:
        parts.append(element("p", "When ", element("code", condition)))
    for named, told in notes([finding], {}):
        if named == "ignored" or (named == "help" and finding.help):
            parts.append(element("p", f"{named}: {told}"))
    return joined(parts)


def _excerpt(finding: Finding, report: Report) -> Markup:
    marks = marks_of(finding)
    shown = snippets(marks, report.sources, gutter_for(marks), _Marked(width=_WIDTH))
    # Nothing else that is shown holds control characters.
    colored = re.sub("\x01(\\w+)\x02", r'<span class="\1">', escape("\n".join(shown)))
    return Markup(colored.replace("\x03", "</span>"))


def _missing(one: Delivered) -> Markup:
    if one.verdict is Verdict.WILL_WORK or not one.open:
        return Markup()
    rows: list[Markup] = []
    for fact in one.open:
        rows.append(element("dt", fact.fact))
        rows.append(
            element("dd", f"at {place(fact.span)}", f"; {fact.supply}" if fact.supply else "")
        )
    head = element(
        "summary", f"{many(len(one.open), 'missing fact')}, and how to give what is missing"
    )
    return element("details", head, element("dl", *rows), class_="told")


def _traces(one: Delivered, report: Report) -> Markup:
    traces = report.traces.get(one.address, ())
    if not traces:
        return Markup()
    shown: list[Markup] = []
    for trace in traces:
        if trace.when or len(traces) > 1:
            when = " and ".join(trace.when)
            shown.append(element("h4", f"When {when}: {WORDS[Verdict(trace.verdict)]}"))
        shown.append(_trace(trace))
    head = element("summary", "How this verdict came about")
    return element("details", head, joined(shown))


def _trace(trace: Trace) -> Markup:
    return element("ul", joined([_branch(one) for one in tree(trace)]), class_="trace")


def _branch(branch: Branch) -> Markup:
    words = [
        element("code", one) if number % 2 else text(one)
        for number, one in enumerate(branch.words)
        if one
    ]
    if branch.state is not None:
        sign = element(
            "span",
            f"{SIGNS[branch.state]} {_STATES[branch.state]}",
            class_=f"sign {branch.state}",
        )
        words = [sign, Markup(" "), *words]
    if branch.below:
        words.append(element("ul", *map(_branch, branch.below)))
    return element("li", *words)
