"""A run that is ended from outside: at once, without a word, with nothing left half done.

The program sends the signal to itself, at a place that is named: nothing depends on time.
"""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from validator.report import REPORTERS

if TYPE_CHECKING:
    from tests.conftest import Tree

if sys.platform == "win32":
    pytest.skip("signals differ there", allow_module_level=True)

FLOW = """\
resource "aws_flow_log" "a" {
  vpc_id               = "vpc-1"
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = "arn:aws:s3:::some-logs"
}
"""
STACK = """\
Resources:
  A:
    Type: AWS::EC2::FlowLog
    Properties: {ResourceId: vpc-1, ResourceType: VPC, TrafficType: ALL,
      LogDestinationType: s3, LogDestination: arn:aws:s3:::some-logs}
"""
# Python runs this before anything else.
HOOK = """
import os, sys
KIND, _, PLACE = os.environ["END_AT"].partition(" ")
NUMBER = int(os.environ["END_WITH"])
counted = 0

def end():
    sys.setprofile(None)
    os.kill(os.getpid(), NUMBER)

class Finder:
    @staticmethod
    def find_spec(name, path=None, target=None):
        if name == PLACE:
            end()

def watch(frame, event, argument):
    if KIND == "call" and event == "call":
        if f"{frame.f_globals.get('__name__')}.{frame.f_code.co_qualname}" == PLACE:
            end()
    elif KIND == "built-in" and event == "c_call":
        module, name = PLACE.split()
        if name == argument.__name__ and frame.f_globals["__name__"].startswith(module):
            end()
    elif KIND == "number" and event == "call":
        global counted
        # Before this, it is Python that starts.
        if counted or (counted == 0 and frame.f_globals.get("__name__") == "validator.cli"):
            counted += 1
            if counted == int(PLACE):
                end()

if KIND == "import":
    sys.meta_path.insert(0, Finder)
else:
    sys.setprofile(watch)
"""
TWO = ("--format", "json", "--output", "out.json", "--format", "text")
RENAMED = "built-in pathlib replace"
PLACES = [
    "import validator.ending",
    "import typing",
    "import validator.cli",
    "import argparse",
    "import validator.findings",
    "import validator.report",
    "call validator.cli.main",
    "call validator.arguments.parser",
    "call validator.asked.asked",
    "import validator.engine",
    "call validator.discover.discover",
    "call validator.scan.Scan.look_at_terraform",
    "import validator.judge",
    "import validator.packs",
    "import yaml",
    "call validator.readers.cloudformation.compose.compose",
    "call validator.readers.terraform.hcl.parse.block",
    "call validator.readers.terraform.dispatch.evaluate",
    "call validator.delivery.deliveries.deliveries",
    "call validator.judge.Judge._check",
    "call validator.report.json.render",
    "call validator.output.save",
    "call validator.output._replace",
    "built-in validator.output write",
    RENAMED,
]


def ended(
    place: str,
    number: int = signal.SIGINT,
    arguments: tuple[str, ...] = TWO,
    environment: Mapping[str, str] = {},
    before: tuple[str, ...] = (),
    program: tuple[str, ...] = ("-m", "validator"),
) -> subprocess.CompletedProcess[str]:
    """Run the command and end it there."""
    hook = Path("../hook")
    hook.mkdir(exist_ok=True)
    (hook / "sitecustomize.py").write_text(HOOK)
    return subprocess.run(
        [*before, sys.executable, *program, *arguments],
        env={
            **os.environ,
            "PYTHONPATH": str(hook.resolve()),
            "END_AT": place,
            "END_WITH": str(int(number)),
            **environment,
        },
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


@pytest.fixture
def top(tree: Tree, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    tree({"repo/a.tf": FLOW, "repo/stack/a.yaml": STACK, "repo/out.json": "old"})
    monkeypatch.chdir(tmp_path / "repo")
    return tmp_path / "repo"


def untouched(top: Path) -> bool:
    held = {one.relative_to(top).as_posix(): one for one in top.rglob("*") if one.is_file()}
    texts = {name: one.read_text() for name, one in held.items()}
    return texts == {"a.tf": FLOW, "stack/a.yaml": STACK, "out.json": "old"}


def lacking(*command: str) -> bool:
    """Whether a program that a test needs is not here, or may not do that."""
    try:
        return subprocess.run([*command, "true"], capture_output=True, check=False).returncode != 0
    except OSError:
        return True


# Who may do everything needs no permission.
PLAIN = ("setpriv", "--bounding-set=-all", "--inh-caps=-all") if os.geteuid() == 0 else ()
FIRST = ("unshare", "--fork", "--pid", "--map-root-user")
permissions = pytest.mark.skipif(lacking(*PLAIN), reason="no setpriv, and nothing is forbidden")


@pytest.mark.parametrize("place", PLACES)
def test_ctrl_c_says_nothing_and_leaves_nothing(top: Path, place: str) -> None:
    done = ended(place)
    assert (done.returncode, done.stdout, done.stderr) == (-signal.SIGINT, "", "")
    assert untouched(top)


def test_so_it_is_while_a_pack_of_others_waits(top: Path, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    slow = "import os, signal, time\nos.kill(os.getpid(), signal.SIGINT)\ntime.sleep(600)\n"
    (tmp_path / "mine" / "slow.py").write_text(slow)
    done = ended("", arguments=(*TWO, "--rules", "../mine"))
    assert (done.returncode, done.stdout, done.stderr) == (-signal.SIGINT, "", "")
    assert untouched(top)


def test_so_it_is_anywhere(top: Path) -> None:
    ends = [ended(f"number {number}") for number in (1, 30, 300, 1000, 3000, 10_000, 30_000)]
    assert {(done.stdout, done.stderr) for done in ends if done.returncode < 0} == {("", "")}
    codes = [done.returncode for done in ends]
    assert codes[:4] == [-signal.SIGINT] * 4
    assert set(codes) <= {-signal.SIGINT, 1}
    assert len(list(top.iterdir())) == 3


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
@pytest.mark.parametrize("place", ["import validator.cli", "import yaml", RENAMED])
def test_so_does_whoever_ends_it(top: Path, place: str, number: int) -> None:
    done = ended(place, number)
    assert (done.returncode, done.stdout, done.stderr) == (-number, "", "")
    assert untouched(top)


@pytest.mark.parametrize("arguments", [("--fix",), ("--write-baseline", "out.json")])
def test_nothing_else_is_written_by_halves(top: Path, arguments: tuple[str, ...]) -> None:
    fixable = FLOW.replace('"arn:aws:s3:::some-logs"', "aws_s3_bucket.a.id")
    fixable += 'resource "aws_s3_bucket" "a" {\n  bucket = "acme-interrupts"\n}\n'
    (top / "a.tf").write_text(fixable)
    assert ended(RENAMED, arguments=arguments).returncode == -signal.SIGINT
    assert (top / "a.tf").read_text() == fixable
    (top / "a.tf").write_text(FLOW)
    assert untouched(top)


@permissions
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_file_that_cannot_be_replaced_holds_what_it_held(top: Path, number: int) -> None:
    top.chmod(0o555)
    done = ended("built-in validator.output truncate", number, before=PLAIN)
    top.chmod(0o755)
    assert (done.returncode, done.stdout, done.stderr) == (-number, "", "")
    assert untouched(top)


@permissions
def test_a_folder_that_is_closed_is_told_before_the_work(top: Path) -> None:
    top.chmod(0o555)
    done = ended("", arguments=("--format", "json", "--output", "new.json"), before=PLAIN)
    top.chmod(0o755)
    said = "validate: --output new.json: there is no permission to write this\n"
    assert (done.returncode, done.stdout, done.stderr) == (2, "", said)
    assert untouched(top)


def test_a_shell_shows_the_usual_codes(top: Path) -> None:
    for number, code in ((signal.SIGINT, "130\n"), (signal.SIGTERM, "143\n")):
        # (Some shells name the signal on standard error.)
        done = ended("import yaml", number, before=("sh", "-c", '"$@"; echo $?', "sh"))
        assert done.stdout == code
        assert "Traceback" not in done.stderr


@pytest.mark.skipif(lacking(*FIRST), reason="no unshare, or it is forbidden")
def test_the_first_process_of_a_container_ends_too(top: Path) -> None:
    """The kernel does not let it die of a signal."""
    done = ended(RENAMED, signal.SIGTERM, before=FIRST)
    assert (done.returncode, done.stdout, done.stderr) == (143, "", "")
    assert untouched(top)


def test_what_the_caller_wants_ignored_stays_ignored(top: Path) -> None:
    done = ended("import yaml", signal.SIGHUP, before=("sh", "-c", 'trap "" HUP; "$@"', "sh"))
    assert (done.returncode, done.stderr) == (1, "")
    assert "flow-log-bucket-missing" in done.stdout
    assert (top / "out.json").read_text() != "old"


LINTED = """
import sys
import validator.cfn_lint
from validator.entry import main
child = "import os, time; held = open('../alive', 'w'); os.kill(os.getppid(), 15); time.sleep(600)"
validator.cfn_lint._COMMAND = (sys.executable, "-c", child)
sys.exit(main())
"""


def test_the_other_program_ends_too(top: Path, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "alive")
    (tmp_path / "tmp").mkdir()
    ears = os.open(tmp_path / "alive", os.O_RDONLY | os.O_NONBLOCK)
    done = ended(
        "",
        arguments=("--cfn-lint", *TWO),
        environment={"TMPDIR": str(tmp_path / "tmp")},
        program=("-c", LINTED),
    )
    assert (done.returncode, done.stdout, done.stderr) == (-signal.SIGTERM, "", "")
    # What is held open until its process ends.
    ready, _, _ = select.select([ears], [], [], 60)
    assert ready and os.read(ears, 1) == b""
    os.close(ears)
    assert untouched(top)
    assert list((tmp_path / "tmp").iterdir()) == []


TABLES = """
import sys
from pathlib import Path
import validator.readers.terraform.hcl.grammar
from validator.entry import main
validator.readers.terraform.hcl.grammar.SHIPPED = Path("none")
sys.exit(main())
"""


def test_tables_of_a_grammar_are_kept_whole_or_not_at_all(top: Path, tmp_path: Path) -> None:
    place = "built-in validator.readers.terraform.hcl.grammar replace"
    cache = tmp_path / "cache"
    done = ended(place, environment={"XDG_CACHE_HOME": str(cache)}, program=("-c", TABLES))
    assert (done.returncode, done.stdout, done.stderr) == (-signal.SIGINT, "", "")
    assert [one.name for one in cache.rglob("*")] == ["predeploy"]


FULL = """
import resource, sys
from validator.entry import main
resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))
sys.exit(main())
"""


def test_a_disk_that_is_full_is_told_and_leaves_the_old_file(top: Path) -> None:
    done = ended("", program=("-c", FULL))
    assert done.returncode == 2
    assert done.stderr == "validate: --output out.json: File too large\n"
    assert "flow-log-bucket-missing" in done.stdout
    assert untouched(top)


@permissions
def test_so_it_does_where_it_cannot_be_replaced(top: Path) -> None:
    top.chmod(0o555)
    done = ended("", program=("-c", FULL), before=PLAIN)
    top.chmod(0o755)
    assert done.stderr == "validate: --output out.json: File too large\n"
    assert untouched(top)


WORDS = [f"--format {name}" for name in REPORTERS] + [
    *("--help", "--version", "--list-rules", "--explain flow-log-bucket-missing", "--show-files"),
    *("--completions bash", "--trace aws_flow_log.a", "--show-settings", "--diff", "--statistics"),
]


@pytest.mark.parametrize("words", WORDS)
def test_nobody_reads_what_is_said(top: Path, words: str) -> None:
    """The code is the same as if somebody did."""
    told = 1 if words.startswith("--format") or words in ("--statistics", "--diff") else 0
    for closed in (True, False):
        read, written = os.pipe()
        os.close(read)
        if closed:
            os.close(written)
        done = subprocess.run(
            [sys.executable, "-m", "validator", *words.split()],
            stdout=subprocess.DEVNULL if closed else written,
            stderr=subprocess.PIPE,
            preexec_fn=partial(os.close, 1) if closed else None,
            text=True,
            check=False,
            timeout=60,
        )
        if not closed:
            os.close(written)
            assert done.stderr == ""
        assert done.returncode == told
        assert "Traceback" not in done.stderr
    assert untouched(top)
