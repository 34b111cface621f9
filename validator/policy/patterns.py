"""Texts of policies as patterns: what each surely and what it possibly matches."""

from __future__ import annotations

from enum import Enum
from functools import lru_cache

from validator.graph.span import Span
from validator.graph.text import Lit, Text
from validator.graph.verdict import Open
from validator.policy.context import Context
from validator.policy.readings import Fixed, Item, Plain, Whatever, readings_of
from validator.policy.runs import Bound, Glob, Run, Token, Wild, missing, run_of
from validator.records import dataclass

LONGEST = 4_000
"""Longer texts are not matched: ARNs have 2,048 characters at the most."""


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
    pieces, of which each is equal to itself. A `vague` one may get other patterns when something
    unknown is settled; in a `void` one a variable has no single value, or perhaps none.
    """

    lo: tuple[Glob, ...]
    hi: tuple[Glob, ...]
    opens: tuple[Open, ...] = ()
    runs: tuple[Run, ...] = ()
    vague: bool = False
    void: bool = False


_VOID = Entry((), (), void=True)
_EVERYTHING: Glob = (Wild.STAR,)


def entry(text: Text, mode: Mode, span: Span, bound: Bound, context: Context | None) -> Entry:
    """A policy's text as a pattern; with a context, its policy variables are replaced."""
    if sum(len(piece.text) for piece in text.pieces if isinstance(piece, Lit)) > LONGEST:
        long = Open(f"what a text of more than {LONGEST} characters matches", "", span)
        return Entry((), (_EVERYTHING,), (long,))
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
    readings = readings_of(text, span, bound, context, opens, early=mode is Mode.RESOURCE)
    globs = [_globs(reading, mode) for reading in readings if Whatever.NOTHING not in reading]
    if not globs:
        return _VOID
    hi = tuple(wide for _, wide in globs)
    odd = {item for reading in readings for item in reading if isinstance(item, Whatever)}
    if len(readings) > 1 or odd:
        return Entry((), hi, tuple(opens), _runs(hi), vague=Whatever.MANY in odd, void=bool(odd))
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
    return _globs([Plain(literal)], mode)


def _literal(literal: str, mode: Mode) -> tuple[Glob | None, Glob]:
    """The globs of a text without variables, kept if it is short: it is asked many times."""
    if len(literal) > 200:
        return _globs([Plain(literal)], mode)
    return _literal_kept(literal, mode)


# --- readings to globs -------------------------------------------------------------------------


def _globs(reading: list[Item], mode: Mode) -> tuple[Glob | None, Glob]:
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


def _arn(reading: list[Item], mode: Mode) -> tuple[Glob | None, Glob]:
    whole = _glob(reading)
    if whole == _EVERYTHING:
        return whole, whole
    if any(isinstance(item, Whatever) for item in reading):
        return None, whole  # what is open may hold colons
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


def _glob(reading: list[Item], *, wild: bool = True) -> Glob:
    tokens: list[Token] = []
    for item in reading:
        match item:
            case Plain(text=text) if wild and ("*" in text or "?" in text):
                tokens.extend(_WILD.get(char, char) for char in text)
            case Plain(text=text):
                tokens.extend(text)
            case Fixed(word=word):
                tokens.extend(word)
            case Whatever():
                tokens.append(Wild.STAR)
    return tuple(tokens)


def _any_case(glob: Glob) -> Glob:
    return tuple(_both_cases(token) if isinstance(token, str) else token for token in glob)


def _both_cases(char: str) -> str:
    """A character in every case; those whose other case is longer have none."""
    forms = (char, char.lower(), char.upper())
    return "".join(dict.fromkeys(form for form in forms if len(form) == 1))
