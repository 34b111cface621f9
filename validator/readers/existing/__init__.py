"""What exists already and is created nowhere here, told by a person in `[[existing]]` tables.

They stand in a TOML file (`--existing FILE`) or in the configuration, and `predeploy_schema.json`
has their keys; the documents that they name are JSON files beside them, as they are or as the AWS
command line prints them. What is not told stays unknown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import cast

from validator.files import Files, Unreadable
from validator.findings import Diagnostic
from validator.graph.span import whole
from validator.graph.world import Declared, World
from validator.readers import Told
from validator.readers.existing import logs, roles, storage
from validator.readers.existing.making import Making
from validator.readers.existing.printed import Folder, Refused
from validator.readers.loose import Table, table
from validator.toml import Broken, Document, faults, parse

MAKERS: dict[str, Callable[[Making], list[Declared]]] = {
    "bucket": storage.bucket,
    "key": storage.key,
    "role": roles.role,
    "roles": roles.roles,
    "log-group": logs.log_group,
    "log-groups": logs.log_groups,
    "stream": logs.stream,
    "organization": logs.organization,
    "flow-logs": logs.flow_logs,
}
"""By the key that says what a table tells of."""

_PRINTED = {"FlowLogs": "flow-logs", "logGroups": "log-groups", "RoleDetailList": "roles"}
"""What tells by itself is taken without a table: the key that it prints, and its kind."""


def read_existing(
    name: str, files: Files, accounts: Mapping[str, str]
) -> tuple[World, tuple[Diagnostic, ...]]:
    """The resources that a file tells of, by its shown name, as a world of their own.

    It holds tables, or what one command printed. `accounts` are names that may stand for account
    ids.
    """
    first = whole(name)
    try:
        source = files.text(name)
        if source.lstrip().startswith("{"):
            return world(name, (Told(first, _of_print(name, files)),), files, accounts)
        document = parse(name, source)
    except (Unreadable, Refused) as error:
        return World(name, ()), (Diagnostic(first, str(error), "config"),)
    except Broken as error:
        return World(name, ()), (error.diagnostic,)
    wrong = faults(document, "existing-file")
    if wrong:
        return World(name, ()), wrong
    return world(name, told(document), files, accounts)


def _of_print(name: str, files: Files) -> Table:
    """The table that stands for what a command printed."""
    file = name.rpartition("/")[2]
    printed = table(Folder(name, files).read(file)[2])
    for key, kind in _PRINTED.items():
        if key in printed:
            return {kind: file}
    keys = ", ".join(_PRINTED)
    raise Refused(f"this is JSON without {keys}: name it in an [[existing]] table of a TOML file")


def told(document: Document) -> tuple[Told, ...]:
    """The `[[existing]]` tables of a document that fits the schema."""
    tables = cast(list[dict[str, object]], document.value.get("existing", []))
    found: list[Told] = []
    for number, given in enumerate(tables):
        kind = next(kind for kind in MAKERS if kind in given)
        found.append(Told(document.key("existing", number, kind), given))
    return tuple(found)


def world(
    name: str, tables: Iterable[Told], files: Files, accounts: Mapping[str, str]
) -> tuple[World, tuple[Diagnostic, ...]]:
    """The resources that tables of a file tell of, as a world of their own."""
    folder = Folder(name, files)
    resources: list[Declared] = []
    wrong: list[Diagnostic] = []
    for one in tables:
        kind = next(kind for kind in MAKERS if kind in one.table)
        try:
            resources += MAKERS[kind](Making(one, folder, accounts))
        except Refused as error:
            wrong.append(Diagnostic(one.span, str(error), "config"))
    return World(name, tuple(resources)), tuple(wrong)
