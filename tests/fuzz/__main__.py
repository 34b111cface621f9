"""`python -m tests.fuzz [TARGET ...]`: run the fuzzers; what they find is kept in `.fuzz/finds`.

With atheris installed they are guided by coverage, else they change the seeds blindly. A kept input
is judged again with `--replay FILE ...`.
"""

from __future__ import annotations

import gc
import os
import subprocess
import sys
import time
import traceback
from argparse import ArgumentParser
from hashlib import sha256
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

from tests.fuzz.meter import Hang, Meter

if TYPE_CHECKING:
    from tests.fuzz.targets import Target

KEPT = Path(".fuzz")
SEEDS = 200
"""How many of a target's seeds a guided session begins with; each is judged before any change."""


class Session:
    """One target, and what was found so far: one input for each way to break.

    Where branches are `counted`, all is slower: what takes too long or too much is judged once more
    without.
    """

    def __init__(self, target: Target, counted: bool) -> None:
        self.target = target
        self.counted = counted
        self.inputs = 0
        self.finds: dict[str, Path] = {}
        self.meter = Meter()
        self.started = time.monotonic()

    def one(self, text: str) -> None:
        """Judge one input; what breaks is noted and kept."""
        self.inputs += 1
        before = self.meter.slowest
        try:
            self.target.judge(text, self.meter)
        except (Exception, Hang) as error:
            self._keep(text, error)
        if self.meter.slowest > before:
            self._write(KEPT / f"{self.target.name}-slowest", text)

    def _keep(self, text: str, error: BaseException) -> None:
        frames = traceback.extract_tb(error.__traceback__)
        ours = [frame for frame in frames if "/validator/" in frame.filename]
        place = f"{Path(ours[-1].filename).name}:{ours[-1].lineno}" if ours else ""
        costly = isinstance(error, Hang) or str(error).startswith(("slow", "large"))
        words = str(error).split(": ")[0] if costly else error
        way = f"{type(error).__name__} {place} {words}"[:160]
        if way in self.finds:
            return
        name = sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:12]
        path = KEPT / "finds" / f"{self.target.name}-{name}"
        self._write(path, text)
        if costly and self.counted and not _fails([path]):
            path.unlink()
            return
        self.finds[way] = path
        print(f"FOUND {path}: {way}", flush=True)

    def _write(self, path: Path, text: str) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode("utf-8", "surrogatepass"))

    def summary(self) -> str:
        """One line of figures."""
        took = time.monotonic() - self.started
        return (
            f"{self.target.name}: {self.inputs} inputs in {took:.0f} s, the slowest "
            f"{self.meter.slowest:.2f} s, at most {self.meter.largest} MiB, {len(self.finds)} finds"
        )


def blind(session: Session, runs: int, seed: int) -> None:
    """Change the seeds without looking at what that reaches."""
    for number in range(runs):
        session.one(session.target.made(Random(f"{session.target.name} {seed} {number}")))


def guided(session: Session, runs: int, seed: int) -> None:
    """Let libFuzzer choose what to change, by the code that it reaches. Does not return."""
    atheris: Any = import_module("atheris")
    target = session.target
    corpus = KEPT / "corpus" / target.name
    corpus.mkdir(parents=True, exist_ok=True)
    seeds = target.seeds()
    for text in Random(seed).sample(seeds, min(len(seeds), SEEDS)):
        raw = text.encode()
        (corpus / sha256(raw).hexdigest()[:16]).write_bytes(raw)

    runs += len(list(corpus.iterdir()))

    def one(raw: bytes) -> None:
        session.one(raw.decode("utf-8", "surrogateescape"))
        if session.inputs >= runs:
            print(session.summary(), flush=True)
            # libFuzzer would go on; its own count is of what it tries to shrink, too.
            sys.stdout.flush()
            os._exit(1 if session.finds else 0)

    def change(raw: bytes, most: int, seed: int) -> bytes:
        chance = Random(seed)
        if chance.random() < 0.1:
            return bytes(atheris.Mutate(raw, most))
        text = raw.decode("utf-8", "surrogateescape")
        made = target.change(text, chance, target.seeds())
        return made.encode("utf-8", "surrogatepass")[:most]

    options = [f"-seed={seed + 1}", "-max_len=60000", "-rss_limit_mb=0", "-timeout=600"]
    options += ["-report_slow_units=600", f"-artifact_prefix={KEPT}/"]
    atheris.Setup([sys.argv[0], *options, str(corpus)], one, custom_mutator=change)
    atheris.Fuzz()


def main() -> int:
    """Give back 1 if something was found."""
    parser = ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("targets", nargs="*", metavar="TARGET", help="default: all")
    parser.add_argument("--runs", type=int, default=2_000, help="inputs for each target")
    parser.add_argument("--seed", type=int, default=int(time.time()), help="default: the time")
    parser.add_argument("--blind", action="store_true", help="do without atheris")
    parser.add_argument("--replay", nargs="+", default=[], metavar="FILE")
    options = parser.parse_args()
    if options.replay:
        return replay([Path(name) for name in options.replay])
    if len(options.targets) == 1:
        return fuzz(options.targets[0], options.runs, options.seed, options.blind)
    from tests.fuzz.targets import TARGETS

    print(f"--seed {options.seed}", flush=True)
    # Each in a process of its own: libFuzzer never comes back, and one that dies takes no other.
    same = ["--runs", str(options.runs), "--seed", str(options.seed)]
    same += ["--blind"] if options.blind else []
    command = [sys.executable, "-m", "tests.fuzz", *same]
    failed = [
        name
        for name in options.targets or TARGETS
        if subprocess.run([*command, name], check=False).returncode
    ]
    return 1 if failed else 0


def fuzz(name: str, runs: int, seed: int, by_chance: bool) -> int:
    """Fuzz one target."""
    counted = find_spec("atheris") is not None and not by_chance
    if counted:
        _instrument()
    from tests.fuzz.targets import TARGETS

    _as_the_command()
    session = Session(TARGETS[name], counted)
    (guided if counted else blind)(session, runs, seed)
    print(session.summary(), flush=True)
    return 1 if session.finds else 0


def _instrument() -> None:
    """Let the program import what it uses in such a way that its branches are counted."""
    atheris: Any = import_module("atheris")
    with atheris.instrument_imports(include=["validator"], enable_loader_override=False):
        from tests.fuzz.targets import TARGETS

        for target in TARGETS.values():
            for text in target.seeds()[:5]:
                target.judge(text, Meter(seconds=60))


def _as_the_command() -> None:
    """Look for garbage as seldom as the command does, whose time is measured."""
    from validator.cli import GARBAGE

    gc.set_threshold(*GARBAGE)


def _fails(paths: list[Path]) -> bool:
    """Whether one of some kept inputs breaks something in a process of its own."""
    command = [sys.executable, "-m", "tests.fuzz", "--replay", *map(str, paths)]
    return subprocess.run(command, capture_output=True, check=False).returncode != 0


def replay(paths: list[Path]) -> int:
    """Judge inputs again that were kept, by the target that their names begin with."""
    from tests.fuzz.targets import TARGETS

    _as_the_command()
    failed = 0
    for path in paths:
        target = TARGETS[path.name.rpartition("-")[0]]
        meter = Meter()
        try:
            target.judge(path.read_bytes().decode("utf-8", "surrogateescape"), meter)
        except (Exception, Hang):
            failed += 1
            print(f"--- {path}")
            traceback.print_exc()
        print(f"{path}: at most {meter.slowest:.2f} s and {meter.largest} MiB")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
