"""Findings as SARIF results: one for all deliveries that a fault stops in the same words.

Its flows tell the way of each delivery's logs, then what was seen, then the line to change.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from validator.findings import Edit, Finding, Ignored
from validator.graph.span import Span
from validator.outcomes import Delivered, Hop
from validator.report.escape import cut, lines, plain
from validator.report.groups import aliases, notes, unique
from validator.report.sarif.places import Places
from validator.report.sarif.rules import LEVELS, Rules
from validator.reports import Report

# What GitHub shows at the most.
_MAX_LOCATIONS = 100
_MAX_STEPS = 1000
_MAX_WORDS = 4000
_LINK = re.compile(r"\](?=\()")
_SPECIAL = re.compile(r"([\\\[\]])")


def message(words: str) -> dict[str, str]:
    """A message of words from a template: they hold no link.

    Braces are not doubled, as they should be in a message with arguments: nobody undoes that.
    """
    return {"text": _LINK.sub(r"]\\", "\n".join(lines(cut(words, _MAX_WORDS))))}


def _link(words: str, number: int) -> str:
    """A link to a related location, as messages write it."""
    text = _SPECIAL.sub(r"\\\1", plain(words))
    return f"[{text}]({number})"


class Results:
    """The results of a run."""

    def __init__(self, report: Report, places: Places, rules: Rules) -> None:
        self._places = places
        self._rules = rules
        self._known = aliases(report)
        self._baseline = report.baseline is not None
        self._delivered = {one.address: one for one in report.deliveries}

    def results(self, found: Sequence[Sequence[Finding]]) -> list[dict[str, object]]:
        """A result for each group of findings."""
        prints = unique(group[0].fingerprint for group in found)
        return [self._result(*one) for one in zip(found, prints, strict=True)]

    def _result(self, group: Sequence[Finding], print_: str) -> dict[str, object]:
        finding = group[0]
        related = finding.evidence[:_MAX_LOCATIONS]
        found: dict[str, object] = {
            "ruleId": plain(finding.rule),
            "ruleIndex": self._rules.index[finding.rule],
            "level": LEVELS[finding.severity],
            "message": {"text": self._words(group)},
            "locations": [
                {
                    "physicalLocation": self._places.primary(finding.span),
                    "logicalLocations": [_logical(one) for one in group[:_MAX_LOCATIONS]],
                }
            ],
            "partialFingerprints": self._fingerprints(finding, print_),
        }
        if related:
            found["relatedLocations"] = [
                {"id": number, **self._location(one.span, one.note)}
                for number, one in enumerate(related, 1)
            ]
        if flows := list(self._flows(group)):
            found["codeFlows"] = flows
        if finding.edits:
            found["fixes"] = [self._fix(finding.edits[0])]
        if finding.ignored is not None:
            found["suppressions"] = [self._suppression(finding.ignored)]
        if self._baseline:
            known = finding.ignored is not None and finding.ignored.by == "baseline"
            found["baselineState"] = "unchanged" if known else "new"
        if properties := _properties(group):
            found["properties"] = properties
        return found

    def _fix(self, edit: Edit) -> dict[str, object]:
        """What an editor can do about it."""
        place = self._places.physical(edit.span)
        change = {"deletedRegion": place["region"], "insertedContent": {"text": edit.new}}
        file = {"artifactLocation": place["artifactLocation"], "replacements": [change]}
        return {"description": message(f"write {edit.new}"), "artifactChanges": [file]}

    def _suppression(self, ignored: Ignored) -> dict[str, object]:
        inside = ignored.by in ("comment", "metadata")
        found: dict[str, object] = {"kind": "inSource" if inside else "external"}
        if ignored.reason:
            found["justification"] = plain(ignored.reason)
        if inside and ignored.span is not None:
            found["location"] = {"physicalLocation": self._places.physical(ignored.span)}
        if ignored.until is not None:
            found["properties"] = {"until": ignored.until}
        return found

    def _words(self, group: Sequence[Finding]) -> str:
        """The message as a sentence, then a line of each note and links to what was seen."""
        finding = group[0]
        first = message(finding.message)["text"]
        shown = [first if first.endswith((".", "!", "?")) else f"{first}."]
        for name, words in notes(group, self._known):
            if name not in ("ignored", "help"):
                shown.append(f"{name}: {message(words)['text']}")
        if seen := finding.evidence[:_MAX_LOCATIONS]:
            links = (_link(one.note, number) for number, one in enumerate(seen, 1))
            shown.append(f"see: {', '.join(links)}")
        return "\n".join(shown)

    def _fingerprints(self, finding: Finding, print_: str) -> dict[str, str]:
        found = {"predeploy/v1": print_}
        if line := self._places.line_hash(finding.span):
            found["primaryLocationLineHash"] = line
        return found

    def _location(self, span: Span, words: str) -> dict[str, object]:
        return {"physicalLocation": self._places.physical(span), "message": message(words)}

    def _flows(self, group: Sequence[Finding]) -> Iterator[dict[str, object]]:
        left = _MAX_STEPS
        for finding in group:
            steps = list(self._steps(finding))
            left -= len(steps)
            if len(steps) > 1 and left >= 0:
                yield {
                    "message": message(finding.name or finding.unit),
                    "threadFlows": [{"locations": steps}],
                }

    def _steps(self, finding: Finding) -> Iterator[dict[str, object]]:
        delivered = self._delivered.get(finding.address)
        for hop in _path(delivered):
            importance = "important" if hop.state == "good" else "essential"
            yield self._step(hop.span, _hop(hop), importance)
        for seen in finding.evidence[:_MAX_LOCATIONS]:
            yield self._step(seen.span, seen.note, "important")
        yield self._step(finding.span, finding.message, "essential")

    def _step(self, span: Span, words: str, importance: str) -> dict[str, object]:
        return {"location": self._location(span, words), "importance": importance}


def _path(delivered: Delivered | None) -> Iterable[Hop]:
    return () if delivered is None else delivered.path


def _hop(hop: Hop) -> str:
    """`destination: bucket logs`, and what is wrong with it."""
    name = f"{hop.what} {hop.name}".strip()
    shown = name if hop.kind in hop.what else f"{hop.kind}: {name}"
    return f"{shown}: {hop.why}" if hop.why else shown


def _logical(finding: Finding) -> dict[str, str]:
    return {
        "name": plain(finding.name),
        "fullyQualifiedName": plain(finding.address),
        "kind": "resource",
    }


def _properties(group: Sequence[Finding]) -> dict[str, object]:
    """What machines would else have to find in the message; the fingerprints of all findings."""
    finding = group[0]
    found: dict[str, object] = {}
    if finding.aws is not None:
        found["aws"] = {"text": finding.aws.text, "when": finding.aws.when}
    if finding.fix is not None:
        found["fix"] = finding.fix
    if finding.when:
        found["when"] = list(finding.when)
    if len(group) > 1:
        found["fingerprints"] = [one.fingerprint for one in group]
    return found
