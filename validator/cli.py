"""The command: arguments, a run, its reports, an exit code. Nothing heavy is imported here."""

from __future__ import annotations

import gc
import sys
from argparse import Namespace
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from pathlib import Path

from validator.arguments import parser
from validator.asked import Usage, asked, folder
from validator.config import Options
from validator.configuration import Misconfigured
from validator.ending import undoing
from validator.findings import Counts, Report, Verdict
from validator.output import (
    Unwritable,
    complain,
    outputs,
    save,
    say,
    style,
    tell,
    write,
)
from validator.report.escape import place
from validator.report.summary import many
from validator.steps import Step, silent

OK, FINDINGS, USAGE, UNREAD, BUG = range(5)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; gives back the exit code."""
    # Most of what is read is kept to the end: looking for garbage so often is a third of long runs.
    gc.set_threshold(500_000, 20, 20)
    options = Namespace(debug=False)
    try:
        options = parser().parse_args(arguments)
        return _run(options)
    except (Usage, Unwritable) as error:
        complain(str(error))
        return USAGE
    except KeyboardInterrupt:
        return 130
    except Exception as error:  # the last door: a bug of ours ends in one line
        if options.debug:
            raise
        complain(f"a bug of ours: {type(error).__name__}: {error} (--debug shows where)")
        return BUG


def _run(given: Namespace) -> int:
    if given.version:
        from validator.versions import versions

        say(versions())
        return OK
    if given.explain is not None or given.list_rules or given.completions:
        return _about(given)
    as_given = Namespace(**vars(given))
    try:
        options, configuration, passed_over = asked(given)
    except Misconfigured as error:
        return _misconfigured(error, given)
    for name in passed_over if not given.quiet else ():
        complain(f"{name} is not heeded: it is not above all of the paths (--config chooses one)")
    paths = [Path(path) for path in given.paths]
    if given.show_settings:
        from validator.in_force import in_force

        say(in_force(as_given, configuration))
        return OK
    if given.show_files:
        return _show_files(paths, options)
    if given.trace is not None:
        return _trace(paths, options, given)
    from validator.engine import run
    from validator.records import replace
    from validator.report import TRACED

    to = outputs(given)
    options = replace(options, traces=any(one.format in TRACED for one in to))
    try:
        with _progress(given) as step:
            report = run(paths, options, step=step)
    except Misconfigured as error:
        return _misconfigured(error, given)
    if given.diff:
        from validator.mend import diff

        say(diff(paths, options, report))
        return exit_code(report, given)
    if given.fix:
        report = _mended(paths, options, given, report)
    if options.write_baseline:
        _write_baseline(report, given)
    write(report, given, to)
    if given.verbose:
        _tell_of_slowness()
    return exit_code(report, given)


def _mended(paths: list[Path], options: Options, given: Namespace, report: Report) -> Report:
    """The report after what can be mended is: an edit may bring up the next fault."""
    from validator.engine import run
    from validator.mend import ROUNDS, mend

    for _ in range(ROUNDS):
        mended = mend(paths, options, report)
        for words in mended.failed:
            complain(f"--fix {words}")
        for words in mended.done:
            complain(f"fixed {words}")
        if not mended.done:
            break
        with _progress(given) as step:
            report = run(paths, options, step=step)
    return report


def _write_baseline(report: Report, given: Namespace) -> None:
    """Write what is known now, unless rules failed: what these find is not known then."""
    baseline = report.baseline
    if baseline is None or {one.kind for one in report.diagnostics} & {"internal", "rule"}:
        complain("the baseline is not written: what the rules find is not all known")
        return
    try:
        save(baseline.file, baseline.text)
    except OSError as error:
        raise Unwritable(f"--write-baseline {baseline.file}: {error.strerror}") from None
    if not given.quiet:
        dropped = f", {baseline.count} dropped" if baseline.count else ""
        complain(f"{baseline.file} holds {many(baseline.held, 'known finding')}{dropped}")


def _tell_of_slowness() -> None:
    """Say what made this run slower than the next ones need be."""
    if "validator.readers.terraform.hcl.parse" in sys.modules:
        from validator.readers.terraform.hcl.grammar import UNKEPT, tables

        if not tables()[1]:
            complain(UNKEPT)


def _misconfigured(error: Misconfigured, given: Namespace) -> int:
    """A run that does not begin: its report holds what is wrong in the configuration."""
    if given.show_files or given.show_settings or given.trace is not None:
        for one in error.diagnostics:
            complain(f"{place(one.span)}: {one.message}")
    else:
        write(Report((), (), error.diagnostics, Counts(), {}), given, outputs(given))
    return USAGE


def _about(given: Namespace) -> int:
    """The page of one rule, the list of all, or a script that completes their names."""
    from validator.packs import load
    from validator.pages import explain, explain_markdown, listed

    packs = load([folder(one) for one in given.rules], debug=given.debug)
    shown = style(given, to_file=False)
    if given.explain is not None:
        loaded = packs.find(given.explain)
        if loaded is None:
            raise Usage(packs.lacking(given.explain))
        tell(
            "the page of a rule",
            given,
            {
                "text": lambda wanted: explain(loaded, wanted),
                "markdown": lambda _: explain_markdown(loaded),
            },
        )
        return OK
    if given.completions:
        from validator.completions import completions
        from validator.completions.option import Name

        names = tuple(Name(one.rule.id, one.rule.name) for one in packs.rules)
        say(completions(given.completions, parser(), names))
        return OK
    say(listed(packs.rules, shown))
    for one in packs.diagnostics:
        complain(f"{one.span.file}: {one.message}")
    return USAGE if packs.diagnostics else OK


def exit_code(report: Report, options: Namespace) -> int:
    """What a run comes to: a bug, else a broken pack, else findings, else what was not read."""
    kinds = {one.kind for one in report.diagnostics}
    unread = bool(kinds - {"internal", "rule", "config"})
    if "internal" in kinds:
        return BUG
    if kinds & {"rule", "config"}:
        return USAGE
    cannot_tell = any(
        one.verdict is Verdict.CANNOT_TELL and not one.known for one in report.deliveries
    )
    wanted = style(options, to_file=True)
    failed = any(one.ignored is None and wanted.fails(one.severity) for one in report.findings)
    failed = failed or (cannot_tell and wanted.unknown_fails)
    failed = failed or (unread and options.strict)
    if failed and not options.exit_zero:
        return FINDINGS
    return UNREAD if unread else OK


def _show_files(paths: Sequence[Path], options: Options) -> int:
    from validator.discover import discover, files_for
    from validator.report.escape import page, plain

    found = discover(paths, files_for(paths, None, options.root), options.exclude)
    say(page(plain(name) for name in found.names))
    for one in found.diagnostics:
        complain(f"{one.span.file}: {one.message}")
    return UNREAD if found.diagnostics else OK


def _trace(paths: Sequence[Path], options: Options, given: Namespace) -> int:
    """How the verdict on one flow log came about."""
    from validator.engine import trace
    from validator.report import trace as text
    from validator.report import trace_markdown as markdown

    address: str = given.trace
    with _progress(given) as step:
        traces, names = trace(paths, address, options, step)
    if not traces:
        from validator.near import get_close_matches

        near = get_close_matches(address, names, 1, cutoff=0.3)
        hint = f"did you mean {near[0]}?" if near else "there is none here"
        raise Usage(f"there is no flow log {address}; {hint}")
    tell(
        "a trace",
        given,
        {
            "text": lambda wanted: text.render(traces, wanted),
            "markdown": lambda _: markdown.render(traces),
        },
    )
    return OK


@contextmanager
def _progress(options: Namespace) -> Generator[Step]:
    """Say on a terminal how far a long run is, unless somebody wants it quiet."""
    if options.no_progress or options.quiet or not sys.stderr.isatty():
        yield silent
        return
    from validator.progress import Progress, wanted

    if not wanted():
        yield silent
        return
    with Progress() as progress, undoing(progress.erase):
        yield progress.step
