"""Rules as SARIF describes them."""

from __future__ import annotations

from collections.abc import Iterable

from validator.findings import Finding, Grade, Severity
from validator.report.escape import cut, lines, plain
from validator.report.groups import MOMENT
from validator.reports import Page, Report

LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_PROBLEMS = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.INFO: "recommendation",
}
_PRECISION: dict[Grade, str] = {
    "documented": "very-high",
    "confirmed": "very-high",
    "reported": "high",
    "inferred": "medium",
}
# GitHub's limit of a description.
_MAX = 1024


class Rules:
    """The rules of one tool that a run shows, in order."""

    def __init__(self, report: Report, findings: Iterable[Finding], tool: str) -> None:
        pages = () if tool else report.rules
        self.shown = [_page(page) for page in pages]
        self.index = {page.rule.id: number for number, page in enumerate(pages)}
        for one in findings:
            if one.rule not in self.index:
                self.index[one.rule] = len(self.shown)
                self.shown.append(_bare(one))


def _page(page: Page) -> dict[str, object]:
    rule = page.rule
    title, _, body = page.doc.partition("\n")
    intro = plain(title)
    marked = intro
    tags = ["aws", "log-delivery"]
    if rule.predicts:
        moment, says = MOMENT[rule.when], plain(rule.predicts)
        intro += f'\n\nAWS says {moment}: "{says}"'
        marked += f"\n\nAWS says {moment}: `{says}`"
        tags.append(f"at-{rule.when}")
    text = "\n".join(lines(body.strip()))
    ignore = f"# predeploy: ignore[{rule.id}] reason"
    found: dict[str, object] = {
        "id": plain(rule.id),
        "name": "".join(word.capitalize() for word in rule.id.split("-")),
        "shortDescription": {"text": cut(plain(rule.name or title), _MAX)},
        "fullDescription": {"text": cut(" ".join(intro.split()), _MAX)},
        "help": {
            "text": f"{intro}\n\n{text}\n\nIgnore it with: {ignore}",
            "markdown": f"{marked}\n\n{text}\n\n## How to ignore it\n\n`{ignore}`",
        },
        "defaultConfiguration": {"level": LEVELS[rule.severity]},
        "properties": {
            "tags": tags,
            "precision": _PRECISION[rule.grade],
            "problem.severity": _PROBLEMS[rule.severity],
        },
    }
    if rule.aliases:
        found["deprecatedIds"] = [plain(alias) for alias in rule.aliases]
    return found


def _bare(one: Finding) -> dict[str, object]:
    """A rule of which no page is known: one of another tool."""
    about = cut(plain(one.about or one.rule), _MAX)
    found: dict[str, object] = {
        "id": plain(one.rule),
        "shortDescription": {"text": about},
        "fullDescription": {"text": about},
        "help": {"text": plain(one.help or one.about or one.rule)},
        "defaultConfiguration": {"level": LEVELS[one.severity]},
        "properties": {"problem.severity": _PROBLEMS[one.severity]},
    }
    if one.help.startswith("https://"):
        found["helpUri"] = one.help
    return found
