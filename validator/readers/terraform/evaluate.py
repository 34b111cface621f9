"""Evaluating expressions, as Terraform does and further where it would say "known after apply".

Nothing raises because of what a configuration says: what Terraform refuses is an `Unk` with
`error`, and `try` and `can` look for those.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from validator.graph.values import Lit, Piece, Span, Step, Text
from validator.readers.terraform.cty import operators, text
from validator.readers.terraform.cty.access import attribute, index
from validator.readers.terraform.cty.convert import as_string, converted, distinct
from validator.readers.terraform.cty.types import BOOL, DYNAMIC, STRING, Type, unify
from validator.readers.terraform.cty.values import (
    MAX_TRAIL,
    Bool,
    Key,
    Lazy,
    Limit,
    Null,
    Num,
    Obj,
    Refused,
    Seq,
    Str,
    Unk,
    Val,
    number,
    refusal,
    refused,
    string,
    type_of,
)
from validator.readers.terraform.hcl import tree

MAX_DEPTH = 400
MAX_STEPS = 500_000


class Budget:
    """What evaluation may still cost; one for a whole unit."""

    __slots__ = ("depth", "steps")

    def __init__(self, steps: int = MAX_STEPS) -> None:
        self.steps = steps
        self.depth = 0

    def spend(self, steps: int) -> None:
        """Count work. Raises `Limit`."""
        self.steps -= steps
        if self.steps < 0:
            raise Limit(f"evaluating this unit takes more than {MAX_STEPS} steps")

    def look(self, *values: Val) -> None:
        """Count the work of looking through whole values. Raises `Limit`."""
        work = 0
        for value in values:
            work += value.size
            if isinstance(value, Str):
                work += sum(len(one.text) for one in value.pieces if isinstance(one, Lit)) // 32
        self.spend(work // 8)


class Names(Protocol):
    """What references mean in a module."""

    @property
    def budget(self) -> Budget:
        """What evaluation may still cost."""
        ...

    def reference(self, root: str, name: str, scope: Scope, span: Span) -> Val | None:
        """`root.name`; None if `root` is nothing that has names."""
        ...

    def data(self, type_: str, name: str, span: Span) -> Val:
        """`data.type.name`."""
        ...

    def call(self, name: str, arguments: list[Val], node: tree.Call, scope: Scope) -> Val:
        """A function that is no special form."""
        ...


class Scope:
    """Where an expression stands: its module, and the names that a loop or a block binds."""

    __slots__ = ("bound", "module")

    def __init__(self, module: Names, bound: dict[str, Val] | None = None) -> None:
        self.module = module
        self.bound = bound or {}

    def binding(self, **names: Val) -> Scope:
        """The scope with more names."""
        return Scope(self.module, {**self.bound, **names})


def evaluate(node: tree.Expr, scope: Scope) -> Val:
    """The value of an expression."""
    budget = scope.module.budget
    budget.depth += 1
    try:
        budget.spend(1)
        if budget.depth > MAX_DEPTH:
            raise Limit("this leads through too many other expressions")
        return _EVALUATE[type(node)](node, scope)
    except Limit as error:
        span = node.span
        key = f"{span.file}:{span.line}:{span.column}"
        return Unk(f"not evaluated: {error.why}", DYNAMIC, span, key=key)
    except Refused as error:
        return refused(error.why, node.span)
    finally:
        budget.depth -= 1


# --- leaves and references ---------------------------------------------------------------------


def _literal(node: tree.Literal, scope: Scope) -> Val:
    match node.value:
        case None:
            return Null(DYNAMIC, node.span)
        case bool() as flag:
            return Bool(flag, node.span)
        case amount:
            return Num(amount, node.span)


def _name(node: tree.Name, scope: Scope) -> Val:
    found = scope.bound.get(node.name)
    if found is not None:
        return found.at(node.span)
    return refused(f"nothing is called {node.name} here", node.span)


def _attr(node: tree.Attr, scope: Scope) -> Val:
    of = node.of
    if isinstance(of, tree.Name) and of.name not in scope.bound:
        found = scope.module.reference(of.name, node.name, scope, node.span)
        if found is not None:
            return found if isinstance(found, Lazy) else found.at(node.span)
    elif (
        isinstance(of, tree.Attr)
        and isinstance(of.of, tree.Name)
        and of.of.name == "data"
        and "data" not in scope.bound
    ):
        return scope.module.data(of.name, node.name, node.span)
    return _within(attribute(evaluate(of, scope), node.name, node.span), node.span)


def _within(found: Val, span: Span) -> Val:
    return found if isinstance(found, Lazy) else found.at(span)


def _index(node: tree.Index, scope: Scope) -> Val:
    of = evaluate(node.of, scope)
    return _within(index(of, evaluate(node.key, scope), node.span), node.span)


def _each(node: tree.Each, scope: Scope) -> Val:
    return scope.bound["*"]


def _splat(node: tree.Splat, scope: Scope) -> Val:
    of = evaluate(node.of, scope)
    if isinstance(of, Null):
        return Seq("tuple", [], span=node.span)
    if isinstance(of, Unk):
        kind = of.type.kind
        if of.error or kind in ("dynamic", "tuple"):
            return of.of(DYNAMIC, f"{of.key}[*]")
        if kind in ("list", "set"):
            item = of.of(of.type.element or DYNAMIC, f"{of.key}[*]")
            made = evaluate(node.each, scope.binding(**{"*": item}))
            return of.of(Type("list", type_of(made)), f"{of.key}[*]")
        return of.of(DYNAMIC, f"{of.key}[*]")
    if not isinstance(of, Seq):
        of = Seq("tuple", [of], span=of.span)
    scope.module.budget.spend(len(of.items))
    items = [evaluate(node.each, scope.binding(**{"*": item})) for item in of.items]
    rest = of.rest.of(DYNAMIC) if of.rest is not None else None
    if of.kind == "tuple":
        return Seq("tuple", items, rest=rest, span=node.span)
    element = unify([type_of(item) for item in items]) if items else DYNAMIC
    return Seq("list", items, element or DYNAMIC, rest, node.span)


# --- operators ---------------------------------------------------------------------------------


def _unary(node: tree.Unary, scope: Scope) -> Val:
    return operators.unary(node.operator, evaluate(node.x, scope)).at(node.span)


def _binary(node: tree.Binary, scope: Scope) -> Val:
    left = evaluate(node.left, scope)
    if node.operator in ("&&", "||"):
        return operators.logic(node.operator, left, lambda: evaluate(node.right, scope)).at(
            node.span
        )
    right = evaluate(node.right, scope)
    scope.module.budget.look(left, right)
    return operators.binary(node.operator, left, right).at(node.span)


def _conditional(node: tree.Conditional, scope: Scope) -> Val:
    test = evaluate(node.test, scope)
    if isinstance(test, Null):
        raise Refused("the condition is null")
    test = converted(test, BOOL)
    if isinstance(test, Unk) and test.error:
        return test
    yes, no = evaluate(node.yes, scope), evaluate(node.no, scope)
    scope.module.budget.look(yes, no)
    type_ = _branch_type(yes, no)
    if isinstance(test, Bool):
        chosen = yes if test.value else no
        if type_ is None:
            if type_of(yes).open or type_of(no).open:
                return chosen
            raise Refused("the two results of this condition have different types")
        chosen = _as(chosen, type_)
        return chosen.hidden() if test.secret else chosen
    if isinstance(test, Unk):
        both = operators.equal(yes, no)
        if both is True:
            return yes
        return Unk(
            test.why,
            type_ or DYNAMIC,
            node.span,
            supply=test.supply,
            key=f"{test.key or text.key_of(test)} ? {text.key_of(yes)} : {text.key_of(no)}",
            present=not _nullable(yes) and not _nullable(no),
        )
    raise Refused("the condition is neither true nor false")


def _nullable(value: Val) -> bool:
    return isinstance(value, Null) or (isinstance(value, Unk) and not value.present)


def _branch_type(yes: Val, no: Val) -> Type | None:
    types = [
        type_of(one) for one in (yes, no) if not (isinstance(one, Null) and one.type == DYNAMIC)
    ]
    if any(isinstance(one, Unk) and one.error for one in (yes, no)):
        return DYNAMIC
    return unify(types) if types else DYNAMIC


def _as(value: Val, type_: Type) -> Val:
    if isinstance(value, Lazy) or type_of(value) == type_:
        return value
    try:
        return converted(value, type_)
    except Refused:
        return value


# --- collections -------------------------------------------------------------------------------


def _tuple(node: tree.Tuple, scope: Scope) -> Val:
    return Seq("tuple", [evaluate(item, scope) for item in node.items], span=node.span)


def _object(node: tree.Object, scope: Scope) -> Val:
    entries: dict[Key, Val] = {}
    spans: dict[Key, Span] = {}
    rest: Unk | None = None
    for key_node, value_node in node.entries:
        key_value = _object_key(key_node, scope)
        value = evaluate(value_node, scope)
        if isinstance(key_value, Unk):
            if key_value.error:
                return key_value
            key: Key = Text((key_value.piece(),))
        elif isinstance(key_value, Str):
            known = text.lit(key_value)
            key = Text(text.merged(key_value.pieces)) if known is None else known
        else:
            raise Refused("the key of an object is null")
        entries[key] = value
        spans[key] = key_node.span
    made = Obj("object", entries, rest=rest, span=node.span)
    made.key_spans = spans
    return made


def _object_key(node: tree.Expr, scope: Scope) -> Val:
    if isinstance(node, tree.Name):
        return string(node.name, node.span)
    if isinstance(node, tree.Literal) and not isinstance(node.value, bool | None):
        return string(text.number(node.value), node.span)
    if isinstance(node, tree.Literal):
        return string(node.source.text[node.start : node.end], node.span)
    return as_string(evaluate(node, scope))


def _for(node: tree.For, scope: Scope) -> Val:
    of = evaluate(node.of, scope)
    if isinstance(of, Unk):
        return of.of(DYNAMIC, f"for {of.key}" if of.key else "")
    pairs, rest = pairs_of(of)
    if node.key is not None:
        return _for_object(node, pairs, rest, scope)
    items: list[Val] = []
    for inner in _rounds(node, pairs, scope):
        if isinstance(inner, Unk):
            if inner.error:
                return inner
            rest = inner
            continue
        items.append(evaluate(node.value, inner))
    return Seq("tuple", items, rest=rest and rest.of(DYNAMIC), span=node.span)


def _rounds(node: tree.For, pairs: list[tuple[Val, Val]], scope: Scope) -> Any:
    """The scope of each round that is not left out; an unknown where nobody can tell."""
    scope.module.budget.spend(len(pairs))
    for key, value in pairs:
        bound = {node.value_name: value}
        if node.key_name:
            bound[node.key_name] = key
        inner = scope.binding(**bound)
        if node.test is not None:
            test = converted(evaluate(node.test, inner), BOOL)
            if isinstance(test, Unk):
                yield test
                continue
            if not isinstance(test, Bool):
                raise Refused("the condition of this for expression is null")
            if not test.value:
                continue
        yield inner


def _for_object(
    node: tree.For, pairs: list[tuple[Val, Val]], rest: Unk | None, scope: Scope
) -> Val:
    assert node.key is not None
    entries: dict[Key, Val] = {}
    groups: dict[Key, list[Val]] = {}
    for inner in _rounds(node, pairs, scope):
        if isinstance(inner, Unk):
            if inner.error:
                return inner
            rest = inner
            continue
        key_value = as_string(evaluate(node.key, inner))
        value = evaluate(node.value, inner)
        if isinstance(key_value, Unk):
            if key_value.error:
                return key_value
            key: Key = Text((key_value.piece(),))
        elif isinstance(key_value, Str):
            known = text.lit(key_value)
            key = Text(text.merged(key_value.pieces)) if known is None else known
        else:
            raise Refused("a key of this for expression is null")
        if node.group:
            groups.setdefault(key, []).append(value)
        elif key in entries:
            raise Refused(f"two items of this for expression have the key {key}")
        else:
            entries[key] = value
    if node.group:
        entries = {key: Seq("tuple", values, span=node.span) for key, values in groups.items()}
    return Obj("object", entries, rest=rest and rest.of(DYNAMIC), span=node.span)


def pairs_of(value: Val) -> tuple[list[tuple[Val, Val]], Unk | None]:
    """Keys and values of what can be iterated, and what may follow. Raises `Refused`."""
    match value:
        case Seq(kind="set", items=items, rest=rest):
            return [(item, item) for item in items], rest
        case Seq(items=items, rest=rest):
            return [(number(place), item) for place, item in enumerate(items)], rest
        case Obj(rest=rest):
            return [
                (
                    string(key, value.key_spans.get(key, one.span))
                    if isinstance(key, str)
                    else Str(key.pieces, one.span),
                    one,
                )
                for key, one in value.sorted()
            ], rest
        case Null():
            raise Refused("null cannot be iterated")
        case Lazy():
            names = value.names()
            return [(string(name), value.attribute(name)) for name in names], Unk(
                "not all attributes of this object are known"
            )
        case _:
            raise Refused("only lists, sets, maps and objects can be iterated")


# --- templates ---------------------------------------------------------------------------------


def _template(node: tree.Template, scope: Scope) -> Val:
    if node.wraps:
        part = node.parts[0]
        assert not isinstance(part, tree.Chars | tree.If | tree.Repeat)
        return evaluate(part, scope)
    out = Rendered()
    out.add(node.parts, scope)
    if out.unknown is not None:
        return out.unknown
    made = Str(tuple(out.pieces), node.span)
    made.trail = tuple(dict.fromkeys(out.trail))[:MAX_TRAIL]
    made.secret = out.secret
    return made


class Rendered:
    """The pieces of a template so far."""

    def __init__(self) -> None:
        self.pieces: list[Piece] = []
        self.trail: list[Step] = []
        self.secret = False
        self.unknown: Unk | None = None

    def add(self, parts: list[tree.Part], scope: Scope) -> None:
        """Render parts behind what there is."""
        for part in parts:
            if self.unknown is not None:
                return
            if isinstance(part, tree.Chars):
                self.pieces.append(Lit(part.text, part.span, part.margin))
            elif isinstance(part, tree.If):
                self._if(part, scope)
            elif isinstance(part, tree.Repeat):
                self._repeat(part, scope)
            else:
                self._value(evaluate(part, scope), part)

    def _value(self, value: Val, part: tree.Expr) -> None:
        if isinstance(value, Null):
            raise Refused("a null value cannot be part of a text")
        words = as_string(value)
        self.secret = self.secret or value.secret
        if isinstance(words, Unk):
            if words.error and words.dangling is None:
                self.unknown = words
            self.pieces.append(words.piece())
        elif isinstance(words, Str):
            self.pieces.extend(words.pieces)
        self.trail.extend(words.trail)

    def _if(self, part: tree.If, scope: Scope) -> None:
        test = converted(evaluate(part.test, scope), BOOL)
        if isinstance(test, Bool):
            self.add(part.yes if test.value else part.no, scope)
        elif isinstance(test, Unk):
            self._open(test, part)
        else:
            raise Refused("the condition of this directive is null")

    def _repeat(self, part: tree.Repeat, scope: Scope) -> None:
        of = evaluate(part.of, scope)
        if isinstance(of, Unk):
            self._open(of, part)
            return
        pairs, rest = pairs_of(of)
        scope.module.budget.spend(len(pairs))
        for key, value in pairs:
            bound = {part.value_name: value}
            if part.key_name:
                bound[part.key_name] = key
            self.add(part.parts, scope.binding(**bound))
            if len(self.pieces) > 100_000:
                raise Limit("this template has more than 100000 pieces")
        if rest is not None:
            self._open(rest, part)

    def _open(self, unknown: Unk, part: tree.Node) -> None:
        if unknown.error:
            self.unknown = unknown
            return
        span = part.span
        self.pieces.append(
            unknown.of(STRING, f"{unknown.key or span} in {span.file}:{span.line}").piece()
        )


# --- calls -------------------------------------------------------------------------------------


def _call(node: tree.Call, scope: Scope) -> Val:
    if node.name == "try":
        return _try(node, scope)
    if node.name == "can":
        return _can(node, scope)
    arguments = [evaluate(argument, scope) for argument in node.arguments]
    if node.expand:
        last = arguments.pop()
        if isinstance(last, Unk):
            return last.of(DYNAMIC, f"{node.name}({last.key}...)" if last.key else "")
        if not isinstance(last, Seq):
            raise Refused("only a list can be expanded with ...")
        if last.rest is not None:
            return last.rest.of(DYNAMIC)
        arguments.extend(last.items)
    scope.module.budget.look(*arguments)
    return scope.module.call(node.name, arguments, node, scope)


def _try(node: tree.Call, scope: Scope) -> Val:
    for argument in node.arguments:
        value = evaluate(argument, scope)
        scope.module.budget.look(value)
        failed = refusal(value)
        if failed is None:
            return value
        if failed.undeclared:
            return failed
    return refused("no argument of try can be evaluated", node.span)


def _can(node: tree.Call, scope: Scope) -> Val:
    if len(node.arguments) != 1:
        raise Refused("can takes one argument")
    value = evaluate(node.arguments[0], scope)
    failed = refusal(value)
    if failed is not None and failed.undeclared:
        return failed
    if failed is None and isinstance(value, Unk) and value.type.kind == "dynamic":
        return value.of(BOOL, f"can({value.key})" if value.key else "")
    return Bool(failed is None, node.span)


def _paren(node: tree.Paren, scope: Scope) -> Val:
    return evaluate(node.x, scope)


_EVALUATE: dict[type[tree.Node], Callable[[Any, Scope], Val]] = {
    tree.Literal: _literal,
    tree.Name: _name,
    tree.Attr: _attr,
    tree.Index: _index,
    tree.Each: _each,
    tree.Splat: _splat,
    tree.Unary: _unary,
    tree.Binary: _binary,
    tree.Conditional: _conditional,
    tree.Paren: _paren,
    tree.Tuple: _tuple,
    tree.Object: _object,
    tree.For: _for,
    tree.Template: _template,
    tree.Call: _call,
}

__all__ = ["Budget", "Names", "Scope", "distinct", "evaluate", "pairs_of"]
