"""One answer out of a unit's worlds: what holds in all of them, and what only under conditions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations

from validator.findings import Finding
from validator.graph.verdict import Open
from validator.outcomes import Delivered, Verdict, softened
from validator.records import dataclass, replace


@dataclass(frozen=True, slots=True)
class Judged:
    """What was found in one world; `when` says which world it is."""

    when: tuple[str, ...]
    deliveries: tuple[Delivered, ...]
    findings: tuple[Finding, ...]


def merged(worlds: Sequence[Judged]) -> tuple[list[Delivered], list[Finding]]:
    """Deliveries and findings of a unit over all its worlds.

    What fails in only some of the worlds in which its flow log exists may fail.
    """
    present: dict[str, list[int]] = {}
    delivered: dict[str, list[Delivered]] = {}
    found: dict[str, list[tuple[int, Finding]]] = {}
    for number, world in enumerate(worlds):
        for one in world.deliveries:
            present.setdefault(one.address, []).append(number)
            delivered.setdefault(one.address, []).append(one)
        for finding in world.findings:
            found.setdefault(finding.fingerprint, []).append((number, finding))
    whens = [world.when for world in worlds]
    everywhere = list(range(len(worlds)))
    findings: list[Finding] = []
    for places in found.values():
        gravest = min((finding for _, finding in places), key=lambda one: one.severity.rank)
        there = sorted({number for number, _ in places})
        where = present.get(gravest.address, everywhere)
        conditional = not set(where) <= set(there)
        findings.append(replace(gravest, when=words(whens, there)) if conditional else gravest)
    return [_gravest(ones) for ones in delivered.values()], findings


def apart(worlds: Sequence[Judged]) -> tuple[list[Delivered], list[Finding]]:
    """What was found, where the worlds cannot be held against each other: the worst of each."""
    delivered: dict[str, Delivered] = {}
    found: dict[str, Finding] = {}
    for world in worlds:
        for one in world.deliveries:
            known = delivered.setdefault(one.address, one)
            delivered[one.address] = min(known, one, key=lambda each: each.verdict.rank)
        found.update((finding.fingerprint, finding) for finding in world.findings)
    return list(delivered.values()), list(found.values())


def _gravest(ones: Sequence[Delivered]) -> Delivered:
    worst = min(ones, key=lambda one: one.verdict.rank)
    verdict = worst.verdict
    if verdict is Verdict.WILL_FAIL and any(one.verdict is not verdict for one in ones):
        verdict = Verdict.MAY_FAIL
        worst = replace(worst, path=softened(worst.path))
    facts: dict[Open, None] = {fact: None for one in ones for fact in one.open}
    return replace(worst, verdict=verdict, open=tuple(facts))


def words(whens: Sequence[tuple[str, ...]], chosen: Iterable[int]) -> tuple[str, ...]:
    """The shortest way to say which worlds are meant: conditions that all hold.

    Where no conjunction says it, the one condition is an `or` of several.
    """
    wanted = frozenset(chosen)
    if wanted == frozenset(range(len(whens))):
        return ()
    terms: list[tuple[tuple[str, ...], frozenset[int]]] = []
    left = set(wanted)
    for size in range(1, max((len(when) for when in whens), default=0) + 1):
        for term in dict.fromkeys(
            term for number in sorted(wanted) for term in combinations(whens[number], size)
        ):
            holds = frozenset(n for n, when in enumerate(whens) if set(term) <= set(when))
            if holds <= wanted and holds & left:
                terms.append((term, holds))
                left -= holds
        if not left:
            break
    if len(terms) == 1:
        return terms[0][0]
    return (", or ".join(" and ".join(term) for term, _ in terms),) if terms else ()
