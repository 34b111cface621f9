"""Reports in files: whole or not at all, where they were asked for, and nothing else touched."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

import validator.report.json
from validator import cli, output
from validator.report import Style
from validator.reports import Report

Tree = Callable[[Mapping[str, str | bytes]], Path]

FLOW = """\
resource "aws_flow_log" "a" {
  vpc_id               = "vpc-1"
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = "arn:aws:s3:::some-logs"
}
"""
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="files differ there")


def shell(script: str) -> subprocess.CompletedProcess[str]:
    """Run a script in which `validate` is the command."""
    command = f'validate() {{ {sys.executable} -m validator "$@"; }}\n{script}'
    return subprocess.run(
        ["bash", "-c", command], capture_output=True, text=True, check=False, timeout=60
    )


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--output", "no/such/x"], "--output no/such/x: there is no folder no/such"),
        (["--output", "a.tf/x"], "--output a.tf/x: a.tf is no folder"),
        (["--output", "sub"], "--output sub: this is a folder"),
        (["--output", "link"], "there is no folder"),
        (["--output", ""], "--output needs the name of a file"),
        (["--output", "a.tf"], "--output a.tf: this is no report; a template is not replaced"),
        (
            ["--format", "text", "--output", "x", "--format", "json", "--output", "sub/../x"],
            "--output sub/../x: two reports cannot be in one file",
        ),
        (["--format", "json", "--format", "text"], "--format json needs an --output of its own"),
        (
            ["--format", "text", "--format", "json", "--output", "-"],
            "--format json needs an --output of its own",
        ),
    ],
)
def test_what_cannot_be_is_told_before_the_work(
    tree: Tree,
    arguments: list[str],
    message: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    top = tree({"a.tf": FLOW})
    (top / "sub").mkdir()
    (top / "link").symlink_to("gone/x")

    def run(*_: object) -> Report:
        pytest.fail("the work was done")

    monkeypatch.setattr("validator.engine.run", run)
    assert cli.main(arguments) == 2
    shown = capsys.readouterr().err
    assert message in shown
    assert shown.count("\n") == 1
    assert sorted(one.name for one in top.iterdir()) == ["a.tf", "link", "sub"]


def test_what_may_not_be_written_is_told_before_the_work(
    tree: Tree, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def access(*_: object) -> bool:
        return False

    tree({"a.tf": FLOW, "old.json": ""})
    monkeypatch.setattr(os, "access", access)
    for file in ("old.json", "new.json"):
        assert cli.main(["--output", file]) == 2
        assert "there is no permission to write this" in capsys.readouterr().err


def test_formats_for_people_may_share_the_log(
    tree: Tree, capfd: pytest.CaptureFixture[str]
) -> None:
    tree({"a.tf": FLOW})
    assert cli.main(["--format", "text", "--format", "concise"]) == 1
    assert capfd.readouterr().out.count("flow-log-bucket-missing]") == 2


def test_a_file_is_replaced_with_its_permissions(tree: Tree) -> None:
    top = tree({"a.tf": FLOW, "out.json": "old" * 9999})
    (top / "out.json").chmod(0o640)
    (top / "link.json").symlink_to("out.json")
    assert cli.main(["--format", "json", "--output", "link.json"]) == 1
    assert (top / "link.json").is_symlink()
    assert json.loads((top / "out.json").read_text())["version"] == 1
    assert (top / "out.json").stat().st_mode & 0o777 == 0o640
    assert sorted(one.name for one in top.iterdir()) == ["a.tf", "link.json", "out.json"]


def test_a_new_file_is_as_any_other(tree: Tree) -> None:
    top = tree({"a.tf": FLOW})
    (top / "gone.json").symlink_to("new.json")
    before = os.umask(0o027)
    try:
        assert cli.main(["--format", "json", "--output", "gone.json"]) == 1
    finally:
        os.umask(before)
    assert (top / "gone.json").is_symlink()
    assert (top / "new.json").stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_what_goes_wrong_leaves_the_old_file(
    tree: Tree,
    error: BaseException,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    def fail(self: Path, target: Path) -> Path:
        raise error

    top = tree({"a.tf": FLOW, "out.json": "old"})
    monkeypatch.setattr(Path, "replace", fail)
    code = cli.main(["--format", "json", "--output", "out.json", "--format", "concise"])
    shown = capfd.readouterr()
    if isinstance(error, OSError):
        assert (code, shown.err) == (2, "validate: --output out.json: No space left on device\n")
        assert "a.tf:5:" in shown.out
    else:
        assert (code, shown.err) == (130, "")
    assert (top / "out.json").read_text() == "old"
    assert sorted(one.name for one in top.iterdir()) == ["a.tf", "out.json"]


def test_a_report_that_fails_costs_no_other(
    tree: Tree, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def fail(report: Report, style: Style) -> str:
        raise ValueError("a bug")

    top = tree({"a.tf": FLOW, "out.json": "old"})
    monkeypatch.setattr(validator.report.json, "render", fail)
    two = ["--format", "json", "--output", "out.json", "--format", "text", "--output", "out.txt"]
    assert cli.main(two) == 4
    assert "--format json: ValueError: a bug" in capfd.readouterr().err
    assert "flow-log-bucket-missing" in (top / "out.txt").read_text()
    assert (top / "out.json").read_text() == "old"


def test_a_file_in_a_closed_folder_is_written_in_place(
    tree: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    top = tree({"a.tf": FLOW, "out.json": "old"})

    def refuse(real: Path, content: bytes) -> None:
        raise OSError(16, "Device or resource busy")  # a file that is mounted by itself

    monkeypatch.setattr(output, "_replace", refuse)
    assert cli.main(["--format", "json", "--output", "out.json"]) == 1
    assert json.loads((top / "out.json").read_text())["version"] == 1
    assert cli.main(["--format", "json", "--output", "new.json"]) == 2
    assert not (top / "new.json").exists()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device of Linux")
def test_a_full_disk_is_exit_2(tree: Tree, capfd: pytest.CaptureFixture[str]) -> None:
    tree({"a.tf": FLOW})
    arguments = "--format json --output /dev/full --format concise"
    assert cli.main(arguments.split()) == 2
    shown = capfd.readouterr()
    assert shown.out.startswith("a.tf:5:")
    assert shown.err == "validate: --output /dev/full: No space left on device\n"
    done = shell("validate >/dev/full; echo $?")
    assert done.stdout == "2\n"
    assert done.stderr == "validate: standard output: No space left on device\n"


@pytest.mark.parametrize("file", ["-", "/dev/stdout", "/dev/fd/1"])
def test_standard_output_has_names(
    tree: Tree, file: str, capfd: pytest.CaptureFixture[str]
) -> None:
    tree({"a.tf": FLOW})
    assert cli.main(["--format", "json", "--output", file]) == 1
    assert json.loads(capfd.readouterr().out)["version"] == 1


def test_a_device_is_written_to_and_stays(tree: Tree, capfd: pytest.CaptureFixture[str]) -> None:
    tree({"a.tf": FLOW})
    twice = "--format json --output /dev/null --format text --output /dev/null"
    assert cli.main(twice.split()) == 1
    assert Path("/dev/null").is_char_device()
    assert capfd.readouterr().out == ""


@pytest.mark.skipif(not Path("/dev/fd").exists(), reason="named pipes of a shell")
def test_pipes(tree: Tree) -> None:
    top = tree({"a.tf": FLOW})
    done = shell(
        "mkfifo pipe; cat pipe >one & "
        "validate --format json --output pipe --format json --output >(cat >two; echo done) | cat; "
        "wait"
    )
    assert (done.stdout, done.stderr) == ("done\n", "")
    assert (top / "pipe").is_fifo()
    assert (top / "one").read_text() == (top / "two").read_text()
    assert json.loads((top / "one").read_text())["version"] == 1


def test_a_file_that_the_shell_has_open_is_not_replaced(tree: Tree) -> None:
    tree({"a.tf": FLOW})
    done = shell("echo before >out; validate --format json --output /dev/stdout >>out; cat out")
    assert json.loads(done.stdout.removeprefix("before\n"))["version"] == 1


def test_a_reader_that_has_seen_enough_changes_nothing_else(tree: Tree) -> None:
    top = tree({"a.tf": FLOW})
    done = shell(
        "validate --format json --output out.json --format text | true; echo ${PIPESTATUS[0]}"
    )
    assert (done.stdout, done.stderr) == ("1\n", "")
    assert json.loads((top / "out.json").read_text())["version"] == 1
    done = shell("validate >&-; echo $?")
    assert (done.stdout, done.stderr) == ("1\n", "")
    done = shell("validate --var x 2>&-; echo $?")
    assert (done.stdout, done.stderr) == ("2\n", "")
