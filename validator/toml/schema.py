"""Values against `predeploy_schema.json`, which editors use too.

A quick look says whether a value fits. Only for one that does not, jsonschema is imported, which
takes longer than a whole run over nothing, and says everything that is wrong.
"""

from __future__ import annotations

import json
import math
import re
from functools import cache
from pathlib import Path
from typing import Any, Final, cast

Schema = dict[str, Any]

FILE: Final = Path(__file__).parent.parent / "predeploy_schema.json"
_TYPES: Final[dict[str, tuple[type, ...]]] = {
    "string": (str,),
    "boolean": (bool,),
    "number": (int, float),
    "array": (list,),
    "object": (dict,),
}
_KEYWORDS: Final = frozenset(
    (
        *("$ref", "$schema", "title", "description", "default", "definitions", "type", "enum"),
        *("properties", "additionalProperties", "propertyNames", "required", "maxProperties"),
        *("items", "minItems", "maxItems", "pattern", "minLength", "oneOf", "allOf"),
    )
)


@cache
def schema() -> Schema:
    """The schema of the configuration."""
    return cast(Schema, json.loads(FILE.read_text(encoding="utf-8")))


def part(definition: str) -> Schema:
    """One of its definitions, or with an empty name all of it."""
    return cast(Schema, schema()["definitions"][definition]) if definition else schema()


def resolved(one: Schema) -> Schema:
    """The schema that a reference leads to."""
    while "$ref" in one:
        one = part(cast(str, one["$ref"]).rpartition("/")[2])
    return one


def number_fits(value: object) -> bool:
    """Whether a number is one that JSON and TOML have: finite, and in 64 bits if it is whole."""
    if isinstance(value, float):
        return math.isfinite(value)
    return not isinstance(value, int) or -(2**63) <= value < 2**63


def is_a(value: object, type_: str) -> bool:
    """Whether a value has a type of JSON Schema; true and false are no numbers."""
    if isinstance(value, bool):
        return type_ == "boolean"
    return isinstance(value, _TYPES[type_])


def fits(value: object, one: Schema) -> bool:
    """Whether a value is surely valid: what this does not know, it does not pass."""
    one = resolved(one)
    if not one.keys() <= _KEYWORDS or not number_fits(value):
        return False
    types = one.get("type", list(_TYPES))
    if not any(is_a(value, type_) for type_ in ([types] if isinstance(types, str) else types)):
        return False
    if "enum" in one and not (isinstance(value, str) and value in one["enum"]):
        return False
    if "oneOf" in one and sum(fits(value, branch) for branch in one["oneOf"]) != 1:
        return False
    if not all(fits(value, branch) for branch in one.get("allOf", ())):
        return False
    if isinstance(value, str):
        pattern = one.get("pattern", "")
        return len(value) >= one.get("minLength", 0) and re.search(pattern, value) is not None
    if isinstance(value, list):
        return _list_fits(cast(list[object], value), one)
    return not isinstance(value, dict) or _table_fits(cast(dict[str, object], value), one)


def _list_fits(value: list[object], one: Schema) -> bool:
    if not one.get("minItems", 0) <= len(value) <= one.get("maxItems", math.inf):
        return False
    items = one.get("items", {})
    return all(fits(item, items) for item in value)


def _table_fits(value: dict[str, object], one: Schema) -> bool:
    if len(value) > one.get("maxProperties", math.inf):
        return False
    properties, others = one.get("properties", {}), one.get("additionalProperties", {})
    names = one.get("propertyNames", {})
    if not all(key in value for key in one.get("required", ())):
        return False
    for key, held in value.items():
        wanted = properties.get(key, others)
        if wanted is False or not fits(key, names) or not fits(held, wanted):
            return False
    return True
