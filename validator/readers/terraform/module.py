"""A module as it is called: what names mean in it, evaluated when they are asked for."""

from __future__ import annotations

import posixpath
from collections.abc import Callable

from validator.graph.existence import both
from validator.graph.span import Span
from validator.graph.values import Known, Unknown
from validator.readers.terraform.config import Config, Declaration, Resource
from validator.readers.terraform.context import Calling
from validator.readers.terraform.cty.access import WORKSPACE
from validator.readers.terraform.cty.strings import string
from validator.readers.terraform.cty.types import DYNAMIC, STRING
from validator.readers.terraform.cty.values import Limit, Refused, Unk, Val, dangling, refused
from validator.readers.terraform.evaluate import Budget, Scope, evaluate
from validator.readers.terraform.expand import Expansion, Instance, expand
from validator.readers.terraform.generated import generator
from validator.readers.terraform.hcl import tree
from validator.readers.terraform.inputs import is_literal, variable
from validator.readers.terraform.run import Run
from validator.readers.terraform.sources import Static
from validator.readers.terraform.variables import Given

Exists = Known[bool] | Unknown


class Module:
    """One instance of a module: the root, or one call's instance."""

    def __init__(
        self,
        run: Run,
        static: Static,
        config: Config,
        *,
        parent: Module | None = None,
        name: str = "",
        instance: Instance | None = None,
        given: dict[str, Given] | None = None,
    ) -> None:
        self.run = run
        self.static = static
        self.config = config
        self.parent = parent
        self.address = name
        self.given = given or {}
        self.outer = Scope(parent, instance.bound if instance else {}) if parent else None
        self.scope = Scope(self)
        above = None if parent is None else parent.exists
        self.exists: Unknown | None = both(above, None if instance is None else instance.exists)
        self._kept: dict[tuple[str, ...], Val] = {}
        self._open: set[tuple[str, ...]] = set()
        self._expansions: dict[tuple[str, ...], Expansion] = {}
        self._instances: dict[str, list[Module]] = {}

    @property
    def budget(self) -> Budget:
        """What evaluation may still cost."""
        return self.run.budget

    def named(self, name: str) -> str:
        """The address of something in this module, as Terraform prints it."""
        return f"{self.address}.{name}" if self.address else name

    def _once(self, key: tuple[str, ...], span: Span, make: Callable[[], Val]) -> Val:
        """A value made once; one that needs itself is refused."""
        kept = self._kept.get(key)
        if kept is not None:
            return kept
        if key in self._open:
            return refused(f"{'.'.join(key)} refers to itself", span)
        self._open.add(key)
        try:
            made = make()
        except Limit as error:
            made = Unk(f"not evaluated: {error.why}", DYNAMIC, span)
        except Refused as error:
            made = refused(error.why, span)
        finally:
            self._open.discard(key)
        self._kept[key] = made
        return made

    # --- names

    def reference(self, root: str, name: str, scope: Scope, span: Span) -> Val | None:
        """`root.name`; None if `root` is nothing that has names."""
        match root:
            case "var":
                return self._once(("var", name), span, lambda: variable(self, name, span))
            case "local":
                return self._once(("local", name), span, lambda: self._local(name, span))
            case "module":
                return self._once(("module", name), span, lambda: self._call(name, span))
            case "path":
                return self._path(name, span)
            case "terraform" | "tofu":
                if name == "workspace":
                    return string(self.run.settings.workspace or "default", span).via(WORKSPACE)
                return refused(f"there is no {root}.{name}", span)
            case "each" | "count" | "self":
                return refused(f"{root}.{name} has no meaning here", span)
            case "data":
                return None
            case "ephemeral":
                why = f"ephemeral.{name} is known during the deploy only"
                return Unk(why, DYNAMIC, span, key=self.run.key(self.named(f"ephemeral.{name}")))
            case _:
                return self.resource(("resource", root, name), span)

    def data(self, type_: str, name: str, span: Span) -> Val:
        """`data.type.name`."""
        return self.resource(("data", type_, name), span)

    def resource(self, which: Resource, span: Span) -> Val:
        """A resource's instance, or its instances."""
        mode, type_, name = which
        shown = self.named(f"data.{type_}.{name}" if mode == "data" else f"{type_}.{name}")
        if which not in self.config.resources:
            return self.missing(shown, f"no {shown} is declared", span)
        return self._once(which, span, lambda: self.expansion(which).value)

    def missing(self, name: str, why: str, span: Span, supply: str = "") -> Unk:
        """What is not declared: surely missing only if every file of the module was read.

        `supply` is how a person can give it where it may be declared after all.
        """
        elsewhere = ""
        if not self.config.complete:
            elsewhere = "that could not be read"
        elif self.parent is None and (author := generator(self.run.files)) is not None:
            elsewhere = f"that Terragrunt writes ({author})"
        if elsewhere:
            return Unk(
                f"{name} may be declared in a file {elsewhere}",
                DYNAMIC,
                span,
                supply=supply,
                key=self.run.key(name),
            )
        missing = dangling(name, why, span)
        missing.undeclared = True
        return missing

    def _path(self, name: str, span: Span) -> Val:
        if name == "module":
            root = self.run.unit.path
            return string(posixpath.relpath(self.config.folder, root), span)
        if name == "root":
            return string(".", span)
        if name == "cwd":
            return Unk("path.cwd differs from machine to machine", STRING, span, present=True)
        return refused(f"there is no path.{name}", span)

    # --- variables, locals, outputs

    def _local(self, name: str, span: Span) -> Val:
        attribute = self.config.locals.get(name)
        if attribute is None:
            return self.missing(self.named(f"local.{name}"), f"no local {name} is declared", span)
        return evaluate(attribute.value, self.scope).via(f"local {name}")

    def output(self, name: str, span: Span) -> Val:
        """One of this module's outputs, as its caller sees it."""
        return self._once(("output", name), span, lambda: self._output(name, span))

    def _output(self, name: str, span: Span) -> Val:
        declared = self.config.outputs.get(name)
        if declared is None:
            shown = f"{self.address}.{name}"
            return self.missing(shown, f"{self.static.name} has no output {name}", span)
        attribute = declared.body.attributes.get("value")
        if attribute is None:
            return refused(f"output {name} has no value", declared.span)
        value = evaluate(attribute.value, self.scope).via(f"output {name} of {self.static.name}")
        secret = declared.body.attributes.get("sensitive")
        return value.hidden() if secret is not None and is_literal(secret.value, True) else value

    # --- calls

    def _call(self, name: str, span: Span) -> Val:
        from validator.readers.terraform.calls import value_of_call

        if name not in self.config.calls:
            shown = self.named(f"module.{name}")
            return self.missing(shown, f"no {shown} is declared", span)
        return value_of_call(self, name)

    def expansion_of_call(self, name: str) -> Expansion:
        """The instances of a module call."""
        key = ("module", name)
        found = self._expansions.get(key)
        if found is None:
            shown = self.named(f"module.{name}")
            found = expand(self.config.calls[name].body, self.scope, shown, self.run)
            self._expansions[key] = found
        return found

    def children(self, name: str) -> list[Module]:
        """The instances of a called module; none if its source is not at hand."""
        if name not in self._instances:
            from validator.readers.terraform.calls import instances_of_call

            self._instances[name] = instances_of_call(self, name)
        return self._instances[name]

    # --- resources

    def expansion(self, which: Resource) -> Expansion:
        """The instances of a resource."""
        found = self._expansions.get(which)
        if found is None:
            from validator.readers.terraform.resource import ResourceInstance

            mode, type_, name = which
            declared = self.config.resources[which]
            shown = self.named(f"data.{type_}.{name}" if mode == "data" else f"{type_}.{name}")
            static = self.static.named(f"{type_}.{name}")
            if self.run.full:
                return self._too_many(static, declared)
            found = expand(declared.body, self.scope, shown, self.run)
            if not self.run.room_for(len(found.instances), static, declared.span):
                return self._too_many(static, declared)
            for instance in found.instances:
                made = ResourceInstance(self, which, declared, instance)
                instance.value = made
                self.static.loader.instances[made.address] = made
            found.gather()
            self._expansions[which] = found
        return found

    def _too_many(self, static: str, declared: Declaration) -> Expansion:
        """Nothing is known of instances that there is no room for."""
        expansion = Expansion(static, "count", [])
        expansion.rest = Unk(f"{static} has too many instances", DYNAMIC, declared.span)
        expansion.gather()
        return expansion

    # --- functions

    def call(self, name: str, arguments: list[Val], node: tree.Call, scope: Scope) -> Val:
        """A function that is no special form. Raises `Refused`."""
        if (
            name == "templatestring"
            and node.arguments
            and isinstance(node.arguments[0], tree.Template)
        ):
            raise Refused("templatestring takes a reference to a text, not a text")
        from validator.readers.terraform.functions.all import call as call_function

        return call_function(name, arguments, Calling(self, node.span)).at(node.span)
