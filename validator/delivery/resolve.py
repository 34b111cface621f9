"""References written out: what a text will be after the deploy, as far as the files settle it."""

from __future__ import annotations

from validator.aws import KINDS, Organization, Resource
from validator.aws.partitions import domain_of
from validator.delivery.organization import membership
from validator.graph.graph import Graph
from validator.graph.text import Lit, Piece, Ref, Symbol, Text
from validator.records import dataclass, replace

_DEPTH = 12
MADE_UP = ":("
"""What stands before the name of a resource whose own name AWS makes up: no name begins so."""

_KIND_OF: dict[tuple[str, bool], type[Resource]] = {}
for _kind in KINDS:
    for _spelling in _kind.spellings:
        if not _spelling.within:
            _KIND_OF.setdefault((_spelling.type, _spelling.managed), _kind)


def resource_at(graph: Graph, address: str) -> Resource | None:
    """The resource of the vocabulary at an address, whatever its kind."""
    declared = graph.declared(address)
    if declared is None:
        return None
    kind = _KIND_OF.get((declared.type, declared.managed))
    return None if kind is None else graph.get(address, kind)


@dataclass(frozen=True, slots=True)
class Resolver:
    """Writes references out in a unit's texts.

    `partition` stands for the unit's partition symbol. Account and region symbols of another unit
    than the graph's own are other symbols: nobody says that both deploy to one account, unless one
    imports what the other exports. `about` is the address of what is asked about: no other resource
    of its kind can come by its name.
    """

    graph: Graph
    partition: str
    unit: str
    about: str = ""

    def __call__(self, words: Text) -> Text:
        """The text with every reference written out as far as the files settle it."""
        for piece in words.pieces:
            if isinstance(piece, Ref | Symbol):
                return Text(tuple(self._pieces(words.pieces, self.unit, _DEPTH)))
        return words

    def of(self, unit: str) -> Resolver:
        """The same for the texts of another unit."""
        return self if unit == self.unit else replace(self, unit=unit)

    def _pieces(self, pieces: tuple[Piece, ...], unit: str, depth: int) -> list[Piece]:
        out: list[Piece] = []
        for piece in pieces:
            match piece:
                case Symbol(kind="partition"):
                    out.append(Lit(self.partition))
                case Symbol(kind="url-suffix"):
                    domain = domain_of(self.partition)
                    out.append(piece if domain is None else Lit(domain))
                case Symbol(kind=kind, scope=scope) if not self.graph.together(unit):
                    out.append(Symbol(kind, f"{unit}|{scope}"))
                case Ref() if depth > 0:
                    out.extend(self._written_out(piece, depth))
                case _:
                    out.append(piece)
        return out

    def _written_out(self, ref: Ref, depth: int) -> list[Piece]:
        resource = resource_at(self.graph, ref.target)
        if resource is None:
            return [ref]
        if isinstance(resource, Organization) and ref.attribute == "id":
            # Whoever looks the organisation up belongs to it.
            account = self.of(resource.unit)(resource.place.account)
            return list(membership(self.graph, self, account).id.pieces)
        word = resource.word(ref.attribute)
        if word.pieces == (ref,):
            # The resource knows better than who refers to it what its name looks like.
            return [self._chosen(word.pieces[0] if ref.attribute == "name" else ref, resource)]
        return self._pieces(word.pieces, resource.unit, depth - 1)

    def _chosen(self, ref: Piece, resource: Resource) -> Piece:
        """What the deploy makes up; no name holds a colon, so this one is not that of `about`."""
        address = resource.declared.address
        if made_up(Text((ref,)), address) and self.about not in ("", address):
            mine = self.graph.declared(self.about)
            if resource.managed and mine is not None and mine.type == resource.declared.type:
                return Lit(f"{MADE_UP}{resource.name_for_people})")
        return ref


def made_up(name: Text, address: str) -> bool:
    """Whether AWS makes up the name of the resource at an address, or the end of it."""
    own = (Ref(address, "name"), Ref(address, "name-suffix"))
    return any(piece in own for piece in name.pieces)


def tail(words: Text) -> str:
    """The literal characters that a text surely ends in."""
    ending = ""
    for piece in reversed(words.pieces):
        if not isinstance(piece, Lit):
            break
        ending = piece.text + ending
    return ending


def targets(words: Text) -> list[str]:
    """The addresses of the resources that a text refers to, in order."""
    return [piece.target for piece in words.pieces if isinstance(piece, Ref)]


def could_be(one: Text, other: Text) -> bool:
    """Whether two texts might be the same, open pieces taken for anything.

    True is no proof; False is.
    """
    first, second = _glob(one), _glob(other)
    if None in first and None in second:
        # Two open texts: compare what stands before and behind their open parts.
        return _agree(_head(first), _head(second)) and _agree(_tail(first), _tail(second))
    if None in second:
        first, second = second, first
    return _fits(first, "".join(part or "" for part in second))


def _glob(words: Text) -> list[str | None]:
    parts: list[str | None] = []
    for piece in words.pieces:
        part = piece.text if isinstance(piece, Lit) else None
        if part is not None and parts and parts[-1] is not None:
            parts[-1] += part
        elif part is not None or not parts or parts[-1] is not None:
            parts.append(part)
    return parts or [""]


def _head(parts: list[str | None]) -> str:
    return parts[0] or ""


def _tail(parts: list[str | None]) -> str:
    return (parts[-1] or "")[::-1]


def _agree(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one)


def _fits(parts: list[str | None], whole: str) -> bool:
    if None not in parts:
        return "".join(part or "" for part in parts) == whole
    head, tail = parts[0] or "", parts[-1] or ""
    if len(head) + len(tail) > len(whole):
        return False
    if not (whole.startswith(head) and whole.endswith(tail)):
        return False
    at, end = len(head), len(whole) - len(tail)
    for part in parts[1:-1]:
        if part is not None:
            at = whole.find(part, at, end)
            if at < 0:
                return False
            at += len(part)
    return True
