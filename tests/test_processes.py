"""A second process takes over some of the units, where they are many, and changes nothing else."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.conftest import Tree
from tests.test_packs import rule
from tests.test_same_bytes import CHOSEN, SAMPLES
from validator import processes
from validator.cli import main
from validator.report import REPORTERS

if sys.platform != "linux":
    pytest.skip("there is no second process there", allow_module_level=True)

# The command, with a second process at once or never, on two cores; copies of it are noted.
COMMAND = """
import os, sys
from pathlib import Path
from validator import processes

processes.WORTH = float(os.environ["WORTH"])
os.sched_getaffinity = lambda _: {0, 1}
copied = os.fork

def fork():
    child = copied()
    if child:
        with open(os.environ["NOTED"], "a") as noted:
            print(child, file=noted)
    return child

os.fork = fork
exec(os.environ.get("THEN", ""))
from validator.entry import main
sys.exit(main())
"""
ALWAYS, NEVER = "-1", "1e9"
FLOW = """
resource "aws_flow_log" "a" {
  vpc_id               = "vpc-11111111"
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = aws_s3_bucket.missing.arn
}
"""
# What the copy does before it does its part.
IN_THE_COPY = """
def second(work, items, write, sent=processes._send):
    {}
    sent(work, items, write)

processes._send = second
"""


def judged(top: Path, worth: str, *options: str, then: str = "") -> tuple[int, bytes, bytes, int]:
    """The exit code, both outputs, and how many copies the process made of itself."""
    noted = top.parent / "noted"
    noted.write_text("")
    done = subprocess.run(
        [sys.executable, "-c", COMMAND, *options],
        cwd=top,
        env={**os.environ, "WORTH": worth, "NOTED": str(noted), "THEN": then},
        capture_output=True,
        check=False,
        timeout=120,
    )
    return done.returncode, done.stdout, done.stderr, len(noted.read_text().split())


@pytest.fixture
def several(tree: Tree) -> Path:
    return tree({f"unit{number}/main.tf": FLOW for number in range(5)})


def test_one_and_two_give_the_same_bytes(tmp_path: Path) -> None:
    found: list[tuple[int, bytes, bytes, dict[str, bytes]]] = []
    for worth, copies in ((ALWAYS, 1), (NEVER, 0)):
        out = tmp_path / f"of{copies}"
        out.mkdir()
        outputs = [
            word for name in REPORTERS for word in ("--format", name, "--output", str(out / name))
        ]
        code, shown, complained, forks = judged(SAMPLES, worth, *CHOSEN, *outputs)
        assert forks == copies
        written = {name: (out / name).read_bytes() for name in REPORTERS}
        found.append((code, shown, complained, written))
    assert found[0] == found[1]


@pytest.mark.parametrize(
    "then",
    [
        # It is ended, it fails, it says nothing, and what it has to say cannot be said.
        "os.kill(os.getpid(), 9)",
        "raise ValueError",
        "os._exit(1)",
        "work = lambda _: (lambda: 0)",
    ],
)
def test_what_the_second_one_does_not_do_the_first_one_does(several: Path, then: str) -> None:
    alone = judged(several, NEVER)
    assert alone[0] == 1
    assert b"unit4" in alone[1]
    assert judged(several, ALWAYS, then=IN_THE_COPY.format(then)) == (*alone[:3], 1)


def test_a_bug_is_told_of_either_one(several: Path) -> None:
    crash = """
import validator.judge
def merged(_):
    raise ValueError("a bug")
validator.judge.merged = merged
"""
    alone = judged(several, NEVER, "--format", "concise", then=crash)
    assert alone[0] == 4
    assert alone[1].count(b"a bug of ours: ValueError: a bug") == 5
    assert judged(several, ALWAYS, "--format", "concise", then=crash) == (*alone[:3], 1)


def test_a_bug_that_ends_the_first_one_ends_both(several: Path) -> None:
    crash = f"""
import validator.judge
judge, first = validator.judge.Judge._outcome, os.getpid()
def outcome(self, others, number):
    if os.getpid() == first and number:
        raise ValueError("a bug")
    return judge(self, others, number)
validator.judge.Judge._outcome = outcome
{IN_THE_COPY.format("import time; time.sleep(100)")}
"""
    began = time.monotonic()
    code, _, error, copies = judged(several, ALWAYS, then=crash)
    assert (code, copies, b"Traceback" in error) == (4, 1, False)
    assert time.monotonic() - began < 90
    _assert_gone(several)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_both_end_when_the_first_one_is_ended(several: Path, number: signal.Signals) -> None:
    end = f"""
import validator.judge
judge, first = validator.judge.Judge._outcome, os.getpid()
def outcome(self, others, number):
    if os.getpid() == first and number:
        os.kill(first, {int(number)})
    return judge(self, others, number)
validator.judge.Judge._outcome = outcome
{IN_THE_COPY.format("import time; time.sleep(100)")}
"""
    assert judged(several, ALWAYS, then=end) == (-number, b"", b"", 1)
    _assert_gone(several)


def _assert_gone(top: Path) -> None:
    """Nothing of the copy runs on; who takes over what is left of it may take a moment."""
    (copy,) = (top.parent / "noted").read_text().split()
    state = ""
    for _ in range(100):
        try:
            state = Path(f"/proc/{copy}/stat").read_text().rpartition(")")[2].split()[0]
        except OSError:
            return
        if state in "ZX":
            return
        time.sleep(0.1)
    pytest.fail(f"the copy still runs: {state}")


def test_none_is_made_where_it_would_be_seen(several: Path) -> None:
    (several.parent / "pack").mkdir()
    pack = several.parent / "pack" / "mine.py"
    pack.write_text(rule("my-rule"))
    assert judged(several, ALWAYS)[3] == 1
    assert judged(several, ALWAYS, "--debug")[3] == 0
    assert judged(several, ALWAYS, "unit1")[3] == 0
    code, _, error, copies = judged(several, ALWAYS, "--rules", str(pack.parent))
    assert (code, error, copies) == (1, b"", 0)


def test_none_is_made_of_the_process_of_somebody_else(
    several: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert several.is_dir()

    def fork() -> int:
        raise AssertionError("somebody else's threads are not in a copy")

    monkeypatch.setattr(os, "fork", fork)
    monkeypatch.setattr(processes, "WORTH", -1)
    assert main(["--quiet"]) == 1


def test_items_keep_their_order() -> None:
    script = """
import os
from validator import ending, processes
ending.heed()
processes.WORTH = -1
os.sched_getaffinity = lambda _: {0, 1}
for count in range(12):
    found = processes.shared(lambda one: (one, os.getpid()), range(count))
    assert [one for one, _ in found] == list(range(count))
    assert len({pid for _, pid in found}) == (2 if count > 2 else min(count, 1)), found
"""
    subprocess.run([sys.executable, "-c", script], check=True, timeout=60)
