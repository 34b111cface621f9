"""A trace as Markdown: a list of needs, below each the requests, below each the statements."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from validator.outcomes import Delivered, HopState
from validator.report.escape import page, place
from validator.report.gfm import code, prose
from validator.report.summary import WORDS, called
from validator.report.trace_tree import flattened, tree
from validator.report.ways import STATE_OF
from validator.traces import Trace

EMOJI: dict[HopState, str] = {"bad": "❌", "at-risk": "⚠️", "open": "❓", "good": "✅"}


def render(traces: Iterable[tuple[Delivered, Trace]]) -> str:
    """Every trace, one after the other."""
    return page(line for delivered, one in traces for line in _trace(delivered, one))


def _trace(delivered: Delivered, trace: Trace) -> Iterator[str]:
    name = code(called(delivered.name, delivered.alias))
    yield f"## {EMOJI[STATE_OF[delivered.verdict]]} {name}: {WORDS[delivered.verdict]}"
    yield ""
    if delivered.destination:
        yield f"- delivers to {delivered.type} {code(delivered.destination)}"
    yield f"- declared at {code(place(delivered.span))}"
    for when in trace.when:
        yield f"- when {prose(when)}"
    yield from ("", "What it needs:", "")
    for depth, branch in flattened(tree(trace)):
        sign = "" if branch.state is None else f"{EMOJI[branch.state]} "
        words = "".join(
            code(one) if number % 2 else _between(one) for number, one in enumerate(branch.words)
        )
        yield f"{'  ' * depth}- {sign}{words}".rstrip()
    yield ""


def _between(words: str) -> str:
    """Words between names: their blanks at either end stay."""
    inner = words.strip()
    if not inner:
        return words
    at = words.index(inner)
    return words[:at] + prose(inner) + words[at + len(inner) :]
