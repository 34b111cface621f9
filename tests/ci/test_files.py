"""Files that other programs read: by those programs' own checkers, where they are installed.

`make check` installs them.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parent.parent.parent
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
BLOCKS = [
    (page, words)
    for page in PAGES
    for words in re.findall(r"^```yaml\n(.*?)^```", page.read_text(encoding="utf-8"), re.S | re.M)
]


def checked(checker: str, *arguments: str) -> None:
    """Run a checker; it must have nothing to say."""
    found = shutil.which(checker, path=str(Path(sys.executable).parent)) or shutil.which(checker)
    if found is None:
        pytest.skip(f"{checker} is not installed; `make check` installs it")
    done = subprocess.run([found, *arguments], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def examples(kind: str, folder: Path) -> list[str]:
    """Write the examples of a kind out of the pages: those that have a key at the top."""
    names: list[str] = []
    for number, (_, words) in enumerate(BLOCKS):
        if re.search(f"^{kind}:", words, re.M):
            file = folder / f"{number}.yml"
            file.write_text(words, encoding="utf-8")
            names.append(str(file))
    assert names
    return names


def test_the_action_is_what_its_schema_says() -> None:
    checked("check-jsonschema", "--builtin-schema", "vendor.github-actions", "action.yml")


def test_zizmor_finds_nothing_in_the_action() -> None:
    checked("zizmor", "--offline", "--persona=auditor", str(ROOT / "action.yml"))


def test_the_workflows_of_the_pages_are_what_their_schema_says(tmp_path: Path) -> None:
    names = examples("jobs", tmp_path)
    checked("check-jsonschema", "--builtin-schema", "vendor.github-workflows", *names)


def test_zizmor_finds_nothing_in_the_workflows_of_the_pages(tmp_path: Path) -> None:
    folder = tmp_path / ".github/workflows"
    folder.mkdir(parents=True)
    examples("jobs", folder)
    # The pages name versions, for people to pin as they pin everything.
    (tmp_path / "zizmor.yml").write_text("rules:\n  unpinned-uses:\n    disable: true\n")
    checked("zizmor", "--offline", "--config", str(tmp_path / "zizmor.yml"), str(tmp_path))


def test_the_hooks_of_the_pages_are_there() -> None:
    declared = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    shown = [yaml.safe_load(words) for _, words in BLOCKS if words.startswith("repos:")]
    used = {hook["id"] for one in shown for repo in one["repos"] for hook in repo["hooks"]}
    assert used
    assert used <= {one["id"] for one in declared}


def test_the_container_file_has_no_faults() -> None:
    checked("hadolint", str(ROOT / "Dockerfile"))


def component(**inputs: str) -> dict[str, Any]:
    """The GitLab component with its inputs filled in."""
    text = (ROOT / "templates/predeploy.yml").read_text(encoding="utf-8")
    header, body = text.split("\n---\n")
    declared = yaml.safe_load(header)["spec"]["inputs"]
    assert set(inputs) <= set(declared)
    for name, one in declared.items():
        given: str = inputs[name] if name in inputs else one["default"]
        body = body.replace(f"$[[ inputs.{name} ]]", given)
    assert "$[[" not in body
    filled: dict[str, Any] = yaml.safe_load(body)
    return filled


def test_the_gitlab_component_is_what_its_schema_says(tmp_path: Path) -> None:
    filled = tmp_path / "filled.yml"
    filled.write_text(json.dumps(component(source="predeploy")), encoding="utf-8")
    pages = examples("include", tmp_path)
    checked("check-jsonschema", "--builtin-schema", "vendor.gitlab-ci", str(filled), *pages)


@pytest.mark.skipif(sys.platform == "win32", reason="needs a shell")
def test_the_gitlab_component_writes_the_reports_that_it_promises(
    tmp_path: Path, bin_: Path
) -> None:
    (tmp_path / "infra").mkdir()
    (tmp_path / "infra/main.tf").write_text('resource "aws_flow_log" "a" {}')
    job = component(source="predeploy", paths="infra", args="--fail-on error")["predeploy"]
    done = subprocess.run(
        ["sh", "-ec", job["script"][-1]],
        cwd=tmp_path,
        env={**job["variables"], "venv": str(bin_.parent), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (1, "")
    for name in job["artifacts"]["reports"].values():
        assert (tmp_path / name).stat().st_size
