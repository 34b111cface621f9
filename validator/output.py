"""Where a report goes: a terminal, a pipe or a file, each with what it can show."""

from __future__ import annotations

import errno
import os
import stat
import sys
from argparse import Namespace
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from validator.crashes import named
from validator.ending import undoing
from validator.report.style import Style
from validator.reports import Report

# No new file beside this one: a folder or a file system without permission, a mounted file.
_NOT_BESIDE = (errno.EACCES, errno.EPERM, errno.EROFS, errno.EBUSY)
# What no format is kept in: somebody meant the path to judge.
_INPUTS = (".tf", ".tofu", ".tfvars", ".hcl", ".yaml", ".yml", ".template")
_STANDARD = ("-", "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1")


class Broken(Exception):
    """A bug of ours in a format; the message says in which."""


class Unwritable(Exception):
    """An output that cannot be written as it is asked for; the message says why, for a person."""


class Output(NamedTuple):
    """A format, and the file it goes to; without one to standard output."""

    format: str
    file: str | None


def outputs(options: Namespace) -> list[Output]:
    """What is to be written where; raises `Unwritable` where that can be told before the work."""
    asked: list[tuple[str, str | None]] = options.outputs or [("text", None)]
    found = [Output(name, None if file in _STANDARD else file) for name, file in asked]
    shared = [one.format for one in found if one.file is None]
    if len(shared) > 1:
        from validator.report import MIXABLE

        for name in shared:
            if name not in MIXABLE:
                raise Unwritable(f"--format {name} needs an --output of its own")
    files = [one.file for one in found if one.file is not None]
    places = [_checked(file) for file in files]
    for number, place in enumerate(places):
        if place in places[:number] and not _special(place):
            raise Unwritable(f"--output {files[number]}: two reports cannot be in one file")
    return found


def _checked(file: str) -> Path:
    """The file that is meant, links followed; raises `Unwritable` if it can be no output."""
    if not file:
        raise Unwritable("--output needs the name of a file")
    real = Path(os.path.realpath(file))
    if real.suffix in _INPUTS and real.is_file():
        raise Unwritable(f"--output {file}: this is no report; a template is not replaced by one")
    if real.is_dir():
        raise Unwritable(f"--output {file}: this is a folder")
    if not Path(file).exists() and not real.parent.is_dir():
        folder = real.parent if Path(file).is_symlink() else Path(file).parent
        missing = f"{folder} is no folder" if folder.exists() else f"there is no folder {folder}"
        raise Unwritable(f"--output {file}: {missing}")
    if not os.access(file if Path(file).exists() else real.parent, os.W_OK):
        raise Unwritable(f"--output {file}: there is no permission to write this")
    return real


def _special(path: Path) -> bool:
    """Whether this is no file that could be replaced: a pipe, a device, what is open already."""
    held = str(path).startswith(("/dev/fd/", "/dev/std", "/proc/"))
    return held or (path.exists() and not path.is_file())


def write(report: Report, options: Namespace, to: Sequence[Output]) -> None:
    """Render every output and write it.

    Raises `Unwritable`, and `Broken` for a format that fails, after all others are written.
    """
    from validator.report import reporter

    rendered: list[tuple[str | None, str]] = []
    broken: list[Broken] = []
    for one in to:
        shown = style(options, to_file=one.file is not None)
        try:
            rendered.append((one.file, reporter(one.format)(report, shown)))
        except Exception as error:  # the door to the formats: one costs no other
            failed = Broken(f"--format {one.format}: {named(error)}")
            failed.__cause__ = error
            broken.append(failed)
    _put(rendered)
    if broken:
        raise broken[0]


def tell(what: str, options: Namespace, forms: Mapping[str, Callable[[Style], str]]) -> None:
    """Write something that has a few formats only, each made by its function.

    Raises `Unwritable`, as `write` does and for a format that is not among them.
    """
    to = outputs(options)
    for one in to:
        if one.format not in forms:
            raise Unwritable(f"--format {one.format}: {what} is told as {' or '.join(forms)}")
    _put(
        [(one.file, forms[one.format](style(options, to_file=one.file is not None))) for one in to]
    )


def _put(rendered: Sequence[tuple[str | None, str]]) -> None:
    failed: list[str] = []
    for file, words in rendered:
        if file is not None:
            try:
                save(file, words)
            except OSError as error:
                failed.append(f"--output {file}: {error.strerror}")
    for file, words in rendered:
        if file is None:
            say(words)
    if failed:
        raise Unwritable("; ".join(failed))


def save(file: str, words: str) -> None:
    """Write a file whole or not at all, in place of what it held; raises `OSError`.

    Links stay links, and permissions stay as they are. A pipe or a device is written to as it is.
    """
    content = words.encode("utf-8", "backslashreplace")
    path, real = Path(file), Path(os.path.realpath(file))
    if _special(path) or _special(real):
        with path.open("ab") as opened:
            opened.write(content)
        return
    try:
        _replace(real, content)
    except OSError as error:
        if error.errno not in _NOT_BESIDE or not real.exists():
            raise
        _overwrite(real, content)


def _replace(real: Path, content: bytes) -> None:
    """Write a new file beside the old one and put it in its place."""
    beside = real.with_name(f".predeploy-{os.urandom(6).hex()}")
    with undoing(lambda: beside.unlink(missing_ok=True)):
        try:
            with beside.open("xb") as opened:
                opened.write(content)
            if real.exists():
                beside.chmod(stat.S_IMODE(real.stat().st_mode))
            beside.replace(real)
        except BaseException:
            beside.unlink(missing_ok=True)
            raise


def _overwrite(real: Path, content: bytes) -> None:
    """Write into a file that must stay this one; where that fails it holds again what it held."""
    with real.open("r+b", buffering=0) as opened:
        before = opened.read()

        def put(words: bytes) -> None:
            opened.seek(0)
            left = memoryview(words)
            while left:
                left = left[opened.write(left) :]
            opened.truncate()

        with undoing(lambda: put(before)):
            try:
                put(content)
            except BaseException:
                put(before)
                raise


def style(options: Namespace, *, to_file: bool) -> Style:
    """How an output is to look; a file has no colours."""
    terminal = not to_file and sys.stdout is not None and sys.stdout.isatty()
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
    """Write to the terminal or pipe; what it cannot show is escaped. Raises `Unwritable`.

    Who stops reading has seen enough: that is no failure.
    """
    if sys.stdout is None:  # our caller closed it
        return
    encoding = sys.stdout.encoding or "utf-8"
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(words.encode(encoding, "backslashreplace"))
        sys.stdout.flush()
    except OSError as error:
        # What could not be written would be tried, and complained of, again at the exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if not isinstance(error, BrokenPipeError):
            raise Unwritable(f"standard output: {error.strerror}") from None


def complain(words: str) -> None:
    """Write one safe line to standard error, if anybody listens there."""
    from validator.report.escape import plain

    if sys.stderr is None:
        return
    encoding = sys.stderr.encoding or "utf-8"
    shown = f"validate: {plain(words)}\n".encode(encoding, "backslashreplace")
    with suppress(OSError):
        sys.stderr.write(shown.decode(encoding))
        sys.stderr.flush()
