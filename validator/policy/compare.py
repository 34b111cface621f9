"""Numbers, dates and IP addresses as condition operators compare them."""

from __future__ import annotations

import ipaddress
import re
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from fractions import Fraction

from validator.policy.operators import Kind, Relation

# What Java's BigDecimal reads, which is how IAM takes numbers; long ones are no numbers.
_NUMBER = re.compile(r"[+-]?(\d{1,400}(\.\d{0,400})?|\.\d{1,400})([eE][+-]?\d{1,3})?", re.ASCII)
_DATE = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)"
    r"(?:[Tt](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?([Zz]|[+-]\d\d:?\d\d)?)?",
    re.ASCII,
)
_EPOCH = re.compile(r"-?\d{1,12}", re.ASCII)
_START = datetime(1970, 1, 1, tzinfo=UTC)


def holds(kind: Kind, relation: Relation, actual: str, wanted: str) -> bool:
    """Whether a request's value stands in that relation to the policy's.

    What is no number, date or address stands in none.
    """
    if kind is Kind.IP:
        return _within(actual, wanted)
    read = _number if kind is Kind.NUMBER else _seconds
    left, right = read(actual), read(wanted)
    if left is None or right is None:
        return False
    match relation:
        case "=":
            return left == right
        case "<":
            return left < right
        case "<=":
            return left <= right
        case ">":
            return left > right
        case ">=":
            return left >= right


def readable(kind: Kind, wanted: str) -> bool:
    """Whether a policy's value is a number, date or address range at all."""
    match kind:
        case Kind.NUMBER:
            return _number(wanted) is not None
        case Kind.DATE:
            return _seconds(wanted) is not None
        case Kind.IP:
            return _range(wanted) is not None
        case _:
            return True


def _number(words: str) -> Fraction | None:
    return Fraction(Decimal(words)) if _NUMBER.fullmatch(words) else None


def _seconds(words: str) -> Fraction | None:
    """Seconds since 1970: of an ISO 8601 date, or as they stand."""
    if _EPOCH.fullmatch(words):
        return Fraction(int(words))
    found = _DATE.fullmatch(words)
    if not found:
        return None
    year, month, day, hour, minute, second, fraction, zone = found.groups()
    try:
        moment = datetime(
            int(year),
            int(month),
            int(day),
            int(hour or 0),
            int(minute or 0),
            int(second or 0),
            tzinfo=_zone(zone),
        )
        seconds = (moment - _START) // timedelta(seconds=1)
    except (ValueError, OverflowError):
        return None
    return seconds + Fraction(int(fraction or 0), 10 ** len(fraction or ""))


def _zone(words: str | None) -> timezone:
    if words is None or words in "Zz":
        return UTC
    sign = -1 if words[0] == "-" else 1
    return timezone(sign * timedelta(hours=int(words[1:3]), minutes=int(words[-2:])))


def _range(words: str) -> ipaddress.IPv4Network | ipaddress.IPv6Network | None:
    try:
        return ipaddress.ip_network(words, strict=False)
    except ValueError:
        return None


def _within(actual: str, wanted: str) -> bool:
    network = _range(wanted)
    try:
        address = ipaddress.ip_address(actual)
    except ValueError:
        return False
    return network is not None and address.version == network.version and address in network
