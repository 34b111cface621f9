"""What must hold of every run, whatever the input: no bug of ours, no hang, little memory."""

from __future__ import annotations

import json
import os
import shutil
import signal
import tempfile
import time
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType
from zlib import crc32

from validator.arguments import parser
from validator.asked import asked
from validator.aws import KINDS
from validator.aws.fields import Field
from validator.cli import exit_code
from validator.config import Options
from validator.configuration import Misconfigured
from validator.discover import discover, files_for
from validator.engine import run
from validator.graph.graph import Graph
from validator.judge import Judge
from validator.report import REPORTERS, Style, reporter
from validator.report.escape import plain
from validator.reports import Counts, Report

SECONDS = 2.0
MEBIBYTES = 300
MANY = 200
STYLES = (Style(), Style(color=True, width=40, verbose=True, statistics=True))
_ARGUMENTS = parser().parse_args(["--fail-on", "warning", "--unknown", "report"])
_MEMORY = Path("/dev/shm")


class Broken(Exception):
    """Something that must hold does not."""


class Hang(BaseException):
    """Raised into a run that takes too long; no `except Exception` may swallow it."""


def judge(files: Mapping[str, str], arguments: Sequence[str] = ()) -> None:
    """Judge a tree of files and hold the report against what must hold. Raises `Broken`.

    `arguments` are those of the command, in the folder that holds the files.
    """
    folder = Path(tempfile.mkdtemp(dir=_MEMORY if _MEMORY.is_dir() else None))
    before = Path.cwd()
    try:
        for name, text in files.items():
            (folder / name).parent.mkdir(exist_ok=True)
            (folder / name).write_bytes(text.encode("utf-8", "surrogatepass"))
        os.chdir(folder)
        try:
            options = asked(parser().parse_args(arguments)).options
            report = run([Path()], options)
        except Misconfigured as error:
            sound(Report((), (), error.diagnostics, Counts(), {}))
            return
        sound(report)
        if crc32(repr(files).encode("utf-8", "backslashreplace")) % 2:
            ask_everything(options)
    finally:
        os.chdir(before)
        shutil.rmtree(folder)


def sound(report: Report) -> None:
    """No diagnostic of ours, and every format can say it all. Raises `Broken`."""
    for one in report.diagnostics:
        if one.kind in ("internal", "rule"):
            raise Broken(one.message)
        if one.span.line < 1 or one.span.column < 1 or not one.message:
            raise Broken(f"a diagnostic without a place or words: {one}")
    # Two ways of showing very much would take the time that one run may take.
    styles = STYLES if len(report.findings) + len(report.deliveries) < MANY else STYLES[1:]
    for name in REPORTERS:
        for style in styles:
            rendered = reporter(name)(report, style)
            rendered.encode("utf-8")
    shown = reporter("concise")(report, Style())
    if any(line != plain(line) for line in shown.splitlines()):
        raise Broken("control characters reach the terminal")
    json.loads(reporter("json")(report, Style()))
    exit_code(report, _ARGUMENTS)


def ask_everything(options: Options) -> None:
    """Read every field of every resource, as some rule may do one day."""
    files = files_for([Path()])
    judge = Judge(files, options, (), discover([Path()], files))
    judge.judge()
    for worlds in judge.worlds.values():
        for world in worlds:
            graph = Graph(world)
            for declared in world.resources:
                world.dependencies(declared.address)
            for kind in KINDS:
                for resource in graph.all(kind):
                    for field in _fields(kind):
                        getattr(resource, field)
            world.unset()
            world.aws_provider()


def _fields(kind: type) -> Iterator[str]:
    for base in kind.__mro__:
        yield from (name for name, value in vars(base).items() if isinstance(value, Field))


@contextmanager
def bounded(seconds: float = SECONDS, mebibytes: int = MEBIBYTES) -> Generator[None]:
    """Raise `Broken` or `Hang` if what is done inside takes more processor time or memory."""

    def expired(number: int, frame: FrameType | None) -> None:
        raise Hang(f"still busy after {4 * seconds:.0f} s")

    before = signal.signal(signal.SIGPROF, expired)
    signal.setitimer(signal.ITIMER_PROF, 4 * seconds)
    _forget_peak()
    started = time.process_time()
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
    took = time.process_time() - started
    if took > seconds:
        raise Broken(f"slow: {took:.1f} s")
    if peak() > mebibytes:
        raise Broken(f"large: {peak()} MiB")


def _forget_peak() -> None:
    """Linux: count the peak of memory from now on."""
    with suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")


def peak() -> int:
    """The most memory that this process has held, in MiB; 0 where nobody tells."""
    try:
        status = Path("/proc/self/status").read_text(encoding="ascii")
    except OSError:
        return 0
    line = next((one for one in status.splitlines() if one.startswith("VmHWM:")), "VmHWM: 0 kB")
    return int(line.split()[1]) // 1024
