"""Where every key and value of a TOML text stands.

The standard library's parser gives values without places. This one gives places without values: it
walks over the same text and is more lenient, since the other one judges it too. It is linear, and
it refuses what would make the other one slow or deep: <https://toml.io/en/v1.0.0>.
"""

from __future__ import annotations

import re

from validator.patterns import possessive

Path = tuple[str | int, ...]
"""Keys and numbers of items, from the top."""

Range = tuple[int, int]
"""Offsets into the text, the end exclusive."""

MAX_DEPTH = 32
"""Of keys with dots, and of arrays and tables in each other. Ours need five."""

_BLANK = re.compile(r"[ \t\r]*+")
_BLANKS = re.compile(possessive(r"[ \t\r\n]++|#[^\n]*+"))
_BARE = re.compile(r"[A-Za-z0-9_-]++")
_BASIC = re.compile('"' + possessive(r'[^"\\\n]++|\\[^\n]') + '"')
_LITERAL = re.compile(r"'[^'\n]*+'")
_LONG_BASIC = re.compile('"""' + possessive(r'[^"\\]++|\\.|"(?!"")') + '""""{0,2}', re.S)
_LONG_LITERAL = re.compile("'''" + possessive(r"[^']++|'(?!'')") + "''''{0,2}", re.S)
# A date may have a blank before its time. Nothing that is meant is longer.
_SCALAR = re.compile(r"\d{4}-\d\d-\d\d \d\d:[^\s,\]}#]{1,40}|[^\s,\]}#=\"']{1,200}")
_ESCAPE = re.compile(r"\\(u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|.)")
_ESCAPES = {"b": "\b", "t": "\t", "n": "\n", "f": "\f", "r": "\r"}


class Lost(Exception):
    """The text is no TOML at an offset."""

    def __init__(self, at: int) -> None:
        super().__init__(at)
        self.at = at


class TooDeep(Lost):
    """More than `MAX_DEPTH` keys, arrays or tables in each other, at an offset."""


class Places:
    """The places of a text: of a table, where its header or first key names it.

    Raises `Lost`.
    """

    def __init__(self, text: str) -> None:
        self.keys: dict[Path, Range] = {(): (0, 0)}
        self.values: dict[Path, Range] = {(): (0, 0)}
        self._text = text
        self._at = 0
        self._items: dict[Path, int] = {}
        table: Path = ()
        self._skip(_BLANKS)
        while self._at < len(text):
            if text.startswith("[", self._at):
                table = self._header()
            else:
                self._pair(table, 0)
            self._skip(_BLANK)
            if self._at < len(text) and text[self._at] not in "\n#":
                raise Lost(self._at)
            self._skip(_BLANKS)

    def _skip(self, what: re.Pattern[str]) -> None:
        found = what.match(self._text, self._at)
        self._at = found.end() if found else self._at

    def _take(self, word: str) -> bool:
        if self._text.startswith(word, self._at):
            self._at += len(word)
            return True
        return False

    def _need(self, word: str) -> None:
        if not self._take(word):
            raise Lost(self._at)

    def _header(self) -> Path:
        """`[table]` or `[[array]]`; gives back the table that what follows belongs to."""
        start = self._at
        brackets = "]]" if self._take("[[") else "]"
        if brackets == "]":
            self._need("[")
        parts = self._key()
        self._need(brackets)
        path: Path = ()
        for part, place in parts[:-1]:
            path = self._step((*path, part), place)
            if path in self._items:
                path = (*path, self._items[path])
        last, place = parts[-1]
        path = self._step((*path, last), place)
        if brackets == "]]":
            self._items[path] = self._items.get(path, -1) + 1
            path = self._step((*path, self._items[path]), place)
        self.values[path] = (start, self._at)
        return path

    def _step(self, path: Path, place: Range) -> Path:
        if len(path) > MAX_DEPTH:
            raise TooDeep(place[0])
        self.keys.setdefault(path, place)
        self.values.setdefault(path, place)
        return path

    def _pair(self, table: Path, depth: int) -> None:
        path = table
        for part, place in self._key():
            path = self._step((*path, part), place)
        self._need("=")
        self._skip(_BLANK)
        self._value(path, depth)

    def _key(self) -> list[tuple[str, Range]]:
        parts: list[tuple[str, Range]] = []
        while True:
            self._skip(_BLANK)
            start = self._at
            name = self._name()
            parts.append((name, (start, self._at)))
            if len(parts) > MAX_DEPTH:
                raise TooDeep(start)
            self._skip(_BLANK)
            if not self._take("."):
                return parts

    def _name(self) -> str:
        for pattern in (_BARE, _BASIC, _LITERAL):
            found = pattern.match(self._text, self._at)
            if found:
                self._at = found.end()
                written = found[0]
                if pattern is _BARE:
                    return written
                return written[1:-1] if pattern is _LITERAL else _unescaped(written[1:-1])
        raise Lost(self._at)

    def _value(self, path: Path, depth: int) -> None:
        start = self._at
        if depth > MAX_DEPTH:
            raise TooDeep(start)
        if self._take("["):
            self._array(path, depth + 1)
        elif self._take("{"):
            self._inline(path, depth + 1)
        else:
            for pattern in (_LONG_BASIC, _LONG_LITERAL, _BASIC, _LITERAL, _SCALAR):
                found = pattern.match(self._text, self._at)
                if found:
                    self._at = found.end()
                    break
            else:
                raise Lost(self._at)
        self.values[path] = (start, self._at)

    def _array(self, path: Path, depth: int) -> None:
        number = 0
        self._skip(_BLANKS)
        while not self._take("]"):
            item = (*path, number)
            self._value(item, depth)
            self.keys[item] = self.values[item]
            number += 1
            self._skip(_BLANKS)
            if not self._take(","):
                self._need("]")
                return
            self._skip(_BLANKS)

    def _inline(self, path: Path, depth: int) -> None:
        self._skip(_BLANKS)
        while not self._take("}"):
            self._pair(path, depth)
            self._skip(_BLANKS)
            if not self._take(","):
                self._need("}")
                return
            self._skip(_BLANKS)


def _unescaped(written: str) -> str:
    if "\\" not in written:
        return written

    def plain(found: re.Match[str]) -> str:
        escape = found[1]
        if escape[0] in "uU" and len(escape) > 1:
            number = int(escape[1:], 16)
            return chr(number) if number < 0x110000 else "?"
        return _ESCAPES.get(escape, escape)

    return _ESCAPE.sub(plain, written)
