"""VPC flow logs.

<https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateFlowLogs.html>
"""

from __future__ import annotations

from validator.aws.fields import anything, flag, items, number, words
from validator.aws.resource import Resource
from validator.aws.spelling import cloudformation, terraform, terraform_data


class FlowLog(Resource):
    """A flow log of a VPC, subnet, network interface, transit gateway or regional NAT gateway."""

    spellings = (
        terraform("aws_flow_log"),
        cloudformation("AWS::EC2::FlowLog"),
        # No data source of Terraform's: what a person tells of flow logs that exist.
        terraform_data("aws_flow_log"),
    )
    returns = {
        "terraform": {"id": "id", "arn": "arn"},
        "cloudformation": {"Ref": "id", "Id": "id"},
    }

    destination = words(terraform="log_destination", cloudformation="LogDestination")
    destination_type = words(terraform="log_destination_type", cloudformation="LogDestinationType")
    log_group_name = words(terraform="log_group_name", cloudformation="LogGroupName")
    role_arn = words(terraform="iam_role_arn", cloudformation="DeliverLogsPermissionArn")
    cross_account_role_arn = words(
        terraform="deliver_cross_account_role", cloudformation="DeliverCrossAccountRole"
    )
    traffic_type = words(terraform="traffic_type", cloudformation="TrafficType")
    log_format = words(terraform="log_format", cloudformation="LogFormat")
    aggregation_seconds = number(
        terraform="max_aggregation_interval", cloudformation="MaxAggregationInterval"
    )
    options = anything(terraform="destination_options", cloudformation="DestinationOptions")
    hive_compatible = flag(
        terraform="destination_options.hive_compatible_partitions",
        cloudformation="DestinationOptions.HiveCompatiblePartitions",
    )
    file_format = words(
        terraform="destination_options.file_format", cloudformation="DestinationOptions.FileFormat"
    )
    per_hour = flag(
        terraform="destination_options.per_hour_partition",
        cloudformation="DestinationOptions.PerHourPartition",
    )
    tag_fields = items(cloudformation="TagFieldSpecifications")

    vpc = words(terraform="vpc_id")
    subnet = words(terraform="subnet_id")
    network_interface = words(terraform="eni_id")
    transit_gateway = words(terraform="transit_gateway_id")
    transit_gateway_attachment = words(terraform="transit_gateway_attachment_id")
    regional_nat_gateway = words(terraform="regional_nat_gateway_id")
    resource = words(cloudformation="ResourceId")
    resource_type = words(cloudformation="ResourceType")
    created_elsewhere = flag(terraform="created_elsewhere")
