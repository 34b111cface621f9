"""Which organisation an account belongs to, as far as anybody says.

That a policy names an organisation proves nothing: a person tells, or a template looks its own
account's organisation up.
<https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-sourceorgid>
"""

from __future__ import annotations

from typing import Protocol

from validator.aws import Organization
from validator.aws.fields import literal
from validator.graph.graph import Graph
from validator.graph.text import Hole, Lit, Piece, Text, text
from validator.graph.values import Absent, Items, Known, as_text
from validator.graph.verdict import Truth
from validator.graph.world import Place
from validator.policy.question import ContextValue
from validator.records import dataclass

_NONE = "none"


class Resolve(Protocol):
    """What writes out the texts of a unit."""

    def __call__(self, words: Text) -> Text:
        """The text with its references written out."""
        ...

    def of(self, unit: str) -> Resolve:
        """The same for the texts of another unit."""
        ...


@dataclass(frozen=True, slots=True)
class Membership:
    """An account's organisation: its ID, whether it has one at all, and where the account lies.

    What is open is a hole, the same one for the same account; `why` and `supply` are its words.
    """

    id: Text
    present: Truth
    path: Text
    why: str
    supply: str


@dataclass(frozen=True, slots=True)
class Origin:
    """Where calls come from: the place of a flow log or a role, and its account's organisation."""

    place: Place
    organization: Membership

    def keys(self, owner: str) -> dict[str, ContextValue]:
        """The condition keys of the organisation of whom a call is for (`source`, `principal`)."""
        said = self.organization
        there = said.present
        path = ContextValue((said.path.pieces,), there, True, said.why, said.supply)
        return {
            f"aws:{owner}orgid": ContextValue(
                (said.id.pieces,), there, False, said.why, said.supply
            ),
            f"aws:{owner}orgpaths": path,
        }


def membership(graph: Graph, resolve: Resolve, account: Text) -> Membership:
    """The organisation of an account, which is given as it reads in the graph's own unit."""
    said = _said(graph, resolve, account)
    owner = account.literal
    which = f"account {owner}" if owner else "the account that this is deployed to"
    why = f"which organisation {which} belongs to"
    accounts = f', accounts = ["{owner}"]' if owner else ""
    supply = f'an [[existing]] table with organization = "o-..."{accounts} in --existing FILE'
    if said.perhaps and owner is None:
        supply = "--account ID"
    ids: set[str | None] = {literal(one.id) for one in said.surely} - {None}
    if said.perhaps and ids != {literal(one.id) for one in said.perhaps}:
        ids = set()
    if ids == {_NONE}:
        return Membership(Text(()), Truth.NO, Text(()), why, supply)
    whose = "".join(_key(piece) for piece in account.pieces)
    own = Text((Hole(f"{whose}#organization", why, supply, "id"),))
    if len(ids) == 1 and (known := next(iter(ids))) is not None:
        own = text(known)
    somewhere = Hole(f"{whose}#organization path", f"where {which} lies in its organisation")
    path = own + text("/r-") + Text((somewhere,))
    paths = {literal(one.path) for one in (*said.surely, *said.perhaps)} - {None}
    if len(paths) == 1 and (known := next(iter(paths))) is not None:
        path = text(known)
    surely = bool(ids - {_NONE}) or any(isinstance(one.accounts, Absent) for one in said.surely)
    return Membership(own, Truth.YES if surely else Truth.MAYBE, path, why, supply)


@dataclass(frozen=True, slots=True)
class _Said:
    """The organisations that an account surely belongs to, and those that it may belong to."""

    surely: tuple[Organization, ...]
    perhaps: tuple[Organization, ...] = ()


def _said(graph: Graph, resolve: Resolve, account: Text) -> _Said:
    """What is told of an account's organisation; else who looks that up, or creates it."""
    listed: list[Organization] = []
    unlisted: list[Organization] = []
    looked_up: list[Organization] = []
    for one in graph.everywhere(Organization):
        match one.accounts:
            case Known(value=Items(items=items)):
                ids = {words.literal for item in items if (words := as_text(item)) is not None}
                if not ids:
                    unlisted.append(one)
                elif account.literal is None or account.literal in ids:
                    listed.append(one)
            case _:
                if resolve.of(one.unit)(one.place.account).matches(account):
                    looked_up.append(one)
    if account.literal is None:
        return _Said(tuple(unlisted or looked_up), tuple(listed))
    return _Said(tuple(listed or unlisted or looked_up))


def _key(piece: Piece) -> str:
    match piece:
        case Lit(text=words):
            return words
        case Hole(key=key):
            return key
        case _:
            return repr(piece)
