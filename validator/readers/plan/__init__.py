"""Terraform's and OpenTofu's plans as JSON: to declared resources, or beside the sources.

Alone, a plan is a unit of its own. It holds every count, key and variable, but leaves out what the
deploy settles, whole policies included: those stay unknown, and the sources say more.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.aws import returned
from validator.files import Files, Unreadable
from validator.findings import Diagnostic
from validator.graph.span import Span, whole
from validator.graph.world import Gap, World
from validator.readers import Read, Settings, Unit

if TYPE_CHECKING:
    from validator.readers.plan.document import Plan


def opened(name: str, files: Files) -> Plan | Diagnostic:
    """The plan in a file, by its shown name; what is wrong with it if it cannot be read."""
    from validator.readers.plan.document import Malformed, Plan

    try:
        return Plan(name, files.text(name))
    except Unreadable as error:
        return Diagnostic(whole(name), str(error), "unreadable")
    except Malformed as error:
        span = Span(name, error.line, error.column, error.line, error.column + 1)
        return Diagnostic(span, str(error), "syntax")


def read(unit: Unit, files: Files, settings: Settings) -> Read:
    """What a plan says will be there once it is applied."""
    from validator.readers.plan.order import Order
    from validator.readers.plan.places import Places
    from validator.readers.plan.resource import SUPPLY, Reading

    plan = opened(unit.path, files)
    if isinstance(plan, Diagnostic):
        gap = Gap(unit.path, f"{unit.path} could not be read: {plan.message}", plan.span)
        return Read((World(unit.path, (), gaps=(gap,)),), (plan,))
    reading = Reading(plan, Places(plan, settings))
    resources = tuple(
        reading.declared(one)
        for one in plan.resources.values()
        if returned("terraform", one.type, managed=one.managed) is not None
    )
    gaps: tuple[Gap, ...] = ()
    if not plan.complete:
        span = Span(unit.path, 1, 1, 1, 2)
        gaps = (Gap(unit.path, "this plan leaves something for a later one", span, SUPPLY),)
    world = World(unit.path, resources, Order(plan), gaps)
    return Read((world,))
