"""From the grammar's rules to the syntax tree, and what the grammar lets pass but Terraform not.

The methods carry the names of python-hcl2's rules; the parser calls them as it reduces, so neither
a tree in between nor recursion over it is needed.
"""

# ruff: noqa: D102  (each callback is the rule of its name)

from __future__ import annotations

from typing import Any

from validator.readers.terraform.hcl.bodies import Attribute, Block, Body
from validator.readers.terraform.hcl.build_expressions import Expressions
from validator.readers.terraform.hcl.build_leaves import Line
from validator.readers.terraform.hcl.source import Fault, Node
from validator.readers.terraform.hcl.tree import Name, Template


class Builder(Expressions):
    """Callbacks for one parser object, bodies and blocks among them.

    Those of `SAME` give an only child back as it is.
    """

    SAME = frozenset({"start", "expr_term", "binary_operator", "object_elem_key", "string_part"})

    # --- bodies

    def attribute(self, children: list[Any]) -> Attribute:
        name, _, value = children
        # `null = ...` is the name of a provider: the grammar takes it for the value.
        word = name.name if isinstance(name, Name) else self.source.text[name.start : name.end]
        return Attribute(self.source, name.start, word, name.end, value)

    def block(self, children: list[Any]) -> Block:
        body: Body = children[-2]
        opening, closing = children[-3], children[-1]
        head = [one for one in children[:-3] if isinstance(one, Node)]
        if len(head) != len(children) - 3:
            raise Fault("the brace of a block must stand on the line that opens it", head[0].start)
        body.start, body.end = self._at(opening), self._to(closing)
        text = self.source.text
        if "\n" not in text[body.start : body.end]:
            if body.blocks or len(body.attributes) > 1:
                raise Fault("a block on one line may hold one argument only", body.start, body.end)
        elif body.attributes or body.blocks:
            inner = [*body.attributes.values(), *body.blocks]
            first, last = min(one.start for one in inner), max(one.end for one in inner)
            if "\n" not in text[body.start : first]:
                raise Fault("the line must end after the brace that opens a block", body.start)
            if "\n" not in text[last : body.end]:
                raise Fault("the brace that closes a block needs a line of its own", body.end - 1)
        type_, *labels = head
        start = type_.start
        return Block(
            self.source,
            start,
            body.end,
            text[type_.start : type_.end],
            [self._label(label) for label in labels],
            body,
        )

    def _label(self, label: Node) -> str:
        written = self.source.text[label.start : label.end]
        if not isinstance(label, Template):
            return written
        if "${" in written.replace("$${", "") or "%{" in written.replace("%%{", ""):
            raise Fault("a block's label may not hold a template", label.start, label.end)
        if "\\" not in written:
            return written[1:-1]
        return written[1:-1].replace('\\"', '"').replace("\\\\", "\\")

    def body(self, children: list[Any]) -> Body:
        body = Body(self.source, self.base, self.base)
        previous = -1
        for child in children:
            if isinstance(child, Line):
                continue
            if previous >= 0 and "\n" not in self.source.text[previous : child.start]:
                raise Fault("an argument or block must start on a line of its own", child.start)
            previous = child.end
            if isinstance(child, Attribute):
                if child.name in body.attributes:
                    raise Fault(
                        f"{child.name} is set twice", child.start, child.start + len(child.name)
                    )
                body.attributes[child.name] = child
            else:
                body.blocks.append(child)
        return body

    def start(self, children: list[Any]) -> Body:
        return children[0]  # type: ignore[no-any-return]
