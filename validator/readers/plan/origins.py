"""Where a value that the plan leaves out comes from, by the configuration's references.

A plan names what an expression refers to, not how: locals and the insides of functions are left
out. So a single resource that a value surely comes from is told, or nothing is.
"""

from __future__ import annotations

from collections.abc import Iterator

from validator.readers.loose import Table, rows, table, words
from validator.readers.plan.document import Config, Plan, Planned, steps
from validator.records import dataclass

MAX_DEPTH = 50
MAX_STEPS = 200_000

_SETTLED = frozenset({"count", "path", "terraform", "tofu", "self"})


@dataclass(frozen=True, slots=True)
class Source:
    """An attribute of a resource instance; an empty one where the plan does not say which."""

    address: str
    attribute: str


@dataclass(frozen=True, slots=True, eq=False)
class Scope:
    """An instance of a module: what it is called with, and from where."""

    config: Config
    address: str = ""
    key: str = ""
    parent: Scope | None = None

    def named(self, name: str) -> str:
        """The address of something in it."""
        return f"{self.address}.{name}" if self.address else name


@dataclass(frozen=True, slots=True, eq=False)
class Where:
    """Where an expression stands: its module, and the `each` and `count` around it."""

    scope: Scope
    key: str = ""
    loop: object = None


def specific(references: object) -> list[str]:
    """The references without those that only repeat the beginning of the one before."""
    found: list[str] = []
    for one in rows(references):
        text = words(one)
        if text and not (found and found[-1].startswith((f"{text}.", f"{text}["))):
            found.append(text)
    return found


class Origins:
    """The origins of a plan's values."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self._steps = 0

    def scope(self, module: str) -> Scope | None:
        """The scope of a module instance, by its address."""
        found = Scope(self.plan.root)
        name = ""
        for part in steps(module):
            if part[0] == "[":
                found = Scope(found.config, found.address + part, part, found.parent)
            elif name == "module":
                config = found.config.calls.get(part)
                if config is None:
                    return None
                found, name = Scope(config, found.named(f"module.{part}"), "", found), ""
            else:
                name = part
        return found

    def where(self, resource: Planned) -> Where | None:
        """Where a resource's expressions stand."""
        scope = self.scope(resource.module)
        if scope is None:
            return None
        return Where(scope, resource.key, resource.configured.get("for_each_expression"))

    def of(
        self, expression: object, where: Where, *, known: bool = False, depth: int = 0
    ) -> frozenset[Source | None]:
        """What a value may come from; None stands for what the plan does not tell.

        What the plan knows anyway is left out unless `known` is set.
        """
        one = table(expression)
        if "constant_value" in one:
            return frozenset()
        self._steps += 1
        if "references" not in one or depth > MAX_DEPTH or self._steps > MAX_STEPS:
            return frozenset({None})
        found: set[Source | None] = set()
        listed = specific(one["references"])
        same = where.key if {"each.key", "count.index"} & set(listed) else ""
        for reference in listed:
            found.update(self._reference(reference, where, same, known, depth + 1))
        return frozenset(found)

    def _reference(
        self, reference: str, where: Where, same: str, known: bool, depth: int
    ) -> Iterator[Source | None]:
        scope = where.scope
        parts = steps(reference)
        head = parts[0]
        if head in _SETTLED or reference == "each.key":
            return
        if head == "each":
            yield from self.of(where.loop, where, known=known, depth=depth)
        elif head == "var" and len(parts) > 1:
            yield from self._variable(parts[1], scope, known, depth)
        elif head == "module":
            yield from self._output(parts[1:], scope, known, depth)
        elif head in ("local", "ephemeral"):
            yield None
        else:
            yield from self._resource(parts, scope, same, known)

    def _variable(
        self, name: str, scope: Scope, known: bool, depth: int
    ) -> frozenset[Source | None]:
        if scope.parent is None:
            return frozenset()
        call = scope.config.call
        given = table(call.get("expressions")).get(name)
        if given is None:
            return frozenset()
        outer = Where(scope.parent, scope.key, call.get("for_each_expression"))
        return self.of(given, outer, known=known, depth=depth)

    def _output(
        self, parts: list[str], scope: Scope, known: bool, depth: int
    ) -> frozenset[Source | None]:
        name = parts[0] if parts else ""
        config = scope.config.calls.get(name)
        rest = parts[1:]
        key = rest.pop(0) if rest and rest[0][0] == "[" else ""
        if config is None or len(rest) != 1 or (not key and repeated(config.call)):
            return frozenset({None})
        inner = Scope(config, scope.named(f"module.{name}") + key, key, scope)
        expression = table(config.outputs.get(rest[0])).get("expression")
        return self.of(expression, Where(inner), known=known, depth=depth)

    def _resource(
        self, parts: list[str], scope: Scope, same: str, known: bool
    ) -> Iterator[Source | None]:
        size = 3 if parts[0] == "data" else 2
        local = ".".join(parts[:size])
        rest = parts[size:]
        if local not in scope.config.resources:
            yield None
            return
        base = scope.named(local)
        there = self.plan.instances.get(base, [])
        key = rest.pop(0) if rest and rest[0][0] == "[" else ""
        if key:
            # An instance that there is none of is a branch that was not taken.
            there = [one for one in there if one == base + key]
        elif there and there != [base]:
            there = [base + same] if base + same in there else there
            if len(there) > 1:
                yield None
                return
        for address in there:
            if len(rest) > 1:
                yield None
            elif known or not rest or not self.plan.resources[address].knows(rest[0]):
                yield Source(address, rest[0] if rest else "")


def repeated(configured: Table) -> bool:
    """Whether a resource or call has `count` or `for_each`."""
    return "count_expression" in configured or "for_each_expression" in configured
