"""Edits that mend findings, held against the text that they are to change."""

from __future__ import annotations

from collections.abc import Iterable

from validator.files import Files, Unreadable
from validator.findings import Edit, Finding
from validator.records import replace


def fitting(findings: Iterable[Finding], files: Files) -> list[Finding]:
    """The findings, each with the one edit that fits what stands in its file, or with none."""
    return [_fitting(finding, files) for finding in findings]


def _fitting(finding: Finding, files: Files) -> Finding:
    for edit in finding.edits:
        if _editable(edit.span.file) and _stands(edit, files):
            return replace(finding, edits=(edit,))
    return replace(finding, edits=()) if finding.edits else finding


def edits_of(findings: Iterable[Finding]) -> dict[str, list[Edit]]:
    """The edits of findings that count, by file and from its end; of two that collide, none."""
    by_file: dict[str, set[Edit]] = {}
    for finding in findings:
        if finding.ignored is None:
            for edit in finding.edits:
                by_file.setdefault(edit.span.file, set()).add(edit)
    found: dict[str, list[Edit]] = {}
    for file, edits in sorted(by_file.items()):
        apart = [one for one in edits if not any(_collide(one, other) for other in edits)]
        if apart:
            found[file] = sorted(apart, key=lambda one: one.span, reverse=True)
    return found


def edited(text: str, edits: Iterable[Edit]) -> str:
    """A text with edits made, which come from its end. Line ends stay as they are."""
    lines = text.split("\n")
    for edit in edits:
        line, start, end = _place(edit)
        lines[line] = lines[line][:start] + edit.new + lines[line][end:]
    return "\n".join(lines)


def _editable(file: str) -> bool:
    """JSON is mostly generated, and so are the modules that `terraform init` brings."""
    return not file.endswith(".json") and ".terraform" not in file.split("/")


def _stands(edit: Edit, files: Files) -> bool:
    try:
        lines = files.text(edit.span.file).split("\n")
    except Unreadable:
        return False
    line, start, end = _place(edit)
    return edit.span.end_line == edit.span.line <= len(lines) and lines[line][start:end] == edit.old


def _place(edit: Edit) -> tuple[int, int, int]:
    return edit.span.line - 1, edit.span.column - 1, edit.span.end_column - 1


def _collide(one: Edit, other: Edit) -> bool:
    if one == other or one.span.line != other.span.line:
        return False
    return (
        one.span.column < other.span.end_column and other.span.column < one.span.end_column
    ) or one.span == other.span
