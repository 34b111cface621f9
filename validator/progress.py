"""One line on a terminal that says how far a long run is; it is gone when the run ends."""

from __future__ import annotations

import os
import sys
from types import TracebackType
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from threading import Event, Thread

PATIENCE = 1.0
"""Seconds that a run may last before it says how far it is."""

_INTERVAL = 0.2


def wanted() -> bool:
    """Whether a person looks at standard error: a terminal that can erase, and no pipeline."""
    terminal = sys.stderr.isatty() and os.environ.get("TERM", "dumb") != "dumb"
    return terminal and not os.environ.get("CI")


class Progress:
    """The line, drawn by a thread of its own, so that a long step shows too."""

    def __init__(self) -> None:
        self._step = ("", "", 0, 0)
        self._ended: Event | None = None
        self._thread: Thread | None = None
        self._shown = ""
        self.crash: Exception | None = None
        """What went wrong in the thread, once the run has ended."""

    def step(self, what: str, name: str, number: int, total: int) -> None:
        """Note the next step; a `Step`."""
        self._step = (what, name, number, total)

    def __enter__(self) -> Self:
        """Begin to wait."""
        from threading import Event, Thread

        self._ended = Event()
        self._thread = Thread(target=self._draw, args=(self._ended,), daemon=True)
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Erase the line, before anything else is written."""
        if self._ended is not None and self._thread is not None:
            self._ended.set()
            self._thread.join()

    def _draw(self, ended: Event) -> None:
        try:
            drawn = ended.wait(PATIENCE)
            while not drawn:
                line = self.line()
                if line != self._shown:
                    self._shown = line
                    _put(f"\r\x1b[K{line}")
                drawn = ended.wait(_INTERVAL)
        except Exception as error:  # the run goes on without; Python would print a traceback
            self.crash = error
        self.erase()

    def erase(self) -> None:
        """Leave nothing of the line that is to be seen."""
        if self._shown:
            _put("\r\x1b[K")
            self._shown = ""

    def line(self) -> str:
        """What is to be seen now, as wide as the terminal is; nothing before the first step."""
        what, name, number, total = self._step
        if not what:
            return ""
        from validator.report.escape import plain, width

        head = f"{what} {number} of {total}: " if total else f"{what} "
        room = _columns() - 1 - width(head)
        shown = plain(name)
        cut = ""
        # The end of a path tells more than its beginning.
        while shown and width(cut + shown) > max(room, 0):
            cut, shown = "…", shown[1:]
        return f"{head}{cut}{shown}"[: max(_columns() - 1, 0)]


def _columns() -> int:
    try:
        return os.get_terminal_size(sys.stderr.fileno()).columns or 80
    except (OSError, ValueError):
        return 80


def _put(words: str) -> None:
    encoding = sys.stderr.encoding or "utf-8"
    try:
        os.write(sys.stderr.fileno(), words.encode(encoding, "replace"))
    except (OSError, ValueError):
        # The terminal is gone; the run has more to do than to say so.
        return
