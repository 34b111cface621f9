"""Changes to TOML as a tree, written in one of the ways in which people write tables."""

# JSON as it comes: what is inside has no type.
# pyright: reportUnknownArgumentType=false, reportUnknownLambdaType=false
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false

from __future__ import annotations

import json
import tomllib
from collections.abc import Sequence
from functools import cache
from random import Random
from typing import Any, cast

from tests.fuzz.mutate import MOST, Change, mutated
from tests.fuzz.trees import changed
from validator.toml.schema import schema


@cache
def keys() -> tuple[str, ...]:
    """Every key that the configuration has somewhere."""
    found: set[str] = set()
    waiting: list[Any] = [schema()]
    while waiting:
        one: Any = waiting.pop()
        if isinstance(one, dict):
            here = cast("dict[str, Any]", one)
            found |= here.get("properties", {}).keys()
            waiting += here.values()
        elif isinstance(one, list):
            waiting += one
    return tuple(sorted(found))


def toml_mutated(words: Sequence[str]) -> Change:
    """What changes a TOML text: most of what comes out can be parsed. `words` are likely values."""

    def change(text: str, chance: Random, seeds: Sequence[str]) -> str:
        try:
            root: Any = tomllib.loads(text)
        except (ValueError, RecursionError):
            return mutated(text, chance, seeds)
        if chance.random() < 0.3:
            return mutated(text, chance, seeds)
        trees = [json.dumps(tomllib.loads(seed)) for seed in seeds]
        for _ in range(chance.choice((1, 1, 2, 3, 6))):
            root = changed(root, chance, trees, (*words, *keys()))
        try:
            made = _written(root if isinstance(root, dict) else {"existing": root}, chance)
        except RecursionError:
            return text
        return mutated(made, chance, seeds) if chance.random() < 0.1 else made[: 10 * MOST]

    return change


def _written(root: dict[str, Any], chance: Random) -> str:
    """A document, its tables inline or with headers of their own."""
    plain: list[str] = []
    headed: list[str] = []
    for key, value in root.items():
        name = _key(key, chance)
        rows = value if isinstance(value, list) else []
        if rows and all(isinstance(one, dict) for one in rows) and chance.random() < 0.7:
            headed += [f"[[{name}]]\n{_pairs(one, chance)}" for one in rows]
        elif isinstance(value, dict) and chance.random() < 0.7:
            headed.append(f"[{name}]\n{_pairs(cast('dict[str, Any]', value), chance)}")
        else:
            plain.append(f"{name} = {_value(value, chance)}\n")
    return "".join([*plain, *headed])


def _pairs(table: dict[str, Any], chance: Random) -> str:
    return "".join(f"{_key(key, chance)} = {_value(one, chance)}\n" for key, one in table.items())


def _key(key: str, chance: Random) -> str:
    bare = key.isascii() and key.replace("-", "a").isalnum()
    return key if bare and chance.random() < 0.9 else _text(key)


def _value(value: Any, chance: Random) -> str:
    if isinstance(value, dict):
        table = cast("dict[str, Any]", value)
        inner = (f"{_key(key, chance)} = {_value(one, chance)}" for key, one in table.items())
        return "{" + ", ".join(inner) + "}"
    if isinstance(value, list):
        items = [_value(one, chance) for one in value]
        between = chance.choice((", ", ",\n  # of many\n  "))
        return f"[{between.join(items)}]"
    if isinstance(value, bool):
        return str(value).lower()
    if (
        isinstance(value, str)
        and "'" not in value
        and value.isprintable()
        and chance.random() < 0.2
    ):
        return chance.choice(("'{}'", "'''{}'''", '"""\n{}"""')).format(value.replace("\\", "/"))
    return str(value) if isinstance(value, int | float) else _text(str(value or ""))


def _text(words: str) -> str:
    # JSON writes halves of characters, which TOML has no escape for.
    return json.dumps(words.encode("utf-16", "surrogatepass").decode("utf-16", "replace"))
