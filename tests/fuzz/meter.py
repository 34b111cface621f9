"""What one run of the tool may take, and how that is measured."""

from __future__ import annotations

import signal
import time
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType

SECONDS = 2.0
"""Of the processor, for reading and judging with one rendering."""
MEBIBYTES = 300


class Broken(Exception):
    """Something that must hold does not."""


class Hang(BaseException):
    """Raised into a run that takes too long; no `except Exception` may swallow it."""


class Meter:
    """The bounds of a run, and what the worst run so far took, in seconds and MiB.

    An input is judged once and rendered in many ways: each rendering is measured with the judging
    before it, as the command does both, and never with other renderings.
    """

    def __init__(self, seconds: float = SECONDS, mebibytes: int = MEBIBYTES) -> None:
        self.seconds = seconds
        self.mebibytes = mebibytes
        self.slowest = 0.0
        self.largest = 0

    @contextmanager
    def measured(self, before: float = 0.0) -> Generator[None]:
        """Raise `Broken` or `Hang` if what is done inside takes too much.

        `before` are seconds that count with it.
        """
        most = 4 * self.seconds

        def expired(number: int, frame: FrameType | None) -> None:
            raise Hang(f"still busy after {most:.0f} s")

        handler = signal.signal(signal.SIGPROF, expired)
        signal.setitimer(signal.ITIMER_PROF, most)
        _forget_peak()
        started = time.process_time()
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
            signal.signal(signal.SIGPROF, handler)
            took = before + time.process_time() - started
            self.slowest = max(self.slowest, took)
            self.largest = max(self.largest, peak())
        if took > self.seconds:
            raise Broken(f"slow: {took:.1f} s")
        if peak() > self.mebibytes:
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
