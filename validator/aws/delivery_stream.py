"""Amazon Data Firehose delivery streams.

<https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/AWS-logs-infrastructure-Firehose.html>
"""

from __future__ import annotations

from validator.aws.fields import anything, words
from validator.aws.resource import Resource
from validator.aws.spelling import cloudformation, terraform, terraform_data


class DeliveryStream(Resource):
    """A delivery stream."""

    spellings = (
        terraform("aws_kinesis_firehose_delivery_stream"),
        terraform_data("aws_kinesis_firehose_delivery_stream"),
        cloudformation("AWS::KinesisFirehose::DeliveryStream"),
    )
    returns = {
        "terraform": {"id": "arn", "arn": "arn", "name": "name"},
        "cloudformation": {"Ref": "name", "Arn": "arn"},
    }
    shapes = {"arn": "arn:{partition}:firehose:{region}:{account}:deliverystream/{name}"}

    name = words(terraform="name", cloudformation="DeliveryStreamName")
    source_type = words(cloudformation="DeliveryStreamType")
    kinesis_source = anything(
        terraform="kinesis_source_configuration",
        cloudformation="KinesisStreamSourceConfiguration",
    )
    msk_source = anything(
        terraform="msk_source_configuration", cloudformation="MSKSourceConfiguration"
    )
    tags = anything(terraform="tags_all", cloudformation="Tags")
