"""Objects, lists and texts of a policy document, with the faults of their shape."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from validator.graph.span import Span
from validator.graph.text import Hole, Text
from validator.graph.values import Entry, Fields, Items, Known, Node, Unknown, as_text, hole
from validator.policy.question import Fault
from validator.policy.spelling import nearest
from validator.records import dataclass, field, replace

# Of each document; it takes one that is `rejected` to make a document malformed.
FAULTS = 100


@dataclass(slots=True)
class Found:
    """The entries of an object by name. `odd` are names whose case alone is wrong."""

    entries: dict[str, Entry] = field(default_factory=dict[str, Entry])
    odd: dict[str, str] = field(default_factory=dict[str, str])
    rest: Unknown | None = None

    def get(self, name: str) -> Node | None:
        """The value under a name."""
        entry = self.entries.get(name)
        return entry.value if entry else None

    def one(self, *names: str) -> Entry | None:
        """The first of several names that is there."""
        return next((self.entries[name] for name in names if name in self.entries), None)


class Reader:
    """Reads objects and texts, and notes what is wrong with them in `faults`."""

    def __init__(self, resolve: Callable[[Text], Text], faults: list[Fault]) -> None:
        self.resolve = resolve
        self._faults = faults

    def fault(self, span: Span, message: str, *, rejected: bool = True) -> None:
        """Note a fault; of a hopeless document not every one."""
        if len(self._faults) < FAULTS:
            self._faults.append(Fault(span, message, rejected))

    def hint(self, name: str, names: Sequence[str]) -> str:
        """What somebody probably meant, as the end of a message."""
        near = nearest(name, names) if len(self._faults) < FAULTS else None
        return f"; did you mean {near}?" if near else ""

    # --- objects and texts ---------------------------------------------------------------------

    def fields(self, fields: Fields, names: Sequence[str], where: str) -> Found:
        """The entries of an object that may have only these names, each once."""
        found = Found(rest=fields.rest)
        folded = {name.lower(): name for name in names}
        for entry in fields.entries:
            key = self.resolve(entry.key).literal
            if key is None:
                found.rest = first(found.rest, unknown_of(entry.key, entry.span))
                continue
            name = key if key in names else folded.get(key.lower())
            if name is None:
                hint = self.hint(key, names)
                self.fault(entry.span, f"Unknown element {str(entry.key)!r} in a {where}{hint}")
                continue
            if name in found.entries:
                self.fault(entry.span, f"{key} is there twice")
                continue
            if name != key:
                self.fault(entry.span, f"{key!r} should be spelled {name}", rejected=False)
                found.odd[name] = key
            if isinstance(entry.value, Known) and entry.value.value is None:
                self.fault(entry.value.span, f"{name} is null", rejected=False)
                unknown = Unknown(f"whether AWS accepts null for {name}", entry.value.span)
                entry = replace(entry, value=unknown)
            found.entries[name] = entry
        return found

    def text(self, node: Node, element: str) -> Known[Text] | None:
        """A text; None, after a fault, if it is something else."""
        match node:
            case Known(value=Text() as words):
                return Known(self.resolve(words), node.span, node.trail)
            case Unknown():
                return Known(Text((hole(node),)), node.span, node.trail)
            case Known(value=None):
                self.fault(node.span, f"{element} is null")
            case Known():
                self.fault(node.span, f"{element} must be a text")
        return None

    def values(
        self, node: Node, element: str, *, scalars: bool = False
    ) -> tuple[tuple[Known[Text], ...], Unknown | None]:
        """A text or a list of texts, with `rest` if there may be more; numbers with `scalars`."""
        match node:
            case Unknown():
                return (), node
            case Known(value=Items(items=items, rest=rest)):
                if not items and rest is None:
                    self.fault(node.span, f"{element} is an empty list", rejected=not scalars)
                found: list[Known[Text]] = []
                for item in items:
                    if isinstance(item, Known) and isinstance(item.value, Text):
                        found.append(Known(self.resolve(item.value), item.span, item.trail))
                    elif isinstance(item, Unknown):
                        # It may even be several, where a text is built with a join.
                        rest = first(rest, item)
                    else:
                        word = self._scalar(item, element, scalars=scalars)
                        found += [word] if word is not None else []
                return tuple(found), rest
            case Known():
                word = self._scalar(node, element, scalars=scalars)
                return ((word,) if word is not None else ()), None

    def _scalar(self, node: Node, element: str, *, scalars: bool) -> Known[Text] | None:
        if scalars and isinstance(node, Known) and node.value is not None:
            words = as_text(node)
            if words is not None:
                return Known(self.resolve(words), node.span, node.trail)
        return self.text(node, element)


def first(known: Unknown | None, other: Unknown | None) -> Unknown | None:
    """The first of two that is there."""
    return known if known is not None else other


def unknown_of(words: Text, span: Span) -> Unknown:
    """What is missing in a text that is not settled."""
    for piece in words.pieces:
        if isinstance(piece, Hole):
            return Unknown(piece.why, span, supply=piece.supply, key=piece.key)
    return Unknown(f"the value of {words}", span)
