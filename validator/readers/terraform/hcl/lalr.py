"""A text through the tables of a grammar: an LALR(1) parser whose lexer knows its state.

It does what Lark does with the same grammar, without importing Lark: the methods of a builder are
called with the children of each rule as it is reduced.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from validator.readers.terraform.hcl.scanner import Scanner, Token

Method = Callable[[list[Any]], Any]


class Unexpected(Exception):
    """What cannot stand here: from `start` up to `end`, which are equal if it is no word at all.

    At the end of the text both are its length.
    """

    def __init__(self, start: int, end: int, *, at_end: bool = False) -> None:
        super().__init__(start, end)
        self.start = start
        self.end = end
        self.at_end = at_end


class _State:
    """What may come in a state, and what is then done.

    `actions` leads from a symbol to the next state, or to the complement of a rule's number.
    `words` are the keywords that may come and all signs, by the terminal that they come as.
    """

    __slots__ = ("accepted", "actions", "exact", "kinds", "match", "number", "passed", "words")

    def __init__(
        self,
        number: int,
        actions: dict[int, int],
        accepted: frozenset[int],
        wide: Scanner,
    ) -> None:
        self.number = number
        self.actions = actions
        self.accepted = accepted
        self.match = wide.match
        self.kinds = wide.kinds
        self.words = {
            kind: {text: word for text, word in words.items() if word in accepted}
            for kind, words in wide.words.items()
            if kind in accepted and not accepted.isdisjoint(words.values())
        }
        self.words.update(wide.signs)
        self.exact: Scanner | None = None
        self.passed: dict[int, _State] = {}


class _Rule:
    """What a rule stands for, how many children it takes, and what becomes of them.

    It `passes` if it takes one child, which stands for itself. `kept` are the children that count
    if not all do; those of `spread` are lists of some, by their place among all.
    """

    __slots__ = ("build", "kept", "passes", "single", "size", "spread", "symbol")

    def __init__(
        self, symbol: int, size: int, build: Method, single: bool, kept: list[int] | None
    ) -> None:
        self.symbol = symbol
        self.size = size
        self.build = build
        self.single = single
        self.kept = kept and [place >> 1 for place in kept]
        self.spread = frozenset(place >> 1 for place in kept or () if place & 1)
        self.passes = single and size == 1 and kept is None


class Parser:
    """A parser that calls the methods of one builder.

    `same` names methods that give an only child back as it is: they are not called for one.
    """

    def __init__(
        self, tables: Mapping[str, Any], builder: object, same: frozenset[str] = frozenset()
    ) -> None:
        self._tables = tables
        self._symbols: list[str] = tables["symbols"]
        self._end = len(tables["terminals"])
        self._ignored = frozenset(tables["ignored"])
        self._rules = [
            _Rule(symbol, size, _method(builder, name), bool(single) or name in same, kept)
            for symbol, size, name, single, kept in tables["rules"]
        ]
        self._states: list[_State | None] = [None] * len(tables["states"])
        self._scanners: dict[tuple[str, tuple[int, ...]], Scanner] = {}

    def parse(self, text: str, start: str) -> Any:
        """What the builder makes of a text. Raises `Unexpected`, and what the builder raises."""
        first, last = self._tables["starts"][start]
        rules, end, known, symbols = self._rules, self._end, self._states, self._symbols
        state = self._state(first)
        states = [state]
        values: list[Any] = []
        at = 0
        while True:
            found = state.match(text, at)
            if found is None:
                raise self._unknown(text, at)
            group = found.lastindex or 0
            kind = state.kinds[group]
            begin, at = found.span(group)
            if kind in state.words:
                kind = state.words[kind].get(text[begin:at], kind)
            if kind not in state.accepted and kind != end:
                kind, at = self._exactly(state, text, begin)
            if kind in self._ignored:
                continue
            while True:
                action = state.actions.get(kind)
                if action is None:
                    raise Unexpected(begin, at, at_end=kind == end)
                if action >= 0:
                    break
                rule = rules[~action]
                if rule.passes:
                    state = states[-1] = self._passed(states[-2], state, kind, last)
                else:
                    size = rule.size
                    children: list[Any] = []
                    if size:
                        children = values[-size:]
                        del values[-size:], states[-size:]
                        if rule.kept is not None:
                            children = _kept(rule, children)
                    if rule.single and len(children) == 1:
                        values += children
                    else:
                        values.append(rule.build(children))
                    number = states[-1].actions[rule.symbol]
                    state = known[number] or self._state(number)
                    states.append(state)
                if kind == end and state.number == last:
                    return values[-1]
            values.append(Token(symbols[kind], text[begin:at], begin, at))
            state = known[action] or self._state(action)
            states.append(state)

    def _passed(self, below: _State, state: _State, kind: int, last: int) -> _State:
        """The state after all reductions that only give one child another name.

        A number in brackets is a product, a sum, a comparison and so on, ten levels up.
        """
        key = state.number * len(self._symbols) + kind
        found = below.passed.get(key)
        if found is None:
            found = state
            while kind != self._end or found.number != last:
                action = found.actions.get(kind, 0)
                if action >= 0 or not self._rules[~action].passes:
                    break
                found = self._state(below.actions[self._rules[~action].symbol])
            below.passed[key] = found
        return found

    def _exactly(self, state: _State, text: str, at: int) -> tuple[int, int]:
        """The next terminal among those alone that may come, and where it ends."""
        if state.exact is None:
            state.exact = self._scanner(sorted(state.accepted))
        scanner = state.exact
        found = scanner.match(text, at)
        if found is None:
            raise self._unknown(text, at)
        kind = scanner.kinds[found.lastindex or 0]
        apart = scanner.signs.get(kind) or scanner.words.get(kind, {})
        return apart.get(found[0], kind), found.end()

    def _unknown(self, text: str, at: int) -> Unexpected:
        """What stands where nothing that may come does: a word of the grammar, or none at all."""
        found = self._scanner(range(self._end)).match(text, at)
        return Unexpected(at, found.end() if found else at)

    def _scanner(self, chosen: Sequence[int], blanks: str = "") -> Scanner:
        key = (blanks, tuple(chosen))
        if key not in self._scanners:
            self._scanners[key] = Scanner(self._tables, chosen, blanks)
        return self._scanners[key]

    def _state(self, number: int) -> _State:
        """A state, spelled out when it is first come to."""
        known = self._states[number]
        if known is not None:
            return known
        shifts, reductions, accepted, group = self._tables["states"][number]
        sets = self._tables["sets"]
        actions: dict[int, int] = dict(zip(shifts[::2], shifts[1::2], strict=True))
        for rule, before in zip(reductions[::2], reductions[1::2], strict=True):
            actions.update(dict.fromkeys(sets[before], ~rule))
        wide = self._scanner(self._tables["groups"][group], self._tables["blanks"][group])
        state = _State(number, actions, frozenset(sets[accepted]), wide)
        self._states[number] = state
        return state


def _kept(rule: _Rule, children: list[Any]) -> list[Any]:
    """The children that count, one after the other."""
    if not rule.spread:
        return [children[place] for place in rule.kept or ()]
    kept: list[Any] = []
    for place in rule.kept or ():
        child = children[place]
        if place not in rule.spread:
            kept.append(child)
        elif kept:
            kept += child
        else:
            kept = child  # a list that grows from the left is not copied at each step
    return kept


def _method(builder: object, name: str) -> Method:
    """The builder's method of a name; without a name, the children go to whoever takes them."""
    if not name:
        return lambda children: children
    found: Method | None = getattr(builder, name, None)
    return found or _unmade


def _unmade(children: list[Any]) -> Any:
    """For rules that nothing is built of: those of templates in strings, which `mask` hides."""
    token = next((one for one in children if isinstance(one, Token)), None)
    raise Unexpected(token.start, token.end) if token else Unexpected(0, 0)
