"""What AWS rejects in the principals of a statement.

<https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html>
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from validator.aws.partitions import PARTITIONS
from validator.graph.text import Lit
from validator.policy.model import Principals, Who
from validator.policy.question import Fault, PolicyKind

# `AIDA…`, `AROA…`: what AWS writes in the place of a user or role that was deleted.
_PRINCIPAL = re.compile(
    r"\d{12}|A[A-Z0-9]{15,}|arn:aws[a-z\-]*:(iam|sts)::(\d{12}|cloudfront):.+", re.ASCII
)
_SERVICE = re.compile(r"[a-z0-9\-]+(\.[a-z0-9\-]+)+")


def principal_faults(kind: PolicyKind, principals: Principals, partition: str) -> Iterator[Fault]:
    """The faults of a statement's principals; `partition` is the one it is deployed to."""
    if kind == "identity":
        return
    for who in principals.who:
        if partition and (fault := _of_another_partition(who, partition)) is not None:
            yield fault
            continue
        literal = who.id.value.literal
        if literal is None or _right(who, literal):
            continue
        shown = str(who.id.value)
        doubt = who.kind == "Service" and literal == "*"
        hint = ""
        if "*" in literal and literal != "*":
            hint = ": a wildcard cannot stand for a part of a principal"
        elif who.kind == "AWS" and _SERVICE.fullmatch(literal):
            hint = ': a service belongs under "Service"'
        elif who.kind == "Service" and _SERVICE.fullmatch(literal.lower()):
            hint = ": a service is written in lower case"
        message = f'Invalid principal in policy: "{who.kind.upper()}":"{shown}"{hint}'
        yield Fault(who.id.span, message, rejected=not doubt)


def _of_another_partition(who: Who, partition: str) -> Fault | None:
    """A partition knows nobody of another one.

    <https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies-cross-account-resource-access.html>
    """
    first = who.id.value.pieces[0] if who.id.value.pieces else None
    if who.kind != "AWS" or not isinstance(first, Lit):
        return None
    arn, _, rest = first.text.partition(":")
    there, colon, _ = rest.partition(":")
    if arn != "arn" or not colon or there == partition or there not in PARTITIONS:
        return None
    shown = str(who.id.value)
    hint = f"it is of partition {there}, not {partition}"
    if shown.startswith(f"arn:{there}:"):
        hint += f": write {shown.replace(f'arn:{there}:', f'arn:{partition}:', 1)}"
    return Fault(who.id.span, f'Invalid principal in policy: "AWS":"{shown}": {hint}')


def _right(who: Who, literal: str) -> bool:
    match who.kind:
        case "AWS":
            return literal == "*" or ("*" not in literal and bool(_PRINCIPAL.fullmatch(literal)))
        case "Service":
            return bool(_SERVICE.fullmatch(literal))
        case _:
            return True
