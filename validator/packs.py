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
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import cast

from validator.crashes import named
from validator.findings import Check, Diagnostic, Inspect, Rule
from validator.graph.span import Span
from validator.records import dataclass
from validator.soundness import faulty_card

HERE = Path(__file__).parent
_RECURSION = 3_000


@dataclass(frozen=True, slots=True)
class Loaded:
    """A rule as its file gives it.

    `doc` is the page on it. `file` is its path behind the pack's, `pack` the folder of a person's
    own pack; it is empty for the shipped rules. A shipped rule about ignores has `inspect`, and no
    `check`.
    """

    rule: Rule
    check: Check | None
    doc: str
    file: str
    pack: str = ""
    inspect: Inspect | None = None

    @property
    def ours(self) -> bool:
        """Whether it is one of the shipped rules."""
        return not self.pack

    @property
    def help(self) -> str:
        """The command that shows its page."""
        if self.ours:
            return f"validate --explain {self.rule.id}"
        from shlex import quote

        pack = f"--rules {quote(self.pack)} "
        return f"validate {pack}--explain {self.rule.id}"

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
        yield _load(package, path, f"{shown}/{name}", shown if number else "", debug)


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


@contextmanager
def aside(loaded: Loaded) -> Generator[None]:
    """Keep what a person's own rule does away from us.

    What it prints goes to standard error, not into the report. A recursion without end meets
    Python's limit before the end of the stack, which the readers' own limit lies behind.
    """
    if loaded.ours:
        yield
        return
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(min(limit, _RECURSION))
    try:
        with redirect_stdout(sys.stderr):
            yield
    finally:
        sys.setrecursionlimit(limit)


def _load(package: str, path: Path, shown: str, pack: str, debug: bool) -> Loaded | Diagnostic:
    name = shown.removeprefix(f"{pack or 'rules'}/").removesuffix(".py")
    try:
        found = import_module(f"{package}.{name.replace('/', '.')}")
    except SyntaxError as error:
        # Of this file, or of a helper that it imports.
        line = (error.lineno or 1) if _same(error.filename, path) else line_in(path, error)
        return _broken(shown, f"this rule does not load: {error.msg}", line)
    # A rule file is somebody's program: it may fail in any way at all.
    except (Exception, SystemExit) as error:
        if debug:
            import traceback

            traceback.print_exc()
        words = f"this rule does not load: {named(error)}"
        return _broken(shown, words, line_in(path, error))
    rule: object = getattr(found, "RULE", None)
    check: object = getattr(found, "check", None)
    inspect: object = getattr(found, "inspect", None)
    if not isinstance(rule, Rule):
        return _broken(shown, "this rule file has no RULE = Rule(...)")
    if not callable(check) and (pack or not callable(inspect)):
        return _broken(shown, "this rule file has no function check(graph)")
    fault = faulty_card(rule)
    if fault:
        return _broken(shown, fault)
    doc = (found.__doc__ or "").strip() or _left_out(path)
    if not doc:
        return _broken(shown, "this rule file has no docstring to explain it")
    if not pack and callable(inspect):
        return Loaded(rule, None, doc, shown, inspect=cast(Inspect, inspect))
    return Loaded(rule, cast(Check, check), doc, shown, pack)


def _left_out(path: Path) -> str:
    """The docstring of a file if Python is asked to leave these out (`-OO`)."""
    if sys.flags.optimize < 2:
        return ""
    import ast

    return (ast.get_docstring(ast.parse(path.read_bytes()), clean=False) or "").strip()


def line_in(path: Path, error: BaseException) -> int:
    """The last line of a file that an error went through; 1 if it is not among them."""
    line = 1
    trace = error.__traceback__
    while trace is not None:
        if _same(trace.tb_frame.f_code.co_filename, path):
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


def _same(name: str | None, path: Path) -> bool:
    return name is not None and os.path.realpath(name) == os.path.realpath(path)


def _broken(file: str, message: str, line: int = 1) -> Diagnostic:
    return Diagnostic(Span(file, line, 1, line, 1), message, "rule")
