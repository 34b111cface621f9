"""`Ref` and `Fn::GetAtt`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from yaml.nodes import Node, SequenceNode

from validator.aws import returned
from validator.graph import values as v
from validator.graph.text import Dangling, Hole, Piece, Ref, Text, text
from validator.readers.cloudformation.intrinsics.registry import function
from validator.readers.cloudformation.loops import looped_text
from validator.readers.cloudformation.nodes import Call, items, scalar_text
from validator.readers.cloudformation.nodes import call as called
from validator.readers.cloudformation.parameters import parameter
from validator.readers.cloudformation.pseudo import NAMES, pseudo
from validator.readers.cloudformation.template import LANGUAGE_EXTENSIONS, Written, type_of
from validator.readers.cloudformation.vocabulary import looks

if TYPE_CHECKING:
    from validator.readers.cloudformation.scope import Scope

REF: Final = "Ref"
# How many parts an attribute may be written in.
MAX_STEPS: Final = 10


@function("Ref")
def ref(scope: Scope, call: Call) -> v.Node | None:
    """A loop variable, pseudo parameter, parameter, or what a resource returns."""
    name = ref_name(scope, call.argument)
    if name is None:
        may = computable(scope, call.argument)
        why = "which name Ref is given is not known" if may else "Ref takes a name"
        return scope.unknown(call.node, why)
    return named(scope, name, call.node)


def computable(scope: Scope, argument: Node) -> bool:
    """Whether a function may stand where `Ref` and `Fn::GetAtt` take a name.

    <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-ref.html>
    """
    return LANGUAGE_EXTENSIONS in scope.stack.template.transforms and called(argument) is not None


def ref_name(scope: Scope, argument: Node) -> str | None:
    """The name that `Ref` takes, written or computed; None if it is neither."""
    name = scalar_text(argument)
    return scope.literal(argument) if name is None and computable(scope, argument) else name


def named(scope: Scope, name: str, node: Node) -> v.Node | None:
    """What `Ref` gives for a name."""
    if name in scope.loops:
        return v.Known(text(scope.loops[name]), scope.span(node))
    if name in NAMES:
        return pseudo(scope, name, node)
    name = looped_text(name, scope.loops)
    found = parameter(scope, name)
    if found is not None:
        return v.moved(found, scope.span(node))
    return attribute(scope, name, REF, node)


@function("Fn::GetAtt")
def get_att(scope: Scope, call: Call) -> v.Node | None:
    """An attribute of a resource, written `Name.Attribute` or as a list."""
    found = target(scope, call.argument)
    if found is None:
        return scope.unknown(call.node, "Fn::GetAtt takes a resource and an attribute")
    name, attribute_name = found
    if not attribute_name:
        return scope.unknown(call.node, "which attribute Fn::GetAtt names is not known")
    return attribute(scope, name, attribute_name, call.node)


def target(scope: Scope, argument: Node) -> tuple[str, str] | None:
    """The resource and the attribute that `Fn::GetAtt` names, empty where they are open."""
    if isinstance(argument, SequenceNode):
        parts = items(argument)
        if not 2 <= len(parts) <= MAX_STEPS:
            return None
        # With the language extensions both may be computed.
        words = [scope.literal(part) for part in parts]
        rest = [part for part in words[1:] if part is not None]
        if words[0] is None or len(rest) < len(words) - 1:
            return words[0] or "", ""
        return words[0], ".".join(rest)
    text = scalar_text(argument)
    if text is None and computable(scope, argument):
        text = scope.literal(argument)
        if text is None:
            return "", ""
    if text is None or "." not in text:
        return None
    name, _, attribute_name = looped_text(text, scope.loops).partition(".")
    return name, attribute_name


def attribute(scope: Scope, name: str, attribute_name: str, node: Node) -> v.Node:
    """What a resource returns, by `Ref` or under an attribute's name."""
    span = scope.span(node)
    written = scope.stack.resources.get(name)
    if written is None:
        return v.Known(Text((_undeclared(scope, name, attribute_name),)), span)
    exists = scope.exists(written)
    if isinstance(exists, v.Known) and not exists.value:
        why = f"{name} exists only if {written.words('Condition')} is true"
        return v.Known(Text((Dangling(name, why),)), span)
    type_ = type_of(written)
    words = returned("cloudformation", type_)
    if words is not None and attribute_name in words:
        word = words[attribute_name]
        piece = Ref(scope.stack.address(name), word, looks(type_, word))
        return v.Known(Text((piece,)), span)
    if attribute_name.startswith("Outputs."):
        inner = _output(scope, written, attribute_name.removeprefix("Outputs."), node)
        if inner is not None:
            return inner
    return _later(scope, written, attribute_name, node)


def _later(scope: Scope, written: Written, attribute_name: str, node: Node) -> v.Node:
    shown = written.name if attribute_name == REF else f"{written.name}.{attribute_name}"
    why = f"{shown} is known only after the deploy"
    key = scope.stack.address(shown)
    type_ = type_of(written)
    if type_.startswith("Custom::") or type_ == "AWS::CloudFormation::CustomResource":
        # It may return lists and objects as well.
        return scope.unknown(node, why, key=key)
    made_by = type_ if attribute_name == REF else ""
    return v.Known(Text((Hole(key, why, made_by=made_by),)), scope.span(node))


def _undeclared(scope: Scope, name: str, attribute_name: str) -> Piece:
    template = scope.stack.template
    shown = name if attribute_name == REF else f"{name}.{attribute_name}"
    key = scope.stack.address(shown)
    if template.serverless:
        return Hole(key, f"{name} is nothing written here: the SAM transform may make it")
    if template.opaque:
        return Hole(key, f"{name} is nothing written here: {template.opaque[0][1]} may make it")
    return Dangling(name, f"no {name} is declared")


def _output(scope: Scope, written: Written, output: str, node: Node) -> v.Node | None:
    """The value of a nested stack's output."""
    child = scope.child(written.name)
    if child is None:
        return None
    declared = child.stack.outputs.get(output)
    span = scope.span(node)
    if declared is None:
        if child.stack.template.opaque:
            return None
        why = f"the template of {written.name} has no output {output}"
        return v.Known(Text((Dangling(f"{written.name}.Outputs.{output}", why),)), span)
    inner = child.within(declared)
    value = declared.get("Value")
    found = None if value is None else inner.value(value)
    if found is None:
        return scope.unknown(node, f"output {output} of {written.name} has no value")
    step = v.Step(f"output {output} of {written.name}", inner.span(declared.key))
    return v.moved(v.reached(found, step), span)
