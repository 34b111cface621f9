"""What is run side by side: each tool's command for a folder, and whether it is here at all."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from benchmarks.corpora import Language

PEERS = Path(".venv-bench/bin")

# The wheel holds the library only; one engine for all templates is its own advice.
_ENGINE = """\
import sys
from pathlib import Path
from cloudformation_validate import CompositeEngine
engine = CompositeEngine()
for path in sorted(Path(sys.argv[1]).rglob("*.y*ml")):
    engine.validate_template(path)
"""


class Tool(NamedTuple):
    """A program to be measured. `command` gives the words to run on a folder."""

    name: str
    languages: frozenset[Language]
    command: Callable[[Path], list[str]]
    here: bool


def tools() -> list[Tool]:
    """Ours first; a peer that is not installed is named too."""
    terraform: frozenset[Language] = frozenset({"terraform"})
    cloudformation: frozenset[Language] = frozenset({"cloudformation"})
    both: frozenset[Language] = terraform | cloudformation | frozenset({"both"})
    ours = [sys.executable, "-m", "validator", "--fail-on", "never", "--format", "concise"]
    trivy = ["config", "--quiet", "--skip-check-update", "--skip-version-check"]
    checkov = ["--quiet", "--compact", "--skip-download", "--framework"]
    checkov += ["terraform", "cloudformation"]
    terraform_here = shutil.which("terraform") is not None
    return [
        Tool("validate", both, lambda folder: [*ours, str(folder)], True),
        Tool(
            "terraform fmt -check",
            terraform,
            lambda folder: ["terraform", "fmt", "-check", "-recursive", str(folder)],
            terraform_here,
        ),
        Tool("Trivy", both, lambda folder: [_peer("trivy"), *trivy, str(folder)], _has("trivy")),
        Tool(
            "Checkov",
            both,
            lambda folder: [_peer("checkov"), *checkov, "-d", str(folder)],
            _has("checkov"),
        ),
        Tool(
            "cfn-lint",
            cloudformation,
            lambda folder: [_peer("cfn-lint"), f"{folder}/**/*.yaml"],
            _has("cfn-lint"),
        ),
        Tool(
            "cloudformation-validate",
            cloudformation,
            lambda folder: [_peer("python"), "-c", _ENGINE, str(folder)],
            _imports("cloudformation_validate"),
        ),
    ]


def _peer(name: str) -> str:
    return str((PEERS / name).absolute())


def _has(name: str) -> bool:
    return (PEERS / name).exists()


def _imports(module: str) -> bool:
    if not _has("python"):
        return False
    done = subprocess.run([_peer("python"), "-c", f"import {module}"], capture_output=True)
    return done.returncode == 0
