"""A log group's name, class and retention.

<https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html>
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from validator.aws import LogGroup
from validator.aws.facts import LOG_GROUP_CLASSES, RETENTION_DAYS, log_group_name_fault
from validator.aws.fields import literal
from validator.delivery.case import Case
from validator.delivery.code import instead_of
from validator.delivery.needs import Need, State
from validator.delivery.target import ToLogGroup
from validator.graph.values import Absent, Known
from validator.policy.spelling import nearest


def setting_needs(case: Case, target: ToLogGroup) -> Iterator[Need]:
    """The faults of a log group's own settings."""
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
    if group is not None and group.managed:
        yield from _retention(group, target.called)
        yield from _class(group, target.called)
    if group is not None and literal(group.log_group_class) == "DELIVERY":
        yield Need(
            "log-group",
            State.NOTED,
            group.log_group_class.span,
            fault="class",
            subject=target.called,
            when="delivery",
        )


def _class(group: LogGroup, name: str) -> Iterator[Need]:
    """A class that there is not, or whose letters are not capital."""
    written, span = literal(group.log_group_class), group.log_group_class.span
    if written is None or written in LOG_GROUP_CLASSES:
        return
    plain = re.sub(r"[\W_]+", "_", written).upper()
    same = plain if plain in LOG_GROUP_CLASSES else ""
    right = same or nearest(written, LOG_GROUP_CLASSES) or "STANDARD or INFREQUENT_ACCESS"
    case = ": capital letters count" if same and written.upper() == same else ""
    yield Need(
        "log-group",
        State.UNMET,
        span,
        fault="no-such-class",
        why=f"there is no class {written}{case}",
        subject=name,
        when="deploy",
        facts={"written": written, "right": right},
        edits=instead_of(span, written, right) if same else (),
    )


def _retention(group: LogGroup, name: str) -> Iterator[Need]:
    """Only some numbers of days can be kept; 0 is Terraform's word for all time."""
    match group.retention_days:
        case Known(value=days) as known if days not in RETENTION_DAYS:
            if days == 0 and group.declared.language == "terraform":
                return
            near = min(RETENTION_DAYS, key=lambda one: abs(one - days))
            yield Need(
                "log-group",
                State.UNMET,
                known.span,
                fault="retention",
                why=f"its events cannot be kept for {days} days",
                subject=name,
                when="deploy",
                facts={
                    "days": str(days),
                    "near": str(near),
                    "field": group.spelled("retention_days"),
                },
            )
        case _:
            pass
