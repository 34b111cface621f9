"""Measure everything and show it: `python -m benchmarks [--runs N] [--quick] [--write FILE]`."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.corpora import CORPORA, GROWTH, Corpus
from benchmarks.measure import Cost, medians, once
from benchmarks.tables import growth, machine, side_by_side
from benchmarks.tools import Tool, tools

BEGIN, END = "<!-- measured -->", "<!-- end of measured -->"


def main() -> None:
    """Write the corpora into a temporary folder, run the tools over them, print the tables."""
    parser = ArgumentParser(prog="python -m benchmarks")
    parser.add_argument("--runs", type=int, default=3, help="of each command; the middle counts")
    parser.add_argument("--quick", action="store_true", help="ours only")
    parser.add_argument("--write", type=Path, help="put the tables into a page, too")
    asked = parser.parse_args()
    everyone = tools()
    missing = [tool.name for tool in everyone if not tool.here]
    present = [tool for tool in everyone if tool.here][: 1 if asked.quick else None]
    with TemporaryDirectory(prefix="bench-") as folder:
        compared = _compared(Path(folder), present, asked.runs)
        grown = _grown(Path(folder), present[0], asked.runs)
    names = [tool.name for tool in present]
    parts = [machine() + ".", side_by_side(CORPORA, names, compared), growth(grown)]
    if missing and not asked.quick:
        parts.insert(1, "Not installed here: " + ", ".join(missing) + ".")
    shown = "\n\n".join(parts)
    print(shown)
    if asked.write:
        page: str = asked.write.read_text(encoding="utf-8")
        before, _, rest = page.partition(BEGIN)
        _, _, after = rest.partition(END)
        asked.write.write_text(f"{before}{BEGIN}\n{shown}\n{END}{after}", encoding="utf-8")


def _compared(
    folder: Path, present: Sequence[Tool], runs: int
) -> dict[tuple[str, str], Cost | None]:
    found: dict[tuple[str, str], Cost | None] = {}
    for corpus in CORPORA:
        place = folder / corpus.name
        place.mkdir()
        corpus.write(place, corpus.size)
        several = [tool for tool in present if corpus.language in tool.languages]
        costs: dict[str, list[Cost] | None] = {tool.name: [] for tool in several}
        # One run of each in turn, so that a busy moment of the machine meets all of them.
        for number in range(runs + 1):
            for tool in several:
                so_far = costs[tool.name]
                if so_far is None or (number > 1 and so_far[-1].wall > 10):
                    continue
                _say(f"{corpus.name}: {tool.name}")
                cost = once(tool.command(place), place)
                if cost is None:
                    costs[tool.name] = None
                elif number or cost.wall > 10:
                    # The first one warms the caches.
                    so_far.append(cost)
        for name, measured in costs.items():
            found[corpus.name, name] = medians(measured) if measured else None
    return found


def _grown(folder: Path, ours: Tool, runs: int) -> dict[str, list[tuple[int, Cost | None]]]:
    found: dict[str, list[tuple[int, Cost | None]]] = {}
    for number, corpus in enumerate(GROWTH):
        place = folder / f"start-{number}"
        _fill(place, corpus, 1)
        start = _cost(ours, place, runs)
        rows = found[f"{corpus.name}, {corpus.words}"] = []
        for factor in (1, 2, 4, 8):
            size = corpus.size * factor
            place = folder / f"growth-{number}-{factor}"
            _fill(place, corpus, size)
            _say(f"{corpus.name}: {size}")
            cost = _cost(ours, place, runs)
            if cost is not None and start is not None:
                cost = cost._replace(cpu=max(cost.cpu - start.cpu, 0.01))
            rows.append((size, cost))
    return found


def _fill(place: Path, corpus: Corpus, size: int) -> None:
    place.mkdir()
    corpus.write(place, size)


def _cost(ours: Tool, place: Path, runs: int) -> Cost | None:
    found = [once(ours.command(place), place) for _ in range(runs)]
    known = [cost for cost in found if cost is not None]
    return medians(known) if known else None


def _say(words: str) -> None:
    print(f"bench: {words}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
