"""What stands over a configuration."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

import validator.engine
from tests.configuration.cases import (
    ID,
    ask,
    options,
)
from validator import cli
from validator.arguments import parser
from validator.asked import Usage, asked
from validator.config import Options
from validator.globs import Globs
from validator.reports import Counts, Report

Tree = Callable[[Mapping[str, str | bytes]], Path]


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> None:
    def run(paths: list[Path], options: Options, step: object = None) -> Report:
        return Report((), (), (), Counts(), {})

    monkeypatch.setattr(validator.engine, "run", run)


def test_the_command_line_stands_over_it(whole: Path) -> None:
    given = parser().parse_args(
        ["--fail-on", "info", "--unknown", "ignore", "--no-strict", "--no-require-reason"]
    )
    assert not asked(given).options.require_reason
    assert (given.fail_on, given.unknown, given.strict) == ("info", "ignore", False)
    given = parser().parse_args([])
    asked(given)
    assert (given.fail_on, given.unknown, given.strict) == ("error", "fail", True)
    given = parser().parse_args(["--no-config"])
    asked(given)
    assert (given.fail_on, given.unknown, given.strict) == ("warning", "report", False)
    assert whole.is_dir()


def test_what_is_selected_at_the_command_line_counts(whole: Path) -> None:
    assert whole.is_dir()
    found = options("--select", "flow-log-quota")
    assert found.select == {"flow-log-quota"}
    assert not found.ignore
    found = options("--ignore", "flow-log-role-missing")
    assert found.ignore == {"flow-log-role-missing", "flow-log-duplicate", "flow-log-quota"}


def test_an_account_may_be_given_by_its_name(whole: Path) -> None:
    assert options("--account", "logs").settings.account == "444455556666"
    assert options("--account", ID).settings.account == ID
    with pytest.raises(Usage, match=r"--account lgs: did you mean logs\?"):
        ask("--account", "lgs")
    with pytest.raises(Usage, match="--account 1234: 12 digits are needed"):
        ask("--account", "1234")
    with pytest.raises(Usage, match="--account prod: 12 digits are needed, or a name in"):
        ask("--account", "prod", "--no-config")
    assert whole.is_dir()


def test_config_and_no_config_do_not_go_together(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        parser().parse_args(["--config", "x", "--no-config"])
    assert "not allowed with" in capsys.readouterr().err
    with pytest.raises(Usage, match="--config nope: there is no such file"):
        ask("--config", "nope")


def test_paths_are_seen_from_its_folder(tree: Tree, monkeypatch: pytest.MonkeyPatch) -> None:
    text = (
        'var-files = ["conf/a.tfvars", "../b.tfvars"]\nbaseline = "known.json"\nexclude = ["x/y"]\n'
    )
    top = tree(
        {
            ".git/HEAD": "",
            "infra/predeploy.toml": text,
            "infra/conf/a.tfvars": "",
            "b.tfvars": "",
            "infra/net/main.tf": "",
        }
    )
    monkeypatch.chdir(top / "infra/net")
    found = options()
    settings = found.settings_of(str(top.resolve() / "infra/net"))
    assert settings.variables == ("../conf/a.tfvars", "../../b.tfvars")
    assert found.baseline == "../known.json"
    assert found.exclude == (Globs(str(top.resolve() / "infra"), ("x/y",)),)


def test_show_settings_tells_where_each_comes_from(
    whole: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert whole.is_dir()
    given = "--fail-on info --ignore flow-log-quota,flow-log-duplicate --var x=1"
    assert cli.main([*given.split(), "--show-settings"]) == 0
    shown = [" ".join(line.split()) for line in capfd.readouterr().out.splitlines()]
    assert shown[0] == "# configuration: predeploy.toml"
    for line in (
        'select = ["flow-log-role-missing", "bucket-key-id-not-arn"] # predeploy.toml:1',
        'ignore = ["flow-log-duplicate"] # predeploy.toml:2',
        'ignore = ["flow-log-quota", "flow-log-duplicate"] # command line',
        'fail-on = "info" # command line',
        'unknown = "fail" # predeploy.toml:7',
        "vars.deep.a.b = 1.5 # predeploy.toml:15",
        'vars = ["x=1"] # command line',
        'path-ignores."sandbox/*" = ["flow-log-role-missing"] # predeploy.toml:20',
        'deploy[0].region = "us-east-1" # predeploy.toml:33',
        'existing[0].bucket = "central" # predeploy.toml:42',
    ):
        assert line in shown
    assert not [line for line in shown if line.startswith('fail-on = "error"')]
    assert cli.main(["--show-settings", "--no-config"]) == 0
    assert [line.split("#")[1].strip() for line in capfd.readouterr().out.splitlines()] == [
        "configuration: none",
        "default",
        "default",
        "default",
    ]
