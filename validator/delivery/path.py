"""The way of the logs: source, role, destination, policy, key, each as the needs about it stand."""

from __future__ import annotations

from collections.abc import Iterable

from validator.delivery.needs import HOP_OF, Need, State, Stop
from validator.outcomes import Hop, HopKind, HopState

_ORDER: tuple[HopKind, ...] = ("source", "role", "destination", "policy", "key")
_WHAT: dict[HopKind, str] = {
    "source": "resource",
    "role": "role",
    "destination": "destination",
    "policy": "policy",
    "key": "key",
}
_STATES: dict[State, HopState] = {
    State.UNMET: "bad",
    State.AT_RISK: "at-risk",
    State.OPEN: "open",
}


def way(address: str, source: Stop, destination: Stop, needs: Iterable[Need]) -> tuple[Hop, ...]:
    """The stops of a delivery in the order in which its logs pass them.

    A need that names no stop belongs to the first one of its kind. A stop that no need names is
    there only if something is wrong with it.
    """
    needs = tuple(needs)
    stops: dict[str, Stop] = {source.id: source, destination.id: destination}
    for need in needs:
        if need.stop is not None:
            stops.setdefault(need.stop.id, need.stop)
    first: dict[HopKind, Stop] = {}
    for stop in stops.values():
        first.setdefault(stop.kind, stop)
    about: dict[str, list[Need]] = {}
    for need in needs:
        kind = HOP_OF[need.name]
        if need.stop is None and kind not in first:
            if need.state not in _STATES:
                continue
            first[kind] = Stop(kind, _WHAT[kind], "", need.span, f"{address}#{kind}")
            stops[first[kind].id] = first[kind]
        about.setdefault((need.stop or first[kind]).id, []).append(need)
    ordered = sorted(stops.values(), key=lambda stop: _ORDER.index(stop.kind))
    return tuple(_hop(stop, about.get(stop.id, ())) for stop in ordered)


def _hop(stop: Stop, needs: Iterable[Need]) -> Hop:
    for grave, state in _STATES.items():
        for need in needs:
            if need.state is grave:
                why = _why(need)
                return Hop(stop.kind, stop.what, stop.name, stop.span, stop.id, state, why)
    return Hop(stop.kind, stop.what, stop.name, stop.span, stop.id)


def _why(need: Need) -> str:
    """What is wrong or missing, in a phrase that stands beside the name of the stop."""
    if need.state is State.OPEN:
        more = f" and {len(need.open) - 1} more" if len(need.open) > 1 else ""
        return need.open[0].fact + more if need.open else ""
    facts = need.facts
    match (need.name, need.fault):
        case ("role", "missing"):
            return "no role is given"
        case ("role", "not-applicable"):
            return "S3 takes no role"
        case ("role", "half-a-pair"):
            return f"{facts['lacking']} is not given"
        case ("role-trust", _):
            return f"its trust policy: {need.why}"
        case ("role-permissions", _) if need.why.endswith(" it"):
            return f"{need.why.removesuffix('it')}{facts['action']}"
        case ("bucket-policy", "denies"):
            return need.why or f"a Deny statement stops {facts['action']}"
        case ("bucket-policy", "refuses"):
            return need.why or f"no statement allows {facts['action']}"
        case ("policy-order", "compete"):
            return f"{facts['policy']} writes the same policy"
        case ("policy-order", _):
            return "the flow log does not wait for it"
        case ("policy-size", "outgrows"):
            return "what AWS adds to it passes the limit of its size"
        case ("policy-size", _):
            return f"it is too large: {facts['bytes']} bytes"
        case ("document-size", _):
            return f"it is too large: {facts['size']}, the limit is {facts['limit']}"
        case ("stream", "tag"):
            return "it is not tagged LogDeliveryEnabled = true"
        case ("stream", "source"):
            return "it reads from another source"
        case ("duplicate", _):
            return f"{need.why} already does this"
        case _:
            return need.why
