"""Templates that strangers send to make us crash or hang: a diagnostic or an unknown, and soon."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from validator.aws import attributes_read
from validator.graph.values import Node, Unknown

if TYPE_CHECKING:
    from tests.readers.cloudformation.conftest import ReadText, Stack

SECONDS = 5.0
LOG = """\
Resources:
  Log:
    Type: AWS::EC2::FlowLog
    Properties:
      LogFormat: """
LOOPS = "Transform: AWS::LanguageExtensions\nResources:\n  "


@pytest.fixture(autouse=True)
def usual_limit() -> Iterator[None]:
    """Nothing here needs a higher recursion limit, and nothing raises it."""
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(1000)
    yield
    assert sys.getrecursionlimit() == 1000
    sys.setrecursionlimit(before)


@pytest.fixture(autouse=True)
def soon() -> Iterator[None]:
    """Everything here must end within seconds of processor time."""
    before = time.process_time()
    yield
    assert time.process_time() - before < SECONDS


def _everything(stack: Stack) -> list[Node]:
    """Evaluate all that anybody may ask for."""
    found: list[Node] = []
    for world in stack.worlds:
        for one in world.resources:
            world.dependencies(one.address)
            names = sorted(attributes_read("cloudformation", one.type))
            values = [one.attribute(name) for name in names]
            found.extend(value for value in values if value is not None)
    return found


def _layers(first: str, layer: str, count: int) -> str:
    """`a1` made of many `a0`, `a2` of many `a1`, and so on."""
    lines = [f"  a0: &a0 {first}\n"]
    lines += [f"  a{n}: &a{n} {layer.replace('*', f'*a{n - 1}')}\n" for n in range(1, count)]
    return "Metadata:\n" + "".join(lines)


def _ten(item: str) -> str:
    return ", ".join([item] * 10)


@pytest.mark.parametrize(
    ("first", "layer"),
    [
        ("[x, x]", f"[{_ten('*')}]"),
        ("{k: x}", "{" + ", ".join(f"k{n}: *" for n in range(10)) + "}"),
        ("xxxxxxxxxx", f"!Join ['', [{_ten('*')}]]"),
        ("xxxxxxxxxx", "!Sub ['${x}${x}${x}${x}', {x: *}]"),
        ("[x]", f"!Split [',', !Join [',', [{_ten('*')}]]]"),
        ("x", "!If [Never, *, !If [Never, *, *]]"),
        ("x", "{Fn::ToJsonString: [*, *]}"),
    ],
)
def test_aliases_that_multiply(read_text: ReadText, first: str, layer: str) -> None:
    conditions = "Conditions: {Never: !Equals [a, !Ref AWS::Region]}\n"
    stack = read_text(conditions + _layers(first, layer, 40) + LOG + "*a39\n")
    _everything(stack)
    assert not stack.diagnostics


def test_merge_keys_that_multiply(read_text: ReadText) -> None:
    stack = read_text(_layers("{k: x}", f"{{<<: [{_ten('*')}]}}", 40) + LOG + "*a39\n")
    assert stack.shown("Log", "LogFormat") == {"k": "x"}
    deep = read_text(_layers("{k: x}", "{<<: *}", 400) + LOG + "*a399\n")
    _everything(deep)


@pytest.mark.parametrize(
    "anchor", ["&a [*a]", "&a {x: *a}", "&a {x: 1, <<: *a}", "&a !Join ['', *a]", "&a !Not [*a]"]
)
def test_anchors_that_hold_themselves(read_text: ReadText, anchor: str) -> None:
    _everything(read_text(f"{LOG}{anchor}\n"))
    _everything(read_text(f"Conditions: {{C: {anchor}}}\n{LOG}!If [C, a, b]\n"))
    _everything(read_text(f"Transform: {anchor}\nMappings: {anchor}\n{LOG}x\n"))


@pytest.mark.parametrize("count", [90, 900, 10_000, 200_000])
def test_nesting(read_text: ReadText, count: int) -> None:
    opened, closed = "[" * count, "]" * count
    flow = read_text(f"{LOG}{opened}{closed}\n")
    many = read_text(f"{LOG}\n        {'- ' * count}x\n")
    properties = f'{{"LogFormat": {opened}{closed}}}'
    text = (
        f'{{"Resources": {{"Log": {{"Type": "AWS::EC2::FlowLog", "Properties": {properties}}}}}}}'
    )
    json = read_text(text, file="template.json")
    for stack in (flow, many, json):
        _everything(stack)
        if count >= 10_000:
            assert [fault.kind for fault in stack.diagnostics] == ["limit"]
            assert stack.world.gaps
        else:
            assert not stack.diagnostics


@pytest.mark.parametrize("count", [900, 950, 5_000, 10_000])
def test_nesting_is_read_alike_wherever_the_recursion_limit_stands(
    read_text: ReadText, count: int
) -> None:
    """The Terraform reader raises it, if the run has a root module too."""
    text = f"{LOG}{'[' * count}{']' * count}\n"
    before = read_text(text).diagnostics
    sys.setrecursionlimit(12_000)
    try:
        after = read_text(text).diagnostics
    finally:
        sys.setrecursionlimit(1000)
    assert before == after
    assert [fault.kind for fault in after] == ([] if count == 900 else ["limit"])


def test_functions_in_functions(read_text: ReadText) -> None:
    stack = read_text(
        f"{LOG}{'!If [Never, x, ' * 300}y{']' * 300}\nConditions: {{Never: !Equals [a, b]}}\n"
    )
    value = stack.value("Log", "LogFormat")
    assert isinstance(value, Unknown)
    assert "levels deep" in value.why


def test_conditions_on_conditions(read_text: ReadText) -> None:
    names = [
        f"  C{n}: !And [!Condition C{n - 1}, !Not [!Condition C{n - 1}]]\n" for n in range(1, 600)
    ]
    text = "Conditions:\n  C0: !Equals [!Ref AWS::Region, a]\n" + "".join(names)
    _everything(read_text(f"{text}{LOG}!If [C599, a, b]\n"))
    ring = "Conditions: {A: !Not [!Condition B], B: !Not [!Condition A]}\n"
    stack = read_text(f"{ring}{LOG}!If [A, a, b]\n")
    assert "leads back to itself" in str(stack.shown("Log", "LogFormat"))


def test_loops_that_multiply(read_text: ReadText) -> None:
    body = "'L${a}x${b}x${c}x${d}': {Type: AWS::EC2::FlowLog}"
    values = ", ".join(map(str, range(30)))
    for name in "dcba":
        body = f"'Fn::ForEach::{name}': [{name}, [{values}], {{{body}}}]"
    stack = read_text(f"{LOOPS}{body}\n")
    assert [fault.kind for fault in stack.diagnostics] == ["limit"]
    assert len(stack.world.resources) == 2_000
    assert stack.world.gaps


def test_loops_in_loops_in_loops(read_text: ReadText) -> None:
    body = "L: {Type: AWS::EC2::FlowLog}"
    for depth in range(40):
        body = f"'Fn::ForEach::F{depth}': [x{depth}, [a, b], {{{body}}}]"
    stack = read_text(f"{LOOPS}{body}\n")
    assert "nested more than 10 deep" in stack.world.gaps[0].why


def test_loops_that_nobody_can_write_out_are_told_if_they_make_flow_logs(
    read_text: ReadText,
) -> None:
    for listed in ("!Ref P", "!Ref X", "!Ref Fn::ForEach::A", "{a: b}"):
        for type_ in ("AWS::EC2::FlowLog", "AWS::S3::Bucket"):
            body = f"[X, {listed}, {{'L${{X}}': {{Type: {type_}}}}}]"
            stack = read_text(
                f"{LOOPS}Fn::ForEach::A: {body}\nParameters: {{P: {{Type: String}}}}\n"
            )
            names = ["Fn::ForEach::A"] if type_ == "AWS::EC2::FlowLog" else []
            assert stack.names == names
            if names:
                assert isinstance(stack.value(names[0], "LogDestination"), Unknown)


def test_loops_over_long_texts(read_text: ReadText) -> None:
    values = ", ".join("a" * 1000 + str(index) for index in range(300))
    log = "{Type: AWS::EC2::FlowLog, Properties: {LogFormat: '" + "${X}" * 1000 + "'}}"
    stack = read_text(f"{LOOPS}Fn::ForEach::A: [X, [{values}], {{'L${{X}}': {log}}}]\n")
    assert len(_everything(stack)) == 300


@pytest.mark.parametrize(
    "value",
    [
        "!Sub '" + "${a}" * 100_000 + "'",
        "!Sub '" + "${" * 200_000 + "'",
        "!Split [',', '" + "," * 300_000 + "']",
        '"' + '\\"' * 200_000 + '"',
        "'" + "''" * 200_000 + "'",
        ">\n" + "        a\n" * 60_000,
        "|\n" + "\n" * 200_000 + "        a\n",
        "'" + "{{resolve:" * 100_000 + "'",
        "'" + "{{resolve:a}}" * 40_000 + "'",
        "!Select [0, !Cidr ['::/0', 256, 0]]",
        "!Select [99999999999999999999, [a]]",
        "!Base64 " + "x" * 500_000,
        "!Ref" + " " * 200_000 + "x",
        "1" * 200_000,
        "1" + ":59" * 100_000,
        "!GetAtt [" + "Log, " * 50_000 + "]",
        "!!python/object/apply:os.system ['true']",
        "{? [a, b] : c, ? {d: e} : f}",
    ],
    ids=lambda value: str(value)[:24].replace("\n", " "),
)
def test_long_and_odd_texts(read_text: ReadText, value: str) -> None:
    _everything(read_text(f"{LOG}{value}\n"))


def test_very_many_open_parameters(read_text: ReadText) -> None:
    values = ", ".join(f"v{index}" for index in range(60))
    parameters = [f"  P{n}: {{Type: String, AllowedValues: [{values}]}}\n" for n in range(150)]
    references = ", ".join(f"!Ref P{n}" for n in range(150))
    stack = read_text("Parameters:\n" + "".join(parameters) + f"{LOG}!Join ['', [{references}]]\n")
    _everything(stack)
    assert len(stack.worlds) == 60


def test_very_many_open_conditions(read_text: ReadText) -> None:
    count = 400
    lines = ["Parameters:"] + [f"  P{n}: {{Type: String}}" for n in range(count)]
    lines += ["Conditions:"] + [f"  C{n}: !Equals [!Ref P{n}, x]" for n in range(count)]
    lines += ["Resources:"]
    lines += [f"  L{n}: {{Type: AWS::EC2::FlowLog, Condition: C{n}}}" for n in range(count)]
    stack = read_text("\n".join(lines))
    assert len(stack.worlds) == 8
    _everything(stack)


def test_nested_stacks_that_multiply(read_text: ReadText) -> None:
    stack_of = "{Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: n%d.yaml}}"
    beside = {
        f"n{level}.yaml": "Resources:\n"
        + "".join(f"  S{n}: {stack_of % (level + 1)}\n" for n in range(10))
        for level in range(6)
    }
    beside["n6.yaml"] = "Resources: {Log: {Type: AWS::EC2::FlowLog}}\n"
    stack = read_text(beside.pop("n0.yaml"), beside=beside)
    _everything(stack)
    assert [fault.kind for fault in stack.diagnostics] == ["limit"]
    assert stack.world.gaps


def test_very_many_stack_sets(read_text: ReadText) -> None:
    body = "TemplateBody: 'Resources: {L: {Type: AWS::EC2::FlowLog}}'"
    lines = [
        f"  S{n}: {{Type: AWS::CloudFormation::StackSet, Properties: {{{body}}}}}\n"
        for n in range(900)
    ]
    stack = read_text("Resources:\n" + "".join(lines))
    assert [fault.kind for fault in stack.diagnostics] == ["limit"]
    assert len(stack.world.resources) == 200


def test_very_many_repeated_keys(read_text: ReadText) -> None:
    assert len(read_text("Resources:\n" + "  A: {}\n" * 20_000).diagnostics) == 100
