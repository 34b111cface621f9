"""YAML nodes read as CloudFormation reads them: functions, plain scalars, members.

<https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html>
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final, TypeAlias
from weakref import WeakKeyDictionary

from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from validator.records import dataclass

Pair: TypeAlias = "tuple[ScalarNode, Node]"

_STANDARD_TAG: Final = "tag:yaml.org,2002:"


@dataclass(frozen=True, slots=True)
class Call:
    """A function as the long form names it (`Ref`, `Condition`, `Fn::Sub`), with its argument."""

    name: str
    argument: Node
    node: Node


def call(node: Node) -> Call | None:
    """The function that a node calls, in its short or its long form."""
    tag = node.tag
    if tag and tag[0] == "!" and len(tag) > 1:
        word = tag[1:]
        name = word if word in ("Ref", "Condition") else f"Fn::{word}"
        return Call(name, bare(node), node)
    if isinstance(node, MappingNode) and len(node.value) == 1:
        name = node.value[0][0].value
        if name == "Ref" or (name.startswith("Fn::") and not name.startswith("Fn::ForEach::")):
            return Call(name, node.value[0][1], node)
    return None


def bare(node: Node) -> Node:
    """A node without its tag."""
    if isinstance(node, ScalarNode):
        return ScalarNode("", node.value, node.start_mark, node.end_mark, node.style)
    if isinstance(node, SequenceNode):
        return SequenceNode("", node.value, node.start_mark, node.end_mark, node.flow_style)
    flow = isinstance(node, MappingNode) and bool(node.flow_style)
    return MappingNode("", node.value, node.start_mark, node.end_mark, flow)


def pairs(node: Node | None) -> list[Pair]:
    """The keys and values of a mapping; nothing for any other node."""
    return node.value if isinstance(node, MappingNode) else []


def member(node: Node | None, name: str) -> Node | None:
    """The value under a key of a mapping, the last one if it is repeated."""
    if not isinstance(node, MappingNode):
        return None
    written: list[Pair] = node.value
    if len(written) > _LONG:
        return _by_name(node).get(name)
    for key, value in reversed(written):
        if key.value == name:
            return value
    return None


_LONG: Final = 30
"""Keys; a longer mapping is not searched through each time that it is asked."""
_INDEXES: Final = WeakKeyDictionary[MappingNode, tuple[list[Pair], dict[str, Node]]]()


def _by_name(node: MappingNode) -> dict[str, Node]:
    """The values of a mapping by key, put together once; its list is replaced if it changes."""
    kept = _INDEXES.get(node)
    if kept is None or kept[0] is not node.value:
        kept = (node.value, {key.value: value for key, value in node.value})
        _INDEXES[node] = kept
    return kept[1]


def items(node: Node | None) -> list[Node]:
    """The items of a list; nothing for any other node."""
    return node.value if isinstance(node, SequenceNode) else []


def scalar_text(node: Node | None) -> str | None:
    """The text of a scalar as written, whatever its type; None for any other node or a call."""
    if isinstance(node, ScalarNode) and not _is_call_tag(node.tag):
        text: str = node.value
        return text
    return None


def texts(node: Node | None) -> list[ScalarNode]:
    """The scalars of a list, or the one scalar."""
    if isinstance(node, ScalarNode):
        return [node]
    return [item for item in items(node) if isinstance(item, ScalarNode)]


def _is_call_tag(tag: str) -> bool:
    return len(tag) > 1 and tag[0] == "!"


# --- plain scalars -----------------------------------------------------------------------------

_TRUE: Final = frozenset(("yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON"))
_FALSE: Final = frozenset(("no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF"))
_NULL: Final = frozenset(("", "~", "null", "Null", "NULL"))
_DECIMAL: Final = re.compile(r"[-+]?(?:0|[1-9][0-9_]*)")
_FLOAT: Final = re.compile(r"[-+]?(?:[0-9][0-9_]*)?\.[0-9_]*(?:[eE][-+][0-9]+)?")
_JSON_FLOAT: Final = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?[eE][-+]?[0-9]+")
_BASED: Final = re.compile(r"[-+]?0(?:b[01_]+|x[0-9a-fA-F_]+|[0-7_]+)")
_SIXTIES: Final = re.compile(r"[-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+")
_MAX_DIGITS: Final = 400


def plain(node: ScalarNode, *, is_json: bool = False) -> str | bool | Decimal | None:
    """What a scalar is, by YAML 1.1 without timestamps, as CloudFormation takes it.

    An unquoted account ID with a leading zero is an octal number there, unless it holds an 8 or 9.
    """
    text: str = node.value
    if node.style or node.tag == f"{_STANDARD_TAG}str":
        return text
    if text in _NULL:
        return None
    first = text[0]
    if first in "yYtToOnNfF":
        return True if text in _TRUE else False if text in _FALSE else text
    if first not in "+-.0123456789" or len(text) > _MAX_DIGITS:
        return text
    return _number(text, is_json=is_json)


def _number(text: str, *, is_json: bool) -> str | Decimal:
    if _DECIMAL.fullmatch(text):
        return Decimal(text.replace("_", ""))
    if _BASED.fullmatch(text):
        sign = -1 if text[0] == "-" else 1
        digits = text.lstrip("+-").replace("_", "")
        base = {"b": 2, "x": 16}.get(digits[1:2], 8)
        return Decimal(sign * int(digits[1:].lstrip("bx") or "0", base))
    if _FLOAT.fullmatch(text) and any(letter.isdigit() for letter in text):
        return _bounded(text.replace("_", ""))
    if is_json and _JSON_FLOAT.fullmatch(text):
        return _bounded(text)
    if _SIXTIES.fullmatch(text):
        sign = -1 if text[0] == "-" else 1
        whole = 0
        for part in text.lstrip("+-").replace("_", "").split(":"):
            whole = whole * 60 + int(part)
        return Decimal(sign * whole)
    return text


def _bounded(text: str) -> str | Decimal:
    number = Decimal(text)
    exponent = number.adjusted() if number else 0
    return number if abs(exponent) <= _MAX_DIGITS else text


_MAX_SHOWN: Final = 300


def expression(node: Node) -> str | None:
    """A node as one line of YAML in short form; None if it is too long to be shown."""
    parts: list[str] = []
    _show(node, parts, 0)
    shown = "".join(parts)
    return shown if len(shown) < _MAX_SHOWN and "\n" not in shown else None


def _show(node: Node, parts: list[str], depth: int) -> None:
    if len(parts) > _MAX_SHOWN or depth > 20:
        parts.append("\n")
        return
    called = call(node)
    if called is not None:
        parts.append(f"!{called.name.removeprefix('Fn::')} ")
        node = called.argument
        if call(node) is not None:
            _show(node, parts, depth + 1)
            return
    if isinstance(node, ScalarNode):
        parts.append(node.value or '""')
    elif isinstance(node, SequenceNode):
        parts.append("[")
        for index, item in enumerate(node.value):
            parts.append(", " if index else "")
            _show(item, parts, depth + 1)
        parts.append("]")
    elif isinstance(node, MappingNode):
        parts.append("{")
        for index, (key, value) in enumerate(node.value):
            parts.append(f"{', ' if index else ''}{key.value}: ")
            _show(value, parts, depth + 1)
        parts.append("}")


def walk(node: Node) -> Iterator[Node]:
    """A node and all below it, each once however often it is aliased."""
    stack = [node]
    seen: set[int] = set()
    while stack:
        current = stack.pop()
        if isinstance(current, ScalarNode):
            yield current
            continue
        if id(current) in seen:
            continue
        seen.add(id(current))
        yield current
        if isinstance(current, MappingNode):
            stack.extend(value for _, value in reversed(current.value))
        else:
            stack.extend(reversed(current.value))
