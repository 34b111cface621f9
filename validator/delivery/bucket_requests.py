"""What log delivery asks of a bucket, by the layout and the names of the files.

<https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-s3-path.html>
"""

from __future__ import annotations

from validator.delivery.case import Case
from validator.delivery.names import bucket_arn, object_keys
from validator.delivery.requests import READS_ACL, WRITES, s3_request
from validator.delivery.target import ToBucket
from validator.delivery.watched import monitored
from validator.graph.text import text
from validator.graph.values import Absent, Known, Unknown
from validator.policy.question import Request


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
        s3_request(
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
    return writes, s3_request(READS_ACL, arn.pieces, origin, owner)
