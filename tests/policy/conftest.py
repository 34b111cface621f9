"""What the tests of the policy engine share: policies and requests from plain JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pytest

from validator.graph.span import Span
from validator.graph.text import Lit, Piece, Text, text
from validator.graph.values import Known
from validator.graph.verdict import Truth
from validator.policy import (
    Anything,
    ContextValue,
    Pattern,
    Policy,
    PolicyKind,
    Principal,
    Request,
    parse,
)


class Make:
    """Policies and requests as short as a test wants to write them."""

    def policy(self, document: Any, kind: PolicyKind = "bucket") -> Policy:
        """A policy from what `json.loads` gives, or from JSON text."""
        words = document if isinstance(document, str) else json.dumps(document)
        lines = words.split("\n")
        span = Span("policy.json", 1, 1, len(lines), len(lines[-1]) + 1)
        return self.pieces(kind, Lit(words, span))

    def pieces(self, kind: PolicyKind, *parts: str | Piece) -> Policy:
        """A policy whose JSON text is made of literal and unknown pieces."""
        span = Span("policy.json", 1, 1, 1, 2)
        return parse(Known(self.text(*parts), span), kind)

    def statement(self, kind: PolicyKind = "bucket", **elements: Any) -> Policy:
        """A policy of one statement: an Allow of what `request` asks, unless it says otherwise."""
        base: dict[str, Any] = {"Effect": "Allow", "Action": "s3:PutObject"}
        if "NotResource" not in elements:
            base["Resource"] = "*"
        if kind != "identity" and "NotPrincipal" not in elements:
            base["Principal"] = {"Service": "delivery.logs.amazonaws.com"}
        return self.policy({"Version": "2012-10-17", "Statement": [base | elements]}, kind)

    def text(self, *parts: str | Piece) -> Text:
        """A text in pieces."""
        return Text(tuple(Lit(part) if isinstance(part, str) else part for part in parts))

    def pattern(self, *parts: str | Piece | Anything) -> Pattern:
        """A text of a request, in which AWS may choose parts."""
        return tuple(Lit(part) if isinstance(part, str) else part for part in parts)

    def value(
        self, *parts: str | Piece | Anything, present: Truth = Truth.YES, why: str = ""
    ) -> ContextValue:
        """One value under a key; no parts: a value that is not known."""
        values = (self.pattern(*parts),) if parts else None
        return ContextValue(values, present=present, why=why)

    def request(
        self,
        *resource: str | Piece | Anything,
        principal: str = "delivery.logs.amazonaws.com",
        action: str = "s3:PutObject",
        context: Mapping[str, ContextValue | str | list[str]] | None = None,
    ) -> Request:
        """A question, by default of the log delivery service that puts an object."""
        carried = {
            key.lower(): (
                value
                if isinstance(value, ContextValue)
                else ContextValue(
                    tuple((Lit(one),) for one in ([value] if isinstance(value, str) else value)),
                    multivalued=isinstance(value, list),
                )
            )
            for key, value in (context or {}).items()
        }
        pattern = self.pattern(*(resource or ("arn:aws:s3:::b/AWSLogs/x.gz",)))
        who = text(principal)
        asker = Principal("AWS" if principal.startswith("arn:") else "Service", who)
        return Request(asker, action, pattern, carried)


@pytest.fixture(scope="session")
def make() -> Make:
    """Short ways to policies and requests."""
    return Make()
