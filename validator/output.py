"""Where a report goes: a terminal, a pipe or a file, each with what it can show."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from pathlib import Path

from validator.findings import Report
from validator.report.style import Style


class Unwritable(Exception):
    """An output file that cannot be written; the message says which, for a person."""


def write(report: Report, options: Namespace) -> None:
    """Render every output that the options ask for; raises `Unwritable`."""
    from validator.report import reporter

    outputs: list[tuple[str, str | None]] = options.outputs or [("text", None)]
    for format_, file in outputs:
        rendered = reporter(format_)(report, style(options, to_file=file is not None))
        if file is None:
            say(rendered)
            continue
        try:
            Path(file).write_text(rendered, encoding="utf-8", errors="backslashreplace")
        except OSError as error:
            raise Unwritable(f"--output {file}: {error.strerror}") from None


def style(options: Namespace, *, to_file: bool) -> Style:
    """How an output is to look; a file has no colours."""
    terminal = not to_file and sys.stdout.isatty()
    width = 100
    if terminal:
        from shutil import get_terminal_size

        width = max(get_terminal_size((100, 24)).columns, 40)
    return Style(
        color=_colored(options.color, terminal) and not to_file,
        width=width,
        quiet=options.quiet,
        verbose=options.verbose,
        unknown=options.unknown != "ignore",
        statistics=options.statistics,
        unknown_fails=options.strict or options.unknown == "fail",
        fail_on=options.fail_on,
    )


def _colored(wanted: str, terminal: bool) -> bool:
    """<https://no-color.org>, <https://force-color.org>."""
    if wanted != "auto":
        return wanted == "always"
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return terminal and os.environ.get("TERM") != "dumb"


def say(words: str) -> None:
    """Write to the terminal or pipe; what it cannot show is escaped."""
    sys.stdout.flush()
    encoding = sys.stdout.encoding or "utf-8"
    sys.stdout.buffer.write(words.encode(encoding, "backslashreplace"))
    sys.stdout.flush()


def complain(words: str) -> None:
    """Write one safe line to standard error."""
    from validator.report.escape import plain

    encoding = sys.stderr.encoding or "utf-8"
    shown = f"validate: {plain(words)}\n".encode(encoding, "backslashreplace")
    sys.stderr.write(shown.decode(encoding))
