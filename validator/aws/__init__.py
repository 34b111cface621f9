"""The vocabulary: one AWS resource type a class, spelled for every template language."""

from __future__ import annotations

from functools import cache

from validator.aws.bucket import (
    Bucket,
    BucketEncryption,
    BucketPayer,
    BucketPolicy,
    PublicAccessBlock,
)
from validator.aws.delivery_stream import DeliveryStream
from validator.aws.fields import Field
from validator.aws.flow_log import FlowLog
from validator.aws.key import Key, KeyAlias, KeyPolicy
from validator.aws.log_group import LogGroup
from validator.aws.organization import Organization
from validator.aws.resource import Resource
from validator.aws.role import ManagedPolicy, PolicyAttachment, Role, RolePolicy
from validator.graph.world import Language

KINDS: tuple[type[Resource], ...] = (
    FlowLog,
    Bucket,
    BucketPolicy,
    BucketEncryption,
    BucketPayer,
    PublicAccessBlock,
    LogGroup,
    Role,
    RolePolicy,
    ManagedPolicy,
    PolicyAttachment,
    Key,
    KeyPolicy,
    KeyAlias,
    DeliveryStream,
    Organization,
)


@cache
def returned(language: Language, type_: str, *, managed: bool = True) -> dict[str, str] | None:
    """Our words for what a declared type returns (`{"id": "name", "arn": "arn"}`).

    In CloudFormation `Ref` stands beside the attributes of `Fn::GetAtt`. None for a type that is
    not in the vocabulary.
    """
    found: dict[str, str] | None = None
    for kind in KINDS:
        for spelling in kind.spellings:
            if (spelling.language, spelling.type, spelling.managed) == (language, type_, managed):
                found = {**(found or {}), **kind.returns.get(language, {})}
    return found


@cache
def attributes_read(language: Language, type_: str) -> frozenset[str]:
    """The names of the top-level attributes of a type that the vocabulary reads."""
    found: set[str] = set()
    for kind in KINDS:
        for spelling in kind.spellings:
            if (spelling.language, spelling.type) != (language, type_):
                continue
            if spelling.within:
                found.add(spelling.within.partition(".")[0])
                continue
            for field in vars(kind).values():
                if isinstance(field, Field) and field.splits:
                    path = field.path(language)
                    if path is not None:
                        found.add(path.partition(".")[0])
    return frozenset(found)


__all__ = [
    "KINDS",
    "Bucket",
    "BucketEncryption",
    "BucketPayer",
    "BucketPolicy",
    "DeliveryStream",
    "FlowLog",
    "Key",
    "KeyAlias",
    "KeyPolicy",
    "LogGroup",
    "ManagedPolicy",
    "Organization",
    "PolicyAttachment",
    "PublicAccessBlock",
    "Resource",
    "Role",
    "RolePolicy",
    "attributes_read",
    "returned",
]
