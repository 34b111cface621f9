"""What a policy document says, as immutable data."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from typing import Literal

from validator.graph.span import Span
from validator.graph.text import Text
from validator.graph.values import Known, Unknown
from validator.graph.verdict import Open
from validator.policy.operators import Operator
from validator.policy.question import Fault, PolicyKind
from validator.policy.runs import missing
from validator.records import dataclass

Effect = Literal["Allow", "Deny"]


@dataclass(frozen=True, slots=True)
class Element:
    """`Action`, `NotAction`, `Resource` or `NotResource`; `rest` may be further values."""

    name: str
    values: tuple[Known[Text], ...]
    span: Span
    rest: Unknown | None = None

    @property
    def negated(self) -> bool:
        """Whether it names what is left out."""
        return self.name.startswith("Not")


@dataclass(frozen=True, slots=True)
class Who:
    """One principal of a list: `AWS`, `Service`, `Federated` or `CanonicalUser`, and its id."""

    kind: str
    id: Known[Text]


@dataclass(frozen=True, slots=True)
class Principals:
    """`Principal` or `NotPrincipal`. `everyone` is the plain `"*"`."""

    name: str
    who: tuple[Who, ...]
    span: Span
    everyone: bool = False
    rest: Unknown | None = None

    @property
    def negated(self) -> bool:
        """Whether it names who is left out."""
        return self.name.startswith("Not")


@dataclass(frozen=True, slots=True)
class Condition:
    """One key under one operator. Without `operator`, `why` says what is not settled about it."""

    name: Text
    operator: Operator | None
    key: Text
    values: tuple[Known[Text], ...]
    span: Span
    rest: Unknown | None = None
    why: str = ""

    @property
    def element(self) -> str:
        """Its path in the statement: `Condition.Bool.aws:SecureTransport`."""
        return f"Condition.{self.name}.{self.key}"

    def opens(self) -> Iterator[Open]:
        """The facts that are missing in its own texts."""
        for text in (self.name, self.key, *(value.value for value in self.values)):
            for piece in text.pieces:
                fact = missing(piece, self.span)
                if fact is not None:
                    yield fact


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement. `effect` is None if it is not known.

    `gaps` are elements that are not settled as a whole, with what is missing or why.
    """

    index: int
    span: Span
    sid: str | None
    effect: Effect | None
    principals: Principals | None
    action: Element | None
    resource: Element | None
    conditions: tuple[Condition, ...]
    gaps: tuple[tuple[str, Open], ...] = ()


@dataclass(frozen=True, slots=True)
class Policy:
    """A document. `open` is set if all of it, or further statements, are not known.

    An `open` policy that `may_deny` may turn an allowed request into a denied one. `variables`
    tells whether `${}` stands for a value of the request: from version 2012-10-17 on.
    """

    kind: PolicyKind
    statements: tuple[Statement, ...]
    span: Span
    faults: tuple[Fault, ...] = ()
    open: Unknown | None = None
    variables: bool = False
    may_deny: bool = True

    def numbered(self, index: int) -> Statement:
        """The statement with an `index`; those that could not be read have one and are missing."""
        return self.statements[bisect_left(self.statements, index, key=lambda one: one.index)]

    @property
    def malformed(self) -> bool:
        """Whether AWS rejects the document."""
        return any(fault.rejected for fault in self.faults)
