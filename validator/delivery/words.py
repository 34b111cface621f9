"""Words and code for findings: what AWS says, and what to write instead."""

from __future__ import annotations

from collections.abc import Iterator

from validator.aws import Resource
from validator.delivery.deliveries import Delivery, deliveries
from validator.delivery.needs import Need, NeedName, State
from validator.findings import Severity
from validator.graph.graph import Graph


def failing(graph: Graph, need: NeedName, *faults: str) -> Iterator[tuple[Delivery, Need]]:
    """The deliveries of a graph that lack a need, by one of these faults."""
    for delivery in deliveries(graph):
        for one in delivery.needs:
            if (
                one.name == need
                and one.fault in faults
                and one.state in (State.UNMET, State.AT_RISK, State.NOTED)
            ):
                yield delivery, one


def severity(need: Need) -> Severity | None:
    """How grave a need is that its rule's card does not speak of; None if it is as the card says.

    What fails in a stated circumstance only is a warning, what is met but fragile a note.
    """
    match need.state:
        case State.AT_RISK:
            return Severity.WARNING
        case State.NOTED:
            return Severity.INFO
        case _:
            return None


def corrected(need: Need) -> str:
    """The fix of a need that slips in names alone leave unmet."""
    if need.edits:
        return f"write {need.edits[-1].new} for {need.edits[-1].old}"
    return need.facts.get("slip", "")


def no_such_value(thing: Resource, field: str, need: Need) -> str:
    """What is said of a word that is none of those a field takes, before AWS is asked."""
    spelled = thing.spelled(field)
    if thing.declared.language == "cloudformation":
        return f"#/{spelled}: {need.facts['written']} is not a valid enum value"
    return f"expected {spelled} to be one of"


def not_found(name: str) -> str:
    """What AWS says of a destination that is not there: any of three texts.

    <https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-troubleshooting.html>
    """
    return (
        f"LogDestinationNotFoundException, or: {access_denied(name)}, "
        f"or: LogDestination: {name} does not exist."
    )


def access_denied(name: str) -> str:
    """What AWS says of a bucket that log delivery may not write to."""
    return f"Access Denied for LogDestination: {name}. Please check LogDestination permission"
