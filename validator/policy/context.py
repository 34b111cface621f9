"""What a request carries under its condition keys, for one round of questions."""

from __future__ import annotations

from collections.abc import Mapping

from validator.graph.span import Span
from validator.graph.text import Dangling, Hole, Json, Ref, Symbol
from validator.graph.verdict import Open, Truth
from validator.policy.keys import is_global, is_listed, meant, meant_of_service
from validator.policy.question import ContextValue, Request
from validator.policy.runs import Bound, Chosen, Digits, Run, Word, missing, word_of
from validator.records import dataclass


@dataclass(frozen=True, slots=True)
class Carried:
    """One key. `values` is None if several values may stand there and nothing is known of them.

    An `unlisted` key may have several as well, if a policy asks for them. `meant` is the key that
    AWS knows in the place of one that it does not.
    """

    key: str
    present: Truth
    values: tuple[Word, ...] | None
    source: ContextValue | None = None
    unlisted: bool = False
    instead: tuple[Word, ...] = ()
    meant: str = ""

    def missing(self, span: Span) -> Open:
        """The fact that would settle the key."""
        why = self.source.why if self.source else ""
        supply = self.source.supply if self.source else ""
        return Open(why or self._question(), supply, span)

    def _question(self) -> str:
        if self.present is not Truth.MAYBE:
            return f"what {self.key} is in the request"
        if self.unlisted and is_global(self.key) and not is_listed(self.key):
            return (
                f"whether there is a condition key {self.key}: AWS's list of global keys has none"
            )
        if self.unlisted and (known := meant_of_service(self.key)):
            return f"whether there is a condition key {self.key}, or {known} is meant"
        return f"whether the request carries {self.key}, and with what value"


def presence(key: str) -> Chosen:
    """The name under which it is bound whether a request carries a key."""
    return Chosen(key, -1)


class Context:
    """The keys of a request under the values that are bound in this round."""

    def __init__(self, request: Request, bound: Bound) -> None:
        self._given: Mapping[str, ContextValue] = request.context
        # A key that is not listed may be there with any value, if the request says so.
        unlisted = request.unlisted
        self._others = None if unlisted is Truth.NO else ContextValue(None, present=unlisted)
        self._bound = bound
        self._read: dict[str, Carried] = {}
        # The keys that were asked for and may be there or not.
        self.maybes: dict[str, None] = {}

    def get(self, key: str) -> Carried:
        """A key by its name in any case; one that is not listed is absent."""
        name = key.lower()
        found = self._read.get(name)
        if found is None:
            found = self._read[name] = self._carried(name)
            if found.present is Truth.MAYBE:
                self.maybes[name] = None
        return found

    def _carried(self, key: str) -> Carried:
        given = self._given.get(key)
        if given is None:
            # `aws:principaltag/*` stands for the tags that are not listed by name.
            given = self._given.get(f"{key.partition('/')[0]}/*")
        if given is None:
            given = self._others
            if right := meant(key):
                return Carried(key, Truth.NO, (), meant=right)
        if given is None:
            return Carried(key, Truth.NO, ())
        present = given.present
        if present is Truth.MAYBE and presence(key) in self._bound:
            present = Truth.YES if self._bound[presence(key)] else Truth.NO
        if given.values is not None:
            words = tuple(
                word_of(value, key, self._bound, value=index)
                for index, value in enumerate(given.values)
            )
            if not words:
                present = Truth.NO  # a key with no value at all counts as absent
            instead = tuple(
                word_of(value, key, self._bound, value=len(words) + index)
                for index, value in enumerate(given.instead)
            )
            return Carried(key, present, words, given, instead=instead)
        if given.multivalued:
            return Carried(key, present, None, given)
        run = Run(Chosen(key))
        word = tuple(self._bound[run.name]) if run.name in self._bound else (run,)
        return Carried(key, present, (word,), given, unlisted=given is self._others)

    def missing(self, run: Run, span: Span) -> Open | None:
        """The fact that would settle a run of a request or a policy."""
        match run.name:
            case Ref() | Symbol() | Hole() | Dangling() | Json() as piece:
                return missing(piece, span)
            case Digits(id=piece):
                return missing(piece, span)
            case Chosen(where=key):
                return self.get(key).missing(span) if ":" in key else None
