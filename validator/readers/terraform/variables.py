"""Values for a root module's variables, in Terraform's order of precedence.

`TF_VAR_*` is not read: the same files shall give the same report on every machine.
<https://developer.hashicorp.com/terraform/language/values/variables#variable-definition-precedence>
"""

from __future__ import annotations

import os
import posixpath

from validator.files import MAX_SOURCE, Unreadable
from validator.graph.span import Span, whole
from validator.readers import Configured
from validator.readers.terraform.hcl import parse, tree
from validator.readers.terraform.hcl.json_syntax import values
from validator.readers.terraform.hcl.source import Fault, Source
from validator.readers.terraform.run import Run
from validator.records import dataclass


@dataclass(frozen=True, slots=True)
class Given:
    """A value from outside the module: an expression in a file, or the words of an option."""

    how: str
    value: tree.Expr | None = None
    words: str = ""


class _Configured(Source):
    """What is all at one place: a value in the configuration."""

    def __init__(self, text: str, span: Span) -> None:
        super().__init__(span.file, text)
        self._span = span

    def position(self, offset: int) -> tuple[int, int]:
        """Where the value begins."""
        return self._span.line, self._span.column

    def span(self, start: int, end: int) -> Span:
        """Where the value stands."""
        return self._span


def given(run: Run) -> dict[str, Given]:
    """The values that the unit's files and the settings give, by variable."""
    found: dict[str, Given] = {}
    for name in _automatic(run):
        _read(run, name, found)
    for one in run.settings.variables:
        match one:
            case str():
                _read(run, one, found)
            case Configured(name=name, text=text, span=span):
                value = values(_Configured(text, span))[name]
                found[name] = Given(posixpath.basename(span.file), value)
            case (name, words):
                found[name] = Given(f"--var {name}", None, words)
    return found


def _automatic(run: Run) -> list[str]:
    folder = run.unit.path
    try:
        with os.scandir(run.files.path(folder)) as entries:
            names = sorted(
                entry.name
                for entry in entries
                if entry.name.endswith((".auto.tfvars", ".auto.tfvars.json"))
            )
    except OSError:
        names = []
    usual = [
        name
        for name in ("terraform.tfvars", "terraform.tfvars.json")
        if os.path.exists(run.files.path(posixpath.join(folder, name)))  # noqa: PTH110
    ]
    return [name if folder == "." else posixpath.join(folder, name) for name in [*usual, *names]]


def _read(run: Run, name: str, found: dict[str, Given]) -> None:
    source = Source(name, "")
    try:
        source = Source(name, run.files.text(name, MAX_SOURCE))
        if name.endswith(".json"):
            read = values(source)
        else:
            body = parse.body(source)
            read = {one.name: one.value for one in body.attributes.values()}
            for block in body.blocks:
                raise Fault(
                    "a block cannot stand in a file of values", block.start, block.header_end
                )
    except Unreadable as error:
        run.broken(whole(name), str(error), "unreadable")
        return
    except Fault as fault:
        run.broken(source.span(fault.start, fault.end), fault.message, "syntax")
        return
    shown = posixpath.basename(name)
    for variable, value in read.items():
        found[variable] = Given(shown, value)
