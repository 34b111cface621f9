"""What Terraform surely finishes before it starts something else, from a plan's references.

Where the plan does not tell (locals are left out of it), the order is taken for granted: nothing is
to be called unordered that may well be ordered. What exists already is there before everything.
"""

from __future__ import annotations

from collections.abc import Iterator

from validator.graph.addresses import address as address_of
from validator.readers.loose import Table, rows, table, words
from validator.readers.plan.document import Config, Plan, steps

_NOTHING = frozenset({"count", "each", "path", "terraform", "tofu", "self", "ephemeral"})
_Key = tuple[int, str, str]


class Order:
    """The order of a plan; whole resources are ordered, not instances."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self._names = _names(plan.root)
        self._wholes = {address: _whole(address) for address in plan.resources}
        self._instances: dict[str, list[str]] = {}
        for address, whole in self._wholes.items():
            self._instances.setdefault(whole, []).append(address)
        self._already = frozenset(
            address_of(plan.name, one.address)
            for one in plan.resources.values()
            if one.managed and one.fresh is False
        )
        self._kept: dict[str, frozenset[str]] = {}

    def __call__(self, address: str) -> frozenset[str]:
        """The addresses that an address waits for, one hop."""
        name = address.partition("#")[2]
        whole = self._wholes.get(name) or _whole(name)
        found = self._kept.get(whole)
        if found is None:
            names = self._of_resource(whole)
            there = {one for each in names for one in (each, *self._instances.get(each, ()))}
            found = frozenset(address_of(self.plan.name, one) for one in there) | self._already
            self._kept[whole] = found
        return found - {address}

    def _of_resource(self, whole: str) -> set[str]:
        config, local = self._find(whole)
        if config is None or local not in config.resources:
            return set()
        resource = config.resources[local]
        waiting: list[tuple[Config, str, str]] = [
            (config, "ref", one) for one in _references(resource)
        ]
        above = config
        while above.parent is not None:
            # What a call waits for, everything in it waits for.
            call = {name: one for name, one in above.call.items() if name not in _INNER}
            waiting += [(above.parent, "ref", one) for one in _references(call)]
            above = above.parent
        return self._reached(waiting, whole)

    def _reached(self, waiting: list[tuple[Config, str, str]], whole: str) -> set[str]:
        found: set[str] = set()
        seen: set[_Key] = set()
        while waiting:
            config, kind, what = waiting.pop()
            if (id(config), kind, what) in seen:
                continue
            seen.add((id(config), kind, what))
            if kind == "all":
                found.update(self._name(config, one) for one in config.resources)
                waiting += [(one, "all", "") for one in config.calls.values()]
                continue
            parts = steps(what)
            head = parts[0] if parts else ""
            names = [one for one in parts if one[0] != "["]
            if head == "var":
                if config.parent is not None:
                    given = table(config.call.get("expressions")).get(names[1], {})
                    waiting += [(config.parent, "ref", one) for one in _references(given)]
            elif head == "local":
                # Whatever is in this module, or given to it, may be behind it.
                waiting.append((config, "all", ""))
                if config.parent is not None:
                    given = config.call.get("expressions")
                    waiting += [(config.parent, "ref", one) for one in _references(given)]
            elif head == "module":
                child = config.calls.get(names[1]) if len(names) > 1 else None
                if child is not None:
                    output = child.outputs.get(names[2]) if len(names) > 2 else None
                    if output is None:
                        waiting.append((child, "all", ""))
                    else:
                        waiting += [(child, "ref", one) for one in _references(output)]
            elif head not in _NOTHING:
                local = ".".join(names[: 3 if head == "data" else 2])
                if local in config.resources:
                    found.add(self._name(config, local))
        return found - {whole}

    def _name(self, config: Config, local: str) -> str:
        name = self._names[id(config)]
        return f"{name}.{local}" if name else local

    def _find(self, whole: str) -> tuple[Config | None, str]:
        config: Config | None = self.plan.root
        parts = whole.split(".")
        while config is not None and len(parts) > 2 and parts[0] == "module":
            config = config.calls.get(parts[1])
            parts = parts[2:]
        return config, ".".join(parts)


_INNER = frozenset({"module", "expressions"})
"""Of a call: what is in it, and its arguments, which are followed where they are used."""


def _whole(address: str) -> str:
    """An address without any instance key."""
    return ".".join(part for part in steps(address) if part[0] != "[")


def _names(root: Config) -> dict[int, str]:
    found = {id(root): ""}
    waiting = [root]
    while waiting:
        config = waiting.pop()
        name = found[id(config)]
        for call, child in config.calls.items():
            found[id(child)] = f"{name}.module.{call}" if name else f"module.{call}"
            waiting.append(child)
    return found


def _references(value: object) -> Iterator[str]:
    """Everything that an expression, a block or a whole resource refers to."""
    waiting = [value]
    while waiting:
        one = waiting.pop()
        inner: Table = table(one)
        for name, each in inner.items():
            if name in ("references", "depends_on"):
                yield from (words(reference) for reference in rows(each) if words(reference))
            elif name != "constant_value":
                waiting.append(each)
        waiting += rows(one)
