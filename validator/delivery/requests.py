"""The requests that AWS will make for a delivery, with the context that it will send.

Which condition keys a call by an AWS service carries:
<https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html>
<https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-s3-permissions.html>
"""

from __future__ import annotations

from validator.aws.facts import FLOW_LOGS, LOG_DELIVERY
from validator.delivery.names import pattern
from validator.delivery.organization import Origin
from validator.graph.text import Text, text
from validator.graph.values import Known, Unknown, Value
from validator.graph.verdict import Truth
from validator.policy.question import Anything, ContextValue, Pattern, Principal, Request
from validator.records import replace

ABSENT = ContextValue(None, Truth.NO)
"""A key that a call does not carry."""

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


def exactly(words: Text | str) -> ContextValue:
    """A key with one value."""
    return ContextValue((pattern(words),))


TRUE, FALSE = exactly("true"), exactly("false")
_BY_AWS = {
    **dict.fromkeys(_NEVER_FOR_SERVICES, ABSENT),
    "aws:principalisawsservice": TRUE,
    "aws:principalarn": exactly(AWS_ACCOUNT),
    "aws:principalaccount": exactly(AWS_ACCOUNT),
    "aws:sourceip": exactly(AWS_ADDRESS),
    "aws:securetransport": TRUE,
    "aws:viaawsservice": FALSE,
}
"""What every call by a service of AWS carries."""


def by_service(
    service: str, source_service: str, tail: Pattern, origin: Origin
) -> dict[str, ContextValue]:
    """The context of a call that a service makes for a flow log."""
    place = origin.place
    arn: Pattern = (
        *pattern("arn:"),
        *place.partition.pieces,
        *pattern(f":{source_service}:"),
        *place.region.pieces,
        *pattern(":"),
        *place.account.pieces,
        *pattern(":"),
        *tail,
    )
    return {
        **_BY_AWS,
        "aws:principalservicename": exactly(service),
        "aws:principalservicenameslist": ContextValue((pattern(service),), multivalued=True),
        "aws:sourceaccount": exactly(place.account),
        "aws:sourcearn": ContextValue((arn,)),
        **origin.keys("source"),
    }


def of_resource(owner: Origin | None) -> dict[str, ContextValue]:
    """The keys that tell whose the resource of a call is; left open if nobody knows."""
    if owner is None:
        return {}
    return {**owner.keys("resource"), "aws:resourceaccount": exactly(owner.place.account)}


def called_in(origin: Origin, owner: Origin | None) -> dict[str, ContextValue]:
    """The region that S3 or KMS is called in: that of the bucket, or that of the flow log.

    Every request carries it; which of the two it is, AWS does not say.
    """
    why = "whether log delivery calls the bucket's region or the flow log's (aws:RequestedRegion)"
    if owner is None:
        return {"aws:requestedregion": ContextValue(None, why=why)}
    here, there = origin.place.region, owner.place.region
    other = () if here == there else (pattern(here),)
    return {"aws:requestedregion": ContextValue((pattern(there),), why=why, instead=other)}


def key_request(
    action: str,
    key_arn: Text,
    origin: Origin,
    bucket: Text,
    bucket_key: Value[bool],
    owner: Origin | None = None,
) -> Request:
    """A use of a bucket's key for log delivery; `owner` is the place of the key.

    `bucket_key` says whether the bucket, given by its ARN, has a bucket key: S3 then names the
    bucket in the encryption context, else the object.
    <https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-key.html>
    """
    context = by_service(LOG_DELIVERY, "logs", (Anything(1),), origin)
    match bucket_key:
        case Unknown(why=why, supply=supply):
            sealed = ContextValue(None, why=why, supply=supply)
        case Known(value=True):
            sealed = exactly(bucket)
        case _:
            sealed = ContextValue(((*bucket.pieces, *pattern("/"), Anything(1)),))
    context |= {
        **of_resource(owner),
        **called_in(origin, owner),
        "kms:encryptioncontext:aws:s3:arn": sealed,
        "kms:calleraccount": ContextValue(
            None, why="whose account kms:CallerAccount names when log delivery writes"
        ),
        "kms:grantisforawsresource": ABSENT,
    }
    return Request(service_principal(LOG_DELIVERY), action, key_arn.pieces, context, Truth.MAYBE)


def trust_request(role_arn: Text, origin: Origin) -> Request:
    """The flow logs service assuming a role."""
    flow_log: Pattern = (
        *pattern("vpc-flow-log/fl-"),
        Anything(1, colons=False, slashes=False),
    )
    context = by_service(FLOW_LOGS, "ec2", flow_log, origin)
    return Request(
        service_principal(FLOW_LOGS), "sts:AssumeRole", role_arn.pieces, context, Truth.MAYBE
    )


def log_delivery_trust_request(role_arn: Text, origin: Origin) -> Request:
    """Log delivery assuming the role of a flow log to a delivery stream in another account.

    <https://docs.aws.amazon.com/vpc/latest/userguide/firehose-cross-account-delivery.html>
    """
    context = by_service(LOG_DELIVERY, "logs", (Anything(1),), origin)
    return Request(
        service_principal(LOG_DELIVERY), "sts:AssumeRole", role_arn.pieces, context, Truth.MAYBE
    )


def pass_role_request(
    role_arn: Text,
    watched: Pattern | None,
    origin: Origin,
    *,
    by: Text | None = None,
    to: str = LOG_DELIVERY,
) -> Request:
    """A role handed to a service for the resource that the flow log watches, by its ARN.

    `by` is the role that hands it over, by default itself.
    """
    request = role_request("iam:PassRole", role_arn.pieces, role_arn if by is None else by, origin)
    context = {
        **request.context,
        "iam:passedtoservice": exactly(to),
        "iam:associatedresourcearn": ContextValue(
            None if watched is None else (watched,), why="the ARN of the resource that is watched"
        ),
    }
    return replace(request, context=context)


def linked_role_request(account: Text, role_arn: Text, origin: Origin) -> Request:
    """Creating the role that is linked to log delivery.

    <https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/AWS-logs-infrastructure-Firehose.html>
    """
    linked: Pattern = (
        *pattern("arn:"),
        *origin.place.partition.pieces,
        *pattern(":iam::"),
        *account.pieces,
        *pattern(f":role/aws-service-role/{LOG_DELIVERY}/AWSServiceRoleForLogDelivery"),
    )
    request = role_request("iam:CreateServiceLinkedRole", linked, role_arn, origin)
    return replace(
        request, context={**request.context, "iam:awsservicename": exactly(LOG_DELIVERY)}
    )


def role_request(action: str, resource: Pattern, role_arn: Text, origin: Origin) -> Request:
    """A call with a role, whose place `origin` is, that an AWS service took on for a flow log."""
    context = {
        **origin.keys("principal"),
        "aws:principalisawsservice": FALSE,
        "aws:principalarn": exactly(role_arn),
        "aws:principalaccount": exactly(origin.place.account),
        "aws:requestedregion": exactly(origin.place.region),
        "aws:sourceip": exactly(AWS_ADDRESS),
        "aws:securetransport": TRUE,
        "aws:viaawsservice": ContextValue(None, Truth.MAYBE),
        "aws:principalservicename": ABSENT,
        "aws:principalservicenameslist": ABSENT,
        "aws:sourceaccount": ABSENT,
        "aws:sourcearn": ABSENT,
        "aws:sourcevpc": ABSENT,
        "aws:sourcevpce": ABSENT,
        "aws:multifactorauthpresent": ABSENT,
        "sts:externalid": ABSENT,  # a flow log has no argument for one
    }
    return Request(Principal("AWS", role_arn), action, resource, context, Truth.MAYBE)


def logs_request(action: str, resource: Pattern, role_arn: Text, origin: Origin) -> Request:
    """A call to CloudWatch Logs with a role, for a log group of its own account."""
    request = role_request(action, resource, role_arn, origin)
    return replace(request, context={**request.context, **of_resource(origin)})


def service_principal(name: str) -> Principal:
    """A service of AWS as who calls."""
    return Principal("Service", text(name))
