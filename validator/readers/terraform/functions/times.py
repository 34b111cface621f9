"""Functions on points in time, which are texts as in RFC 3339."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from validator.readers.terraform.cty.strings import string
from validator.readers.terraform.cty.types import NUMBER, STRING
from validator.readers.terraform.cty.values import Refused, Val, number
from validator.readers.terraform.functions.registry import Context, function

_RFC3339 = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)[Tt](\d\d):(\d\d):(\d\d)(?:\.(\d+))?([Zz]|[+-]\d\d:\d\d)"
)
_DURATION = re.compile(r"(\d+(?:\.\d*)?|\.\d+)(ns|us|µs|ms|s|m|h)")
_SECONDS = {"ns": 1e-9, "us": 1e-6, "µs": 1e-6, "ms": 1e-3, "s": 1, "m": 60, "h": 3600}
_FIELD = re.compile(r"'(?:[^']|'')*'|([A-Za-z])\1*|.", re.DOTALL)


def _time(words: str) -> datetime:
    if not _RFC3339.fullmatch(words):
        raise Refused("this is no point in time as 2006-01-02T15:04:05Z")
    try:
        return datetime.fromisoformat(words.upper())
    except ValueError:
        raise Refused("there is no such point in time") from None


@function("timeadd", "ss", STRING)
def timeadd(context: Context, start: str, duration: str) -> Val:
    """A point in time, later by hours, minutes and seconds."""
    sign = -1 if duration.startswith("-") else 1
    body = duration.lstrip("+-")
    parts = list(_DURATION.finditer(body))
    if body != "0" and (not parts or "".join(part[0] for part in parts) != body):
        raise Refused("this is no duration as 1h30m")
    seconds = sum(float(part[1]) * _SECONDS[part[2]] for part in parts)
    try:
        moved = _time(start) + sign * timedelta(seconds=seconds)
    except OverflowError:
        raise Refused("this duration is too long") from None
    return string(_rfc3339(moved))


def _rfc3339(moment: datetime) -> str:
    zone = moment.strftime("%z")
    shown = "Z" if zone in ("+0000", "") else f"{zone[:3]}:{zone[3:]}"
    return moment.strftime("%Y-%m-%dT%H:%M:%S") + shown


@function("timecmp", "ss", NUMBER)
def timecmp(context: Context, one: str, other: str) -> Val:
    """-1, 0 or 1."""
    a, b = _time(one).astimezone(UTC), _time(other).astimezone(UTC)
    return number((a > b) - (a < b))


@function("formatdate", "ss", STRING)
def formatdate(context: Context, spec: str, moment: str) -> Val:
    """A point in time by a pattern: `DD MMM YYYY hh:mm ZZZ`."""
    at = _time(moment)
    return string("".join(_field(part[0], at) for part in _FIELD.finditer(spec)))


def _field(part: str, at: datetime) -> str:
    if part.startswith("'"):
        if len(part) < 2 or not part.endswith("'"):
            raise Refused("a quote in the pattern is never closed")
        return part[1:-1].replace("''", "'")
    if not part[0].isalpha():
        return part
    zone = at.strftime("%z")
    plain = "Z" if zone == "+0000" else f"{zone[:3]}:{zone[3:]}"
    table = {
        "YYYY": f"{at.year:04d}",
        "YY": f"{at.year % 100:02d}",
        "MMMM": at.strftime("%B"),
        "MMM": at.strftime("%b"),
        "MM": f"{at.month:02d}",
        "M": str(at.month),
        "DD": f"{at.day:02d}",
        "D": str(at.day),
        "EEEE": at.strftime("%A"),
        "EEE": at.strftime("%a"),
        "hh": f"{at.hour:02d}",
        "h": str(at.hour),
        "HH": f"{(at.hour + 11) % 12 + 1:02d}",
        "H": str((at.hour + 11) % 12 + 1),
        "AA": "AM" if at.hour < 12 else "PM",
        "aa": "am" if at.hour < 12 else "pm",
        "mm": f"{at.minute:02d}",
        "m": str(at.minute),
        "ss": f"{at.second:02d}",
        "s": str(at.second),
        "ZZZZZ": plain if plain != "Z" else "+00:00",
        "ZZZZ": zone,
        "ZZZ": "UTC" if zone == "+0000" else zone,
        "Z": plain,
    }
    found = table.get(part)
    if found is None:
        raise Refused(f"{part} is no field of a date pattern")
    return found
