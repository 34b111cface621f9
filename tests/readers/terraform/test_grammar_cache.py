"""The grammar's tables are kept in the user's cache folder, or nowhere; never in site-packages."""

from __future__ import annotations

import stat
from pathlib import Path
from typing import Any

import hcl2
import pytest

from validator.readers.terraform.hcl import grammar
from validator.readers.terraform.hcl.build import Builder
from validator.readers.terraform.hcl.mask import mask
from validator.readers.terraform.hcl.source import Source

TEXT = 'a = "x"\nb {\n  c = 1\n}\n'


def parsed() -> Any:
    builder = Builder()
    parser = grammar.parser(builder)
    builder.begin(Source("a.tf", TEXT), 0, mask(TEXT, 0, len(TEXT), lines=True))
    return parser.parse(TEXT, start="start")


def test_tables_are_kept_and_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site_packages = Path(hcl2.__file__).parent
    before_that = sorted(site_packages.iterdir())
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert list(parsed().attributes) == ["a"]
    (kept,) = (tmp_path / "predeploy").iterdir()
    assert stat.S_IMODE((tmp_path / "predeploy").stat().st_mode) == 0o700
    before = kept.read_bytes()
    assert [block.type for block in parsed().blocks] == ["b"]
    assert kept.read_bytes() == before
    assert sorted(site_packages.iterdir()) == before_that
    # Broken tables are made anew.
    kept.write_bytes(b"no tables")
    assert list(parsed().attributes) == ["a"]


@pytest.mark.parametrize("home", ["/proc/nowhere", "relative", "/dev/null"])
def test_without_a_folder_nothing_is_kept(home: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", home)
    assert grammar.cache_file("x") is None


def test_without_a_folder_it_works(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", "/dev/null")
    assert list(parsed().attributes) == ["a"]


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
