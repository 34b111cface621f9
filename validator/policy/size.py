"""How long a policy document will be, of which parts may not be known yet.

AWS keeps documents without white space between values. What limits there are, and what each
counts, is for others to say: this only measures.
<https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html>
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal

from validator.graph.text import Dangling, Hole, Json, Lit, Ref, Symbol, SymbolKind, Text
from validator.graph.values import Fields, Items, Known, Node, Unknown, number_text
from validator.policy.json_text import parse_json
from validator.policy.question import Fault
from validator.records import dataclass

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


class _Sum:
    """What was measured so far."""

    __slots__ = ("characters", "least", "spaces", "sure")

    def __init__(self) -> None:
        self.least = 0
        self.characters = 0
        self.spaces = 0
        self.sure = True

    def signs(self, count: int) -> None:
        """Count characters of one byte each."""
        self.least += count
        self.characters += count

    def size(self) -> Size:
        """All of it."""
        return Size(self.least, self.characters, self.spaces, self.sure)


def measure(node: Node, resolve: Callable[[Text], Text] = lambda text: text) -> Size:
    """The size of a document: an object, or its JSON text in pieces.

    `resolve` rewrites every text first. A text that is no JSON is measured as it stands, and so
    is not `sure`.
    """
    total = _Sum()
    if isinstance(node, Known) and isinstance(node.value, Text):
        words = resolve(node.value)
        parsed = parse_json(words, node.span)
        if isinstance(parsed, Fault):
            _text(words, total)
            total.sure = False
            return total.size()
        node = parsed
    waiting = [node]
    for _ in range(VALUES):
        if not waiting:
            return total.size()
        _one(waiting.pop(), waiting, resolve, total)
    total.sure = False
    return total.size()


def _one(node: Node, waiting: list[Node], resolve: Callable[[Text], Text], total: _Sum) -> None:
    """Count one value without those inside it, which then wait for their turn."""
    if isinstance(node, Unknown):
        total.sure = False
        return
    match node.value:
        case None:
            total.signs(len("null"))
        case bool() as flag:
            total.signs(len("true" if flag else "false"))
        case Decimal() as number if number.is_finite() and abs(number.adjusted()) <= 400:
            total.signs(len(number_text(number)))
        case Decimal():
            total.signs(1)
            total.sure = False
        case Text() as words:
            total.signs(2)
            _text(resolve(words), total)
        case Items(items=items, rest=rest):
            waiting.extend(items)
            total.signs(2 + max(len(items) - 1, 0))
            total.sure = total.sure and rest is None
        case Fields(entries=entries, rest=rest):
            waiting.extend(entry.value for entry in entries)
            # Two braces, and around every key two quotes and a colon, with commas between.
            total.signs(2 + 3 * len(entries) + max(len(entries) - 1, 0))
            total.sure = total.sure and rest is None
            for entry in entries:
                _text(resolve(entry.key), total)


def _text(words: Text, total: _Sum) -> None:
    before = ""
    for piece in words.pieces:
        match piece:
            case Lit(text=written):
                more = 0
                if not written.isprintable() or '"' in written or "\\" in written:
                    more = sum(map(written.count, _SHORT)) + 5 * len(_CONTROL.findall(written))
                size = len(written)
                total.characters += size + more
                if not written.isascii():
                    size = len(written.encode("utf-8", "replace"))
                total.least += size + more
                total.spaces += len(written) - len("".join(written.split()))
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
        total.signs(least)
        total.sure = total.sure and sure
