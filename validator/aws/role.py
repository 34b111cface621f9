"""IAM roles and everything that gives them permissions.

<https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies.html>
"""

from __future__ import annotations

from validator.aws.fields import anything, items, owner, words
from validator.aws.resource import Resource
from validator.aws.spelling import cloudformation, terraform, terraform_data


class Role(Resource):
    """A role: who may take it, and the managed policies named on it."""

    spellings = (
        terraform("aws_iam_role"),
        terraform_data("aws_iam_role"),
        cloudformation("AWS::IAM::Role"),
    )
    returns = {
        "terraform": {"id": "name", "name": "name", "arn": "arn", "unique_id": "unique-id"},
        "cloudformation": {"Ref": "name", "Arn": "arn", "RoleId": "unique-id"},
    }
    shapes = {"arn": "arn:{partition}:iam::{account}:role{path}{name}"}
    defaults = {"path": "/"}

    name = words(terraform="name", cloudformation="RoleName")
    name_prefix = words(terraform="name_prefix")
    path = words(terraform="path", cloudformation="Path")
    trust = anything(terraform="assume_role_policy", cloudformation="AssumeRolePolicyDocument")
    managed_policies = items(terraform="managed_policy_arns", cloudformation="ManagedPolicyArns")
    boundary = words(terraform="permissions_boundary", cloudformation="PermissionsBoundary")


class RolePolicy(Resource):
    """A policy written into a role, or for roles, without an ARN of its own.

    `roles` names them (one or a list); a policy block inside a role belongs to that role.
    """

    spellings = (
        terraform("aws_iam_role_policy"),
        terraform("aws_iam_role", within="inline_policy"),
        cloudformation("AWS::IAM::Policy"),
        cloudformation("AWS::IAM::RolePolicy"),
        cloudformation("AWS::IAM::Role", within="Policies"),
    )

    role = owner(terraform="role", cloudformation="RoleName")
    roles = items(cloudformation="Roles")
    document = anything(terraform="policy", cloudformation="PolicyDocument")


class ManagedPolicy(Resource):
    """A customer managed policy; CloudFormation names its roles here as well."""

    spellings = (
        terraform("aws_iam_policy"),
        terraform_data("aws_iam_policy"),
        cloudformation("AWS::IAM::ManagedPolicy"),
    )
    returns = {
        "terraform": {"id": "arn", "arn": "arn", "name": "name"},
        "cloudformation": {"Ref": "arn", "PolicyArn": "arn"},
    }
    shapes = {"arn": "arn:{partition}:iam::{account}:policy{path}{name}"}
    defaults = {"path": "/"}

    name = words(terraform="name", cloudformation="ManagedPolicyName")
    name_prefix = words(terraform="name_prefix")
    path = words(terraform="path", cloudformation="Path")
    document = anything(terraform="policy", cloudformation="PolicyDocument")
    roles = items(cloudformation="Roles")


class PolicyAttachment(Resource):
    """A managed policy's attachment to roles, as Terraform writes it."""

    spellings = (
        terraform("aws_iam_role_policy_attachment"),
        terraform("aws_iam_policy_attachment"),
        terraform("aws_iam_role_policy_attachments_exclusive"),
    )

    role = words(terraform="role")
    role_name = words(terraform="role_name")
    roles = items(terraform="roles")
    policy_arn = words(terraform="policy_arn")
    policy_arns = items(terraform="policy_arns")
