"""The same input gives the same bytes, in every format, wherever and by whomever it is judged."""

from __future__ import annotations

import locale
import os
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Mapping
from pathlib import Path

import pytest

from validator.report import REPORTERS

if sys.platform == "win32":
    pytest.skip("line ends differ there", allow_module_level=True)

SAMPLES = Path(__file__).parent.parent / "sample_templates"
# Both languages, several units that name each other, worlds, every verdict, what is ignored.
CHOSEN = [
    *("scenes/first-try", "scenes/landing-zone", "scenes/central-bucket-by-account"),
    *("scenes/imported-values-broken", "scenes/vpc-stack"),
    *("bucket-policies-compete", "malformed-ignore", "unused-ignore"),
]
# Python runs this before anything else: a file system may list a folder in any order.
SHUFFLED = """
import os, random
scandir, listdir, chance = os.scandir, os.listdir, random.Random(int(os.environ["SHUFFLED"]))

def shuffled(listed):
    return chance.sample(listed, len(listed))

class Entries:
    def __init__(self, *where):
        with scandir(*where) as found:
            self.entries = iter(shuffled(list(found)))
    def __iter__(self):
        return self
    def __next__(self):
        return next(self.entries)
    def __enter__(self):
        return self
    def __exit__(self, *_):
        pass
    close = __exit__

os.scandir, os.listdir = Entries, lambda *where: shuffled(listdir(*where))
"""


def judged(
    top: Path,
    *paths: str,
    umask: int = -1,
    env: Mapping[str, str] = {},
    python: str = sys.executable,
) -> dict[str, bytes]:
    """Every format's bytes; the environment is as told, and otherwise nearly empty."""
    out = top.parent / "out"
    out.mkdir(exist_ok=True)
    outputs = [
        word for name in REPORTERS for word in ("--format", name, "--output", str(out / name))
    ]
    done = subprocess.run(
        [python, "-m", "validator", *(paths or (".",)), *outputs],
        cwd=top,
        env={"PATH": os.environ["PATH"], "HOME": str(out), **env},
        umask=umask,
        capture_output=True,
        check=False,
        timeout=120,
    )
    assert (done.returncode, done.stdout, done.stderr) == (1, b"", b"")
    found = {name: (out / name).read_bytes() for name in REPORTERS}
    shutil.rmtree(out)
    return found


def repository(top: Path) -> Path:
    for name in CHOSEN:
        shutil.copytree(SAMPLES / name, top / name)
    return top


@pytest.fixture(scope="module")
def top(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return repository(tmp_path_factory.mktemp("bytes") / "repo")


@pytest.fixture(scope="module")
def bytes_(top: Path) -> dict[str, bytes]:
    found = judged(top, env={"PYTHONHASHSEED": "0"})
    assert all(len(one) > 1000 for one in found.values())
    assert not [name for name, one in found.items() if os.fsencode(top) in one]
    return found


def differing(one: dict[str, bytes], other: dict[str, bytes]) -> list[str]:
    return [name for name in one if one[name] != other[name]]


@pytest.mark.parametrize(
    "environment",
    [
        {"PYTHONHASHSEED": "1", "TZ": "XYZ-13", "LC_ALL": "C", "PYTHONUTF8": "0"},
        {"PYTHONHASHSEED": "2", "TERM": "xterm-256color", "COLUMNS": "30", "FORCE_COLOR": "1"},
        {"PYTHONHASHSEED": "3", "COLUMNS": "300", "NO_COLOR": "1", "CI": "true"},
        {"PYTHONHASHSEED": "4", "PYTHONOPTIMIZE": "2", "PYTHONIOENCODING": "ascii"},
    ],
    ids=" ".join,
)
def test_the_environment_changes_nothing(
    top: Path, bytes_: dict[str, bytes], environment: dict[str, str]
) -> None:
    assert differing(bytes_, judged(top, env=environment)) == []


@pytest.mark.parametrize("name", ["tr_TR.UTF-8", "de_DE.ISO-8859-1", "ja_JP.EUC-JP"])
def test_the_language_changes_nothing(top: Path, bytes_: dict[str, bytes], name: str) -> None:
    before = locale.setlocale(locale.LC_ALL)
    try:
        locale.setlocale(locale.LC_ALL, name)
    except locale.Error:
        pytest.skip(f"there is no locale {name} here")
    finally:
        locale.setlocale(locale.LC_ALL, before)
    assert differing(bytes_, judged(top, env={"LC_ALL": name, "PYTHONUTF8": "0"})) == []


def test_permissions_change_nothing(top: Path, bytes_: dict[str, bytes]) -> None:
    assert differing(bytes_, judged(top, umask=0o077)) == []


@pytest.mark.parametrize("seed", ["1", "2"])
def test_the_order_on_the_disk_changes_nothing(
    top: Path, bytes_: dict[str, bytes], tmp_path: Path, seed: str
) -> None:
    (tmp_path / "sitecustomize.py").write_text(SHUFFLED)
    again = judged(top, env={"PYTHONPATH": str(tmp_path), "SHUFFLED": seed})
    assert differing(bytes_, again) == []


def test_the_way_a_path_is_written_changes_nothing(top: Path, bytes_: dict[str, bytes]) -> None:
    assert differing(bytes_, judged(top, str(top))) == []
    assert differing(bytes_, judged(top, "../repo/", "./scenes", "scenes/../scenes")) == []
    parts = sorted({Path(name).parts[0] for name in CHOSEN}, reverse=True)
    assert differing(bytes_, judged(top, *parts)) == []
    (top.parent / "link").symlink_to("repo")
    assert differing(bytes_, judged(top.parent / "link")) == []


def test_the_place_of_a_repository_changes_nothing(
    bytes_: dict[str, bytes], tmp_path: Path
) -> None:
    moved = repository(tmp_path / "a b" / "ğ" / "other")
    assert differing(bytes_, judged(moved)) == []
    (moved / ".git").mkdir()
    assert differing(bytes_, judged(moved)) == []
    (moved / ".git").rmdir()
    (moved.parent / ".git").mkdir()
    # These name files from the root of the repository.
    assert set(differing(bytes_, judged(moved))) == {"github", "gitlab", "sarif"}


def interpreter(version: str) -> str | None:
    """A Python of some version, wherever it is usual to have several."""
    versions = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv") / "versions"
    several = [shutil.which(f"python{version}"), *versions.glob(f"{version}.*/bin/python")]
    for one in several:
        code = (
            f"import sys; sys.exit(sys.version_info[:2] != {tuple(map(int, version.split('.')))})"
        )
        if one and not subprocess.run([one, "-c", code], capture_output=True).returncode:
            return str(one)
    return None


@pytest.mark.parametrize("version", ["3.11", "3.12", "3.13", "3.14"])
def test_the_version_of_python_changes_nothing(top: Path, tmp_path: Path, version: str) -> None:
    """Of Terraform: that needs nothing which is compiled for one version."""
    python = interpreter(version)
    if python is None:
        pytest.skip(f"there is no Python {version} here")
    where = [str(SAMPLES.parent), sysconfig.get_path("purelib")]
    others = ("*.yaml", "*.yml", "*.json", "*.template")
    shutil.copytree(top, tmp_path / "repo", ignore=shutil.ignore_patterns(*others))
    here = judged(tmp_path / "repo")
    there = judged(tmp_path / "repo", python=python, env={"PYTHONPATH": os.pathsep.join(where)})
    assert differing(here, there) == []
