"""Which conditions and names the resources of the vocabulary hang on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from yaml.nodes import Node, ScalarNode

from validator.aws import attributes_read
from validator.findings import Diagnostic
from validator.graph.world import Gap
from validator.readers.cloudformation.foreach import FOREACH
from validator.readers.cloudformation.loops import looped_text
from validator.readers.cloudformation.nodes import call, member, pairs
from validator.readers.cloudformation.pseudo import NAMES
from validator.readers.cloudformation.scope import Scope
from validator.readers.cloudformation.template import SERVERLESS, Written, type_of
from validator.readers.cloudformation.uses import Uses, condition_uses, uses
from validator.records import dataclass, field


@dataclass(slots=True)
class Relevant:
    """Conditions and parameter names, each with the scope it belongs to, in the order met."""

    conditions: list[tuple[Scope, str]] = field(default_factory=list[tuple[Scope, str]])
    names: list[tuple[Scope, str]] = field(default_factory=list[tuple[Scope, str]])
    faults: list[Diagnostic] = field(default_factory=list[Diagnostic])
    gaps: list[Gap] = field(default_factory=list[Gap])


class Search:
    """Follows what the vocabulary's resources refer to, through conditions and nested stacks."""

    def __init__(self) -> None:
        self.found = Relevant()
        self._direct: set[tuple[Scope, str]] = set()
        self._conditions: set[tuple[Scope, str]] = set()
        self._names: set[tuple[int, str]] = set()
        self._outputs: set[tuple[int, str]] = set()

    def stack(self, scope: Scope) -> bool:
        """Search a stack and those below it; whether it holds anything of the vocabulary."""
        holds = False
        for written in scope.stack.known:
            holds = True
            self._resource(scope, written)
        for name in scope.stack.children:
            child = scope.child(name)
            if child is not None and self.stack(child):
                holds = True
                self._child(scope, child)
        return holds

    def _resource(self, scope: Scope, written: Written) -> None:
        self._exists(scope, written)
        properties = written.get("Properties")
        read = attributes_read("cloudformation", type_of(written))
        if properties is None:
            return
        everything = uses(scope.within(written), [properties], written.loops)
        self.found.faults.extend(everything.faults)
        nodes: list[Node] = [
            value
            for key, value in pairs(properties)
            if key.value in read or key.value.startswith(FOREACH)
        ]
        if call(properties) is not None:
            nodes = [properties]
        self._follow(scope, uses(scope.within(written), nodes, written.loops), written.key)

    def _child(self, scope: Scope, child: Scope) -> None:
        written = child.stack.written
        if written is None:
            return
        self._exists(scope, written)
        passed = member(written.get("Properties"), "Parameters")
        if passed is not None:
            found = uses(scope.within(written), [passed], written.loops)
            self.found.faults.extend(found.faults)
            self._follow(scope, found, written.key)

    def _exists(self, scope: Scope, written: Written) -> None:
        node = written.get("Condition")
        if isinstance(node, ScalarNode):
            name = looped_text(node.value, written.loops)
            template = scope.stack.template
            if name not in scope.stack.conditions and not (template.opaque or template.included):
                fault = Diagnostic(scope.span(node), f"there is no condition {name}", "syntax")
                self.found.faults.append(fault)
            self._condition(scope, name)

    def _condition(self, scope: Scope, name: str) -> None:
        if (scope, name) not in self._direct:
            self._direct.add((scope, name))
            self.found.conditions.append((scope, name))
        waiting = [name]
        while waiting:
            name = waiting.pop()
            written = scope.stack.conditions.get(name)
            if (scope, name) in self._conditions or written is None:
                continue
            self._conditions.add((scope, name))
            found = condition_uses(scope, written.body, written.loops)
            self.found.faults.extend(found.faults)
            waiting.extend(found.conditions)
            self._parameters(scope, found.names)

    def _follow(self, scope: Scope, found: Uses, place: Node) -> None:
        for name in found.conditions:
            self._condition(scope, name)
        self._parameters(scope, found.names)
        for name, wanted in found.names.items():
            resource = scope.stack.resources.get(name)
            if resource is not None:
                self._exists(scope, resource)
                self._child_outputs(scope, resource, wanted)
            elif name not in NAMES and name not in scope.stack.template.parameters:
                self._missing(scope, name, place)

    def _parameters(self, scope: Scope, names: Mapping[str, Iterable[str]]) -> None:
        for name in names:
            if name in scope.stack.template.parameters:
                key = (id(scope.stack), name)
                if key not in self._names:
                    self._names.add(key)
                    self.found.names.append((scope, name))

    def _child_outputs(self, scope: Scope, resource: Written, wanted: Iterable[str]) -> None:
        child = scope.child(resource.name)
        if child is None:
            return
        for attribute in sorted(wanted):
            output = child.stack.outputs.get(attribute.removeprefix("Outputs."))
            value = None if output is None else output.get("Value")
            key = (id(child.stack), attribute)
            if output is None or value is None or key in self._outputs:
                continue
            self._outputs.add(key)
            self._follow(child, uses(child.within(output), [value], output.loops), output.key)

    def _missing(self, scope: Scope, name: str, place: Node) -> None:
        """A name that nothing here declares: with SAM, something that the transform makes."""
        if scope.stack.template.serverless and "{" not in name:
            why = f"{name} is nothing written here: {SERVERLESS} may make it"
            gap = Gap(scope.stack.unit, why, scope.span(place))
            if gap not in self.found.gaps:
                self.found.gaps.append(gap)
