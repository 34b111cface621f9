"""The elements of a statement: from nodes to data, with the faults of their shape.

<https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_statement.html>
"""

from __future__ import annotations

from validator.graph.span import Span
from validator.graph.text import Text
from validator.graph.values import Fields, Known, Unknown
from validator.graph.verdict import Open, open_of
from validator.policy.condition_block import ConditionReader
from validator.policy.model import Effect, Element, Principals, Statement, Who
from validator.policy.objects import Found, Reader, first, unknown_of
from validator.policy.question import PolicyKind

_EFFECTS: tuple[Effect, ...] = ("Allow", "Deny")
_WHO = ("AWS", "Service", "Federated", "CanonicalUser")
_ELEMENTS = (
    "Sid",
    "Effect",
    "Principal",
    "NotPrincipal",
    "Action",
    "NotAction",
    "Resource",
    "NotResource",
    "Condition",
)


class StatementReader:
    """Reads statements with the help of a reader, which takes the faults."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._conditions = ConditionReader(reader)

    def statement(self, fields: Fields, span: Span, index: int, kind: PolicyKind) -> Statement:
        """A statement. Faults of its shape are noted; the rest is for `checks`."""
        found = self._reader.fields(fields, _ELEMENTS, "statement")
        gaps = [
            (odd, Open(f"whether AWS accepts the element name {odd!r}", "", span))
            for odd in found.odd.values()
        ]
        if found.rest is not None:
            gaps.append(("Statement", open_of(found.rest)))
        effect, missing = self._effect(found, span)
        if missing is not None:
            gaps.append(("Effect", missing))
        conditions, unknown = self._conditions.read(found.get("Condition"))
        if unknown is not None:
            gaps.append(("Condition", open_of(unknown)))
        return Statement(
            index,
            span,
            self._sid(found),
            effect,
            self._principals(found, span, kind),
            self._element(found, span, "Action", kind),
            self._element(found, span, "Resource", kind),
            conditions,
            tuple(gaps),
        )

    def _sid(self, found: Found) -> str | None:
        node = found.get("Sid")
        words = self._reader.text(node, "Sid") if node is not None else None
        return words.value.literal if words is not None else None

    def _effect(self, found: Found, span: Span) -> tuple[Effect | None, Open | None]:
        node = found.get("Effect")
        if node is None:
            if found.rest is None:
                self._reader.fault(span, "A statement must have an Effect")
            return None, None
        words = self._reader.text(node, "Effect")
        if words is None:
            return None, None
        literal = words.value.literal
        if literal is None:
            return None, open_of(unknown_of(words.value, words.span))
        effect: Effect | None = next((known for known in _EFFECTS if known == literal), None)
        if effect is None:
            shown = str(words.value)
            self._reader.fault(node.span, f"Effect must be Allow or Deny, exactly; it is {shown!r}")
        return effect, None

    def _element(self, found: Found, span: Span, name: str, kind: PolicyKind) -> Element | None:
        plain, negated = found.entries.get(name), found.entries.get(f"Not{name}")
        if plain and negated:
            self._reader.fault(negated.span, f"A statement cannot have both {name} and Not{name}")
        entry = plain or negated
        if entry is None:
            if found.rest is not None and not (kind == "trust" and name == "Resource"):
                return Element(name, (), span, found.rest)
            if kind == "key":
                # The API accepts it, but "the policy statement has no effect".
                self._reader.fault(
                    span, f"Without {name} the statement has no effect", rejected=False
                )
            elif kind != "trust" or name == "Action":
                self._reader.fault(span, f"A statement must have {name} or Not{name}")
            return None
        name = name if plain else f"Not{name}"
        values, rest = self._reader.values(entry.value, name)
        return Element(name, values, entry.value.span, rest)

    def _principals(self, found: Found, span: Span, kind: PolicyKind) -> Principals | None:
        plain, negated = found.entries.get("Principal"), found.entries.get("NotPrincipal")
        if plain and negated:
            self._reader.fault(
                negated.span, "A statement cannot have both Principal and NotPrincipal"
            )
        entry = plain or negated
        if entry is None:
            if kind == "identity":
                return None
            if found.rest is not None:
                return Principals("Principal", (), span, rest=found.rest)
            self._reader.fault(span, "Missing required field Principal")
            return None
        name = "Principal" if plain else "NotPrincipal"
        node = entry.value
        match node:
            case Unknown():
                return Principals(name, (), node.span, rest=node)
            case Known(value=Text() as words):
                literal = self._reader.resolve(words).literal
                if literal is None:
                    return Principals(name, (), node.span, rest=unknown_of(words, node.span))
                if literal != "*":
                    self._reader.fault(
                        node.span, f'{name} must be "*" or an object such as {{"Service": …}}'
                    )
                return Principals(name, (), node.span, everyone=literal == "*")
            case Known(value=Fields() as fields):
                return self._who(fields, name, node.span)
            case Known():
                self._reader.fault(node.span, f'{name} must be "*" or an object')
                return Principals(name, (), node.span)

    def _who(self, fields: Fields, name: str, span: Span) -> Principals:
        found = self._reader.fields(fields, _WHO, name)
        rest = found.rest
        who: list[Who] = []
        for kind, entry in found.entries.items():
            values, more = self._reader.values(entry.value, f"{name}.{kind}")
            rest = first(rest, more)
            who.extend(Who(kind, value) for value in values)
        for odd in found.odd.values():
            rest = first(rest, Unknown(f"whether AWS accepts the principal type {odd!r}", span))
        if not fields.entries and rest is None:
            self._reader.fault(span, f"{name} is empty")
        return Principals(name, tuple(who), span, rest=rest)
