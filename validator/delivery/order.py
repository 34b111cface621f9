"""In which order a bucket's policies and a flow log are created.

<https://github.com/aws/aws-cdk/pull/23889>
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from validator.aws import BucketPolicy
from validator.aws.resource import local_name
from validator.delivery.case import Case
from validator.delivery.needs import Need, State
from validator.delivery.stops import bucket_policy_stop
from validator.delivery.target import ToBucket
from validator.findings import Evidence
from validator.graph.values import Absent


def order_needs(case: Case, target: ToBucket, policies: Sequence[BucketPolicy]) -> Iterator[Need]:
    """What is left to chance between a flow log and its bucket's policies; none if nothing is.

    Only what one deploy creates together can come in the wrong order.
    """
    flow_log = case.flow_log
    together = [policy for policy in policies if policy.unit == flow_log.unit]
    for policy in together:
        there = policy.declared.address
        if case.graph.waits_for(flow_log.address, there):
            continue
        if policy.part.spelling.within:
            # Written in the bucket itself, it is there when the bucket is.
            bucket = target.bucket
            if bucket is not None and case.graph.waits_for(flow_log.address, bucket.address):
                continue
        after = case.graph.waits_for(there, flow_log.address)
        name = policy.name_for_people
        yield Need(
            "policy-order",
            State.AT_RISK,
            case.span if isinstance(flow_log.destination, Absent) else flow_log.destination.span,
            fault="unordered",
            why="which waits for it" if after else "which is created at the same time",
            subject=target.called,
            when="deploy",
            evidence=(Evidence(policy.span, f"{name} is the bucket's policy"),),
            facts={"policy": name, "fix": _fix(case, name)},
            stop=bucket_policy_stop(policy),
        )
        break
    if len(together) > 1:
        first, second = together[:2]
        yield Need(
            "policy-order",
            State.AT_RISK,
            second.span,
            fault="compete",
            subject=target.called,
            when="next-apply",
            evidence=(Evidence(first.span, f"{first.name_for_people} writes it as well"),),
            facts={"policy": first.name_for_people},
            stop=bucket_policy_stop(second),
        )


def _fix(case: Case, name: str) -> str:
    if case.flow_log.declared.language == "cloudformation":
        return f"DependsOn: {name}"
    mine, theirs = case.flow_log.name_for_people, local_name(name)
    if mine.removesuffix(local_name(mine)) != name.removesuffix(theirs):
        # Another module's resource cannot be named; its whole module can.
        return "let the flow log depend on the policy: depends_on with the module that holds it"
    return f"depends_on = [{theirs.partition('[')[0]}]"
