"""Where an expression stands, and what evaluating it may cost."""

from __future__ import annotations

from typing import Protocol

from validator.graph.span import Span
from validator.graph.text import Lit
from validator.readers.terraform.cty.strings import Str
from validator.readers.terraform.cty.values import Limit, Val
from validator.readers.terraform.hcl import tree

MAX_DEPTH = 400


MAX_STEPS = 500_000


class Budget:
    """What evaluation may still cost; one for a whole unit."""

    __slots__ = ("depth", "steps")

    def __init__(self, steps: int = MAX_STEPS) -> None:
        self.steps = steps
        self.depth = 0

    def spend(self, steps: int) -> None:
        """Count work. Raises `Limit`."""
        self.steps -= steps
        if self.steps < 0:
            raise Limit(f"evaluating this unit takes more than {MAX_STEPS} steps")

    def look(self, *values: Val) -> None:
        """Count the work of looking through whole values. Raises `Limit`."""
        work = 0
        for value in values:
            work += value.size
            if isinstance(value, Str):
                work += sum(len(one.text) for one in value.pieces if isinstance(one, Lit)) // 32
        self.spend(work // 8)


class Names(Protocol):
    """What references mean in a module."""

    @property
    def budget(self) -> Budget:
        """What evaluation may still cost."""
        ...

    def reference(self, root: str, name: str, scope: Scope, span: Span) -> Val | None:
        """`root.name`; None if `root` is nothing that has names."""
        ...

    def data(self, type_: str, name: str, span: Span) -> Val:
        """`data.type.name`."""
        ...

    def call(self, name: str, arguments: list[Val], node: tree.Call, scope: Scope) -> Val:
        """A function that is no special form."""
        ...


class Scope:
    """Where an expression stands: its module, and the names that a loop or a block binds."""

    __slots__ = ("bound", "module")

    def __init__(self, module: Names, bound: dict[str, Val] | None = None) -> None:
        self.module = module
        self.bound = bound or {}

    def binding(self, **names: Val) -> Scope:
        """The scope with more names."""
        return Scope(self.module, {**self.bound, **names})
