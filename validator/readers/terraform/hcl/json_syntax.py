"""JSON syntax: `.tf.json` files (as CDKTF writes them) and `.tfvars.json`, to the same tree.

<https://developer.hashicorp.com/terraform/language/syntax/json>
"""

from __future__ import annotations

import json.decoder as json_decoder
import re
from collections.abc import Callable, Iterator
from decimal import Decimal, InvalidOperation

from validator.readers.terraform.hcl import parse, skip
from validator.readers.terraform.hcl.source import Fault, Source
from validator.readers.terraform.hcl.tree import (
    Attribute,
    Block,
    Body,
    Chars,
    Expr,
    Literal,
    Object,
    Template,
    Tuple,
)

_BLANK = re.compile(r"[ \t\r\n]*")
_NUMBER = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?")
_WORDS: dict[str, bool | None] = {"true": True, "false": False, "null": None}
_LABELS = {
    "resource": 2,
    "data": 2,
    "ephemeral": 2,
    "variable": 1,
    "output": 1,
    "module": 1,
    "provider": 1,
    "locals": 0,
    "terraform": 0,
    "moved": 0,
    "import": 0,
    "removed": 0,
    "check": 1,
}

BLOCKS = frozenset(
    {
        "statement",
        "principals",
        "not_principals",
        "condition",
        "destination_options",
        "rule",
        "apply_server_side_encryption_by_default",
        "server_side_encryption_configuration",
        "inline_policy",
        "kinesis_source_configuration",
        "msk_source_configuration",
        "assume_role",
        "assume_role_with_web_identity",
        "lifecycle",
    }
)
"""JSON does not tell blocks from arguments; these names are blocks wherever they matter here."""

_REFERENCES = frozenset({"depends_on", "provider", "providers", "replace_triggered_by"})
"""Arguments of a block whose texts are references, not templates."""

_ARGUMENTS = (2, 3)
"""How many objects are around the arguments of a module or provider, of a resource."""


class Decoded(Source):
    """The text that a JSON string with escapes stands for, with the places of the escapes."""

    __slots__ = ("offsets", "original")

    def __init__(self, original: Source, text: str, offsets: list[int]) -> None:
        super().__init__(original.name, text)
        self.original = original
        self.offsets = offsets

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column in the file."""
        return self.original.position(self.offsets[min(offset, len(self.offsets) - 1)])


_scan_string: Callable[[str, int], tuple[str, int]] = vars(json_decoder)["scanstring"]


class _Reader:
    def __init__(self, source: Source, *, templates: bool) -> None:
        self.source = source
        self.text = source.text
        self.at: int = 0
        self.templates = templates

    def whole(self) -> Expr:
        """The one value of the text."""
        value = self.value(0)
        self.blank()
        if self.at < len(self.text):
            raise Fault("nothing may follow the value of a JSON text", self.at)
        return value

    def blank(self) -> None:
        found = _BLANK.match(self.text, self.at)
        if found:
            self.at = found.end()

    def expect(self, sign: str) -> None:
        if not self.text.startswith(sign, self.at):
            raise Fault(f"{sign} must stand here", self.at)
        self.at += 1

    def value(self, depth: int, *, expressions: bool = False) -> Expr:
        """The value at the current place."""
        if depth > skip.MAX_NESTING:
            raise Fault(f"brackets are nested more than {skip.MAX_NESTING} deep", self.at)
        self.blank()
        start = self.at
        sign = self.text[start : start + 1]
        if sign == "{":
            return self.object(depth, expressions=expressions)
        if sign == "[":
            return self.array(depth, expressions=expressions)
        if sign == '"':
            return self.string(expressions=expressions)
        number = _NUMBER.match(self.text, start)
        if number:
            self.at = number.end()
            try:
                return Literal(self.source, start, self.at, Decimal(number[0]))
            except InvalidOperation:
                raise Fault("this is no number", start, self.at) from None
        for word, meaning in _WORDS.items():
            if self.text.startswith(word, start):
                self.at += len(word)
                return Literal(self.source, start, self.at, meaning)
        raise Fault("a JSON value must stand here", start)

    def object(self, depth: int, *, expressions: bool) -> Object:
        start = self.at
        self.at += 1
        entries: list[tuple[Expr, Expr]] = []
        self.blank()
        while not self.text.startswith("}", self.at):
            if entries:
                self.expect(",")
                self.blank()
            if not self.text.startswith('"', self.at):
                raise Fault("a key in quotes must stand here", self.at)
            key = self.string(expressions=False)
            self.blank()
            self.expect(":")
            inner = expressions or (_literal(key) in _REFERENCES and depth in _ARGUMENTS)
            entries.append((key, self.value(depth + 1, expressions=inner)))
            self.blank()
        self.at += 1
        return Object(self.source, start, self.at, entries)

    def array(self, depth: int, *, expressions: bool) -> Tuple:
        start = self.at
        self.at += 1
        items: list[Expr] = []
        self.blank()
        while not self.text.startswith("]", self.at):
            if items:
                self.expect(",")
            items.append(self.value(depth + 1, expressions=expressions))
            self.blank()
        self.at += 1
        return Tuple(self.source, start, self.at, items)

    def string(self, *, expressions: bool) -> Expr:
        start = self.at
        try:
            words, self.at = _scan_string(self.text, start + 1)
        except ValueError:
            raise Fault(
                "this string is never closed, or has a sign that must be escaped", start
            ) from None
        source, first, last = self.source, start + 1, self.at - 1
        if "\\" in self.text[first:last]:
            source = Decoded(self.source, words, _offsets(self.text, first, last))
            first, last = 0, len(words)
        if expressions and self.templates:
            try:
                return parse.expression(source, first, last)
            except Fault:
                pass
        if self.templates and ("${" in words or "%{" in words):
            made = parse.template(source, first, last)
            made.source, made.start, made.end = self.source, start, self.at
            made.wraps = (
                len(made.parts) == 1
                and not isinstance(made.parts[0], Chars)
                and words.startswith("${")
            )
            return made
        made = Template(self.source, start, self.at)
        made.parts = [Chars(source, first, last, words)] if words else []
        return made


def _offsets(text: str, start: int, end: int) -> list[int]:
    """For each character that a JSON string stands for, where it is written; then the end."""
    offsets: list[int] = []
    at = start
    while at < end:
        offsets.append(at)
        if text[at] != "\\":
            at += 1
        elif text[at + 1] == "u":
            high = text[at + 2 : at + 4].lower()
            pair = high[:1] == "d" and high[1:] in "89ab" and text[at + 6 : at + 8] == "\\u"
            at += 12 if pair else 6
        else:
            at += 2
    offsets.append(end)
    return offsets


def _literal(node: Expr) -> str:
    return (node.literal or "") if isinstance(node, Template) else ""


def values(source: Source) -> dict[str, Expr]:
    """The values of a `.tfvars.json` file. Raises `Fault`."""
    whole = _Reader(source, templates=False).whole()
    if not isinstance(whole, Object):
        raise Fault("the values are one JSON object", whole.start, whole.end)
    return {_literal(key): value for key, value in whole.entries}


def blocks(source: Source) -> list[Block]:
    """The blocks of a `.tf.json` file. Raises `Fault`."""
    whole = _Reader(source, templates=True).whole()
    found: list[Block] = []
    for one in _objects(whole):
        for key, value in one.entries:
            type_ = _literal(key)
            if type_ == "//" or type_ not in _LABELS:
                continue
            found.extend(_labelled(type_, [], _LABELS[type_], value, key.start))
    return found


def _objects(node: Expr) -> Iterator[Object]:
    if isinstance(node, Object):
        yield node
    elif isinstance(node, Tuple):
        for item in node.items:
            yield from _objects(item)
    elif not (isinstance(node, Literal) and node.value is None):
        raise Fault("an object must stand here", node.start, node.end)


def _labelled(
    type_: str, labels: list[str], missing: int, node: Expr, start: int
) -> Iterator[Block]:
    for one in _objects(node):
        if missing == 0:
            yield Block(one.source, start, one.end, type_, labels, body(one))
            continue
        for key, value in one.entries:
            if _literal(key) != "//":
                yield from _labelled(type_, [*labels, _literal(key)], missing - 1, value, key.start)


def body(node: Object) -> Body:
    """An object as the body of a block. Raises `Fault`."""
    made = Body(node.source, node.start, node.end)
    for key, value in node.entries:
        name = _literal(key)
        if name == "//":
            continue
        if name == "dynamic":
            made.blocks.extend(_labelled("dynamic", [], 1, value, key.start))
        elif name in BLOCKS and isinstance(value, Object | Tuple) and _all_objects(value):
            for one in _objects(value):
                made.blocks.append(Block(one.source, key.start, one.end, name, [], body(one)))
        elif name == "content" and isinstance(value, Object):
            made.blocks.append(Block(value.source, key.start, value.end, name, [], body(value)))
        else:
            made.attributes[name] = Attribute(node.source, key.start, name, key.end, value)
    return made


def _all_objects(node: Object | Tuple) -> bool:
    if isinstance(node, Object):
        return True
    return all(isinstance(one, Object) for one in node.items)
