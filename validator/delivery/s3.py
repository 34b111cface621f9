"""What a delivery to S3 needs of the bucket.

<https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-s3-permissions.html>
<https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/AWS-logs-infrastructure-S3.html>
"""

from __future__ import annotations

from collections.abc import Iterable

from validator.aws import Bucket
from validator.delivery.bucket_names import name_needs
from validator.delivery.bucket_policy import policy_needs
from validator.delivery.bucket_settings import payer_needs
from validator.delivery.case import Case
from validator.delivery.encryption import encryption_needs, keys_of
from validator.delivery.informed import informed_of_keys
from validator.delivery.lookup import ELSEWHERE, hops, names_everywhere, open_piece, room_for
from validator.delivery.needs import Need, State, met, missing
from validator.delivery.policies import Found, bucket_policies, gaps_of
from validator.delivery.target import ToBucket
from validator.findings import Evidence
from validator.graph.text import Hole, Lit, Symbol, Text
from validator.graph.values import Absent, Known, Unknown
from validator.graph.verdict import Open, open_of
from validator.near import LIKE, alike


def s3_needs(case: Case, target: ToBucket) -> tuple[Case, list[Need]]:
    """The needs of a delivery to a bucket, and the case with its partition settled."""
    bucket = target.bucket
    case = case.about(bucket)
    found = bucket_policies(case, target.name, bucket)
    case = case.knowing(*(policy.document for policy in found.sure))
    case = informed_of_keys(case, keys_of(case, target))
    needs = [_exists(case, target, found)]
    if target.bucket is not None or found.sure:
        needs += policy_needs(case, target, found)
        needs += encryption_needs(case, target)
    needs += payer_needs(case, target)
    needs += name_needs(case, target)
    return case, needs


def role_needs(case: Case) -> Iterable[Need]:
    """S3 takes no role.

    <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateFlowLogs.html>
    """
    match case.flow_log.role_arn:
        case Known(span=span):
            yield Need("role", State.UNMET, span, fault="not-applicable", when="deploy")
        case Unknown() as unknown:
            yield missing("role", unknown.span, open_of(unknown))
        case Absent():
            pass


def _exists(case: Case, target: ToBucket, found: Found) -> Need:
    span = case.flow_log.destination.span
    name = target.called
    if target.bucket is not None:
        unknown = case.open_about(target.bucket)
        if unknown is not None:
            return missing("destination", span, open_of(unknown), subject=name)
        return met("destination", span)
    if target.perhaps:
        other = target.perhaps[0]
        piece = next(
            piece
            for piece in (*other.word("name").pieces, *target.name.pieces)
            if isinstance(piece, Hole | Symbol)
        )
        fact = open_piece(piece, other.span)
        return missing("destination", span, fact, subject=name)
    if found.sure:
        # Somebody who writes the policy of a bucket knows that it exists.
        return missing("destination", span, _elsewhere(name, case), subject=name)
    # Whatever the account and the region are, nothing here creates a bucket of such a name.
    if not _settled(target.name):
        facts = tuple(
            open_piece(piece, span) for piece in target.name.pieces if isinstance(piece, Hole)
        )
        return missing("destination", span, *(facts or (_elsewhere(name, case),)), subject=name)
    if gaps := gaps_of(case):
        return missing("destination", span, *gaps, subject=name)
    return Need(
        "destination",
        State.AT_RISK,
        span,
        fault="no-bucket",
        why="nothing in these files creates it",
        subject=name,
        evidence=(*hops(case.flow_log.destination.trail), *almost(case, target.name))
        if isinstance(case.flow_log.destination, Known)
        else (),
    )


def _settled(name: Text) -> bool:
    """Whether a name hangs on nothing but the account and the region that is deployed to."""
    return all(isinstance(piece, Lit | Symbol) for piece in name.pieces)


def almost(case: Case, name: Text) -> tuple[Evidence, ...]:
    """The buckets whose name is one slip away."""
    if not room_for(case.graph, Bucket):
        return ()
    found = names_everywhere(case.graph, Bucket, case.resolve)
    names = [(str(there), bucket) for there, bucket in found if _settled(there)]
    close = frozenset(alike(str(name), dict.fromkeys(there for there, _ in names), LIKE))
    return tuple(
        Evidence(bucket.name.span, f"this bucket is {there}")
        for there, bucket in names
        if there in close
    )


def _elsewhere(name: str, case: Case) -> Open:
    return Open(
        f"bucket {name} is created elsewhere",
        ELSEWHERE,
        case.flow_log.destination.span,
    )
