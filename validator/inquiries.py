"""What the command tells without judging: rules, files, settings, versions; and one trace."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from validator.arguments import parser
from validator.asked import Usage, folder
from validator.config import Options
from validator.findings import Diagnostic
from validator.outcomes import Delivered
from validator.output import complain, say, style, tell
from validator.steps import Step

if TYPE_CHECKING:
    from validator.traces import Trace


def versions() -> None:
    """What a verdict rests on."""
    from validator.versions import versions

    say(versions())


def about_rules(given: Namespace) -> Sequence[Diagnostic]:
    """The page of one rule, the list of all, or a script that completes their names.

    Gives back what is wrong with the rules listed. Raises `Usage`.
    """
    from validator.packs import load
    from validator.pages import explain, explain_markdown, listed

    packs = load([folder(one) for one in given.rules], debug=given.debug)
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
        return ()
    if given.completions:
        from validator.completions import completions
        from validator.completions.option import Name

        names = tuple(Name(one.rule.id, one.rule.name) for one in packs.rules)
        say(completions(given.completions, parser(), names))
        return ()
    say(listed(packs.rules, style(given, to_file=False)))
    for one in packs.diagnostics:
        complain(f"{one.span.file}: {one.message}")
    return packs.diagnostics


def files(paths: Sequence[Path], options: Options) -> Sequence[Diagnostic]:
    """The files that a run would look at; gives back what is wrong with them."""
    from validator.discover import discover, files_for
    from validator.report.escape import page, plain

    found = discover(paths, files_for(paths, None, options.root), options.exclude)
    say(page(plain(name) for name in found.names))
    for one in found.diagnostics:
        complain(f"{one.span.file}: {one.message}")
    return found.diagnostics


def traced(
    paths: Sequence[Path], options: Options, given: Namespace, step: Step
) -> Sequence[tuple[Delivered, Trace]]:
    """A flow log in every world, with its trace. Raises `Usage` if there is no such flow log."""
    from validator.engine import trace

    address: str = given.trace
    traces, names = trace(paths, address, options, step)
    if not traces:
        from validator.near import get_close_matches

        near = get_close_matches(address, names, 1, cutoff=0.3)
        hint = f"did you mean {near[0]}?" if near else "there is none here"
        raise Usage(f"there is no flow log {address}; {hint}")
    return traces


def tell_trace(traces: Sequence[tuple[Delivered, Trace]], given: Namespace) -> None:
    """How the verdict on one flow log came about. Raises `Unwritable`."""
    from validator.report import trace as text
    from validator.report import trace_markdown as markdown

    tell(
        "a trace",
        given,
        {
            "text": lambda wanted: text.render(traces, wanted),
            "markdown": lambda _: markdown.render(traces),
        },
    )
