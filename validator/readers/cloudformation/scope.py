"""One stack in one world: what names mean there, and what nodes evaluate to.

A node evaluates to a value, or to None where `AWS::NoValue` removes it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from validator.graph import values as v
from validator.graph.span import Span
from validator.graph.text import Text
from validator.graph.world import Place
from validator.readers import Settings
from validator.readers.cloudformation.conditions import MAX_DEPTH, Answer, Compared, answer
from validator.readers.cloudformation.dynamic import settled_later
from validator.readers.cloudformation.given import Given
from validator.readers.cloudformation.intrinsics.registry import FUNCTIONS
from validator.readers.cloudformation.loops import looped, looped_text
from validator.readers.cloudformation.nodes import call, expression, plain
from validator.readers.cloudformation.pieces import too_large
from validator.readers.cloudformation.pseudo import symbol
from validator.readers.cloudformation.stack import Stack
from validator.readers.cloudformation.template import Written

if TYPE_CHECKING:
    from validator.readers.cloudformation.worlds import Assumption

MAX_STEPS_EACH: Final = 20_000
MAX_STEPS: Final = 400_000


class Budget:
    """How much may still be evaluated, of one value and of the whole unit."""

    __slots__ = ("depth", "each", "total")

    def __init__(self) -> None:
        self.depth = 0
        self.each = MAX_STEPS_EACH
        self.total = MAX_STEPS

    def spend(self, steps: int) -> None:
        """Take some steps; whoever asks next finds out whether any are left."""
        self.each -= steps
        self.total -= steps


class Scope:
    """The names of one stack in one world."""

    def __init__(
        self,
        stack: Stack,
        settings: Settings,
        given: Mapping[str, Given],
        assumption: Assumption,
        budget: Budget,
        parent: Scope | None = None,
    ) -> None:
        self.stack = stack
        self.settings = settings
        self.given = given
        self.assumption = assumption
        self.budget = budget
        self.parent = parent
        self.loops: Mapping[str, str] = {}
        self.parameters: dict[str, v.Node] = {}
        self.answers: dict[str, Answer | None] = {}
        # What mappings hold under keys that are open.
        self.mapped: dict[tuple[object, ...], v.Node | None] = {}
        # Comparisons that stayed open, noted while worlds are looked for.
        self.compared: list[Compared] | None = None
        self._children: dict[str, Scope] = {}

    def child(self, name: str) -> Scope | None:
        """The scope of a nested stack, by the logical ID that deploys it."""
        stack = self.stack.children.get(name)
        if stack is None:
            return None
        found = self._children.get(name)
        if found is None:
            found = Scope(stack, self.settings, {}, self.assumption, self.budget, self)
            found.compared = self.compared
            self._children[name] = found
        return found

    def within(self, written: Written) -> Scope:
        """The scope inside something that `Fn::ForEach` wrote out."""
        return self.looping(written.loops) if written.loops else self

    def looping(self, loops: Mapping[str, str]) -> Scope:
        """The same scope with loop variables."""
        inner = Scope.__new__(Scope)
        inner.__dict__.update(self.__dict__)
        inner.loops = {**self.loops, **loops}
        return inner

    @property
    def place(self) -> Place:
        """Where the stack is deployed to."""
        return Place(symbol(self, "account"), symbol(self, "region"), symbol(self, "partition"))

    @property
    def reading_place(self) -> Place | None:
        """Where the stack looks things up; None for a stack set, which does so in many places."""
        return None if self.stack.elsewhere else self.place

    def span(self, node: Node) -> Span:
        """Where a node stands."""
        return self.stack.template.source.span(node)

    def key_at(self, node: Node) -> str:
        """A name for what a node will be: the same for the same expression in the same stack."""
        shown = expression(node)
        if shown is None:
            shown = f"{node.start_mark.line + 1}:{node.start_mark.column + 1}"
        # The key's last part is what people see, so it must not hold the mark before it.
        loops = "".join(f"/{name}={value}" for name, value in self.loops.items())
        return self.stack.address(f"{shown}{loops}".replace("#", "%"))

    def unknown(self, node: Node, why: str, supply: str = "", key: str = "") -> v.Unknown:
        """A value that these files do not settle."""
        return v.Unknown(why, self.span(node), supply=supply, key=key or self.key_at(node))

    def condition(self, name: str, node: Node) -> Answer:
        """Whether a named condition is true in this world."""
        if name in self.answers:
            known = self.answers[name]
            if known is None:
                return v.Unknown(f"condition {name} leads back to itself", self.span(node))
            return known
        written = self.stack.conditions.get(name)
        if written is None:
            return v.Unknown(f"there is no condition {name}", self.span(node))
        settled = self.assumption.answers.get(f"{self.stack.prefix}{name}")
        if settled is not None:
            return v.Known(settled, self.span(written.key))
        self.answers[name] = None
        found = self.answers[name] = answer(self.within(written), written.body)
        return found

    def exists(self, written: Written) -> Answer:
        """Whether a resource of this stack is created in this world."""
        own: Answer = v.Known(True, self.span(written.key))
        node = written.get("Condition")
        if isinstance(node, ScalarNode):
            own = self.condition(looped_text(node.value, written.loops), node)
        if self.parent is None or self.stack.written is None:
            return own
        outer = self.parent.exists(self.stack.written)
        if isinstance(own, v.Known) and not own.value:
            return own
        if isinstance(outer, v.Known) and outer.value:
            return own
        return outer

    def fresh(self, node: Node) -> v.Node | None:
        """The value of a node, with a budget of its own."""
        self.budget.each = MAX_STEPS_EACH
        return self.value(node)

    def value(self, node: Node) -> v.Node | None:
        """The value of a node; None if `AWS::NoValue` removes it."""
        budget = self.budget
        budget.spend(1)
        if budget.depth >= MAX_DEPTH:
            return self.unknown(node, f"this is nested more than {MAX_DEPTH} levels deep")
        if budget.each < 0 or budget.total < 0:
            return self.unknown(node, "this template is too large to be evaluated")
        budget.depth += 1
        try:
            called = call(node)
            if called is not None:
                function = FUNCTIONS.get(called.name)
                if function is not None:
                    return function(self, called)
                return self.unknown(node, f"{called.name} is no function of CloudFormation")
            if isinstance(node, ScalarNode):
                return self._scalar(node)
            if isinstance(node, SequenceNode):
                return self._list(node)
            if isinstance(node, MappingNode):
                return self._object(node)
            return self.unknown(node, "this is no YAML that CloudFormation reads")
        finally:
            budget.depth -= 1

    def literal(self, node: Node) -> str | None:
        """The text of a node, if it evaluates to literal text (or a number or flag)."""
        found = self.value(node)
        words = None if found is None else v.as_text(found)
        return None if words is None else words.literal

    def _scalar(self, node: ScalarNode) -> v.Node:
        template = self.stack.template
        found = plain(node, is_json=template.is_json)
        span = self.span(node)
        if not isinstance(found, str):
            return v.Known(found, span)
        pieces = template.source.written(node)
        if self.loops and ("${" in found or "&{" in found):
            pieces = looped(pieces, self.loops)
            self.budget.spend(len(pieces))
        words = Text(pieces)
        if self.loops and too_large(words):
            return self.unknown(node, "this text grows larger than anything AWS takes")
        return v.Known(
            settled_later(words, self.reading_place) if "{{resolve:" in found else words, span
        )

    def _list(self, node: SequenceNode) -> v.Node:
        found = [self.value(item) for item in node.value]
        return v.Known(v.Items(tuple(item for item in found if item is not None)), self.span(node))

    def _object(self, node: MappingNode) -> v.Node:
        entries: list[v.Entry] = []
        rest: v.Unknown | None = None
        for key, value in node.value:
            name: str = key.value
            if name.startswith("Fn::ForEach::"):
                from validator.readers.cloudformation.foreach import entries_of

                more, open_end = entries_of(self, key, value)
                entries.extend(more)
                rest = open_end if rest is None else rest
                continue
            if name == "Fn::Transform":
                rest = self.unknown(key, "the transform written here is run by AWS only")
                continue
            evaluated = self.value(value)
            if evaluated is not None:
                entries.append(self.entry(key, evaluated))
        return v.Known(v.Fields(tuple(entries), rest), self.span(node))

    def entry(self, key: ScalarNode, value: v.Node) -> v.Entry:
        """A key and its value."""
        pieces = self.stack.template.source.written(key)
        if self.loops and "{" in key.value:
            pieces = looped(pieces, self.loops)
        return v.Entry(Text(pieces), value, self.span(key))


def scopes(base: Scope) -> list[Scope]:
    """The scopes of a stack and of all below it."""
    found = [base]
    for scope in found:
        found.extend(child for name in scope.stack.children if (child := scope.child(name)))
    return found
