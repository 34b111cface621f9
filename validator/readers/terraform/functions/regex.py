"""Regular expressions, by RE2 as in Terraform: no input drives it into exponential time."""

from __future__ import annotations

from functools import lru_cache
from importlib import import_module
from typing import Any

from validator.readers.terraform.cty.collections import Obj, Seq
from validator.readers.terraform.cty.strings import string
from validator.readers.terraform.cty.types import DYNAMIC, STRING
from validator.readers.terraform.cty.values import MAX_TEXT, Limit, Null, Refused, Val
from validator.readers.terraform.functions.registry import Context, function

MAX_PATTERN = 10_000
MAX_GROUPS = 200


@lru_cache(maxsize=256)
def compiled(pattern: str) -> Any:
    """A regular expression, ready to match. Raises `Refused`."""
    re2: Any = import_module("re2")
    if len(pattern) > MAX_PATTERN:
        raise Limit(f"this regular expression is longer than {MAX_PATTERN} characters")
    options = re2.Options()
    options.log_errors = False
    options.max_mem = 8 << 20
    try:
        made = re2.compile(pattern, options)
    except re2.error as error:
        raise Refused(f"this is no regular expression: {_message(error)}") from None
    # The room that a match takes grows with the square of the groups.
    if made.groups > MAX_GROUPS:
        raise Limit(f"this regular expression has more than {MAX_GROUPS} groups")
    return made


def _message(error: Exception) -> str:
    words = error.args[0] if error.args else ""
    return words.decode(errors="replace") if isinstance(words, bytes) else str(words)


def _captured(match: Any) -> Val:
    """What a match gives: the text, its groups as a tuple, or its named groups as an object."""
    names: dict[str, int] = match.re.groupindex
    count: int = match.re.groups
    if names:
        if len(names) != count:
            raise Refused("named and unnamed groups are mixed")
        return Obj("object", {name: _group(match, name) for name in sorted(names)})
    if count:
        return Seq("tuple", [_group(match, place) for place in range(1, count + 1)])
    return string(match.group(0))


def _group(match: Any, which: str | int) -> Val:
    found: str | None = match.group(which)
    return Null(STRING) if found is None else string(found)


@function("regex", "ss", DYNAMIC)
def regex(context: Context, pattern: str, value: str) -> Val:
    """The first match. Raises `Refused` if there is none."""
    match = compiled(pattern).search(value)
    if match is None:
        raise Refused("the regular expression does not match")
    return _captured(match)


@function("regexall", "ss", DYNAMIC)
def regexall(context: Context, pattern: str, value: str) -> Val:
    """Every match."""
    found: list[Val] = []
    for match in compiled(pattern).finditer(value):
        context.spend(10)
        found.append(_captured(match))
    from validator.readers.terraform.cty.queries import type_of

    return Seq("list", found, type_of(found[0]) if found else STRING)


def substituted(context: Context, pattern: str, template: str, value: str) -> str:
    """Every match replaced; `$1` and `${name}` in the template stand for groups."""
    out: list[str] = []
    size = 0
    at = 0
    for match in compiled(pattern).finditer(value):
        context.spend(10)
        words = value[at : match.start()] + _expanded(template, match)
        out.append(words)
        size += len(words)
        if size > MAX_TEXT:
            raise Limit(f"this text is longer than {MAX_TEXT} characters")
        at = match.end()
    out.append(value[at:])
    return "".join(out)


def _expanded(template: str, match: Any) -> str:
    if "$" not in template:
        return template
    import re

    def group(found: Any) -> str:
        if found[0] == "$$":
            return "$"
        name: str = found[1] or found[2]
        try:
            value = match.group(int(name) if name.isdigit() else name)
        except (IndexError, KeyError):
            return ""
        return value or ""

    return re.sub(r"\$\$|\$(?:(\w+)|\{(\w+)\})", group, template)
