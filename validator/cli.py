"""The command: arguments, a run, its reports, an exit code. Nothing heavy is imported here."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from validator.arguments import parser
from validator.config import Options
from validator.findings import Report, Verdict
from validator.output import Unwritable, complain, outputs, say, style, write
from validator.readers import Settings
from validator.steps import Step, silent

if TYPE_CHECKING:
    from validator.packs import Loaded, Packs

OK, FINDINGS, USAGE, UNREAD, BUG = range(5)


class Usage(Exception):
    """A bad option; the message says which, for a person."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; gives back the exit code."""
    options = parser().parse_args(arguments)
    try:
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


def _run(options: Namespace) -> int:
    asked = _asked(options)
    # Loading the rules takes a moment: only if one is asked for by name.
    named = sorted(asked.select | asked.ignore)
    about = options.explain is not None or options.list_rules or options.completions
    if named or about:
        from validator.packs import load

        packs = load(asked.rules, debug=asked.debug)
        for name in named:
            _rule(name, packs)
        if about:
            return _about(packs, options)
    if "" in options.paths:
        raise Usage("a PATH is empty")
    paths = [Path(path) for path in options.paths]
    if options.show_files:
        return _show_files(paths, asked)
    if options.trace is not None:
        return _trace(paths, asked, options)
    from validator.engine import run

    to = outputs(options)
    with _progress(options) as step:
        report = run(paths, asked, step=step)
    write(report, options, to)
    if options.verbose:
        _tell_of_slowness()
    return exit_code(report, options)


def _tell_of_slowness() -> None:
    """Say what made this run slower than the next ones need be."""
    if "validator.readers.terraform.hcl.parse" in sys.modules:
        from validator.readers.terraform.hcl.grammar import UNKEPT, tables

        if not tables()[1]:
            complain(UNKEPT)


def _asked(options: Namespace) -> Options:
    return Options(
        settings=Settings(
            variables=_pairs("--var", options.var),
            variable_files=_given("--var-file", options.var_file),
            workspace=options.workspace,
            parameters=_pairs("--parameter", options.parameter),
            parameter_files=_given("--parameter-file", options.parameter_file),
            account=options.account,
            region=options.region,
            partition=options.partition,
            plan="".join(_given("--plan", [options.plan] if options.plan else [])),
        ),
        select=_ids(options.select),
        ignore=_ids(options.ignore),
        rules=tuple(_folder(one) for one in options.rules),
        exclude=tuple(options.exclude),
        existing=_given("--existing", options.existing),
        heed_ignores=not options.no_ignores,
        cfn_lint=options.cfn_lint,
        debug=options.debug,
    )


def _about(packs: Packs, options: Namespace) -> int:
    """The page of one rule, or the list of all."""
    from validator.pages import explain, listed

    shown = style(options, to_file=False)
    if options.explain is not None:
        say(explain(_rule(options.explain, packs), shown))
        return OK
    if options.completions:
        from validator.completions import completions
        from validator.completions.option import Name

        names = tuple(Name(one.rule.id, one.rule.name) for one in packs.rules)
        say(completions(options.completions, parser(), names))
        return OK
    say(listed(packs.rules, shown))
    for one in packs.diagnostics:
        complain(f"{one.span.file}: {one.message}")
    return USAGE if packs.diagnostics else OK


def _rule(name: str, packs: Packs) -> Loaded:
    """The rule of a name; an unknown one is a bad option, and the nearest is named."""
    found = packs.find(name)
    if found is None:
        from difflib import get_close_matches

        near = get_close_matches(name, [one.rule.id for one in packs.rules], 1)
        hint = f"did you mean {near[0]}?" if near else "--list-rules shows all"
        raise Usage(f"there is no rule {name}; {hint}")
    return found


def exit_code(report: Report, options: Namespace) -> int:
    """What a run comes to: a bug, else a broken pack, else findings, else what was not read."""
    kinds = {one.kind for one in report.diagnostics}
    unread = bool(kinds - {"internal", "rule", "config"})
    if "internal" in kinds:
        return BUG
    if kinds & {"rule", "config"}:
        return USAGE
    cannot_tell = any(one.verdict is Verdict.CANNOT_TELL for one in report.deliveries)
    wanted = style(options, to_file=True)
    failed = any(one.ignored is None and wanted.fails(one.severity) for one in report.findings)
    failed = failed or (cannot_tell and wanted.unknown_fails)
    failed = failed or (unread and options.strict)
    if failed and not options.exit_zero:
        return FINDINGS
    return UNREAD if unread else OK


def _show_files(paths: Sequence[Path], asked: Options) -> int:
    from validator.discover import discover, files_for
    from validator.report.escape import page, plain

    found = discover(paths, files_for(paths), asked.exclude)
    say(page(plain(name) for name in found.names))
    for one in found.diagnostics:
        complain(f"{one.span.file}: {one.message}")
    return UNREAD if found.diagnostics else OK


def _trace(paths: Sequence[Path], asked: Options, options: Namespace) -> int:
    """How the verdict on one flow log came about."""
    from validator.engine import trace
    from validator.report.trace import render

    address: str = options.trace
    with _progress(options) as step:
        traces, names = trace(paths, address, asked, step)
    if not traces:
        from difflib import get_close_matches

        near = get_close_matches(address, names, 1, cutoff=0.3)
        hint = f"did you mean {near[0]}?" if near else "there is none here"
        raise Usage(f"there is no flow log {address}; {hint}")
    say(render(traces, style(options, to_file=False)))
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
    with Progress() as progress:
        yield progress.step


def _pairs(option: str, given: Sequence[str]) -> tuple[tuple[str, str], ...]:
    pairs: list[tuple[str, str]] = []
    for one in given:
        name, equals, value = one.partition("=")
        if not equals or not name.strip():
            raise Usage(f"{option} {one}: NAME=VALUE is needed")
        pairs.append((name.strip(), value))
    return tuple(pairs)


def _given(option: str, names: Sequence[str]) -> tuple[str, ...]:
    for name in names:
        if not Path(name).is_file():
            raise Usage(f"{option} {name}: there is no such file")
    return tuple(Path(os.path.relpath(name)).as_posix() for name in names)


def _folder(name: str) -> Path:
    if not Path(name).is_dir():
        raise Usage(f"--rules {name}: there is no such folder")
    return Path(name)


def _ids(given: Sequence[str]) -> frozenset[str]:
    return frozenset(name for one in given for part in one.split(",") if (name := part.strip()))
