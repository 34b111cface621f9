"""The settings in force, each with the place that it comes from, for `--show-settings`."""

from __future__ import annotations

import json
import re
from argparse import Namespace
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final, NamedTuple, cast

from validator.report.escape import page, plain
from validator.toml import as_table
from validator.toml.schema import schema

if TYPE_CHECKING:
    from validator.configuration.read import Configuration
    from validator.toml import Document

_BARE: Final = re.compile(r"[A-Za-z0-9_-]+")
# What the command line has of these is added; of all others, it stands in their place.
_ADDED: Final = frozenset(
    ("ignore", "exclude", "vars", "var-files", "parameters", "parameter-files", "existing")
)
_COLUMN: Final = 48


class _Row(NamedTuple):
    key: str
    value: object
    origin: str

    def __str__(self) -> str:
        shown = plain(f"{self.key} = {json.dumps(self.value, ensure_ascii=False)}")
        return f"{shown:<{_COLUMN}}  # {plain(self.origin)}"


def in_force(given: Namespace, configuration: Configuration | None) -> str:
    """Every setting in one line; `given` is the command line as it was given."""
    document = None if configuration is None else configuration.document
    lines = [f"# configuration: {plain(document.name) if document else 'none'}"]
    command = _command_line(given)
    for key, one in schema()["properties"].items():
        configured = document is not None and key in document.value
        if document is not None and configured and (key in _ADDED or key not in command):
            lines += map(str, _configured(document, (key,), document.value[key]))
        if key in command:
            lines.append(str(_Row(key, command[key], "command line")))
        elif not configured and "default" in one:
            lines.append(str(_Row(key, one["default"], "default")))
    return page(lines)


def _configured(document: Document, path: tuple[str | int, ...], value: object) -> Iterator[_Row]:
    inner = as_table(value)
    several = cast(list[object], value) if isinstance(value, list) else []
    if inner is not None:
        for key, held in inner.items():
            yield from _configured(document, (*path, key), held)
    elif any(isinstance(one, dict) for one in several):
        for number, held in enumerate(several):
            yield from _configured(document, (*path, number), held)
    else:
        span = document.key(*path)
        yield _Row(_dotted(path), value, f"{span.file}:{span.line}")


def _dotted(path: tuple[str | int, ...]) -> str:
    shown = ""
    for step in path:
        if isinstance(step, int):
            shown += f"[{step}]"
        else:
            shown += f".{step if _BARE.fullmatch(step) else json.dumps(step, ensure_ascii=False)}"
    return shown.removeprefix(".")


def _ids(given: list[str]) -> list[str]:
    return [id_ for one in given for part in one.split(",") if (id_ := part.strip())]


def _command_line(given: Namespace) -> dict[str, object]:
    """What the command line says, by the keys of the configuration."""

    def supplied(option: str) -> list[str]:
        return [value for name, value in (*given.variables, *given.parameters) if name == option]

    found: dict[str, object] = {
        "select": _ids(given.select),
        "ignore": _ids(given.ignore),
        "require-reason": given.require_reason,
        "fail-on": given.fail_on,
        "unknown": given.unknown,
        "strict": given.strict,
        "exclude": given.exclude,
        "account": given.account,
        "region": given.region,
        "partition": given.partition,
        "workspace": given.workspace,
        "vars": supplied("--var"),
        "var-files": supplied("--var-file"),
        "parameters": supplied("--parameter"),
        "parameter-files": supplied("--parameter-file"),
        "existing": given.existing,
    }
    return {key: value for key, value in found.items() if value not in (None, "", [])}
