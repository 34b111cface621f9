"""What a part of a template refers to, and which of its calls CloudFormation would refuse."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING

from yaml.nodes import Node

from validator.findings import Diagnostic
from validator.readers.cloudformation.conditions import condition_call
from validator.readers.cloudformation.intrinsics.choice import branches
from validator.readers.cloudformation.intrinsics.reference import computable, ref_name, target
from validator.readers.cloudformation.intrinsics.registry import FUNCTIONS
from validator.readers.cloudformation.intrinsics.sub import NAME, parts, variables
from validator.readers.cloudformation.loops import looped_text
from validator.readers.cloudformation.nodes import Call, call, items, member, scalar_text, walk
from validator.readers.cloudformation.pseudo import NAMES
from validator.records import dataclass, field

if TYPE_CHECKING:
    from validator.readers.cloudformation.scope import Scope

# How many operands the functions of conditions take.
_OPERANDS = {
    "Fn::Equals": range(2, 3),
    "Fn::Not": range(1, 2),
    "Fn::And": range(2, 11),
    "Fn::Or": range(2, 11),
}
_OPERANDS_WORDS = {
    "Fn::Equals": "two values",
    "Fn::Not": "one condition",
    "Fn::And": "two to ten conditions",
    "Fn::Or": "two to ten conditions",
}
_ONLY_IN_CONDITIONS = frozenset(("Fn::Equals", "Fn::And", "Fn::Or", "Fn::Not"))


@dataclass(slots=True)
class Uses:
    """Names that some nodes refer to, in the order met; of resources, with the attributes."""

    conditions: dict[str, None] = field(default_factory=dict[str, None])
    names: dict[str, set[str]] = field(default_factory=dict[str, set[str]])
    faults: list[Diagnostic] = field(default_factory=list[Diagnostic])

    def name(self, name: str, attribute: str) -> None:
        """Note a reference."""
        self.names.setdefault(name, set()).add(attribute)


def uses(scope: Scope, nodes: Iterable[Node], loops: Mapping[str, str]) -> Uses:
    """What is referred to anywhere below some nodes, whatever the conditions."""
    found = Uses()
    for top in nodes:
        for node in walk(top):
            called = call(node)
            if called is not None:
                _note(scope, called, found, loops)
    return found


def condition_uses(scope: Scope, top: Node, loops: Mapping[str, str]) -> Uses:
    """What a condition's expression refers to; a `Ref` that is compared as it is does not count."""
    found = Uses()
    compared: set[int] = set()
    for node in walk(top):
        called = condition_call(node)
        if called is None:
            continue
        if called.name == "Condition":
            name = looped_text(scalar_text(called.argument) or "", loops)
            found.conditions[name] = None
            if name not in scope.stack.conditions and not _may_be_made(scope, name):
                message = f"there is no condition {name}" if name else "Condition takes a name"
                found.faults.append(Diagnostic(scope.span(node), message, "syntax"))
        elif called.name in _OPERANDS and len(items(called.argument)) not in _OPERANDS[called.name]:
            message = f"{called.name} takes {_OPERANDS_WORDS[called.name]} in a list"
            found.faults.append(Diagnostic(scope.span(node), message, "syntax"))
        elif called.name == "Fn::Equals":
            # A parent is met before what is in it.
            compared.update(id(operand) for operand in items(called.argument))
        elif called.name not in _ONLY_IN_CONDITIONS and (
            called.name != "Ref" or id(node) not in compared
        ):
            _note(scope, called, found, loops)
    return found


def _note(scope: Scope, called: Call, found: Uses, loops: Mapping[str, str]) -> None:
    name, argument = called.name, called.argument

    def fault(message: str) -> None:
        found.faults.append(Diagnostic(scope.span(called.node), message, "syntax"))

    match name:
        case "Ref":
            words = ref_name(scope, argument)
            if words is None and not computable(scope, argument):
                fault("Ref takes a name")
            elif words is not None:
                found.name(looped_text(words, loops), "Ref")
        case "Fn::GetAtt":
            pointed = target(scope, argument)
            if pointed is None:
                fault("Fn::GetAtt takes a resource and an attribute")
            elif pointed[0]:
                found.name(looped_text(pointed[0], loops), pointed[1])
        case "Fn::Sub":
            _note_sub(argument, found, loops, fault)
        case "Fn::If":
            chosen = branches(argument)
            if chosen is None:
                fault("Fn::If takes a condition's name and two values")
            else:
                condition = looped_text(chosen[0], loops)
                found.conditions[condition] = None
                if condition not in scope.stack.conditions and not _may_be_made(scope, condition):
                    fault(f"there is no condition {condition}")
        case "Fn::FindInMap":
            arguments = items(argument)
            mapping = scalar_text(arguments[0]) if len(arguments) in (3, 4) else None
            if len(arguments) not in (3, 4):
                fault("Fn::FindInMap takes a mapping and two keys")
            elif (
                mapping is not None
                and scope.stack.template.mapping(mapping) is None
                and len(arguments) == 3
                and not _may_be_made(scope, mapping)
            ):
                fault(f"there is no mapping {mapping}")
        case "Fn::Join" | "Fn::Select" | "Fn::Split":
            if len(items(argument)) != 2:
                fault(f"{name} takes two arguments in a list")
        case _:
            if name not in FUNCTIONS and name not in _ONLY_IN_CONDITIONS:
                fault(f"{name} is no function of CloudFormation")


def _may_be_made(scope: Scope, name: str) -> bool:
    """Whether a name that nothing declares may come from a macro, or from a loop's variable."""
    template = scope.stack.template
    return "{" in name or bool(template.opaque) or template.included


def _note_sub(
    argument: Node, found: Uses, loops: Mapping[str, str], fault: Callable[[str], None]
) -> None:
    given = parts(argument)
    if given is None:
        fault("Fn::Sub takes a text, or a text and an object of names")
        return
    words, names = given
    for variable in variables(words):
        if member(names, variable) is not None:
            continue
        name = looped_text("${" + variable + "}", loops)
        if not name.startswith("${"):
            continue
        if not NAME.fullmatch(variable):
            fault(f"${{{variable}}} is no name for Fn::Sub; ${{!{variable}}} writes it as it is")
            continue
        resource, _, attribute = variable.partition(".")
        found.name(variable if variable in NAMES else resource, attribute or "Ref")
