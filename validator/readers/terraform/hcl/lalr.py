"""A text through the tables of a grammar: an LALR(1) parser whose lexer knows its state.

It does what Lark does with the same grammar, without importing Lark: the methods of a builder are
called with the children of each rule as it is reduced.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

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


class Token:
    """A terminal of the text: its name in the grammar, and its offsets."""

    __slots__ = ("end", "start", "text", "type")

    def __init__(self, type_: str, text: str, start: int, end: int) -> None:
        self.type = type_
        self.text = text
        self.start = start
        self.end = end

    def __str__(self) -> str:
        return self.text


class _Scanner:
    """One regular expression for some terminals."""

    __slots__ = ("kinds", "match", "words")

    def __init__(self, tables: Mapping[str, Any], chosen: Sequence[int]) -> None:
        terminals: list[tuple[str, int]] = tables["terminals"]
        self.words: dict[int, dict[str, int]] = {}
        embedded: set[int] = set()
        for pattern, word in tables["embedded"]:
            if pattern in chosen and word in chosen:
                self.words.setdefault(pattern, {})[terminals[word][0]] = word
                embedded.add(word)
        alternatives: list[str] = []
        for one in chosen:
            if one not in embedded:
                text, regular = terminals[one]
                alternatives.append(f"(?P<t{one}>{text if regular else re.escape(text)})")
        compiled = re.compile("|".join(alternatives))
        self.match = compiled.match
        self.kinds = {
            number: int(name[1:])
            for name, number in compiled.groupindex.items()
            if name[1:].isdecimal()
        }


class _State:
    """What may come in a state, and what is then done.

    `actions` leads from a symbol to the next state, or to the complement of a rule's number.
    `blanks` are the characters that mean nothing here.
    """

    __slots__ = ("accepted", "actions", "blanks", "exact", "number", "passed", "wide")

    def __init__(
        self,
        number: int,
        actions: dict[int, int],
        accepted: frozenset[int],
        wide: _Scanner,
        blanks: str,
    ) -> None:
        self.number = number
        self.actions = actions
        self.accepted = accepted
        self.wide = wide
        self.blanks = blanks
        self.exact: _Scanner | None = None
        self.passed: dict[int, _State] = {}


class _Rule:
    """What a rule stands for, how many children it takes, and what becomes of them.

    It `passes` if it takes one child, which stands for itself.
    """

    __slots__ = ("build", "kept", "passes", "single", "size", "symbol")

    def __init__(
        self, symbol: int, size: int, build: Method, single: bool, kept: list[int] | None
    ) -> None:
        self.symbol = symbol
        self.size = size
        self.build = build
        self.single = single
        self.kept = kept
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
        self._scanners: dict[tuple[int, ...], _Scanner] = {}

    def parse(self, text: str, start: str) -> Any:
        """What the builder makes of a text. Raises `Unexpected`, and what the builder raises."""
        first, last = self._tables["starts"][start]
        rules, end, known = self._rules, self._end, self._states
        state = self._state(first)
        states = [state]
        values: list[Any] = []
        at = 0
        while True:
            kind, begin, at = self._next(state, text, at)
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
                    values.append(_built(rule, values))
                    if rule.size:
                        del states[-rule.size :]
                    number = states[-1].actions[rule.symbol]
                    state = known[number] or self._state(number)
                    states.append(state)
                if kind == end and state.number == last:
                    return values[-1]
            values.append(Token(self._symbols[kind], text[begin:at], begin, at))
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

    def _next(self, state: _State, text: str, at: int) -> tuple[int, int, int]:
        """The next terminal that matters, and its offsets."""
        end = len(text)
        wide, accepted = state.wide, state.accepted
        while at < end:
            if text[at] in state.blanks:
                at += 1
                continue
            found = wide.match(text, at)
            if found is None:
                raise self._unknown(text, at)
            kind = wide.kinds[found.lastindex or 0]
            if kind in wide.words and kind in accepted:
                word = wide.words[kind].get(found[0], kind)
                kind = word if word in accepted else kind
            if kind not in accepted:
                kind, found = self._exactly(state, text, at)
            if kind not in self._ignored:
                return kind, at, found.end()
            at = found.end()
        return self._end, end, end

    def _exactly(self, state: _State, text: str, at: int) -> tuple[int, re.Match[str]]:
        """The next terminal among those alone that may come."""
        if state.exact is None:
            state.exact = self._scanner(sorted(state.accepted))
        scanner = state.exact
        found = scanner.match(text, at)
        if found is None:
            raise self._unknown(text, at)
        kind = scanner.kinds[found.lastindex or 0]
        return scanner.words.get(kind, {}).get(found[0], kind), found

    def _unknown(self, text: str, at: int) -> Unexpected:
        """What stands where nothing that may come does: a word of the grammar, or none at all."""
        found = self._scanner(range(self._end)).match(text, at)
        return Unexpected(at, found.end() if found else at)

    def _scanner(self, chosen: Sequence[int]) -> _Scanner:
        key = tuple(chosen)
        if key not in self._scanners:
            self._scanners[key] = _Scanner(self._tables, chosen)
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
        wide = self._scanner(self._tables["groups"][group])
        blanks = self._tables["blanks"][group]
        state = _State(number, actions, frozenset(sets[accepted]), wide, blanks)
        self._states[number] = state
        return state


def _built(rule: _Rule, values: list[Any]) -> Any:
    """What becomes of the last values, which are taken away."""
    size = rule.size
    children = values[-size:] if size else []
    if size:
        del values[-size:]
    if rule.kept is not None:
        kept: list[Any] = []
        for place in rule.kept:
            child = children[place >> 1]
            if not place & 1:
                kept.append(child)
            elif kept:
                kept += child
            else:
                kept = child  # a list that grows from the left is not copied at each step
        children = kept
    if rule.single and len(children) == 1:
        return children[0]
    return rule.build(children)


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
