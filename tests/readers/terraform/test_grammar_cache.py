"""Tables of a grammar that none are shipped for: kept in the user's cache folder, or nowhere."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import hcl2
import pytest

from validator.cli import main
from validator.readers.terraform.hcl import compile, grammar
from validator.readers.terraform.hcl.grammar import Tables


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[list[str]]:
    """A grammar that nothing is shipped for; the list grows each time its tables are made."""
    calls: list[str] = []

    def lark_of(text: str) -> str:
        calls.append(text)
        return text

    def compiled(parser: str) -> Tables:
        return {"symbols": [parser[:12]]}

    monkeypatch.setattr(grammar, "grammar_text", lambda: "start : NEW")
    monkeypatch.setattr(compile, "lark_of", lark_of)
    monkeypatch.setattr(compile, "compiled", compiled)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    grammar.tables.cache_clear()
    yield calls
    grammar.tables.cache_clear()


def again() -> tuple[Tables, bool]:
    """The tables, as another run gets them."""
    grammar.tables.cache_clear()
    return grammar.tables()


def test_tables_are_kept_and_taken(made: list[str], tmp_path: Path) -> None:
    site_packages = Path(hcl2.__file__).parent
    before = sorted(site_packages.iterdir())
    for _ in range(2):
        tables, kept = again()
        assert tables["symbols"] == ["start : NEW"]
        assert kept
    assert len(made) == 1
    (file,) = (tmp_path / "predeploy").iterdir()
    assert stat.S_IMODE((tmp_path / "predeploy").stat().st_mode) == 0o700
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert sorted(site_packages.iterdir()) == before


@pytest.mark.parametrize("broken", ["", "no tables", "[]", '{"stamp": "another"}', "\x80", "{"])
def test_broken_tables_are_made_anew(made: list[str], tmp_path: Path, broken: str) -> None:
    again()
    (file,) = (tmp_path / "predeploy").iterdir()
    file.write_text(broken, encoding="latin-1")
    assert again()[1]
    assert len(made) == 2
    assert json.loads(file.read_bytes())["symbols"] == ["start : NEW"]


@pytest.mark.parametrize("home", ["/proc/nowhere", "relative", "/dev/null"])
def test_without_a_folder_nothing_is_kept(
    home: str, made: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", home)
    assert grammar.cache_file("x") is None
    for _ in range(2):
        tables, kept = again()
        assert tables["symbols"] == ["start : NEW"]
        assert not kept
    assert len(made) == 2


def test_a_full_disk_leaves_nothing_behind(
    made: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError("no space left on device")

    monkeypatch.setattr(json, "dump", full)
    tables, kept = again()
    assert tables["symbols"] == ["start : NEW"]
    assert not kept
    assert list((tmp_path / "predeploy").iterdir()) == []


def test_a_folder_that_others_may_write_is_not_trusted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    folder = tmp_path / "predeploy"
    folder.mkdir()
    folder.chmod(0o777)
    assert grammar.cache_file("x") is None
    folder.chmod(0o700)
    assert grammar.cache_file("x") is not None
    assert grammar.cache_file("x") != grammar.cache_file("y")
    owner = folder.stat().st_uid
    monkeypatch.setattr(os, "getuid", lambda: owner + 1)
    assert grammar.cache_file("x") is None


def test_another_grammar_has_another_stamp() -> None:
    assert grammar.stamp("start : A") != grammar.stamp("start : B")


def test_a_usual_run_neither_imports_lark_nor_keeps_anything(tmp_path: Path) -> None:
    (tmp_path / "main.tf").write_text('resource "aws_flow_log" "a" {}\n')
    code = (
        "import sys\n"
        "from validator.cli import main\n"
        "main(sys.argv[1:])\n"
        "sys.exit('lark' in sys.modules)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)],
        env={**os.environ, "XDG_CACHE_HOME": str(tmp_path / "cache")},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0
    assert not (tmp_path / "cache").exists()


def test_slowness_is_told_to_those_who_ask(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "main.tf").write_text('resource "aws_flow_log" "a" {}\n')
    none: Tables = {}
    for kept, options, told in [
        (True, ["-v"], False),
        (False, [], False),
        (False, ["-v"], True),
    ]:
        monkeypatch.setattr(grammar, "tables", lambda kept=kept: (none, kept))
        main([str(tmp_path), *options])
        assert ("XDG_CACHE_HOME" in capsys.readouterr().err) is told
