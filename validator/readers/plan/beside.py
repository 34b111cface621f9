"""A plan beside its sources: it settles what they leave open, and nothing else."""

from __future__ import annotations

from collections.abc import Collection

from validator.files import Files
from validator.findings import Diagnostic
from validator.graph.span import Span
from validator.graph.text import Hole, Json, Ref, Text, text
from validator.graph.values import Fields, Items, Known, Node, Step, Unknown, moved, reached
from validator.readers import Settings
from validator.readers.plan import opened
from validator.readers.plan.document import Config, Plan, steps
from validator.readers.plan.places import Places
from validator.readers.plan.values import Shaped, node

_MANY = 100_000


class Beside:
    """What a plan knows of the sources that it was made from."""

    def __init__(self, plan: Plan, settings: Settings) -> None:
        self.plan = plan
        places = Places(plan, settings)
        self.account = places.account()
        self.region = places.region()
        self._calls: dict[str, dict[str, None]] = {}
        for one in plan.resources.values():
            self._gather(one.module)

    def _gather(self, module: str) -> None:
        name = ""
        for part in steps(module):
            if part[0] == "[":
                self._calls[name][part] = None
                name += part
            else:
                name = f"{name}.{part}" if name else part
                if part != "module":
                    self._calls.setdefault(name, {})

    def misfit(self, resources: Collection[str], calls: Collection[str]) -> str:
        """What tells that it is no plan of a root module, in words; empty if nothing does."""
        for what, ours, theirs in (
            ("resource or data source", resources, self.plan.root.resources),
            ("module call", calls, self.plan.root.calls),
        ):
            for one in sorted(set(theirs) - set(ours)):
                return f"it has a {what} {one} that is not in the files"
            for one in sorted(set(ours) - set(theirs)):
                return f"it lacks the {what} {one}"
        return ""

    def keys(self, name: str) -> list[str] | None:
        """The instance keys of a resource or module call, in brackets; None if it tells nothing."""
        parts = steps(name)
        if "module" in parts[-2:-1]:
            return self._keys_of_call(name, parts[-1])
        size = 3 if "data" in parts[-3:-2] else 2
        local = ".".join(parts[-size:])
        module = name.removesuffix(local).removesuffix(".")
        config = self.plan.config_of(module)
        if config is None or local not in config.resources:
            return None
        found = [self.plan.resources[one].key for one in self.plan.instances.get(name, ())]
        return found if all(found) else None

    def _keys_of_call(self, name: str, call: str) -> list[str] | None:
        config = self.plan.config_of(name.removesuffix(f"module.{call}").removesuffix("."))
        if config is None or call not in config.calls or not _holds(config.calls[call]):
            # A module without resources does not show in a plan, whether it is called or not.
            return None
        return list(self._calls.get(name, ()))

    def variable(self, name: str) -> Node | None:
        """The value of a root variable."""
        if name not in self.plan.variables:
            return None
        span = Span(self.plan.name, 1, 1, 1, 2)
        return _plain(Shaped(self.plan.variables[name], path=(name,)), span)

    def fresh(self, address: str) -> bool | None:
        """Whether the deploy makes a resource anew; None if the plan does not say."""
        resource = self.plan.resources.get(address)
        return None if resource is None else resource.fresh

    def settled(self, address: str, attribute: str, ours: Node | None) -> Node | None:
        """An attribute as planned if the plan holds all of it; None if it has no more than `ours`.

        What refers to a resource stays as it is written.
        """
        resource = self.plan.resources.get(address)
        if resource is None or not resource.knows(attribute):
            return None
        if ours is not None and not _is_open(ours):
            return None
        span = self.plan.span(address)
        shaped = Shaped(resource.values, None, resource.sensitive).field(attribute)
        found = reached(_plain(shaped, span), Step(f"the plan {self.plan.name}", span))
        return found if ours is None else moved(found, ours.span)


def _plain(shaped: Shaped, span: Span) -> Node:
    def known(leaf: Shaped) -> Node:
        return Known(text(str(leaf.value)), span)

    return node(shaped, span, lambda leaf: Unknown("the plan leaves this out", span), known)


def _holds(config: Config) -> bool:
    """Whether a module has resources, or calls one that has."""
    return bool(config.resources) or any(_holds(one) for one in config.calls.values())


def _is_open(ours: Node) -> bool:
    """Whether something in a value is unknown, and nothing in it refers to a resource."""
    found = False
    waiting: list[Node] = [ours]
    seen = 0
    while waiting:
        one = waiting.pop()
        seen += 1
        if seen > _MANY:
            return False
        match one:
            case Unknown():
                found = True
            case Known(value=Items(items=items, rest=rest)):
                found = found or rest is not None
                waiting += items
            case Known(value=Fields(entries=entries, rest=rest)):
                found = found or rest is not None
                for entry in entries:
                    waiting += [entry.value, Known(entry.key, entry.span)]
            case Known(value=Text(pieces=pieces)):
                for piece in pieces:
                    match piece:
                        case Ref():
                            return False
                        case Hole():
                            found = True
                        case Json():
                            waiting.append(piece.node)
                        case _:
                            pass
            case _:
                pass
    return found


def beside(files: Files, settings: Settings) -> Beside | Diagnostic:
    """The plan that the settings name, or what is wrong with it."""
    plan = opened(settings.plan, files)
    return plan if isinstance(plan, Diagnostic) else Beside(plan, settings)
