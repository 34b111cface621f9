"""The condition operators.

<https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html>
"""

from __future__ import annotations

from enum import Enum
from typing import Literal

from validator.records import dataclass


class Kind(Enum):
    """What an operator compares."""

    EXACT = "text"
    EXACT_ANY_CASE = "text without regard to case"
    LIKE = "text with wildcards"
    ARN = "ARN"
    BOOL = "true or false"
    BINARY = "base64 text"
    NUMBER = "number"
    DATE = "date"
    IP = "IP address"
    NULL = "presence"


Quantifier = Literal["", "ForAllValues", "ForAnyValue"]
Relation = Literal["=", "<", "<=", ">", ">="]


@dataclass(frozen=True, slots=True)
class Operator:
    """An operator taken apart: `ForAllValues:StringNotLikeIfExists`."""

    name: str
    kind: Kind
    relation: Relation = "="
    negated: bool = False
    if_exists: bool = False
    quantifier: Quantifier = ""


_BASES: dict[str, tuple[Kind, Relation, bool]] = {
    "StringEquals": (Kind.EXACT, "=", False),
    "StringNotEquals": (Kind.EXACT, "=", True),
    "StringEqualsIgnoreCase": (Kind.EXACT_ANY_CASE, "=", False),
    "StringNotEqualsIgnoreCase": (Kind.EXACT_ANY_CASE, "=", True),
    "StringLike": (Kind.LIKE, "=", False),
    "StringNotLike": (Kind.LIKE, "=", True),
    "ArnEquals": (Kind.ARN, "=", False),
    "ArnNotEquals": (Kind.ARN, "=", True),
    "ArnLike": (Kind.ARN, "=", False),
    "ArnNotLike": (Kind.ARN, "=", True),
    "Bool": (Kind.BOOL, "=", False),
    "BinaryEquals": (Kind.BINARY, "=", False),
    "NumericEquals": (Kind.NUMBER, "=", False),
    "NumericNotEquals": (Kind.NUMBER, "=", True),
    "NumericLessThan": (Kind.NUMBER, "<", False),
    "NumericLessThanEquals": (Kind.NUMBER, "<=", False),
    "NumericGreaterThan": (Kind.NUMBER, ">", False),
    "NumericGreaterThanEquals": (Kind.NUMBER, ">=", False),
    "DateEquals": (Kind.DATE, "=", False),
    "DateNotEquals": (Kind.DATE, "=", True),
    "DateLessThan": (Kind.DATE, "<", False),
    "DateLessThanEquals": (Kind.DATE, "<=", False),
    "DateGreaterThan": (Kind.DATE, ">", False),
    "DateGreaterThanEquals": (Kind.DATE, ">=", False),
    "IpAddress": (Kind.IP, "=", False),
    "NotIpAddress": (Kind.IP, "=", True),
    "Null": (Kind.NULL, "=", False),
}
NAMES = tuple(_BASES)
_QUANTIFIERS: tuple[Quantifier, ...] = ("ForAllValues", "ForAnyValue")
# `Null` asks whether a key exists, so neither a quantifier nor `IfExists` makes sense with it.
_SPELLINGS = {
    name.lower(): name
    for base in NAMES
    for quantifier in ("", *(f"{word}:" for word in _QUANTIFIERS))
    for suffix in ("", "IfExists")
    for name in (f"{quantifier}{base}{suffix}",)
    if base != "Null" or name == "Null"
}


def operator(name: str) -> Operator | None:
    """The operator of that exact name, or None."""
    if _SPELLINGS.get(name.lower()) != name:
        return None
    quantifier, _, rest = name.rpartition(":")
    base = rest.removesuffix("IfExists")
    kind, relation, negated = _BASES[base]
    return Operator(
        name,
        kind,
        relation,
        negated,
        if_exists=base != rest,
        quantifier=_quantifier(quantifier),
    )


def _quantifier(word: str) -> Quantifier:
    for known in _QUANTIFIERS:
        if known == word:
            return known
    return ""


def respelled(name: str) -> str | None:
    """The operator that a name is but for upper and lower case."""
    return _SPELLINGS.get(name.lower())
