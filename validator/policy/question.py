"""What is asked of policies, and what they answer.

A request may be a set: `ANYTHING` in its resource stands for every run of characters that AWS may
write there, so one request asks about every object key of a delivery.
<https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html>
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import Literal, TypeAlias

from validator.graph.span import Span
from validator.graph.text import Piece, Text
from validator.graph.verdict import Open, Truth
from validator.records import dataclass, field


@dataclass(frozen=True, slots=True)
class Anything:
    """Every run of characters of at least `least`, in the resource of a request.

    AWS's own names never hold `*` or `?`. Without `colons` the run holds no colon either,
    without `slashes` no slash; with an `alphabet` it holds nothing else. A `fixed` one has `least`
    characters exactly.
    """

    least: int = 0
    colons: bool = True
    slashes: bool = True
    alphabet: str = ""
    fixed: bool = False


ANYTHING = Anything()
Pattern: TypeAlias = "tuple[Piece | Anything, ...]"


@dataclass(frozen=True, slots=True)
class Principal:
    """Who asks: a service (`delivery.logs.amazonaws.com`) or an AWS principal by its ARN."""

    kind: Literal["Service", "AWS"]
    id: Text


@dataclass(frozen=True, slots=True)
class ContextValue:
    """What a request carries under a condition key.

    `values` are patterns (an `Anything` in one is a part that AWS chooses); None if nothing is
    known of them. `present` is `MAYBE` where AWS's documentation does not promise the key.
    `why` says where an open value would come from. `instead` are what it may be as well, each in
    the place of all of `values`.
    """

    values: tuple[Pattern, ...] | None
    present: Truth = Truth.YES
    multivalued: bool = False
    why: str = ""
    supply: str = ""
    instead: tuple[Pattern, ...] = ()


@dataclass(frozen=True, slots=True)
class Request:
    """One question.

    Keys of `context` are lower-case; one that ends in `/*` stands for every key that begins so
    (`aws:principaltag/*`). `unlisted` says whether a key that is not listed is present: `NO`, or
    `MAYBE` with any value where nobody has looked into that key.
    """

    principal: Principal
    action: str
    resource: Pattern
    context: Mapping[str, ContextValue] = field(default_factory=dict[str, ContextValue])
    unlisted: Truth = Truth.NO


class Question:
    """A request that can be looked up: equal if all in it is.

    A context holds hundreds of pieces: its hash is worked out once, not at every look.
    """

    __slots__ = ("_asked", "_hash")

    def __init__(self, request: Request, *, of_all: bool = False) -> None:
        """With `of_all`, the same question whatever the resource."""
        self._asked = (
            request.principal,
            request.action,
            () if of_all else request.resource,
            tuple(request.context.items()),
            request.unlisted,
        )
        self._hash = hash(self._asked)

    def __hash__(self) -> int:
        return self._hash

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Question):
            return NotImplemented
        return self._hash == other._hash and self._asked == other._asked


PolicyKind = Literal["bucket", "key", "trust", "identity"]


class Outcome(Enum):
    """The answer for the whole set that was asked about."""

    ALLOWED = "allowed"
    DENIED = "denied"
    PARTLY = "partly"
    CANNOT_TELL = "cannot tell"
    MALFORMED = "malformed"


@dataclass(frozen=True, slots=True)
class Part:
    """Whether one element of a statement matches: `Principal`, `Action`, `Condition.Bool.aws:X`."""

    element: str
    matches: Truth
    span: Span
    why: str = ""


@dataclass(frozen=True, slots=True)
class Traced:
    """One statement against the request. `document` counts the policies as they were given."""

    document: int
    index: int
    sid: str | None
    effect: Literal["Allow", "Deny"]
    span: Span
    matches: Truth
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Fault:
    """Something in a policy document that AWS rejects, or accepts but nobody can have meant."""

    span: Span
    message: str
    rejected: bool = True


@dataclass(frozen=True, slots=True)
class Decision:
    """An answer and its grounds.

    `explicit` tells a denial by a Deny statement from one because nothing allows. `deciding` are
    the statements that settled it, `witness` is a concrete resource for a denied or partly denied
    set, `open` the facts that would settle an open one.
    """

    outcome: Outcome
    explicit: bool = False
    deciding: tuple[Traced, ...] = ()
    trace: tuple[Traced, ...] = ()
    witness: str | None = None
    open: tuple[Open, ...] = ()
    faults: tuple[Fault, ...] = ()
