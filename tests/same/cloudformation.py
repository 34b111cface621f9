"""Changes to CloudFormation templates that mean nothing."""

# JSON as it comes: what is inside has no type.
# pyright: reportUnknownArgumentType=false, reportUnknownLambdaType=false
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from random import Random
from typing import Any

import yaml

from tests.same.cloudformation_values import wrapped
from tests.same.files import Change, Files
from tests.same.policies import stated


def _loaded(text: str) -> Any:
    """A template as data, with the functions by their long names."""
    return _long(yaml.compose(text, yaml.SafeLoader), yaml.SafeLoader(""))


def _long(node: Any, loader: yaml.SafeLoader) -> Any:
    value: Any
    if isinstance(node, yaml.MappingNode):
        value = {str(_long(key, loader)): _long(inner, loader) for key, inner in node.value}
    elif isinstance(node, yaml.SequenceNode):
        value = [_long(inner, loader) for inner in node.value]
    elif node.tag in ("tag:yaml.org,2002:bool", "tag:yaml.org,2002:int"):
        value = loader.construct_object(node)
    else:
        value = node.value
    if not node.tag.startswith("!"):
        return value
    name = node.tag[1:]
    if name == "GetAtt" and isinstance(value, str):
        value = value.split(".", 1)
    return {name if name in ("Ref", "Condition") else f"Fn::{name}": value}


def written(template: Any, chance: Random) -> str:
    """A template as YAML or JSON, in one of many styles."""
    if chance.random() < 0.4:
        return json.dumps(template, indent=chance.choice((None, 1, 4)))
    made = yaml.safe_dump(
        template,
        sort_keys=False,
        default_flow_style=chance.choice((False, False, None, True)),
        default_style=chance.choice((None, None, None, '"')) if not _typed(template) else None,
        width=chance.choice((40, 80, 9999)),
        indent=chance.choice((2, 4, 8)),
    )
    # PyYAML itself does not read all that it writes in narrow lines.
    return made if _loaded(made) == template else json.dumps(template)


def _typed(value: Any) -> bool:
    """Whether quotes would make a text of something."""
    if isinstance(value, dict):
        return any(_typed(one) for one in value.values())
    if isinstance(value, list):
        return any(_typed(one) for one in value)
    return not isinstance(value, str)


def _each(change: Callable[[Any, Random], bool]) -> Change:
    def changed(files: Files, chance: Random) -> Files | None:
        new: dict[str, str] = {}
        touched = False
        for name, text in files.items():
            template = _loaded(text) if name.endswith((".yaml", ".json")) else None
            if isinstance(template, dict) and "Resources" in template:
                touched |= change(template, chance)
                # Its parents name it as it is called, whatever it is written in.
                new[name] = (
                    written(template, chance) if name.endswith(".yaml") else json.dumps(template)
                )
            else:
                new[name] = text
        return new if touched else None

    changed.__name__ = change.__name__
    return changed


def translated(template: Any, chance: Random) -> bool:
    """JSON as YAML and the other way round, in other styles."""
    return True


def shuffled(template: Any, chance: Random) -> bool:
    """Sections, resources, parameters and properties in another order."""
    keys = ("Resources", "Parameters", "Conditions", "Outputs", "Mappings")
    tables = [template, *(template[key] for key in keys if isinstance(template.get(key), dict))]
    declared = [one for one in template["Resources"].values() if isinstance(one, dict)]
    tables += [one["Properties"] for one in declared if one.get("Properties")]
    for table in tables:
        if isinstance(table, dict) and not any(key.startswith("Fn::") for key in table):
            order = list(table.items())
            chance.shuffle(order)
            table.clear()
            table.update(order)
    return True


def renamed(template: Any, chance: Random) -> bool:
    """Resources, parameters and conditions with other names."""
    if "Fn::ForEach" in json.dumps(template) or "Transform" in template:
        return False
    names: dict[str, str] = {}
    # What passes values from stack to stack is called by its name on the other side.
    for section in ("Resources", "Conditions"):
        for name in template.get(section) or {}:
            names[name] = f"{name}Zz{len(names)}"
    for section in ("Resources", "Conditions"):
        if template.get(section):
            template[section] = {names[key]: one for key, one in template[section].items()}
    for section in template:
        template[section] = _with_names(template[section], names)
    return True


def _with_names(value: Any, names: Mapping[str, str]) -> Any:
    if isinstance(value, list):
        return [_with_names(one, names) for one in value]
    if not isinstance(value, dict):
        return value
    made = {key: _with_names(one, names) for key, one in value.items()}
    for key in ("Ref", "Condition", "DependsOn"):
        one = made.get(key)
        if isinstance(one, str):
            made[key] = names.get(one, one)
        elif key == "DependsOn" and isinstance(one, list):
            made[key] = [names.get(each, each) for each in one]
    if isinstance(made.get("Fn::GetAtt"), list):
        first, *rest = made["Fn::GetAtt"]
        made["Fn::GetAtt"] = [names.get(first, first), *rest]
    if isinstance(made.get("Fn::If"), list):
        first, *rest = made["Fn::If"]
        made["Fn::If"] = [names.get(first, first), *rest]
    sub = made.get("Fn::Sub")
    if isinstance(sub, str):
        made["Fn::Sub"] = _sub(sub, names)
    elif isinstance(sub, list) and isinstance(sub[0], str):
        own = {key: one for key, one in names.items() if key not in sub[1]}
        made["Fn::Sub"] = [_sub(sub[0], own), *sub[1:]]
    return made


def _sub(text: str, names: Mapping[str, str]) -> str:
    def other(found: re.Match[str]) -> str:
        return "${" + names.get(found[1], found[1]) + found[2] + "}"

    return re.sub(r"\$\{(\w+)((?:\.[\w.]+)?)\}", other, text)


def beside(template: Any, chance: Random) -> bool:
    """Resources that have nothing to do with it."""
    template["Resources"] = {
        "UnrelatedQueue": {"Type": "AWS::SQS::Queue"},
        **template["Resources"],
        "UnrelatedBucket": {
            "Type": "AWS::S3::Bucket",
            "Properties": {"BucketName": "unrelated-7d"},
        },
        "UnrelatedVpc": {"Type": "AWS::EC2::VPC", "Properties": {"CidrBlock": "10.99.0.0/16"}},
    }
    template.setdefault("Outputs", {})["Unrelated"] = {"Value": {"Ref": "UnrelatedQueue"}}
    return True


def conditional(template: Any, chance: Random) -> bool:
    """Resources on a condition that always holds."""
    if "Transform" in template:
        return False
    conditions = template.setdefault("Conditions", {})
    conditions["Always"] = {"Fn::Equals": ["a", "a"]}
    conditions["Surely"] = {
        "Fn::Or": [{"Condition": "Always"}, {"Fn::Not": [{"Condition": "Always"}]}]
    }
    for one in template["Resources"].values():
        if isinstance(one, dict) and "Condition" not in one and chance.random() < 0.6:
            one["Condition"] = chance.choice(("Always", "Surely"))
    return True


def nested(files: Files, chance: Random) -> Files | None:
    """The whole stack inside another one."""
    if len(files) != 1:
        return None
    ((name, text),) = files.items()
    template = _loaded(text)
    if not isinstance(template, dict):
        return None
    given = {key: {"Ref": key} for key in template.get("Parameters") or {}}
    stack = {
        "Type": "AWS::CloudFormation::Stack",
        "Properties": {
            "TemplateURL": f"./inner/{name}",
            **({"Parameters": given} if given else {}),
        },
    }
    outer = {"Resources": {"Inner": stack}}
    if given:
        outer["Parameters"] = template["Parameters"]
    return {"outer.yaml": written(outer, chance), f"inner/{name}": text}


def commented(files: Files, chance: Random) -> Files | None:
    """More comments and blank lines, another indentation, lines that end as on Windows."""
    new: dict[str, str] = {}
    for name, text in files.items():
        if name.endswith(".yaml") and not re.search(r"[|>][-+]?\s*$", text, re.M):
            lines = [
                chance.choice(("", "", "# x: {\n", "\n", "        # - 'a\n")) + line
                for line in text.splitlines(keepends=True)
            ]
            new[name] = "".join(lines)
            try:
                same = _loaded(new[name]) == _loaded(text)
            except yaml.YAMLError:
                same = False
            if not same:
                new[name] = text  # in the middle of a text there are no comments
            if chance.random() < 0.3:
                new[name] = new[name].replace("\n", "\r\n")
    return {**files, **new} if new else None


CHANGES: tuple[Change, ...] = (
    *(_each(one) for one in (translated, shuffled, renamed, beside, conditional, stated)),
    *(_each(wrapped), _each(wrapped), _each(wrapped), nested, commented),
)
