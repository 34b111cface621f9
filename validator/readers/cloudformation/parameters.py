"""What a parameter is: given from outside, its default, what a world takes it for, or unknown.

<https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html>
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from yaml.nodes import Node, ScalarNode

from validator.findings import Diagnostic
from validator.graph import values as v
from validator.graph.imports import EXPORT
from validator.graph.span import Span
from validator.graph.stored import PARAMETER_NAME, TOGETHER, stored
from validator.graph.text import Lit, Text
from validator.readers.cloudformation.nodes import items, member, plain
from validator.readers.cloudformation.pieces import split
from validator.readers.cloudformation.template import Written
from validator.records import replace

if TYPE_CHECKING:
    from validator.readers.cloudformation.scope import Scope


def parameter(scope: Scope, name: str) -> v.Node | None:
    """The value of a parameter; None if the template does not declare it."""
    found = scope.parameters.get(name)
    if found is None:
        written = scope.stack.template.parameters.get(name)
        if written is None:
            return None
        found = scope.parameters[name] = _value(scope, written)
    return found


def key_of(scope: Scope, name: str) -> str:
    """The key of a parameter's value while it is open."""
    return scope.stack.address(name)


def allowed_values(written: Written) -> list[ScalarNode]:
    """The nodes of `AllowedValues`."""
    return [item for item in items(written.get("AllowedValues")) if isinstance(item, ScalarNode)]


def secret(written: Written) -> bool:
    """Whether the value must never be printed."""
    return (written.words("NoEcho") or "").lower() in ("true", "yes")


def is_list(written: Written) -> bool:
    """Whether the value is a list, written with commas."""
    type_ = written.words("Type") or ""
    return type_ == "CommaDelimitedList" or type_.startswith("List<")


def is_looked_up(written: Written) -> bool:
    """Whether the value is the name of an SSM parameter, whose value is meant."""
    return (written.words("Type") or "").startswith("AWS::SSM::Parameter::Value")


def is_list_of_looked_up(written: Written) -> bool:
    """Whether the SSM parameter's value is a list."""
    return "List" in (written.words("Type") or "").removeprefix("AWS::SSM::Parameter::Value")


def scalar_words(node: Node | None) -> str | None:
    """A scalar as the text that CloudFormation makes of it."""
    if not isinstance(node, ScalarNode):
        return None
    found = plain(node)
    if isinstance(found, str):
        return found
    words = v.as_text(v.Known(found, Span("", 0, 0, 0, 0)))
    return None if words is None else words.literal


def _value(scope: Scope, written: Written) -> v.Node:
    span = scope.span(written.key)
    default = written.get("Default")
    given = scope.given.get(written.name)
    if scope.parent is not None:
        passed = _passed(scope, scope.parent, written)
        if passed is not None:
            return passed
    elif given is not None:
        place = given.span or span
        if given.text is None:
            why = f"parameter {written.name} keeps its previous value"
            return _open(scope, written, why)
        step = v.Step(f"parameter {written.name}, {given.how}", place)
        return _typed(scope, written, given.text, given.span, step)
    if default is not None:
        words = scalar_words(default)
        step = v.Step(f"parameter {written.name}, default", scope.span(default))
        if words is None:
            why = f"the default of parameter {written.name} is no text"
            return _open(scope, written, why)
        return _typed(scope, written, words, _text_span(scope, default), step)
    assumed = scope.assumption.values.get(key_of(scope, written.name))
    if assumed is not None:
        place = next(
            (scope.span(node) for node in allowed_values(written) if scalar_words(node) == assumed),
            span,
        )
        shown = "a secret value" if secret(written) else f'"{assumed}"'
        step = v.Step(f"parameter {written.name}, taken to be {shown}", place)
        return _typed(scope, written, assumed, None, step)
    return _open(scope, written, f"parameter {written.name} has no value")


def _text_span(scope: Scope, node: Node) -> Span:
    if isinstance(node, ScalarNode):
        lits = scope.stack.template.source.written(node)
        if lits and lits[0].span is not None:
            return lits[0].span
    return scope.span(node)


def _open(scope: Scope, written: Written, why: str) -> v.Unknown:
    supply = f"--parameter {written.name}=VALUE"
    if scope.parent is not None or is_looked_up(written):
        supply = ""
    key = key_of(scope, written.name)
    return v.Unknown(why, scope.span(written.key), supply=supply, key=key)


def _typed(scope: Scope, written: Written, words: str, place: Span | None, step: v.Step) -> v.Node:
    if is_looked_up(written):
        why = f"parameter {written.name} is read from the SSM parameter {words} at the deploy"
        found = replace(_open(scope, written, why), trail=(step,))
        where = scope.reading_place
        if where is None or is_list_of_looked_up(written) or not PARAMETER_NAME.fullmatch(words):
            return found
        return replace(found, supply=TOGETHER, key=EXPORT + stored(words, where))
    lit = Lit(words, place, sensitive=secret(written))
    value = Text((lit,) if words else ())
    span = scope.span(written.key)
    if not is_list(written):
        return v.Known(value, span, (step,))
    return v.Known(_as_list(value, span), span, (step,))


def _as_list(value: Text, span: Span) -> v.Items:
    parts, rest = split(value, ",")
    nodes: list[v.Node] = [v.Known(_trimmed(part), span) for part in parts]
    end = None if rest is None else v.Unknown(rest.why, span, supply=rest.supply)
    return v.Items(tuple(nodes), end)


def _trimmed(value: Text) -> Text:
    pieces = list(value.pieces)
    if pieces and isinstance(pieces[0], Lit):
        lit = pieces[0]
        text = lit.text.lstrip()
        place = lit.span
        if place is not None and place.line == place.end_line:
            place = replace(place, column=place.column + len(lit.text) - len(text))
        pieces[0] = replace(lit, text=text, span=place)
    if pieces and isinstance(pieces[-1], Lit):
        pieces[-1] = replace(pieces[-1], text=pieces[-1].text.rstrip())
    return Text(tuple(piece for piece in pieces if not isinstance(piece, Lit) or piece.text))


def _passed(scope: Scope, parent: Scope, written: Written) -> v.Node | None:
    """What the parent stack passes, or None if it passes nothing."""
    stack = scope.stack.written
    if stack is None:
        return None
    outer = parent.within(stack)
    node = _handed(member(stack.get("Properties"), "Parameters"), written.name)
    found = None if node is None else outer.value(node)
    if node is None or found is None:
        return None
    step = v.Step(f"parameter {written.name} of {stack.name}", outer.span(node))
    found = v.reached(found, step)
    if is_looked_up(written):
        return _open(scope, written, f"parameter {written.name} is read from SSM at the deploy")
    if secret(written):
        found = _hidden(found)
    words = v.as_text(found)
    if isinstance(found, v.Known) and is_list(written) and words is not None:
        return replace(found, value=_as_list(words, found.span))
    return found


def unfit(scope: Scope) -> Iterator[Diagnostic]:
    """The values, given or by default, that the template's own `AllowedValues` refuse."""
    for name, written in scope.stack.template.parameters.items():
        allowed = {scalar_words(node) for node in allowed_values(written)}
        given, default = scope.given.get(name), written.get("Default")
        if not allowed or (given is None and default is None):
            continue
        if given is None:
            text, place, kind = scalar_words(default), scope.span(written.key), "the default"
        else:
            text, place, kind = given.text, given.span or scope.span(written.key), given.how
        members = text.split(",") if text is not None and is_list(written) else [text]
        # A member with a comma may be allowed as it is.
        if text not in allowed and any(
            one is not None and one.strip() not in allowed for one in members
        ):
            message = f"parameter {name}: {kind} is none of its AllowedValues"
            yield Diagnostic(place, message, "syntax" if given is None else "config")


def _handed(parameters: Node | None, name: str) -> Node | None:
    """The node of a parameter that a stack (an object) or a stack set (a list) hands on."""
    for item in items(parameters):
        if scalar_words(member(item, "ParameterKey")) == name:
            return member(item, "ParameterValue")
    return member(parameters, name)


def _hidden(node: v.Node) -> v.Node:
    match node:
        case v.Known(value=Text(pieces=pieces)):
            hidden = tuple(
                replace(piece, sensitive=True) if isinstance(piece, Lit) else piece
                for piece in pieces
            )
            return replace(node, value=Text(hidden))
        case _:
            return node
