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

_PREFIX_OF = {kind: prefix for prefix, kind in _PREFIXES.items()}
_ID_PREFIXES = {
    **{type_: _PREFIX_OF[kind] for type_, kind in _DECLARED.items() if kind},
    **dict.fromkeys(("aws_flow_log", "AWS::EC2::FlowLog"), "fl-"),
}


def kind_of_id(identity: str) -> str | None:
    """What a literal ID names, by its prefix; None if it has none of these prefixes."""
    return next((kind for prefix, kind in _PREFIXES.items() if identity.startswith(prefix)), None)


def id_prefix(type_: str) -> str:
    """What the IDs of a declared type begin with, before hexadecimal digits; empty if not known.

    <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/resource-ids.html>
    """
    return _ID_PREFIXES.get(type_, "")


def kind_of_declared(type_: str) -> str | None:
    """What a declared type is to a flow log, `""` if nothing that it can watch; None if open."""
    return _DECLARED.get(type_)
