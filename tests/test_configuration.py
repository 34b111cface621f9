"""The configuration: which file it is, what it says, and what stands over it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

import validator.engine
from validator import cli
from validator.arguments import parser
from validator.asked import Asked, Usage, asked
from validator.config import Options
from validator.configuration import Misconfigured
from validator.findings import Counts, Report, Severity
from validator.globs import Globs
from validator.readers import Configured, Settings
from validator.toml.schema import schema

Tree = Callable[[Mapping[str, str | bytes]], Path]
ID = "111122223333"


def ask(*arguments: str) -> Asked:
    return asked(parser().parse_args(arguments))


def options(*arguments: str) -> Options:
    return ask(*arguments).options


def used(*arguments: str) -> str:
    """The file that is the configuration."""
    configuration = ask(*arguments).configuration
    return "" if configuration is None else configuration.document.name


def wrong(*arguments: str) -> list[str]:
    with pytest.raises(Misconfigured) as raised:
        ask(*arguments)
    return [
        f"{one.span.file}:{one.span.line}:{one.span.column} {one.message}"
        for one in raised.value.diagnostics
    ]


# --- which file --------------------------------------------------------------------------------


@pytest.fixture
def nested(tree: Tree) -> Path:
    return tree(
        {
            ".git/HEAD": "",
            "predeploy.toml": "",
            "live/prod/main.tf": "",
            "live/prod/predeploy.toml": "",
            "live/dev/net/main.tf": "",
            "live/dev/pyproject.toml": "[tool.predeploy]\n",
            "other/main.tf": "",
            "other/pyproject.toml": '[project]\ndependencies = ["predeploy"]\n',
        }
    )


@pytest.mark.parametrize(
    ("paths", "file"),
    [
        ([], "predeploy.toml"),
        (["live"], "predeploy.toml"),
        (["live/prod"], "live/prod/predeploy.toml"),
        (["live/prod/main.tf"], "live/prod/predeploy.toml"),
        (["live/prod/none.tf"], "live/prod/predeploy.toml"),
        (["live/dev/net"], "live/dev/pyproject.toml"),
        (["live/dev/net/main.tf", "live/dev"], "live/dev/pyproject.toml"),
        (["other/main.tf"], "predeploy.toml"),
        (["live/prod/main.tf", "other/main.tf"], "predeploy.toml"),
        (["live/prod", "--config", "live/dev/pyproject.toml"], "live/dev/pyproject.toml"),
        (["live/prod", "--no-config"], ""),
    ],
)
def test_the_nearest_above_all_paths_counts(nested: Path, paths: list[str], file: str) -> None:
    assert nested.is_dir()
    assert used(*paths) == file


def test_what_is_above_some_paths_only_is_told_of(
    nested: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert nested.is_dir()
    two = ("live/prod/main.tf", "live/dev/net/main.tf", "other/main.tf")
    assert ask(*two).passed_over == ["live/dev/pyproject.toml", "live/prod/predeploy.toml"]
    cli.main(two)
    shown = capsys.readouterr().err
    assert "validate: live/prod/predeploy.toml is not heeded: it is not above all" in shown
    cli.main([*two, "-q"])
    cli.main([*two, "--config", "predeploy.toml"])
    assert capsys.readouterr().err == ""


def test_nothing_above_the_repository_is_looked_at(tree: Tree) -> None:
    top = tree({"predeploy.toml": "nonsense", "repo/.git/HEAD": "", "repo/infra/main.tf": ""})
    assert used("repo/infra") == ""
    (top / "repo/predeploy.toml").write_text("")
    assert used("repo/infra") == "repo/predeploy.toml"


def test_from_any_working_folder(nested: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(nested / "other")
    assert used() == "../predeploy.toml"
    assert used("../live/prod") == "../live/prod/predeploy.toml"


def test_without_git_the_working_folder_is_the_last(
    tree: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    top = tree({"predeploy.toml": "nonsense", "a/predeploy.toml": "", "a/b/main.tf": ""})
    monkeypatch.chdir(top / "a")
    assert used("b") == "predeploy.toml"
    # What is below the configuration may be read: its documents lie beside it.
    assert options("b").root == top / "a"
    monkeypatch.chdir(top / "a/b")
    assert used() == ""
    monkeypatch.chdir(top / "a/b")
    assert used("../../a/b") == ""


def test_predeploy_toml_stands_over_pyproject(tree: Tree) -> None:
    tree({".git/HEAD": "", "predeploy.toml": "", "pyproject.toml": "[tool.predeploy]\n"})
    assert used() == "predeploy.toml"


@pytest.mark.parametrize(
    "other",
    [
        b"[tool.predeployed]\n",
        b"[tool]\nx = 'predeploy'\n",
        b"tool = 'predeploy'\n",
        b"\xff predeploy",
        b"not = [toml",
    ],
)
def test_a_pyproject_of_others_is_passed_over(tree: Tree, other: bytes) -> None:
    tree({".git/HEAD": "", "predeploy.toml": "", "infra/pyproject.toml": other, "infra/a.tf": ""})
    if other.startswith(b"\xff"):
        assert wrong("infra") == ["infra/pyproject.toml:1:1 this is no UTF-8 text (byte 0)"]
    else:
        assert used("infra") == "predeploy.toml"


def test_a_link_to_the_paths_is_followed_first(tree: Tree) -> None:
    top = tree({".git/HEAD": "", "real/predeploy.toml": "", "real/net/main.tf": "", "a/x": ""})
    (top / "a/net").symlink_to("../real/net")
    assert used("a/net") == "real/predeploy.toml"


# --- what it says ------------------------------------------------------------------------------

WHOLE = """\
select = ["flow-log-role-missing", "bucket-key-id-not-arn"]
ignore = ["flow-log-duplicate"]
never-ignore = ["bucket-key-id-not-arn"]
require-reason = true
baseline = "known.json"
fail-on = "error"
unknown = "fail"
strict = true
exclude = ["legacy", "live/old/*"]
account = "prod"
region = "eu-west-1"
partition = "aws"
workspace = "blue"
var-files = ["conf/all.tfvars"]
vars = { size = 3, names = ["a", "${b}"], text = "x", on = true, deep = { a = { b = 1.5 } } }
parameter-files = ["conf/all.json"]
parameters = { Size = 3, Names = ["a", "b"], Text = "x", On = true, Part = 1.5 }

[path-ignores]
"sandbox/*" = ["flow-log-role-missing"]

[severity]
flow-log-role-missing = "warning"
flow-log-quota = "off"

[accounts]
prod = "111122223333"
logs = "444455556666"

[[deploy]]
paths = ["live/dev"]
account = "logs"
region = "us-east-1"
partition = "aws"
workspace = "green"
vars.size = 4
var-files = ["conf/dev.tfvars"]
parameters.Size = 4
parameter-files = ["conf/dev.json"]

[[existing]]
bucket = "central"
account = "logs"
"""


@pytest.fixture
def whole(tree: Tree) -> Path:
    conf = {f"conf/{name}": "" for name in ("all.tfvars", "dev.tfvars", "all.json", "dev.json")}
    return tree({".git/HEAD": "", "predeploy.toml": WHOLE, "live/dev/main.tf": "", **conf})


def test_every_key_is_read(whole: Path) -> None:
    found, configuration, _ = ask()
    assert configuration is not None
    assert (configuration.fail_on, configuration.unknown, configuration.strict) == (
        "error",
        "fail",
        True,
    )
    assert found.select == {"flow-log-role-missing", "bucket-key-id-not-arn"}
    assert found.ignore == {"flow-log-duplicate", "flow-log-quota"}
    assert found.never_ignore == {"bucket-key-id-not-arn"}
    assert found.require_reason
    assert found.baseline == "known.json"
    here = str(whole.resolve())
    assert found.exclude == (Globs(here, ("legacy", "live/old/*")),)
    assert found.path_ignores == (
        (Globs(here, ("sandbox/*",)), frozenset({"flow-log-role-missing"})),
    )
    assert found.severity == {"flow-log-role-missing": Severity.WARNING}
    assert found.accounts == {"prod": ID, "logs": "444455556666"}
    (told,) = found.told
    assert told.table == {"bucket": "central", "account": "logs"}
    assert (told.span.file, told.span.line) == ("predeploy.toml", 42)


def values(settings: Settings) -> tuple[list[object], list[object]]:
    def of(given: Any) -> object:
        return (given.name, given.text) if isinstance(given, Configured) else given

    return [of(one) for one in settings.variables], [of(one) for one in settings.parameters]


def test_what_is_supplied_for_a_unit_is_layered(whole: Path) -> None:
    found = options("--region", "eu-north-1", "--var", "size=5", "--parameter", "Size=5")
    everywhere = found.settings_of(str(whole / "live/prod"))
    assert (everywhere.account, everywhere.partition, everywhere.workspace) == (ID, "aws", "blue")
    assert everywhere.region == "eu-north-1"
    variables, parameters = values(everywhere)
    assert variables == [
        "conf/all.tfvars",
        ("size", '{"size": 3}'),
        ("names", '{"names": ["a", "${b}"]}'),
        ("text", '{"text": "x"}'),
        ("on", '{"on": true}'),
        ("deep", '{"deep": {"a": {"b": 1.5}}}'),
        ("size", "5"),
    ]
    assert parameters == [
        "conf/all.json",
        ("Size", "3"),
        ("Names", "a,b"),
        ("Text", "x"),
        ("On", "true"),
        ("Part", "1.5"),
        ("Size", "5"),
    ]
    dev = found.settings_of(str(whole.resolve() / "live/dev"))
    assert (dev.account, dev.workspace) == ("444455556666", "green")
    assert dev.region == "eu-north-1"
    variables, parameters = values(dev)
    assert variables[-3:] == ["conf/dev.tfvars", ("size", '{"size": 4}'), ("size", "5")]
    assert parameters[-3:] == ["conf/dev.json", ("Size", "4"), ("Size", "5")]


def test_every_key_of_the_schema_is_in_the_whole_one(whole: Path) -> None:
    """And so, by the tests above, is read."""
    configuration = ask().configuration
    assert whole.is_dir()
    assert configuration is not None
    written = configuration.document.value
    assert written.keys() == schema()["properties"].keys()
    deploys: Any = written["deploy"]
    assert deploys[0].keys() == schema()["properties"]["deploy"]["items"]["properties"].keys()


def test_an_option_that_is_no_key_is_said_to_be_one(tree: Tree) -> None:
    tree(
        {
            ".git/HEAD": "",
            "predeploy.toml": 'format = "json"\nexit-zero = true\nrules = []\nvar-file = 1\n',
        }
    )
    name = "the configuration has no key"
    assert wrong() == [
        f"predeploy.toml:1:1 {name} format; --format is an option of the command line alone",
        f"predeploy.toml:2:1 {name} exit-zero; --exit-zero is an option of the command line alone",
        f"predeploy.toml:3:1 {name} rules; rules are programs, and a configuration loads no code: "
        "give --rules DIR",
        f"predeploy.toml:4:1 {name} var-file; did you mean var-files?",
    ]


def test_an_empty_one_changes_nothing(tree: Tree) -> None:
    tree({".git/HEAD": "", "predeploy.toml": "# nothing\n", "main.tf": ""})
    assert options() == Options()


# --- what stands over it -----------------------------------------------------------------------


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


# --- what is wrong -----------------------------------------------------------------------------


def test_every_fault_of_meaning_is_said_at_once(tree: Tree) -> None:
    text = """\
account = "prd"
never-ignore = ["flow-log-quota", "flow-log-duplicate"]
ignore = ["flow-log-duplicate"]
var-files = ["none.tfvars", "../../x.tfvars", "/etc/passwd"]
baseline = "../known.json"
[severity]
flow-log-quota = "off"
[accounts]
prod = "111122223333"
[[deploy]]
paths = ["x"]
account = "production"
parameter-files = ["predeploy.toml/x"]
"""
    tree({".git/HEAD": "", "predeploy.toml": text})
    assert wrong() == [
        "predeploy.toml:1:11 there is no account prd in [accounts]; did you mean prod?",
        "predeploy.toml:3:11 flow-log-duplicate cannot be ignored and be in never-ignore",
        "predeploy.toml:4:14 there is no file none.tfvars",
        "predeploy.toml:4:29 ../../x.tfvars lies outside the repository and is not read",
        "predeploy.toml:4:47 /etc/passwd lies outside the repository and is not read",
        "predeploy.toml:5:12 ../known.json lies outside the repository and is not read",
        "predeploy.toml:7:1 flow-log-quota cannot be ignored and be in never-ignore",
        "predeploy.toml:12:11 there is no account production in [accounts]: there is prod",
        "predeploy.toml:13:20 there is no file predeploy.toml/x",
    ]


def test_a_rule_that_is_none_is_said_with_the_nearest(tree: Tree) -> None:
    text = """\
[tool.predeploy]
select = ["flow-log-role-mising"]
[tool.predeploy.path-ignores]
"x" = ["flow-log-quota", "zzz"]
[tool.predeploy.severity]
bucket-key-id = "off"
"""
    tree({".git/HEAD": "", "pyproject.toml": text})
    assert wrong() == [
        "pyproject.toml:2:11 there is no rule flow-log-role-mising; "
        "did you mean flow-log-role-missing?",
        "pyproject.toml:4:26 there is no rule zzz; --list-rules shows all",
        "pyproject.toml:6:1 there is no rule bucket-key-id; did you mean bucket-key-id-not-arn?",
    ]


RULE = '''"""Mine.

## Why delivery fails

It does not."""
from validator.findings import Findings, Rule, Severity
from validator.graph.graph import Graph

RULE = Rule(id="my-rule", name="Mine", severity=Severity.INFO, predicts="x", when="deploy",
            aliases=("old-name",))


def check(graph: Graph) -> Findings:
    """Nothing."""
    yield from ()
'''


def test_rules_of_ones_own_are_known_where_they_are_loaded(tree: Tree) -> None:
    text = 'never-ignore = ["my-rule"]\nselect = ["old-name"]\nseverity.old-name = "error"\n'
    tree({".git/HEAD": "", "predeploy.toml": text, "mine/a.py": RULE})
    assert [one.rpartition(" ")[2] for one in wrong()] == ["all"] * 3
    found = options("--rules", "mine")
    # An alias counts as the rule's own id.
    assert found.select == found.never_ignore == {"my-rule"}
    assert found.severity == {"my-rule": Severity.ERROR}


@pytest.mark.parametrize("format_", ["text", "concise", "json"])
def test_a_bad_configuration_is_a_report_and_exit_2(
    tree: Tree, format_: str, capfd: pytest.CaptureFixture[str]
) -> None:
    tree({".git/HEAD": "", "predeploy.toml": 'slect = 1\nrules = ["x"]\nfail-on = "x"\n'})
    assert cli.main(["--format", format_]) == 2
    shown = capfd.readouterr()
    assert shown.err == ""
    if format_ == "json":
        told = [(one["line"], one["kind"]) for one in json.loads(shown.out)["diagnostics"]]
        assert told == [(1, "config"), (2, "config"), (3, "config")]
    else:
        assert "predeploy.toml:1:1: " in shown.out
        assert "the configuration has no key slect; did you mean select?" in shown.out
        assert "a configuration loads no code: give --rules DIR" in shown.out
    assert cli.main(["--format", format_, "--output", "report.txt"]) == 2
    assert "slect" in Path("report.txt").read_text()


@pytest.mark.parametrize("arguments", [["--show-files"], ["--show-settings"], ["--trace", "x"]])
def test_a_bad_configuration_stops_whatever_is_asked(
    tree: Tree, arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    tree({".git/HEAD": "", "predeploy.toml": "slect = 1\n"})
    assert cli.main(arguments) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.startswith("validate: predeploy.toml:1:1: the configuration has no key slect")
    assert cli.main(["--list-rules"]) == 0


def test_the_table_of_pyproject_is_a_table(tree: Tree) -> None:
    tree({".git/HEAD": "", "pyproject.toml": "[tool]\npredeploy = 1\n"})
    assert wrong() == ["pyproject.toml:2:1 [tool.predeploy] must be a table"]


# --- the page on it ----------------------------------------------------------------------------

PAGE = (Path(__file__).parent.parent / "docs/configuration.md").read_text(encoding="utf-8")


def test_the_page_has_every_key_with_an_example_that_fits(tree: Tree) -> None:
    rows = re.findall(r"^\| `([a-z-]+)` \| `(.+?)` \|", PAGE, re.M)
    assert [key for key, _ in rows] == list(schema()["properties"])
    conf = dict.fromkeys(("conf/prod.tfvars", "conf/prod.json"), "")
    for key, example in rows:
        tables = {"deploy": '\npaths = ["x"]', "existing": '\nbucket = "b"'}
        accounts = "\naccounts.prod = '111122223333'" if key == "account" else ""
        text = example + tables.get(key, "") + accounts
        tree({".git/HEAD": "", "predeploy.toml": text, **conf})
        configuration = ask().configuration
        assert configuration is not None
        assert key in configuration.document.value


def test_the_page_names_what_a_deploy_may_have() -> None:
    section = PAGE.partition("### accounts and deploy")[2].partition("## When")[0]
    for key in schema()["properties"]["deploy"]["items"]["properties"]:
        assert f"`{key}`" in section
