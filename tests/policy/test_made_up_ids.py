"""IDs that the deploy makes up: their beginning is known, their digits are not.

<https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/resource-ids.html>
"""

from __future__ import annotations

import pytest

from tests.policy.conftest import Make
from validator.graph.text import Hole
from validator.policy import Outcome, decide
from validator.policy.runs import spelled, word_of

VPC = Hole("infra#aws_vpc.main.id", "the ID of aws_vpc.main", made_by="aws_vpc")
START = "arn:aws:ec2:eu-west-1:111122223333:"
ALLOWED, DENIED, OPEN = Outcome.ALLOWED, Outcome.DENIED, Outcome.CANNOT_TELL


@pytest.mark.parametrize(
    ("type_", "pattern", "outcome"),
    [
        ("aws_vpc", "vpc-*", ALLOWED),
        ("AWS::EC2::VPC", "vpc-????????*", ALLOWED),
        ("aws_vpc", "v*", ALLOWED),
        ("aws_vpc", "vpc-?????????*", OPEN),
        ("aws_vpc", "vpc-0*", OPEN),
        ("aws_vpc", "vpc-x*", DENIED),
        ("aws_vpc", "vpc-", DENIED),
        ("aws_vpc", "subnet-*", DENIED),
        ("aws_subnet", "subnet-*", ALLOWED),
        ("AWS::EC2::NetworkInterface", "eni-*", ALLOWED),
        ("aws_ec2_transit_gateway", "tgw-*", ALLOWED),
        ("aws_ec2_transit_gateway", "tgw-attach-*", DENIED),
        ("AWS::EC2::TransitGatewayVpcAttachment", "tgw-attach-*", ALLOWED),
        ("AWS::EC2::TransitGatewayVpcAttachment", "tgw-*", ALLOWED),
        ("aws_flow_log", "fl-*", ALLOWED),
        ("AWS::EC2::FlowLog", "vpc-*", DENIED),
        ("aws_other", "vpc-*", OPEN),
    ],
)
def test_the_beginning_of_an_id_is_known(
    make: Make, type_: str, pattern: str, outcome: Outcome
) -> None:
    made = Hole("infra#x.id", "the ID of x", made_by=type_)
    policy = make.statement(Condition={"StringLike": {"k:id": f"{START}x/{pattern}"}})
    request = make.request(context={"k:id": make.value(f"{START}x/", made)})
    decision = decide([policy], request)
    assert decision.outcome is outcome
    assert [fact.fact for fact in decision.open] == (["the ID of x"] if outcome is OPEN else [])


def test_an_id_is_equal_to_itself(make: Make) -> None:
    request = make.request("arn:aws:s3:::b/", VPC, "/x")
    policy = make.pieces(
        "bucket",
        '{"Statement": {"Effect": "Allow", "Principal": "*", "Action": "*",'
        ' "Resource": "arn:aws:s3:::b/',
        VPC,
        '/*"}}',
    )
    assert decide([policy], request).outcome is ALLOWED


@pytest.mark.parametrize(("first", "second"), [(VPC, None), (None, VPC)])
def test_one_name_never_stands_for_two_texts(
    make: Make, first: Hole | None, second: Hole | None
) -> None:
    """Where nothing tells what an unknown is, it is the whole ID, and never only its digits."""
    plain = Hole(VPC.key, VPC.why)
    statement = '{"Statement": {"Effect": "%s", "Principal": "*", "Action": "*", "Resource": "%s'
    for effect, before in (("Allow", "arn:aws:s3:::b/vpc-"), ("Deny", "arn:aws:s3:::b/vpc-")):
        request = make.request("arn:aws:s3:::b/", first or plain)
        everything = make.statement(Principal="*", Action="*")
        policy = make.pieces("bucket", statement % (effect, before), second or plain, '"}}')
        # `vpc-` and the ID is no ID: what is asked for is the ID alone.
        found = decide([everything, policy] if effect == "Deny" else [policy], request).outcome
        assert found is not (DENIED if effect == "Deny" else ALLOWED)


def test_an_id_is_shown_once() -> None:
    assert spelled(word_of((VPC,), "", {})) == "${aws_vpc.main.id}"
