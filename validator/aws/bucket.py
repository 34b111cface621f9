"""S3 buckets and what is configured beside them.

Terraform splits what CloudFormation nests; both become the smaller resource.
<https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html>
"""

from __future__ import annotations

from validator.aws.fields import anything, flag, owner, words
from validator.aws.resource import Resource
from validator.aws.spelling import cloudformation, terraform, terraform_data


class Bucket(Resource):
    """A general purpose bucket."""

    spellings = (
        terraform("aws_s3_bucket"),
        terraform_data("aws_s3_bucket"),
        cloudformation("AWS::S3::Bucket"),
    )
    returns = {
        "terraform": {
            "id": "name",
            "bucket": "name",
            "arn": "arn",
            "bucket_domain_name": "domain",
            "bucket_regional_domain_name": "domain",
        },
        "cloudformation": {
            "Ref": "name",
            "Arn": "arn",
            "DomainName": "domain",
            "RegionalDomainName": "domain",
            "DualStackDomainName": "domain",
        },
    }
    # What matters of a domain is that it begins with the name, so it is no ARN.
    shapes = {"arn": "arn:{partition}:s3:::{name}", "domain": "{name}.s3.{region}.amazonaws.com"}
    looks = {"name": "bucket-name"}

    name = words(terraform="bucket", cloudformation="BucketName")
    name_prefix = words(terraform="bucket_prefix", cloudformation="BucketNamePrefix")
    payer = words(terraform="request_payer")


class BucketPolicy(Resource):
    """The policy of a bucket."""

    spellings = (
        terraform("aws_s3_bucket_policy"),
        terraform("aws_s3_bucket", within="policy"),
        cloudformation("AWS::S3::BucketPolicy"),
    )

    bucket = owner(terraform="bucket", cloudformation="Bucket")
    document = anything(terraform="policy", cloudformation="PolicyDocument")


class BucketEncryption(Resource):
    """The default encryption of a bucket.

    <https://docs.aws.amazon.com/AmazonS3/latest/API/API_ServerSideEncryptionByDefault.html>
    """

    spellings = (
        terraform("aws_s3_bucket_server_side_encryption_configuration"),
        terraform("aws_s3_bucket", within="server_side_encryption_configuration"),
        cloudformation("AWS::S3::Bucket", within="BucketEncryption"),
    )

    bucket = owner(terraform="bucket")
    algorithm = words(
        terraform="rule.apply_server_side_encryption_by_default.sse_algorithm",
        cloudformation="ServerSideEncryptionConfiguration.ServerSideEncryptionByDefault.SSEAlgorithm",
    )
    key = words(
        terraform="rule.apply_server_side_encryption_by_default.kms_master_key_id",
        cloudformation="ServerSideEncryptionConfiguration.ServerSideEncryptionByDefault.KMSMasterKeyID",
    )
    bucket_key_enabled = flag(
        terraform="rule.bucket_key_enabled",
        cloudformation="ServerSideEncryptionConfiguration.BucketKeyEnabled",
    )


class BucketPayer(Resource):
    """Who pays for requests to a bucket."""

    spellings = (terraform("aws_s3_bucket_request_payment_configuration"),)

    bucket = owner(terraform="bucket")
    payer = words(terraform="payer")


class PublicAccessBlock(Resource):
    """Block Public Access of a bucket."""

    spellings = (
        terraform("aws_s3_bucket_public_access_block"),
        cloudformation("AWS::S3::Bucket", within="PublicAccessBlockConfiguration"),
    )

    bucket = owner(terraform="bucket")
    block_public_policy = flag(terraform="block_public_policy", cloudformation="BlockPublicPolicy")
