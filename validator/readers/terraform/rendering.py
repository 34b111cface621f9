"""Templates to texts in pieces."""

from __future__ import annotations

from validator.graph.text import Lit, Piece
from validator.graph.values import Step
from validator.readers.terraform.cty.convert import as_string, converted
from validator.readers.terraform.cty.strings import Str
from validator.readers.terraform.cty.types import BOOL, STRING
from validator.readers.terraform.cty.values import MAX_TRAIL, Bool, Limit, Null, Refused, Unk, Val
from validator.readers.terraform.dispatch import evaluate, evaluates
from validator.readers.terraform.hcl import tree
from validator.readers.terraform.hcl.source import Node
from validator.readers.terraform.loops import pairs_of
from validator.readers.terraform.scope import Scope


@evaluates(tree.Template)
def _template(node: tree.Template, scope: Scope) -> Val:
    if node.wraps:
        part = node.parts[0]
        assert not isinstance(part, tree.Chars | tree.If | tree.Repeat)
        return evaluate(part, scope)
    out = Rendered()
    out.add(node.parts, scope)
    if out.unknown is not None:
        return out.unknown
    made = Str(tuple(out.pieces), node.span)
    made.trail = tuple(dict.fromkeys(out.trail))[:MAX_TRAIL]
    made.secret = out.secret
    return made


class Rendered:
    """The pieces of a template so far."""

    def __init__(self) -> None:
        self.pieces: list[Piece] = []
        self.trail: list[Step] = []
        self.secret = False
        self.unknown: Unk | None = None

    def add(self, parts: list[tree.Part], scope: Scope) -> None:
        """Render parts behind what there is."""
        for part in parts:
            if self.unknown is not None:
                return
            if isinstance(part, tree.Chars):
                self.pieces.append(Lit(part.text, part.span, part.margin))
            elif isinstance(part, tree.If):
                self._if(part, scope)
            elif isinstance(part, tree.Repeat):
                self._repeat(part, scope)
            else:
                self._value(evaluate(part, scope), part)

    def _value(self, value: Val, part: tree.Expr) -> None:
        if isinstance(value, Null):
            raise Refused("a null value cannot be part of a text")
        words = as_string(value)
        self.secret = self.secret or value.secret
        if isinstance(words, Unk):
            if words.error and words.dangling is None:
                self.unknown = words
            self.pieces.append(words.piece())
        elif isinstance(words, Str):
            self.pieces.extend(words.pieces)
        self.trail.extend(words.trail)

    def _if(self, part: tree.If, scope: Scope) -> None:
        test = converted(evaluate(part.test, scope), BOOL)
        if isinstance(test, Bool):
            self.add(part.yes if test.value else part.no, scope)
        elif isinstance(test, Unk):
            self._open(test, part)
        else:
            raise Refused("the condition of this directive is null")

    def _repeat(self, part: tree.Repeat, scope: Scope) -> None:
        of = evaluate(part.of, scope)
        if isinstance(of, Unk):
            self._open(of, part)
            return
        pairs, rest = pairs_of(of)
        scope.module.budget.spend(len(pairs))
        for key, value in pairs:
            bound = {part.value_name: value}
            if part.key_name:
                bound[part.key_name] = key
            self.add(part.parts, scope.binding(**bound))
            if len(self.pieces) > 100_000:
                raise Limit("this template has more than 100000 pieces")
        if rest is not None:
            self._open(rest, part)

    def _open(self, unknown: Unk, part: Node) -> None:
        if unknown.error:
            self.unknown = unknown
            return
        span = part.span
        self.pieces.append(
            unknown.of(STRING, f"{unknown.key or span} in {span.file}:{span.line}").piece()
        )
