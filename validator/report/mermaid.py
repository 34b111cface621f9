"""The way of the logs as a Mermaid flowchart, coloured by verdict.

<https://mermaid.js.org/syntax/flowchart.html>; the limits are those under which GitHub draws one:
50,000 characters and 500 edges (<https://mermaid.js.org/config/schema-docs/config.html>).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from validator.outcomes import Delivered, HopKind
from validator.records import replace
from validator.report.style import Style
from validator.report.summary import WORDS, called, many, summary
from validator.report.ways import (
    SIGNS,
    STATE_OF,
    Node,
    Ways,
    grouped,
    labelled,
    left_out,
    listed,
    nodes,
    wrapped,
)
from validator.reports import Report

MOST_WAYS = 30
MOST_CHARACTERS = 40_000
_COLUMNS = 30
_NAMED = 3

# Everything else in a label is written by its number. Even between quotes `%%{` begins a directive,
# `#` an entity, a backtick Markdown, `\n` a line, `$$` a formula and `fa:fa-` an icon.
_UNSAFE = re.compile(r"[^\w .,/:=+@()\[\]{}$✗✓!?…'-]|\$(?=\$)|:(?=fa)|^ | $")
_SHAPES: dict[HopKind, tuple[str, str]] = {
    "source": ("[", "]"),
    "role": ("{{", "}}"),
    "destination": ("[(", ")]"),
    "policy": ("[[", "]]"),
    "key": ("(", ")"),
}
# The lines are broken here, so that names break where they may.
_HEAD = """\
%%{{init: {{"flowchart": {{"wrappingWidth": 400}}}}}}%%
flowchart LR
  accTitle: The way of the logs
  accDescr: {}
"""
_CLASSES = {
    "bad": "fill:#ffebe9,stroke:#cf222e,stroke-width:3px,color:#3d0509",
    "risk": "fill:#fff8c5,stroke:#9a6700,stroke-dasharray:6 3,color:#3b2300",
    "unclear": "fill:#ddf4ff,stroke:#0969da,stroke-dasharray:2 2,color:#0a2540",
    "good": "fill:#dafbe1,stroke:#1a7f37,color:#0b2e13",
    "note": "fill:#f6f8fa,stroke:#57606a,color:#24292f",
}
_CLASS = {"bad": "bad", "at-risk": "risk", "open": "unclear", "good": "good"}


def render(report: Report, style: Style) -> str:
    """A flowchart from left to right: flow logs, roles, destinations, policies, keys."""
    return chart(replace(report, deliveries=listed(report, style)), MOST_CHARACTERS)


def chart(report: Report, most: int) -> str:
    """The flowchart in at most so many characters; it says what it leaves out."""
    picture = _Picture(report)
    shown: list[str] = []
    ways = grouped(report.deliveries)
    room = most - 1_500  # for the head, the notes and the colours
    missing: list[Delivered] = []
    for number, one in enumerate(ways):
        lines = [] if missing or number >= MOST_WAYS else list(picture.way(one))
        if not lines or sum(map(len, lines)) + len(lines) > room:
            missing += one.deliveries
            continue
        room -= sum(map(len, lines)) + len(lines)
        shown += lines
    shown += picture.notes(report, missing)
    shown += [
        f"classDef {name} {colors}"
        for name, colors in _CLASSES.items()
        if any(line.endswith(f":::{name}") for line in shown)
    ]
    return _HEAD.format(summary(report)) + "".join(f"  {line}\n" for line in shown)


class _Picture:
    """Nodes get numbers as they come; a node and an edge are written once."""

    def __init__(self, report: Report) -> None:
        self._nodes = nodes(report.deliveries)
        self._numbers: dict[str, str] = {}
        self._edges: set[tuple[str, str]] = set()
        self._flows = 0
        self._units = len({one.unit for one in report.deliveries}) > 1

    def way(self, ways: Ways) -> Iterator[str]:
        """The lines that a way adds to the picture."""
        self._flows += 1
        last = f"f{self._flows}"
        yield _node(last, "source", _flow_log(ways, self._units), STATE_OF[ways.verdict])
        for hop in ways.hops:
            number = self._numbers.get(hop.id)
            if number is None:
                number = self._numbers[hop.id] = f"n{len(self._numbers) + 1}"
                node = self._nodes[hop.id]
                yield _node(number, hop.kind, _stop(node), node.hop.state)
            if (last, number) not in self._edges:
                self._edges.add((last, number))
                yield f"{last} --> {number}"
            last = number

    @staticmethod
    def notes(report: Report, missing: list[Delivered]) -> Iterator[str]:
        """What the picture does not show."""
        if not report.deliveries:
            yield 'm1["no deliveries"]:::note'
        if missing:
            yield f'm2["{_label(left_out(missing))}"]:::note'
        unread = {one.span.file for one in report.diagnostics}
        if unread:
            words = f"{many(len(unread), 'input')} not read or not understood"
            yield f'm3["{_label(words)}"]:::note'


def _node(number: str, kind: HopKind, lines: list[str], state: str) -> str:
    opening, closing = _SHAPES[kind]
    label = "<br/>".join(map(_label, lines))
    return f'{number}{opening}"{label}"{closing}:::{_CLASS[state]}'


def _flow_log(ways: Ways, units: bool) -> list[str]:
    """Verdict, name, what is watched, and where, if there are several places."""
    deliveries = ways.deliveries
    state = STATE_OF[ways.verdict]
    several = len(deliveries) > 1
    count = f"{len(deliveries)} flow logs " if several else ""
    lines = [f"{SIGNS[state]} {count}{WORDS[ways.verdict]}"]
    for one in deliveries[:_NAMED]:
        lines += wrapped(called(one.name, one.alias), _COLUMNS)
    if len(deliveries) > _NAMED:
        lines.append(f"and {len(deliveries) - _NAMED} more")
    source = ways.source
    if source is not None:
        lines += labelled(f"of {source.what}", source.name, _COLUMNS)
        if source.why:
            lines += wrapped(f"{SIGNS[source.state]} {source.why}", _COLUMNS)
    if units:
        there = dict.fromkeys(one.unit for one in deliveries)
        words = next(iter(there)) if len(there) == 1 else f"{len(there)} places"
        lines += labelled("in", words, _COLUMNS)
    return lines


def _stop(node: Node) -> list[str]:
    hop = node.hop
    lines = labelled(hop.what, hop.name, _COLUMNS)
    if hop.state != "good":
        lines += wrapped(f"{SIGNS[hop.state]} {hop.why}", _COLUMNS, rows=5)
        if node.troubled < node.all:
            lines.append(f"for {node.troubled} of {node.all} deliveries")
    return lines


def _label(words: str) -> str:
    return _UNSAFE.sub(lambda found: f"#{ord(found.group())};", words)
