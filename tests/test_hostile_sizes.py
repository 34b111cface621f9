"""Files that are larger than anybody writes: what is too much is said, the rest is judged."""

from __future__ import annotations

import json
import tracemalloc
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

import pytest

from tests.hostile_cases import GOOD, flow, template
from validator import cli
from validator.engine import run
from validator.files import MAX_SOURCE
from validator.outcomes import Verdict
from validator.readers.cloudformation.jsontext import nodes_of_json
from validator.readers.plan.document import Plan
from validator.readers.terraform.hcl import parse
from validator.readers.terraform.hcl.slicer import slices
from validator.readers.terraform.hcl.source import Source

Tree = Callable[[Mapping[str, str | bytes]], Path]

HCL = "validator.readers.terraform.hcl"
TEMPLATES = "validator.readers.cloudformation"
VALUES = "validator.readers.terraform"
MANY = 500
A_LIST = f"[{'1, ' * MANY}]"
A_RESOURCE = {"Type": "AWS::EC2::FlowLog"}
WITH_A_LIST = {"Resources": {"L": A_RESOURCE}, "Metadata": [1] * MANY}


def with_file(name: str, content: str, destination: str) -> dict[str, str]:
    return {**flow(destination), name: content}


# Whose budget, how small it is here, the files, where it is told, in what words.
UNREAD = {
    "a list": (f"{HCL}.source.MAX_PARTS", flow(f"join(1, {A_LIST})"), "main.tf:1", "parts"),
    "an object": (
        f"{HCL}.source.MAX_PARTS",
        flow("{" + "".join(f"a{n} = 1\n" for n in range(MANY)) + "}"),
        "main.tf:1",
        "parts",
    ),
    "texts with values": (
        f"{HCL}.source.MAX_PARTS",
        flow(f'"{"${1}" * MANY}"'),
        "main.tf:5",
        "parts",
    ),
    "JSON of Terraform": (
        f"{HCL}.source.MAX_PARTS",
        {"x.tf.json": json.dumps({"resource": {"aws_flow_log": {"a": {"x": [1] * MANY}}}})},
        "x.tf.json:1",
        "parts",
    ),
    "variables": (
        f"{HCL}.source.MAX_PARTS",
        {**flow("var.x"), "b.tf": 'variable "x" {}\n', "terraform.tfvars": f"x = {A_LIST}\n"},
        "terraform.tfvars:1",
        "parts",
    ),
    "variables in JSON": (
        f"{HCL}.source.MAX_PARTS",
        {
            **flow("var.x"),
            "b.tf": 'variable "x" {}\n',
            "terraform.tfvars.json": json.dumps({"x": [1] * MANY}),
        },
        "terraform.tfvars.json:1",
        "parts",
    ),
    "signs": (f"{HCL}.mask.MAX_SIGNS", flow('"x"' + "/**/" * MANY), "main.tf:5", "signs"),
    "blocks": (f"{HCL}.slicer.MAX_BLOCKS", flow('"x"', "a {}\n" * MANY), "main.tf:", "blocks"),
    "YAML": (f"{TEMPLATES}.compose.MAX_PARTS", template(A_LIST), "t.yaml", "parts"),
    "JSON": (
        f"{TEMPLATES}.compose.MAX_PARTS",
        {"t.json": json.dumps(WITH_A_LIST)},
        "t.json",
        "parts",
    ),
    # A tab before the first brace is no YAML.
    "JSON that is no YAML": (
        f"{TEMPLATES}.compose.MAX_PARTS",
        {"t.json": "\t" + json.dumps(WITH_A_LIST)},
        "t.json",
        "parts",
    ),
    "a plan": (
        "validator.readers.plan.document.MAX_PARTS",
        {
            "plan.json": json.dumps(
                {
                    "format_version": "1.2",
                    "planned_values": {"root_module": {"x": ["aws_flow_log", *[1] * MANY]}},
                }
            )
        },
        "plan.json:1",
        "parts",
    ),
    "resources": (
        f"{TEMPLATES}.template.MAX_RESOURCES",
        {"t.json": json.dumps({"Resources": {f"L{n}": A_RESOURCE for n in range(MANY)}})},
        "t.json:1",
        "resources",
    ),
}
OPEN = {
    "a template file": (
        f"{HCL}.source.MAX_PARTS",
        with_file("t.tftpl", "${1}" * MANY, 'templatefile("t.tftpl", {})'),
        "main.tf:5",
        "parts",
    ),
    "rows": (
        f"{VALUES}.functions.encoding.MAX_SIZE",
        with_file("x.csv", "a,b\n" * MANY, 'csvdecode(file("x.csv"))[0].a'),
        "main.tf:5",
        "fields",
    ),
    "long texts": (
        f"{VALUES}.cty.collections.MAX_SIZE",
        with_file("x.txt", "x" * 100_000, 'join("", [file("x.txt"), file("x.txt")])'),
        "main.tf:5",
        "parts",
    ),
}


@pytest.mark.parametrize("name", [*UNREAD, *OPEN])
def test_too_much_is_said_and_the_rest_is_judged(
    tree: Tree, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    budget, files, place, words = (UNREAD | OPEN)[name]
    monkeypatch.setattr(budget, MANY - 100)
    tree({"good.yaml": GOOD, **{f"bad/{one}": text for one, text in files.items()}})
    assert cli.main(["--format", "concise", "--fail-on", "never"]) == (3 if name in UNREAD else 0)
    report = run([Path()])
    verdicts = {one.name: one.verdict for one in report.deliveries}
    assert verdicts.pop("Good") is Verdict.WILL_WORK
    assert Verdict.WILL_WORK not in verdicts.values()
    said = [(one.span, one.message) for one in report.diagnostics]
    assert len(said) == (name in UNREAD)
    said += [(fact.span, fact.fact) for one in report.deliveries for fact in one.open]
    places = [(f"{span.file}:{span.line}", message) for span, message in said]
    assert any(here.startswith(f"bad/{place}") and words in told for here, told in places), places


def test_a_file_beyond_all_sizes_is_not_parsed(tree: Tree) -> None:
    comment = "#" * MAX_SOURCE
    stack = 'Resources:\n  L: {Type: "AWS::EC2::FlowLog"}\n'
    tree(
        {
            "good.yaml": GOOD,
            "net/main.tf": flow('"x"')["main.tf"],
            "net/big.tf": f"{comment}\n",
            "net/terraform.tfvars": f"{comment}\n",
            "stack.yaml": f"{stack}{comment}",
            "notes.yaml": f"what: AWS::EC2::VPC\n{comment}",
        }
    )
    report = run([Path()])
    limit = f"this is larger than {MAX_SOURCE >> 20} MiB"
    assert [(one.span.file, one.message) for one in report.diagnostics] == [
        ("net/big.tf", limit),
        ("net/terraform.tfvars", limit),
        ("stack.yaml", limit),
    ]
    assert {one.name for one in report.deliveries} == {"Good", "aws_flow_log.a"}
    alone = run([Path("notes.yaml")])
    assert [one.message for one in alone.diagnostics] == [limit]


LONG = 1_000_000
ADDRESS = (
    '{"format_version": "1.2", "planned_values": '
    '{"root_module": {"resources": [{"address": "%s"}]}}}'
)


def parsed(text: str) -> object:
    return parse.expression(Source("a.tf", text))


@pytest.mark.parametrize(
    ("reads", "short", "long"),
    [
        (parsed, '"x"', f'"{"x" * LONG}"'),
        (slices, "\n", "\n" * LONG),
        (slices, "\n", "# x\n" * LONG),
        (slices, 'a "x" {}', f'a "{"x" * LONG}" {{}}'),
        (nodes_of_json, '{"x": 1}', f'{{"{"x" * LONG}": 1}}'),
        (partial(Plan, "a.json"), ADDRESS.replace("%s", "x"), ADDRESS.replace("%s", "x" * LONG)),
    ],
    ids=["a text", "lines", "comments", "a label", "JSON", "a plan"],
)
def test_a_long_text_costs_its_length(
    reads: Callable[[str], object], short: str, long: str
) -> None:
    """And no way back for each of its characters."""
    reads(short)
    tracemalloc.start()
    try:
        reads(long)
        assert tracemalloc.get_traced_memory()[1] < 12 * len(long)
    finally:
        tracemalloc.stop()
