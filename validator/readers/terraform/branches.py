"""Conditional expressions, whose results become one type."""

from __future__ import annotations

from validator.readers.terraform.cty import operators, text
from validator.readers.terraform.cty.collections import Lazy
from validator.readers.terraform.cty.convert import converted
from validator.readers.terraform.cty.queries import type_of
from validator.readers.terraform.cty.types import BOOL, DYNAMIC, Type, unify
from validator.readers.terraform.cty.values import Bool, Null, Refused, Unk, Val
from validator.readers.terraform.dispatch import evaluate, evaluates
from validator.readers.terraform.hcl import tree
from validator.readers.terraform.scope import Scope


@evaluates(tree.Conditional)
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
