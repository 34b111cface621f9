"""Real input to begin from: the samples and the tests' own data, as text by kind."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import yaml

TOP = Path(__file__).parents[2]
MAX_BYTES = 8_000


def _texts(*patterns: str, most: int = MAX_BYTES) -> tuple[str, ...]:
    found = sorted({path for pattern in patterns for path in TOP.glob(pattern)})
    texts = (path.read_text("utf-8") for path in found if path.stat().st_size <= most)
    return tuple(dict.fromkeys(texts))


@cache
def terraform() -> tuple[str, ...]:
    """Terraform in HCL, also the odd cases that the parser is tested with."""
    lines = (TOP / "tests/data/hcl/cases.jsonl").read_text("utf-8").splitlines()
    cases = (text for line in lines if isinstance(text := json.loads(line).get("text"), str))
    console = (TOP / "tests/data/terraform/console.jsonl").read_text("utf-8").splitlines()
    expressions = (json.loads(line).get("expression", "null") for line in console)
    logs = (
        f'resource "aws_flow_log" "a" {{\n  log_destination = {one}\n}}\n' for one in expressions
    )
    written = _texts("sample_templates/**/*.tf", "tests/data/terraform/**/*.tf")
    return (*written, *cases, *logs)


@cache
def terraform_json() -> tuple[str, ...]:
    """Terraform in JSON."""
    return _texts("tests/data/**/*.tf.json", "sample_templates/**/*.tf.json")


@cache
def templates() -> tuple[str, ...]:
    """CloudFormation in YAML."""
    return _texts("sample_templates/**/*.yaml", "tests/data/cloudformation/*.yaml")


@cache
def json_templates() -> tuple[str, ...]:
    """CloudFormation in JSON, most of it made from the YAML."""
    written = [text for text in _texts("sample_templates/**/*.json") if '"Resources"' in text]
    for text in templates():
        try:
            node = yaml.compose(text, yaml.CSafeLoader)
        except yaml.YAMLError:
            continue
        if node is not None:
            written.append(json.dumps(_long_form(node), indent=1))
    return tuple(written)


def _long_form(node: Any) -> object:
    """A YAML node as JSON, `!Sub x` as `{"Fn::Sub": x}`."""
    value: object
    if isinstance(node, yaml.MappingNode):
        value = {str(_long_form(key)): _long_form(inner) for key, inner in node.value}
    elif isinstance(node, yaml.SequenceNode):
        value = [_long_form(inner) for inner in node.value]
    else:
        value = node.value
    if not node.tag.startswith("!"):
        return value
    name = node.tag[1:]
    if name == "GetAtt" and isinstance(value, str):
        value = value.split(".", 1)
    return {name if name in ("Ref", "Condition") else f"Fn::{name}": value}


@cache
def plans() -> tuple[str, ...]:
    """`terraform show -json`."""
    return _texts("tests/data/terraform/**/plan.json", most=60_000)


@cache
def policies() -> tuple[str, ...]:
    """Policy documents of buckets and roles, as JSON."""
    return tuple(dict.fromkeys(json.dumps(one) for one in _policies()))


def _policies() -> Iterator[object]:
    for name in ("cases", "documented"):
        lines = (TOP / f"tests/data/policy/{name}.jsonl").read_text("utf-8").splitlines()
        for line in lines:
            case = json.loads(line)
            yield from [case["resource_policy"], *case["identity_policies"]][:2]


@cache
def plans_beside() -> tuple[str, ...]:
    """The plan of the sources that it lies beside, and one of others."""
    return _texts("tests/data/terraform/beside/plan.json", most=60_000)


@cache
def modules() -> tuple[str, ...]:
    """What a module may hold; its variables get values from the caller."""
    from tests.fuzz.around import MODULES

    return (*MODULES * 30, *_texts("sample_templates/**/modules/**/*.tf"), *terraform())


@cache
def nested() -> tuple[str, ...]:
    """What a nested stack may hold."""
    from tests.fuzz.around import NESTED

    return (*NESTED * 30, *templates())
