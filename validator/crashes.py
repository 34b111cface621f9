"""A bug of ours is told as a diagnostic that names what failed; what is known already stays."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from typing import Final

from validator.findings import Diagnostic
from validator.graph.span import whole

OURS: Final = "failed, which is a bug of ours"


class Crashes:
    """What went wrong so far, put among some diagnostics; with `debug` its traceback is printed."""

    def __init__(self, diagnostics: list[Diagnostic], *, debug: bool) -> None:
        self._diagnostics = diagnostics
        self._debug = debug

    def note(self, where: str, what: str, error: BaseException) -> None:
        """Tell that something failed, at a file or folder."""
        if self._debug:
            import traceback

            traceback.print_exception(error)
        place = whole(where)
        self._diagnostics.append(Diagnostic(place, f"{what}: {named(error)}", "internal"))

    @contextmanager
    def door(self, what: str, where: str = ".") -> Generator[None]:
        """Behind it may be a bug: what fails is told, and the work goes on behind the block."""
        try:
            yield
        except Exception as error:
            self.note(where, f"{what} {OURS}", error)


def named(error: BaseException) -> str:
    """An error in words: its type, and what it says if that is anything."""
    return f"{type(error).__name__}: {error}".removesuffix(": ")
