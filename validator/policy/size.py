"""How long a policy document will be, of which parts may not be known yet.

AWS keeps documents without white space between values. What limits there are, and what each
counts, is for others to say: this only measures.
<https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html>
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal

from validator.graph.values import (
    Dangling,
    Fields,
    Hole,
    Items,
    Json,
    Known,
    Lit,
    Node,
    Ref,
    Symbol,
    SymbolKind,
    Text,
    Unknown,
    number_text,
)
from validator.policy.json_text import parse_json
from validator.policy.question import Fault
from validator.records import dataclass, replace

# The shortest there are: 12 digits, `aws`, `us-east-1`, `amazonaws.com`; a bucket name has three.
LEAST: dict[SymbolKind, int] = {
    "account": 12,
    "partition": 3,
    "region": 9,
    "url-suffix": 13,
}
_BUCKET_NAME = 3
VALUES = 200_000
_SHORT = '"\\\b\f\n\r\t'
# What else JSON must escape, as `\u0000`.
_CONTROL = re.compile(r"[\x00-\x07\x0b\x0e-\x1f]")


@dataclass(frozen=True, slots=True)
class Size:
    """A document without white space between its values.

    `least` is its length in UTF-8 bytes, `characters` in characters; `spaces` counts the white
    space inside texts. If not `sure`, unknown parts may make all of them larger.
    """

    least: int = 0
    characters: int = 0
    spaces: int = 0
    sure: bool = True

    def __add__(self, other: Size) -> Size:
        """Both, one after the other."""
        return Size(
            self.least + other.least,
            self.characters + other.characters,
            self.spaces + other.spaces,
            self.sure and other.sure,
        )


_QUOTES = Size(2, 2)


def measure(node: Node, resolve: Callable[[Text], Text] = lambda text: text) -> Size:
    """The size of a document: an object, or its JSON text in pieces.

    `resolve` rewrites every text first. A text that is no JSON is measured as it stands, and so
    is not `sure`.
    """
    if isinstance(node, Known) and isinstance(node.value, Text):
        words = resolve(node.value)
        parsed = parse_json(words, node.span)
        if isinstance(parsed, Fault):
            size = _text(words)
            return replace(size, sure=False)
        node = parsed
    total = Size()
    waiting = [node]
    for _ in range(VALUES):
        if not waiting:
            return total
        total += _one(waiting.pop(), waiting, resolve)
    return replace(total, sure=False)


def _one(node: Node, waiting: list[Node], resolve: Callable[[Text], Text]) -> Size:
    """One value without those inside it, which then wait for their turn."""
    if isinstance(node, Unknown):
        return Size(sure=False)
    match node.value:
        case None:
            return _plain("null")
        case bool() as flag:
            return _plain("true" if flag else "false")
        case Decimal() as number if number.is_finite() and abs(number.adjusted()) <= 400:
            return _plain(number_text(number))
        case Decimal():
            return Size(1, 1, sure=False)
        case Text() as words:
            return _QUOTES + _text(resolve(words))
        case Items(items=items, rest=rest):
            waiting.extend(items)
            size = 2 + max(len(items) - 1, 0)
            return Size(size, size, sure=rest is None)
        case Fields(entries=entries, rest=rest):
            waiting.extend(entry.value for entry in entries)
            # Two braces, and around every key two quotes and a colon, with commas between.
            size = 2 + 3 * len(entries) + max(len(entries) - 1, 0)
            found = Size(size, size, sure=rest is None)
            for entry in entries:
                found += _text(resolve(entry.key))
            return found


def _plain(written: str) -> Size:
    return Size(len(written), len(written))


def _text(words: Text) -> Size:
    found = Size()
    before = ""
    for piece in words.pieces:
        match piece:
            case Lit(text=written):
                more = sum(map(written.count, _SHORT)) + 5 * len(_CONTROL.findall(written))
                spaces = len(written) - len("".join(written.split()))
                size = len(written.encode("utf-8", "replace"))
                found += Size(size + more, len(written) + more, spaces)
                before = written
                continue
            case Symbol(kind=kind):
                least, sure = LEAST[kind], kind == "account"
            case Ref(shape="bucket-name"):
                least, sure = _BUCKET_NAME, False
            case Ref(attribute="name"):
                least, sure = _BUCKET_NAME if before.endswith(":s3:::") else 1, False
            case Ref() | Hole() | Dangling() | Json():
                least, sure = 0, False
        before = ""
        found += Size(least, least, sure=sure)
    return found
