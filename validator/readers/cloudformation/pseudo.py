"""Pseudo parameters.

<https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/pseudo-parameter-reference.html>
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from yaml.nodes import Node

from validator.aws.partitions import domain_of, partition_of
from validator.graph import values as v
from validator.graph.text import Hole, Symbol, SymbolKind, Text, text
from validator.readers.cloudformation.pieces import STACK_GUID, STACK_NAME, symbol_key

if TYPE_CHECKING:
    from validator.readers.cloudformation.scope import Scope

NO_VALUE: Final = "AWS::NoValue"
SYMBOLS: Final[dict[str, SymbolKind]] = {
    "AWS::AccountId": "account",
    "AWS::Region": "region",
    "AWS::Partition": "partition",
    "AWS::URLSuffix": "url-suffix",
}
NAMES: Final = frozenset((NO_VALUE, *SYMBOLS, STACK_NAME, "AWS::StackId", "AWS::NotificationARNs"))


def symbol(scope: Scope, kind: SymbolKind) -> Text:
    """The account, region and so on: what a person or this world says, or a symbol."""
    elsewhere = scope.stack.elsewhere
    said = "" if elsewhere else _said(scope, kind)
    said = said or scope.assumption.values.get(symbol_key(kind, elsewhere), "")
    return text(said) if said else Text((Symbol(kind, elsewhere),))


def _said(scope: Scope, kind: SymbolKind) -> str:
    settings = scope.settings
    partition = settings.partition or _partition(settings.region)
    return {
        "account": settings.account,
        "region": settings.region,
        "partition": partition,
        "url-suffix": _suffix(partition),
    }[kind]


def pseudo(scope: Scope, name: str, node: Node) -> v.Node | None:
    """The value of a pseudo parameter; None for `AWS::NoValue`."""
    kind = SYMBOLS.get(name)
    if kind is not None:
        return v.Known(symbol(scope, kind), scope.span(node))
    if name == NO_VALUE:
        return None
    # A nested stack has a name and an ID of its own.
    if name == "AWS::NotificationARNs":
        why = "the stack's notification topics are known only at the deploy"
        return scope.unknown(node, why, key=scope.stack.address(name))
    words = _stack_name(scope) if name == STACK_NAME else _stack_id(scope)
    return v.Known(words, scope.span(node))


def _stack_name(scope: Scope) -> Text:
    why = "the name of the stack is known only at the deploy"
    return Text((Hole(scope.stack.address(STACK_NAME), why),))


def _stack_id(scope: Scope) -> Text:
    """`arn:PARTITION:cloudformation:REGION:ACCOUNT:stack/NAME/GUID`."""
    why = "the ID of the stack is known only at the deploy"
    guid = Text((Hole(scope.stack.address(STACK_GUID), why),))
    words = text("arn:") + symbol(scope, "partition") + text(":cloudformation:")
    words += symbol(scope, "region") + text(":") + symbol(scope, "account")
    return words + text(":stack/") + _stack_name(scope) + text("/") + guid


def _partition(region: str) -> str:
    return partition_of(region) if region else ""


def _suffix(partition: str) -> str:
    return domain_of(partition) or ""
