"""Findings held against ignores: which of them count no more, and which ignores they need."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
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


class _Group:
    """The ignores of one rule with one scope, the one written last first, and those around it.

    They speak for the same findings. `needed` says whether there was such a finding; `counting` is
    the nearest that counts, and `refusal` says of the nearest of all why it does not.
    """

    def __init__(
        self, notes: Sequence[Note], outer: _Group | None, refusal: Callable[[Note], str | None]
    ) -> None:
        self.notes = notes
        self.outer = outer
        self.end = _end(notes[0].scope)
        self.needed = False
        own = next((one for one in notes if refusal(one) is None), None)
        self.counting: Note | None = own or (outer.counting if outer else None)
        self.refusal = Evidence(notes[0].span, refusal(notes[0]) or "")


class _Scopes:
    """The ignores of one rule in one file, found by a place that they speak for."""

    def __init__(self, notes: Iterable[Note], refusal: Callable[[Note], str | None]) -> None:
        by_scope: dict[Span, list[Note]] = {}
        for note in notes:
            if _start(note.scope) < _end(note.scope):
                by_scope.setdefault(note.scope, []).append(note)
        self._groups: list[_Group] = []
        # From each of these places on, up to the next one, which scope is the innermost.
        self._bounds: list[tuple[int, int]] = []
        self._inner: list[_Group | None] = []
        around: list[_Group] = []
        for scope in sorted(by_scope, key=lambda one: (_start(one), _reversed(one))):
            self._close(around, _start(scope))
            while around and around[-1].end < _end(scope):
                around.pop()
            group = _Group(by_scope[scope][::-1], around[-1] if around else None, refusal)
            self._groups.append(group)
            around.append(group)
            self._bounds.append(_start(scope))
            self._inner.append(group)
        if around:
            self._close(around, around[0].end)

    def _close(self, around: list[_Group], place: tuple[int, int]) -> None:
        """Note where the scopes end that do so before a place."""
        while around and around[-1].end <= place:
            end = around[-1].end
            while around and around[-1].end <= end:
                around.pop()
            self._bounds.append(end)
            self._inner.append(around[-1] if around else None)

    def at(self, place: Span) -> _Group | None:
        """The innermost of those that speak for a place."""
        number = bisect_right(self._bounds, _start(place)) - 1
        return self._inner[number] if number >= 0 else None

    def needed(self) -> Iterator[Note]:
        """Those that speak for a finding."""
        # Those around others stand before them.
        for group in reversed(self._groups):
            if group.needed:
                yield from group.notes
                if group.outer is not None:
                    group.outer.needed = True


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
        self._scopes = {
            (rule, file): _Scopes(several, partial(self._refusal, rule))
            for (rule, file), several in by_place.items()
        }
        self._near: dict[str, str] = {}

    def _id(self, named: Named) -> str:
        return self._names.get(named.id, named.id)

    def heed(self, finding: Finding, places: Iterable[Span]) -> Finding:
        """The finding, marked if an ignore at one of some places speaks for it."""
        if not self._scopes:
            return finding
        found: list[_Group] = []
        for place in places:
            scopes = self._scopes.get((finding.rule, place.file))
            group = scopes.at(place) if scopes is not None else None
            if group is not None:
                group.needed = True
                found.append(group)
        if finding.ignored is not None or not found:
            return finding
        note = next((group.counting for group in found if group.counting is not None), None)
        if note is None:
            return replace(finding, evidence=(*finding.evidence, found[0].refusal))
        why = Ignored(note.reason, note.until or None, note.kind, note.span)
        return replace(finding, ignored=why)

    def _refusal(self, rule: str, note: Note) -> str | None:
        """Why an ignore of a rule does not count, for the one who wonders."""
        if rule in self._never:
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
        needed = {
            (rule, note.span)
            for (rule, _), scopes in self._scopes.items()
            for note in scopes.needed()
        }
        return Review(
            notes=tuple(self._notes),
            namings=tuple(
                self._naming(note, named, (self._id(named), note.span) in needed, settled)
                for note in self._notes
                for named in note.rules
            ),
            misfits=tuple(self._misfits),
            today=self._today,
            require_reason=self._options.require_reason,
        )

    def _naming(
        self, note: Note, named: Named, found: bool, settled: Callable[[Note], bool]
    ) -> Naming:
        known = named.id in self._names or TOOL_ID.fullmatch(named.id) is not None
        needed: Needed = "unclear"
        if found:
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
