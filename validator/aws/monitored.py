"""What a flow log can watch, by EC2's word for it in a flow log's resource type.

<https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateFlowLogs.html>
"""

from __future__ import annotations

RESOURCE_TYPES = (
    "VPC",
    "Subnet",
    "NetworkInterface",
    "TransitGateway",
    "TransitGatewayAttachment",
    "RegionalNatGateway",
)

_PREFIXES = {
    "vpc-": "VPC",
    "subnet-": "Subnet",
    "eni-": "NetworkInterface",
    "tgw-attach-": "TransitGatewayAttachment",
    "tgw-": "TransitGateway",
    "nat-": "RegionalNatGateway",
}

_DECLARED = {
    "aws_vpc": "VPC",
    "aws_default_vpc": "VPC",
    "AWS::EC2::VPC": "VPC",
    "aws_subnet": "Subnet",
    "aws_default_subnet": "Subnet",
    "AWS::EC2::Subnet": "Subnet",
    "aws_network_interface": "NetworkInterface",
    "AWS::EC2::NetworkInterface": "NetworkInterface",
    "aws_ec2_transit_gateway": "TransitGateway",
    "AWS::EC2::TransitGateway": "TransitGateway",
    "aws_ec2_transit_gateway_vpc_attachment": "TransitGatewayAttachment",
    "aws_ec2_transit_gateway_peering_attachment": "TransitGatewayAttachment",
    "aws_ec2_transit_gateway_connect": "TransitGatewayAttachment",
    "AWS::EC2::TransitGatewayAttachment": "TransitGatewayAttachment",
    "AWS::EC2::TransitGatewayVpcAttachment": "TransitGatewayAttachment",
    "AWS::EC2::TransitGatewayPeeringAttachment": "TransitGatewayAttachment",
    "AWS::EC2::TransitGatewayConnect": "TransitGatewayAttachment",
    "aws_nat_gateway": "RegionalNatGateway",
    "AWS::EC2::NatGateway": "RegionalNatGateway",
    # What surely is none of these, and is mistaken for one.
    "aws_security_group": "",
    "AWS::EC2::SecurityGroup": "",
    "aws_instance": "",
    "AWS::EC2::Instance": "",
    "aws_route_table": "",
    "AWS::EC2::RouteTable": "",
    "aws_internet_gateway": "",
    "AWS::EC2::InternetGateway": "",
}


def kind_of_id(identity: str) -> str | None:
    """What a literal ID names, by its prefix; None if it has none of these prefixes."""
    return next((kind for prefix, kind in _PREFIXES.items() if identity.startswith(prefix)), None)


def kind_of_declared(type_: str) -> str | None:
    """What a declared type is to a flow log, `""` if nothing that it can watch; None if open."""
    return _DECLARED.get(type_)
