"""Each kind of expression to the function that evaluates it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

from validator.readers.terraform.cty.types import DYNAMIC
from validator.readers.terraform.cty.values import (
    Limit,
    Refused,
    Unk,
    Val,
    refused,
)
from validator.readers.terraform.hcl import tree
from validator.readers.terraform.hcl.source import Node
from validator.readers.terraform.scope import MAX_DEPTH, Scope

Evaluator: TypeAlias = "Callable[[Any, Scope], Val]"
EVALUATORS: dict[type[Node], Evaluator] = {}


def evaluates(kind: type[Node]) -> Callable[[Evaluator], Evaluator]:
    """Declare the function for a kind of expression."""

    def declare(function: Evaluator) -> Evaluator:
        EVALUATORS[kind] = function
        return function

    return declare


def evaluate(node: tree.Expr, scope: Scope) -> Val:
    """The value of an expression."""
    budget = scope.module.budget
    budget.depth += 1
    try:
        budget.spend(1)
        if budget.depth > MAX_DEPTH:
            raise Limit("this leads through too many other expressions")
        return EVALUATORS[type(node)](node, scope)
    except Limit as error:
        span = node.span
        key = f"{span.file}:{span.line}:{span.column}"
        return Unk(f"not evaluated: {error.why}", DYNAMIC, span, key=key)
    except Refused as error:
        return refused(error.why, node.span)
    finally:
        budget.depth -= 1
