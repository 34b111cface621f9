"""A configuration from a stranger: no crash, no reading outside the repository, no code."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from validator.arguments import parser
from validator.asked import asked
from validator.cli import main
from validator.configuration import Misconfigured
from validator.toml.schema import schema

Tree = Callable[[Mapping[str, str | bytes]], Path]

FLOW = """\
resource "aws_flow_log" "main" {
  vpc_id          = "vpc-0a1b2c3d4e5f67890"
  traffic_type    = "ALL"
  log_destination = "arn:aws:logs:eu-west-1:111122223333:log-group:flow"
}
"""


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\xff\xfe", "this is no UTF-8 text (byte 0)"),
        (b"\0" * 100, "this is no text but binary data"),
        (b"a = " + b"[" * 100_000, "more than 32 keys, lists or tables in each other"),
        (b"a = " + b"{a=" * 50_000, "more than 32 keys, lists or tables in each other"),
        (b"a." * 100_000 + b"a = 1", "more than 32 keys, lists or tables in each other"),
        (b"#" * 300_000, "this is longer than 256 Ki characters"),
        (b"#" * (17 << 20), "this is larger than 16 MiB"),
        (b"vars.a = " + b"9" * 100_000, "this is no TOML"),
        (b"vars.a = 0x" + b"f" * 100, "a is no number of 64 bits"),
        (b"vars.a = 1979-05-27T07:32:00Z", "not a date"),
        (b"'\\u001b[2J' = 1", "the configuration has no key"),
        ("\u202eselect = 1".encode(), "this is no TOML"),
        (b'severity."\\u001b[2J" = "off"', "is not a rule's id"),
        (b'baseline = "a\\u0000b"', "is not a path"),
        (b'exclude = ["a\\u0000b"]', "is not a path"),
        (b'baseline = "' + b"a" * 5000 + b'/../../../x"', "lies outside the repository"),
        (b'var-files = ["' + b"a" * 5000 + b'"]', "there is no file"),
        (b'rules = ["evil"]', "a configuration loads no code"),
        (b"".join(b"k%d = 1\n" % n for n in range(9000)), "the configuration has no key k0"),
    ],
    ids=lambda one: one[:20] if isinstance(one, str) else "",
)
def test_it_ends_in_faults_with_places(
    tree: Tree, content: bytes, said: str, capfd: pytest.CaptureFixture[str]
) -> None:
    tree({".git/HEAD": "", "net/main.tf": FLOW, "predeploy.toml": content})
    start = time.process_time()
    assert main(["net"]) == 2
    assert time.process_time() - start < 5
    shown = capfd.readouterr()
    assert shown.err == ""
    assert "config: predeploy.toml:" in shown.out
    assert said in shown.out
    assert "\x1b" not in shown.out and "\u202e" not in shown.out
    assert max(map(len, shown.out.splitlines())) < 6000


@pytest.mark.parametrize("name", ["predeploy.toml", "pyproject.toml"])
def test_a_link_out_of_the_repository_is_not_followed(
    tree: Tree, name: str, capfd: pytest.CaptureFixture[str]
) -> None:
    secret = "predeploy = 'hunter2'\n[tool.predeploy]\nfail-on = 'never'\n"
    top = tree({"secret.toml": secret, "repo/.git/HEAD": "", "repo/main.tf": FLOW})
    (top / "repo" / name).symlink_to(top / "secret.toml")
    code = main(["repo"])
    shown = capfd.readouterr().out
    assert "hunter2" not in shown
    if name == "predeploy.toml":
        assert code == 2
        assert "this lies outside the repository and is not read" in shown
    else:
        # Other tools may want it so; for us it is none.
        assert code == 1


@pytest.mark.parametrize("kind", ["folder", "pipe", "nowhere", "itself"])
def test_what_is_no_file_is_a_fault(
    tree: Tree, kind: str, capfd: pytest.CaptureFixture[str]
) -> None:
    top = tree({".git/HEAD": "", "main.tf": FLOW})
    place = top / "predeploy.toml"
    match kind:
        case "folder":
            place.mkdir()
        case "pipe":
            os.mkfifo(place)
        case "nowhere":
            place.symlink_to("nowhere")
        case _:
            place.symlink_to("predeploy.toml")
    assert main([]) == 2
    assert "config: predeploy.toml: " in capfd.readouterr().out


def test_documents_behind_links_are_not_read(tree: Tree, capfd: pytest.CaptureFixture[str]) -> None:
    top = tree(
        {
            "secret.tfvars": 'bucket = "hunter2"',
            "repo/.git/HEAD": "",
            "repo/main.tf": 'variable "bucket" {}\n' + FLOW.replace("flow", "${var.bucket}"),
            "repo/predeploy.toml": 'var-files = ["link.tfvars"]\nbaseline = "link.tfvars"\n',
        }
    )
    (top / "repo/link.tfvars").symlink_to(top / "secret.tfvars")
    assert main(["repo"]) == 2
    shown = capfd.readouterr().out
    assert "repo/predeploy.toml:1:14: link.tfvars lies outside the repository" in shown
    assert "repo/predeploy.toml:2:12: link.tfvars lies outside the repository" in shown
    assert "hunter2" not in shown


def test_no_code_of_the_repository_runs(tree: Tree) -> None:
    evil = "raise SystemExit('pwned')\n"
    names = ("tomllib.py", "jsonschema.py", "json.py", "difflib.py", "mine/rule.py")
    tree(
        {
            ".git/HEAD": "",
            "main.tf": FLOW,
            "predeploy.toml": 'rules = ["mine"]\nselct = 1\n',
            **dict.fromkeys(names, evil),
        }
    )
    done = subprocess.run(
        [Path(sys.executable).parent / "validate"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert "pwned" not in done.stdout + done.stderr


words = st.sampled_from(
    ["flow-log-quota", "no-rule", "error", "111122223333", "prod", "eu-west-1", "..", "/", "a/*"]
)
keys = st.sampled_from([*schema()["properties"], "paths", "bucket", "rules"]) | words
scalars = st.one_of(words, st.booleans(), st.integers(-9, 9)).map(
    lambda one: f'"{one}"' if isinstance(one, str) else str(one).lower()
)
values = st.recursive(
    scalars,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda some: f"[{', '.join(some)}]"),
        st.dictionaries(keys, inner, max_size=3).map(
            lambda some: "{" + ", ".join(f'"{k}" = {v}' for k, v in some.items()) + "}"
        ),
    ),
    max_leaves=6,
)


@settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(table=st.dictionaries(keys, values, max_size=4), raw=st.text("[]{}=.\"'\\\n a1", max_size=9))
def test_whatever_it_says_there_are_options_or_faults(
    tree: Tree, table: dict[str, Any], raw: str
) -> None:
    text = "".join(f'"{key}" = {value}\n' for key, value in table.items()) + raw
    tree({".git/HEAD": "", "net/main.tf": FLOW, "predeploy.toml": text})
    try:
        found = asked(parser().parse_args(["net"]))
    except Misconfigured as error:
        assert error.diagnostics
        assert {one.span.file for one in error.diagnostics} == {"predeploy.toml"}
        assert all(1 <= one.span.line <= text.count("\n") + 1 for one in error.diagnostics)
    else:
        assert found.configuration is not None
