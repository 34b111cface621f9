"""CloudWatch Logs log groups.

<https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html>
"""

from __future__ import annotations

from validator.aws.fields import number, words
from validator.aws.resource import Resource
from validator.aws.spelling import cloudformation, terraform, terraform_data


class LogGroup(Resource):
    """A log group.

    `every-stream` is the ARN with `:*` behind it, which is what CloudFormation's `Arn` gives.
    """

    spellings = (
        terraform("aws_cloudwatch_log_group"),
        terraform_data("aws_cloudwatch_log_group"),
        cloudformation("AWS::Logs::LogGroup"),
    )
    returns = {
        "terraform": {"id": "name", "name": "name", "arn": "arn"},
        "cloudformation": {"Ref": "name", "Arn": "every-stream"},
    }
    shapes = {
        "arn": "arn:{partition}:logs:{region}:{account}:log-group:{name}",
        "every-stream": "arn:{partition}:logs:{region}:{account}:log-group:{name}:*",
    }

    name = words(terraform="name", cloudformation="LogGroupName")
    name_prefix = words(terraform="name_prefix")
    key = words(terraform="kms_key_id", cloudformation="KmsKeyId")
    retention_days = number(
        terraform="retention_in_days", cloudformation="RetentionInDays", splits=False
    )
    log_group_class = words(terraform="log_group_class", cloudformation="LogGroupClass")
