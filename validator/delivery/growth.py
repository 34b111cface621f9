"""The bucket policy's size, and whether and what AWS itself adds to it for each flow log.

When a flow log is created whose writes the policy does not allow yet, log delivery appends a
statement for its folder (seen in live policies; the guide speaks of a longer `Resource` list).
<https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-troubleshooting.html>
<https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/AWS-logs-infrastructure-S3.html>
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from validator.aws import BucketPolicy
from validator.aws.facts import BUCKET_POLICY_BYTES, BUCKET_POLICY_FACTOR, LOG_DELIVERY
from validator.delivery.case import Case
from validator.delivery.needs import Need, State
from validator.delivery.sizes import size_of
from validator.delivery.target import ToBucket
from validator.graph.text import Lit, Symbol, Text
from validator.graph.verdict import Truth
from validator.policy.model import Policy, Statement
from validator.policy.size import LEAST
from validator.records import dataclass


@dataclass(frozen=True, slots=True)
class Writer:
    """An S3 delivery, and whether the bucket policy as written admits its writes."""

    case: Case
    target: ToBucket
    admitted: bool
    hive: bool


def size_need(case: Case, policy: BucketPolicy, name: str) -> Need | None:
    """Whether a bucket policy fits as it is written; None if it surely does, or nobody knows."""
    found = size_of(case, policy.document, policy.unit)
    size = 0 if found is None else found.least
    if size <= BUCKET_POLICY_BYTES:
        return None
    surely = size * BUCKET_POLICY_FACTOR > BUCKET_POLICY_BYTES
    return Need(
        "policy-size",
        State.UNMET if surely else State.AT_RISK,
        policy.document.span,
        fault="too-large",
        subject=name,
        when="deploy",
        facts={"bytes": str(size)},
    )


def aws_can_append(case: Case, target: ToBucket, policy: Policy) -> Truth:
    """Whether AWS adds the missing statements when the flow log is created.

    It does for a bucket of the same account, unless the policy has NotAction or NotPrincipal.
    """
    if any(_uses_not(statement) for statement in policy.statements):
        return Truth.NO
    bucket = target.bucket
    if bucket is None:
        return Truth.MAYBE
    owner = case.resolve.of(bucket.unit)(bucket.place.account)
    if owner.matches(case.place.account):
        return Truth.YES
    if owner.literal is not None and case.place.account.literal is not None:
        return Truth.NO
    return Truth.MAYBE


def _uses_not(statement: Statement) -> bool:
    parts = (statement.action, statement.principals)
    return any(part is not None and part.negated for part in parts)


def growth_need(
    before: Sequence[Writer], writers: Sequence[Writer], policy: BucketPolicy | None
) -> Need | None:
    """Whether AWS's additions for a bucket's flow logs, in order, push its policy over the limit.

    `before` are those that exist: what AWS added for them is there, unless the policy has it.

    A met need says how much of the limit is used; None if nothing is known of the policy. The fact
    `crossing` is the flow log at which the limit is passed, or the first one.

    One statement a folder is the form seen today, and more than the documented list form; only
    what passes the limit in the shorter form too is certain.
    """
    start = 0
    if policy is not None:
        found = size_of(writers[0].case, policy.document, policy.unit)
        start = 0 if found is None else found.least
        if start > BUCKET_POLICY_BYTES:
            return None
    statements = listed = start
    seen: set[tuple[str, str]] = set()
    crossing: Writer | None = None
    certain = False
    for writer in (*before, *writers):
        resource = _resource(writer)
        place = str(writer.case.place.region)
        if writer.admitted or (resource, place) in seen:
            continue
        first = not seen
        seen.add((resource, place))
        write = _statement(writer, "s3:PutObject", resource, len(seen))
        acl = _statement(writer, "s3:GetBucketAcl", _bucket(writer), 1)
        whole = {"Version": "2012-10-17", "Id": "AWSLogDeliveryWrite20150319", "Statement": ()}
        if first:
            both = _bytes(write) + _bytes(acl) + 1
            grown = both + (1 if start else _bytes(whole))
            statements += grown
            listed += grown
        else:
            statements += _bytes(write) + 1
            listed += len(resource.encode("utf-8", "replace")) + 3
        if statements > BUCKET_POLICY_BYTES and crossing is None and writer not in before:
            crossing = writer
        # An apply of the policy may have taken away what AWS had added before.
        certain = not before and listed * BUCKET_POLICY_FACTOR > BUCKET_POLICY_BYTES
    if crossing is None:
        used = f"{statements:,} of {BUCKET_POLICY_BYTES:,} bytes"
        if seen:
            used += f", {len(seen)} of its statements added by AWS"
        first_span = writers[0].case.flow_log.destination.span
        facts = {"crossing": writers[0].case.flow_log.address}
        subject = writers[0].target.called
        if not statements:
            return None
        return Need("policy-size", State.MET, first_span, why=used, subject=subject, facts=facts)
    return Need(
        "policy-size",
        State.UNMET if certain else State.AT_RISK,
        crossing.case.flow_log.destination.span if policy is None else policy.document.span,
        fault="outgrows",
        subject=crossing.target.called,
        when="deploy",
        facts={
            "bytes": str(statements),
            "start": str(start),
            "flow_logs": str(len(seen)),
            "crossing": crossing.case.flow_log.address,
        },
    )


def _bucket(writer: Writer) -> str:
    return f"arn:{_room(writer.case.place.partition)}:s3:::{_room(writer.target.name)}"


def _resource(writer: Writer) -> str:
    folder = _room(writer.target.folder)
    hive = "aws-account-id=" if writer.hive else ""
    middle = f"{folder}/" if folder else ""
    return f"{_bucket(writer)}/{middle}AWSLogs/{hive}{_room(writer.case.place.account)}/*"


def _statement(writer: Writer, action: str, resource: str, number: int) -> object:
    """A statement as live policies hold it."""
    place = writer.case.place
    account = _room(place.account)
    source = f"arn:{_room(place.partition)}:logs:{_room(place.region)}:{account}:*"
    writes = action == "s3:PutObject"
    acl = {"s3:x-amz-acl": "bucket-owner-full-control"} if writes else {}
    return {
        "Sid": f"{'AWSLogDeliveryWrite' if writes else 'AWSLogDeliveryAclCheck'}{number}",
        "Effect": "Allow",
        "Principal": {"Service": LOG_DELIVERY},
        "Action": action,
        "Resource": resource,
        "Condition": {
            "StringEquals": {**acl, "aws:SourceAccount": account},
            "ArnLike": {"aws:SourceArn": source},
        },
    }


def _bytes(document: object) -> int:
    return len(json.dumps(document, separators=(",", ":")).encode())


def _room(words: Text) -> str:
    """A text of the least length that this one can have, the same for the same text."""
    return "".join(_least(piece) for piece in words.pieces)


def _least(piece: object) -> str:
    match piece:
        case Lit(text=written):
            return written
        case Symbol(kind=kind, scope=scope):
            return (scope + "0" * LEAST[kind])[-LEAST[kind] :]
        case _:
            return ""


def by_bucket(writers: Iterable[Writer]) -> dict[object, list[Writer]]:
    """The writers of each bucket, in order."""
    found: dict[object, list[Writer]] = {}
    for writer in writers:
        bucket = writer.target.bucket
        key = bucket.address if bucket is not None else str(writer.target.name)
        found.setdefault(key, []).append(writer)
    return found
