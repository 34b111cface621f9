"""From the grammar's rules to the syntax tree, and what the grammar lets pass but Terraform not.

The methods carry the names of python-hcl2's rules; Lark calls them as it reduces, so neither a
tree in between nor recursion over it is needed.
"""

# ruff: noqa: D102  (each callback is the rule of its name)

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any, TypeAlias, cast

from validator.readers.terraform.hcl.mask import Masked, Quoted
from validator.readers.terraform.hcl.source import Fault, Source
from validator.readers.terraform.hcl.tree import (
    Attr,
    Attribute,
    Binary,
    Block,
    Body,
    Call,
    Conditional,
    Each,
    Expr,
    For,
    Index,
    Literal,
    Name,
    Node,
    Object,
    Paren,
    Splat,
    Template,
    Tuple,
    Unary,
)

_LITERALS: dict[str, bool | None] = {"true": True, "false": False, "null": None}
MAX_CHAIN = 500
"""How many operators or steps may follow one another."""


_Pair: TypeAlias = "tuple[Expr, Expr]"


class _Line:
    """A line break that may matter."""

    __slots__ = ("start",)

    def __init__(self, start: int) -> None:
        self.start = start


class _Step:
    """`.name`, `[key]` or a splat, before what it is applied to is known."""

    __slots__ = ("end", "key", "kind", "name", "start", "steps")

    def __init__(self, kind: str, start: int, end: int) -> None:
        self.kind = kind
        self.start = start
        self.end = end
        self.name = ""
        self.key: Expr | None = None
        self.steps: list[_Step] = []


class _Term:
    """An operator and its right side."""

    __slots__ = ("operator", "x")

    def __init__(self, operator: str, x: Expr) -> None:
        self.operator = operator
        self.x = x


class _Arguments:
    __slots__ = ("expand", "items")

    def __init__(self, items: list[Expr], expand: bool) -> None:
        self.items = items
        self.expand = expand


class Builder:
    """Callbacks for one parser object; `begin` names the text that is parsed next."""

    def __init__(self) -> None:
        self.source = Source("", "")
        self.base = 0
        self.masked = Masked("")
        self.pending: list[tuple[Template, Quoted]] = []

    def begin(self, source: Source, base: int, masked: Masked) -> None:
        """Set the text; `base` is the offset that the masked text's offsets count from."""
        self.source = source
        self.base = base
        self.masked = masked
        self.pending = []

    # --- helpers

    def _at(self, token: Any) -> int:
        return self.base + int(token.start_pos)

    def _to(self, token: Any) -> int:
        return self.base + int(token.end_pos)

    def _word(self, token: Any) -> str:
        return self.source.text[self._at(token) : self._to(token)]

    def _plain(self, children: list[Any]) -> list[Any]:
        """What is no line break; here none may stand."""
        for child in children:
            if isinstance(child, _Line):
                raise Fault("an expression may not go on here on a new line", child.start)
        return children

    # --- leaves

    def new_line_or_comment(self, children: list[Any]) -> _Line:
        return _Line(self._at(children[0]))

    def identifier(self, children: list[Any]) -> Name:
        token = children[0]
        return Name(self.source, self._at(token), self._to(token), self._word(token))

    keyword = identifier

    def literal_value(self, children: list[Any]) -> Literal:
        token = children[0]
        value = _LITERALS[str(token)]
        return Literal(self.source, self._at(token), self._to(token), value)

    def int_lit(self, children: list[Any]) -> Literal:
        token = children[0]
        start, end = self._at(token), self._to(token)
        try:
            number = Decimal(str(token))
        except InvalidOperation:
            raise Fault("this is no number", start, end) from None
        # (Exponents beyond this are no sizes or ports but an attack.)
        if number.adjusted() > 4000 or number.adjusted() < -4000:
            raise Fault("this number is too large", start, end)
        literal = Literal(self.source, start, end, number)
        return self._signed(literal, token)  # type: ignore[return-value]

    float_lit = int_lit

    def string(self, children: list[Any]) -> Template:
        start, end = self._at(children[0]), self._to(children[-1])
        template = Template(self.source, start, end)
        self.pending.append((template, self.masked.quoted[start - self.base]))
        return template

    def string_part(self, children: list[Any]) -> Any:
        return children[0]

    # --- expressions

    def expr_term(self, children: list[Any]) -> Any:
        if len(children) == 1:
            return children[0]
        self._plain(children)
        return Paren(self.source, self._at(children[0]), self._to(children[-1]), children[1])

    def _signed(self, x: Expr, token: Any) -> Expr:
        """With the signs that were hidden before a token."""
        for offset in reversed(self.masked.signs.get(int(token.start_pos), ())):
            start = self.base + offset
            x = Unary(self.source, start, x.end, self.source.text[start], x)
        return x

    def unary_op(self, children: list[Any]) -> Expr:
        token, x = children
        inner = Unary(self.source, self._at(token), x.end, str(token), x)
        return self._signed(inner, token)

    def binary_operator(self, children: list[Any]) -> Any:
        return children[0]

    def binary_term(self, children: list[Any]) -> _Term:
        operator, *rest = self._plain(children)
        return _Term(str(operator), rest[-1])

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

    def object_elem(self, children: list[Any]) -> _Pair:
        return children[0], children[-1]

    def object(self, children: list[Any]) -> Object:
        entries: list[_Pair] = []
        separated = True
        for child in children[1:-1]:
            if not isinstance(child, tuple):
                separated = True
                continue
            key, value = cast(_Pair, child)
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

    # --- calls

    def function_call(self, children: list[Any]) -> Call:
        names = [one for one in children if isinstance(one, Name)]
        arguments = next((one for one in children if isinstance(one, _Arguments)), None)
        return Call(
            self.source,
            names[0].start,
            self._to(children[-1]),
            "::".join(name.name for name in names),
            arguments.items if arguments else [],
            bool(arguments and arguments.expand),
        )

    def arguments(self, children: list[Any]) -> _Arguments:
        items: list[Any] = [one for one in children if isinstance(one, Node)]
        expand = any(getattr(one, "type", "") == "ELLIPSIS" for one in children)
        return _Arguments(items, expand)

    # --- steps

    def _applied(self, of: Expr, step: _Step) -> Expr:
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

    def braces_index(self, children: list[Any]) -> _Step:
        key = next(one for one in children if isinstance(one, Node))
        step = _Step("index", self._at(children[0]), self._to(children[-1]))
        step.key = key  # type: ignore[assignment]
        return step

    def short_index(self, children: list[Any]) -> _Step:
        dot, number = children
        start, end = self._at(number), self._to(number)
        step = _Step("legacy", self._at(dot), end)
        step.key = Literal(self.source, start, end, Decimal(str(number)))
        return step

    def get_attr(self, children: list[Any]) -> _Step:
        dot, name = children
        step = _Step("attr", self._at(dot), name.end)
        step.name = self.source.text[name.start : name.end]
        return step

    def _splat(self, children: list[Any]) -> _Step:
        token, *steps = children
        step = _Step("splat", self._at(token), steps[-1].end if steps else self._to(token))
        step.name = str(token)
        step.steps = steps
        return step

    attr_splat = _splat
    full_splat = _splat

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

    # --- bodies

    def attribute(self, children: list[Any]) -> Attribute:
        name, _, value = children
        word = self.source.text[name.start : name.end]
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
            if isinstance(child, _Line):
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
