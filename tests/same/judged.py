"""What a run says of files, but for names and places: that must survive what changes no meaning."""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from functools import cache
from pathlib import Path

from tests.same.files import Files
from validator.config import Options
from validator.engine import run

Said = Counter[tuple[str, ...]]

TOP = Path(__file__).parents[2]
_SAMPLES = TOP / "sample_templates"
_MEMORY = Path("/dev/shm")


def said(files: Files) -> Said:
    """The verdicts with the rules that speak for them, what else was found, and complaints."""
    folder = Path(tempfile.mkdtemp(dir=_MEMORY if _MEMORY.is_dir() else None))
    try:
        for name, text in files.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(text.encode())
        told = ("existing.toml",) if "existing.toml" in files else ()
        report = run([folder], Options(existing=told), working=folder)
    finally:
        shutil.rmtree(folder)
    rules: dict[str, set[str]] = {one.address: set() for one in report.deliveries}
    found: Said = Counter()
    for finding in report.findings:
        word = f"{finding.severity.value} {finding.rule}"
        if finding.address in rules:
            rules[finding.address].add(word)
        else:
            found[(word,)] += 1
    for one in report.deliveries:
        found[(one.verdict.value, one.type, *sorted(rules[one.address]))] += 1
    for fault in report.diagnostics:
        found[(fault.kind, fault.message)] += 1
    return found


@cache
def samples(suffixes: tuple[str, ...]) -> tuple[tuple[str, Files], ...]:
    """Every sample and scene whose templates end so, by name; those about ignores are left out."""
    found: list[tuple[str, Files]] = []
    for path in sorted(_SAMPLES.glob("*/*")):
        if path.suffix in (".txt", ".expect", ".md") or path.name == "ONLY":
            continue
        inner = sorted(path.rglob("*")) if path.is_dir() else [path]
        top = path if path.is_dir() else path.parent
        files = {
            one.relative_to(top).as_posix(): one.read_text("utf-8")
            for one in inner
            if one.is_file() and one.suffix not in (".expect", ".md")
        }
        about_ignores = any(
            "predeploy: ignore" in text or "predeploy:\n" in text for text in files.values()
        )
        templates = [name for name in files if name.endswith((".tf", ".tf.json", ".yaml", ".json"))]
        if not about_ignores and any(name.endswith(suffixes) for name in templates):
            found.append((path.relative_to(_SAMPLES).as_posix(), files))
    return tuple(found)
