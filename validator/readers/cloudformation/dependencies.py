"""What a resource surely waits for: `DependsOn`, and every reference that this world reaches.

<https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-dependson.html>
"""

from __future__ import annotations

from collections.abc import Callable

from yaml.nodes import MappingNode, Node, ScalarNode

from validator.graph import values as v
from validator.graph.addresses import head
from validator.readers.cloudformation.conditions import MAX_DEPTH
from validator.readers.cloudformation.intrinsics.choice import branches
from validator.readers.cloudformation.intrinsics.reference import ref_name, target
from validator.readers.cloudformation.intrinsics.sub import parts, variables
from validator.readers.cloudformation.loops import looped_text
from validator.readers.cloudformation.nodes import call, member, texts
from validator.readers.cloudformation.scope import Scope


def dependencies(top: Scope) -> Callable[[str], frozenset[str]]:
    """The addresses that an address of this unit waits for, one hop, each asked for once."""
    known: dict[str, frozenset[str]] = {}
    start = head(top.stack.unit)

    def of(address: str) -> frozenset[str]:
        if address not in known:
            known[address] = _of(top, address.removeprefix(start))
        return known[address]

    return of


def _of(top: Scope, path: str) -> frozenset[str]:
    scope = top
    *outer, name = path.split("/")
    found: set[str] = set()
    for step in outer:
        child = scope.child(step)
        if child is None:
            return frozenset()
        # What is in a nested stack waits for all that the nested stack waits for.
        found |= _own(scope, step)
        scope = child
    found |= _own(scope, name)
    inside = scope.child(name)
    if inside is not None:
        # A nested stack is there once all that is in it is.
        found.update(inside.stack.address(each) for each in inside.stack.resources)
    return frozenset(found)


def _own(scope: Scope, name: str) -> set[str]:
    written = scope.stack.resources.get(name)
    if written is None:
        return set()
    inner = scope.within(written)
    names = {looped_text(node.value, written.loops) for node in texts(written.get("DependsOn"))}
    finder = _Names(inner)
    for part in ("Properties", "Metadata"):
        node = written.get(part)
        if node is not None:
            names |= finder.of(node)
    names.discard(name)
    return {
        scope.stack.address(other)
        for other in names
        if other in scope.stack.resources and _is_there(scope, other)
    }


def _is_there(scope: Scope, name: str) -> bool:
    exists = scope.exists(scope.stack.resources[name])
    return isinstance(exists, v.Known) and exists.value


class _Names:
    """The names that nodes refer to in one scope; a node that is aliased is looked at once."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope
        self._known: dict[int, frozenset[str]] = {}

    def of(self, node: Node, depth: int = 0) -> frozenset[str]:
        """The names that a node refers to in this world."""
        if id(node) not in self._known:
            # What leads back to itself adds nothing of its own.
            self._known[id(node)] = frozenset()
            if depth <= MAX_DEPTH:
                self._known[id(node)] = self._found(node, depth)
        return self._known[id(node)]

    def _found(self, node: Node, depth: int) -> frozenset[str]:
        called = call(node)
        if called is None:
            return self._inside(node, depth)
        argument, loops = called.argument, self._scope.loops
        match called.name:
            case "Ref":
                name = ref_name(self._scope, argument)
                return frozenset((looped_text(name or "", loops),))
            case "Fn::GetAtt":
                pointed = target(self._scope, argument)
                return frozenset() if pointed is None else frozenset((pointed[0],))
            case "Fn::Sub":
                given = parts(argument)
                if given is None:
                    return frozenset()
                words, names = given
                found = frozenset(
                    looped_text(variable, loops).partition(".")[0]
                    for variable in variables(words)
                    if member(names, variable) is None
                )
                return found if names is None else found | self._inside(names, depth)
            case "Fn::If":
                chosen = branches(argument)
                if chosen is None:
                    return frozenset()
                name, then, otherwise = chosen
                answer = self._scope.condition(looped_text(name, loops), node)
                if isinstance(answer, v.Known):
                    return self.of(then if answer.value else otherwise, depth + 1)
                return self.of(then, depth + 1) & self.of(otherwise, depth + 1)
            case _:
                return self._inside(argument, depth)

    def _inside(self, node: Node, depth: int) -> frozenset[str]:
        called = call(node)
        if called is not None:
            return self.of(node, depth + 1)
        if isinstance(node, ScalarNode):
            return frozenset()
        children = (
            [value for _, value in node.value] if isinstance(node, MappingNode) else node.value
        )
        found: set[str] = set()
        for child in children:
            if not isinstance(child, ScalarNode) or call(child) is not None:
                found |= self.of(child, depth + 1)
        return frozenset(found)
