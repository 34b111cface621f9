"""Calls, and steps behind a value: `.name`, `[key]`, splats."""

# ruff: noqa: D102  (each callback is the rule of its name)

from __future__ import annotations

from decimal import Decimal
from typing import Any

from validator.readers.terraform.hcl.build_leaves import MAX_CHAIN, Arguments, Leaves, Step
from validator.readers.terraform.hcl.source import Fault, Node
from validator.readers.terraform.hcl.tree import (
    Attr,
    Call,
    Each,
    Expr,
    Index,
    Literal,
    Name,
    Splat,
)


class Steps(Leaves):
    """Callbacks for calls and steps."""

    # --- calls

    def function_call(self, children: list[Any]) -> Call:
        names = [one for one in children if isinstance(one, Name)]
        arguments = next((one for one in children if isinstance(one, Arguments)), None)
        return Call(
            self.source,
            names[0].start,
            self._to(children[-1]),
            "::".join(name.name for name in names),
            arguments.items if arguments else [],
            bool(arguments and arguments.expand),
        )

    def arguments(self, children: list[Any]) -> Arguments:
        items: list[Any] = [one for one in children if isinstance(one, Node)]
        expand = any(getattr(one, "type", "") == "ELLIPSIS" for one in children)
        return Arguments(items, expand)

    # --- steps

    def _applied(self, of: Expr, step: Step) -> Expr:
        start, end = of.start, step.end
        each: Expr
        if step.kind == "attr":
            return Attr(self.source, start, end, of, step.name)
        if step.key is not None:
            text = of.source.text
            if step.kind == "legacy" and isinstance(of, Index) and text[of.key.start - 1] == ".":
                raise Fault("two indexes in a row are written in brackets", step.start, step.end)
            return Index(self.source, start, end, of, step.key)
        if isinstance(of, Splat) and of.full:
            # What follows `[*]` belongs to each item, another `[*]` too.
            return Splat(
                self.source, start, end, of.of, of.item, self._applied(of.each, step), True
            )
        item = Each(self.source, of.start, of.end)
        each = item
        for inner in step.steps:
            each = self._applied(each, inner)
        full = step.name == "[*]"
        return Splat(self.source, start, max(end, each.end), of, item, each, full)

    def _chained(self, children: list[Any]) -> Expr:
        of, step = children
        chain = 0
        walk = of
        while isinstance(walk, Attr | Index | Splat):
            chain += 1
            walk = walk.of
            if chain > MAX_CHAIN:
                raise Fault(f"more than {MAX_CHAIN} steps in a row", of.start)
        return self._applied(of, step)

    index_expr_term = _chained
    get_attr_expr_term = _chained
    attr_splat_expr_term = _chained
    full_splat_expr_term = _chained

    def braces_index(self, children: list[Any]) -> Step:
        key = next(one for one in children if isinstance(one, Node))
        step = Step("index", self._at(children[0]), self._to(children[-1]))
        step.key = key  # type: ignore[assignment]
        return step

    def short_index(self, children: list[Any]) -> Step:
        dot, number = children
        start, end = self._at(number), self._to(number)
        step = Step("legacy", self._at(dot), end)
        step.key = Literal(self.source, start, end, Decimal(number.text))
        return step

    def get_attr(self, children: list[Any]) -> Step:
        dot, name = children
        step = Step("attr", self._at(dot), name.end)
        step.name = self.source.text[name.start : name.end]
        return step

    def _splat(self, children: list[Any]) -> Step:
        token, *steps = children
        step = Step("splat", self._at(token), steps[-1].end if steps else self._to(token))
        step.name = token.text
        step.steps = steps
        return step

    attr_splat = _splat
    full_splat = _splat
