"""The command: arguments, a run, its reports, an exit code. Nothing heavy is imported here."""

from __future__ import annotations

import gc
import sys
from argparse import Namespace
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from pathlib import Path

from validator import inquiries
from validator.arguments import parser
from validator.asked import Usage, asked
from validator.config import Options
from validator.configuration import Misconfigured
from validator.crashes import OURS, Crashes, named
from validator.ending import undoing
from validator.findings import Diagnostic
from validator.outcomes import Verdict
from validator.output import (
    Unwritable,
    complain,
    outputs,
    save,
    say,
    style,
    write,
)
from validator.report.escape import place
from validator.report.summary import many
from validator.reports import Counts, Report
from validator.steps import Step, silent

OK, FINDINGS, USAGE, UNREAD, BUG = range(5)
GARBAGE = (500_000, 20, 20)
"""When garbage is looked for: most of what is read is kept to the end, and looking for it as often
as Python does is a third of long runs."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; gives back the exit code."""
    gc.set_threshold(*GARBAGE)
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
        complain(f"a bug of ours: {named(error)} (--debug shows where)")
        return BUG


def _run(given: Namespace) -> int:
    if given.version:
        inquiries.versions()
        return OK
    if given.explain is not None or given.list_rules or given.completions:
        return USAGE if inquiries.about_rules(given) else OK
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
        return UNREAD if inquiries.files(paths, options) else OK
    if given.trace is not None:
        told: list[Diagnostic] = []
        with _progress(given, Crashes(told, debug=given.debug)) as step:
            traced = inquiries.traced(paths, options, given, step)
        inquiries.tell_trace(traced, given)
        for one in told:
            complain(one.message)
        return BUG if told else OK
    try:
        return _judged(paths, options, given)
    except Misconfigured as error:
        return _misconfigured(error, given)


def _judged(paths: list[Path], options: Options, given: Namespace) -> int:
    """Run, mend and report. Raises `Misconfigured` if the baseline cannot be read as one."""
    from validator.records import replace
    from validator.report import TRACED

    to = outputs(given)
    options = replace(options, traces=any(one.format in TRACED for one in to))
    failures: list[Diagnostic] = []
    crashes = Crashes(failures, debug=given.debug)
    # Also of a run that fails there is a report: whoever waits for one reads why.
    report = Report((), (), (), Counts(), {})
    try:
        report = _report(paths, options, given, crashes)
    except Misconfigured:
        raise
    except Exception as error:
        crashes.note(".", f"this run {OURS}", error)
    if given.fix:
        with crashes.door("--fix"):
            report = _mended(paths, options, given, report, crashes)
    report = replace(report, diagnostics=tuple(sorted({*report.diagnostics, *failures})))
    if given.diff:
        from validator.mend import diff

        for one in report.diagnostics:
            if one.kind == "internal":
                complain(f"{place(one.span)}: {one.message}")
        say(diff(paths, options, report, terminal=sys.stdout is not None and sys.stdout.isatty()))
        return exit_code(report, given)
    unwritten = _write_baseline(report, given) if options.write_baseline else ""
    write(report, given, to)
    if unwritten:
        raise Unwritable(unwritten)
    if given.verbose:
        _tell_of_slowness()
    return exit_code(report, given)


def _report(paths: list[Path], options: Options, given: Namespace, crashes: Crashes) -> Report:
    from validator.engine import run

    with _progress(given, crashes) as step:
        return run(paths, options, step=step)


def _mended(
    paths: list[Path], options: Options, given: Namespace, report: Report, crashes: Crashes
) -> Report:
    """The report after what can be mended is: an edit may bring up the next fault."""
    from validator.mend import ROUNDS, mend

    for _ in range(ROUNDS):
        mended = mend(paths, options, report)
        for words in mended.failed:
            complain(f"--fix {words}")
        for words in mended.done:
            complain(f"fixed {words}")
        if not mended.done:
            break
        report = _report(paths, options, given, crashes)
    return report


def _write_baseline(report: Report, given: Namespace) -> str:
    """Write what is known now, unless rules failed: what these find is not known then.

    Gives back why it could not be written.
    """
    baseline = report.baseline
    if baseline is None or {one.kind for one in report.diagnostics} & {"internal", "rule"}:
        complain("the baseline is not written: what the rules find is not all known")
        return ""
    try:
        save(baseline.file, baseline.text)
    except OSError as error:
        return f"--write-baseline {baseline.file}: {error.strerror}"
    if not given.quiet:
        dropped = f", {baseline.count} dropped" if baseline.count else ""
        complain(f"{baseline.file} holds {many(baseline.held, 'known finding')}{dropped}")
    return ""


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


@contextmanager
def _progress(options: Namespace, crashes: Crashes) -> Generator[Step]:
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
    if progress.crash is not None:
        crashes.note(".", f"showing how far the run is {OURS}", progress.crash)
