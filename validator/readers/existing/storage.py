"""Buckets and keys that exist."""

from __future__ import annotations

from validator.graph.values import Known, Node
from validator.graph.world import Declared
from validator.readers.existing.making import NONE, Making, last_part
from validator.readers.loose import rows, table, words

_ALGORITHMS = ("AES256", "aws:kms", "aws:kms:dsse")


def bucket(making: Making) -> list[Declared]:
    """A bucket with its policy and its encryption."""
    told = making.told("bucket")
    of = f"bucket {told}"
    own: dict[str, Node] = {"bucket": making.word(last_part(told))}
    found = [making.resource("aws_s3_bucket", of, own, arn=told)]
    if making.told("policy") != NONE:
        policy = {**own, "policy": making.document("policy", of)}
        found.append(making.resource("aws_s3_bucket_policy", f"{of}, its policy", policy))
    encryption = {**own, "rule": _encryption(making, of)}
    type_ = "aws_s3_bucket_server_side_encryption_configuration"
    return [*found, making.resource(type_, f"{of}, its encryption", encryption)]


def _encryption(making: Making, of: str) -> Node:
    told, key = making.told("encryption"), making.told("kms-key")
    bucket_key: Node = making.unknown("bucket key", of)
    algorithm: Node
    if told in _ALGORITHMS:
        algorithm = making.word(told)
    elif told:
        name = "ServerSideEncryptionConfiguration"
        printed = making.folder.table(told, "aws s3api get-bucket-encryption", name)
        rule = table(next(iter(rows(printed.get("Rules"))), None))
        default = table(rule.get("ApplyServerSideEncryptionByDefault"))
        algorithm = making.word(words(default.get("SSEAlgorithm")) or "AES256")
        key = key or words(default.get("KMSMasterKeyID"))
        bucket_key = Known(rule.get("BucketKeyEnabled") is True, making.span)
    elif key:
        algorithm = making.word("aws:kms")
    else:
        algorithm = making.unknown("encryption", of)
    inner: dict[str, Node] = {"sse_algorithm": algorithm}
    if key:
        inner["kms_master_key_id"] = making.word(key)
    return making.block(
        apply_server_side_encryption_by_default=making.block(**inner), bucket_key_enabled=bucket_key
    )


def key(making: Making) -> list[Declared]:
    """A KMS key with its policy."""
    told = making.told("key")
    of = f"key {told}"
    attributes: dict[str, Node] = {
        "key_id": making.word(last_part(told).removeprefix("key/")),
        "policy": making.document("policy", of),
    }
    return [making.resource("aws_kms_key", of, attributes, arn=told)]
