"""Findings held against a baseline: those that were known before do not count.

A finding is known if the baseline holds one of the same rule, at the same address, about the same
fault, that is at least as grave; lines play no part. The same goes for deliveries that cannot be
told. What the baseline holds and the run does not find is gone, as far as the run has looked there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from validator.baseline.entries import CANNOT_TELL, Broken, Entry, Place, parse, read, rendered
from validator.config import Options
from validator.files import Files
from validator.findings import Finding, Ignored, Severity
from validator.graph.span import Span, whole
from validator.outcomes import Delivered, Verdict
from validator.records import replace
from validator.reports import Baselined


class Held(NamedTuple):
    """Findings and deliveries, marked if they are known, and what became of the baseline."""

    findings: list[Finding]
    deliveries: list[Delivered]
    baseline: Baselined


class Baseline:
    """The baseline that the options name. Raises `Broken` if it cannot be one."""

    def __init__(self, files: Files, options: Options) -> None:
        self.place = Place(options.baseline, files)
        self._options = options
        entries = read(self.place)
        if entries is None and not options.write_baseline:
            here = whole(options.baseline)
            raise Broken(here, "there is no such baseline; --write-baseline writes it")
        self._entries = entries or ()

    def hold(
        self,
        findings: Sequence[Finding],
        deliveries: Sequence[Delivered],
        seen: Callable[[Entry], bool],
    ) -> Held:
        """Findings and deliveries of a run; `seen` tells whether it has looked for an entry.

        Where the baseline is to be written, they are known as it holds them then.
        """
        matching = _Matching(self.place, self._entries, self._options.never_ignore)
        found, told = matching.findings(findings), matching.deliveries(deliveries)
        left = matching.left()
        gone = [one for one in left if seen(one)]
        text, entries = "", self._entries
        if self._options.write_baseline:
            kept = (one for one in left if not seen(one))
            text = rendered([*self._current(found, told), *kept])
            entries = parse(self.place.name, text)
            matching = _Matching(self.place, entries, self._options.never_ignore)
            found, told = matching.findings(findings), matching.deliveries(deliveries)
        told_of = Baselined(
            self.place.name,
            tuple(f"{one.rule} at {one.address}" for one in gone),
            sum(one.count for one in gone),
            sum(one.count for one in entries),
            text,
        )
        return Held(found, told, told_of)

    def _current(
        self, findings: Iterable[Finding], deliveries: Iterable[Delivered]
    ) -> Iterable[Entry]:
        """What is to be held: all that counts, and what is known already."""
        for finding in findings:
            counts = finding.ignored is None or finding.ignored.by == "baseline"
            if counts and finding.rule not in self._options.never_ignore:
                yield self.place.entry(finding)
        for one in deliveries:
            if one.verdict is Verdict.CANNOT_TELL and (one.known or self._options.unknown_fails):
                yield self.place.entry(_unknown(one))


class _Matching:
    """Entries, and how many findings of each have not been found yet."""

    def __init__(self, place: Place, entries: Sequence[Entry], never: frozenset[str]) -> None:
        self._place = place
        self._never = never
        self._entries: dict[str, list[Entry]] = {}
        # The mildest first: what is graver is kept for what is graver.
        for one in sorted(entries, key=lambda one: -one.severity.rank):
            self._entries.setdefault(one.fingerprint, []).append(one)

    def findings(self, findings: Sequence[Finding]) -> list[Finding]:
        """The findings, marked if they are known."""
        marked = list(findings)
        order = sorted(range(len(marked)), key=lambda number: marked[number].severity.rank)
        for number in order:
            marked[number] = self._marked(marked[number])
        return marked

    def _marked(self, finding: Finding) -> Finding:
        if finding.rule in self._never:
            return finding
        entry = self._take(self._place.entry(finding))
        if entry is None or finding.ignored is not None:
            return finding
        span = Span(self._place.name, entry.line, 1, entry.line, 2)
        return replace(finding, ignored=Ignored("known before", by="baseline", span=span))

    def deliveries(self, deliveries: Sequence[Delivered]) -> list[Delivered]:
        """The deliveries, marked if it is known that they cannot be told."""
        return [
            replace(one, known=self._take(self._place.entry(_unknown(one))) is not None)
            if one.verdict is Verdict.CANNOT_TELL
            else one
            for one in deliveries
        ]

    def _take(self, wanted: Entry) -> Entry | None:
        several = self._entries.get(wanted.fingerprint, [])
        for number, one in enumerate(several):
            if one.count and one.severity.rank <= wanted.severity.rank:
                several[number] = replace(one, count=one.count - 1)
                return one
        return None

    def left(self) -> list[Entry]:
        """What was not found again, with the number of findings that are missing."""
        return [one for several in self._entries.values() for one in several if one.count]


def _unknown(one: Delivered) -> Finding:
    message = "; ".join(fact.fact for fact in one.open)
    return Finding(CANNOT_TELL, Severity.WARNING, message, one.address, one.span)
