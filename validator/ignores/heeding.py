"""Findings held against ignores: which of them count no more, and which ignores they need."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from posixpath import dirname

from validator.config import Options
from validator.findings import Evidence, Finding, Ignored
from validator.graph.span import Span
from validator.graph.world import Declared, World
from validator.notes import TOOL_ID, Misfit, Named, Naming, Needed, Note, Review
from validator.outcomes import Delivered
from validator.packs import Packs
from validator.records import replace

MAX_COMPARED = 100
"""How many different unknown rules are compared with the known ones."""


def today() -> str:
    """The day in UTC, the same on every machine; asked only if an ignore has a last day."""
    from datetime import UTC, datetime

    return datetime.now(UTC).date().isoformat()


class Places:
    """Where an ignore may stand to speak for a finding, beside the finding's own place."""

    def __init__(self, deliveries: Iterable[Delivered], worlds: Iterable[World]) -> None:
        self._heads = {one.address: one.span for one in deliveries}
        self._calls: dict[str, tuple[Span, ...]] = {}
        self._by_file: dict[tuple[str, str], tuple[Span, ...]] = {}
        for world in worlds:
            for declared in world.resources:
                self._calls[declared.address] = declared.calls
                self._add(declared)

    def _add(self, declared: Declared) -> None:
        file = declared.span.file
        for unit in (declared.unit, ""):
            # A file that declares nothing of ours belongs to the module that its folder is.
            for key in ((unit, file), (unit, f"{dirname(file)}/")):
                shared = self._by_file.get(key, declared.calls)
                self._by_file[key] = tuple(call for call in shared if call in declared.calls)

    def of(self, finding: Finding) -> Iterator[Span]:
        """The places, the nearest first."""
        yield finding.span
        if finding.tool:
            return
        head = self._heads.get(finding.address)
        if head is not None:
            yield head
        yield from reversed(self._calls.get(finding.address, ()))
        file = finding.span.file
        for unit in (finding.unit, ""):
            for name in (file, f"{dirname(file)}/"):
                if (unit, name) in self._by_file:
                    yield from reversed(self._by_file[unit, name])
                    return


class _Scopes:
    """The ignores of one rule in one file, found by a place that they speak for."""

    def __init__(self, notes: Iterable[Note]) -> None:
        self._notes = sorted(notes, key=lambda one: (_start(one.scope), _reversed(one.scope)))
        self._starts = [_start(one.scope) for one in self._notes]
        # For each one the next before it that goes on behind its end.
        self._outer: list[int] = []
        around: list[int] = []
        for number, note in enumerate(self._notes):
            while around and _end(self._notes[around[-1]].scope) < _end(note.scope):
                around.pop()
            self._outer.append(around[-1] if around else -1)
            around.append(number)

    def at(self, place: Span) -> Iterator[Note]:
        """Those that speak for a place, the innermost first."""
        number = bisect_right(self._starts, _start(place)) - 1
        while number >= 0:
            if _start(place) < _end(self._notes[number].scope):
                yield self._notes[number]
            number = self._outer[number]


class Ignores:
    """The ignores of a run, and which of them its findings need."""

    def __init__(
        self, notes: Sequence[Note], misfits: Sequence[Misfit], packs: Packs, options: Options
    ) -> None:
        self._notes = notes
        self._misfits = misfits
        self._options = options
        self._names = {
            name: one.rule.id for one in packs.rules for name in (one.rule.id, *one.rule.aliases)
        }
        chosen = packs.chosen(options.select, options.ignore)
        self._ran = {one.rule.id for one in chosen if one.check is not None}
        timed = any(note.until for note in notes)
        self._today = (options.today or today()) if timed else options.today
        self._never = {self._names.get(one, one) for one in options.never_ignore}
        by_place: dict[tuple[str, str], list[Note]] = {}
        for note in notes:
            for named in note.rules:
                by_place.setdefault((self._id(named), note.span.file), []).append(note)
        self._scopes = {key: _Scopes(several) for key, several in by_place.items()}
        self._needed: set[tuple[str, Span]] = set()
        self._near: dict[str, str] = {}

    def _id(self, named: Named) -> str:
        return self._names.get(named.id, named.id)

    def heed(self, finding: Finding, places: Iterable[Span]) -> Finding:
        """The finding, marked if an ignore at one of some places speaks for it."""
        if not self._scopes:
            return finding
        found: dict[Note, None] = {}
        for place in places:
            scopes = self._scopes.get((finding.rule, place.file))
            if scopes is not None:
                found.update(dict.fromkeys(scopes.at(place)))
        self._needed.update((finding.rule, note.span) for note in found)
        if finding.ignored is not None:
            return finding
        for note in found:
            if self._refusal(finding, note) is None:
                why = Ignored(note.reason, note.until or None, note.kind, note.span)
                return replace(finding, ignored=why)
        for note in found:
            word = Evidence(note.span, self._refusal(finding, note) or "")
            return replace(finding, evidence=(*finding.evidence, word))
        return finding

    def _refusal(self, finding: Finding, note: Note) -> str | None:
        """Why an ignore does not count, for the one who wonders."""
        if finding.rule in self._never:
            return "this ignore does not count: the rule is never to be ignored"
        if note.ended(self._today):
            return f"this ignore ended on {note.until}"
        if self._options.require_reason and not note.reason:
            return "this ignore does not count: it gives no reason"
        return None

    def review(self, settled: Callable[[Note], bool]) -> Review:
        """What became of the ignores, once every finding was held against them.

        `settled` tells whether the run has seen all that an ignore may be needed for.
        """
        return Review(
            notes=tuple(self._notes),
            namings=tuple(
                self._naming(note, named, settled) for note in self._notes for named in note.rules
            ),
            misfits=tuple(self._misfits),
            today=self._today,
            require_reason=self._options.require_reason,
        )

    def _naming(self, note: Note, named: Named, settled: Callable[[Note], bool]) -> Naming:
        known = named.id in self._names or TOOL_ID.fullmatch(named.id) is not None
        needed: Needed = "unclear"
        if (self._id(named), note.span) in self._needed:
            needed = "yes"
        elif self._id(named) in self._ran and settled(note):
            needed = "no"
        return Naming(note, named, known, "" if known else self._resembled(named.id), needed)

    def _resembled(self, id_: str) -> str:
        """The rule whose id resembles an unknown one; empty if none does."""
        from validator.near import get_close_matches

        if id_ not in self._near:
            # Comparing takes its time: what nobody wrote by mistake is not compared.
            few = len(self._near) < MAX_COMPARED
            found = get_close_matches(id_[:80], self._names, 1, 0.8) if few else []
            self._near[id_] = found[0] if found else ""
        return self._near[id_]


def _start(span: Span) -> tuple[int, int]:
    return span.line, span.column


def _end(span: Span) -> tuple[int, int]:
    return span.end_line, span.end_column


def _reversed(span: Span) -> tuple[int, int]:
    return -span.end_line, -span.end_column
