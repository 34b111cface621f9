"""Texts of policies as patterns: what each surely and what it possibly matches."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from typing import TypeAlias

from validator.graph.values import Lit, Span, Text
from validator.graph.verdict import Open, Truth
from validator.policy.context import Context
from validator.policy.runs import Bound, Glob, Run, Token, Wild, Word, missing, run_of


class Mode(Enum):
    """How a text is read as a pattern."""

    EXACT = "no wildcards"
    EXACT_ANY_CASE = "no wildcards, any case"
    LIKE = "wildcards"
    ACTION = "wildcards, any case"
    ARN = "wildcards part by part"
    RESOURCE = "wildcards, part by part or not"


@dataclass(frozen=True, slots=True)
class Entry:
    """One value of a policy's list: what it surely and what it possibly matches.

    `lo` is within `hi`; they are one object if AWS's rules settle it. `runs` are its unknown
    pieces, of which each is equal to itself.
    """

    lo: tuple[Glob, ...]
    hi: tuple[Glob, ...]
    opens: tuple[Open, ...] = ()
    runs: tuple[Run, ...] = ()


_NOTHING = Entry((), ())
_EVERYTHING: Glob = (Wild.STAR,)


@dataclass(frozen=True, slots=True)
class _Plain:
    """Policy text, in which wildcards count."""

    text: str


@dataclass(frozen=True, slots=True)
class _Fixed:
    """A variable's value or an unknown run: never a pattern."""

    word: Word


class _Open(Enum):
    """Something that may match whatever it likes."""

    OPEN = "open"


_Item: TypeAlias = "_Plain | _Fixed | _Open"
_VARIABLE = re.compile(r"\$\{([^}]*)\}")


def entry(text: Text, mode: Mode, span: Span, bound: Bound, context: Context | None) -> Entry:
    """A policy's text as a pattern; with a context, its policy variables are replaced."""
    literal = text.literal
    if literal is not None and (context is None or "${" not in literal):
        lo, widest = _literal(literal, mode)
        return _settled(lo, (widest,), text, span, [])
    opens = [
        fact
        for piece in text.pieces
        if not isinstance(piece, Lit) and run_of(piece).name not in bound
        if (fact := missing(piece, span)) is not None
    ]
    readings = _readings(text, mode, span, bound, context, opens)
    if not readings:
        return _NOTHING
    globs = [_globs(reading, mode) for reading in readings]
    hi = tuple(wide for _, wide in globs)
    if len(readings) > 1 or _Open.OPEN in readings[0]:
        return Entry((), hi, tuple(opens), _runs(hi))
    return _settled(globs[0][0], hi, text, span, opens)


def _settled(
    lo: Glob | None, hi: tuple[Glob, ...], text: Text, span: Span, opens: list[Open]
) -> Entry:
    """An entry of one reading, about which AWS may leave something open."""
    if lo is None:
        shown = str(text)
        opens.append(Open(f"AWS does not say what a short ARN like {shown!r} matches", "", span))
        return Entry((), hi, tuple(opens), _runs(hi))
    if lo == hi[0]:
        return Entry(hi, hi, tuple(opens), _runs(hi))
    if not opens:
        shown = str(text)
        opens.append(Open(f"AWS does not say whether the * in {shown!r} stops at :", "", span))
    return Entry((lo,), hi, tuple(opens), _runs(hi))


def _runs(globs: tuple[Glob, ...]) -> tuple[Run, ...]:
    return tuple(token for glob in globs for token in glob if isinstance(token, Run))


@lru_cache(maxsize=4096)
def _literal_kept(literal: str, mode: Mode) -> tuple[Glob | None, Glob]:
    return _globs([_Plain(literal)], mode)


def _literal(literal: str, mode: Mode) -> tuple[Glob | None, Glob]:
    """The globs of a text without variables, kept if it is short: it is asked many times."""
    if len(literal) > 200:
        return _globs([_Plain(literal)], mode)
    return _literal_kept(literal, mode)


def _readings(
    text: Text,
    mode: Mode,
    span: Span,
    bound: Bound,
    context: Context | None,
    opens: list[Open],
) -> list[list[_Item]]:
    """Every way that a text may read once its variables are replaced; none if one has no value."""
    readings: list[list[_Item]] = [[]]
    early = mode is Mode.RESOURCE
    for part in _parts(text, bound):
        if isinstance(part, Run):
            for reading in readings:
                reading.append(_Fixed((part,)))
        elif context is None or "${" not in part:
            for reading in readings:
                reading.append(_Plain(part))
        else:
            readings = _expanded(part, readings, context, span, opens, early=early)
    return readings


def _parts(text: Text, bound: Bound) -> Iterator[str | Run]:
    """The text with neighbouring literals as one."""
    literal: list[str] = []
    for piece in text.pieces:
        if isinstance(piece, Lit):
            literal.append(piece.text)
            continue
        run = run_of(piece)
        if run.name in bound:
            literal.append(bound[run.name])
            continue
        if literal:
            yield "".join(literal)
            literal.clear()
        yield run
    if literal:
        yield "".join(literal)


def _expanded(
    part: str,
    readings: list[list[_Item]],
    context: Context,
    span: Span,
    opens: list[Open],
    *,
    early: bool,
) -> list[list[_Item]]:
    """Every reading with the variables of a text replaced; none if one of them has no value."""
    place = 0
    # Up to the last brace only, or many openings that are never closed would take long.
    for found in _VARIABLE.finditer(part, 0, part.rfind("}") + 1):
        before = part[place : found.start()]
        place = found.end()
        # AWS does not say what a variable before the fifth colon of an ARN does.
        if early and all(_colons(reading) + before.count(":") < 5 for reading in readings):
            values: list[_Item] = [_Open.OPEN]
            opens.append(Open(f"what {found[0]} does so early in an ARN", "", span))
        else:
            values = _values(found[1], context, span, opens)
        if len(readings) * len(values) > 8:
            values = [_Open.OPEN]
        readings = [
            [*reading, *([_Plain(before)] if before else []), value]
            for reading in readings
            for value in values
        ]
    rest = part[place:]
    if "${" in rest:  # the name of a variable that is not settled, or no variable at all
        return [[*reading, _Open.OPEN] for reading in readings]
    return [[*reading, _Plain(rest)] for reading in readings] if rest else readings


def _colons(reading: list[_Item]) -> int:
    count = 0
    for item in reading:
        match item:
            case _Plain(text=text):
                count += text.count(":")
            case _Fixed(word=word):
                # An unknown run may hold all the colons there are.
                count += sum(
                    5 if isinstance(token, Run) and not token.in_part else token == ":"
                    for token in word
                )
            case _Open.OPEN:
                count += 5
    return count


def _values(words: str, context: Context, span: Span, opens: list[Open]) -> list[_Item]:
    """What a variable may stand for; nothing at all if it has neither value nor default."""
    if words in ("*", "?", "$"):
        return [_Fixed((words,))]
    key, comma, fallback = (part.strip() for part in words.partition(","))
    default: list[_Item] = []
    if comma:
        if len(fallback) < 2 or fallback[0] != "'" or fallback[-1] != "'":
            return [_Open.OPEN]
        default = [_Fixed(tuple(fallback[1:-1]))]
    carried = context.get(key)
    if carried.present is Truth.NO:
        return default
    if carried.values is None or len(carried.values) != 1:
        opens.append(carried.missing(span))
        return [_Open.OPEN]
    value = _Fixed(carried.values[0])
    if carried.present is Truth.YES:
        return [value]
    opens.append(carried.missing(span))
    # Without a default the entry matches nothing when the key is absent, which `OPEN` covers too.
    return [value, *default] if default else [_Open.OPEN]


# --- readings to globs -------------------------------------------------------------------------


def _globs(reading: list[_Item], mode: Mode) -> tuple[Glob | None, Glob]:
    """What a reading surely matches, if anything is sure, and what it possibly does."""
    match mode:
        case Mode.EXACT:
            glob = _glob(reading, wild=False)
        case Mode.EXACT_ANY_CASE:
            glob = _any_case(_glob(reading, wild=False))
        case Mode.LIKE:
            glob = _glob(reading)
        case Mode.ACTION:
            glob = _any_case(_glob(reading))
        case Mode.ARN | Mode.RESOURCE:
            return _arn(reading, mode)
    return glob, glob


def _arn(reading: list[_Item], mode: Mode) -> tuple[Glob | None, Glob]:
    whole = _glob(reading)
    if whole == _EVERYTHING:
        return whole, whole
    sure: list[Token] = []
    possible: list[Token] = []
    colons = 0
    shaky = False
    for token in whole:
        if token is Wild.STAR or token is Wild.ANY:
            part = Wild.STAR_IN_PART if token is Wild.STAR else Wild.ANY_IN_PART
            sure.append(part if colons < 5 else token)
            possible.append(part if colons < 5 and not shaky else token)
            continue
        if token == ":":
            colons += 1
        elif isinstance(token, Run) and not token.in_part:
            shaky = True
        sure.append(token)
        possible.append(token)
    if colons < 5 and not shaky:
        return None, whole
    return tuple(sure), whole if mode is Mode.RESOURCE else tuple(possible)


_WILD = {"*": Wild.STAR, "?": Wild.ANY}


def _glob(reading: list[_Item], *, wild: bool = True) -> Glob:
    tokens: list[Token] = []
    for item in reading:
        match item:
            case _Plain(text=text) if wild and ("*" in text or "?" in text):
                tokens.extend(_WILD.get(char, char) for char in text)
            case _Plain(text=text):
                tokens.extend(text)
            case _Fixed(word=word):
                tokens.extend(word)
            case _Open.OPEN:
                tokens.append(Wild.STAR)
    return tuple(tokens)


def _any_case(glob: Glob) -> Glob:
    return tuple(_both_cases(token) if isinstance(token, str) else token for token in glob)


def _both_cases(char: str) -> str:
    """A character in every case; those whose other case is longer have none."""
    forms = (char, char.lower(), char.upper())
    return "".join(dict.fromkeys(form for form in forms if len(form) == 1))
