"""Files to declared resources: the only place that knows a template language's syntax.

A reader is a module with one function, `read(unit, files, settings) -> Read`. It is imported only
when a unit of its kind turns up.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Literal, TypeAlias, cast

from validator.graph.span import Span
from validator.records import dataclass

if TYPE_CHECKING:
    from validator.files import Files
    from validator.findings import Diagnostic
    from validator.graph.world import World

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
class Configured:
    """A value in the configuration, and where it stands.

    `text` is JSON for a variable of Terraform, and for a parameter its text.
    """

    name: str
    text: str
    span: Span


Given: TypeAlias = str | tuple[str, str] | Configured


@dataclass(frozen=True, slots=True)
class Settings:
    """What a person supplies from outside the files.

    `variables` and `parameters` come in the order given, later ones over earlier ones: files by
    their shown names, pairs of a name and the words of an option, and values of the configuration.
    `plan` is the shown name of a plan as JSON of the root module. An empty account, region or
    partition stays a symbol, an empty workspace is Terraform's `default`.
    """

    variables: tuple[Given, ...] = ()
    workspace: str = ""
    parameters: tuple[Given, ...] = ()
    account: str = ""
    region: str = ""
    partition: str = ""
    plan: str = ""

    def below(self, other: Settings) -> Settings:
        """These settings with others that stand over them."""
        return Settings(
            variables=self.variables + other.variables,
            workspace=other.workspace or self.workspace,
            parameters=self.parameters + other.parameters,
            account=other.account or self.account,
            region=other.region or self.region,
            partition=other.partition or self.partition,
            plan=other.plan or self.plan,
        )


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
