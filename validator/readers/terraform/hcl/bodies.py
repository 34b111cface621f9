"""The syntax tree of HCL above its expressions: blocks, and the arguments in their bodies."""

from __future__ import annotations

from validator.graph.span import Span
from validator.readers.terraform.hcl.source import Node, Source
from validator.readers.terraform.hcl.tree import Expr


class Attribute(Node):
    """`name = value` in a body."""

    __slots__ = ("name", "name_end", "value")

    def __init__(self, source: Source, start: int, name: str, name_end: int, value: Expr) -> None:
        super().__init__(source, start, value.end)
        self.name = name
        self.name_end = name_end
        self.value = value

    @property
    def name_span(self) -> Span:
        """Where the name stands."""
        return self.source.span(self.start, self.name_end)


class Body(Node):
    """Arguments by name, and blocks in written order."""

    __slots__ = ("attributes", "blocks")

    def __init__(self, source: Source, start: int, end: int) -> None:
        super().__init__(source, start, end)
        self.attributes: dict[str, Attribute] = {}
        self.blocks: list[Block] = []

    def blocks_of(self, type_: str) -> list[Block]:
        """The blocks of a type."""
        return [block for block in self.blocks if block.type == type_]


class Block(Node):
    """`type "label" { body }`."""

    __slots__ = ("body", "header_end", "labels", "type")

    def __init__(
        self, source: Source, start: int, end: int, type_: str, labels: list[str], body: Body
    ) -> None:
        super().__init__(source, start, end)
        self.type = type_
        self.labels = labels
        self.body = body
        self.header_end = body.start

    @property
    def header(self) -> Span:
        """The line that opens it, up to the brace."""
        return self.source.span(self.start, self.header_end)
