"""Which configuration counts, by where paths and working folder are."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tests.configuration.cases import (
    ask,
    options,
    used,
    wrong,
)
from validator import cli

Tree = Callable[[Mapping[str, str | bytes]], Path]


@pytest.fixture
def nested(tree: Tree) -> Path:
    return tree(
        {
            ".git/HEAD": "",
            "predeploy.toml": "",
            "live/prod/main.tf": "",
            "live/prod/predeploy.toml": "",
            "live/dev/net/main.tf": "",
            "live/dev/pyproject.toml": "[tool.predeploy]\n",
            "other/main.tf": "",
            "other/pyproject.toml": '[project]\ndependencies = ["predeploy"]\n',
        }
    )


@pytest.mark.parametrize(
    ("paths", "file"),
    [
        ([], "predeploy.toml"),
        (["live"], "predeploy.toml"),
        (["live/prod"], "live/prod/predeploy.toml"),
        (["live/prod/main.tf"], "live/prod/predeploy.toml"),
        (["live/prod/none.tf"], "live/prod/predeploy.toml"),
        (["live/dev/net"], "live/dev/pyproject.toml"),
        (["live/dev/net/main.tf", "live/dev"], "live/dev/pyproject.toml"),
        (["other/main.tf"], "predeploy.toml"),
        (["live/prod/main.tf", "other/main.tf"], "predeploy.toml"),
        (["live/prod", "--config", "live/dev/pyproject.toml"], "live/dev/pyproject.toml"),
        (["live/prod", "--no-config"], ""),
    ],
)
def test_the_nearest_above_all_paths_counts(nested: Path, paths: list[str], file: str) -> None:
    assert nested.is_dir()
    assert used(*paths) == file


def test_what_is_above_some_paths_only_is_told_of(
    nested: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert nested.is_dir()
    two = ("live/prod/main.tf", "live/dev/net/main.tf", "other/main.tf")
    assert ask(*two).passed_over == ["live/dev/pyproject.toml", "live/prod/predeploy.toml"]
    cli.main(two)
    shown = capsys.readouterr().err
    assert "validate: live/prod/predeploy.toml is not heeded: it is not above all" in shown
    cli.main([*two, "-q"])
    cli.main([*two, "--config", "predeploy.toml"])
    assert capsys.readouterr().err == ""


def test_nothing_above_the_repository_is_looked_at(tree: Tree) -> None:
    top = tree({"predeploy.toml": "nonsense", "repo/.git/HEAD": "", "repo/infra/main.tf": ""})
    assert used("repo/infra") == ""
    (top / "repo/predeploy.toml").write_text("")
    assert used("repo/infra") == "repo/predeploy.toml"


def test_from_any_working_folder(nested: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(nested / "other")
    assert used() == "../predeploy.toml"
    assert used("../live/prod") == "../live/prod/predeploy.toml"


def test_without_git_the_working_folder_is_the_last(
    tree: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    top = tree({"predeploy.toml": "nonsense", "a/predeploy.toml": "", "a/b/main.tf": ""})
    monkeypatch.chdir(top / "a")
    assert used("b") == "predeploy.toml"
    # What is below the configuration may be read: its documents lie beside it.
    assert options("b").root == top / "a"
    monkeypatch.chdir(top / "a/b")
    assert used() == ""
    monkeypatch.chdir(top / "a/b")
    assert used("../../a/b") == ""


def test_predeploy_toml_stands_over_pyproject(tree: Tree) -> None:
    tree({".git/HEAD": "", "predeploy.toml": "", "pyproject.toml": "[tool.predeploy]\n"})
    assert used() == "predeploy.toml"


@pytest.mark.parametrize(
    "other",
    [
        b"[tool.predeployed]\n",
        b"[tool]\nx = 'predeploy'\n",
        b"tool = 'predeploy'\n",
        b"\xff predeploy",
        b"not = [toml",
    ],
)
def test_a_pyproject_of_others_is_passed_over(tree: Tree, other: bytes) -> None:
    tree({".git/HEAD": "", "predeploy.toml": "", "infra/pyproject.toml": other, "infra/a.tf": ""})
    if other.startswith(b"\xff"):
        assert wrong("infra") == ["infra/pyproject.toml:1:1 this is no UTF-8 text (byte 0)"]
    else:
        assert used("infra") == "predeploy.toml"


def test_a_link_to_the_paths_is_followed_first(tree: Tree) -> None:
    top = tree({".git/HEAD": "", "real/predeploy.toml": "", "real/net/main.tf": "", "a/x": ""})
    (top / "a/net").symlink_to("../real/net")
    assert used("a/net") == "real/predeploy.toml"
