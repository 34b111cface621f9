"""A template and what it nests, to the worlds that it may become."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

from yaml.nodes import MappingNode, Node

from validator.files import MAX_SOURCE, Files, Unreadable
from validator.findings import Diagnostic
from validator.graph import values as v
from validator.graph.span import Span, whole
from validator.graph.world import Declared, Gap, World
from validator.readers import Read, Settings, Unit
from validator.readers.cloudformation import intrinsics as intrinsics  # registers the functions
from validator.readers.cloudformation.compose import compose
from validator.readers.cloudformation.dependencies import dependencies
from validator.readers.cloudformation.exports import Traffic
from validator.readers.cloudformation.foreach import FOREACH
from validator.readers.cloudformation.given import Given, given_parameters
from validator.readers.cloudformation.nested import Nesting
from validator.readers.cloudformation.nodes import call, member, pairs, scalar_text
from validator.readers.cloudformation.parameters import unfit
from validator.readers.cloudformation.relevant import Search
from validator.readers.cloudformation.rules import refusals
from validator.readers.cloudformation.scope import Budget, Scope, scopes
from validator.readers.cloudformation.source import Source
from validator.readers.cloudformation.stack import Stack
from validator.readers.cloudformation.template import Template, Written, type_of
from validator.readers.cloudformation.unread import unread
from validator.readers.cloudformation.worlds import Assumption, assumptions

CDK_PATH: Final = "aws:cdk:path"
"""What the CDK notes in `Metadata`: the path of the construct, from the stack downwards.

<https://docs.aws.amazon.com/cdk/v2/guide/identifiers.html>
"""


def read(unit: Unit, files: Files, settings: Settings) -> Read:
    """Every world of the stack that a template makes."""
    template, faults = load(unit.path, files)
    given, wrong = given_parameters(settings, files)
    if template is None:
        why = faults[0].message if faults else "this is no template"
        place = faults[0].span if faults else whole(unit.path)
        world = World(unit.path, (), gaps=(Gap(unit.path, why, place),))
        return Read((world,), _sorted([*faults, *wrong]))
    return Reading(unit, files, settings, template, given, [*faults, *wrong]).read()


def load(file: str, files: Files) -> tuple[Template | None, list[Diagnostic]]:
    """The template in a file, or why there is none."""
    try:
        source = Source(file, files.text(file, MAX_SOURCE))
    except Unreadable as error:
        return None, [Diagnostic(whole(file), str(error), "unreadable")]
    root, faults = compose(source, json_only=file.lower().endswith(".json"))
    if root is None:
        return None, faults or [Diagnostic(source.start, "this file is empty", "syntax")]
    if not isinstance(root, MappingNode) or member(root, "Resources") is None:
        message = "this is no template: it has no Resources"
        return None, [*faults, Diagnostic(source.start, message, "syntax")]
    return Template(source, root, faults), []


class Reading:
    """The work of reading one unit, once its template is loaded."""

    def __init__(
        self,
        unit: Unit,
        files: Files,
        settings: Settings,
        template: Template,
        given: dict[str, Given],
        faults: list[Diagnostic],
    ) -> None:
        self.unit = unit.path
        self.files = files
        self.settings = settings
        self.given = given
        self.faults = faults
        self.budget = Budget()
        self.stack = Stack(unit.path, template)

    def read(self) -> Read:
        """Every world of the unit."""
        base = self._scope(Assumption())
        base.compared = []
        nesting = Nesting(self.files)
        nesting.follow(base)
        search = Search()
        search.stack(base)
        relevant = search.found
        for scope, name in relevant.conditions:
            written = scope.stack.conditions.get(name)
            if written is not None:
                scope.condition(name, written.key)
        found = assumptions(base, relevant, self._scope)
        gaps = self._gaps([*relevant.gaps, *nesting.gaps])
        worlds = tuple(self._world(assumption, when, gaps) for assumption, when in found)
        faults = [*self.faults, *relevant.faults, *nesting.faults, *refusals(base)]
        faults.extend(unfit(base))
        for stack in self.stack.everyone():
            faults.extend(stack.template.faults)
        return Read(worlds, _sorted(faults))

    def _scope(self, assumption: Assumption) -> Scope:
        return Scope(self.stack, self.settings, self.given, assumption, self.budget)

    def _gaps(self, found: list[Gap]) -> tuple[Gap, ...]:
        for stack in self.stack.everyone():
            for node, name in stack.template.opaque:
                why = name if name.startswith(FOREACH) else f"{name} may add or change resources"
                found.append(Gap(self.unit, why, stack.template.span(node)))
        return tuple(dict.fromkeys(found))

    def _world(self, assumption: Assumption, when: tuple[str, ...], gaps: tuple[Gap, ...]) -> World:
        top = self._scope(assumption)
        resources: list[Declared] = []
        absent: list[tuple[str, Span]] = []
        for scope in scopes(top):
            for written in scope.stack.known:
                exists = scope.exists(written)
                if isinstance(exists, v.Known) and not exists.value:
                    absent.append((type_of(written), scope.span(written.key)))
                    continue
                resources.append(_declared(scope, written, exists))
            resources.extend(unread(scope))
        traffic = Traffic(top, resources)
        return World(
            self.unit,
            tuple(resources),
            dependencies(top),
            gaps,
            when,
            exports=traffic.exports,
            imports=traffic.imports,
            absent=tuple(absent),
        )


def _declared(scope: Scope, written: Written, exists: v.Known[bool] | v.Unknown) -> Declared:
    return Declared(
        language="cloudformation",
        type=type_of(written),
        unit=scope.stack.unit,
        name=f"{scope.stack.prefix}{written.name}",
        span=scope.span(written.key),
        exists=exists,
        attribute=_attributes(scope.within(written), written),
        place=scope.place,
        alias=scalar_text(member(written.get("Metadata"), CDK_PATH)) or "",
        calls=scope.stack.calls,
    )


def _attributes(scope: Scope, written: Written) -> Callable[[str], v.Node | None]:
    known: dict[str, v.Node | None] = {}

    def attribute(name: str) -> v.Node | None:
        if name not in known:
            known[name] = _attribute(scope, written, name)
        return known[name]

    return attribute


def _attribute(scope: Scope, written: Written, name: str) -> v.Node | None:
    properties = written.get("Properties")
    if properties is None:
        return None
    evaluate: Callable[[Node], v.Node | None] = partial(scope.fresh)
    special = call(properties) is not None or any(
        key.value == "Fn::Transform" or key.value.startswith(FOREACH)
        for key, _ in pairs(properties)
    )
    if not special:
        for key, node in pairs(properties):
            if key.value == name:
                found = evaluate(node)
                return None if found is None else v.at_its_key(found, scope.span(key))
        return None
    match evaluate(properties):
        case v.Known(value=v.Fields() as fields):
            entry = fields.entry(name)
            return fields.rest if entry is None else v.at_its_key(entry.value, entry.span)
        case v.Unknown() as unknown:
            return unknown
        case _:
            return None


def _sorted(faults: list[Diagnostic]) -> tuple[Diagnostic, ...]:
    return tuple(sorted(set(faults)))
