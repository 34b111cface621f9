"""What log delivery asks of a bucket, by the layout and the names of the files.

<https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-s3-path.html>
"""

from __future__ import annotations

from validator.aws.facts import LOG_DELIVERY
from validator.delivery.case import Case
from validator.delivery.names import bucket_arn, object_keys, pattern
from validator.delivery.organization import Origin
from validator.delivery.requests import (
    ABSENT,
    by_service,
    called_in,
    exactly,
    of_resource,
    service_principal,
)
from validator.delivery.target import ToBucket
from validator.delivery.watched import monitored
from validator.graph.text import text
from validator.graph.values import Absent, Known, Unknown
from validator.graph.verdict import Truth
from validator.policy.question import Anything, ContextValue, Pattern, Request

WRITES = "s3:PutObject"
READS_ACL = "s3:GetBucketAcl"

_OF_OTHER_CALLS = (
    # A request has a canned ACL or grants, not both.
    "s3:x-amz-grant-read",
    "s3:x-amz-grant-read-acp",
    "s3:x-amz-grant-write",
    "s3:x-amz-grant-write-acp",
    "s3:x-amz-grant-full-control",
    # Only requests through an access point carry these.
    "s3:dataaccesspointarn",
    "s3:dataaccesspointaccount",
    "s3:accesspointnetworkorigin",
    # These are of lists, of new buckets, and of one version that is read.
    "s3:prefix",
    "s3:delimiter",
    "s3:max-keys",
    "s3:locationconstraint",
    "s3:versionid",
)
"""Keys that neither a new object nor a look at a bucket's ACL brings.

<https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html>
"""


def requests(case: Case, target: ToBucket) -> tuple[list[Request], Request]:
    """The writes (one for each layout that may be in force) and the look at the ACL."""
    arn = bucket_arn(target.name, case.place)
    service = monitored(case.flow_log) == "vpc"
    origin, owner = case.origin, case.origin_of(target.bucket)
    layouts = [False]
    match case.flow_log.hive_compatible:
        case Known(value=hive):
            layouts = [hive]
        case Unknown():
            layouts = [False, True]
        case Absent():
            pass
    hourly = case.flow_log.per_hour
    per_hour = hourly.value if isinstance(hourly, Known) else None
    if isinstance(hourly, Absent):
        per_hour = False
    ending = ""
    match case.flow_log.file_format:
        case Known(value=words) if words.literal == "plain-text":
            ending = ".log.gz"
        case Absent():
            ending = ".log.gz"
        case _:
            pass  # how the others are called is not documented
    writes = [
        _request(
            WRITES,
            (
                *arn.pieces,
                *text("/").pieces,
                *object_keys(
                    target.folder,
                    case.place,
                    hive=hive,
                    service=service,
                    per_hour=per_hour,
                    ending=ending,
                ),
            ),
            origin,
            owner,
        )
        for hive in layouts
    ]
    return writes, _request(READS_ACL, arn.pieces, origin, owner)


def _request(
    action: str, resource: Pattern, origin: Origin, owner: Origin | None = None
) -> Request:
    """A call to S3 by log delivery for a flow log; `owner` is the place of the bucket.

    The ACL header is sent with an object as AWS publishes it; whether it still is where ACLs are
    disabled is disputed, and both ways are accepted. Log delivery sends no encryption header.
    """
    context = by_service(LOG_DELIVERY, "logs", (Anything(1),), origin)
    context |= {
        **of_resource(owner),
        **called_in(origin, owner),
        # https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html
        "s3:x-amz-acl": exactly("bucket-owner-full-control") if action == WRITES else ABSENT,
        "s3:tlsversion": ContextValue(
            (pattern("1.2"),),
            why="whether log delivery speaks TLS 1.3 already",
            instead=(pattern("1.3"),),
        ),
        "s3:x-amz-server-side-encryption": ABSENT,
        "s3:x-amz-server-side-encryption-aws-kms-key-id": ABSENT,
        "s3:x-amz-server-side-encryption-customer-algorithm": ABSENT,
        **dict.fromkeys(_OF_OTHER_CALLS, ABSENT),
    }
    if owner is not None:
        context["s3:resourceaccount"] = context["aws:resourceaccount"]
    return Request(service_principal(LOG_DELIVERY), action, resource, context, Truth.MAYBE)
