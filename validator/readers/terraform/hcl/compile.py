"""python-hcl2's Lark grammar to tables of plain numbers and texts, for `lalr` to run.

Lark itself takes a second for this, and a sixth of one to load what it keeps; so it is imported
here only, and what comes out is written down as JSON. `python -m` this module writes the tables
that are shipped.
"""

from __future__ import annotations

import json
import re
import string
from collections.abc import Mapping, Sequence
from importlib.metadata import distribution, version
from typing import Any

from validator.patterns import possessive
from validator.readers.terraform.hcl.grammar import SHIPPED, Tables, grammar_text, stamp

STARTS = ("start", "expression")

Terminal = Mapping[str, Any]


def lark_of(grammar: str) -> Any:
    """Lark's parser for a grammar."""
    from lark import Lark

    return Lark(grammar, parser="lalr", start=[*STARTS], maybe_placeholders=False)


def compiled(parser: Any) -> Tables:
    """The tables of Lark's parser, the same for the same grammar.

    Symbols are numbered: first the terminals, in the order in which a lexer tries them, then the
    end, then what the rules define. A state is `[shifts, reductions, set, group]`: pairs of a
    symbol and the state it leads to; pairs of a rule and the number of the set of symbols before
    which is reduced by it; and the numbers of the set of terminals that may come and of the group
    of those, a larger set that finds the same.
    """
    from lark.grammar import Rule
    from lark.lexer import TerminalDef

    # What Lark's own generator of stand-alone parsers starts from.
    data, memo = parser.memo_serialize([TerminalDef, Rule])
    found = data["parser"]
    terminals = [memo[one["@"]] for one in found["lexer_conf"]["terminals"]]
    widths = {one.name: one.pattern.max_width for one in parser.terminals}
    terminals.sort(key=lambda one: _order(one, widths))
    names = [one["name"] for one in terminals]
    rules = {number: one for number, one in memo.items() if "origin" in one}
    names.append("$END")
    names += sorted({one["origin"]["name"] for one in rules.values()} - set(names))
    return _Numbered(names, terminals, rules, found).tables()


def _order(one: Terminal, widths: Mapping[str, int]) -> tuple[int, int, int, str]:
    name = one["name"]
    return (-one["priority"], -widths[name], -len(one["pattern"]["value"]), name)


class _Numbered:
    """Lark's tables with numbers that do not hang on the order of its sets."""

    def __init__(
        self,
        names: list[str],
        terminals: Sequence[Terminal],
        rules: Mapping[int, Any],
        found: Mapping[str, Any],
    ) -> None:
        self.names = names
        self.terminals = terminals
        self.symbols = {name: number for number, name in enumerate(names)}
        ordered = sorted(rules, key=lambda one: json.dumps(rules[one], sort_keys=True))
        self.rules = [rules[one] for one in ordered]
        self.rule_numbers = {one: number for number, one in enumerate(ordered)}
        self.ignored = sorted(self.symbols[one] for one in found["lexer_conf"]["ignore"])
        machine = found["parser"]
        self.rows: dict[int, dict[int, tuple[int, Any]]] = {
            state: {self.symbols[machine["tokens"][token]]: done for token, done in row.items()}
            for state, row in machine["states"].items()
        }
        self.first: dict[str, int] = machine["start_states"]
        self.last: dict[str, int] = machine["end_states"]
        self.sets: dict[tuple[int, ...], int] = {}
        self.embedded = [
            [one, other]
            for one, pattern in enumerate(terminals)
            for other, word in enumerate(terminals)
            if _embeds(pattern, word)
        ]
        self.groups: dict[tuple[int, ...], set[int]] = {}

    def tables(self) -> Tables:
        """What is written down."""
        states = self._walked()
        numbered = [self._state(self.rows[state], states) for state in states]
        return {
            "symbols": self.names,
            "terminals": [_pattern(one) for one in self.terminals],
            "ignored": self.ignored,
            "rules": [self._rule(one) for one in self.rules],
            "states": numbered,
            "sets": [list(one) for one in self.sets],
            "groups": [sorted(one) for one in self.groups.values()],
            "blanks": [self._blanks(one) for one in self.groups.values()],
            "embedded": self.embedded,
            "starts": {
                name: [states[self.first[name]], states[self.last[name]]] for name in STARTS
            },
        }

    def _walked(self) -> dict[int, int]:
        """The states by the number they get: as a walk from the first ones meets them."""
        states: dict[int, int] = {}
        waiting = [self.first[name] for name in reversed(STARTS)]
        while waiting:
            state = waiting.pop()
            if state not in states:
                states[state] = len(states)
                row = self.rows[state]
                waiting += [row[symbol][1] for symbol in sorted(row) if row[symbol][0] == 0]
        return states

    def _state(self, row: Mapping[int, tuple[int, Any]], states: Mapping[int, int]) -> list[Any]:
        shifts: list[int] = []
        reduced: dict[int, list[int]] = {}
        for symbol in sorted(row):
            action, target = row[symbol]
            if action == 0:
                shifts += [symbol, states[target]]
            else:
                reduced.setdefault(self.rule_numbers[target["@"]], []).append(symbol)
        reductions = [part for rule in sorted(reduced) for part in (rule, self._set(reduced[rule]))]
        terminals = len(self.terminals)
        accepted = {symbol for symbol in row if symbol < terminals}
        accepted.update(self.ignored)
        return [shifts, reductions, self._set(sorted(accepted)), self._group(accepted)]

    def _set(self, symbols: Sequence[int]) -> int:
        return self.sets.setdefault(tuple(symbols), len(self.sets))

    def _group(self, accepted: set[int]) -> int:
        """The number of a set that terminals are looked for in before this one.

        What a lexer of the larger set finds first is, if it is in the smaller one, also what that
        one's lexer finds first. So a few regular expressions do for most states. What matches
        anything, and is given priority where it is allowed, must be the same in both. So must be
        a word that is tried before the pattern that it is embedded in.
        """
        key = {one for one in accepted if self.terminals[one]["priority"]}
        if any(
            one > word and word in accepted and one not in accepted for one, word in self.embedded
        ):
            key = {-1, *accepted}
        known = tuple(sorted(key))
        self.groups.setdefault(known, set()).update(accepted)
        return list(self.groups).index(known)

    def _blanks(self, accepted: set[int]) -> str:
        """The characters that are ignored wherever one of these terminals may come.

        None if a terminal may begin with one of them. One that may begin with any number of them,
        or none, is found behind them as well.
        """
        ignored = [self.terminals[one]["pattern"]["value"] for one in self.ignored]
        blanks = "".join(one for one in string.whitespace for two in ignored if re.match(two, one))
        rest = [self.terminals[one]["pattern"] for one in accepted.difference(self.ignored)]
        patterns = [
            one["value"].removeprefix("[ \t]*") for one in rest if one["__type__"] == "PatternRE"
        ]
        probes = [one + other for one in blanks for other in string.printable]
        if any(re.match(pattern, probe) for pattern in patterns for probe in probes):
            return ""
        return blanks

    def _rule(self, rule: Mapping[str, Any]) -> list[Any]:
        """`[symbol, size, method, whether one child stands for itself, children that are kept]`.

        A kept child is twice its place, plus one if it is itself a list of children; none are
        named where all are kept as they are.
        """
        origin, options = rule["origin"]["name"], rule["options"]
        method = rule["alias"] or options["template_source"] or origin
        kept: list[int] = []
        for place, one in enumerate(rule["expansion"]):
            token = one["__type__"] == "Terminal"
            if options["keep_all_tokens"] or not (token and one["filter_out"]):
                kept.append(2 * place + (not token and one["name"].startswith("_")))
        size = len(rule["expansion"])
        plain = kept == [2 * place for place in range(size)]
        inlined = origin.startswith("_")
        single = options["expand1"] and not rule["alias"]
        return [
            self.symbols[origin],
            size,
            "" if inlined else method,
            int(single),
            None if plain else kept,
        ]


def _embeds(pattern: Terminal, word: Terminal) -> bool:
    """Whether a word also is what a pattern matches: then the pattern is tried, and told apart."""
    if pattern["pattern"]["__type__"] != "PatternRE" or word["pattern"]["__type__"] == "PatternRE":
        return False
    value = str(word["pattern"]["value"])
    matched = re.match(str(pattern["pattern"]["value"]), value)
    same = matched is not None and matched[0] == value
    return same and bool(pattern["priority"] == word["priority"])


def _pattern(one: Terminal) -> list[Any]:
    """`[text, whether that is a pattern]`."""
    pattern = one["pattern"]
    if pattern["flags"]:
        raise ValueError(f"the terminal {one['name']} has flags")
    value: str = pattern["value"]
    if one["name"] == "STRING_CHARS":
        # A string of megabytes would else take a hundred times its length in ways back.
        value = possessive(value.removeprefix("(?:").removesuffix(")+"), "+")
    return [value, int(pattern["__type__"] == "PatternRE")]


def shipped(parser: Any) -> str:
    """The text of the file that is shipped, with the licence of what it was made from."""
    licence = distribution("python-hcl2").read_text("licenses/LICENSE") or ""
    head = {
        "from": f"the grammar of python-hcl2 {version('python-hcl2')}, under this licence",
        "licence": licence.strip().split("\n"),
        "stamp": stamp(grammar_text()),
    }
    return json.dumps(head | compiled(parser), separators=(",", ":")) + "\n"


if __name__ == "__main__":
    SHIPPED.write_text(shipped(lark_of(grammar_text())), encoding="utf-8")
