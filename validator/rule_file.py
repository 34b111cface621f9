"""One rule file to one rule: what a pack is made of."""

from __future__ import annotations

import os
import sys
from collections.abc import Generator
from contextlib import contextmanager, redirect_stdout
from importlib import import_module
from pathlib import Path
from typing import cast

from validator.crashes import named
from validator.findings import Check, Diagnostic, Inspect, Rule
from validator.graph.span import Span
from validator.records import dataclass
from validator.soundness import faulty_card

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


def rule_in(package: str, path: Path, shown: str, pack: str, debug: bool) -> Loaded | Diagnostic:
    """The rule of a file in a mounted package; what is wrong with it is a diagnostic.

    `shown` is the file as it is shown, `pack` the folder of a person's own pack.
    """
    name = shown.removeprefix(f"{pack or 'rules'}/").removesuffix(".py")
    try:
        found = import_module(f"{package}.{name.replace('/', '.')}")
    except SyntaxError as error:
        # Of this file, or of a helper that it imports.
        line = (error.lineno or 1) if _same(error.filename, path) else line_in(path, error)
        return broken(shown, f"this rule does not load: {error.msg}", line)
    # A rule file is somebody's program: it may fail in any way at all.
    except (Exception, SystemExit) as error:
        if debug:
            import traceback

            traceback.print_exc()
        words = f"this rule does not load: {named(error)}"
        return broken(shown, words, line_in(path, error))
    rule: object = getattr(found, "RULE", None)
    check: object = getattr(found, "check", None)
    inspect: object = getattr(found, "inspect", None)
    if not isinstance(rule, Rule):
        return broken(shown, "this rule file has no RULE = Rule(...)")
    if not callable(check) and (pack or not callable(inspect)):
        return broken(shown, "this rule file has no function check(graph)")
    fault = faulty_card(rule)
    if fault:
        return broken(shown, fault)
    doc = (found.__doc__ or "").strip() or _left_out(path)
    if not doc:
        return broken(shown, "this rule file has no docstring to explain it")
    if not pack and callable(inspect):
        return Loaded(rule, None, doc, shown, inspect=cast(Inspect, inspect))
    return Loaded(rule, cast(Check, check), doc, shown, pack)


def _left_out(path: Path) -> str:
    """The docstring of a file if Python is asked to leave these out (`-OO`)."""
    if sys.flags.optimize < 2:
        return ""
    import ast

    return (ast.get_docstring(ast.parse(path.read_bytes()), clean=False) or "").strip()


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


def broken(file: str, message: str, line: int = 1) -> Diagnostic:
    """What is wrong with a rule file."""
    return Diagnostic(Span(file, line, 1, line, 1), message, "rule")
