"""What Terraform surely finishes before it starts something else.

Terraform orders whole resources, not instances; variables, locals, outputs and modules only pass an
order on. <https://developer.hashicorp.com/terraform/internals/graph>
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from validator.graph.addresses import address as address_of
from validator.patterns import possessive
from validator.readers.terraform.config import Resource
from validator.readers.terraform.hcl import tree
from validator.readers.terraform.hcl.bodies import Body
from validator.readers.terraform.hcl.walk import Reference, in_body, references
from validator.readers.terraform.sources import Static

_KEY = re.compile(r'\["' + possessive(r'[^"\\]++|\\.') + r'"\]|\[[^"\]]*\]')


MAX_CHAIN = 200
"""How long a way through variables, locals and outputs may be; what is behind it is not seen."""


class Dependencies:
    """The order of a unit, worked out for what is asked about."""

    def __init__(self, root: Static, instances: dict[str, list[str]], unit: str) -> None:
        self.root = root
        self.unit = unit
        self.instances = instances
        self._kept: dict[tuple[str, ...], frozenset[str]] = {}
        self._open: set[tuple[str, ...]] = set()
        self._addresses: dict[tuple[str, ...], frozenset[str]] = {}

    def __call__(self, address: str) -> frozenset[str]:
        """The addresses that an address waits for, one hop."""
        _, _, name = address.partition("#")
        static, which = self._find(_KEY.sub("", name))
        if static is None or which is None or which not in static.config.resources:
            return frozenset()
        key = (static.path, *which)
        if key not in self._addresses:
            found: set[str] = set()
            for one in self._of_resource(static, which):
                found.add(address_of(self.unit, one))
                found.update(self.instances.get(one, ()))
            self._addresses[key] = frozenset(found)
        return self._addresses[key]

    def knows(self, body: Body, address: str) -> bool:
        """Whether a block of the root module refers to a resource, however many hops away."""
        own = _KEY.sub("", address.partition("#")[2])
        queue = [name for one in in_body(body) for name in self._target(self.root, one)]
        seen = set(queue)
        while queue:
            name = queue.pop()
            if name == own:
                return True
            static, which = self._find(name)
            if static is not None and which is not None and which in static.config.resources:
                fresh = self._of_resource(static, which) - seen
                seen |= fresh
                queue += fresh
        return False

    def _find(self, name: str) -> tuple[Static | None, Resource | None]:
        static: Static | None = self.root
        parts = name.split(".")
        while static is not None and len(parts) > 2 and parts[0] == "module":
            static = static.child(parts[1]) if parts[1] in static.config.calls else None
            parts = parts[2:]
        if len(parts) == 3 and parts[0] == "data":
            return static, ("data", parts[1], parts[2])
        return static, ("resource", parts[0], parts[1]) if len(parts) == 2 else None

    def _once(self, key: tuple[str, ...], make: Iterable[str]) -> frozenset[str]:
        kept = self._kept.get(key)
        if kept is not None:
            return kept
        if key in self._open or len(self._open) > MAX_CHAIN:
            return frozenset()
        self._open.add(key)
        try:
            made = frozenset(make)
        finally:
            self._open.discard(key)
        self._kept[key] = made
        return made

    def _of_resource(self, static: Static, which: Resource) -> frozenset[str]:
        return self._once((static.path, *which), self._resource(static, which))

    def _resource(self, static: Static, which: Resource) -> Iterable[str]:
        body = static.config.resources[which].body
        own = _name(static, which)
        waits = body.attributes.get("depends_on")
        skipped = frozenset({"depends_on", "provider"})
        for one in in_body(body, skipped=skipped):
            yield from (other for other in self._target(static, one) if other != own)
        if waits is not None:
            yield from self._explicit(static, waits.value)
        yield from self._of_call(static)

    def _of_call(self, static: Static) -> frozenset[str]:
        """What everything in a called module waits for."""
        return self._once((static.path, "call"), self._call(static))

    def _call(self, static: Static) -> Iterable[str]:
        if static.parent is None or static.call is None:
            return
        attributes = static.call.body.attributes
        for name in ("count", "for_each"):
            if name in attributes:
                for one in references(attributes[name].value):
                    yield from self._target(static.parent, one)
        if "depends_on" in attributes:
            yield from self._explicit(static.parent, attributes["depends_on"].value)
        yield from self._of_call(static.parent)

    def _explicit(self, static: Static, node: tree.Expr) -> Iterable[str]:
        """The items of `depends_on`; a module means everything in it."""
        for one in references(node):
            if one[0] == "module" and len(one) >= 2 and one[1] in static.config.calls:
                child = static.child(one[1])
                if child is None:
                    yield static.named(f"module.{one[1]}")
                else:
                    yield from self._everything(child)
            else:
                yield from self._target(static, one)

    def _everything(self, static: Static) -> frozenset[str]:
        return self._once((static.path, "everything"), self._inside(static))

    def _inside(self, static: Static) -> Iterable[str]:
        for which in static.config.resources:
            yield _name(static, which)
        for name in static.config.calls:
            child = static.child(name)
            if child is not None:
                yield from self._everything(child)

    def _target(self, static: Static, one: Reference) -> Iterable[str]:
        """The resources that a reference leads to."""
        match one:
            case ("var", name):
                return self._once((static.path, "var", name), self._variable(static, name))
            case ("local", name):
                return self._once((static.path, "local", name), self._local(static, name))
            case ("module", name, *output):
                return self._module(static, name, output[0] if output else None)
            case ("data", type_, name):
                which: Resource = ("data", type_, name)
                return [_name(static, which)] if which in static.config.resources else []
            case (type_, name):
                which = ("resource", type_, name)
                return [_name(static, which)] if which in static.config.resources else []
            case _:
                return []

    def _variable(self, static: Static, name: str) -> Iterable[str]:
        if static.parent is None or static.call is None:
            return
        argument = static.call.body.attributes.get(name)
        if argument is not None:
            for one in references(argument.value):
                yield from self._target(static.parent, one)

    def _local(self, static: Static, name: str) -> Iterable[str]:
        attribute = static.config.locals.get(name)
        if attribute is not None:
            for one in references(attribute.value):
                yield from self._target(static, one)

    def _module(self, static: Static, name: str, output: str | None) -> Iterable[str]:
        if name not in static.config.calls:
            return []
        child = static.child(name)
        if child is None:
            return [static.named(f"module.{name}")]
        outputs = child.config.outputs
        names = [output] if output is not None and output in outputs else list(outputs)
        found: set[str] = set()
        for one in names:
            found |= self._once((child.path, "output", one), self._output(child, one))
        return found

    def _output(self, static: Static, name: str) -> Iterable[str]:
        attributes = static.config.outputs[name].body.attributes
        if "value" in attributes:
            for one in references(attributes["value"].value):
                yield from self._target(static, one)
        if "depends_on" in attributes:
            yield from self._explicit(static, attributes["depends_on"].value)


def _name(static: Static, which: Resource) -> str:
    mode, type_, name = which
    return static.named(f"data.{type_}.{name}" if mode == "data" else f"{type_}.{name}")
