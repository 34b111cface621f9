"""The reader against cfn-lint 1.58 on 60 templates: values, places of keys, resolved expressions.

`NAME.expected.json` holds what cfn-lint made of each template; where we differ on purpose, the
tables below say why. cfn-lint's empty answers mean that it does not say.
"""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from validator.files import Files
from validator.graph.text import Json, Lit, Text
from validator.graph.values import Fields, Items, Known, Unknown, number_text
from validator.graph.values import Node as Value
from validator.graph.world import Declared
from validator.readers import Settings, Unit
from validator.readers.cloudformation import read
from validator.readers.cloudformation.compose import compose
from validator.readers.cloudformation.foreach import written_out
from validator.readers.cloudformation.nodes import call, pairs, plain
from validator.readers.cloudformation.reading import Reading, load
from validator.readers.cloudformation.scope import Budget, Scope
from validator.readers.cloudformation.source import Source
from validator.readers.cloudformation.stack import Stack
from validator.readers.cloudformation.template import Written
from validator.readers.cloudformation.worlds import Assumption

DATA = Path(__file__).parents[2] / "data" / "cloudformation"
NAMES = sorted(path.name.removesuffix(".expected.json") for path in DATA.glob("*.expected.json"))
_EXPECTED = {name: (DATA / f"{name}.expected.json").read_text() for name in NAMES}
REJECTED = [name for name in NAMES if "errors" in json.loads(_EXPECTED[name])]
READ = [name for name in NAMES if name not in REJECTED]

# Values that we decode otherwise than cfn-lint, by template and JSON pointer.
OTHER_VALUES: dict[str, dict[str, tuple[Any, str]]] = {
    "38-dates.yaml": {
        "/AWSTemplateFormatVersion": ("2010-09-09", "CloudFormation knows no dates"),
        "/Resources/Role/Properties/AssumeRolePolicyDocument/Version": (
            "2012-10-17",
            "CloudFormation knows no dates",
        ),
        "/Resources/Role/Properties/AssumeRolePolicyDocument/Statement/0/Condition"
        "/DateLessThan/aws:CurrentTime": (
            "2027-01-01T00:00:00Z",
            "CloudFormation knows no dates",
        ),
    },
    "39-number-like.yaml": {
        "/Resources/Topic/Metadata/infinity": (".inf", "no number that JSON could hold"),
    },
    "58-json-null-and-numbers.json": {
        "/Resources/Topic/Metadata/exponent": (1000, "a number in JSON; only YAML 1.1 says text"),
    },
}
# Keys that cfn-lint bends: they are text to CloudFormation.
OTHER_KEYS = {"40-boolean-like.yaml": {"Yes": "True"}}

# Keys whose places we see elsewhere.
OTHER_PLACES: dict[str, dict[str, tuple[list[int], str]]] = {
    "40-boolean-like.yaml": {
        "/Outputs/Yes": ([16, 3], "cfn-lint's key is a boolean, which has no place"),
    },
    "46-merge-keys.yaml": {
        "/Resources/Other/DeletionPolicy": ([10, 5], "the value is the one that is written here"),
    },
}

_DEFAULT = "judged with the parameter's default"
# What cfn-lint yields and we do not, by template and output.
NOT_OURS: dict[tuple[str, str], tuple[list[Any], str]] = {
    ("05-allowed-values.yaml", "Kept"): (["30"], _DEFAULT),
    ("12-sub-escape.yaml", "Escaped"): (["${version} us-east-1"], "CloudFormation drops the !"),
    ("12-sub-escape.yaml", "Dollar"): (["$5 and ${} and $"], "CloudFormation drops the !"),
    ("19-if-simple.yaml", "Name"): (["secret-logs"], _DEFAULT),
    ("24-condition-on-resource.yaml", "Destination"): (["created"], _DEFAULT),
    ("25-equals-constants.yaml", "Always"): (["yes"], "a comparison of constants is settled"),
    ("25-equals-constants.yaml", "Never"): (["no"], "a comparison of constants is settled"),
    ("25-equals-constants.yaml", "Numbers"): (["yes"], "a comparison of constants is settled"),
    ("26-findinmap.yaml", "Name"): (["logs-use1"], "only the entry of the region"),
    ("32-to-json-string.yaml", "Text"): (
        ['{"Version":"2012-10-17","Account":"123456789012"}'],
        "what is inside is resolved as well",
    ),
    ("37-dynamic-reference.yaml", "Plain"): (["${resolve:ssm:/logs/bucket:1}"], "unknown to us"),
    ("37-dynamic-reference.yaml", "Built"): (
        ["${SSM parameter 123456789012:us-east-1:/logs/bucket}"],
        "unknown to us",
    ),
    ("17-select.yaml", "Zone"): ([], "which zones there are depends on the account"),
    ("04-pseudo-parameters.yaml", "Notifications"): ([], "known to the deploy only"),
    ("04-pseudo-parameters.yaml", "StackId"): (
        [
            "arn:aws:cloudformation:us-east-1:123456789012:stack/"
            "${AWS::StackName}/${AWS::StackId GUID}"
        ],
        "name and GUID are known to the deploy only",
    ),
    ("04-pseudo-parameters.yaml", "Stack"): (["${AWS::StackName}"], "known to the deploy only"),
    ("30-export.yaml", "ExportName"): (["${AWS::StackName}-bucket"], "known to the deploy only"),
}


def _expected(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(_EXPECTED[name])
    return found


def _composed(name: str) -> tuple[Node, Source, list[str]]:
    source = Source(name, (DATA / name).read_text(encoding="utf-8"))
    root, faults = compose(source, json_only=name.endswith(".json"))
    assert root is not None
    return root, source, [fault.message for fault in faults]


def _decoded(node: Node, *, is_json: bool) -> Any:
    """A node in the long form, as cfn-lint's decoder writes it."""
    called = call(node)
    if called is not None and called.node is not called.argument:
        inner = _decoded(called.argument, is_json=is_json)
        if called.name == "Fn::GetAtt" and isinstance(inner, str) and node.tag:
            inner = inner.split(".", 1)
        return {called.name: inner}
    if isinstance(node, ScalarNode):
        found = plain(node, is_json=is_json)
        return float(found) if isinstance(found, Decimal) else found
    if isinstance(node, SequenceNode):
        return [_decoded(item, is_json=is_json) for item in node.value]
    return {key.value: _decoded(value, is_json=is_json) for key, value in pairs(node)}


def _at(value: Any, pointer: str) -> tuple[Any, str | int]:
    holder: Any = value
    *path, last = [part.replace("~1", "/").replace("~0", "~") for part in pointer.split("/")[1:]]
    for part in path:
        holder = holder[int(part) if part.isdigit() else part]
    return holder, int(last) if last.isdigit() else last


@pytest.mark.parametrize("name", READ)
def test_values_are_those_of_cfn_lint(name: str) -> None:
    expected = _expected(name)["value"]
    for pointer, (value, _reason) in OTHER_VALUES.get(name, {}).items():
        holder, key = _at(expected, pointer)
        assert holder[key] != value, "no difference any more"
        holder[key] = value
    root, _, _ = _composed(name)
    found = _decoded(root, is_json=name.endswith(".json"))
    for ours, theirs in OTHER_KEYS.get(name, {}).items():
        expected["Outputs"] = {
            ours if key == theirs else key: value for key, value in expected["Outputs"].items()
        }
    assert found == expected


def _positions(node: Node, source: Source, pointer: str = "") -> dict[str, list[int]]:
    """The places of all keys, by the pointers that they have in the long form."""
    called = call(node)
    if called is not None and node.tag:
        return _positions(called.argument, source, f"{pointer}/{called.name}")
    found: dict[str, list[int]] = {}
    if isinstance(node, MappingNode):
        for key, value in pairs(node):
            below = f"{pointer}/{key.value.replace('~', '~0').replace('/', '~1')}"
            span = source.span(key)
            found[below] = [span.line, span.column]
            found.update(_positions(value, source, below))
    elif isinstance(node, SequenceNode):
        for index, item in enumerate(node.value):
            found.update(_positions(item, source, f"{pointer}/{index}"))
    return found


@pytest.mark.parametrize("name", READ)
def test_every_key_stands_where_cfn_lint_sees_it(name: str) -> None:
    root, source, _ = _composed(name)
    expected: dict[str, list[int]] = _expected(name)["positions"]
    for ours, theirs in OTHER_KEYS.get(name, {}).items():
        expected = {key.replace(f"/{theirs}", f"/{ours}"): at for key, at in expected.items()}
    for pointer, (place, _reason) in OTHER_PLACES.get(name, {}).items():
        assert expected.get(pointer) != place, "no difference any more"
        expected[pointer] = place
    assert _positions(root, source) == expected


def _worlds(name: str) -> list[dict[str, Value | None]]:
    """What each output is in each world, outputs taken for properties of a flow log."""
    template, faults = load(name, Files(DATA, DATA))
    assert template is not None, faults
    keys: dict[str, str] = {}
    settings = Settings(account="123456789012", region="us-east-1", partition="aws")
    scope = Scope(Stack(name, template), settings, {}, Assumption(), Budget())
    for index, written in enumerate(written_out(scope, template.outputs).values()):
        value = written.get("Value")
        if value is None:
            continue
        marks = (value.start_mark, value.end_mark)
        probe = MappingNode(
            "",
            [
                (ScalarNode("", "Type", *marks), ScalarNode("", "AWS::EC2::FlowLog", *marks)),
                (
                    ScalarNode("", "Properties", *marks),
                    MappingNode("", [(ScalarNode("", "LogFormat", *marks), value)], *marks),
                ),
            ],
            *marks,
        )
        name_node = ScalarNode("", f"Probe{index}", *marks)
        keys[written.name] = name_node.value
        template.resources[name_node.value] = Written(
            name_node.value, name_node, probe, written.loops
        )
    result = Reading(
        Unit("cloudformation", name), Files(DATA, DATA), settings, template, {}, []
    ).read()
    return [
        {
            output: next(one for one in world.resources if one.name == probe).attribute("LogFormat")
            for output, probe in keys.items()
        }
        for world in result.worlds
    ]


def _plain(value: Value | None) -> Any:
    match value:
        case None:
            return None
        case Unknown():
            return {"unknown": value.why}
        case Known(value=Text(pieces=pieces)):
            return "".join(
                json.dumps(_plain(piece.node), separators=(",", ":"))
                if isinstance(piece, Json)
                else piece.text
                if isinstance(piece, Lit)
                else str(Text((piece,)))
                for piece in pieces
            )
        case Known(value=Items(items=items)):
            return [_plain(item) for item in items]
        case Known(value=Fields(entries=entries)):
            return {str(entry.key): _plain(entry.value) for entry in entries}
        case Known(value=Decimal() as number):
            return json.loads(number_text(number))
        case Known(value=other):
            return other


@pytest.mark.parametrize("name", [name for name in READ if _expected(name).get("resolved")])
def test_expressions_resolve_to_what_cfn_lint_yields(name: str) -> None:
    resolved: dict[str, list[dict[str, Any]]] = _expected(name)["resolved"]
    worlds = _worlds(name)
    for pointer, answers in resolved.items():
        output = pointer.split("/")[2]
        for ours, theirs in OTHER_KEYS.get(name, {}).items():
            output = ours if output == theirs else output
        if output not in worlds[0]:
            continue
        found = [_plain(world[output]) for world in worlds]
        theirs_all = [answer["value"] for answer in answers]
        if (name, output) in NOT_OURS:
            ours_only, _reason = NOT_OURS[name, output]
            known = [value for value in found if not isinstance(value, dict)]
            assert [value for value in known if value in ours_only] == known, output
            assert set(map(str, known)) == set(map(str, ours_only)), output
            assert known != theirs_all, "no difference any more"
            continue
        for value in theirs_all:
            assert value in found, output


@pytest.mark.parametrize("name", [name for name in READ if "transformed" in _expected(name)])
def test_loops_make_what_cfn_lint_makes_of_them(name: str) -> None:
    transformed = _expected(name)["transformed"]
    result = read(Unit("cloudformation", name), Files(DATA, DATA), Settings())
    (world,) = result.worlds
    assert not result.diagnostics
    known = {
        logical_id: resource.get("Properties", {})
        for logical_id, resource in transformed["Resources"].items()
        if resource["Type"] in ("AWS::S3::Bucket", "AWS::EC2::FlowLog")
    }
    assert {one.name: _properties(one, known[one.name]) for one in world.resources} == known
    assert _worlds(name)[0].keys() == transformed.get("Outputs", {}).keys()


def _properties(declared: Declared, names: Any) -> dict[str, Any]:
    return {name: _plain(declared.attribute(name)) for name in names}


def test_every_named_difference_is_one_of_a_template() -> None:
    assert {name for name, _ in NOT_OURS} <= set(READ)
    assert set(OTHER_VALUES) | set(OTHER_KEYS) <= set(READ)


@pytest.mark.parametrize("name", REJECTED)
def test_what_cfn_lint_cannot_decode_is_a_diagnostic_at_the_same_line(name: str) -> None:
    files = Files(DATA, DATA)
    result = read(Unit("cloudformation", name), files, Settings())
    lines = {error["line"] for error in _expected(name)["errors"]}
    assert result.diagnostics
    assert {fault.span.line for fault in result.diagnostics} <= lines
    assert {fault.kind for fault in result.diagnostics} == {"syntax"}


def test_all_sixty_templates_are_tried() -> None:
    assert len(NAMES) == 60
