"""Units to a report. A crash anywhere below ends here, as a diagnostic with a place."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from validator.config import Options
from validator.discover import Found, discover, files_for
from validator.files import Files, Unreadable
from validator.findings import Delivered, Diagnostic, DiagnosticKind, Finding, Report
from validator.graph.graph import Gap, Graph, Others, World
from validator.graph.values import Span
from validator.ignores import Blocks, heed
from validator.packs import Loaded, Packs, load
from validator.readers import Read, Unit, reader
from validator.worlds import GRAVEST_FIRST, Judged, merged


@dataclass(frozen=True, slots=True)
class _Run:
    files: Files
    options: Options
    diagnostics: list[Diagnostic]

    def crash(
        self, where: str, what: str, error: Exception, kind: DiagnosticKind = "internal"
    ) -> None:
        """Note a bug of ours, or of somebody's rule."""
        if self.options.debug:
            import traceback

            traceback.print_exception(error)
        words = f"{what}: {type(error).__name__}: {error}" if str(error) else what
        self.diagnostics.append(Diagnostic(Span(where, 1, 1, 1, 1), words, kind))


def run(
    paths: Sequence[Path], options: Options | None = None, working: Path | None = None
) -> Report:
    """Judge what is below some folders, or what some files belong to.

    File names in the report are shown from `working`, by default the current folder.
    """
    options = options or Options()
    files = files_for(paths, working)
    found = discover(paths, files, options.exclude)
    state = _Run(files, options, list(found.diagnostics))
    rules: tuple[Loaded, ...] = ()
    if found.units or options.rules:
        packs = load(options.rules, debug=options.debug)
        state.diagnostics.extend(packs.diagnostics)
        rules = chosen(packs, options)
    deliveries: list[Delivered] = []
    findings: list[Finding] = []
    blocks = Blocks()
    if found.units:
        worlds = {unit.path: _read(unit, state) for unit in found.units}
        others = Others(_with_bystanders(worlds, found, state))
        blocks.add(others.worlds)
        for unit in found.units:
            judged = [_judge(world, others, rules, state) for world in worlds[unit.path]]
            one, several = merged(judged)
            deliveries.extend(one)
            findings.extend(several)
    diagnostics = tuple(sorted(set(state.diagnostics)))
    sources = _sources(files, _spans(deliveries, findings, diagnostics))
    if options.heed_ignores:
        findings = [heed(finding, sources, blocks) for finding in findings]
    return Report(
        deliveries=tuple(sorted(deliveries, key=_delivery_order)),
        findings=tuple(sorted(findings, key=_finding_order)),
        diagnostics=diagnostics,
        counts=found.counts,
        sources=sources,
    )


def chosen(packs: Packs, options: Options) -> tuple[Loaded, ...]:
    """The rules that count, by their ids or aliases."""
    picked = packs.rules
    if options.select:
        picked = tuple(one for one in picked if _named(one, options.select))
    return tuple(one for one in picked if not _named(one, options.ignore))


def _named(loaded: Loaded, names: frozenset[str]) -> bool:
    return loaded.rule.id in names or not names.isdisjoint(loaded.rule.aliases)


def _read(unit: Unit, state: _Run) -> tuple[World, ...]:
    """The worlds of a unit; one that cannot be read at all is a gap, with nothing known of it."""
    try:
        read: Read = reader(unit.kind)(unit, state.files, state.options.settings)
    except Unreadable as error:
        state.diagnostics.append(Diagnostic(_place(unit), str(error), "unreadable"))
        return (_gap(unit, str(error)),)
    except Exception as error:  # the door to the readers: nothing but a diagnostic goes through
        state.crash(unit.path, "reading this failed, which is a bug of ours", error)
        return (_gap(unit, "this unit could not be read"),)
    state.diagnostics.extend(read.diagnostics)
    return read.worlds or (World(unit.path, ()),)


def _gap(unit: Unit, why: str) -> World:
    return World(unit.path, (), gaps=(Gap(unit.path, why, _place(unit)),))


def _place(unit: Unit) -> Span:
    return Span(unit.path, 1, 1, 1, 1)


def _with_bystanders(
    worlds: dict[str, tuple[World, ...]], found: Found, state: _Run
) -> list[World]:
    """All worlds of the run: the judged units', and those of units that hold what is named."""
    everything = [world for several in worlds.values() for world in several]
    waiting = list(found.bystanders)
    known: frozenset[bytes] = frozenset()
    while waiting:
        words = _named_elsewhere(everything, state) - known
        if not words:
            break
        known |= words
        called = [unit for unit in waiting if found.mentions(unit, words)]
        waiting = [unit for unit in waiting if unit not in called]
        for unit in called:
            everything.extend(_read(unit, state))
    return everything


def _named_elsewhere(worlds: Sequence[World], state: _Run) -> frozenset[bytes]:
    from validator.elsewhere import named_elsewhere

    words: frozenset[bytes] = frozenset()
    others = Others(worlds)
    for world in worlds:
        try:
            words |= named_elsewhere(Graph(world, others))
        except Exception as error:  # values are evaluated on demand: this too enters the readers
            state.crash(world.unit, "reading this failed, which is a bug of ours", error)
    return words


def _judge(world: World, others: Others, rules: Iterable[Loaded], state: _Run) -> Judged:
    from validator.delivery import deliveries

    graph = Graph(world, others)
    try:
        delivered = tuple(delivery.delivered for delivery in deliveries(graph))
    except Exception as error:  # the door to the deliveries
        state.crash(world.unit, "judging this failed, which is a bug of ours", error)
        return Judged(world.when, (), ())
    findings: list[Finding] = []
    for loaded in rules:
        try:
            findings.extend(loaded.check(graph))
        except Exception as error:  # the door to the rules
            kind: DiagnosticKind = "internal" if loaded.ours else "rule"
            state.crash(world.unit, f"the rule {loaded.rule.id} failed here", error, kind)
    return Judged(world.when, delivered, tuple(findings))


def _spans(
    deliveries: Iterable[Delivered], findings: Iterable[Finding], diagnostics: Iterable[Diagnostic]
) -> set[str]:
    spans = [one.span for one in deliveries] + [one.span for one in diagnostics]
    spans += [fact.span for one in deliveries for fact in one.open]
    for finding in findings:
        spans += [finding.span, *(evidence.span for evidence in finding.evidence)]
    return {span.file for span in spans}


def _sources(files: Files, names: set[str]) -> dict[str, tuple[str, ...]]:
    """The lines of files, as far as they can be read."""
    sources: dict[str, tuple[str, ...]] = {}
    for name in sorted(names):
        try:
            lines = files.text(name).split("\n")
        except Unreadable:
            continue
        sources[name] = tuple(line.removesuffix("\r") for line in lines)
    return sources


def _delivery_order(one: Delivered) -> tuple[int, Span, str]:
    return (GRAVEST_FIRST.index(one.verdict), one.span, one.address)


def _finding_order(finding: Finding) -> tuple[Span, str, str, str]:
    return (finding.span, finding.rule, finding.address, finding.fault)
