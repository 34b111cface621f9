"""A file stands for what it belongs to, wherever the rest of that is."""

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
    said,
    units,
)

Tree = Callable[[Mapping[str, str | bytes]], Path]


@pytest.fixture
def repository(tree: Tree) -> Path:
    return tree(
        {
            ".git/HEAD": "",
            "README.md": "",
            "live/prod/main.tf": calling("../../modules/net"),
            "live/prod/env/prod.tfvars": "",
            "live/test/main.tf": calling("../../modules/net"),
            "live/dns/main.tf": BUCKET,
            "modules/net/main.tf": FLOW
            + 'locals { p = file("${path.module}/../../p/policy.json") }',
            "modules/net/key.json": "{}",
            "p/policy.json": "{}",
            "p/other.json": "{}",
            "cfn/flow.yaml": TEMPLATE,
            "cfn/flow.txt": TEMPLATE,
            "cfn/bucket.yaml": OTHER_TEMPLATE,
        }
    )


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("modules/net/main.tf", ["live/prod", "live/test"]),
        ("modules/net/key.json", ["live/prod", "live/test"]),
        ("p/policy.json", ["live/prod", "live/test"]),
        ("live/prod/main.tf", ["live/prod"]),
        ("live/prod/env/prod.tfvars", ["live/prod"]),
        ("live/dns/main.tf", []),
        ("p/other.json", []),
        ("README.md", []),
        ("cfn/flow.yaml", ["cfn/flow.yaml"]),
        ("cfn/flow.txt", ["cfn/flow.txt"]),
        ("cfn/bucket.yaml", []),
    ],
)
def test_a_file_stands_for_what_it_belongs_to(
    repository: Path, given: str, expected: list[str]
) -> None:
    assert repository.is_dir()
    assert units(given) == expected
    assert said(given) == []


@pytest.mark.parametrize(
    "given", [".pre-commit-config.yaml", ".github/workflows/ci.yaml", "node_modules/x/a.json"]
)
def test_what_is_hidden_belongs_to_no_module(tree: Tree, given: str) -> None:
    tree({".git/HEAD": "", "main.tf": FLOW, "sub/policy.json": "{}", given: "{}"})
    assert units(given) == []
    assert units("sub/policy.json") == ["."]


def test_what_is_wrong_elsewhere_is_not_said_for_a_file(tree: Tree) -> None:
    top = tree({".git/HEAD": "", "net/main.tf": FLOW, "cfn/flow.yaml": TEMPLATE})
    for name in ("other.tf", "net/dangling.tf"):
        (top / name).symlink_to(top / "nowhere")
    assert said("cfn/flow.yaml") == []
    assert [file for file, _ in said("net/main.tf")] == ["net/dangling.tf"]
    assert [file for file, _ in said(".")] == ["net/dangling.tf", "other.tf"]


def test_what_lies_between_two_repositories_is_not_walked(tree: Tree) -> None:
    tree(
        {
            "one/.git/HEAD": "",
            "one/net/main.tf": FLOW,
            "one/live/main.tf": calling("../net"),
            "two/.git/HEAD": "",
            "two/main.tf": FLOW,
            "three/main.tf": calling("../two"),
        }
    )
    found = look("one/net/main.tf", "two/main.tf")
    assert [unit.path for unit in found.units] == ["one/live", "two"]
    assert "three" not in found.scan.folders


def test_a_template_alone_needs_no_walk(tree: Tree) -> None:
    tree({".git/HEAD": "", "cfn/flow.yaml": TEMPLATE, "cfn/bucket.yaml": OTHER_TEMPLATE})
    found = look("cfn/flow.yaml")
    assert set(found.scan.templates) == {"cfn/flow.yaml"}
    assert [unit.path for unit in found.bystanders()] == ["cfn/bucket.yaml"]


def test_files_are_triggers_from_any_working_folder(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(repository / "live" / "prod")
    assert units("../../p/policy.json") == [".", "../test"]
    assert units("env/prod.tfvars", "../../cfn/flow.yaml") == [".", "../../cfn/flow.yaml"]


def test_a_trigger_counts_only_what_it_belongs_to(repository: Path) -> None:
    assert repository.is_dir()
    found = look("live/prod/main.tf")
    assert found.names == ("live/prod/main.tf", "modules/net/main.tf")
    assert (found.counts.files, found.counts.modules, found.counts.templates) == (2, 2, 0)
    assert [unit.path for unit in found.bystanders()] == [
        "cfn/bucket.yaml",
        "cfn/flow.yaml",
        "live/dns",
        "live/test",
    ]


def test_an_excluded_file_triggers_nothing(repository: Path) -> None:
    assert repository.is_dir()
    assert units("modules/net/main.tf", "cfn/flow.yaml", exclude=("cfn", "modules")) == []


def test_bystanders_are_asked_by_what_they_mention(repository: Path) -> None:
    assert repository.is_dir()
    found = look(".")
    others = {unit.path: unit for unit in found.bystanders()}
    assert found.mentions(others["live/dns"], [b"aws_iam_role", b"aws_s3_bucket"])
    assert not found.mentions(others["live/dns"], [b"aws_iam_role"])
    assert found.mentions(others["cfn/bucket.yaml"], [b"AWS::S3::Bucket"])
    assert not found.mentions(others["cfn/bucket.yaml"], [b"aws_s3_bucket", b"AWS::Logs::LogGroup"])


def test_no_file_is_read_again_for_what_may_be_named(repository: Path) -> None:
    found = look(".")
    others = {unit.path: unit for unit in found.bystanders()}
    for unit in ("live/dns", "cfn/bucket.yaml"):
        assert not found.mentions(others[unit], [b"aws_flow_log"])
    for path in (repository / "cfn/bucket.yaml", *(repository / "live/dns").iterdir()):
        path.unlink()
    assert found.mentions(others["live/dns"], [b"aws_s3_bucket"])
    assert found.mentions(others["cfn/bucket.yaml"], [b"AWS::S3::Bucket"])


def test_hundreds_of_files_find_their_modules(tree: Tree) -> None:
    """`pre-commit run --all-files` names every file there is."""
    names = [f"p/{number}.json" for number in range(300)]
    use = 'locals { p = file("${path.module}/../p/217.json") }'
    tree(
        {
            ".git/HEAD": "",
            "net/main.tf": FLOW + use,
            "dns/main.tf": FLOW,
            **dict.fromkeys(names, "{}"),
        }
    )
    assert units(*names) == ["net"]
    assert units(*names, "dns/main.tf") == ["dns", "net"]


def test_a_source_that_is_no_path_is_no_crash(tree: Tree) -> None:
    long = "./" + "x" * 5000
    deep = "./" + "x/" * 3000
    up = "../" * 300 + "etc"
    tree({"main.tf": FLOW + calling("./a\0b", long, deep, up, "./\ud7ff", "./main.tf")})
    assert units(".") == ["."]
