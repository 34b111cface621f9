"""Conditions, three-valued: true, false, or open with a reason.

<https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-conditions.html>
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias

from yaml.nodes import MappingNode, Node

from validator.graph import values as v
from validator.graph.span import Span
from validator.graph.text import Hole, Symbol, Text
from validator.readers.cloudformation.loops import looped_text, marks
from validator.readers.cloudformation.nodes import Call, call, items, scalar_text, texts, walk
from validator.readers.cloudformation.parameters import parameter
from validator.readers.cloudformation.pieces import (
    canonical,
    differ,
    open_keys,
    open_piece,
    symbol_key,
)
from validator.readers.cloudformation.pseudo import SYMBOLS
from validator.records import dataclass

if TYPE_CHECKING:
    from validator.readers.cloudformation.scope import Scope

MAX_DEPTH: Final = 100

Answer: TypeAlias = "v.Known[bool] | v.Unknown"


@dataclass(frozen=True, slots=True)
class Compared:
    """An open comparison: of a value with a literal, or of two texts (then without a literal).

    `roots` are the keys of all that the outcome hangs on.
    """

    key: str
    literal: str | None
    roots: frozenset[str]


def answer(scope: Scope, node: Node) -> Answer:
    """Whether a condition's expression is true."""
    budget = scope.budget
    budget.total -= 1
    if budget.depth >= MAX_DEPTH or budget.total < 0:
        return v.Unknown("conditions are nested too deeply", scope.span(node))
    budget.depth += 1
    try:
        return _answer(scope, node, scope.span(node))
    finally:
        budget.depth -= 1


def _answer(scope: Scope, node: Node, span: Span) -> Answer:
    called = condition_call(node)
    if called is None:
        return v.Unknown("this is no condition", span)
    parts = items(called.argument)
    match called.name:
        case "Condition":
            name = scalar_text(called.argument)
            if name is None:
                return v.Unknown("this is no condition", span)
            return scope.condition(looped_text(name, scope.loops), node)
        case "Fn::Equals" if len(parts) == 2:
            return _equals(scope, parts[0], parts[1], span)
        case "Fn::Not" if len(parts) == 1:
            inner = answer(scope, parts[0])
            return inner if isinstance(inner, v.Unknown) else v.Known(not inner.value, span)
        case "Fn::And":
            return _all([answer(scope, part) for part in parts], span, decisive=False)
        case "Fn::Or":
            return _all([answer(scope, part) for part in parts], span, decisive=True)
        case "Fn::Contains" | "Fn::EachMemberIn" if len(parts) == 2:
            one, other = (scope.value(part) for part in parts)
            wanted, allowed = (other, one) if called.name == "Fn::Contains" else (one, other)
            return _among(wanted, allowed, span)
        case "Fn::EachMemberEquals" if len(parts) == 2:
            return _among(scope.value(parts[0]), scope.value(parts[1]), span)
        case _:
            return v.Unknown(f"{called.name} is no condition that is known here", span)


def condition_call(node: Node) -> Call | None:
    """The function that a condition's expression calls; `Condition` counts here."""
    found = call(node)
    if found is None and isinstance(node, MappingNode) and len(node.value) == 1:
        key, value = node.value[0]
        if key.value == "Condition":
            return Call("Condition", value, node)
    return found


def _all(answers: list[Answer], span: Span, *, decisive: bool) -> Answer:
    opened: v.Unknown | None = None
    for one in answers:
        if isinstance(one, v.Unknown):
            opened = one if opened is None else opened
        elif one.value is decisive:
            return v.Known(decisive, span)
    return v.Known(not decisive, span) if opened is None else opened


def _among(wanted: v.Node | None, allowed: v.Node | None, span: Span) -> Answer:
    """Whether every wanted text is one of the allowed ones; both may be one text or a list."""
    sought, listed = _texts(wanted), _texts(allowed)
    if sought is None or listed is None:
        return v.Unknown("a list in a rule is not known", span)
    every = True
    for words in sought:
        if any(words.matches(one) for one in listed):
            continue
        if not all(differ(words, one) for one in listed):
            return v.Unknown("a value in a rule is not known", span)
        every = False
    return v.Known(every, span)


def _texts(node: v.Node | None) -> list[Text] | None:
    match node:
        case v.Known(value=v.Items(items=parts, rest=None)):
            found = [v.as_text(part) for part in parts]
            return [words for words in found if words is not None]
        case v.Known():
            words = v.as_text(node)
            return None if words is None else [words]
        case _:
            return None


def _equals(scope: Scope, left: Node, right: Node, span: Span) -> Answer:
    one, other = scope.value(left), scope.value(right)
    if one is None or other is None:
        return v.Unknown("AWS::NoValue cannot be compared", span)
    words, others = v.as_text(one), v.as_text(other)
    if words is None or others is None:
        return v.Unknown("only texts can be compared", span)
    if words.matches(others):
        return v.Known(True, span)
    if differ(words, others):
        return v.Known(False, span)
    assumed = _assumed(scope, words, others, (left, right), span)
    return _opened(one, other, span) if assumed is None else assumed


def _opened(one: v.Node, other: v.Node, span: Span) -> v.Unknown:
    for node in (one, other):
        if isinstance(node, v.Unknown):
            return v.Unknown(node.why, span, supply=node.supply)
        words = v.as_text(node)
        for piece in words.pieces if words is not None else ():
            found = open_piece(piece)
            if found is not None:
                return v.Unknown(found.why, span, supply=found.supply)
    return v.Unknown("this is known only at the deploy", span)


def variable(words: Text) -> str | None:
    """The key of a text that is one open value and nothing else."""
    match words.pieces:
        case (Hole(key=key),):
            return key
        case (Symbol(kind=kind, scope=scope),):
            return symbol_key(kind, scope)
        case _:
            return None


def _assumed(
    scope: Scope, one: Text, other: Text, nodes: tuple[Node, Node], span: Span
) -> Answer | None:
    """The outcome in this world; noted as open while worlds are looked for."""
    for words, others in ((one, other), (other, one)):
        literal, key = others.literal, variable(words)
        if literal is None or key is None:
            continue
        if scope.compared is not None:
            roots = frozenset((key,)) | _roots(scope, nodes)
            scope.compared.append(Compared(key, literal, roots))
        if key in scope.assumption.values:
            return v.Known(scope.assumption.values[key] == literal, span)
        if literal in scope.assumption.others.get(key, ()):
            return v.Known(False, span)
        return None
    atom = " = ".join(sorted((canonical(one), canonical(other))))
    if scope.compared is not None:
        roots = open_keys(one) | open_keys(other) | _roots(scope, nodes)
        scope.compared.append(Compared(atom, None, roots))
    outcome = scope.assumption.atoms.get(atom)
    return None if outcome is None else v.Known(outcome, span)


def _roots(scope: Scope, nodes: tuple[Node, Node]) -> frozenset[str]:
    """The keys of the open parameters that two operands are made of."""
    found: set[str] = set()
    for top in nodes:
        for node in walk(top):
            called = call(node)
            if called is None:
                continue
            names: list[str] = []
            if called.name == "Ref":
                names = [scalar_text(called.argument) or ""]
            elif called.name == "Fn::Sub":
                words = next(iter(texts(called.argument)), None)
                names = [] if words is None else [name for _, _, name in marks(words.value)]
            for name in names:
                value = parameter(scope, name)
                if isinstance(value, v.Unknown):
                    found.add(value.key)
                elif name in SYMBOLS:
                    found.add(symbol_key(SYMBOLS[name], scope.stack.elsewhere))
    return frozenset(found)
