"""Work in two processes, where there is so much of it that a second one pays."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable, Sequence
from typing import Final, NoReturn, TypeVar, cast

from validator import ending

T = TypeVar("T")
R = TypeVar("R")

WORTH: Final = 0.3
"""Seconds of work left for which a second process is started."""


def shared(work: Callable[[T], R], items: Sequence[T]) -> list[R]:
    """What `work` makes of each of some items, in their order.

    Once the first items have shown how long they take, it may be called in a second process for
    some of the others: what it gives back must be all that it does, and go through `pickle`.
    """
    made: list[R] = []
    began = time.perf_counter()
    for number, item in enumerate(items):
        left = len(items) - number
        if number and left > 1 and (time.perf_counter() - began) / number * left > WORTH:
            if _may_fork():
                return made + _in_two(work, items[number:])
            return made + [work(one) for one in items[number:]]
        made.append(work(item))
    return made


def _may_fork() -> bool:
    """Whether this is the command's own process, on two cores of a system that can copy it.

    The process of somebody else may have threads, of which a copy has none; and the libraries of
    other systems than Linux need not outlive being copied.
    """
    return sys.platform == "linux" and ending.is_heeded() and len(os.sched_getaffinity(0)) > 1


def _in_two(work: Callable[[T], R], items: Sequence[T]) -> list[R]:
    """Every other item is left to a copy of this process, which has all that was read so far."""
    ours, theirs = items[::2], items[1::2]
    read, write = os.pipe()
    with ending.put_off():
        child = os.fork()
        if child == 0:
            ending.forget()
    if child == 0:
        try:
            os.close(read)
            _send(work, theirs, write)
        finally:
            # Nothing is done that a process does at its end: it is not this one's to do.
            os._exit(1)
    os.close(write)
    with ending.undoing(lambda: os.kill(child, signal.SIGKILL)), os.fdopen(read, "rb") as pipe:
        try:
            made = [work(item) for item in ours]
            sent = pipe.read()
        except BaseException:
            os.kill(child, signal.SIGKILL)
            raise
        finally:
            _, status = os.waitpid(child, 0)
    if status == 0:
        from pickle import loads

        others = cast("list[R]", loads(sent))
    else:
        # It was ended, or something failed there: here that is told.
        others = [work(item) for item in theirs]
    together = made + others
    together[::2], together[1::2] = made, others
    return together


def _send(work: Callable[[T], R], items: Sequence[T], write: int) -> NoReturn:
    """Work, send what came of it, and end."""
    from pickle import HIGHEST_PROTOCOL, dumps

    words = dumps([work(item) for item in items], HIGHEST_PROTOCOL)
    with os.fdopen(write, "wb") as pipe:
        pipe.write(words)
    os._exit(0)
