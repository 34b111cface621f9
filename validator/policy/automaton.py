"""All patterns of a question at once, as one automaton of bits.

State `i` of a pattern means: its first `i` characters and wildcards are matched. The states of all
patterns lie side by side in one integer, so a step costs two ANDs however many patterns there are.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache

from validator.policy.runs import Glob, Name, Run, Wild, Word

_CACHED_SIZE = 500


def machine(globs: tuple[Glob, ...], *, wide: bool) -> Machine:
    """The automaton of some patterns: the same ones are asked many things.

    Of large ones only the last few are kept.
    """
    if sum(map(len, globs)) > _CACHED_SIZE:
        return _kept_large(globs, wide)
    return _kept(globs, wide)


@lru_cache(maxsize=8)
def _kept_large(globs: tuple[Glob, ...], wide: bool) -> Machine:
    return Machine(globs, wide=wide)


@lru_cache(maxsize=1024)
def _kept(globs: tuple[Glob, ...], wide: bool) -> Machine:
    return Machine(globs, wide=wide)


class Machine:
    """Patterns, side by side.

    In a `wide` machine an unknown run of a pattern is whatever text it may be, so that acceptance
    says "possibly"; otherwise it only equals itself, and acceptance says "surely".
    """

    def __init__(self, globs: Sequence[Glob], *, wide: bool) -> None:
        self.chars: dict[str, int] = {}
        self._loops: dict[str, int] = {}
        self._names: dict[Name, int] = {}
        self._any = self._any_loop = self._part = self._part_loop = 0
        self._wide = wide
        self.start = 0
        self.accepts: list[int] = []
        self.bits = 0
        for glob in globs:
            self._add(glob)
        self._steps: dict[str, tuple[int, int]] = {}
        self._runs: dict[Run, tuple[int, int]] = {}
        self.colon_matters = (self._part | self._part_loop) != 0

    def _add(self, glob: Glob) -> None:
        bit = 1 << self.bits
        self.start |= bit
        for token in glob:
            match token:
                case str():
                    for char in token:
                        self.chars[char] = self.chars.get(char, 0) | bit
                    bit <<= 1
                case Wild.ANY:
                    self._any |= bit
                    bit <<= 1
                case Wild.ANY_IN_PART:
                    self._part |= bit
                    bit <<= 1
                case Wild.STAR:
                    self._any_loop |= bit
                case Wild.STAR_IN_PART:
                    self._part_loop |= bit
                case Run() if self._wide:
                    bit = self._add_run(token, bit)
                case Run(name=name):
                    self._names[name] = self._names.get(name, 0) | bit
                    bit <<= 1
        self.accepts.append(bit)
        self.bits = bit.bit_length()

    def _add_run(self, run: Run, bit: int) -> int:
        for _ in range(run.least):
            self._accept(run, bit)
            bit <<= 1
        if run.most is None:
            self._accept(run, bit, loop=True)
        return bit

    def _accept(self, run: Run, bit: int, *, loop: bool = False) -> None:
        if run.alphabet:
            table = self._loops if loop else self.chars
            for char in run.alphabet:
                table[char] = table.get(char, 0) | bit
            if loop:
                for char in run.alphabet:
                    self.chars.setdefault(char, 0)
        elif run.in_part and loop:
            self._part_loop |= bit
        elif run.in_part:
            self._part |= bit
        elif loop:
            self._any_loop |= bit
        else:
            self._any |= bit

    # --- forward -------------------------------------------------------------------------------

    def masks(self, char: str) -> tuple[int, int]:
        """The states that go on at a character, and those that stay."""
        found = self._steps.get(char)
        if found is None:
            onward = self.chars.get(char, 0) | self._any
            stay = self._loops.get(char, 0) | self._any_loop
            if char != ":":
                onward |= self._part
                stay |= self._part_loop
            found = self._steps[char] = (onward, stay)
        return found

    def masks_of(self, run: Run) -> tuple[int, int]:
        """The same for some character of a run."""
        found = self._runs.get(run)
        if found is None:
            onward, stay = self._any | self._part, self._any_loop | self._part_loop
            for char in self.chars:
                if run.holds(char):
                    more, wait = self.masks(char)
                    onward |= more
                    stay |= wait
            found = self._runs[run] = (onward, stay)
        return found

    def step(self, state: int, char: str) -> int:
        """After one character."""
        onward, stay = self.masks(char)
        return ((state & onward) << 1) | (state & stay)

    def swallow(self, state: int, run: Run) -> int:
        """After a run of which only the name is known: surely there, whatever its text is."""
        onward = self._names.get(run.name, 0)
        stay = self._any_loop | (self._part_loop if run.in_part else 0)
        if run.least:
            # `?*` and `*?` take every text that is not empty.
            single = self._any | (self._part if run.in_part else 0)
            onward |= single & (stay | (stay >> 1))
        return ((state & onward) << 1) | (state & stay)

    def widen(self, state: int, run: Run) -> int:
        """After some text of a run: possibly there."""
        onward, stay = self.masks_of(run)
        return _repeat(lambda states: ((states & onward) << 1) | (states & stay), state, run)

    def read(self, state: int, token: str | Run) -> int:
        """After a character or run, in the sense of this machine."""
        if isinstance(token, str):
            return self.step(state, token)
        return self.widen(state, token) if self._wide else self.swallow(state, token)

    def run(self, word: Word, *, widely: bool) -> int:
        """The states after a whole word; `widely` says how its unknown runs are read."""
        state = self.start
        steps = self._steps
        for token in word:
            if isinstance(token, str):
                onward, stay = steps.get(token) or self.masks(token)
                state = ((state & onward) << 1) | (state & stay)
            else:
                state = self.widen(state, token) if widely else self.swallow(state, token)
            if not state:
                break
        return state

    def reach(self, state: int, token: str | Run) -> int:
        """Every state that could be reached over a character or run, by whatever reading."""
        if isinstance(token, str):
            return self.step(state, token)
        return self.widen(state, token) | self.swallow(state, token)

    # --- backward ------------------------------------------------------------------------------

    def reach_back(self, state: int, token: str | Run) -> int:
        """Every state from which `reach` could lead into `state`."""
        if isinstance(token, str):
            onward, stay = self.masks(token)
            return ((state >> 1) & onward) | (state & stay)
        onward, stay = self.masks_of(token)
        named = ((state >> 1) & (self._names.get(token.name, 0) | self._any | self._part)) | (
            state & (self._any_loop | self._part_loop)
        )
        return named | _repeat(lambda s: ((s >> 1) & onward) | (s & stay), state, token)

    def accepted(self, state: int, sizes: Sequence[int]) -> list[bool]:
        """Which groups of patterns, of these sizes in order, hold one that is fully matched."""
        found: list[bool] = []
        at = 0
        for size in sizes:
            found.append(any(state & bit for bit in self.accepts[at : at + size]))
            at += size
        return found

    def expected(self, state: int) -> list[str]:
        """The characters that some state waits for, in order."""
        found = [char for char, mask in self.chars.items() if state & mask]
        if self._loops:
            found += [char for char, mask in self._loops.items() if state & mask]
        return sorted(set(found))


def _repeat(once: Callable[[int], int], state: int, run: Run) -> int:
    for _ in range(run.least):
        state = once(state)
    if run.most is None:
        while (more := state | once(state)) != state:
            state = more
    return state
