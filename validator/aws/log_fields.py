"""The fields that a flow log's format may name.

<https://docs.aws.amazon.com/vpc/latest/userguide/flow-log-records.html> (2026-09)
<https://docs.aws.amazon.com/vpc/latest/tgw/tgw-flow-logs.html> (2026-09)
"""

from __future__ import annotations

_VPC = """
version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end
action log-status
vpc-id subnet-id instance-id tcp-flags type pkt-srcaddr pkt-dstaddr
region az-id sublocation-type sublocation-id
pkt-src-aws-service pkt-dst-aws-service flow-direction traffic-path
ecs-cluster-arn ecs-cluster-name ecs-container-instance-arn ecs-container-instance-id
ecs-container-id ecs-second-container-id ecs-service-name ecs-task-definition-arn ecs-task-arn
ecs-task-id
reject-reason resource-id encryption-status
instance-tag instance-tag-2 interface-tag interface-tag-2 asg-tag asg-tag-2 interface-type
next-hop-interface-id next-hop-subnet-id next-hop-az-id next-hop-vpc-id next-hop-interface-type
"""

_TRANSIT_GATEWAY = """
version resource-type account-id tgw-id tgw-attachment-id tgw-src-vpc-account-id
tgw-dst-vpc-account-id tgw-src-vpc-id tgw-dst-vpc-id tgw-src-subnet-id tgw-dst-subnet-id tgw-src-eni
tgw-dst-eni tgw-src-az-id tgw-dst-az-id tgw-pair-attachment-id srcaddr dstaddr srcport dstport
protocol packets bytes start end log-status type packets-lost-no-route packets-lost-blackhole
packets-lost-mtu-exceeded packets-lost-ttl-expired tcp-flags region flow-direction
pkt-src-aws-service pkt-dst-aws-service
"""

TAG_FIELDS = frozenset(
    f"{whose}-tag{number}" for whose in ("instance", "interface", "asg") for number in ("", "-2")
)
"""Those whose values are tags, which the flow log must name: `TagFieldSpecifications`."""

DEFAULT_FORMAT = " ".join(f"${{{name}}}" for name in _VPC.split()[:14])
"""What AWS takes for a VPC, a subnet or a network interface if no format is given."""

VPC_FIELDS = frozenset(_VPC.split())
TRANSIT_GATEWAY_FIELDS = frozenset(_TRANSIT_GATEWAY.split())
