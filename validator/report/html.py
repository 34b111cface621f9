"""One page for a browser, without network and, but for its filter, without scripts.

Each delivery is a row of boxes, source to key; below it what AWS will say, the lines, what to write
instead, and how the verdict came about.
"""

from __future__ import annotations

from collections import Counter

from validator.report.escape import lines, place
from validator.report.groups import MOMENT
from validator.report.html_delivery import article, finding_section
from validator.report.html_page import SCRIPT, STYLE, policy
from validator.report.markup import Markup, document, element, joined, preformatted
from validator.report.style import Style
from validator.report.summary import WORDS, summary
from validator.report.ways import SIGNS, STATE_OF, listed
from validator.reports import Report

_TITLE = "Will the logs arrive?"


def render(report: Report, style: Style) -> str:
    """The page; what the command line quiets or adds for people, it quiets or adds here."""
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", http_equiv="Content-Security-Policy", content=policy()),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="referrer", content="no-referrer"),
        element("title", _TITLE),
        element("style", Markup(STYLE)),
    )
    parts = [
        element("header", element("h1", _TITLE), element("p", summary(report)), _counts(report)),
        element("main", *_main(report, style)),
    ]
    if listed(report, style):
        parts.append(element("script", Markup(SCRIPT)))
    body = element("body", joined(parts))
    return document(Markup(f"<!DOCTYPE html>\n{element('html', head, body, lang='en')}\n"))


def _counts(report: Report) -> Markup:
    verdicts = Counter(one.verdict for one in report.deliveries)
    return element(
        "ul",
        *(
            element("li", f"{SIGNS[STATE_OF[one]]} {verdicts[one]} {words}", class_=STATE_OF[one])
            for one, words in WORDS.items()
        ),
        class_="counts",
    )


def _main(report: Report, style: Style) -> list[Markup]:
    shown: list[Markup] = []
    deliveries = listed(report, style)
    if deliveries:
        shown.append(_filter())
    told: dict[str, list[int]] = {}
    for number, one in enumerate(report.findings):
        if one.ignored is None or style.verbose:
            told.setdefault(one.address, []).append(number)
    failing = sum(len(told.get(one.address, ())) for one in report.deliveries)
    rows = [
        article(
            one,
            [report.findings[number] for number in told.pop(one.address, ())],
            report,
            unfolded=failing <= 3,
        )
        for one in deliveries
    ]
    name = "Deliveries" if rows else "No deliveries"
    shown.append(element("section", joined([element("h2", name), *rows]), aria_label=name))
    rest = [report.findings[number] for numbers in told.values() for number in numbers]
    if rest:
        found = [finding_section(one, report) for one in rest]
        shown.append(element("section", joined([element("h2", "Other findings"), *found])))
    shown += [_gone(report), _without(report), _unread(report), _rules(report)]
    return [one for one in shown if one]


def _filter() -> Markup:
    """Shown by the script alone, since it does nothing without."""
    boxes = [
        element(
            "label",
            element("input", type="checkbox", name=verdict.value, checked=True),
            f" {words}",
        )
        for verdict, words in WORDS.items()
    ]
    search = element(
        "label",
        "with the words ",
        element("input", type="search", name="words", autocomplete="off"),
    )
    shown = element("output", id="shown", aria_live="polite")
    return element("fieldset", element("legend", "Show"), *boxes, search, shown, hidden=True)


def _gone(report: Report) -> Markup:
    if report.baseline is None or not report.baseline.gone:
        return Markup()
    said = f"{report.baseline.file} still holds:"
    rows = [element("li", one) for one in report.baseline.gone]
    head = element("h2", "Known findings that are gone")
    return element("section", head, element("p", said), element("ul", *rows))


def _without(report: Report) -> Markup:
    if not report.idle:
        return Markup()
    said = "Written, but not deployed with the values that stand here:"
    units = [
        element("li", element("code", one.unit), f" {one.words}" if one.unread else "")
        for one in report.idle
    ]
    return element(
        "section",
        element("h2", "Units without a delivery"),
        element("p", said),
        element("ul", *units),
    )


def _unread(report: Report) -> Markup:
    if not report.diagnostics:
        return Markup()
    rows = [
        element("li", element("code", place(one.span)), f" {one.kind}: {one.message}")
        for one in report.diagnostics
    ]
    return element("section", element("h2", "Not read or not understood"), element("ul", *rows))


def _rules(report: Report) -> Markup:
    told = {one.rule for one in report.findings}
    pages = [one for one in report.rules if one.rule.id in told]
    if not pages:
        return Markup()
    shown: list[Markup] = []
    for page in pages:
        rule = page.rule
        says = f'AWS says {MOMENT[rule.when]}: "{rule.predicts}"'
        doc = element("pre", preformatted(lines(page.doc)), class_="doc")
        name = element("summary", element("code", rule.id), f" {rule.name}")
        shown.append(element("details", name, element("p", says), doc, id=f"rule-{rule.id}"))
    return element("section", joined([element("h2", "About the rules"), *shown]))
