"""What ends a run from outside: at once, without a word, and with nothing left half done."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from types import FrameType
from typing import Final

_SIGNALS: Final = ("SIGINT", "SIGTERM", "SIGHUP")
_undone: list[Callable[[], object]] = []
_heeded: list[signal.Signals] = []


def heed() -> None:
    """From now on Ctrl-C, a request to end, or a terminal that goes away ends the process at once.

    No exception is raised for it: one that comes up in a finalizer or a callback would be printed
    and lost. What the caller of this process wants ignored (`nohup`) stays ignored.
    """
    for name in _SIGNALS:
        number: signal.Signals | None = getattr(signal, name, None)  # Windows has no SIGHUP
        if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _end)
            _heeded.append(number)


def is_heeded() -> bool:
    """Whether this process is the command's own, and not that of a program that calls it."""
    return bool(_heeded)


@contextmanager
def put_off() -> Generator[None]:
    """What would end the process inside ends it behind the block; on POSIX systems only."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _heeded)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def forget() -> None:
    """In a copy of the process nothing is to be undone: it just ends."""
    _undone.clear()
    for number in _heeded:
        signal.signal(number, signal.SIG_DFL)


@contextmanager
def undoing(undo: Callable[[], object]) -> Generator[None]:
    """Call `undo` if the process is ended inside; of what it raises only `OSError` is expected."""
    _undone.append(undo)
    try:
        yield
    finally:
        _undone.remove(undo)


def _end(number: int, frame: FrameType | None) -> None:
    for undo in reversed(_undone):
        with suppress(OSError):
            undo()
    # To die of the signal tells a shell to end its loop too; it shows 128 + the number.
    if sys.platform != "win32":
        signal.signal(number, signal.SIG_DFL)
        signal.raise_signal(number)
    # The first process of a container does not die of a signal.
    os._exit(128 + number)
