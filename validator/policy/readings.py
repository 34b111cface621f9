"""How a policy's text reads once its policy variables are replaced.

<https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html>
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum
from typing import TypeAlias

from validator.graph.span import Span
from validator.graph.text import Lit, Text
from validator.graph.verdict import Open, Truth
from validator.policy.context import Context
from validator.policy.runs import Bound, Run, Word, tokens_of
from validator.records import dataclass


@dataclass(frozen=True, slots=True)
class Plain:
    """Policy text, in which wildcards count."""

    text: str


@dataclass(frozen=True, slots=True)
class Fixed:
    """A variable's value or an unknown run: never a pattern."""

    word: Word


class Whatever(Enum):
    """Something that may match whatever it likes, or nothing at all.

    `MANY` stands for more readings than are followed; what they are may hang on other unknowns.
    """

    OPEN = "open"
    MANY = "many"
    NOTHING = "nothing"


Item: TypeAlias = "Plain | Fixed | Whatever"
# More variables than this in one text are not followed.
_VARIABLES = 50
_VARIABLE = re.compile(r"\$\{([^}]*)\}")
# Variables do not nest.
_DEFAULT = re.compile(r"'((?:[^'$]|\$(?!\{))*)'")


def readings_of(
    text: Text,
    span: Span,
    bound: Bound,
    context: Context | None,
    opens: list[Open],
    *,
    early: bool,
) -> list[list[Item]]:
    """Every way that a text may read once its variables are replaced; none if one has no value.

    `early`: AWS does not say what a variable before the fifth colon does, as in resources.
    """
    readings: list[list[Item]] = [[]]
    for part in _parts(text, bound):
        if isinstance(part, Run):
            for reading in readings:
                reading.append(Fixed((part,)))
        elif context is None or "${" not in part:
            for reading in readings:
                reading.append(Plain(part))
        else:
            readings, whole = _expanded(part, readings, context, span, opens, early=early)
            if not whole:
                break
    return readings


def _parts(text: Text, bound: Bound) -> Iterator[str | Run]:
    """The text with neighbouring literals as one."""
    literal: list[str] = []
    for piece in text.pieces:
        if isinstance(piece, Lit):
            literal.append(piece.text)
            continue
        for token in tokens_of(piece, bound):
            if isinstance(token, str):
                literal.append(token)
                continue
            if literal:
                yield "".join(literal)
                literal.clear()
            yield token
    if literal:
        yield "".join(literal)


def _expanded(
    part: str,
    readings: list[list[Item]],
    context: Context,
    span: Span,
    opens: list[Open],
    *,
    early: bool,
) -> tuple[list[list[Item]], bool]:
    """Every reading with the variables of a text replaced; none if one of them has no value.

    The second is False if what follows cannot be told from a variable: all of it is open then.
    """
    if part.count("${") > _VARIABLES:
        opens.append(Open(f"what a text of more than {_VARIABLES} policy variables is", "", span))
        return [[*reading, Whatever.OPEN] for reading in readings], False
    place = 0
    # Up to the last brace only, or many openings that are never closed would take long.
    for found in _VARIABLE.finditer(part, 0, part.rfind("}") + 1):
        if "${" in found[1]:
            break
        before = part[place : found.start()]
        place = found.end()
        # AWS does not say what a variable before the fifth colon of an ARN does.
        if early and all(_colons(reading) + before.count(":") < 5 for reading in readings):
            values: list[Item] = [Whatever.OPEN]
            opens.append(Open("what a policy variable does so early in an ARN", "", span))
        else:
            values = _values(found[1], context, span, opens)
        if len(readings) * len(values) > 8:
            values = [Whatever.MANY]
        readings = [
            [*reading, *([Plain(before)] if before else []), value]
            for reading in readings
            for value in values
        ]
    rest, opening, _ = part[place:].partition("${")
    if rest:
        readings = [[*reading, Plain(rest)] for reading in readings]
    if opening:  # a variable in a variable, or one with an unknown piece in its name
        opens.append(_malformed(span))
        readings = [[*reading, Whatever.OPEN] for reading in readings]
    return readings, not opening


def _colons(reading: list[Item]) -> int:
    count = 0
    for item in reading:
        match item:
            case Plain(text=text):
                count += text.count(":")
            case Fixed(word=word):
                # An unknown run may hold all the colons there are.
                count += sum(
                    5 if isinstance(token, Run) and not token.in_part else token == ":"
                    for token in word
                )
            case Whatever():
                count += 5
    return count


def _values(words: str, context: Context, span: Span, opens: list[Open]) -> list[Item]:
    """What a variable may stand for; nothing at all if it has neither value nor default."""
    if words in ("*", "?", "$"):
        return [Fixed((words,))]
    key, comma, fallback = (part.strip() for part in words.partition(","))
    default: list[Item] = []
    if comma:
        quoted = _DEFAULT.fullmatch(fallback)
        if quoted is None:
            opens.append(_malformed(span))
            return [Whatever.OPEN]
        default = [Fixed(tuple(quoted[1]))]
    carried = context.get(key)
    if carried.present is Truth.NO:
        return default
    values: list[Item] = [Whatever.OPEN]
    if carried.values is not None and len(carried.values) == 1:
        values = [Fixed(word) for word in (*carried.values, *carried.instead)]
        if len(values) == 1 and carried.present is Truth.YES:
            return values
    opens.append(carried.missing(span))
    if carried.present is Truth.YES:
        return values
    # Every reading is there, so that what the key's presence settles is no news to a case split.
    return [*values, *(default or [Whatever.NOTHING])]


def _malformed(span: Span) -> Open:
    return Open("which policy variable is meant by a ${ that is not written as usual", "", span)
