"""The sizes of the documents that a role or a key brings along.

<https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html>
<https://docs.aws.amazon.com/kms/latest/APIReference/API_PutKeyPolicy.html>
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from validator.aws.facts import (
    INLINE_POLICIES_CHARACTERS,
    KEY_POLICY_BYTES,
    MANAGED_POLICY_CHARACTERS,
    TRUST_POLICY_CHARACTERS,
    TRUST_POLICY_CHARACTERS_AT_MOST,
)
from validator.delivery.case import Case
from validator.delivery.needs import Need, State
from validator.graph.span import Span
from validator.graph.values import Absent, Datum, Unknown, Value
from validator.policy.size import Size, measure
from validator.records import dataclass


@dataclass(frozen=True, slots=True)
class Written:
    """A policy document of a role: whether it is a managed one, who holds it, in whose unit."""

    managed: bool
    owner: str
    document: Value[Datum]
    unit: str


def size_of(case: Case, document: Value[Datum], unit: str) -> Size | None:
    """A document's size without white space, its open parts as short as they can be.

    None if nothing of it is known.
    """
    match document:
        case Absent() | Unknown():
            return None
        case known:
            resolve = case.resolve.of(unit)
            key = ("size", resolve.partition, unit, resolve.about)
            return case.once(known, key, lambda: measure(known, resolve))


def trust_size(case: Case, document: Value[Datum], unit: str, role: str) -> Iterator[Need]:
    """Whether a trust policy fits; the quota can be raised, but not without end."""
    size = size_of(case, document, unit)
    if size is not None and size.characters > TRUST_POLICY_CHARACTERS:
        beyond = _certain(size) > TRUST_POLICY_CHARACTERS_AT_MOST
        yield _too_large(
            "trust", document.span, role, size.characters, TRUST_POLICY_CHARACTERS, certain=beyond
        )


def policy_sizes(case: Case, role: str, written: Iterable[Written]) -> Iterator[Need]:
    """Whether a role's managed policies fit, each, and its inline policies, all together."""
    inline: list[tuple[Written, Size]] = []
    for one in written:
        size = size_of(case, one.document, one.unit)
        if size is None:
            continue
        if not one.managed:
            inline.append((one, size))
        elif size.characters > MANAGED_POLICY_CHARACTERS:
            certain = _certain(size) > MANAGED_POLICY_CHARACTERS
            limit = MANAGED_POLICY_CHARACTERS
            span = one.document.span
            yield _too_large("managed", span, one.owner, size.characters, limit, certain=certain)
    total = sum(size.characters for _, size in inline)
    if total > INLINE_POLICIES_CHARACTERS:
        largest = max(inline, key=lambda pair: pair[1].characters)[0]
        certain = sum(_certain(size) for _, size in inline) > INLINE_POLICIES_CHARACTERS
        span = largest.document.span
        limit = INLINE_POLICIES_CHARACTERS
        yield _too_large("inline", span, role, total, limit, certain=certain)


def key_policy_size(case: Case, document: Value[Datum], unit: str, key: str) -> Iterator[Need]:
    """Whether a key policy fits."""
    size = size_of(case, document, unit)
    if size is not None and size.least > KEY_POLICY_BYTES:
        limit = KEY_POLICY_BYTES
        yield _too_large("key", document.span, key, size.least, limit, certain=True)


def _certain(size: Size) -> int:
    """The characters that count in any case: IAM counts no white space, perhaps none in texts."""
    return size.characters - size.spaces


def _too_large(
    fault: str, span: Span, subject: str, size: int, limit: int, *, certain: bool
) -> Need:
    return Need(
        "document-size",
        State.UNMET if certain else State.AT_RISK,
        span,
        fault=fault,
        subject=subject,
        when="deploy",
        facts={"size": f"{size:,}", "limit": f"{limit:,}"},
    )
