"""The tree of module calls, and the folder that each call's source is in."""

from __future__ import annotations

import json
import posixpath
from functools import cached_property
from typing import TYPE_CHECKING, Any

from validator.files import MAX_SOURCE, Unreadable
from validator.graph.span import Span
from validator.readers.terraform.config import Config, Declaration
from validator.readers.terraform.hcl import tree
from validator.readers.terraform.providers import Providers
from validator.readers.terraform.run import Run

if TYPE_CHECKING:
    from validator.readers.terraform.resource import ResourceInstance

MAX_MODULES = 2_000
MAX_NESTED = 150


class Static:
    """A module by its place among the calls, whatever `count` and `for_each` make of them."""

    def __init__(
        self,
        loader: Loader,
        config: Config,
        parent: Static | None = None,
        name: str = "",
        call: Declaration | None = None,
    ) -> None:
        self.loader = loader
        self.config = config
        self.parent = parent
        self.call = call
        self.path = name
        self.nested: int = parent.nested + 1 if parent else 0
        self.not_followed: dict[str, str] = {}
        self._children: dict[str, Static | None] = {}

    @property
    def name(self) -> str:
        """`module.net`, or in words for the root."""
        return f"module.{self.path.rpartition('module.')[2]}" if self.path else "the root module"

    @cached_property
    def calls(self) -> tuple[Span, ...]:
        """The places of the calls that lead here, the outermost first."""
        if self.call is None:
            return ()
        return (*(self.parent.calls if self.parent else ()), self.call.span)

    def named(self, name: str) -> str:
        """The address of something in this module, without keys."""
        return f"{self.path}.{name}" if self.path else name

    def child(self, name: str) -> Static | None:
        """The module that a call calls; None if its source is not at hand, which is reported."""
        if name not in self._children:
            self._children[name] = self.loader.called(self, name)
        return self._children[name]


class Loader:
    """Reads each folder once, whoever calls it."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self.configs: dict[str, Config] = {}
        self.providers = Providers()
        self.instances: dict[str, ResourceInstance] = {}
        self.statics = 0

    def config(self, folder: str) -> Config:
        """The module in a folder."""
        found = self.configs.get(folder)
        if found is None:
            found = self.configs[folder] = Config(self.run, folder)
        return found

    @cached_property
    def installed(self) -> dict[str, str]:
        """The folders of `terraform init`, by dotted call path."""
        name = posixpath.join(self.run.unit.path, ".terraform/modules/modules.json")
        if not self.run.files.is_file(name):
            return {}
        try:
            data: Any = json.loads(self.run.files.text(name, MAX_SOURCE))
            rows: list[dict[str, Any]] = data.get("Modules") or []
            base = self.run.unit.path
            return {
                str(row["Key"]): posixpath.normpath(posixpath.join(base, str(row["Dir"])))
                for row in rows
            }
        except (Unreadable, ValueError, TypeError, KeyError, AttributeError, RecursionError):
            return {}

    def called(self, caller: Static, name: str) -> Static | None:
        """The module that a call calls."""
        call = caller.config.calls[name]
        source = _source(call)
        path = caller.named(f"module.{name}")
        self.statics += 1
        if self.statics > MAX_MODULES or caller.nested >= MAX_NESTED:
            many = self.statics > MAX_MODULES
            limit = f"{MAX_MODULES} modules" if many else f"{MAX_NESTED} modules in each other"
            # One report is enough: there may be as many as anybody likes.
            self.run.report(self.run.first_span(call.span), f"more than {limit}", "limit")
            self._not_followed(caller, name, "too many modules", self.run.first_span(call.span))
            return None
        if source is None:
            why = f"the source of {path} is not written as a plain text"
            self._not_followed(caller, name, why, call.span)
            return None
        folder = self._folder(caller, path, source)
        if folder is None:
            supply = "" if is_local(source) else "terraform init"
            why = f"{path} comes from {source}, which is not here"
            self._not_followed(caller, name, why, call.span, supply, (caller.path, name))
            return None
        above: Static | None = caller
        while above is not None:
            if above.config.folder == folder:
                why = f"{path} calls a module that it is part of"
                self.run.report(call.span, why, "syntax")
                self._not_followed(caller, name, why, call.span)
                return None
            above = above.parent
        return Static(self, self.config(folder), caller, path, call)

    def _not_followed(
        self,
        caller: Static,
        name: str,
        why: str,
        span: Span,
        supply: str = "",
        call: tuple[str, str] | None = None,
    ) -> None:
        caller.not_followed[name] = why
        self.run.gap(why, span, supply, call)

    def _folder(self, caller: Static, path: str, source: str) -> str | None:
        files = self.run.files
        key = ".".join(part for part in path.split(".") if part != "module")
        if is_local(source):
            folder = posixpath.normpath(posixpath.join(caller.config.folder, source))
        elif key in self.installed:
            folder = self.installed[key]
        else:
            return None
        if "\0" in folder:
            return None
        return folder if files.inside(folder) and files.is_folder(folder) else None


def is_local(source: str) -> bool:
    """Whether a module's source is a folder beside its caller's."""
    return source.startswith(("./", "../"))


def _source(call: Declaration) -> str | None:
    attribute = call.body.attributes.get("source")
    if attribute is None or not isinstance(attribute.value, tree.Template):
        return None
    return attribute.value.literal
