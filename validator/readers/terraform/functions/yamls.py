"""YAML, as Terraform's library reads and writes it."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from typing import Any

from validator.graph.text import Text
from validator.graph.values import Fields, Items, Known, Node
from validator.readers.terraform.cty import text
from validator.readers.terraform.cty.collections import Key, Obj, Seq
from validator.readers.terraform.cty.nodes import to_node
from validator.readers.terraform.cty.strings import quoted, string
from validator.readers.terraform.cty.types import DYNAMIC, STRING
from validator.readers.terraform.cty.values import Bool, Limit, Null, Num, Refused, Unk, Val
from validator.readers.terraform.functions.registry import Context, function, give_up

MAX_YAML = 50_000


@function("yamldecode", "s", DYNAMIC)
def yamldecode(context: Context, words: str) -> Val:
    """What a YAML text says."""
    import yaml

    if max(words.count(sign) for sign in "[{-?:") > MAX_YAML:
        raise Limit(f"this YAML text has more than {MAX_YAML} parts")
    try:
        documents: list[Any] = list(yaml.compose_all(words, Loader=yaml.CSafeLoader))
    except (yaml.YAMLError, RecursionError):
        raise Refused("this is no YAML text") from None
    if len(documents) > 1:
        raise Refused("this YAML text has several documents")
    if not documents or documents[0] is None:
        return Null(DYNAMIC)
    return _from_yaml(documents[0], {}, context)


def _from_yaml(node: Any, done: dict[int, Val], context: Context) -> Val:
    import yaml

    context.spend(1)
    if id(node) in done:
        return done[id(node)]
    if isinstance(node, yaml.ScalarNode):
        return _yaml_scalar(str(node.value), str(node.tag), node.style)
    done[id(node)] = Unk("this YAML text refers to itself", DYNAMIC, error=True)
    made: Val
    if isinstance(node, yaml.SequenceNode):
        made = Seq("tuple", [_from_yaml(one, done, context) for one in node.value])
    else:
        entries: dict[Key, Val] = {}
        for key_node, value_node in node.value:
            value = _from_yaml(value_node, done, context)
            if key_node.tag == "tag:yaml.org,2002:merge":
                for one in value.items if isinstance(value, Seq) else [value]:
                    if isinstance(one, Obj):
                        entries = {**one.entries, **entries}
                continue
            key = _from_yaml(key_node, done, context)
            if isinstance(key, Bool | Num):
                from validator.readers.terraform.cty.convert import as_string

                key = as_string(key)
            known = text.lit(key)
            if known is None:
                raise Refused("a key of this YAML text is no text")
            entries[known] = value
        made = Obj("object", entries)
    done[id(node)] = made
    return made


_YAML_WORDS: dict[str, bool | None] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys(("y", "Y", "yes", "Yes", "YES", "on", "On", "ON"), True),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("n", "N", "no", "No", "NO", "off", "Off", "OFF"), False),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}


_YAML_NUMBER = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")


_YAML_DATE = re.compile(r"\d{4}-\d\d-\d\d")


def _yaml_scalar(words: str, tag: str, style: str | None) -> Val:
    """A scalar as Terraform's YAML library reads it."""
    if style in ("'", '"', "|", ">") or tag == "tag:yaml.org,2002:binary":
        return string(words)
    if words in _YAML_WORDS:
        meaning = _YAML_WORDS[words]
        return Null(DYNAMIC) if meaning is None else Bool(meaning)
    if _YAML_NUMBER.fullmatch(words):
        amount = Decimal(words)
        return Num(amount) if abs(amount.adjusted()) < 1000 else string(words)
    for prefix, base in (("0x", 16), ("0o", 8), ("0b", 2)):
        if words.startswith(prefix):
            try:
                return Num(Decimal(int(words[2:], base)))
            except ValueError:
                break
    if _YAML_DATE.fullmatch(words):
        return string(f"{words}T00:00:00Z")
    return string(words)


@function("yamlencode", "v", STRING)
def yamlencode(context: Context, value: Val) -> Val:
    """YAML text of a value."""
    node = to_node(value)
    if isinstance(value, Unk):
        give_up(value)
    if text.json_text(node) is None:
        give_up(Unk("part of this value is not known"))
    lines: list[str] = []
    _write_yaml(node, "", lines)
    return string("\n".join(lines) + "\n")


def _write_yaml(node: Node, pad: str, lines: list[str]) -> None:
    match node:
        case Known(value=Fields(entries=entries)) if entries:
            for entry in sorted(entries, key=lambda one: text.literal(one.key.pieces) or ""):
                key = quoted(text.literal(entry.key.pieces) or "")
                _write_entry(f"{pad}{key}:", entry.value, pad, lines, item=False)
        case Known(value=Items(items=items)) if items:
            for item in items:
                _write_entry(f"{pad}-", item, pad, lines, item=True)
        case _:
            lines.append(pad + _yaml_leaf(node, pad))


def _write_entry(start: str, node: Node, pad: str, lines: list[str], *, item: bool) -> None:
    match node:
        case Known(value=Fields(entries=entries)) if entries:
            if item:
                inner: list[str] = []
                _write_yaml(node, pad + "  ", inner)
                lines.append(f"{start} {inner[0].lstrip()}")
                lines.extend(inner[1:])
            else:
                lines.append(start)
                _write_yaml(node, pad + "  ", lines)
        case Known(value=Items(items=items)) if items:
            if item:
                inner = []
                _write_yaml(node, pad + "  ", inner)
                lines.append(f"{start} {inner[0].lstrip()}")
                lines.extend(inner[1:])
            else:
                lines.append(start)
                _write_yaml(node, pad, lines)
        case _:
            lines.append(f"{start} {_yaml_leaf(node, pad)}")


def _yaml_leaf(node: Node, pad: str) -> str:
    written = text.json_text(node) or "null"
    if isinstance(node, Known) and isinstance(node.value, Text):
        words = text.literal(node.value.pieces) or ""
        if "\n" in words:
            body = words.removesuffix("\n")
            mark = "|" if words.endswith("\n") else "|-"
            return mark + "\n" + "\n".join(f"{pad}  {line}" for line in body.split("\n"))
        return json.dumps(words, ensure_ascii=False)
    return written
