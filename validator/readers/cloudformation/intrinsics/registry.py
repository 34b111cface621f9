"""The functions by name."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final, TypeAlias

from validator.graph import values as v
from validator.readers.cloudformation.nodes import Call

if TYPE_CHECKING:
    from validator.readers.cloudformation.scope import Scope

Function: TypeAlias = "Callable[[Scope, Call], v.Node | None]"

FUNCTIONS: Final[dict[str, Function]] = {}


def function(name: str) -> Callable[[Function], Function]:
    """Register what a function evaluates to."""

    def register(body: Function) -> Function:
        FUNCTIONS[name] = body
        return body

    return register
