"""Findings held against the ignores in the files, and the ignores against the findings.

An ignore speaks for a finding whose place lies in its scope. It also does so if its scope holds the
beginning of the delivery's flow log, or of a module call or nested stack by which the flow log, or
everything in the finding's file, comes. An ignored finding stays in the report, marked and counted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from validator.config import Options
from validator.crashes import Crashes
from validator.discover import Found
from validator.files import Files
from validator.findings import Diagnostic, Finding
from validator.graph.world import World
from validator.ignores.heeding import Ignores, Places
from validator.ignores.settled import Settled
from validator.ignores.written import written
from validator.outcomes import Delivered
from validator.packs import Packs
from validator.records import replace

Worlds = Mapping[str, tuple[World, ...]]


def heeded(
    findings: Sequence[Finding],
    deliveries: Sequence[Delivered],
    worlds: Worlds,
    diagnostics: Sequence[Diagnostic],
    files: Files,
    options: Options,
    found: Found,
    packs: Packs,
    crashes: Crashes,
) -> list[Finding]:
    """The findings, those marked that an ignore speaks for, and those about the ignores.

    `deliveries`, `worlds` and `diagnostics` are those of the whole run. A rule that fails is put
    among `crashes`.
    """
    names = {name for unit in found.units for name in found.files_of(unit)}
    names |= {one.span.file for one in findings}
    notes, misfits = written(names.difference(found.scan.plans), files)
    if not notes and not misfits:
        return list(findings)
    ignores = Ignores(notes, misfits, packs, options)
    everything = [world for several in worlds.values() for world in several]
    places = Places(deliveries, everything)
    marked = [ignores.heed(one, places.of(one)) for one in findings]
    settled = Settled(found, files, options, deliveries, worlds, diagnostics)
    review = ignores.review(settled.settled)
    said: list[Finding] = []
    for loaded in packs.chosen(options.select, options.ignore):
        if loaded.inspect is not None:
            with crashes.door(f"the rule {loaded.rule.id}"):
                said.extend(loaded.inspect(review))
    return [*marked, *(ignores.heed(one, [one.span]) for one in _told_apart(said))]


def _told_apart(findings: Iterable[Finding]) -> Iterator[Finding]:
    """The second of two ignores in a file that are alike is another one than the first."""
    seen: Counter[str] = Counter()
    for one in findings:
        seen[one.fingerprint] += 1
        number = seen[one.fingerprint]
        yield one if number == 1 else replace(one, fault=f"{one.fault} {number}".strip())
