"""Changes to JSON as a tree: the text still parses, but nothing has the type that is expected."""

from __future__ import annotations

import json
from collections.abc import Sequence
from random import Random
from typing import Any

from tests.fuzz.mutate import MOST, NUMBERS, ODD, WORDS, mutated

VALUES: tuple[Any, ...] = (
    *(None, True, False, 0, -1, 1.5, 10**30, "", [], {}, [[]], {"": {}}, [None], {"a": None}),
    *("*", "true", "1", "${", "arn:aws:s3:::x", "\0", "\ud800", "\x1b[1m", "${aws:username}"),
)


def tree_mutated(text: str, chance: Random, seeds: Sequence[str]) -> str:
    """A JSON text with values, keys and types changed; sometimes the text itself, too."""
    try:
        root = json.loads(text)
    except (ValueError, RecursionError):
        return mutated(text, chance, seeds)
    for _ in range(chance.choice((1, 1, 2, 3, 6))):
        root = changed(root, chance, seeds)
    try:
        made = json.dumps(root, ensure_ascii=chance.random() < 0.5, indent=chance.choice((None, 1)))
    except RecursionError:
        return text
    if len(made) > 10 * MOST:
        return text
    if chance.random() < 0.15:
        made = _twice(made, chance)
    return mutated(made, chance, seeds) if chance.random() < 0.25 else made


def _twice(text: str, chance: Random) -> str:
    """Some key is written twice."""
    keys = sorted({part for part in text.split('"')[1::2] if part})
    if len(keys) < 2:
        return text
    one, other = chance.sample(keys, 2)
    return text.replace(f'"{one}":', f'"{other}":')


def holds(value: object) -> bool:
    """Whether a value is a container."""
    return isinstance(value, dict | list)


def places(root: Any) -> list[tuple[Any, Any]]:
    """Every container of a tree with each of its keys."""
    found: list[tuple[Any, Any]] = []
    queue = [root]
    while queue and len(found) < 20_000:
        one: Any = queue.pop()
        keys: Sequence[Any] = list(one.keys()) if hasattr(one, "keys") else range(len(one))
        for key in keys:
            found.append((one, key))
            if holds(one[key]):
                queue.append(one[key])
    return found


def changed(root: Any, chance: Random, seeds: Sequence[str], words: Sequence[str] = ()) -> Any:
    """A tree with one change; `seeds` are JSON to take parts of, `words` keys and values."""
    found = places(root) if holds(root) else []
    if not found:
        return chance.choice(VALUES)
    if words and chance.random() < 0.4:
        holder, key = chance.choice(found)
        if isinstance(holder, dict) and chance.random() < 0.5:
            holder[chance.choice(words)] = holder[key]
        else:
            holder[key] = chance.choice(words)
        return root
    holder, key = chance.choice(found)
    value = holder[key]
    match chance.randrange(10):
        case 0 | 1:
            holder[key] = json.loads(json.dumps(chance.choice(VALUES)))
        case 2:
            del holder[key]
        case 3:
            holder[key] = [value] if chance.random() < 0.5 else {"Ref": value}
        case 4 | 5:
            holder[key] = _part(chance.choice(seeds), chance)
        case 6:
            for _ in range(chance.choice((3, 60, 400))):
                value = [value] if chance.random() < 0.5 else {"Fn::Sub": value}
            holder[key] = value
        case 7:
            if isinstance(holder, dict):
                holder[chance.choice((*WORDS, *ODD, str(key) + "x", str(key).lower()))] = value
            else:
                holder.extend([value] * chance.choice((1, 30)))
        case 8:
            holder[key] = str(value) + chance.choice((*WORDS, *ODD, *NUMBERS))
        case _:
            other, there = chance.choice(found)
            other[there] = json.loads(json.dumps(value))
    return root


def _part(seed: str, chance: Random) -> Any:
    try:
        found = places(json.loads(seed))
    except (ValueError, TypeError):
        return seed[:100]
    if not found:
        return None
    holder, key = chance.choice(found)
    return holder[key]
