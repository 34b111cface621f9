"""A module as it is called: what names mean in it, evaluated when they are asked for."""

from __future__ import annotations

import posixpath
from collections.abc import Callable

from validator.graph.values import Known, Span, Unknown
from validator.readers.terraform.config import Config, Declaration, Resource
from validator.readers.terraform.constraint import type_of_constraint
from validator.readers.terraform.context import Calling
from validator.readers.terraform.cty.access import WORKSPACE
from validator.readers.terraform.cty.convert import converted
from validator.readers.terraform.cty.types import DYNAMIC, STRING, Type
from validator.readers.terraform.cty.values import (
    Limit,
    Null,
    Refused,
    Unk,
    Val,
    dangling,
    refused,
    string,
)
from validator.readers.terraform.evaluate import Budget, Scope, evaluate
from validator.readers.terraform.expand import Expansion, Instance, expand
from validator.readers.terraform.functions.all import call as call_function
from validator.readers.terraform.hcl import parse, tree
from validator.readers.terraform.hcl.source import Fault, Source
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
        self.exists: Unknown | None = instance.exists if instance else None
        if self.exists is None and parent is not None:
            self.exists = parent.exists
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
                return self._once(("var", name), span, lambda: self._variable(name, span))
            case "local":
                return self._once(("local", name), span, lambda: self._local(name, span))
            case "module":
                return self._once(("module", name), span, lambda: self._call(name, span))
            case "path":
                return self._path(name, span)
            case "terraform" | "tofu":
                if name == "workspace":
                    return string(self.run.settings.workspace, span).via(WORKSPACE)
                return refused(f"there is no {root}.{name}", span)
            case "each" | "count" | "self":
                return refused(f"{root}.{name} has no meaning here", span)
            case "data":
                return None
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
            return self._missing(shown, f"no {shown} is declared", span)
        return self._once(which, span, lambda: self.expansion(which).value)

    def _missing(self, name: str, why: str, span: Span) -> Val:
        """What is not declared: surely missing only if every file of the module was read."""
        if not self.config.complete:
            return Unk(
                f"{name} may be declared in a file that could not be read",
                DYNAMIC,
                span,
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

    def _variable(self, name: str, span: Span) -> Val:
        declared = self.config.variables.get(name)
        if declared is None:
            shown = self.named(f"var.{name}")
            return self._missing(shown, f"no variable {name} is declared here", span)
        body = declared.body
        type_ = self._constraint(body, declared)
        value = self._given(name, type_, declared)
        attribute = body.attributes.get("default")
        nullable = body.attributes.get("nullable")
        never_null = nullable is not None and _is(nullable.value, False)
        if value is None or (isinstance(value, Null) and never_null and attribute is not None):
            value = self._default(name, attribute, declared, type_)
        try:
            value = converted(value, type_)
        except Refused as error:
            return refused(
                f"the value of variable {name} does not fit its type: {error.why}", value.span
            )
        secret = body.attributes.get("sensitive")
        if secret is not None and _is(secret.value, True):
            value = value.hidden()
        return value

    def _constraint(self, body: tree.Body, declared: Declaration) -> Type:
        attribute = body.attributes.get("type")
        if attribute is None:
            return DYNAMIC
        try:
            return type_of_constraint(attribute.value, self.scope)
        except Refused as error:
            self.run.report(attribute.value.span, error.why, "syntax")
            return DYNAMIC

    def _given(self, name: str, type_: Type, declared: Declaration) -> Val | None:
        """What the caller or the user gives, None if nothing."""
        if self.parent is not None:
            call = self.static.call
            attribute = call.body.attributes.get(name) if call else None
            if attribute is None or self.outer is None:
                return None
            value = evaluate(attribute.value, self.outer)
            return value.via(f"variable {name}, given by {self.static.name}")
        given = self.given.get(name)
        if given is None:
            return None
        if given.value is not None:
            value = evaluate(given.value, self.scope)
            return value.via(f"variable {name}, {given.how}")
        return self._option(given, type_, declared).via(f"variable {name}, {given.how}")

    def _option(self, given: Given, type_: Type, declared: Declaration) -> Val:
        """The words of `--var`: literal for a primitive type, else an expression."""
        bare = "type" not in declared.body.attributes
        if type_.primitive or bare:
            return string(given.words, declared.span)
        source = Source(given.how, given.words)
        try:
            value = evaluate(parse.expression(source), self.scope)
        except Fault as fault:
            return refused(f"{given.how}: {fault.message}", declared.span)
        return value.at(declared.span)

    def _default(
        self, name: str, attribute: tree.Attribute | None, declared: Declaration, type_: Type
    ) -> Val:
        if attribute is not None:
            return evaluate(attribute.value, self.scope).via(f"variable {name}, default")
        if declared.block is None:
            return Unk(f"the block of variable {name} could not be read", type_, declared.span)
        if self.parent is not None:
            why = f"{self.static.name} gives no value for variable {name}"
            return refused(why, self.static.call.span if self.static.call else declared.span)
        return Unk(
            f"variable {name} has no value",
            type_,
            declared.span,
            supply=f"--var {name}=VALUE",
            key=self.run.key(f"var.{name}"),
        ).via(f"variable {name}, no value")

    def _local(self, name: str, span: Span) -> Val:
        attribute = self.config.locals.get(name)
        if attribute is None:
            return self._missing(self.named(f"local.{name}"), f"no local {name} is declared", span)
        return evaluate(attribute.value, self.scope).via(f"local {name}")

    def output(self, name: str, span: Span) -> Val:
        """One of this module's outputs, as its caller sees it."""
        return self._once(("output", name), span, lambda: self._output(name, span))

    def _output(self, name: str, span: Span) -> Val:
        declared = self.config.outputs.get(name)
        if declared is None:
            shown = f"{self.address}.{name}"
            return self._missing(shown, f"{self.static.name} has no output {name}", span)
        attribute = declared.body.attributes.get("value")
        if attribute is None:
            return refused(f"output {name} has no value", declared.span)
        value = evaluate(attribute.value, self.scope).via(f"output {name} of {self.static.name}")
        secret = declared.body.attributes.get("sensitive")
        return value.hidden() if secret is not None and _is(secret.value, True) else value

    # --- calls

    def _call(self, name: str, span: Span) -> Val:
        from validator.readers.terraform.calls import value_of_call

        if name not in self.config.calls:
            shown = self.named(f"module.{name}")
            return self._missing(shown, f"no {shown} is declared", span)
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
        return call_function(name, arguments, Calling(self, node.span)).at(node.span)


def _is(node: tree.Expr, flag: bool) -> bool:
    return isinstance(node, tree.Literal) and node.value is flag
