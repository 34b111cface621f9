"""KMS keys, their policies and their aliases.

<https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html>
"""

from __future__ import annotations

from validator.aws.fields import anything, owner, words
from validator.aws.resource import Resource
from validator.aws.spelling import cloudformation, terraform, terraform_data


class Key(Resource):
    """A KMS key. `id` is its ID, never its ARN."""

    spellings = (
        terraform("aws_kms_key"),
        terraform("aws_kms_replica_key"),
        terraform("aws_kms_external_key"),
        terraform_data("aws_kms_key"),
        cloudformation("AWS::KMS::Key"),
        cloudformation("AWS::KMS::ReplicaKey"),
    )
    returns = {
        "terraform": {"id": "id", "key_id": "id", "arn": "arn"},
        "cloudformation": {"Ref": "id", "KeyId": "id", "Arn": "arn"},
    }
    shapes = {"arn": "arn:{partition}:kms:{region}:{account}:key/{id}"}

    policy = anything(terraform="policy", cloudformation="KeyPolicy")
    spec = words(terraform="customer_master_key_spec", cloudformation="KeySpec")
    usage = words(terraform="key_usage", cloudformation="KeyUsage")
    looked_up_by = words(terraform="key_id")


class KeyPolicy(Resource):
    """A key's policy written beside the key."""

    spellings = (terraform("aws_kms_key_policy"),)

    key = owner(terraform="key_id")
    document = anything(terraform="policy")


class KeyAlias(Resource):
    """Another name for a key."""

    spellings = (
        terraform("aws_kms_alias"),
        terraform_data("aws_kms_alias"),
        cloudformation("AWS::KMS::Alias"),
    )
    returns = {
        "terraform": {
            "id": "name",
            "name": "name",
            "arn": "arn",
            "target_key_arn": "target-arn",
            "target_key_id": "target-id",
        },
        "cloudformation": {"Ref": "name"},
    }
    shapes = {"arn": "arn:{partition}:kms:{region}:{account}:{name}"}

    name = words(terraform="name", cloudformation="AliasName")
    name_prefix = words(terraform="name_prefix")
    target = words(terraform="target_key_id", cloudformation="TargetKeyId")
