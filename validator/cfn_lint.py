"""cfn-lint's own findings, for `--cfn-lint`.

cfn-lint runs as another process: it cannot take this one with it, it is stopped when it takes too
long, and nothing of it is imported here. Of its configuration files only what chooses among its own
rules is heeded. What loads code or other files from the repository is not: templates are judged
before anybody has looked at them.
<https://github.com/aws-cloudformation/cfn-lint#config-file>
"""

from __future__ import annotations

import glob
import json
import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final, cast

from validator.ending import undoing
from validator.files import Files, Unreadable
from validator.findings import Diagnostic, DiagnosticKind, Finding, Severity
from validator.graph.addresses import address
from validator.graph.span import Span, whole

TOOL: Final = "cfn-lint"
MAX_CONFIGURATION: Final = 1 << 20
MAX_SECONDS: Final = 300.0
MAX_SECONDS_EACH: Final = 20.0
_TOGETHER: Final = 50
_HEEDED: Final = frozenset(
    (
        "configure_rules",
        "ignore_checks",
        "ignore_templates",
        "include_checks",
        "include_experimental",
        "mandatory_checks",
        "regions",
    )
)
_NAMES: Final = (".cfnlintrc", ".cfnlintrc.yaml", ".cfnlintrc.yml")
_SEVERITIES: Final = {"E": Severity.ERROR, "W": Severity.WARNING, "I": Severity.INFO}
# `-P` keeps Python from importing what lies in the working folder.
_COMMAND: Final = (sys.executable, "-P", "-c", "from cfnlint.runner import main; main()")


def cfn_lint(names: Sequence[str], files: Files) -> tuple[list[Finding], list[Diagnostic]]:
    """What cfn-lint says of some templates, given by their shown names, under its own rule IDs."""
    linter = _Linter(files)
    try:
        made = TemporaryDirectory()
        with undoing(made.cleanup), made as folder:
            config = Path(folder) / "cfnlintrc"
            config.write_text(json.dumps(linter.configuration()), encoding="utf-8")
            for start in range(0, len(names), _TOGETHER):
                linter.lint(list(names[start : start + _TOGETHER]), config)
    except OSError as error:  # no room for files or processes
        linter.complain(".", f"cfn-lint cannot be run: {error.strerror}", "config")
    return linter.findings, linter.diagnostics


def version() -> str:
    """The version of cfn-lint that is installed here."""
    from importlib.metadata import version as installed

    return installed(TOOL)


class _Linter:
    def __init__(self, files: Files) -> None:
        self.findings: list[Finding] = []
        self.diagnostics: list[Diagnostic] = []
        self._files = files
        self._deadline = time.monotonic() + MAX_SECONDS

    def configuration(self) -> dict[str, Any]:
        """The person's settings, with those of the working folder before them."""
        found: dict[str, Any] = {}
        # A user whom the system does not know has no home (`~` is none), or a closed one.
        home = Path(os.path.expanduser("~"))  # noqa: PTH111
        places = [Files(home, home)] if home.is_absolute() else []
        for files in (*places, self._files):
            for name in _NAMES:
                if os.path.lexists(files.path(name)):
                    found.update(self._heeded(name, files))
                    break
        return found

    def _heeded(self, name: str, files: Files) -> dict[str, Any]:
        import yaml

        heeded: dict[str, Any] = {}
        try:
            read: object = yaml.safe_load(files.text(name, MAX_CONFIGURATION))
            if isinstance(read, dict):
                written = cast("dict[object, object]", read)
                heeded = {one: written[one] for one in _HEEDED if one in written}
            _check_size(heeded)
        except Unreadable as error:
            self.complain(name, str(error), "config")
            return {}
        except (TypeError, ValueError, RecursionError, yaml.YAMLError):
            self.complain(name, "this is no configuration of cfn-lint", "config")
            return {}
        return heeded

    def lint(self, names: list[str], config: Path) -> None:
        """Run cfn-lint once; where it takes too long, on each half, to find the one to blame."""
        left = self._deadline - time.monotonic()
        try:
            said, complained = _told(
                [*_COMMAND, "--format", "json", "--config-file", str(config), "--template"]
                + [_plain(name) for name in names],
                self._files.working,
                max(min(left, MAX_SECONDS_EACH + len(names)), 0.1),
            )
        except subprocess.TimeoutExpired:
            if len(names) > 1 and left > 0:
                half = len(names) // 2
                self.lint(names[:half], config)
                self.lint(names[half:], config)
                return
            for name in names:
                self.complain(name, "cfn-lint takes too long, so it says nothing of this", "limit")
            return
        try:
            matches: list[Any] = json.loads(said)
        except ValueError:
            why = complained.decode("utf-8", "replace").strip().rpartition("\n")[2]
            why = why or said.decode("utf-8", "replace").strip().partition("\n")[0]
            for name in names:
                self.complain(name, f"cfn-lint failed: {why[:200]}", "config")
            return
        for match in matches:
            if match["Filename"] in names:
                self.findings.append(_finding(match))

    def complain(self, name: str, message: str, kind: DiagnosticKind) -> None:
        """Note what cfn-lint could not do."""
        self.diagnostics.append(Diagnostic(whole(name), message, kind))


def _check_size(heeded: Mapping[str, Any]) -> None:
    """Raises `ValueError` for what is no JSON, or far more of it than its aliases look like."""
    size = 0
    for part in json.JSONEncoder().iterencode(heeded):
        size += len(part)
        if size > MAX_CONFIGURATION:
            raise ValueError


def _told(command: Sequence[str], working: Path, seconds: float) -> tuple[bytes, bytes]:
    """What a command writes to its outputs; it ends with us. Raises `TimeoutExpired`."""
    pipe = subprocess.PIPE
    with (
        subprocess.Popen(
            command, cwd=working, stdin=subprocess.DEVNULL, stdout=pipe, stderr=pipe
        ) as running,
        undoing(running.kill),
    ):
        try:
            return running.communicate(timeout=seconds)
        except BaseException:
            running.kill()
            raise


def _plain(name: str) -> str:
    """A name as cfn-lint takes it: it is no option, and no pattern."""
    return glob.escape(name if not name.startswith("-") else os.path.join(".", name))  # noqa: PTH118


def _finding(match: Mapping[str, Any]) -> Finding:
    location, rule = match["Location"], match["Rule"]
    start, end = location["Start"], location["End"]
    path: Sequence[object] = location.get("Path") or ("template",)
    name: str = match["Filename"]
    return Finding(
        rule=rule["Id"],
        severity=_SEVERITIES.get(rule["Id"][:1], Severity.WARNING),
        message=match["Message"],
        address=address(name, ".".join(map(str, path))),
        span=Span(
            name,
            start["LineNumber"],
            start["ColumnNumber"],
            end["LineNumber"],
            end["ColumnNumber"],
        ),
        fault=match["Message"],
        tool=TOOL,
        about=rule.get("ShortDescription") or "",
        help=rule.get("Source") or "",
    )
