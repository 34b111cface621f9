"""The requests that AWS will make for a delivery, with the context that it will send.

Which condition keys a call by an AWS service carries:
<https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html>
<https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-s3-permissions.html>
"""

from __future__ import annotations

from validator.aws.facts import FLOW_LOGS, LOG_DELIVERY
from validator.graph.graph import Place
from validator.graph.values import Known, Piece, Text, Unknown, Value, text
from validator.graph.verdict import Truth
from validator.policy.question import Anything, ContextValue, Pattern, Principal, Request
from validator.records import replace

_ABSENT = ContextValue(None, Truth.NO)

AWS_ACCOUNT = "(an account of AWS)"
"""Stands for the account and principal of an AWS service: present, and never one of yours."""

AWS_ADDRESS = "192.0.0.8"
"""Stands for the address that an AWS service calls from: in nobody's range (RFC 7600)."""

_NEVER_FOR_SERVICES = (
    "aws:sourcevpc",
    "aws:sourcevpce",
    "aws:vpcsourceip",
    "aws:principalorgid",
    "aws:principalorgpaths",
    "aws:principaltag/*",
    "aws:multifactorauthpresent",
    "aws:multifactorauthage",
    "aws:federatedprovider",
    "aws:calledvia",
    "aws:calledviafirst",
    "aws:calledvialast",
    "aws:username",
    "sts:externalid",
    "sts:rolesessionname",
)


def _value(words: Text | str, *, why: str = "") -> ContextValue:
    return ContextValue((_pattern(words),), why=why)


def _pattern(words: Text | str) -> Pattern:
    return text(words).pieces if isinstance(words, str) else words.pieces


def _by_service(
    service: str, source_service: str, tail: Pattern, place: Place
) -> dict[str, ContextValue]:
    """The context of a call that a service makes for a flow log at a place."""
    arn: Pattern = (
        *_pattern("arn:"),
        *place.partition.pieces,
        *_pattern(f":{source_service}:"),
        *place.region.pieces,
        *_pattern(":"),
        *place.account.pieces,
        *_pattern(":"),
        *tail,
    )
    organisation = "whether the account is in this organisation"
    context = dict.fromkeys(_NEVER_FOR_SERVICES, _ABSENT)
    context |= {
        "aws:principalisawsservice": _value("true"),
        "aws:principalservicename": _value(service),
        "aws:principalservicenameslist": ContextValue((_pattern(service),), multivalued=True),
        "aws:sourceaccount": _value(place.account),
        "aws:sourcearn": ContextValue((arn,)),
        "aws:sourceorgid": ContextValue(None, Truth.MAYBE, why=organisation),
        "aws:sourceorgpaths": ContextValue(None, Truth.MAYBE, True, organisation),
        "aws:principalarn": _value(AWS_ACCOUNT),
        "aws:principalaccount": _value(AWS_ACCOUNT),
        "aws:sourceip": _value(AWS_ADDRESS),
        "aws:securetransport": _value("true"),
        "aws:viaawsservice": _value("false"),
    }
    return context


def s3_request(action: str, resource: Pattern, place: Place) -> Request:
    """A call to S3 by log delivery for a flow log at a place.

    The ACL header is sent as AWS publishes it; whether it still is where ACLs are disabled is
    disputed, and both ways are accepted. Log delivery sends no encryption header.
    """
    context = _by_service(LOG_DELIVERY, "logs", (Anything(1),), place)
    context |= {
        "s3:x-amz-acl": _value("bucket-owner-full-control"),
        "s3:tlsversion": _value("1.3"),
        "s3:x-amz-server-side-encryption": _ABSENT,
        "s3:x-amz-server-side-encryption-aws-kms-key-id": _ABSENT,
        "s3:x-amz-server-side-encryption-customer-algorithm": _ABSENT,
        "s3:x-amz-grant-read": _ABSENT,
        "s3:x-amz-grant-write": _ABSENT,
        "s3:x-amz-grant-full-control": _ABSENT,
        "s3:dataaccesspointarn": _ABSENT,
        "s3:dataaccesspointaccount": _ABSENT,
    }
    return Request(_service(LOG_DELIVERY), action, resource, context, Truth.MAYBE)


def key_request(
    action: str, key_arn: Text, place: Place, bucket: Text, bucket_key: Value[bool]
) -> Request:
    """A use of a bucket's key for log delivery.

    `bucket_key` says whether the bucket, given by its ARN, has a bucket key: S3 then names the
    bucket in the encryption context, else the object.
    <https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-key.html>
    """
    context = _by_service(LOG_DELIVERY, "logs", (Anything(1),), place)
    match bucket_key:
        case Unknown(why=why, supply=supply):
            sealed = ContextValue(None, why=why, supply=supply)
        case Known(value=True):
            sealed = _value(bucket)
        case _:
            sealed = ContextValue(((*bucket.pieces, *_pattern("/"), Anything(1)),))
    context |= {
        "kms:encryptioncontext:aws:s3:arn": sealed,
        "kms:calleraccount": _value(AWS_ACCOUNT),
        "kms:grantisforawsresource": _ABSENT,
    }
    return Request(_service(LOG_DELIVERY), action, key_arn.pieces, context, Truth.MAYBE)


def logs_key_request(
    action: str, key_arn: Text, group_arn: Text, place: Place, suffix: str
) -> Request:
    """A use of a log group's key by CloudWatch Logs, whose principal ends in a suffix.

    <https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html>
    """
    context = {
        "kms:encryptioncontext:aws:logs:arn": _value(group_arn),
        "kms:encryptioncontextkeys": ContextValue((_pattern("aws:logs:arn"),), multivalued=True),
        "aws:principalisawsservice": _value("true"),
        "aws:securetransport": _value("true"),
        "aws:sourcevpc": _ABSENT,
        "aws:sourcevpce": _ABSENT,
        "aws:principalorgid": _ABSENT,
    }
    service = text("logs.") + place.region + text(f".{suffix}")
    principal = Principal("Service", service)
    return Request(principal, action, key_arn.pieces, context, Truth.MAYBE)


def trust_request(role_arn: Text, place: Place) -> Request:
    """The flow logs service assuming a role."""
    flow_log: Pattern = (
        *_pattern("vpc-flow-log/fl-"),
        Anything(1, colons=False, slashes=False),
    )
    context = _by_service(FLOW_LOGS, "ec2", flow_log, place)
    return Request(_service(FLOW_LOGS), "sts:AssumeRole", role_arn.pieces, context, Truth.MAYBE)


def log_delivery_trust_request(role_arn: Text, place: Place) -> Request:
    """Log delivery assuming the role of a flow log to a delivery stream in another account.

    <https://docs.aws.amazon.com/vpc/latest/userguide/firehose-cross-account-delivery.html>
    """
    context = _by_service(LOG_DELIVERY, "logs", (Anything(1),), place)
    return Request(_service(LOG_DELIVERY), "sts:AssumeRole", role_arn.pieces, context, Truth.MAYBE)


def pass_role_request(role_arn: Text, watched: Pattern | None, place: Place) -> Request:
    """A role handed to log delivery for the resource that the flow log watches, by its ARN."""
    request = role_request("iam:PassRole", role_arn.pieces, role_arn, place)
    context = {
        **request.context,
        "iam:passedtoservice": _value(LOG_DELIVERY),
        "iam:associatedresourcearn": ContextValue(
            None if watched is None else (watched,), why="the ARN of the resource that is watched"
        ),
    }
    return replace(request, context=context)


def linked_role_request(account: Text, role_arn: Text, place: Place) -> Request:
    """Creating the role that is linked to log delivery.

    <https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/AWS-logs-infrastructure-Firehose.html>
    """
    linked: Pattern = (
        *_pattern("arn:"),
        *place.partition.pieces,
        *_pattern(":iam::"),
        *account.pieces,
        *_pattern(f":role/aws-service-role/{LOG_DELIVERY}/AWSServiceRoleForLogDelivery"),
    )
    request = role_request("iam:CreateServiceLinkedRole", linked, role_arn, place)
    return replace(request, context={**request.context, "iam:awsservicename": _value(LOG_DELIVERY)})


def role_request(action: str, resource: Pattern, role_arn: Text, place: Place) -> Request:
    """A call with a role that an AWS service took on for the flow log."""
    context = {
        "aws:principalisawsservice": _value("false"),
        "aws:principalarn": _value(role_arn),
        "aws:principalaccount": _value(place.account),
        "aws:requestedregion": _value(place.region),
        "aws:sourceip": _value(AWS_ADDRESS),
        "aws:securetransport": _value("true"),
        "aws:viaawsservice": ContextValue(None, Truth.MAYBE),
        "aws:principalservicename": _ABSENT,
        "aws:principalservicenameslist": _ABSENT,
        "aws:sourceaccount": _ABSENT,
        "aws:sourcearn": _ABSENT,
        "aws:sourcevpc": _ABSENT,
        "aws:sourcevpce": _ABSENT,
        "aws:multifactorauthpresent": _ABSENT,
    }
    return Request(Principal("AWS", role_arn), action, resource, context, Truth.MAYBE)


def _service(name: str) -> Principal:
    return Principal("Service", text(name))


def object_keys(folder: Text, place: Place, *, hive: bool, service: bool = True) -> Pattern:
    """Every object key that a flow log writes, from the folder on.

    `service` is False where AWS's guides disagree on what follows the account (transit gateways).
    <https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-s3-path.html>
    """
    pieces: list[Piece | Anything] = [*folder.pieces]
    pieces += _pattern("/AWSLogs/" if folder.pieces else "AWSLogs/")
    pieces += _pattern("aws-account-id=" if hive else "")
    pieces += place.account.pieces
    if service:
        pieces += _pattern("/aws-service=vpcflowlogs/aws-region=" if hive else "/vpcflowlogs/")
        pieces += place.region.pieces
    run = Anything(1, colons=False, slashes=False)
    for name in ("year", "month", "day"):
        pieces += _pattern(f"/{name}=" if hive else "/")
        pieces.append(run)
    pieces += _pattern("/")
    pieces.append(Anything(1, colons=False))
    return tuple(pieces)


def bucket_arn(name: Text, place: Place) -> Text:
    """A bucket's ARN."""
    return text("arn:") + place.partition + text(":s3:::") + name


def log_stream_arn(name: Text, region: Text, account: Text, place: Place) -> Pattern:
    """The ARN of any stream of a log group, which writing records is authorised on.

    <https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoncloudwatchlogs.html>
    """
    group = log_group_arn(name, region, account, place)
    return (*group.pieces, *_pattern(":log-stream:"), Anything(1, colons=False))


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
