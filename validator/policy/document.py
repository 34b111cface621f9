"""Policy documents: from a value of a template to data, with every fault at its place.

Nothing is skipped: what AWS rejects makes the whole document malformed, because a Deny that is
left out would be an unsafe allow. What is not known yet is never a fault.
<https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html>
"""

from __future__ import annotations

from collections.abc import Callable

from validator.graph.span import Span
from validator.graph.text import Text
from validator.graph.values import Absent, Fields, Items, Known, Node, Unknown
from validator.policy.checks import check
from validator.policy.elements import StatementReader
from validator.policy.json_text import parse_json
from validator.policy.model import Policy, Statement
from validator.policy.objects import Reader, first
from validator.policy.question import Fault, PolicyKind

__all__ = ["Policy", "Statement", "parse", "unknown_policy"]

Resolve = Callable[[Text], Text]
STATEMENTS = 2_000
_ELEMENTS = ("Version", "Id", "Statement")
_VERSIONS = ("2012-10-17", "2008-10-17")


def parse(
    document: Node | Absent,
    kind: PolicyKind,
    resolve: Resolve = lambda text: text,
    *,
    attached_to: Text | None = None,
    partition: str = "",
) -> Policy:
    """Read a policy document: an object, or its JSON text in pieces.

    `resolve` rewrites every text, for instance references into ARNs. `attached_to` is the ARN of
    the bucket that a bucket policy belongs to; with it, resources of other buckets are faults.
    `partition` is the one that it is deployed to; with it, principals of others are faults.
    An absent document has no statements.
    """
    if isinstance(document, Absent):
        return Policy(kind, (), document.span)
    if isinstance(document, Known) and isinstance(document.value, Text):
        parsed = parse_json(resolve(document.value), document.span)
        if isinstance(parsed, Fault):
            return Policy(kind, (), document.span, (parsed,))
        document = parsed
    if isinstance(document, Unknown):
        return unknown_policy(kind, document)
    if not isinstance(document.value, Fields):
        fault = Fault(document.span, "A policy document must be an object")
        return Policy(kind, (), document.span, (fault,))
    policy = _Document(kind, resolve).read(document.value, document.span)
    return check(policy, attached_to, partition)


def unknown_policy(kind: PolicyKind, unknown: Unknown, *, may_deny: bool = True) -> Policy:
    """A policy whose document is not at hand, such as a managed policy named by its ARN.

    With `may_deny` false it is known to hold no Deny, as most of AWS's managed policies.
    """
    return Policy(kind, (), unknown.span, open=unknown, may_deny=may_deny)


class _Document:
    def __init__(self, kind: PolicyKind, resolve: Resolve) -> None:
        self._kind: PolicyKind = kind
        self._faults: list[Fault] = []
        self._reader = Reader(resolve, self._faults)
        self._elements = StatementReader(self._reader)

    def read(self, fields: Fields, span: Span) -> Policy:
        found = self._reader.fields(fields, _ELEMENTS, "policy document")
        unknown = found.rest
        version = found.get("Version")
        variables = False
        if version is not None:
            unknown, variables = self._version(version, unknown)
        elif self._kind == "identity" and unknown is None:
            missing = "IAM may insist on Version 2012-10-17; without it variables do not work"
            self._faults.append(Fault(span, missing, rejected=False))
        name = found.get("Id")
        if name is not None:
            self._reader.text(name, "Id")
        written = found.get("Statement")
        statements: tuple[Statement, ...] = ()
        if written is not None:
            statements, more = self._statements(written)
            unknown = first(unknown, more)
        elif unknown is None:
            self._faults.append(Fault(span, "A policy document must have a Statement"))
        return Policy(
            self._kind, statements, span, tuple(self._faults), unknown, variables=variables
        )

    def _version(self, node: Node, unknown: Unknown | None) -> tuple[Unknown | None, bool]:
        text = self._reader.text(node, "Version")
        if text is None:
            return unknown, False
        version = text.value.literal
        if version is None:
            # Only whether `${}` is a variable hangs on it, and the newer version is the usual one.
            return unknown, True
        if version not in _VERSIONS:
            listed = " or ".join(_VERSIONS)
            shown = str(text.value)
            self._faults.append(Fault(node.span, f"Version must be {listed}, not {shown!r}"))
        elif version == _VERSIONS[1] and self._kind == "identity":
            missing = "IAM may insist on Version 2012-10-17; with this one variables do not work"
            self._faults.append(Fault(node.span, missing, rejected=False))
        return unknown, version == _VERSIONS[0]

    def _statements(self, node: Node) -> tuple[tuple[Statement, ...], Unknown | None]:
        """A statement or a list of them; the second is set if there may be more."""
        if isinstance(node, Unknown):
            return (), node
        nodes: tuple[Node, ...] = (node,)
        unknown: Unknown | None = None
        if isinstance(node.value, Items):
            nodes, unknown = node.value.items, node.value.rest
            if not nodes and unknown is None:
                self._faults.append(
                    Fault(node.span, "Statement is empty", rejected=self._kind != "key")
                )
        if len(nodes) > STATEMENTS:
            self._faults.append(Fault(node.span, f"More than {STATEMENTS} statements"))
            return (), unknown
        statements: list[Statement] = []
        for index, item in enumerate(nodes):
            match item:
                case Unknown():
                    unknown = first(unknown, item)
                case Known(value=Fields() as fields):
                    statements.append(
                        self._elements.statement(fields, item.span, index, self._kind)
                    )
                case Known(value=Text() as text) if text.literal is None:
                    unknown = first(unknown, Unknown("a statement is not known", item.span))
                case Known():
                    self._faults.append(Fault(item.span, "A statement must be an object"))
        return tuple(statements), unknown
