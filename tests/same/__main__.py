"""`python -m tests.same`: change the samples in ways that mean nothing; every verdict must stay.

Where one does not, both versions are kept in `.fuzz/same`.
"""

from __future__ import annotations

import shutil
import sys
import time
from argparse import ArgumentParser
from pathlib import Path
from random import Random

from tests.same.changes import LANGUAGES, changed
from tests.same.files import Files
from tests.same.judged import said, samples

KEPT = Path(".fuzz/same")


def _keep(folder: Path, files: Files) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


def main() -> int:
    """Give back 1 if something was found."""
    parser = ArgumentParser(prog="python -m tests.same", description=__doc__)
    parser.add_argument("--runs", type=int, default=2_000, help="changed samples")
    parser.add_argument("--seed", type=int, default=int(time.time()), help="default: the time")
    parser.add_argument("--only", default="", metavar="CHANGE", help="one kind of change")
    options = parser.parse_args()
    print(f"--seed {options.seed}", flush=True)
    finds = made = 0
    everything = [
        (one, language)
        for language in LANGUAGES
        for one in samples(language.suffixes)
        if any(options.only in ("", change.__name__) for change in language.changes)
    ]
    for number in range(options.runs):
        chance = Random(f"{options.seed} {number}")
        (name, files), language = chance.choice(everything)
        new, how = changed(files, language, chance, options.only)
        if not how:
            continue
        made += 1
        before, after = said(files), said(new)
        if before != after:
            finds += 1
            folder = KEPT / f"{options.seed}-{number}"
            _keep(folder, new)
            print(f"FOUND {folder}: {name} {' '.join(how)}")
            print(f"  - {dict(before - after)}\n  + {dict(after - before)}", flush=True)
    print(f"{made} changed samples, {finds} with another verdict")
    return 1 if finds else 0


if __name__ == "__main__":
    sys.exit(main())
