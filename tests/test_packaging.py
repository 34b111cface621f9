"""Wheel and editable install carry every rule, and work from another folder."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


def rule_files() -> set[str]:
    return {
        path.relative_to(ROOT / "rules").as_posix()
        for path in (ROOT / "rules").rglob("*.py")
        if not path.name.startswith("_")
    }


def build(kind: str, target: Path) -> Path:
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", kind, "-d", str(target)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    (built,) = target.iterdir()
    return built


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    return zipfile.ZipFile(build("wheel", tmp_path_factory.mktemp("dist")))


def test_the_wheel_holds_every_rule_once(wheel: zipfile.ZipFile) -> None:
    names = wheel.namelist()
    rules = [name for name in names if name.startswith("validator/rules/")]
    found = {name.removeprefix("validator/rules/") for name in rules if name.endswith(".py")}
    assert found == rule_files() != set()
    assert len(rules) == len(set(rules))
    tops = {name.partition("/")[0] for name in names}
    assert tops == {"validator", next(top for top in tops if top.endswith(".dist-info"))}


def test_the_wheel_holds_what_is_read_at_run_time(wheel: zipfile.ZipFile) -> None:
    names = set(wheel.namelist())
    assert {"validator/py.typed", "validator/report/json_schema_v1.json"} <= names
    packaged = [path for path in (ROOT / "validator").rglob("*") if path.is_file()]
    ours = {
        path.relative_to(ROOT).as_posix() for path in packaged if "__pycache__" not in path.parts
    }
    assert ours <= names
    assert not [name for name in names if "__pycache__" in name]


def test_both_commands_are_declared(wheel: zipfile.ZipFile) -> None:
    (entry,) = [name for name in wheel.namelist() if name.endswith("entry_points.txt")]
    declared = wheel.read(entry).decode()
    assert re.findall(r"^(\w+) = (.+)$", declared, re.M) == [
        ("predeploy", "validator.entry:main"),
        ("validate", "validator.entry:main"),
    ]


def test_an_installed_wheel_finds_its_rules_from_anywhere(
    wheel: zipfile.ZipFile, tmp_path: Path
) -> None:
    site = tmp_path / "site"
    wheel.extractall(site)
    # A package of this name in the same place must not be mistaken for ours.
    (site / "rules").mkdir()
    (site / "rules/nonsense.py").write_text("1 / 0")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    done = subprocess.run(
        [sys.executable, "-m", "validator", "--list-rules"],
        cwd=elsewhere,
        env={**os.environ, "PYTHONPATH": str(site)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert len(done.stdout.splitlines()) == len(rule_files())


def test_an_installation_without_rules_says_so(wheel: zipfile.ZipFile, tmp_path: Path) -> None:
    site = tmp_path / "site"
    kept = [name for name in wheel.namelist() if not name.startswith("validator/rules/")]
    wheel.extractall(site, kept)
    done = subprocess.run(
        [sys.executable, "-m", "validator", "--list-rules"],
        cwd=site,
        env={**os.environ, "PYTHONPATH": str(site)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert done.stderr == "validate: rules: the rules are missing from this installation\n"


def test_the_source_distribution_builds_the_same_wheel(tmp_path: Path) -> None:
    import tarfile

    archive = build("sdist", tmp_path / "sdist")
    with tarfile.open(archive) as opened:
        names = {name.partition("/")[2] for name in opened.getnames()}
    assert {f"rules/{name}" for name in rule_files()} <= names
    assert {"pyproject.toml", "README.md", "LICENSE", "CHANGELOG.md"} <= names
