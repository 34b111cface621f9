"""Files to declared resources: the only place that knows a template language's syntax.

A reader is a module with one function, `read(unit, files, settings) -> Read`. It is imported only
when a unit of its kind turns up.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Literal, TypeAlias, cast

from validator.records import dataclass

if TYPE_CHECKING:
    from validator.files import Files
    from validator.findings import Diagnostic
    from validator.graph.graph import World
    from validator.graph.span import Span

UnitKind = Literal["terraform", "cloudformation", "plan"]


@dataclass(frozen=True, slots=True)
class Unit:
    """What is deployed as one: a Terraform root module or its plan, or a CloudFormation stack.

    `path` is the shown name of the root module's folder, of the template's or the plan's file; it
    names the unit everywhere.
    """

    kind: UnitKind
    path: str


@dataclass(frozen=True, slots=True)
class Settings:
    """What a person supplies from outside the files.

    `variables` and `parameters` hold `NAME=VALUE` pairs in the order given, their values as
    written; the files are shown names, read in the order given, and so is `plan`, a plan as JSON of
    the root module. An empty account, region or partition stays a symbol.
    """

    variables: tuple[tuple[str, str], ...] = ()
    variable_files: tuple[str, ...] = ()
    workspace: str = "default"
    parameters: tuple[tuple[str, str], ...] = ()
    parameter_files: tuple[str, ...] = ()
    account: str = ""
    region: str = ""
    partition: str = ""
    plan: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """A table in which a person tells of a resource that exists, and where it stands."""

    span: Span
    table: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Read:
    """What a unit holds: one world for each consistent assignment of its open conditions.

    `modules` counts the Terraform modules read, the root included. `unplanned` says why the plan
    beside the sources is none of this unit's, which matters only if it is none of another's.
    """

    worlds: tuple[World, ...]
    diagnostics: tuple[Diagnostic, ...] = ()
    modules: int = 0
    unplanned: tuple[Diagnostic, ...] = ()


Reader: TypeAlias = "Callable[[Unit, Files, Settings], Read]"

_READERS: dict[UnitKind, str] = {
    "terraform": "validator.readers.terraform",
    "cloudformation": "validator.readers.cloudformation",
    "plan": "validator.readers.plan",
}


def reader(kind: UnitKind) -> Reader:
    """The function that reads a kind of unit."""
    return cast("Reader", import_module(_READERS[kind]).read)
