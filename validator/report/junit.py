"""JUnit XML, as Jenkins and others read it: a suite of each unit, a test of each delivery.

A test fails on what the command fails on. Its schema is junit-10.xsd of the plugin of Jenkins that
reads it: <https://github.com/jenkinsci/xunit-plugin>.
"""

from __future__ import annotations

from collections.abc import Iterator

from validator.outcomes import Delivered, Verdict
from validator.report.escape import cut, page, place, plain
from validator.report.findings import block
from validator.report.groups import aliases, unknown
from validator.report.style import Style
from validator.report.summary import WORDS, called
from validator.reports import Report

_ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"})
_MAX_WORDS = 4000


class _Case:
    """One test: its outcomes, each with its element, type, message and text, and what it says."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.outcomes: list[tuple[str, str, str, str]] = []
        self.said: list[str] = []

    def kind(self) -> str:
        """What the test counts as, `error` before `failure` and `skipped`; empty if it passes."""
        return min((one[0] for one in self.outcomes), default="")


def render(report: Report, style: Style) -> str:
    """A whole document in ASCII, whatever names hold."""
    suites: dict[str, dict[str, _Case]] = {}
    known = aliases(report)

    def case(unit: str, address: str, name: str) -> _Case:
        return suites.setdefault(unit, {}).setdefault(address, _Case(name))

    for one in report.deliveries:
        _delivery(case(one.unit, one.address, called(one.name, one.alias)), one)
    counted = [
        *((one, one.ignored is None and style.fails(one.severity)) for one in report.findings),
        *((one, True) for one in (unknown(report) if style.unknown_fails else ())),
    ]
    for finding, fails in counted:
        address = finding.tool or finding.address
        it = case(finding.unit, address, finding.tool or finding.name)
        text = "\n".join(block([finding], report, style._replace(color=False, width=100), known))
        if fails:
            it.outcomes.append(("failure", finding.rule, finding.message, text))
        elif finding.ignored is None or style.verbose:
            it.said.append(text)
    for unit in report.idle:
        outcome = ("skipped", "no-delivery", unit.words, "")
        case(unit.unit, "", "no delivery").outcomes.append(outcome)
    for broken in report.diagnostics:
        text = f"{place(broken.span)}: {plain(broken.message)}"
        it = case(broken.span.file, "", "not judged")
        it.outcomes.append(("error", broken.kind, broken.message, text))
    document = page(_document(suites))
    return document.encode("ascii", "xmlcharrefreplace").decode()


def _delivery(case: _Case, one: Delivered) -> None:
    there = f" \u2192 {one.type} {plain(one.destination)}" if one.destination else ""
    case.said.append(f"{WORDS[one.verdict]}: {place(one.span)}{there}")
    if one.verdict is Verdict.CANNOT_TELL:
        facts = [f"{fact.fact} ({fact.supply})" if fact.supply else fact.fact for fact in one.open]
        text = "\n".join(plain(fact) for fact in facts)
        case.outcomes.append(("skipped", "cannot-tell", "; ".join(facts), text))


def _document(suites: dict[str, dict[str, _Case]]) -> Iterator[str]:
    whole = [case for cases in suites.values() for case in cases.values()]
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield f'<testsuites name="predeploy" {_counts(whole)}>'
    for unit, cases in sorted(suites.items()):
        several = list(cases.values())
        skipped = sum(case.kind() == "skipped" for case in several)
        counts = f'{_counts(several)} skipped="{skipped}"'
        yield f'  <testsuite name="{_attribute(unit)}" {counts}>'
        for case in several:
            yield from _case(case, unit)
        yield "  </testsuite>"
    yield "</testsuites>"


def _counts(cases: list[_Case]) -> str:
    kinds = [case.kind() for case in cases]
    failures, errors = kinds.count("failure"), kinds.count("error")
    return f'tests="{len(cases)}" failures="{failures}" errors="{errors}" time="0"'


def _case(case: _Case, unit: str) -> Iterator[str]:
    yield f'    <testcase name="{_attribute(case.name)}" classname="{_attribute(unit)}" time="0">'
    for element, kind, message, text in case.outcomes:
        # A test is not skipped if it fails.
        if element == "skipped" and case.kind() != "skipped":
            continue
        head = f'{element} type="{_attribute(kind)}" message="{_attribute(message)}"'
        yield f"      <{head}>{_text(text)}</{element}>" if text else f"      <{head}/>"
    if case.said:
        said = "\n".join(case.said)
        yield f"      <system-out>{_text(said)}</system-out>"
    yield "    </testcase>"


def _attribute(words: str) -> str:
    return _text(plain(cut(words, _MAX_WORDS)))


def _text(words: str) -> str:
    """Text of safe lines; control characters, which XML refuses, are none of it."""
    return words.translate(_ENTITIES)
