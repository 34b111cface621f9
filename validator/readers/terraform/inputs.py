"""Values of a module's variables: given by its caller or by the user, or the default."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.graph.span import Span
from validator.readers.terraform.config import Declaration
from validator.readers.terraform.constraint import type_of_constraint
from validator.readers.terraform.cty.convert import converted
from validator.readers.terraform.cty.nodes import from_node, to_node
from validator.readers.terraform.cty.strings import string
from validator.readers.terraform.cty.text import json_text
from validator.readers.terraform.cty.types import DYNAMIC, Type
from validator.readers.terraform.cty.values import Limit, Null, Refused, Unk, Val, refused
from validator.readers.terraform.evaluate import evaluate
from validator.readers.terraform.hcl import parse, tree
from validator.readers.terraform.hcl.bodies import Attribute, Body
from validator.readers.terraform.hcl.source import Fault, Source
from validator.readers.terraform.variables import Given

if TYPE_CHECKING:
    from validator.readers.terraform.module import Module


def variable(module: Module, name: str, span: Span) -> Val:
    """What `var.name` is in a module, `span` being where that is written."""
    declared = module.config.variables.get(name)
    if declared is None:
        return _undeclared(module, name, span)
    body = declared.body
    type_ = _constraint(module, body, declared)
    value = _given(module, name, type_, declared)
    attribute = body.attributes.get("default")
    nullable = body.attributes.get("nullable")
    never_null = nullable is not None and is_literal(nullable.value, False)
    if value is None or (isinstance(value, Null) and never_null and attribute is not None):
        value = _default(module, name, attribute, declared, type_)
    value = _planned(module, name, value)
    try:
        value = converted(value, type_)
    except Refused as error:
        return refused(
            f"the value of variable {name} does not fit its type: {error.why}", value.span
        )
    secret = body.attributes.get("sensitive")
    if secret is not None and is_literal(secret.value, True):
        value = value.hidden()
    return value


def _undeclared(module: Module, name: str, span: Span) -> Val:
    """What is declared nowhere; if it may be after all, what the user gives for it."""
    shown = module.named(f"var.{name}")
    supply = "" if module.parent is not None else f"--var {name}=VALUE"
    missing = module.missing(shown, f"no variable {name} is declared here", span, supply)
    given = module.given.get(name)
    if given is None or missing.undeclared or module.parent is not None:
        return missing
    words = string(given.words, span)
    value = words if given.value is None else evaluate(given.value, module.scope)
    return value.via(f"variable {name}, {given.how}")


def _planned(module: Module, name: str, value: Val) -> Val:
    """The value in the plan beside the sources; ours if it is the same, which has a line."""
    plan = module.run.plan
    planned = None if plan is None or module.parent is not None else plan.variable(name)
    if plan is None or planned is None:
        return value
    try:
        ours = None if isinstance(value, Unk) else json_text(to_node(value))
        if ours is not None and ours == json_text(planned):
            return value
    except Limit:
        pass
    return from_node(planned).via(f"variable {name}, the plan {plan.plan.name}")


def _constraint(module: Module, body: Body, declared: Declaration) -> Type:
    attribute = body.attributes.get("type")
    if attribute is None:
        return DYNAMIC
    try:
        return type_of_constraint(attribute.value, module.scope)
    except Refused as error:
        module.run.report(attribute.value.span, error.why, "syntax")
        return DYNAMIC


def _given(module: Module, name: str, type_: Type, declared: Declaration) -> Val | None:
    """What the caller or the user gives, None if nothing."""
    if module.parent is not None:
        call = module.static.call
        attribute = call.body.attributes.get(name) if call else None
        if attribute is None or module.outer is None:
            return None
        value = evaluate(attribute.value, module.outer)
        return value.via(f"variable {name}, given by {module.static.name}")
    given = module.given.get(name)
    if given is None:
        return None
    if given.value is not None:
        value = evaluate(given.value, module.scope)
        return value.via(f"variable {name}, {given.how}")
    return _option(module, given, type_, declared).via(f"variable {name}, {given.how}")


def _option(module: Module, given: Given, type_: Type, declared: Declaration) -> Val:
    """The words of `--var`: literal for a primitive type, else an expression."""
    bare = "type" not in declared.body.attributes
    if type_.primitive or bare:
        return string(given.words, declared.span)
    source = Source(given.how, given.words)
    try:
        value = evaluate(parse.expression(source), module.scope)
    except Fault as fault:
        return refused(f"{given.how}: {fault.message}", declared.span)
    return value.at(declared.span)


def _default(
    module: Module, name: str, attribute: Attribute | None, declared: Declaration, type_: Type
) -> Val:
    if attribute is not None:
        return evaluate(attribute.value, module.scope).via(f"variable {name}, default")
    if declared.block is None:
        return Unk(f"the block of variable {name} could not be read", type_, declared.span)
    if module.parent is not None:
        why = f"{module.static.name} gives no value for variable {name}"
        return refused(why, module.static.call.span if module.static.call else declared.span)
    return Unk(
        f"variable {name} has no value",
        type_,
        declared.span,
        supply=f"--var {name}=VALUE",
        key=module.run.key(f"var.{name}"),
    ).via(f"variable {name}, no value")


def is_literal(node: tree.Expr, flag: bool) -> bool:
    """Whether an expression is the literal `true` or `false`."""
    return isinstance(node, tree.Literal) and node.value is flag
