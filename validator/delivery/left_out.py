"""Arguments that are left out because a module's variable defaults to null.

A module that lacks values for variables without a default cannot be applied as it stands: somebody
calls it, and may give the rest as well.
<https://developer.hashicorp.com/terraform/language/values/variables#default-values>
"""

from __future__ import annotations

import posixpath

from validator.aws import Resource
from validator.delivery.case import Case
from validator.graph.values import Absent, Value
from validator.graph.verdict import Open

_START, _END = "variable ", ", default"


def left_to_a_caller(case: Case, resource: Resource, value: Value[object]) -> Open | None:
    """What leaves the absence of a resource's argument open; None if it is absent for good."""
    unset = case.graph.unset(resource.unit)
    if not isinstance(value, Absent) or not unset:
        return None
    for step in value.trail:
        how = step.how
        ours = posixpath.dirname(step.span.file) in (resource.unit, resource.unit.strip("."))
        if ours and how.startswith(_START) and how.endswith(_END):
            name = how.removeprefix(_START).removesuffix(_END)
            fact = (
                f"variable {name} has no value but its default, and variable {unset[0]} has none:"
                " whoever calls this module may give both"
            )
            return Open(fact, f"--var {name}=VALUE", step.span)
    return None


def destination_left_out(case: Case) -> Open | None:
    """What leaves it open that neither a destination nor a log group is given."""
    for value in (case.flow_log.destination, case.flow_log.log_group_name):
        if isinstance(value, Absent):
            fact = left_to_a_caller(case, case.flow_log, value)
            if fact is not None:
                return fact
    return None
