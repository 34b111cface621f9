"""What a called module whose source is not at hand can know of: nothing but its inputs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from validator.graph.text import Json, Lit, Ref, Text
from validator.graph.values import Fields, Items, Known, Node, Unknown
from validator.graph.world import Gap
from validator.readers.terraform.cty.nodes import to_node
from validator.readers.terraform.evaluate import evaluate
from validator.readers.terraform.hcl.walk import in_body
from validator.records import replace

if TYPE_CHECKING:
    from validator.readers.terraform.dependencies import Dependencies
    from validator.readers.terraform.module import Module

_DEPTH = 20
_NO_INPUTS = frozenset({"source", "version", "providers", "depends_on"})
_TAGS = re.compile(r"(?:[a-z0-9_]+_)?tags(?:_[a-z0-9_]+)?")
_ELSEWHERE = frozenset({"terraform_remote_state", "aws_ssm_parameter", "external", "http"})
"""Data sources that may hold any name; others look up things of a kind of their own."""


def gaps_with_reach(root: Module, dependencies: Dependencies) -> tuple[Gap, ...]:
    """The gaps of a unit; those of missing modules know what the modules are given."""
    return tuple(
        gap
        if call is None or call[0]
        else replace(gap, touches=_Inputs(root, call[1], dependencies).touch)
        for gap, call in root.run.gaps.items()
    )


class _Inputs:
    """The inputs of a call in the root module."""

    def __init__(self, root: Module, name: str, dependencies: Dependencies) -> None:
        self._root = root
        self._dependencies = dependencies
        self._body = root.config.calls[name].body
        # Tags name nothing to act on.
        tags = (name for name in self._body.attributes if _TAGS.fullmatch(name))
        self._skipped = frozenset((*_NO_INPUTS, *tags))
        self._open: bool | None = None
        self._nodes: list[Node] = []

    def touch(self, address: str, name: str | None) -> bool:
        """Whether one of the inputs refers to a resource, holds its name, or may hold it.

        A name that AWS makes up at the deploy can only be handed on by reference.
        """
        if self._open is None:
            self._open = self._leads_elsewhere()
            for attribute in self._body.attributes.values():
                if attribute.name in self._skipped:
                    continue
                self._nodes.append(to_node(evaluate(attribute.value, self._root.scope)))
        if self._open:
            return True
        if name == "":
            return self._dependencies.knows(self._body, address)
        return any(_holds(node, address, name, _DEPTH) for node in self._nodes)

    def _leads_elsewhere(self) -> bool:
        for one in in_body(self._body, skipped=self._skipped):
            if one[0] == "data" and one[1] in _ELSEWHERE:
                return True
            if one[0] == "module" and self._root.static.child(one[1]) is None:
                return True
        return False


def _holds(node: Node, address: str, name: str | None, depth: int) -> bool:
    if depth == 0:
        return True
    match node:
        case Unknown(key=key):
            return _may_be_any_name(key)
        case Known(value=Text() as words):
            return any(_text_holds(words, address, name, depth))
        case Known(value=Items(items=items, rest=rest)):
            return rest is not None or any(_holds(one, address, name, depth - 1) for one in items)
        case Known(value=Fields(entries=entries, rest=rest)):
            return rest is not None or any(
                _holds(one.value, address, name, depth - 1) for one in entries
            )
        case Known():
            return False


def _text_holds(words: Text, address: str, name: str | None, depth: int) -> Iterator[bool]:
    literal = "".join(piece.text for piece in words.pieces if isinstance(piece, Lit))
    yield name is not None and name in literal
    for piece in words.pieces:
        match piece:
            case Ref(target=target):
                yield target == address
            case Json(node=node):
                yield _holds(node, address, name, depth - 1)
            case Lit():
                pass
            case _:
                yield _may_be_any_name(getattr(piece, "key", ""))


def _may_be_any_name(key: str) -> bool:
    """Whether an open value may be a name that somebody chose: that of a variable may."""
    _, _, name = key.partition("#")
    return not name or "var." in name or "module." in name
