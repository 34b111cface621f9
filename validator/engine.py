"""Paths to a report: look, judge, heed ignore comments, sort."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from validator.config import Options
from validator.configuration import Misconfigured
from validator.crashes import Crashes
from validator.discover import Found, discover, files_for
from validator.files import MAX_SOURCE, Files, Unreadable
from validator.findings import Diagnostic, Finding
from validator.graph.span import Span
from validator.outcomes import Delivered
from validator.records import replace
from validator.reports import Baselined, Idle, Page, Report
from validator.steps import Step, silent

if TYPE_CHECKING:
    from validator.aws import FlowLog
    from validator.baseline import Baseline
    from validator.judge import Judge
    from validator.traces import Trace


def run(
    paths: Sequence[Path],
    options: Options | None = None,
    working: Path | None = None,
    step: Step = silent,
) -> Report:
    """Judge what is below some folders, or what some files belong to.

    File names in the report are shown from `working`, by default the current folder. `step`
    is told how far the run is. Raises `Misconfigured` if the baseline cannot be read as one.
    """
    options = options or Options()
    files = files_for(paths, working, options.root)
    step("looking for templates", "", 0, 0)
    found = discover(paths, files, options.exclude)
    known = _baseline(files, options)
    judged = _Judged()
    told: list[Diagnostic] = []
    crashes = Crashes(told, debug=options.debug)
    sources: dict[str, tuple[str, ...]] = {}
    # With nothing to judge, neither rules nor graph are imported.
    if found.units or options.rules or options.cfn_lint:
        judged = _judged(files, options, found, step)
        told += judged.diagnostics
    findings = sorted(judged.findings, key=_finding_order)
    deliveries = sorted(judged.deliveries, key=_delivery_order)
    baseline: Baselined | None = None
    if known is not None:
        from validator.baseline.seen import Seen

        with crashes.door("holding the findings against the baseline"):
            seen = Seen(known.place, paths, files, options, found, {*found.diagnostics, *told})
            findings, deliveries, baseline = known.hold(findings, deliveries, seen)
    tools: dict[str, str] = {}
    if options.cfn_lint:
        from validator.cfn_lint import TOOL, version

        tools[TOOL] = version()
    diagnostics = {*found.diagnostics, *told}
    names = _names_in(deliveries, findings, diagnostics)
    if findings or deliveries or len(diagnostics) > len(found.diagnostics):
        with crashes.door("showing the lines"):
            sources = _sources(files, names)
    diagnostics.update(told)
    return Report(
        deliveries=tuple(deliveries),
        findings=tuple(findings),
        diagnostics=tuple(sorted(diagnostics)),
        counts=found.counts,
        sources=sources,
        idle=_idle(found, deliveries, diagnostics, judged.gaps),
        rules=judged.pages,
        traces=judged.traces,
        places={name: files.place(name) for name in sorted(names)},
        tools=tools,
        baseline=baseline,
    )


def trace(
    paths: Sequence[Path], address: str, options: Options | None = None, step: Step = silent
) -> tuple[tuple[tuple[Delivered, Trace], ...], list[str]]:
    """A flow log in every world, how its verdict came about, and the names of all flow logs.

    `address` is a name or an alias that the report shows, or `UNIT#NAME` where several units have
    it.
    """
    options = options or Options()
    files = files_for(paths, None, options.root)
    found = discover(paths, files, options.exclude)
    if not found.units:
        return (), []
    from validator.delivery.tracing import trace as traced
    from validator.judge import Judge

    judge = Judge(files, options, (), found, step)
    judge.judge()
    several = list(judge.deliveries())
    names = [delivery.flow_log.name_for_people for delivery, _ in several]
    chosen = tuple(
        (delivery.delivered, traced(delivery, when))
        for delivery, when in several
        if address and address in _names(delivery.flow_log)
    )
    return chosen, names


def _names(flow_log: FlowLog) -> tuple[str, ...]:
    return (flow_log.name_for_people, flow_log.address, flow_log.declared.alias)


def _baseline(files: Files, options: Options) -> Baseline | None:
    """The baseline, before the work: one that is broken ends the run. Raises `Misconfigured`."""
    if not options.baseline:
        return None
    from validator.baseline import Baseline
    from validator.baseline.entries import Broken

    try:
        return Baseline(files, options)
    except Broken as error:
        raise Misconfigured([error.diagnostic]) from None


class _Judged(NamedTuple):
    """What was found in the units of a run."""

    deliveries: Sequence[Delivered] = ()
    findings: Sequence[Finding] = ()
    diagnostics: Sequence[Diagnostic] = ()
    pages: tuple[Page, ...] = ()
    traces: Mapping[str, tuple[Trace, ...]] = MappingProxyType({})
    gaps: Mapping[str, tuple[str, ...]] = MappingProxyType({})


def _judged(files: Files, options: Options, found: Found, step: Step) -> _Judged:
    from validator.adjust import graded, ignored_below
    from validator.edits import fitting
    from validator.judge import Judge
    from validator.packs import load

    packs = load(options.rules, debug=options.debug)
    judge = Judge(files, options, packs.chosen(options.select, options.ignore), found, step)
    deliveries, findings = judge.judge()
    diagnostics = [*packs.diagnostics, *judge.diagnostics]
    crashes = Crashes(diagnostics, debug=options.debug)
    if options.cfn_lint:
        from validator.cfn_lint import cfn_lint

        step("running cfn-lint", "", 0, 0)
        with crashes.door("running cfn-lint"):
            theirs, more = cfn_lint(found.templates, files)
            findings += theirs
            diagnostics += more
    # Where one of these fails, the findings stay as they were, and count.
    if options.heed_ignores:
        from validator.ignores import heeded

        everything = [*found.diagnostics, *diagnostics]
        with crashes.door("heeding the ignores"):
            findings = heeded(
                findings,
                deliveries,
                judge.worlds,
                everything,
                files,
                options,
                found,
                packs,
                crashes,
            )
        with crashes.door("heeding path-ignores"):
            findings = ignored_below(findings, files, options)
    with crashes.door("grading the findings"):
        findings = graded(findings, packs.rules, options.severity)
    fit = [replace(one, edits=()) for one in findings]
    with crashes.door("fitting the edits"):
        fit = fitting(findings, files)
    told = {finding.rule for finding in fit}
    pages = tuple(Page(one.rule, one.doc) for one in packs.rules if one.rule.id in told)
    traces = _traces(judge, crashes) if options.traces else {}
    gaps = {
        unit: tuple(dict.fromkeys(gap.why for world in worlds for gap in world.gaps))
        for unit, worlds in judge.worlds.items()
    }
    return _Judged(deliveries, fit, diagnostics, pages, traces, gaps)


def _traces(judge: Judge, crashes: Crashes) -> dict[str, tuple[Trace, ...]]:
    """How every verdict came about, by the flow log's address; one trace a world."""
    from validator.delivery.tracing import trace as traced

    found: dict[str, tuple[Trace, ...]] = {}
    for delivery, when in judge.deliveries():
        flow_log = delivery.flow_log
        with crashes.door(f"tracing {flow_log.name_for_people}", flow_log.unit):
            made = traced(delivery, when)
            found[flow_log.address] = (*found.get(flow_log.address, ()), made)
    return found


def _idle(
    found: Found,
    deliveries: Iterable[Delivered],
    diagnostics: Iterable[Diagnostic],
    gaps: Mapping[str, tuple[str, ...]],
) -> tuple[Idle, ...]:
    """The units without a delivery; one with a diagnostic may have had some."""
    told = {one.unit for one in deliveries}
    unclear = {one.span.file for one in diagnostics}
    return tuple(
        Idle(unit.path, gaps.get(unit.path, ()))
        for unit in found.units
        if unit.path not in told | unclear and unclear.isdisjoint(found.files_of(unit))
    )


def _names_in(
    deliveries: Iterable[Delivered], findings: Iterable[Finding], diagnostics: Iterable[Diagnostic]
) -> set[str]:
    """The files that a report points into."""
    spans = [one.span for one in deliveries] + [one.span for one in diagnostics]
    spans += [fact.span for one in deliveries for fact in one.open]
    spans += [hop.span for one in deliveries for hop in one.path]
    for finding in findings:
        spans += [finding.span, *(evidence.span for evidence in finding.evidence)]
    return {span.file for span in spans}


def _sources(files: Files, names: set[str]) -> dict[str, tuple[str, ...]]:
    """The lines of files, as far as they can be read."""
    sources: dict[str, tuple[str, ...]] = {}
    for name in sorted(names):
        try:
            lines = files.text(name, MAX_SOURCE).split("\n")
        except Unreadable:
            continue
        sources[name] = tuple(line.removesuffix("\r") for line in lines)
    return sources


def _delivery_order(one: Delivered) -> tuple[int, Span, str]:
    return (one.verdict.rank, one.span, one.address)


def _finding_order(finding: Finding) -> tuple[Span, str, str, str]:
    return (finding.span, finding.rule, finding.address, finding.fault)
