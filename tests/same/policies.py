"""Policy documents in CloudFormation templates, said in other ways.

<https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html>
"""

# JSON as it comes: what is inside has no type.
# pyright: reportUnknownArgumentType=false, reportUnknownLambdaType=false
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false

from __future__ import annotations

import json
from random import Random
from typing import Any

LARGE = 1_500


def stated(template: Any, chance: Random) -> bool:
    """Statements in another order, split, their lists shuffled, their actions in other letters."""
    found = [one for one in _documents(template.get("Resources")) if chance.random() < 0.8]
    # AWS counts the characters of large ones.
    found = [one for one in found if len(json.dumps(one)) < LARGE]
    for document in found:
        statements = document["Statement"]
        if not isinstance(statements, list):
            statements = [statements]
        made: list[Any] = []
        for one in statements:
            made += _said(one, chance) if isinstance(one, dict) and "Effect" in one else [one]
        chance.shuffle(made)
        document["Statement"] = made[0] if len(made) == 1 and chance.random() < 0.3 else made
    return bool(found)


def _documents(value: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    if isinstance(value, dict):
        if "Statement" in value:
            found.append(value)
        for one in value.values():
            found += _documents(one)
    elif isinstance(value, list):
        for one in value:
            found += _documents(one)
    return found


def _said(statement: dict[str, Any], chance: Random) -> list[dict[str, Any]]:
    order = list(statement.items())
    chance.shuffle(order)
    one = dict(order)
    for key in ("Action", "Resource", "NotAction", "NotResource"):
        one |= {key: _listed(one[key], chance)} if key in one else {}
    for outer in ("Principal", "Condition"):
        if isinstance(one.get(outer), dict):
            one[outer] = _inner(one[outer], chance)
    for key in ("Action", "NotAction"):
        one |= {key: _letters(one[key], chance)} if key in one else {}
    key = chance.choice(("Action", "Resource"))
    many = one.get(key)
    if not isinstance(many, list) or len(many) < 2 or chance.random() < 0.5:
        return [one]
    at = chance.randrange(1, len(many))
    rest = {name: held for name, held in one.items() if name != "Sid"}
    return [{**one, key: many[:at]}, {**rest, key: many[at:]}]


def _inner(table: dict[str, Any], chance: Random) -> dict[str, Any]:
    return {
        key: _inner(held, chance)
        if isinstance(held, dict) and not any(name.startswith(("Fn::", "Ref")) for name in held)
        else _listed(held, chance)
        for key, held in table.items()
        if key
    }


def _listed(held: Any, chance: Random) -> Any:
    if isinstance(held, list):
        held = chance.sample(held, len(held))
        return held[0] if len(held) == 1 and chance.random() < 0.5 else held
    # A function may give a list.
    return [held] if isinstance(held, str) and chance.random() < 0.4 else held


def _letters(held: Any, chance: Random) -> Any:
    if isinstance(held, list):
        return [_letters(one, chance) for one in held]
    if not isinstance(held, str) or chance.random() < 0.7:
        return held
    return chance.choice((held.lower(), held.upper()))
