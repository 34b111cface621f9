"""The line that says how far a run is: on a terminal, late, and gone at the end."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

import validator.progress
from validator.progress import Progress

if sys.platform == "win32":
    pytest.skip("needs a pseudo terminal", allow_module_level=True)

Tree = Callable[[Mapping[str, str | bytes]], Path]
# The terminal driver writes a carriage return before each line feed.
ERASE = "\r\x1b[K"
SLOW = """
import sys, time
import validator.engine, validator.progress
from validator.cli import main
from validator.reports import Counts, Report
validator.progress.PATIENCE = 0.05
def run(paths, options, *, step):
    for number in (1, 2):
        step("judging", "in\\x1bfra/" + "long" * 30, number, 2)
        time.sleep(0.4)
    return Report((), (), (), Counts(), {})
validator.engine.run = run
sys.exit(main(sys.argv[1:]))
"""


def on_a_terminal(*arguments: str, code: str, **environment: str) -> str:
    """Run the command with its standard error on a terminal; gives back what is written there."""
    leader, follower = os.openpty()
    running = subprocess.Popen(
        [sys.executable, "-c", code, *arguments],
        stdout=subprocess.PIPE,
        stderr=follower,
        env={**os.environ, "TERM": "xterm", **environment},
    )
    os.close(follower)
    written = b""
    while True:
        try:
            more = os.read(leader, 4096)
        except OSError:  # Linux says so where others say that nothing is left
            break
        if not more:
            break
        written += more
    os.close(leader)
    out, _ = running.communicate()
    assert b"\x1b" not in out
    return written.decode()


def test_a_long_run_says_how_far_it_is_and_erases_it() -> None:
    written = on_a_terminal(code=SLOW)
    lines = written.split(ERASE)
    assert lines[0] == ""
    assert [line[:16] for line in lines[1:3]] == ["judging 1 of 2: ", "judging 2 of 2: "]
    assert all(len(line) == 79 and line.endswith("longlong") for line in lines[1:3])
    assert lines[3:] == [""]


def test_the_end_of_a_long_name_is_shown() -> None:
    progress = Progress()
    progress.step("judging", f"{'長' * 80}/infra\x1b", 3, 7)
    line = progress.line()
    assert line.startswith("judging 3 of 7: …長")
    assert line.endswith("長/infra\\x1b")


@pytest.mark.parametrize(
    ("arguments", "environment"),
    [
        (["--no-progress"], {}),
        (["-q"], {}),
        ([], {"CI": "true"}),
        ([], {"TERM": "dumb"}),
    ],
)
def test_nobody_is_told_who_does_not_want_it(
    arguments: list[str], environment: dict[str, str]
) -> None:
    assert on_a_terminal(*arguments, code=SLOW, **environment) == ""


def test_a_pipe_gets_nothing_and_starts_no_thread() -> None:
    code = SLOW + "\nassert 'threading' not in sys.modules"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert done.stderr == b""


def test_a_short_run_says_nothing() -> None:
    patient = SLOW.replace("PATIENCE = 0.05", "PATIENCE *= 60")
    assert on_a_terminal(code=patient) == ""


def test_a_run_that_is_ended_erases_too() -> None:
    wait = "time.sleep(0.4)"
    ended = SLOW.replace(wait, f"{wait}; signal.raise_signal(signal.SIGTERM)")
    ended = ended.replace("validator.cli", "validator.entry").replace(
        "main(sys.argv[1:])", "main()"
    )
    written = on_a_terminal(code=f"import signal\n{ended}")
    assert "judging 1 of 2: " in written
    assert written.endswith(ERASE)
    assert "judging 2" not in written


def test_a_run_that_is_broken_off_erases_too(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(validator.progress, "PATIENCE", 0.01)
    with pytest.raises(KeyboardInterrupt), Progress() as progress:
        progress.step("reading", "infra", 1, 2)
        time.sleep(0.1)
        raise KeyboardInterrupt
    assert capfd.readouterr().err == f"{ERASE}reading 1 of 2: infra{ERASE}"


def test_every_unit_is_told_as_it_is_read_and_judged(tree: Tree) -> None:
    from validator.engine import run

    tree({f"{name}/main.tf": 'resource "aws_flow_log" "a" {}' for name in "ab"})
    told: list[tuple[str, str, int, int]] = []

    def note(what: str, name: str, number: int, total: int) -> None:
        told.append((what, name, number, total))

    run([Path()], step=note)
    assert told == [
        ("looking for templates", "", 0, 0),
        ("reading", "a", 1, 2),
        ("reading", "b", 2, 2),
        ("judging", "a", 1, 2),
        ("judging", "b", 2, 2),
    ]


CRASHING = SLOW.replace(
    "def run(",
    """def line(self):
    raise ValueError('a bug')
validator.progress.Progress.line = line
def run(""",
)


def test_a_crash_in_it_costs_no_report_and_is_told(tree: Tree) -> None:
    tree({})
    shown = on_a_terminal("--format", "json", "--output", "out.json", code=CRASHING)
    assert shown == ""
    found = json.loads(Path("out.json").read_text())
    assert [(one["kind"], one["message"]) for one in found["diagnostics"]] == [
        (
            "internal",
            "showing how far the run is failed, which is a bug of ours: ValueError: a bug",
        )
    ]
