"""What a configuration says, and the page on it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from tests.configuration.cases import (
    ID,
    ask,
    options,
    wrong,
)
from validator.config import Options
from validator.findings import Severity
from validator.globs import Globs
from validator.readers import Configured, Settings
from validator.toml.schema import schema

Tree = Callable[[Mapping[str, str | bytes]], Path]


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


PAGE = (Path(__file__).parents[2] / "docs/configuration.md").read_text(encoding="utf-8")


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
