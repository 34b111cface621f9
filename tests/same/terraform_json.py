"""Terraform's native syntax as its JSON.

<https://developer.hashicorp.com/terraform/language/syntax/json>
"""

from __future__ import annotations

import json
from random import Random
from typing import Any

from tests.same.files import Files, own
from tests.same.hcl import Item, edited, items

_KINDS = ("resource", "data", "locals", "output", "module")
_NAMES = ("depends_on", "ignore_changes", "replace_triggered_by")


def as_json(files: Files, chance: Random) -> Files | None:
    """Most blocks in JSON; the others stay beside them."""
    changed = dict(files)
    for name in own(files):
        text = files[name]
        top: dict[str, Any] = {}
        gone: list[tuple[int, int, str]] = []
        for one in items(text):
            passed = any(inner.name == "providers" for inner in one.body or ())
            if one.name in _KINDS and not passed and "<<" not in text[one.head : one.end]:
                _put(top, one, text, chance)
                gone.append((one.head, one.end, ""))
        if gone:
            changed[name] = edited(text, gone)
            changed[f"{name}.json"] = json.dumps(top, indent=chance.choice((None, 2)))
    return None if len(changed) == len(files) else changed


def _put(top: dict[str, Any], one: Item, text: str, chance: Random) -> None:
    """A block under its labels; one of several is an item of a list."""
    made = _body(one, text, chance)
    where = top
    for label in (one.name, *one.labels)[:-1]:
        where = where.setdefault(label, {})
    last = (one.name, *one.labels)[-1]
    if one.labels and one.name in _KINDS:
        where[last] = made
    else:
        where.setdefault(last, []).append(made)


def _body(block: Item, text: str, chance: Random) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for one in block.body or ():
        if one.body is None:
            made[one.name] = _value(one, text[slice(*one.inner)])
        else:
            _put(made, one, text, chance)
    return made


def _value(one: Item, written: str) -> Any:
    if one.name in _NAMES and written.startswith("["):
        return [each.strip() for each in written.strip()[1:-1].split(",") if each.strip()]
    if one.name in ("provider", "iterator"):
        return written
    try:
        found = json.loads(written)
    except ValueError:
        return f"${{{written}}}"
    if isinstance(found, str) and ("${" in found or "%{" in found):
        return f"${{{written}}}"
    return found if isinstance(found, str | int | bool | None) else f"${{{written}}}"
