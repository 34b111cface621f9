"""The GitHub action: its own scripts, run by bash with what GitHub would give them."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs bash")
Tree = Callable[[Mapping[str, str | bytes]], Path]
ROOT = Path(__file__).parent.parent.parent
ACTION: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
EXPRESSION = re.compile(r"\$\{\{ (.+?) \}\}")

FLOW = """\
resource "aws_flow_log" "main" {
  vpc_id          = "vpc-0a1b2c3d4e5f67890"
  traffic_type    = "ALL"
  log_destination = "arn:aws:logs:eu-west-1:123456789012:log-group:%s"
}
"""
UNCLEAR = """\
variable "where" {}
resource "aws_flow_log" "main" {
  vpc_id               = "vpc-0a1b2c3d4e5f67890"
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = var.where
}
"""


class Runner:
    """As much of GitHub's runner as the scripts see."""

    def __init__(self, top: Path, bin_: Path) -> None:
        self.top = top
        self.bin = bin_
        self.temp = top.parent / "runner"
        self.temp.mkdir()
        self.summary = self.temp / "summary"
        self.context: dict[str, str] = {
            "github.action_repository": "someone/predeploy",
            "github.token": "t0ken",
            "github.event.pull_request.number": "7",
            "steps.python.outputs.python-path": str(bin_ / "python"),
            "steps.install.outputs.bin": str(bin_),
        }
        for name, declared in ACTION["inputs"].items():
            self.context[f"inputs.{name}"] = self._filled(declared.get("default", ""))

    def _filled(self, words: str) -> str:
        return EXPRESSION.sub(lambda found: self.context.get(found.group(1), ""), words)

    def step(self, name: str, **environment: str) -> subprocess.CompletedProcess[str]:
        (step,) = [one for one in ACTION["runs"]["steps"] if one["name"] == name]
        given = {key: self._filled(str(value)) for key, value in step.get("env", {}).items()}
        output = self.temp / "output"
        output.write_text("")
        script = self.temp / "script.sh"
        script.write_text(step["run"])
        assert step["shell"] == "bash"
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", str(script)],
            cwd=self.top,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
            env={
                "PATH": os.environ["PATH"],
                "GITHUB_ACTION_PATH": str(ROOT),
                "GITHUB_OUTPUT": str(output),
                "GITHUB_REPOSITORY": "someone/infra",
                "GITHUB_SERVER_URL": "https://github.com",
                "GITHUB_STEP_SUMMARY": str(self.summary),
                "RUNNER_TEMP": str(self.temp),
                **given,
                **environment,
            },
        )
        for line in output.read_text().splitlines():
            key, _, value = line.partition("=")
            self.context[f"steps.{step.get('id')}.outputs.{key}"] = value
        return done

    def judge(self, **inputs: str) -> subprocess.CompletedProcess[str]:
        self.context |= {f"inputs.{name.replace('_', '-')}": one for name, one in inputs.items()}
        return self.step("Judge the deliveries")

    def output(self, name: str) -> str:
        return self._filled(ACTION["outputs"][name]["value"])


@pytest.fixture
def runner(tree: Tree, bin_: Path) -> Runner:
    work = "work"
    top = tree(
        {
            f"{work}/.git/HEAD": "",
            f"{work}/bad/main.tf": FLOW % "flow",
            f"{work}/two words/main.tf": FLOW % "flow",
            f"{work}/unclear/main.tf": UNCLEAR,
            f"{work}/none/main.tf": "",
        }
    )
    return Runner(top / work, bin_)


def test_one_run_gives_every_report_and_the_verdict_last(runner: Runner) -> None:
    done = runner.judge()
    assert (done.returncode, done.stderr) == (0, "")
    assert "error" in done.stdout
    counts = [runner.output(name) for name in ("will-fail", "may-fail", "cannot-tell")]
    assert counts == ["2", "0", "1"]
    sarif = json.loads(Path(runner.output("sarif-file")).read_text(encoding="utf-8"))
    assert sarif["version"] == "2.1.0"
    places = {
        result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        for result in sarif["runs"][0]["results"]
    }
    assert places == {"bad/main.tf", "two%20words/main.tf"}
    assert json.loads(Path(runner.output("json-file")).read_text())["version"] == 1
    assert "```mermaid\n" in runner.summary.read_text(encoding="utf-8")
    # Not without being asked for.
    assert "::error file=" not in done.stdout
    assert runner.output("exit-code") == "1"
    assert runner.step("Pass on the verdict").returncode == 1


@pytest.mark.parametrize(
    ("inputs", "code", "failing"),
    [
        ({"paths": "bad none\n'two words'", "fail_on": "never"}, "0", "2"),
        ({"paths": "unclear", "args": "--var 'where=arn:aws:s3:::a b' --unknown fail"}, "1", "1"),
        ({"paths": "--exit-zero"}, "3", "0"),
    ],
)
def test_inputs_become_words(
    runner: Runner, inputs: dict[str, str], code: str, failing: str
) -> None:
    assert runner.judge(**inputs).returncode == 0
    assert (runner.output("exit-code"), runner.output("will-fail")) == (code, failing)


def test_a_bad_option_fails_without_a_report(runner: Runner) -> None:
    done = runner.judge(args="--var nonsense")
    assert done.returncode == 0
    assert "--var nonsense: NAME=VALUE is needed" in done.stderr
    assert (runner.output("exit-code"), runner.output("sarif-file")) == ("2", "")
    assert runner.step("Pass on the verdict").returncode == 2


def test_an_open_quote_is_told(runner: Runner) -> None:
    done = runner.judge(paths="'bad")
    assert done.returncode == 1
    assert done.stderr == "::error title=predeploy::paths: No closing quotation\n"


@pytest.mark.parametrize("name", ["paths", "args", "fail_on"])
def test_no_input_is_run_as_a_script(runner: Runner, name: str) -> None:
    runner.judge(**{name: '$(touch gotcha) `touch gotcha`; touch gotcha "; touch gotcha #"'})
    assert not list(runner.top.rglob("gotcha"))


def test_no_file_of_the_workspace_is_imported(runner: Runner) -> None:
    for name in ("json", "os", "secrets", "shlex", "pip", "validator"):
        (runner.top / f"{name}.py").write_text("open('gotcha', 'w')")
    assert runner.judge(paths="bad").returncode == 0
    assert not list(runner.top.rglob("gotcha"))


def test_the_text_report_gives_the_runner_no_commands(runner: Runner) -> None:
    (runner.top / "bad/main.tf").write_text(FLOW % "flow ::error::gotcha")
    lines = runner.judge(paths="bad", annotations="true").stdout.splitlines()
    stopped = lines[0].removeprefix("::stop-commands::")
    assert re.fullmatch(r"[0-9a-f]{32}", stopped)
    resumed = lines.index(f"::{stopped}::")
    assert any("delivery" in line for line in lines[:resumed])
    annotations = lines[resumed + 1 :]
    assert annotations
    assert all(re.match(r"::(error|warning|notice) ", line) for line in annotations)


def test_a_summary_is_only_written_if_wanted(runner: Runner) -> None:
    runner.judge(summary="false")
    assert not runner.summary.exists()


def test_a_version_of_the_action_itself_is_installed(runner: Runner) -> None:
    """The installer is a fake here: it says what it was called with."""
    (runner.bin / "python").write_text(
        '#!/bin/sh\nif [ "$3" = venv ]; then mkdir -p "$4/bin"; cp "$0" "$4/bin/python"; fi\n'
        'echo "$@"\n'
    )
    own = runner.step("Install predeploy")
    assert own.returncode == 0
    assert own.stdout.splitlines()[-1] == (
        f"-I -m pip install --quiet --disable-pip-version-check {ROOT}"
    )
    runner.context["inputs.version"] = "v0.1.0"
    other = runner.step("Install predeploy")
    assert other.stdout.endswith(" git+https://github.com/someone/predeploy@v0.1.0\n")
    for bad in ("--index-url=x", "v1 ; rm", "$(id)", "v1\nv2"):
        runner.context["inputs.version"] = bad
        assert runner.step("Install predeploy").returncode == 2
    runner.context |= {"inputs.version": "v0.1.0", "github.action_repository": ""}
    assert runner.step("Install predeploy").returncode == 2


@pytest.mark.parametrize(
    ("there", "call"),
    [
        ("", "--method POST repos/someone/infra/issues/7/comments"),
        ("41\n42", "--method PATCH repos/someone/infra/issues/comments/41"),
    ],
)
def test_one_comment_is_kept_on_a_pull_request(runner: Runner, there: str, call: str) -> None:
    """`gh` is a fake here: it lists the comments that are there and notes the rest."""
    (runner.bin / "gh").write_text(
        f'#!/bin/sh\ncase "$*" in *--paginate*) printf "%s" "{there}";;\n'
        '*) echo "$@" > "$RUNNER_TEMP/called"; cp "${7#body=@}" "$RUNNER_TEMP/sent";; esac\n'
    )
    (runner.bin / "gh").chmod(0o755)
    runner.judge(paths="bad")
    path = f"{runner.bin}:{os.environ['PATH']}"
    done = runner.step("Comment on the pull request", PATH=path)
    assert (done.returncode, done.stderr) == (0, "")
    assert f"api --silent {call} --field body=@" in (runner.temp / "called").read_text()
    sent = (runner.temp / "sent").read_text(encoding="utf-8")
    assert sent.startswith("<!-- predeploy: predeploy -->\n")
    assert "```mermaid\n" in sent


def test_every_expression_stands_outside_of_the_scripts() -> None:
    for step in ACTION["runs"]["steps"]:
        assert "${{" not in step.get("run", "")
        if "uses" in step:
            assert re.search(r"@[0-9a-f]{40}$", step["uses"])
