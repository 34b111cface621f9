"""The names under which AWS asks for what a delivery touches: ARNs and object keys."""

from __future__ import annotations

from validator.graph.text import Piece, Text, text
from validator.graph.world import Place
from validator.policy.question import Anything, Pattern
from validator.policy.runs import DIGITS, LOWER


def pattern(words: Text | str) -> Pattern:
    """A text as a request holds it."""
    return text(words).pieces if isinstance(words, str) else words.pieces


_LETTERS = DIGITS + LOWER + LOWER.upper()


def object_keys(
    folder: Text,
    place: Place,
    *,
    hive: bool,
    service: bool = True,
    per_hour: bool | None = None,
    ending: str = "",
) -> Pattern:
    """Every object key that a flow log writes, from the folder on.

    `service` is False where AWS's guides disagree on what follows the account (transit gateways).
    `per_hour` is None if nobody knows whether the hour has a folder of its own. `ending` is that
    of the files' names, as far as it is documented.
    <https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-s3-path.html>
    """
    pieces: list[Piece | Anything] = [*folder.pieces]
    pieces += pattern("/AWSLogs/" if folder.pieces else "AWSLogs/")
    pieces += pattern("aws-account-id=" if hive else "")
    pieces += place.account.pieces
    if not service:
        part = Anything(1, colons=False, slashes=False)
        for name in ("year", "month", "day"):
            pieces += (*pattern(f"/{name}=" if hive else "/"), part)
        return (*pieces, *pattern("/"), Anything(1, colons=False))
    pieces += pattern("/aws-service=vpcflowlogs/aws-region=" if hive else "/vpcflowlogs/")
    pieces += place.region.pieces
    for name, digits in (("year", 4), ("month", 2), ("day", 2), ("hour", 2))[: 3 + bool(per_hour)]:
        pieces += (*pattern(f"/{name}=" if hive else "/"), _digits(digits))
    pieces += pattern("/")
    if per_hour is None:
        pieces.append(Anything(1, colons=False))
    else:
        pieces += (*place.account.pieces, *pattern("_vpcflowlogs_"), *place.region.pieces)
        pieces += (*pattern("_fl-"), Anything(1, alphabet=_LETTERS), *pattern("_"))
        pieces += (_digits(8), *pattern("T"), _digits(4), *pattern("Z_"))
        pieces.append(Anything(1, alphabet=_LETTERS))
        if not ending:
            pieces.append(Anything(colons=False, slashes=False))
    return (*pieces, *pattern(ending))


def _digits(number: int) -> Anything:
    return Anything(number, alphabet=DIGITS, fixed=True)


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
    return _arn(place.partition, "logs", region, account, text("log-group:") + name)


def delivery_stream_arn(name: Text, region: Text, account: Text, place: Place) -> Text:
    """A delivery stream's ARN."""
    return _arn(place.partition, "firehose", region, account, text("deliverystream/") + name)


def _arn(partition: Text, service: str, region: Text, account: Text, resource: Text) -> Text:
    colon = text(":")
    return (
        text("arn:")
        + partition
        + text(f":{service}:")
        + region
        + colon
        + account
        + colon
        + resource
    )
