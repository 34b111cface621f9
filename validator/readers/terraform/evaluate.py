"""Evaluating expressions, as Terraform does and further where it would say "known after apply".

Nothing raises because of what a configuration says: what Terraform refuses is an `Unk` with
`error`, and `try` and `can` look for those.
"""

from __future__ import annotations

from validator.graph.span import Span
from validator.readers.terraform import branches
from validator.readers.terraform.cty import operators
from validator.readers.terraform.cty.access import attribute, index
from validator.readers.terraform.cty.collections import Lazy, Seq
from validator.readers.terraform.cty.queries import refusal
from validator.readers.terraform.cty.types import BOOL, DYNAMIC
from validator.readers.terraform.cty.values import Bool, Null, Num, Refused, Unk, Val, refused
from validator.readers.terraform.dispatch import evaluate, evaluates
from validator.readers.terraform.hcl import tree
from validator.readers.terraform.loops import pairs_of
from validator.readers.terraform.rendering import Rendered
from validator.readers.terraform.scope import Budget, Names, Scope

# --- leaves and references ---------------------------------------------------------------------


@evaluates(tree.Literal)
def _literal(node: tree.Literal, scope: Scope) -> Val:
    match node.value:
        case None:
            return Null(DYNAMIC, node.span)
        case bool() as flag:
            return Bool(flag, node.span)
        case amount:
            return Num(amount, node.span)


@evaluates(tree.Name)
def _name(node: tree.Name, scope: Scope) -> Val:
    found = scope.bound.get(node.name)
    if found is not None:
        return found.at(node.span)
    return refused(f"nothing is called {node.name} here", node.span)


@evaluates(tree.Attr)
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


@evaluates(tree.Index)
def _index(node: tree.Index, scope: Scope) -> Val:
    of = evaluate(node.of, scope)
    return _within(index(of, evaluate(node.key, scope), node.span), node.span)


@evaluates(tree.Each)
def _each(node: tree.Each, scope: Scope) -> Val:
    return scope.bound["*"]


# --- operators ---------------------------------------------------------------------------------


@evaluates(tree.Unary)
def _unary(node: tree.Unary, scope: Scope) -> Val:
    return operators.unary(node.operator, evaluate(node.x, scope)).at(node.span)


@evaluates(tree.Binary)
def _binary(node: tree.Binary, scope: Scope) -> Val:
    left = evaluate(node.left, scope)
    if node.operator in ("&&", "||"):
        return operators.logic(node.operator, left, lambda: evaluate(node.right, scope)).at(
            node.span
        )
    right = evaluate(node.right, scope)
    scope.module.budget.look(left, right)
    return operators.binary(node.operator, left, right).at(node.span)


# --- calls -------------------------------------------------------------------------------------


@evaluates(tree.Call)
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
    # A call takes as long as several other expressions.
    scope.module.budget.spend(5)
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


@evaluates(tree.Paren)
def _paren(node: tree.Paren, scope: Scope) -> Val:
    return evaluate(node.x, scope)


__all__ = ["Budget", "Names", "Rendered", "Scope", "branches", "evaluate", "pairs_of"]
