"""Folders to units: root modules and templates, and what is left out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tests.discover.cases import (
    BUCKET,
    FLOW,
    OTHER_TEMPLATE,
    TEMPLATE,
    calling,
    look,
    units,
)

Tree = Callable[[Mapping[str, str | bytes]], Path]


def test_every_root_module_and_template_with_a_flow_log_is_a_unit(tree: Tree) -> None:
    tree(
        {
            "net/main.tf": FLOW,
            "open/main.tofu": FLOW,
            "json/main.tf.json": '{"resource": {"aws_flow_log": {"a": {}}}}',
            "logs/main.tf": BUCKET,
            "cfn/flow.yaml": TEMPLATE,
            "cfn/flow.template": TEMPLATE,
            "cfn/bucket.yml": OTHER_TEMPLATE,
            "k8s/deployment.yaml": "kind: Deployment\n",
        }
    )
    found = look(".")
    assert [(unit.path, unit.kind) for unit in found.units] == [
        ("cfn/flow.template", "cloudformation"),
        ("cfn/flow.yaml", "cloudformation"),
        ("json", "terraform"),
        ("net", "terraform"),
        ("open", "terraform"),
    ]
    assert [unit.path for unit in found.bystanders()] == ["cfn/bucket.yml", "logs"]
    assert (found.counts.files, found.counts.modules, found.counts.templates) == (7, 4, 3)
    assert found.diagnostics == ()


def test_the_working_folder_itself_is_a_module_called_dot(tree: Tree) -> None:
    tree({"main.tf": FLOW, "flow.json": '{"Resources": {"L": {"Type": "AWS::EC2::FlowLog"}}}'})
    assert units(".") == [".", "flow.json"]
    assert look(".").names == ("flow.json", "main.tf")


@pytest.mark.parametrize(
    "folder",
    [".git", ".terraform/modules/x", "node_modules/x", ".hidden", "cdk.out/asset.123", "a/.b"],
)
def test_what_tools_leave_behind_is_not_walked(tree: Tree, folder: str) -> None:
    tree({"main.tf": BUCKET, f"{folder}/main.tf": FLOW, f"{folder}/flow.yaml": TEMPLATE})
    assert units(".") == []


def test_what_cdk_writes_is_a_template(tree: Tree) -> None:
    tree({"cdk.out/Net.template.json": '{"Resources": {"L": {"Type": "AWS::EC2::FlowLog"}}}'})
    assert units(".") == ["cdk.out/Net.template.json"]


def test_a_module_is_judged_through_its_callers_only(tree: Tree) -> None:
    tree(
        {
            "live/prod/main.tf": calling("../../modules/net"),
            "live/test/main.tf": calling("../../modules/net/"),
            "modules/net/main.tf": calling("./log"),
            "modules/net/log/main.tf": FLOW,
            "modules/unused/main.tf": FLOW,
            "modules/quiet/main.tf": BUCKET,
        }
    )
    assert units(".") == ["live/prod", "live/test", "modules/unused"]
    assert units("modules") == ["modules/net", "modules/unused"]


def test_a_module_outside_the_given_folder_makes_its_caller_relevant(tree: Tree) -> None:
    tree(
        {
            ".git/HEAD": "",
            "live/main.tf": calling("../modules/net"),
            "modules/net/main.tf": FLOW,
        }
    )
    found = look("live")
    assert [unit.path for unit in found.units] == ["live"]
    assert found.files_of(found.units[0]) == ["live/main.tf", "modules/net/main.tf"]


@pytest.mark.parametrize(
    "call",
    [
        'module "m" { source = "./m" }',
        'module "m" {\n  source="./m"\n}',
        'module "m" {\n\tsource   =   "./m" # ours\n}',
        'module "m" {\n  source = /* ours */ "./m"\n}',
    ],
)
def test_a_call_is_seen_however_it_is_written(tree: Tree, call: str) -> None:
    tree({"main.tf": call, "m/main.tf": FLOW})
    assert units(".") == ["."]


@pytest.mark.parametrize(
    "call",
    [
        '{"module": {"m": {\n"source": "./m"}}}',
        '{"module":{"m":{"version":"1","source":"./m"}}}',
        '\ufeff{"module": {"m": [{"source"\n:\n"./m"}]}}',
    ],
)
def test_a_call_in_json_is_seen(tree: Tree, call: str) -> None:
    tree({"main.tf.json": call, "m/main.tf": FLOW})
    assert units(".") == ["."]


@pytest.mark.parametrize(
    "comment",
    [
        '# module "m" { source = "./m" }',
        '# module "m" {\n#   source = "./m"\n# }',
        '// source = "./m"',
        '/*\nmodule "m" {\n  source = "./m"\n}\n*/',
    ],
)
def test_a_call_that_is_commented_out_is_none(tree: Tree, comment: str) -> None:
    tree({"main.tf": f'{comment}\nlocals {{ a = "x/*" }}\n', "m/main.tf": FLOW})
    assert units(".") == ["m"]


def test_a_ring_of_calls_still_has_a_root(tree: Tree) -> None:
    tree({"a/main.tf": calling("../b"), "b/main.tf": calling("../a") + FLOW, "c/main.tf": FLOW})
    assert units(".") == ["a", "c"]


def test_a_module_that_calls_itself_is_a_root(tree: Tree) -> None:
    tree({"a/main.tf": calling("../a", "./") + FLOW})
    assert units(".") == ["a"]


def test_a_flow_log_in_utf_16_is_not_passed_by(tree: Tree) -> None:
    tree({"flow.yaml": TEMPLATE.encode("utf-16"), "tf/main.tf": FLOW.encode("utf-16")})
    found = look(".")
    assert [unit.path for unit in found.units] == ["flow.yaml"]
    assert [(one.span.file, one.kind) for one in found.diagnostics] == [
        ("tf/main.tf", "unreadable")
    ]


@pytest.mark.parametrize(
    ("globs", "left"),
    [
        (("examples",), ["infra"]),
        (("infra/examples",), ["infra", "other/examples"]),
        (("./infra/examples/",), ["infra", "other/examples"]),
        (("*/examples",), ["infra"]),
        (("exam*", "infra"), []),
        (("main.tf",), []),
        (("nothing",), ["infra", "infra/examples", "other/examples"]),
    ],
)
def test_excluded_names_are_left_out(tree: Tree, globs: tuple[str, ...], left: list[str]) -> None:
    tree(dict.fromkeys(("infra/main.tf", "infra/examples/main.tf", "other/examples/main.tf"), FLOW))
    assert units(".", exclude=globs) == left
