"""What must hold of every run, whatever the input: no bug of ours, no hang, little memory."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from zlib import crc32

from tests.fuzz.meter import Broken, Meter
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

STYLES = (Style(), Style(color=True, width=40, verbose=True, statistics=True))
Way = tuple[str, Style]
WAYS: tuple[Way, ...] = tuple((name, style) for name in REPORTERS for style in STYLES)
PARTS = 5
"""Each input is rendered in this part of all ways."""
_ARGUMENTS = parser().parse_args(["--fail-on", "warning", "--unknown", "report"])
_MEMORY = Path("/dev/shm")


def judge(files: Mapping[str, str], arguments: Sequence[str], meter: Meter) -> None:
    """Judge a tree of files and hold the report against what must hold. Raises `Broken`.

    `arguments` are those of the command, in the folder that holds the files; `meter` bounds each
    run of it.
    """
    number = crc32(repr(files).encode("utf-8", "backslashreplace"))
    folder = Path(tempfile.mkdtemp(dir=_MEMORY if _MEMORY.is_dir() else None))
    before = Path.cwd()
    try:
        for name, text in files.items():
            (folder / name).parent.mkdir(exist_ok=True)
            (folder / name).write_bytes(text.encode("utf-8", "surrogatepass"))
        os.chdir(folder)
        started = time.process_time()
        try:
            with meter.measured():
                options = asked(parser().parse_args(arguments)).options
                report = run([Path()], options)
        except Misconfigured as error:
            sound(Report((), (), error.diagnostics, Counts(), {}), meter, ways(number))
            return
        sound(report, meter, ways(number), time.process_time() - started)
        if number % 2:
            with meter.measured():
                ask_everything(options)
    finally:
        os.chdir(before)
        shutil.rmtree(folder)


def ways(number: int) -> Sequence[Way]:
    """Some of the formats and styles to render an input in, by its number.

    All of them would take twice the time of judging, and the next input is rendered in others.
    """
    return WAYS[number // 2 % PARTS :: PARTS]


def sound(report: Report, meter: Meter, rendered: Sequence[Way], before: float = 0.0) -> None:
    """No diagnostic of ours, and the formats can say it all. Raises `Broken`.

    `before` are the seconds that judging took.
    """
    for one in report.diagnostics:
        if one.kind in ("internal", "rule"):
            raise Broken(one.message)
        if one.span.line < 1 or one.span.column < 1 or not one.message:
            raise Broken(f"a diagnostic without a place or words: {one}")
    for name, style in rendered:
        with meter.measured(before):
            reporter(name)(report, style).encode("utf-8")
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
