"""What a rule hands over, held against what it promises, since Python checks no types.

A fault is told in words for who wrote the rule; an empty text says that there is none.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import cast, get_args

from validator.findings import Aws, Finding, Grade, Rule, Severity, When
from validator.graph.addresses import head
from validator.graph.span import Span

_ID = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")


MOST = 10_000
"""More findings than this of one rule in one unit: it never ends, or nobody will read them."""


def faulty_card(rule: Rule) -> str:
    """What is wrong with a rule's card."""
    if not _is(rule.aliases, tuple):
        return f"aliases are {rule.aliases!r}, not a tuple of ids"
    for id_ in (rule.id, *rule.aliases):
        if not _is(id_, str) or not _ID.fullmatch(id_):
            return f"the id {id_!r} is not made of lower-case words and dashes"
    fault = _wrong(rule, "the rule", {"name": str, "predicts": str, "since": str})
    fault = fault or _wrong(rule, "the rule", {"severity": Severity})
    if fault:
        return fault
    if not rule.name.strip():
        return "the name of the rule is empty"
    if rule.when not in get_args(When):
        return f"the when of the rule is {rule.when!r}, not one of {', '.join(get_args(When))}"
    if rule.grade not in get_args(Grade):
        return f"the grade of the rule is {rule.grade!r}, not one of {', '.join(get_args(Grade))}"
    return ""


def faulty_finding(found: object, rule: Rule, unit: str) -> str:
    """What is wrong with what a rule's check yields when it judges a unit."""
    if not isinstance(found, Finding):
        return f"check yields {type(found).__name__}, not a Finding"
    fault = _wrong(found, "a finding", _FIELDS) or _wrong_span(found.span, "a finding")
    if fault:
        return fault
    if found.rule != rule.id:
        return f"check yields a finding of the rule {found.rule!r}"
    if not found.address.startswith(head(unit)):
        return f"the address of a finding is {found.address!r}, not that of a resource of {unit}"
    for edit in found.edits:
        fault = _wrong(edit, "an edit", {"span": Span, "old": str, "new": str})
        fault = fault or _wrong_span(edit.span, "an edit")
        if fault:
            return fault
    for one in found.evidence:
        fault = _wrong(one, "evidence", {"span": Span, "note": str}) or _wrong_span(
            one.span, "evidence"
        )
        if fault:
            return fault
    return ""


_FIELDS: dict[str, object] = {
    **dict.fromkeys(("message", "address", "fault", "tool", "help"), str),
    "severity": Severity,
    "span": Span,
    "aws": Aws | None,
    "fix": str | None,
    "evidence": tuple,
    "edits": tuple,
}


def _wrong(thing: object, what: str, fields: Mapping[str, object]) -> str:
    """The first field that is not of its type."""
    for field, kind in fields.items():
        value: object = getattr(thing, field, None)
        if not _is(value, kind):
            name = getattr(kind, "__name__", str(kind))
            return f"the {field} of {what} is {value!r}, not {name}"
    return ""


def _is(value: object, kind: object) -> bool:
    """Whether a value is what its annotation says, which type checkers take for granted."""
    return isinstance(value, cast(type, kind))


def _wrong_span(span: Span, what: str) -> str:
    places = (span.line, span.column, span.end_line, span.end_column)
    if _is(span.file, str) and all(_is(one, int) and one > 0 for one in places):
        return ""
    return f"the span of {what} is {span!r}, not a file with lines and columns from 1"
