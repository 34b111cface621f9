"""A document and a question with open pieces, and every way in which these may turn out."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from random import Random
from typing import Any, Literal, TypeAlias, TypeVar

from tests.policy import naive
from validator.graph.span import Span
from validator.graph.text import Hole, Lit, Piece, Symbol, Text
from validator.graph.values import Known
from validator.graph.verdict import Truth
from validator.policy import Anything, ContextValue, Pattern, Policy, Principal, Request, parse
from validator.records import replace

T = TypeVar("T")
Value: TypeAlias = "tuple[str, ...] | None"

SPAN = Span("policy.json", 1, 1, 1, 2)
SERVICE = "delivery.logs.amazonaws.com"
ACCOUNT, OTHER = "111122223333", "444455556666"
ROLE = f"arn:aws:iam::{ACCOUNT}:role/r"
WORDS = ["", "a", "b", "x", "ab", "ba", "aa", "xb", "a:b", ":", "abx", "bab"]

# What a template leaves open: in the texts of a case a letter of no language stands for it.
ONE, TWO, OWN, WHO = "\ue000", "\ue001", "\ue002", "\ue003"
# An ID whose beginning is known, and the same one where nothing tells what it is.
MADE, SAME = "\ue006", "\ue007"
_IDS = ["vpc-0a1b2c3d", "vpc-bbbbbbbb", "vpc-0a1b2c3d4e5f60718"]
# Not a part of a text but a whole value: of a list, or a statement.
ITEM, WHOLE = "\ue004", "\ue005"
_EVERYTHING = '"Principal": "*", "Action": "*", "Resource": "*"'
OPEN: dict[str, tuple[Piece, list[str]]] = {
    ONE: (Hole("one", "one is not known"), ["", "a", "b", "ab", ":", "x"]),
    TWO: (Hole("two", "two is not known", shape="name"), ["a", "b", "xx"]),
    OWN: (Symbol("account"), [ACCOUNT, OTHER, "777788889999"]),
    WHO: (Hole("who", "who is not known"), [ROLE, ACCOUNT, SERVICE, "*"]),
    MADE: (Hole("id", "id is not known", made_by="aws_vpc"), _IDS),
    SAME: (Hole("id", "id is not known"), _IDS),
    ITEM: (Hole("item", "item is not known"), ['"a"', '"*"', '"s3:*"', '"arn:aws:s3:::a*"']),
    WHOLE: (
        Hole("whole", "whole is not known"),
        [f'{{"Effect": "{effect}", {_EVERYTHING}}}' for effect in ("Allow", "Deny")],
    ),
}
# Ways to settle what is open, and members of a set, that are tried: all, or so many of them.
WAYS, MEMBERS = 12, 24


def pieces(words: str) -> tuple[Piece, ...]:
    """A text with what is open in it."""
    parts = re.split(f"([{''.join(OPEN)}])", words)
    return tuple(OPEN[part][0] if part in OPEN else Lit(part) for part in parts if part)


def filled(words: str, values: Mapping[str, str]) -> str:
    for letter, value in values.items():
        words = words.replace(letter, value)
    return words


def open_in(words: str) -> list[str]:
    """The letters for what is open, as often as they are there."""
    return [letter for letter in words if letter in OPEN]


def some(every: Sequence[T], most: int) -> Sequence[T]:
    return every if len(every) <= most else Random(len(every)).sample(every, most)


@dataclass(frozen=True)
class Key:
    """A key of the request: what the engine is told of it (None: nothing), and what it may be."""

    told: ContextValue | None
    ways: tuple[Value, ...]


def told(value: Value, present: Truth = Truth.YES) -> ContextValue:
    words = value or ()
    return ContextValue(tuple(pieces(word) for word in words), present, multivalued=len(words) != 1)


def written(document: Any) -> str:
    words = json.dumps(document, ensure_ascii=False)
    return words.replace(f'"{ITEM}"', ITEM).replace(f'"{WHOLE}"', WHOLE)


def policy(document: Any) -> Policy:
    """As evaluation sees it: whether AWS takes such a document is for other tests."""
    words = Known(Text(pieces(written(document))), SPAN)
    statements = naive.listed(document["Statement"])
    anybody = any("Principal" in name for statement in statements for name in statement)
    return replace(parse(words, "bucket" if anybody else "identity"), faults=())


@dataclass(frozen=True)
class World:
    """One way in which all that is open has turned out."""

    values: dict[str, str]
    context: dict[str, tuple[str, ...]]
    document: Any


@dataclass(frozen=True)
class Case:
    """A document, and what is asked of it; the resource is `tokens` behind `BUCKET`.

    With `cuts`, its statements are two documents of a role and its permissions boundary.
    """

    document: dict[str, Any]
    principal: str
    action: str
    tokens: tuple[str | Anything, ...]
    keys: tuple[tuple[str, Key], ...]
    cuts: tuple[int, ...] = ()

    def parts(self, document: Any) -> list[list[Any]]:
        """The documents that are asked together, in groups: of a role, and its boundary."""
        if not self.cuts:
            return [[document]]
        every = naive.listed(document["Statement"])
        first, second = sorted(self.cuts)
        one, other, boundary = (
            {**document, "Statement": statements}
            for statements in (every[:first], every[first:second], every[second:])
        )
        return [[one, other], [boundary]]

    def place(self, document: int, index: int) -> int:
        """Which of all statements is a statement of one of the documents."""
        return (0, *sorted(self.cuts))[document] + index

    @property
    def request(self) -> Request:
        resource: Pattern = pieces(BUCKET)
        for token in self.tokens:
            resource += pieces(token) if isinstance(token, str) else (token,)
        listed = {name: key.told for name, key in self.keys if key.told is not None}
        unlisted = Truth.NO if len(listed) == len(self.keys) else Truth.MAYBE
        kind: Literal["AWS", "Service"] = "AWS" if ":" in self.principal else "Service"
        who = Principal(kind, Text(pieces(self.principal)))
        return Request(who, self.action, resource, listed, unlisted)

    def worlds(self) -> list[World]:
        asked = "".join(token for token in self.tokens if isinstance(token, str))
        asked += "".join(word for _, key in self.keys for way in key.ways for word in way or ())
        letters = [letter for letter in OPEN if letter in written(self.document) + asked]
        every: list[Sequence[Any]] = [
            # What AWS is asked for holds no star, but what a policy says may.
            [*OPEN[letter][1], *("*" if letter == ONE and ONE not in asked else "")]
            for letter in letters
        ]
        every += [key.ways for _, key in self.keys]
        found: list[World] = []
        for way in some(list(product(*every)), WAYS):
            values = dict(zip(letters, way[: len(letters)], strict=True))
            if SAME in values:
                values[SAME] = values.get(MADE, values[SAME])
            context = {
                name: tuple(filled(word, values) for word in carried)
                for (name, _), carried in zip(self.keys, way[len(letters) :], strict=True)
                if carried
            }
            found.append(World(values, context, json.loads(filled(written(self.document), values))))
        return found

    def closed(self, way: int) -> Case:
        """The same with nothing open but which member of the set is asked about."""
        worlds = self.worlds()
        world = worlds[way % len(worlds)]
        keys = tuple(
            (name, Key(told(value), (value,)))
            for name, _ in self.keys
            for value in (world.context.get(name),)
        )
        tokens = tuple(
            filled(token, world.values) if isinstance(token, str) else token
            for token in self.tokens
        )
        return Case(world.document, self.principal, self.action, tokens, keys, self.cuts)

    def members(self) -> list[str]:
        """Resources of the set, or some of them."""
        fills = [
            [token] if isinstance(token, str) else [word for word in FILLS if _may(token, word)]
            for token in self.tokens
        ]
        return [BUCKET + "".join(parts) for parts in some(list(product(*fills)), MEMBERS)]

    def holds(self, resource: str) -> bool:
        """Whether a resource is of the set."""
        pattern = re.escape(BUCKET)
        for token in self.tokens:
            if isinstance(token, str):
                pattern += re.sub(f"[{''.join(OPEN)}]", lambda _: "[^*?]*", re.escape(token))
            elif token.alphabet:
                pattern += rf"\d{{{token.least}}}"
            else:
                pattern += ("[^*?]" if token.colons else "[^*?:]") + f"{{{token.least},}}"
        return re.fullmatch(pattern, resource) is not None

    def call(self, resource: str, world: World) -> naive.Call:
        return naive.Call(
            self.principal, self.action, filled(resource, world.values), world.context
        )


BUCKET = "arn:aws:s3:::"
FILLS = [*WORDS, "0", "1", "12"]


def _may(token: Anything, word: str) -> bool:
    if token.alphabet:
        return word.isdigit() and len(word) == token.least
    return len(word) >= token.least and (token.colons or ":" not in word)
