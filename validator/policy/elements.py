"""The elements of a statement: from nodes to data, with the faults of their shape."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from validator.graph.values import (
    Entry,
    Fields,
    Hole,
    Items,
    Known,
    Node,
    Span,
    Text,
    Unknown,
    as_text,
    hole,
)
from validator.graph.verdict import Open, open_of
from validator.policy.model import Condition, Effect, Element, Principals, Statement, Who
from validator.policy.operators import NAMES, operator, respelled
from validator.policy.question import Fault, PolicyKind
from validator.policy.spelling import nearest

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


@dataclass(slots=True)
class Found:
    """The entries of an object by name. `odd` are names whose case alone is wrong."""

    entries: dict[str, Entry] = field(default_factory=dict[str, Entry])
    odd: dict[str, str] = field(default_factory=dict[str, str])
    rest: Unknown | None = None

    def get(self, name: str) -> Node | None:
        """The value under a name."""
        entry = self.entries.get(name)
        return entry.value if entry else None

    def one(self, *names: str) -> Entry | None:
        """The first of several names that is there."""
        return next((self.entries[name] for name in names if name in self.entries), None)


class Reader:
    """Reads elements and notes what is wrong with them in `faults`."""

    def __init__(self, resolve: Callable[[Text], Text], faults: list[Fault]) -> None:
        self._resolve = resolve
        self._faults = faults

    def fault(self, span: Span, message: str, *, rejected: bool = True) -> None:
        """Note a fault."""
        self._faults.append(Fault(span, message, rejected))

    # --- objects and texts ---------------------------------------------------------------------

    def fields(self, fields: Fields, names: Sequence[str], where: str) -> Found:
        """The entries of an object that may have only these names, each once."""
        found = Found(rest=fields.rest)
        folded = {name.lower(): name for name in names}
        for entry in fields.entries:
            key = self._resolve(entry.key).literal
            if key is None:
                found.rest = first(found.rest, _unknown(entry.key, entry.span))
                continue
            name = key if key in names else folded.get(key.lower())
            if name is None:
                near = nearest(key, names)
                hint = f"; did you mean {near}?" if near else ""
                self.fault(entry.span, f"Unknown element {str(entry.key)!r} in a {where}{hint}")
                continue
            if name in found.entries:
                self.fault(entry.span, f"{key} is there twice")
                continue
            if name != key:
                self.fault(entry.span, f"{key!r} should be spelled {name}", rejected=False)
                found.odd[name] = key
            if isinstance(entry.value, Known) and entry.value.value is None:
                self.fault(entry.value.span, f"{name} is null", rejected=False)
                unknown = Unknown(f"whether AWS accepts null for {name}", entry.value.span)
                entry = replace(entry, value=unknown)
            found.entries[name] = entry
        return found

    def text(self, node: Node, element: str) -> Known[Text] | None:
        """A text; None, after a fault, if it is something else."""
        match node:
            case Known(value=Text() as words):
                return Known(self._resolve(words), node.span, node.trail)
            case Unknown():
                return Known(Text((hole(node),)), node.span, node.trail)
            case Known(value=None):
                self.fault(node.span, f"{element} is null")
            case Known():
                self.fault(node.span, f"{element} must be a text")
        return None

    def values(
        self, node: Node, element: str, *, scalars: bool = False
    ) -> tuple[tuple[Known[Text], ...], Unknown | None]:
        """A text or a list of texts, with `rest` if there may be more; numbers with `scalars`."""
        match node:
            case Unknown():
                return (), node
            case Known(value=Items(items=items, rest=rest)):
                if not items and rest is None:
                    self.fault(node.span, f"{element} is an empty list", rejected=not scalars)
                found: list[Known[Text]] = []
                for item in items:
                    if isinstance(item, Known) and isinstance(item.value, Text):
                        found.append(Known(self._resolve(item.value), item.span, item.trail))
                    elif isinstance(item, Unknown):
                        # It may even be several, where a text is built with a join.
                        rest = first(rest, item)
                    else:
                        word = self._scalar(item, element, scalars=scalars)
                        found += [word] if word is not None else []
                return tuple(found), rest
            case Known():
                word = self._scalar(node, element, scalars=scalars)
                return ((word,) if word is not None else ()), None

    def _scalar(self, node: Node, element: str, *, scalars: bool) -> Known[Text] | None:
        if scalars and isinstance(node, Known) and node.value is not None:
            words = as_text(node)
            if words is not None:
                return Known(self._resolve(words), node.span, node.trail)
        return self.text(node, element)

    # --- statements ----------------------------------------------------------------------------

    def statement(self, fields: Fields, span: Span, index: int, kind: PolicyKind) -> Statement:
        """A statement. Faults of its shape are noted; the rest is for `checks`."""
        found = self.fields(fields, _ELEMENTS, "statement")
        gaps = [
            (odd, Open(f"whether AWS accepts the element name {odd!r}", "", span))
            for odd in found.odd.values()
        ]
        if found.rest is not None:
            gaps.append(("Statement", open_of(found.rest)))
        effect, missing = self._effect(found, span)
        if missing is not None:
            gaps.append(("Effect", missing))
        conditions, unknown = self._conditions(found.get("Condition"))
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
        words = self.text(node, "Sid") if node is not None else None
        return words.value.literal if words is not None else None

    def _effect(self, found: Found, span: Span) -> tuple[Effect | None, Open | None]:
        node = found.get("Effect")
        if node is None:
            if found.rest is None:
                self.fault(span, "A statement must have an Effect")
            return None, None
        words = self.text(node, "Effect")
        if words is None:
            return None, None
        literal = words.value.literal
        if literal is None:
            return None, _fact(words)
        effect: Effect | None = next((known for known in _EFFECTS if known == literal), None)
        if effect is None:
            shown = str(words.value)
            self.fault(node.span, f"Effect must be Allow or Deny, exactly; it is {shown!r}")
        return effect, None

    def _element(self, found: Found, span: Span, name: str, kind: PolicyKind) -> Element | None:
        plain, negated = found.entries.get(name), found.entries.get(f"Not{name}")
        if plain and negated:
            self.fault(negated.span, f"A statement cannot have both {name} and Not{name}")
        entry = plain or negated
        if entry is None:
            if found.rest is not None and not (kind == "trust" and name == "Resource"):
                return Element(name, (), span, found.rest)
            if kind == "key":
                # The API accepts it, but "the policy statement has no effect".
                self.fault(span, f"Without {name} the statement has no effect", rejected=False)
            elif kind != "trust" or name == "Action":
                self.fault(span, f"A statement must have {name} or Not{name}")
            return None
        name = name if plain else f"Not{name}"
        values, rest = self.values(entry.value, name)
        return Element(name, values, entry.value.span, rest)

    def _principals(self, found: Found, span: Span, kind: PolicyKind) -> Principals | None:
        plain, negated = found.entries.get("Principal"), found.entries.get("NotPrincipal")
        if plain and negated:
            self.fault(negated.span, "A statement cannot have both Principal and NotPrincipal")
        entry = plain or negated
        if entry is None:
            if kind == "identity":
                return None
            if found.rest is not None:
                return Principals("Principal", (), span, rest=found.rest)
            self.fault(span, "Missing required field Principal")
            return None
        name = "Principal" if plain else "NotPrincipal"
        node = entry.value
        match node:
            case Unknown():
                return Principals(name, (), node.span, rest=node)
            case Known(value=Text() as words):
                literal = self._resolve(words).literal
                if literal is None:
                    return Principals(name, (), node.span, rest=_unknown(words, node.span))
                if literal != "*":
                    self.fault(
                        node.span, f'{name} must be "*" or an object such as {{"Service": …}}'
                    )
                return Principals(name, (), node.span, everyone=literal == "*")
            case Known(value=Fields() as fields):
                return self._who(fields, name, node.span)
            case Known():
                self.fault(node.span, f'{name} must be "*" or an object')
                return Principals(name, (), node.span)

    def _who(self, fields: Fields, name: str, span: Span) -> Principals:
        found = self.fields(fields, _WHO, name)
        rest = found.rest
        who: list[Who] = []
        for kind, entry in found.entries.items():
            values, more = self.values(entry.value, f"{name}.{kind}")
            rest = first(rest, more)
            who.extend(Who(kind, value) for value in values)
        for odd in found.odd.values():
            rest = first(rest, Unknown(f"whether AWS accepts the principal type {odd!r}", span))
        if not fields.entries and rest is None:
            self.fault(span, f"{name} is empty")
        return Principals(name, tuple(who), span, rest=rest)

    # --- conditions ----------------------------------------------------------------------------

    def _conditions(self, node: Node | None) -> tuple[tuple[Condition, ...], Unknown | None]:
        if node is None:
            return (), None
        if isinstance(node, Unknown):
            return (), node
        if not isinstance(node.value, Fields):
            self.fault(node.span, "Condition must be an object of operators")
            return (), None
        found: list[Condition] = []
        rest = node.value.rest
        seen: set[str] = set()
        for entry in node.value.entries:
            name = self._resolve(entry.key)
            literal = name.literal
            if literal is not None and literal in seen:
                self.fault(entry.span, f"{literal} is there twice")
            seen.add(literal or "")
            if isinstance(entry.value, Unknown):
                rest = first(rest, entry.value)
            elif isinstance(entry.value.value, Fields):
                conditions, more = self._keys(name, entry, entry.value.value)
                found += conditions
                rest = first(rest, more)
            else:
                self.fault(entry.value.span, f"{name} must be an object of condition keys")
            if literal is not None and not _empty(entry.value):
                self._check_operator(literal, entry.span)
        return tuple(found), rest

    def _keys(
        self, name: Text, entry: Entry, keys: Fields
    ) -> tuple[list[Condition], Unknown | None]:
        literal = name.literal
        known = operator(literal) if literal is not None else None
        why = "" if known else f"whether AWS accepts the operator {name}"
        found: list[Condition] = []
        seen: set[str] = set()
        for item in keys.entries:
            key = self._resolve(item.key)
            if key.literal is not None and key.literal in seen:
                self.fault(item.span, f"{key} is there twice")
            seen.add(key.literal or "")
            if isinstance(item.value, Known) and isinstance(item.value.value, Fields):
                self.fault(item.value.span, f"The value of {key} must be a text or a list")
                continue
            values, rest = self.values(item.value, f"{name}.{key}", scalars=True)
            found.append(Condition(name, known, key, values, item.span, rest, why))
        return found, keys.rest

    def _check_operator(self, name: str, span: Span) -> None:
        if operator(name) is not None:
            return
        right = respelled(name)
        if right is not None:
            self.fault(span, f"The operator {name} should be spelled {right}", rejected=False)
            return
        base = name.rpartition(":")[2].removesuffix("IfExists")
        if base.lower() == "null":
            self.fault(span, f"{name}: Null takes neither IfExists nor a set", rejected=False)
            return
        near = nearest(base, NAMES)
        hint = f"; did you mean {near}?" if near else ""
        self.fault(span, f"Unknown condition operator {name}{hint}")


def _empty(node: Node) -> bool:
    """An operator without keys asks nothing, so AWS does not mind its name."""
    return (
        isinstance(node, Known)
        and isinstance(node.value, Fields)
        and not node.value.entries
        and node.value.rest is None
    )


def first(known: Unknown | None, other: Unknown | None) -> Unknown | None:
    """The first of two that is there."""
    return known if known is not None else other


def _unknown(words: Text, span: Span) -> Unknown:
    for piece in words.pieces:
        if isinstance(piece, Hole):
            return Unknown(piece.why, span, supply=piece.supply, key=piece.key)
    return Unknown(f"the value of {words}", span)


def _fact(words: Known[Text]) -> Open:
    return open_of(_unknown(words.value, words.span))
