"""Folders of rule files to rules: the shipped pack and yours, by the same road.

Each pack is mounted as a private package, so that its files can import each other relatively and
two packs cannot collide. A rule file has a docstring, `RULE` and `check(graph)`; a file whose name
starts with `_` is a helper.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager, redirect_stdout
from functools import cache
from pathlib import Path
from types import ModuleType

from validator.findings import Diagnostic
from validator.records import dataclass
from validator.rule_file import Loaded, broken, rule_in

HERE = Path(__file__).parent


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

    def lacking(self, name: str) -> str:
        """What to say of a name that no rule has; the nearest is named."""
        from validator.near import get_close_matches

        near = get_close_matches(name, [one.rule.id for one in self.rules], 1)
        hint = f"did you mean {near[0]}?" if near else "--list-rules shows all"
        return f"there is no rule {name}; {hint}"


def shipped() -> frozenset[str]:
    """The ids of the shipped rules, told by the names of their files: nothing is loaded."""
    try:
        names = [path.stem for path in _rule_files(builtin())]
    except FileNotFoundError:
        return frozenset()
    return frozenset(name.replace("_", "-") for name in names)


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
        with _no_bytecode(), redirect_stdout(sys.stderr):
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
            diagnostics.append(broken(one.file, words))
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
        return (broken("rules", str(error)),)
    return tuple(_pack(folder, 0, "rules", debug))


def _pack(folder: Path, number: int, shown: str, debug: bool) -> Iterator[Loaded | Diagnostic]:
    package = _mount(folder, number)
    for path in _rule_files(folder):
        name = path.relative_to(folder).as_posix()
        yield rule_in(package, path, f"{shown}/{name}", shown if number else "", debug)


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
