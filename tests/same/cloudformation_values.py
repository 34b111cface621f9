"""Texts of CloudFormation templates written in other ways that give the same value."""

# JSON as it comes: what is inside has no type.
# pyright: reportUnknownArgumentType=false, reportUnknownLambdaType=false
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false

from __future__ import annotations

import json
from random import Random
from typing import Any


def wrapped(template: Any, chance: Random) -> bool:
    """Some texts written in other ways."""
    places: list[tuple[Any, Any]] = []
    for one in template["Resources"].values():
        if isinstance(one, dict) and isinstance(one.get("Properties"), dict):
            _texts(one["Properties"], places)
    if not places or "Transform" in template:
        return False
    for holder, key in chance.sample(places, min(len(places), chance.choice((1, 1, 2, 4)))):
        holder[key] = _other(holder[key], f"Zz{chance.randrange(10**6)}", template, chance)
    return True


def _texts(value: Any, places: list[tuple[Any, Any]]) -> None:
    keys = list(value) if isinstance(value, dict) else range(len(value))
    for key in keys:
        one = value[key]
        if isinstance(one, str) or (
            isinstance(one, dict) and set(one) & {"Fn::GetAtt", "Ref", "Fn::Sub"}
        ):
            # What AWS takes for a literal only: names inside functions, a template's place.
            if key not in ("TemplateURL", "Ref"):
                places.append((value, key))
        elif isinstance(one, dict):
            if not any(each.startswith("Fn::") or each == "Ref" for each in one):
                _texts(one, places)
        elif isinstance(one, list):
            _texts(one, places)


def _other(old: Any, name: str, template: Any, chance: Random) -> Any:
    ways: list[Any] = [
        {"Fn::Join": ["", [old]]},
        {"Fn::Select": [0, [old]]},
        {"Fn::Select": ["1", ["no", old]]},
        {"Fn::If": [f"{name}Always", old, old]},
        {"Fn::If": [f"{name}Always", old, {"Ref": "AWS::NoValue"}]},
        {"Fn::Sub": ["${Zz}", {"Zz": old}]},
    ]
    if old == {"Ref": "AWS::NoValue"}:
        return old
    if isinstance(old, str):
        at = chance.randrange(len(old) + 1)
        ways += [
            {"Fn::Sub": old.replace("${", "${!")},
            {"Fn::Join": ["", [old[:at], old[at:]]]},
            {"Fn::Sub": [f"{old[:at].replace('${', '${!')}${{Zz}}", {"Zz": old[at:]}]},
            {"Fn::Select": [0, {"Fn::Split": ["no such words", old]}]},
            {"Fn::FindInMap": [f"{name}Map", "one", "two"]},
            {"Fn::FindInMap": [f"{name}Map", {"Ref": f"{name}Key"}, "two"]},
            {"Ref": f"{name}Text"},
            {"Fn::Sub": f"${{{name}Text}}"},
            {"Fn::Join": ["", {"Fn::Split": [",", {"Fn::Join": [",", [old[:at], old[at:]]]}]}]},
        ]
        if "," in old or "${" in old[at - 1 : at + 1]:
            ways = ways[:-1]
        if not old:
            return old
    way = chance.choice(ways)
    words = json.dumps(way)
    parameters = template.setdefault("Parameters", {})
    if f"{name}Always" in words:
        template.setdefault("Conditions", {})[f"{name}Always"] = {"Fn::Equals": ["a", "a"]}
    if f"{name}Map" in words:
        template.setdefault("Mappings", {})[f"{name}Map"] = {"one": {"two": old}}
    if f"{name}Key" in words:
        parameters[f"{name}Key"] = {"Type": "String", "Default": "one"}
    if f"{name}Text" in words:
        parameters[f"{name}Text"] = {"Type": "String", "Default": old}
    if not parameters:
        del template["Parameters"]
    return way
