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
    both: frozenset[Language] = frozenset({"terraform", "cloudformation", "both"})
    ours = [sys.executable, "-m", "validator", "--fail-on", "never", "--format", "concise"]
    trivy = ["config", "--quiet", "--skip-check-update", "--skip-version-check"]
    checkov = ["--quiet", "--compact", "--skip-download", "--framework"]
    checkov += ["terraform", "cloudformation"]
    terraform_here = shutil.which("terraform") is not None
    return [
        Tool("validate", both, _on(*ours), True),
        Tool(
            "terraform fmt -check",
            terraform,
            _on("terraform", "fmt", "-check", "-recursive"),
            terraform_here,
        ),
        Tool("Trivy", both, _on(_peer("trivy"), *trivy), _has("trivy")),
        Tool(
            "Checkov",
            both,
            _on(_peer("checkov"), *checkov, "-d"),
            _has("checkov"),
        ),
        Tool(
            "cfn-lint",
            cloudformation,
            _on(_peer("cfn-lint"), below="/**/*.yaml"),
            _has("cfn-lint"),
        ),
        Tool(
            "cloudformation-validate",
            cloudformation,
            _on(_peer("python"), "-c", _ENGINE),
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


def _on(*words: str, below: str = "") -> Callable[[Path], list[str]]:
    """The command that ends in the folder, or in what is named below it."""

    def command(folder: Path) -> list[str]:
        return [*words, f"{folder}{below}"]

    return command
