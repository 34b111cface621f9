"""Expressions: operators, conditions, lists, objects and `for`."""

# ruff: noqa: D102  (each callback is the rule of its name)

from __future__ import annotations

from typing import Any, cast

from validator.readers.terraform.hcl.build_leaves import MAX_CHAIN, Pair, Term
from validator.readers.terraform.hcl.build_steps import Steps
from validator.readers.terraform.hcl.source import Fault, Node
from validator.readers.terraform.hcl.tree import (
    Binary,
    Conditional,
    Expr,
    For,
    Name,
    Object,
    Paren,
    Tuple,
    Unary,
)


class Expressions(Steps):
    """Callbacks for expressions."""

    # --- expressions

    def expr_term(self, children: list[Any]) -> Any:
        if len(children) == 1:
            return children[0]
        self._plain(children)
        return Paren(self.source, self._at(children[0]), self._to(children[-1]), children[1])

    def unary_op(self, children: list[Any]) -> Expr:
        token, x = children
        inner = Unary(self.source, self._at(token), x.end, token.text, x)
        return self._signed(inner, token)

    def binary_operator(self, children: list[Any]) -> Any:
        return children[0]

    def binary_term(self, children: list[Any]) -> Term:
        operator, *rest = self._plain(children)
        return Term(operator.text, rest[-1])

    def binary_op(self, children: list[Any]) -> Binary:
        left, term = children[0], children[1]
        chain = 0
        walk = left
        while isinstance(walk, Binary):
            chain += 1
            walk = walk.left
            if chain > MAX_CHAIN:
                raise Fault(f"more than {MAX_CHAIN} operators in a row", left.start)
        return Binary(self.source, left.start, term.x.end, term.operator, left, term.x)

    def conditional(self, children: list[Any]) -> Conditional:
        test, _, yes, _, no = self._plain(children)
        return Conditional(self.source, test.start, no.end, test, yes, no)

    def interpolation(self, children: list[Any]) -> Any:
        return children[1]

    def tuple(self, children: list[Any]) -> Tuple:
        items: list[Any] = [one for one in children if isinstance(one, Node)]
        return Tuple(self.source, self._at(children[0]), self._to(children[-1]), items)

    def object_elem_key(self, children: list[Any]) -> Any:
        return children[0]

    def object_elem(self, children: list[Any]) -> Pair:
        return children[0], children[-1]

    def object(self, children: list[Any]) -> Object:
        entries: list[Pair] = []
        separated = True
        for child in children[1:-1]:
            if not isinstance(child, tuple):
                separated = True
                continue
            key, value = cast(Pair, child)
            between = self.source.text[entries[-1][1].end : key.start] if entries else "\n"
            if not separated and "\n" not in between:
                raise Fault(
                    "a comma or a line break must stand before this key", key.start, key.end
                )
            if isinstance(key, Name) and key.name == "for" and not entries:
                raise Fault("a for expression needs a name after for", key.start, key.end)
            entries.append((key, value))
            separated = False
        return Object(self.source, self._at(children[0]), self._to(children[-1]), entries)

    # --- for

    def for_intro(self, children: list[Any]) -> For:
        named = [one for one in children if isinstance(one, Node)]
        loop = For(self.source, self._at(children[0]), named[-1].end)
        names = [one.name for one in named[:-1] if isinstance(one, Name)]
        loop.key_name = names[0] if len(names) == 2 else None
        loop.value_name = names[-1]
        loop.of = named[-1]  # type: ignore[assignment]
        return loop

    def for_cond(self, children: list[Any]) -> Paren:
        x = children[-1]
        return Paren(self.source, self._at(children[0]), x.end, x)

    def for_tuple_expr(self, children: list[Any]) -> For:
        loop, *rest = [one for one in children if isinstance(one, Node)]
        assert isinstance(loop, For)
        loop.start, loop.end = self._at(children[0]), self._to(children[-1])
        self._tested(loop, rest)
        loop.value = rest[0]  # type: ignore[assignment]
        return loop

    def for_object_expr(self, children: list[Any]) -> For:
        loop, *rest = [one for one in children if isinstance(one, Node)]
        assert isinstance(loop, For)
        loop.start, loop.end = self._at(children[0]), self._to(children[-1])
        loop.group = any(getattr(one, "type", "") == "ELLIPSIS" for one in children)
        self._tested(loop, rest)
        loop.key, loop.value = rest  # type: ignore[assignment]
        return loop

    def _tested(self, loop: For, rest: list[Node]) -> None:
        last = rest[-1]
        if isinstance(last, Paren) and self.source.text.startswith("if", last.start):
            loop.test = last.x
            rest.pop()
