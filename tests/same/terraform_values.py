"""Terraform expressions written in other ways that give the same value."""

from __future__ import annotations

import re
from random import Random

from tests.same.files import Files, own
from tests.same.hcl import edited, items, past_blank, past_token, walk

META = ("lifecycle", "provisioner", "connection", "timeouts", "dynamic")
_FIXED = ("provider", "depends_on", "count", "for_each", "providers", "source", "version")
_ANY = (
    "(\n{}\n)",
    "[{}][0]",
    "{{ v = {} }}.v",
    '{{ "v" = {} }}["v"]',
    "true ? {0} : {0}",
    "try({})",
    "try({{ a = 1 }}.b, {})",
    "element([{}], 0)",
    "one([{}])",
    "values({{ a = {} }})[0]",
    'lookup({{ a = {} }}, "a", null)',
    "[for x in [{}] : x][0]",
    "[for x in [[{}]] : x[0] if true][0]",
    "concat([{}], [])[0]",
    "merge({{ a = 1 }}, {{ a = {} }}).a",
    "local.LOCAL",
    "local.LOCAL.inner[0]",
)
_TEXT = (
    "flatten([[{}]])[0]",
    '"${{{}}}"',
    'format("%s", {})',
    'join("", [{}])',
    'join("", [for x in [{}] : x])',
    'replace({}, "no such words", "")',
    "trimspace({})",
    'trimprefix(format("zz%s", {}), "zz")',
    'trimsuffix("${{{}}}zz", "zz")',
    "jsondecode(jsonencode({}))",
    "jsondecode(jsonencode({{ a = [{}] }})).a[0]",
    "tostring({})",
    'split("\\n", {})[0]',
    "coalesce(null, {})",
    "coalescelist([], [{}])[0]",
    'chomp("${{{}}}\\n")',
    "strrev(strrev({}))",
    "keys({{ ({}) = 1 }})[0]",
    "tolist(toset([{}]))[0]",
    "nonsensitive(sensitive({}))",
    'format("%[2]s", 1, {})',
    "can({0}) ? {0} : null",
    '"%{{ if true }}${{{0}}}%{{ else }}x%{{ endif }}"',
    '"%{{ for x in [{}] }}${{x}}%{{ endfor }}"',
)
_LITERAL = ("var.VARIABLE", "var.VARIABLE.inner", 'file("${{path.module}}/zz/VARIABLE")')
_BOUND = re.compile(r"\b(each|count|self|path|terraform)\.|<<|\bfor\b")


def wrapped(files: Files, chance: Random) -> Files | None:
    """Some expressions written in other ways."""
    changed = dict(files)
    more: list[str] = []
    places = [(name, *one) for name in own(files) for one in _expressions(files[name])]
    if not places:
        return None
    chosen = chance.sample(places, min(len(places), chance.choice((1, 1, 2, 4))))
    edits: dict[str, list[tuple[int, int, str]]] = {}
    for name, start, end, bound in chosen:
        if any(start < there and here < end for here, there, _ in edits.get(name, [])):
            continue
        old = files[name][start:end]
        new = _other(old, bound, f"zz{chance.randrange(10**6)}", chance, more, changed)
        edits.setdefault(name, []).append((start, end, new))
    for name, some in edits.items():
        changed[name] = edited(files[name], some)
    if more:
        changed["zz.tf"] = "".join([changed.get("zz.tf", ""), *more])
    return changed


def _other(
    old: str, bound: bool, name: str, chance: Random, more: list[str], files: dict[str, str]
) -> str:
    text = old.startswith('"')
    literal = text and "${" not in old and "%{" not in old
    ways: list[str] = [
        *_ANY,
        *(_TEXT if text else ()),
        *_TEXT[: 5 * text],
        *(_LITERAL if literal else ()),
    ]
    way = chance.choice(ways)
    if "local." in way and "LOCAL" in way:
        if bound or _BOUND.search(old):
            return f"({old})"
        inner = f"{{ inner = [{old}] }}" if "inner" in way else old
        more.append(f"locals {{\n  {name} = {inner}\n}}\n")
        return way.replace("LOCAL", name)
    if "VARIABLE" in way:
        if "file(" in way:
            if "\\" in old or "$$" in old or "%%" in old:
                return f"({old})"
            files[f"zz/{name}"] = old[1:-1]
        else:
            value = f"{{ inner = {old} }}" if "inner" in way else old
            more.append(f'variable "{name}" {{\n  default = {value}\n}}\n')
        return way.format().replace("VARIABLE", name)
    return way.format(old)


def _expressions(text: str) -> list[tuple[int, int, bool]]:
    """What can be written in other ways, and whether it may stand for several instances."""
    found: list[tuple[int, int, bool]] = []
    for *above, one in walk(items(text)):
        if one.body is not None or not above or above[0].name not in ("resource", "data"):
            continue
        if one.name in _FIXED or any(block.name in META for block in above):
            continue
        start, end = one.inner
        if "<<" not in text[start:end]:
            found.append((start, end, False))
            found += [(*place, True) for place in _strings(text, start, end)]
    return found


def _strings(text: str, at: int, until: int) -> list[tuple[int, int]]:
    """The strings inside an expression that are values: no keys, no indexes."""
    found: list[tuple[int, int]] = []
    first, before = at, "="
    while at < until:
        end = past_token(text, at)
        if text[at] == '"' and at > first:
            behind = past_blank(text, end)
            last = text[behind] in ",]})" or "\n" in text[end:behind]
            indexed = before == "[" and re.search(r"[\w\])]\s*\[\s*$", text[first:at])
            if before in "=[,(" and last and not indexed:
                found.append((at, end))
        if not text[at].isspace() and text[at] not in "#/":
            before = text[at]
        at = end
    return found
