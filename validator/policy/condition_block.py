"""The `Condition` element of a statement: from nodes to data.

<https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition.html>
"""

from __future__ import annotations

from validator.graph.span import Span
from validator.graph.text import Text
from validator.graph.values import Entry, Fields, Known, Node, Unknown
from validator.policy.model import Condition
from validator.policy.objects import Reader, first
from validator.policy.operators import NAMES, operator, respelled


class ConditionReader:
    """Reads condition blocks with the help of a reader, which takes the faults."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def read(self, node: Node | None) -> tuple[tuple[Condition, ...], Unknown | None]:
        """The conditions under every operator; the second is set if there may be more."""
        if node is None:
            return (), None
        if isinstance(node, Unknown):
            return (), node
        if not isinstance(node.value, Fields):
            self._reader.fault(node.span, "Condition must be an object of operators")
            return (), None
        found: list[Condition] = []
        rest = node.value.rest
        seen: set[str] = set()
        for entry in node.value.entries:
            name = self._reader.resolve(entry.key)
            literal = name.literal
            if literal is not None and literal in seen:
                self._reader.fault(entry.span, f"{literal} is there twice")
            seen.add(literal or "")
            if isinstance(entry.value, Unknown):
                rest = first(rest, entry.value)
            elif isinstance(entry.value.value, Fields):
                conditions, more = self._keys(name, entry, entry.value.value)
                found += conditions
                rest = first(rest, more)
            else:
                self._reader.fault(entry.value.span, f"{name} must be an object of condition keys")
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
            key = self._reader.resolve(item.key)
            if key.literal is not None and key.literal in seen:
                self._reader.fault(item.span, f"{key} is there twice")
            seen.add(key.literal or "")
            if isinstance(item.value, Known) and isinstance(item.value.value, Fields):
                self._reader.fault(item.value.span, f"The value of {key} must be a text or a list")
                continue
            values, rest = self._reader.values(item.value, f"{name}.{key}", scalars=True)
            found.append(Condition(name, known, key, values, item.span, rest, why))
        return found, keys.rest

    def _check_operator(self, name: str, span: Span) -> None:
        if operator(name) is not None:
            return
        right = respelled(name)
        if right is not None:
            self._reader.fault(
                span, f"The operator {name} should be spelled {right}", rejected=False
            )
            return
        base = name.rpartition(":")[2].removesuffix("IfExists")
        if base.lower() == "null":
            self._reader.fault(
                span, f"{name}: Null takes neither IfExists nor a set", rejected=False
            )
            return
        hint = self._reader.hint(base, NAMES)
        self._reader.fault(span, f"Unknown condition operator {name}{hint}")


def _empty(node: Node) -> bool:
    """An operator without keys asks nothing, so AWS does not mind its name."""
    return (
        isinstance(node, Known)
        and isinstance(node.value, Fields)
        and not node.value.entries
        and node.value.rest is None
    )
