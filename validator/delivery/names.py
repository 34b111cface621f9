"""The names under which AWS asks for what a delivery touches: ARNs and object keys."""

from __future__ import annotations

from validator.graph.graph import Place
from validator.graph.values import Piece, Text, text
from validator.policy.question import Anything, Pattern


def pattern(words: Text | str) -> Pattern:
    """A text as a request holds it."""
    return text(words).pieces if isinstance(words, str) else words.pieces


_PART = Anything(1, colons=False, slashes=False)


def object_keys(
    folder: Text, place: Place, *, hive: bool, service: bool = True, per_hour: bool | None = None
) -> Pattern:
    """Every object key that a flow log writes, from the folder on.

    `service` is False where AWS's guides disagree on what follows the account (transit gateways).
    `per_hour` is None if nobody knows whether the hour has a folder of its own.
    <https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-s3-path.html>
    """
    pieces: list[Piece | Anything] = [*folder.pieces]
    pieces += pattern("/AWSLogs/" if folder.pieces else "AWSLogs/")
    pieces += pattern("aws-account-id=" if hive else "")
    pieces += place.account.pieces
    if service:
        pieces += pattern("/aws-service=vpcflowlogs/aws-region=" if hive else "/vpcflowlogs/")
        pieces += place.region.pieces
    for name, digits in (
        ("year", 4),
        ("month", 2),
        ("day", 2),
        *((("hour", 2),) if per_hour else ()),
    ):
        pieces += pattern(f"/{name}=" if hive else "/")
        pieces.append(Anything(digits=digits) if service else _PART)
    pieces += pattern("/")
    pieces.append(Anything(1, colons=False, slashes=per_hour is None or not service))
    return tuple(pieces)


def bucket_arn(name: Text, place: Place) -> Text:
    """A bucket's ARN."""
    return text("arn:") + place.partition + text(":s3:::") + name


def log_stream_arn(name: Text, region: Text, account: Text, place: Place) -> Pattern:
    """The ARN of any stream of a log group, which writing records is authorised on.

    <https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoncloudwatchlogs.html>
    """
    group = log_group_arn(name, region, account, place)
    return (*group.pieces, *pattern(":log-stream:"), Anything(1, colons=False))


def log_group_arn(name: Text, region: Text, account: Text, place: Place) -> Text:
    """A log group's ARN, without `:*`."""
    return (
        text("arn:")
        + place.partition
        + text(":logs:")
        + region
        + text(":")
        + account
        + text(":log-group:")
        + name
    )


def delivery_stream_arn(name: Text, region: Text, account: Text, place: Place) -> Text:
    """A delivery stream's ARN."""
    return (
        text("arn:")
        + place.partition
        + text(":firehose:")
        + region
        + text(":")
        + account
        + text(":deliverystream/")
        + name
    )
