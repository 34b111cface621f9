"""Settings of a bucket that bear on log delivery: Block Public Access, and who pays.

<https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html>
<https://docs.aws.amazon.com/AmazonS3/latest/userguide/RequesterPaysBuckets.html>
"""

from __future__ import annotations

from collections.abc import Iterator

from validator.aws import BucketPayer, BucketPolicy, PublicAccessBlock
from validator.aws.fields import literal
from validator.delivery.case import Case
from validator.delivery.needs import Need, State
from validator.delivery.owners import owned
from validator.delivery.policies import owner_matches, parsed
from validator.delivery.target import ToBucket
from validator.findings import Evidence
from validator.graph.text import Text
from validator.graph.values import Known, Value
from validator.graph.verdict import Truth
from validator.policy.model import Principals, Statement

_NARROW_NOTHING = ("aws:securetransport", "s3:x-amz-acl", "s3:tlsversion", "s3:signatureversion")
"""Condition keys that leave a policy as public as it is without them."""


def _blocked(block: PublicAccessBlock) -> tuple[Value[Text]]:
    return (block.bucket,)


def _paid(payer: BucketPayer) -> tuple[Value[Text]]:
    return (payer.bucket,)


def public_needs(case: Case, target: ToBucket, policy: BucketPolicy) -> Iterator[Need]:
    """A policy that surely is public, on a bucket that surely blocks public policies."""
    bucket = target.bucket
    if bucket is None:
        return
    for block in owned(case.graph, PublicAccessBlock, _blocked, target.name, bucket.address):
        mine, _ = owner_matches(case, block.bucket, block.unit, target.name, bucket.address)
        blocks = block.block_public_policy
        if mine is not Truth.YES or not (isinstance(blocks, Known) and blocks.value):
            continue
        document = parsed(case, policy.document, "bucket", policy.unit)
        for statement in () if document is None else document.statements:
            if _is_public(statement):
                yield Need(
                    "bucket-policy",
                    State.UNMET,
                    statement.span,
                    fault="public",
                    why="a statement makes it public, which the bucket blocks",
                    subject=target.called,
                    when="deploy",
                    evidence=(Evidence(blocks.span, "the bucket blocks public policies"),),
                )
                return


def _is_public(statement: Statement) -> bool:
    who = statement.principals
    return (
        statement.effect == "Allow"
        and not statement.gaps
        and who is not None
        and _is_everyone(who)
        and all(
            (condition.key.literal or "?").lower() in _NARROW_NOTHING
            for condition in statement.conditions
        )
    )


def _is_everyone(who: Principals) -> bool:
    if who.negated or who.rest is not None:
        return False
    return who.everyone or any(one.kind == "AWS" and one.id.value.literal == "*" for one in who.who)


def payer_needs(case: Case, target: ToBucket) -> Iterator[Need]:
    """Log delivery pays nothing; what it does to a bucket that wants payment nobody says."""
    bucket = target.bucket
    if bucket is None:
        return
    asked = [bucket.payer]
    for payer in owned(case.graph, BucketPayer, _paid, target.name, bucket.address):
        mine, _ = owner_matches(case, payer.bucket, payer.unit, target.name, bucket.address)
        if mine is Truth.YES:
            asked.append(payer.payer)
    for value in asked:
        if literal(value) == "Requester":
            yield Need(
                "destination",
                State.NOTED,
                value.span,
                fault="requester-pays",
                why="it has Requester Pays",
                subject=target.called,
                when="delivery",
            )
