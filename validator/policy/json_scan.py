"""The tokens of a JSON text in pieces."""

from __future__ import annotations

import re
from decimal import Decimal

from validator.graph.text import Json, Lit, Piece, Text, text
from validator.graph.values import Known, as_text
from validator.policy.json_source import Source

_SPACE = re.compile(r"[ \t\r\n]*")
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")
_SHORT = re.compile(r"[-0-9.]{1,100}(?:[eE][+-]?[0-9]{1,2})?")
_WORD = re.compile(r"[A-Za-z_][A-Za-z_0-9]*")
_HEX = re.compile(r"[0-9a-fA-F]{4}")
_ESCAPES = dict(zip('"\\/bfnrt', '"\\/\b\f\n\r\t', strict=True))
_WORDS: dict[str, bool | None] = {"true": True, "false": False, "null": None}


class JsonFaultError(Exception):
    """Malformed JSON, at an offset of the text."""

    def __init__(self, offset: int, message: str) -> None:
        super().__init__(message)
        self.offset = offset
        self.message = message


class Scanner:
    """A cursor in a JSON text, and what can be read at it."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.text: str = source.text
        self.mark: str = source.mark
        self.at: int = 0
        self._string = re.compile(r'[^"\\\x00-\x1f' + self.mark + "]*")

    def peek(self) -> str:
        """The next character; nothing at the end."""
        return self.text[self.at : self.at + 1]

    def place(self) -> int:
        """The offset to show for a fault here."""
        return min(self.at, max(len(self.text) - 1, 0))

    def space(self) -> None:
        """Skip white space."""
        found = _SPACE.match(self.text, self.at)
        if found:
            self.at = found.end()

    def quoted(self) -> Text:
        """A JSON string with its pieces; the cursor stands on its opening quote."""
        opening = self.at
        self.at += 1
        pieces: list[Piece] = []
        while True:
            found = self._string.match(self.text, self.at)
            if found and found.end() > self.at:
                pieces.extend(self.source.literal(self.at, found.end()))
                self.at = found.end()
            sign = self.peek()
            if sign == '"':
                self.at += 1
                return Text(tuple(pieces))
            if sign == self.mark:
                pieces.extend(_inside(self.source.unknown[self.at]))
                self.at += 1
            elif sign == "\\":
                pieces.append(self._escape())
            elif not sign:
                raise JsonFaultError(opening, "this text is never closed")
            else:
                raise JsonFaultError(self.at, "a line break or control character inside a text")

    def _escape(self) -> Lit:
        start = self.at
        letter = self.text[start + 1 : start + 2]
        if letter == "u":
            code = self._hex(start + 2)
            self.at = start + 6
            if 0xD800 <= code < 0xDC00 and self.text.startswith("\\u", self.at):
                low = self._hex(self.at + 2)
                if 0xDC00 <= low < 0xE000:
                    code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00)
                    self.at += 6
            if 0xD800 <= code < 0xE000:
                raise JsonFaultError(start, "half of a surrogate pair")
            return Lit(chr(code), self.source.span(start, self.at))
        if letter not in _ESCAPES or not letter:
            raise JsonFaultError(start, f"\\{letter} is no escape")
        self.at = start + 2
        return Lit(_ESCAPES[letter], self.source.span(start, self.at))

    def _hex(self, at: int) -> int:
        found = _HEX.match(self.text, at)
        if not found:
            raise JsonFaultError(min(at, len(self.text) - 1), "four hexadecimal digits are missing")
        return int(found[0], 16)

    def plain(self) -> Decimal | Text | bool | None:
        """A number, `true`, `false` or `null`."""
        number = _NUMBER.match(self.text, self.at)
        if number:
            self.at = number.end()
            return _number(number[0])
        word = _WORD.match(self.text, self.at)
        if word and word[0] in _WORDS:
            self.at = word.end()
            return _WORDS[word[0]]
        shown = word[0] if word else self.peek()
        shown = "this" if self.source.sensitive and shown else repr(shown) if shown else ""
        what = f"{shown} is no JSON value" if shown else "the document ends too early"
        raise JsonFaultError(self.place(), what)


def _inside(piece: Piece) -> tuple[Piece, ...]:
    """An unknown piece within a string; a JSON text of a scalar is that scalar's text."""
    if isinstance(piece, Json):
        node = piece.node
        if isinstance(node, Known) and isinstance(node.value, bool | Decimal):
            words = as_text(node)
            return words.pieces if words is not None else ()
    return (piece,)


def _number(written: str) -> Decimal | Text:
    """A number, or its text where writing it out in full would be no use to anybody."""
    return Decimal(written) if _SHORT.fullmatch(written) else text(written)
