"""The checker against cfn-lint's JSON Schemas of policies, on many changes of right documents.

The schemas look like draft 7 but put keywords beside `$ref`, so the rules of 2020-12 apply.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import ValidationError

from validator.policy import PolicyKind

if TYPE_CHECKING:
    from tests.policy.conftest import Make

SCHEMAS: dict[PolicyKind, str] = {
    "bucket": "policy_resource",
    "key": "policy_resource",
    "trust": "policy_trust",
    "identity": "policy_identity",
}
SERVICE = {"Service": "a.amazonaws.com"}
RIGHT: dict[PolicyKind, dict[str, Any]] = {
    "bucket": {"Principal": SERVICE, "Action": "s3:PutObject", "Resource": "arn:aws:s3:::b/*"},
    "key": {"Principal": SERVICE, "Action": "kms:*", "Resource": "*"},
    "trust": {"Principal": SERVICE, "Action": "sts:AssumeRole"},
    "identity": {"Action": "logs:PutLogEvents", "Resource": "*"},
}
ELEMENTS = [
    "Sid",
    "Effect",
    "Principal",
    "NotPrincipal",
    "Action",
    "NotAction",
    "Resource",
    "NotResource",
    "Condition",
    "Extra",
]
VALUES: list[Any] = [
    None,
    "*",
    "x",
    "Allow",
    "Deny",
    "allow",
    "arn:aws:s3:::b/*",
    [],
    {},
    ["*"],
    ["x", "y"],
    1,
    True,
    {"AWS": "*"},
    {"AWS": "x"},
    SERVICE,
    {"Service": ["a.amazonaws.com", "b.amazonaws.com"]},
    {"Service": []},
    {"StringEquals": {"a:b": "c"}},
    {"StringEquals": {"a:b": ["c"]}},
    {"StringEquals": "x"},
    {"StringFoo": {"a:b": "c"}},
    {"Null": {"a:b": "true"}},
]


def one_of_two(_: Any, names: list[str], instance: Any, __: Any) -> Iterator[ValidationError]:
    """cfn-lint's `requiredXor`."""
    if isinstance(instance, dict) and sum(name in instance for name in names) != 1:
        yield ValidationError("one of two is required")


@cache
def schema(name: str) -> Any:
    """One of the schemas, ready to judge."""
    # These have no types that a strict checker could follow.
    jsonschema: Any = import_module("jsonschema.validators")
    referencing: Any = import_module("referencing")
    specification: Any = import_module("referencing.jsonschema").DRAFT202012
    folder = files("cfnlint") / "data" / "schemas" / "other" / "iam"
    names = ("policy", "policy_resource", "policy_trust", "policy_identity")
    found = {one: json.loads((folder / f"{one}.json").read_text()) for one in names}
    registry = referencing.Registry().with_resources(
        (one["$id"], referencing.Resource(contents=one, specification=specification))
        for one in found.values()
    )
    draft = jsonschema.Draft202012Validator
    return jsonschema.extend(draft, {"requiredXor": one_of_two})(found[name], registry=registry)


def stricter(kind: PolicyKind, element: str, value: Any) -> bool:
    """What we know of AWS beyond the schema's shapes: types of principals, forms of texts."""
    name = element.removeprefix("Not")
    if name == "Principal" and isinstance(value, dict):
        return bool(value != SERVICE)
    if name == "Action":
        return bool(value != "*")
    return name == "Resource" and kind != "trust" and bool(value != "*")


def laxer(kind: PolicyKind, element: str, value: Any) -> bool:
    """KMS accepts a statement without them, "even though the policy statement is ineffective"."""
    return kind == "key" and element in ("Action", "Resource") and value is None


@pytest.mark.parametrize("element", ELEMENTS)
@pytest.mark.parametrize("kind", SCHEMAS)
def test_the_checker_and_the_schema_agree(make: Make, kind: PolicyKind, element: str) -> None:
    """They differ only where we are stricter, or KMS laxer, for a stated reason."""
    agreed = 0
    for value in VALUES:
        statement = {"Sid": "One", "Effect": "Allow", **RIGHT[kind]}
        if value is None:
            statement.pop(element, None)
        else:
            statement[element] = value
        document = {"Version": "2012-10-17", "Statement": [statement]}
        ours = make.policy(document, kind).malformed
        theirs = not schema(SCHEMAS[kind]).is_valid(document)
        if ours == theirs:
            agreed += 1
        elif ours:
            assert stricter(kind, element, value), value
        else:
            assert laxer(kind, element, value), value
    assert agreed > len(VALUES) // 2
