"""What was measured, as Markdown."""

from __future__ import annotations

import itertools
import os
import platform
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.corpora import Corpus
from benchmarks.measure import Cost

MEMORY = 150
"""How many MiB a run may take at the most."""


def machine() -> str:
    """The kind of machine: cores, memory, processor, Python; no name that is its own."""
    pages = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    model = platform.machine()
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        lines = []
    for line in lines:
        if line.startswith("model name"):
            model = line.partition(":")[2].strip()
            break
    python = platform.python_version()
    memory = round(pages / 1024**3)
    day = datetime.now(UTC).date().isoformat()
    return f"{os.cpu_count()} cores, {memory} GiB, {model}, Python {python}, {day}"


def side_by_side(
    corpora: Sequence[Corpus], names: Sequence[str], found: Mapping[tuple[str, str], Cost | None]
) -> str:
    """Seconds and MiB of ours; of the others, how many times as long they take."""
    head = ["what is judged", "limit", "`validate`", "CPU", "memory", *names[1:]]
    lines = [_row(head), _row(["---"] * len(head))]
    for corpus in corpora:
        ours = found.get((corpus.name, names[0]))
        limit = "" if corpus.limit is None else f"{corpus.limit} s"
        cells = [corpus.words, limit, *_ours(ours, corpus.limit)]
        for name in names[1:]:
            theirs = found.get((corpus.name, name))
            if (corpus.name, name) not in found:
                cells.append("")
            elif theirs is None or ours is None:
                cells.append("too long")
            else:
                cells.append(f"{theirs.wall / ours.wall:.1f} times ({theirs.wall:.2f} s)")
        lines.append(_row(cells))
    return "\n".join(lines)


def _ours(cost: Cost | None, limit: float | None) -> list[str]:
    if cost is None:
        return ["too long", "", ""]
    late = " (missed)" if limit is not None and cost.wall > limit else ""
    large = " (missed)" if cost.memory > MEMORY else ""
    return [f"{cost.wall:.2f} s{late}", f"{cost.cpu:.2f} s", f"{cost.memory:.0f} MiB{large}"]


def growth(found: Mapping[str, Sequence[tuple[int, Cost | None]]]) -> str:
    """CPU seconds over four sizes, each twice the one before, without what a start costs."""
    lines = [
        _row(["what there is more of", "size: CPU seconds", "each by the one before"]),
        _row(["---"] * 3),
    ]
    for words, costs in found.items():
        known = [(size, cost.cpu) for size, cost in costs if cost is not None]
        shown = ", ".join(f"{size:,}: {cpu:.2f}" for size, cpu in known)
        ratios = [f"{b / a:.1f}" for (_, a), (_, b) in itertools.pairwise(known)]
        lines.append(_row([words, shown, ", ".join(ratios)]))
    return "\n".join(lines)


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"
