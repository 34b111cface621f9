"""The requests that AWS will make for a delivery, with the context that it will send.

Which condition keys a call by an AWS service carries:
<https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html>
<https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-s3-permissions.html>
"""

from __future__ import annotations

from validator.aws.facts import FLOW_LOGS, LOG_DELIVERY
from validator.delivery.names import pattern
from validator.delivery.organization import Membership
from validator.graph.graph import Place
from validator.graph.text import Text, text
from validator.graph.values import Known, Unknown, Value
from validator.graph.verdict import Truth
from validator.policy.question import Anything, ContextValue, Pattern, Principal, Request
from validator.records import dataclass, replace

WRITES = "s3:PutObject"
READS_ACL = "s3:GetBucketAcl"

_ABSENT = ContextValue(None, Truth.NO)


@dataclass(frozen=True, slots=True)
class Origin:
    """Where calls come from: the place of a flow log or a role, and its account's organisation."""

    place: Place
    organization: Membership

    def keys(self, owner: str) -> dict[str, ContextValue]:
        """The condition keys of the organisation of whom a call is for (`source`, `principal`)."""
        said = self.organization
        there = said.present
        path = ContextValue((said.path.pieces,), there, True, said.why, said.supply)
        return {
            f"aws:{owner}orgid": ContextValue(
                (said.id.pieces,), there, False, said.why, said.supply
            ),
            f"aws:{owner}orgpaths": path,
        }


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
    return ContextValue((pattern(words),), why=why)


_TRUE, _FALSE = _value("true"), _value("false")
_BY_AWS = {
    **dict.fromkeys(_NEVER_FOR_SERVICES, _ABSENT),
    "aws:principalisawsservice": _TRUE,
    "aws:principalarn": _value(AWS_ACCOUNT),
    "aws:principalaccount": _value(AWS_ACCOUNT),
    "aws:sourceip": _value(AWS_ADDRESS),
    "aws:securetransport": _TRUE,
    "aws:viaawsservice": _FALSE,
}
"""What every call by a service of AWS carries."""


def _by_service(
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
        "aws:principalservicename": _value(service),
        "aws:principalservicenameslist": ContextValue((pattern(service),), multivalued=True),
        "aws:sourceaccount": _value(place.account),
        "aws:sourcearn": ContextValue((arn,)),
        **origin.keys("source"),
    }


def _of_resource(owner: Origin | None) -> dict[str, ContextValue]:
    """The keys that tell whose the resource of a call is; left open if nobody knows."""
    if owner is None:
        return {}
    return {**owner.keys("resource"), "aws:resourceaccount": _value(owner.place.account)}


def s3_request(
    action: str, resource: Pattern, origin: Origin, owner: Origin | None = None
) -> Request:
    """A call to S3 by log delivery for a flow log; `owner` is the place of the bucket.

    The ACL header is sent with an object as AWS publishes it; whether it still is where ACLs are
    disabled is disputed, and both ways are accepted. Log delivery sends no encryption header.
    """
    context = _by_service(LOG_DELIVERY, "logs", (Anything(1),), origin)
    context |= {
        **_of_resource(owner),
        # https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html
        "s3:x-amz-acl": _value("bucket-owner-full-control") if action == WRITES else _ABSENT,
        "s3:tlsversion": ContextValue(
            (pattern("1.2"),),
            why="whether log delivery speaks TLS 1.3 already",
            instead=(pattern("1.3"),),
        ),
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
    context = _by_service(LOG_DELIVERY, "logs", (Anything(1),), origin)
    match bucket_key:
        case Unknown(why=why, supply=supply):
            sealed = ContextValue(None, why=why, supply=supply)
        case Known(value=True):
            sealed = _value(bucket)
        case _:
            sealed = ContextValue(((*bucket.pieces, *pattern("/"), Anything(1)),))
    context |= {
        **_of_resource(owner),
        "kms:encryptioncontext:aws:s3:arn": sealed,
        "kms:calleraccount": ContextValue(
            None, why="whose account kms:CallerAccount names when log delivery writes"
        ),
        "kms:grantisforawsresource": _ABSENT,
    }
    return Request(_service(LOG_DELIVERY), action, key_arn.pieces, context, Truth.MAYBE)


def logs_key_request(
    action: str, key_arn: Text, group_arn: Text, origin: Origin, suffix: str
) -> Request:
    """A use of a log group's key by CloudWatch Logs, whose principal ends in a suffix.

    <https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html>
    """
    context = {
        "kms:encryptioncontext:aws:logs:arn": _value(group_arn),
        "kms:encryptioncontextkeys": ContextValue((pattern("aws:logs:arn"),), multivalued=True),
        "aws:principalisawsservice": _TRUE,
        "aws:securetransport": _TRUE,
        "aws:sourcevpc": _ABSENT,
        "aws:sourcevpce": _ABSENT,
        "aws:principalorgid": _ABSENT,
    }
    service = text("logs.") + origin.place.region + text(f".{suffix}")
    principal = Principal("Service", service)
    return Request(principal, action, key_arn.pieces, context, Truth.MAYBE)


def trust_request(role_arn: Text, origin: Origin) -> Request:
    """The flow logs service assuming a role."""
    flow_log: Pattern = (
        *pattern("vpc-flow-log/fl-"),
        Anything(1, colons=False, slashes=False),
    )
    context = _by_service(FLOW_LOGS, "ec2", flow_log, origin)
    return Request(_service(FLOW_LOGS), "sts:AssumeRole", role_arn.pieces, context, Truth.MAYBE)


def log_delivery_trust_request(role_arn: Text, origin: Origin) -> Request:
    """Log delivery assuming the role of a flow log to a delivery stream in another account.

    <https://docs.aws.amazon.com/vpc/latest/userguide/firehose-cross-account-delivery.html>
    """
    context = _by_service(LOG_DELIVERY, "logs", (Anything(1),), origin)
    return Request(_service(LOG_DELIVERY), "sts:AssumeRole", role_arn.pieces, context, Truth.MAYBE)


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
        "iam:passedtoservice": _value(to),
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
    return replace(request, context={**request.context, "iam:awsservicename": _value(LOG_DELIVERY)})


def role_request(action: str, resource: Pattern, role_arn: Text, origin: Origin) -> Request:
    """A call with a role, whose place `origin` is, that an AWS service took on for a flow log."""
    context = {
        **origin.keys("principal"),
        "aws:principalisawsservice": _FALSE,
        "aws:principalarn": _value(role_arn),
        "aws:principalaccount": _value(origin.place.account),
        "aws:requestedregion": _value(origin.place.region),
        "aws:sourceip": _value(AWS_ADDRESS),
        "aws:securetransport": _TRUE,
        "aws:viaawsservice": ContextValue(None, Truth.MAYBE),
        "aws:principalservicename": _ABSENT,
        "aws:principalservicenameslist": _ABSENT,
        "aws:sourceaccount": _ABSENT,
        "aws:sourcearn": _ABSENT,
        "aws:sourcevpc": _ABSENT,
        "aws:sourcevpce": _ABSENT,
        "aws:multifactorauthpresent": _ABSENT,
        "sts:externalid": _ABSENT,  # a flow log has no argument for one
    }
    return Request(Principal("AWS", role_arn), action, resource, context, Truth.MAYBE)


def _service(name: str) -> Principal:
    return Principal("Service", text(name))
