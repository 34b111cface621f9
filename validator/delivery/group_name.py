"""A log group's name and class.

<https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html>
"""

from __future__ import annotations

from collections.abc import Iterator

from validator.aws.facts import log_group_name_fault
from validator.aws.fields import literal
from validator.delivery.case import Case
from validator.delivery.needs import Need, State
from validator.delivery.target import ToLogGroup
from validator.graph.values import Absent, Known


def name_needs(case: Case, target: ToLogGroup) -> Iterator[Need]:
    """The faults of a log group's name, and a class that says nothing of flow logs."""
    group = target.group
    written = case.resolve(target.name).literal
    why = None if written is None else log_group_name_fault(written)
    if why is not None:
        value = case.flow_log.destination
        if group is not None and isinstance(group.name, Known):
            span = group.name.span
        elif isinstance(value, Absent):
            span = case.flow_log.log_group_name.span
        else:
            span = value.span
        yield Need(
            "log-group",
            State.UNMET,
            span,
            fault="name",
            why=why,
            subject=target.called,
            when="deploy" if group is not None and group.managed else "delivery",
        )
    if group is not None and literal(group.log_group_class) == "DELIVERY":
        yield Need(
            "log-group",
            State.NOTED,
            group.log_group_class.span,
            fault="class",
            subject=target.called,
            when="delivery",
        )
