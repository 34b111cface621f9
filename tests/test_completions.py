"""Completions: asked of the shells themselves, where they are installed."""

from __future__ import annotations

import shlex
import shutil
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from validator.arguments import parser
from validator.completions import completions
from validator.completions.option import Name, options

Tree = Callable[[Mapping[str, str | bytes]], Path]
RULES = (
    Name("a-rule", "A rule: it's [odd]"),
    Name("a-rule-of-mine", 'Mine says "$(touch gotcha)"'),
    Name("b-rule", "B"),
)
FORMATS = next(one.choices for one in options(parser()) if "--format" in one.names)


def shell(name: str, script: str) -> str:
    found = shutil.which(name)
    if found is None:
        pytest.skip(f"{name} is not installed")
    done = subprocess.run([found, "-c", script], capture_output=True, text=True, check=False)
    assert done.stderr == ""
    return done.stdout


def bash(*words: str) -> list[str]:
    """What bash offers behind some words, the last of which is being written."""
    call = " ".join(map(shlex.quote, ("validate", *words)))
    script = (
        f"{completions('bash', parser(), RULES)}\n"
        f"COMP_WORDS=({call}); COMP_CWORD={len(words)}\n"
        "_predeploy; printf '%s\\n' \"${COMPREPLY[@]}\""
    )
    return [line for line in shell("bash", script).splitlines() if line]


def fish(line: str) -> list[str]:
    script = f"{completions('fish', parser(), RULES)}\ncomplete -C {shlex.quote(line)}"
    return [one.partition("\t")[0] for one in shell("fish", script).splitlines()]


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        (["--fo"], ["--format"]),
        (["infra", "--fail"], ["--fail-on"]),
        (["--fail-on", ""], ["error", "warning", "info", "never"]),
        (["--color", "al"], ["always"]),
        (["--color", "=", "al"], ["always"]),
        (["--color", "="], ["auto", "always", "never"]),
        (["--format", ""], list(FORMATS)),
        (["--explain", "a-rule-"], ["a-rule-of-mine"]),
        (["--select", "b"], ["b-rule"]),
        (["--select", "b-rule,a-rule-"], ["b-rule,a-rule-of-mine"]),
        (["--var", ""], []),
        (["--var-file", "m"], ["main.tf", "mine", "my vars.tfvars"]),
        (["--rules", "m"], ["mine"]),
        (["ma"], ["main.tf"]),
        (["--", "--fo"], []),
        (["--", "ma"], ["main.tf"]),
        (["--color", "never", "in"], ["infra"]),
    ],
)
def test_bash(tree: Tree, words: list[str], offered: list[str]) -> None:
    tree({"main.tf": "", "my vars.tfvars": "", "mine/x.py": "", "infra/x.tf": ""})
    assert sorted(bash(*words)) == sorted(offered)


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("validate --fo", ["--format"]),
        ("predeploy --fo", ["--format"]),
        ("validate --fail-on ", ["error", "info", "never", "warning"]),
        ("validate --color=al", ["--color=always"]),
        ("validate --explain a-rule-", ["a-rule-of-mine"]),
        ("validate --select b-rule,a-rule-", ["b-rule,a-rule-of-mine"]),
        ("validate --rules mi", ["mine/"]),
        ("validate --var-file mai", ["main.tf"]),
        ("validate mai", ["main.tf"]),
    ],
)
def test_fish(tree: Tree, line: str, offered: list[str]) -> None:
    tree({"main.tf": "", "mine/x.py": ""})
    assert fish(line) == offered


def test_zsh_reads_its_script() -> None:
    script = completions("zsh", parser(), RULES)
    # Without its completion system, the functions are all there is to ask for.
    asked = "compdef() { echo $@ }\n" + script + "\nprint -l ${(k)functions[(I)_predeploy*]}"
    lines = shell("zsh", asked).splitlines()
    assert lines[0] == "_predeploy validate predeploy"
    assert set(lines[1:]) == {"_predeploy", "_predeploy_rules"}


@pytest.mark.parametrize("name", ["bash", "zsh", "fish"])
def test_every_option_is_completed_and_no_name_runs(tree: Tree, name: str) -> None:
    top = tree({})
    script = completions(name, parser(), RULES)
    for one in options(parser()):
        for spelled in one.names:
            assert (
                spelled in script or f"-l {spelled[2:]} " in script or f"-s {spelled[1]} " in script
            )
    shell(name, "compdef() { :; }\n" * (name != "fish") + script)
    assert list(top.iterdir()) == []


def test_the_shipped_rules_and_those_of_a_pack_are_offered(
    tree: Tree, capfd: pytest.CaptureFixture[str]
) -> None:
    from validator import cli

    tree(
        {
            "mine/a.py": '"""Words."""\nfrom validator.findings import Rule, Severity\n'
            'RULE = Rule(id="my-rule", name="N", severity=Severity.INFO, predicts="P",'
            ' when="deploy")\ndef check(graph): return iter(())\n'
        }
    )
    assert cli.main(["--completions", "bash", "--rules", "mine"]) == 0
    shown = capfd.readouterr().out
    assert " my-rule " in shown
    assert " flow-log-role-missing " in shown
