"""One command, measured: seconds, CPU seconds and peak memory, itself and what it starts."""

from __future__ import annotations

import os
import signal
import statistics
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

LIMIT = 180.0
"""Seconds after which a command is stopped and has no result."""


class Cost(NamedTuple):
    """What a run took. `memory` is the largest process's peak, in MiB."""

    wall: float
    cpu: float
    memory: float


def once(command: Sequence[str], folder: Path) -> Cost | None:
    """Run a command in a folder; None if it was stopped for taking too long."""
    # What a person's shell has: compiled files are kept.
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    environment["PYTHONPATH"] = str(Path.cwd())
    began = time.perf_counter()
    process = subprocess.Popen(
        command,
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    while True:
        done, _, used = os.wait4(process.pid, os.WNOHANG)
        if done:
            break
        if time.perf_counter() - began > LIMIT:
            # What it started goes with it, or it would weigh on all that is measured later.
            os.killpg(process.pid, signal.SIGKILL)
            os.wait4(process.pid, 0)
            return None
        time.sleep(0.001)
    wall = time.perf_counter() - began
    process.returncode = 0
    # Linux counts in KiB.
    return Cost(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def medians(found: Sequence[Cost]) -> Cost:
    """The middle of several runs, each number by itself; the memory is the highest."""
    return Cost(
        statistics.median(one.wall for one in found),
        statistics.median(one.cpu for one in found),
        max(one.memory for one in found),
    )
