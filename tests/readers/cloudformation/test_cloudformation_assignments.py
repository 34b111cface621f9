"""The worlds of generated conditions are exactly the outcomes that concrete values can have."""

from __future__ import annotations

import json
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from validator.files import Files
from validator.graph.values import Known
from validator.readers import Settings, Unit
from validator.readers.cloudformation import read

LITERALS = ("a", "b", "c")
OTHER = "something-else"
PARAMETERS = ("P", "Q", "R")

Expression = dict[str, Any]


def _compared(name: str, literal: str, turned: bool) -> Expression:
    operands = [{"Ref": name}, literal]
    return {"Fn::Equals": operands[::-1] if turned else operands}


def _negated(one: Expression) -> Expression:
    return {"Fn::Not": [one]}


def _both(some: list[Expression]) -> Expression:
    return {"Fn::And": some}


def _either(some: list[Expression]) -> Expression:
    return {"Fn::Or": some}


def _deeper(inner: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
    several = st.lists(inner, min_size=2, max_size=3)
    return st.one_of(
        st.builds(_negated, inner), st.builds(_both, several), st.builds(_either, several)
    )


_expressions: st.SearchStrategy[Expression] = st.recursive(
    st.builds(_compared, st.sampled_from(PARAMETERS), st.sampled_from(LITERALS), st.booleans()),
    _deeper,
    max_leaves=5,
)
# How a parameter is declared, and the values that it may then have.
_DECLARED: dict[str, tuple[dict[str, Any], tuple[str, ...]]] = {
    "open": ({}, (*LITERALS, OTHER)),
    "allowed": ({"AllowedValues": ["a", "c", OTHER]}, ("a", "c", OTHER)),
    "default": ({"Default": "b"}, ("b",)),
    "long": ({"MinLength": 2}, (OTHER,)),
}


def _holds(expression: Expression, values: dict[str, str]) -> bool:
    ((name, argument),) = expression.items()
    if name == "Fn::Equals":
        left, right = (values[one["Ref"]] if "Ref" in one else one for one in argument)
        return bool(left == right)
    inner = [_holds(one, values) for one in argument]
    if name == "Fn::Not":
        return not inner[0]
    return all(inner) if name == "Fn::And" else any(inner)


@settings(derandomize=True, max_examples=150, deadline=None)
@given(
    conditions=st.lists(_expressions, min_size=1, max_size=4),
    kinds=st.tuples(*(st.sampled_from(sorted(_DECLARED)) for _ in PARAMETERS)),
)
def test_worlds_are_the_outcomes_of_concrete_values(
    conditions: list[Expression], kinds: tuple[str, ...]
) -> None:
    named = {f"C{index}": expression for index, expression in enumerate(conditions)}
    template = {
        "Parameters": {
            name: {"Type": "String", **_DECLARED[kind][0]}
            for name, kind in zip(PARAMETERS, kinds, strict=True)
        },
        "Conditions": named,
        "Resources": {f"B{name}": {"Type": "AWS::S3::Bucket", "Condition": name} for name in named},
    }
    with TemporaryDirectory() as folder:
        Path(folder, "t.json").write_text(json.dumps(template))
        files = Files(Path(folder), Path(folder))
        result = read(Unit("cloudformation", "t.json"), files, Settings())
    assert not result.diagnostics
    domains = [_DECLARED[kind][1] for kind in kinds]
    possible = {
        frozenset(
            f"B{name}"
            for name, expression in named.items()
            if _holds(expression, dict(zip(PARAMETERS, values, strict=True)))
        )
        for values in product(*domains)
    }
    found = [frozenset(one.name for one in world.resources) for world in result.worlds]
    assert set(found) == possible
    assert len(found) == len(possible)
    for world in result.worlds:
        assert all(isinstance(one.exists, Known) for one in world.resources)
    assert len({world.when for world in result.worlds}) == len(result.worlds)
