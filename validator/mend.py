"""`--diff` shows the edits of a report, `--fix` makes them."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from difflib import unified_diff
from pathlib import Path

from validator.config import Options
from validator.discover import files_for
from validator.edits import edited, edits_of
from validator.files import Files, Unreadable
from validator.findings import Edit
from validator.output import save
from validator.records import dataclass
from validator.report.escape import lines as lines_of
from validator.report.escape import page, plain
from validator.reports import Report


@dataclass(frozen=True, slots=True)
class Mended:
    """What was done, in lines for a person: what was changed, and what could not be."""

    done: tuple[str, ...]
    failed: tuple[str, ...]


_NO_END = "\\ No newline at end of file"
ROUNDS = 8
"""How often what is mended is judged again: each time, a fault behind it may come up."""


def diff(paths: Sequence[Path], options: Options, report: Report, *, terminal: bool = False) -> str:
    """A unified diff of the edits, as `patch` and `git apply` take it from the working folder.

    A patch holds lines as they are; on a `terminal`, what would be a command there is escaped.
    """
    shown: list[str] = []
    for file, before, after, _ in _changes(_files(paths, options), report, []):
        names = (_quoted(f"a/{file}"), _quoted(f"b/{file}"))
        lines = unified_diff(_lines(before), _lines(after), *names)
        shown += [one if one.endswith("\n") else f"{one}\n{_NO_END}\n" for one in lines]
    patch = "".join(shown)
    return page(lines_of(patch.removesuffix("\n"))) if terminal and patch else patch


def mend(paths: Sequence[Path], options: Options, report: Report) -> Mended:
    """Make the edits in files that are as the report read them; each file whole or not at all."""
    files = _files(paths, options)
    done: list[str] = []
    failed: list[str] = []
    for file, _, after, edits in _changes(files, report, failed):
        mark = "\ufeff" if files.raw(file).startswith(b"\xef\xbb\xbf") else ""
        try:
            save(str(files.path(file)), mark + after)
        except OSError as error:
            failed.append(f"{file}: {error.strerror}")
            continue
        done += [f"{file}:{one.span.line}: {one.old} → {one.new}" for one in reversed(edits)]
    return Mended(tuple(done), tuple(failed))


def _quoted(name: str) -> str:
    """A file's name as git writes it in a patch: in quotes if something in it is unsafe."""
    if plain(name) == name and not set(name) & set('"\\'):
        return name
    signs = (chr(one) if 0x20 <= one < 0x7F else f"\\{one:03o}" for one in os.fsencode(name))
    return '"' + "".join(f"\\{one}" if one in '"\\' else one for one in signs) + '"'


def _lines(text: str) -> list[str]:
    """As `patch` sees them: a carriage return or a form feed ends none."""
    return [f"{line}\n" for line in text.split("\n")[:-1]] + [
        line for line in text.split("\n")[-1:] if line
    ]


def _files(paths: Sequence[Path], options: Options) -> Files:
    return files_for(paths, None, options.root)


def _changes(
    files: Files, report: Report, failed: list[str]
) -> Iterator[tuple[str, str, str, list[Edit]]]:
    """Each file with its text before and after, and its edits."""
    for file, edits in edits_of(report.findings).items():
        try:
            before = files.text(file)
        except Unreadable as error:
            failed.append(f"{file}: {error}")
            continue
        lines = tuple(line.removesuffix("\r") for line in before.split("\n"))
        if lines != report.sources.get(file):
            failed.append(f"{file}: it has changed since it was read")
            continue
        yield file, before, edited(before, edits), edits
