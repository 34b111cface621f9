"""Folders of rule files to rules: the shipped pack and yours, by the same road.

Each pack is mounted as a private package, so that its files can import each other relatively and
two packs cannot collide. A rule file has a docstring, `RULE` and `check(graph)`; a file whose name
starts with `_` is a helper.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import cast

from validator.findings import Check, Diagnostic, Rule
from validator.graph.span import Span
from validator.records import dataclass

HERE = Path(__file__).parent
_ID = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Loaded:
    """A rule as its file gives it.

    `doc` is the page on it. `file` is its path behind the pack's; `ours` is set for the shipped
    rules.
    """

    rule: Rule
    check: Check
    doc: str
    file: str
    ours: bool

    def named(self, names: frozenset[str]) -> bool:
        """Whether the rule's id or an alias is among some names."""
        return self.rule.id in names or not names.isdisjoint(self.rule.aliases)


@dataclass(frozen=True, slots=True)
class Packs:
    """The rules of some packs in order of their ids, and what did not load."""

    rules: tuple[Loaded, ...]
    diagnostics: tuple[Diagnostic, ...]

    def chosen(self, select: frozenset[str], ignore: frozenset[str]) -> tuple[Loaded, ...]:
        """The rules that count, by their ids or aliases; an empty selection is all."""
        picked = (one for one in self.rules if not select or one.named(select))
        return tuple(one for one in picked if not one.named(ignore))

    def find(self, name: str) -> Loaded | None:
        """The rule with an id or with an alias."""
        for loaded in self.rules:
            if loaded.named(frozenset({name})):
                return loaded
        return None


def builtin() -> Path:
    """`validator/rules` of an installed wheel, or `rules/` beside `validator/` in a checkout.

    Raises `FileNotFoundError` if neither is there.
    """
    if (HERE / "rules").is_dir():
        return HERE / "rules"
    # Never mistake a `rules` package in site-packages for ours.
    if (HERE.parent / "pyproject.toml").is_file() and (HERE.parent / "rules").is_dir():
        return HERE.parent / "rules"
    raise FileNotFoundError("the rules are missing from this installation")


def load(folders: Sequence[Path] = (), *, debug: bool = False) -> Packs:
    """The shipped rules and those of some folders; a rule that does not load is a diagnostic."""
    found = list(_shipped(debug))
    for number, folder in enumerate(folders, 1):
        with _no_bytecode():
            found += _pack(folder, number, folder.as_posix().rstrip("/"), debug)
    rules: dict[str, Loaded] = {}
    diagnostics: list[Diagnostic] = []
    for one in found:
        if isinstance(one, Diagnostic):
            diagnostics.append(one)
            continue
        names = (one.rule.id, *one.rule.aliases)
        taken = next((name for name in names if name in rules), None)
        if taken is not None:
            words = f"the rule {taken} is already in {rules[taken].file}"
            diagnostics.append(_broken(one.file, words))
        else:
            rules.update(dict.fromkeys(names, one))
    unique = {loaded.rule.id: loaded for loaded in rules.values()}
    return Packs(tuple(unique[id_] for id_ in sorted(unique)), tuple(sorted(diagnostics)))


@cache
def _shipped(debug: bool) -> tuple[Loaded | Diagnostic, ...]:
    """The shipped pack, loaded once a process."""
    try:
        folder = builtin()
    except FileNotFoundError as error:
        return (_broken("rules", str(error)),)
    return tuple(_pack(folder, 0, "rules", debug))


def _pack(folder: Path, number: int, shown: str, debug: bool) -> Iterator[Loaded | Diagnostic]:
    package = _mount(folder, number)
    for path in _rule_files(folder):
        name = path.relative_to(folder).as_posix()
        yield _load(package, name, f"{shown}/{name}", number == 0, debug)


def _rule_files(folder: Path) -> Iterator[Path]:
    """Every `*.py` below a folder that is neither hidden nor a helper, in a stable order."""
    for place, folders, files in os.walk(folder):
        folders[:] = sorted(one for one in folders if one[0] not in "._")
        for name in sorted(files):
            if name.endswith(".py") and name[0] not in "._":
                yield Path(place) / name


def _mount(folder: Path, number: int) -> str:
    name = f"_rules_{number}"
    for old in [one for one in sys.modules if one == name or one.startswith(f"{name}.")]:
        del sys.modules[old]
    package = ModuleType(name, "A pack of rules.")
    package.__path__ = [str(folder.resolve())]
    sys.modules[name] = package
    return name


@contextmanager
def _no_bytecode() -> Generator[None]:
    """Keep `__pycache__` out of a user's repository."""
    before = sys.dont_write_bytecode
    sys.dont_write_bytecode = True
    try:
        yield
    finally:
        sys.dont_write_bytecode = before


def _load(package: str, name: str, shown: str, ours: bool, debug: bool) -> Loaded | Diagnostic:
    module = name.removesuffix(".py").replace("/", ".")
    try:
        found = import_module(f"{package}.{module}")
    except SyntaxError as error:
        return _broken(shown, f"this rule does not load: {error.msg}", error.lineno or 1)
    # A rule file is somebody's program: it may fail in any way at all.
    except (Exception, SystemExit) as error:
        if debug:
            import traceback

            traceback.print_exc()
        return _broken(shown, f"this rule does not load: {type(error).__name__}: {error}")
    rule: object = getattr(found, "RULE", None)
    check: object = getattr(found, "check", None)
    if not isinstance(rule, Rule):
        return _broken(shown, "this rule file has no RULE = Rule(...)")
    if not callable(check):
        return _broken(shown, "this rule file has no function check(graph)")
    if not _ID.fullmatch(rule.id):
        return _broken(shown, f"the id {rule.id!r} is not made of lower-case words and dashes")
    if not (found.__doc__ or "").strip():
        return _broken(shown, "this rule file has no docstring to explain it")
    return Loaded(rule, cast(Check, check), (found.__doc__ or "").strip(), shown, ours)


def _broken(file: str, message: str, line: int = 1) -> Diagnostic:
    return Diagnostic(Span(file, line, 1, line, 1), message, "rule")
