"""A destination of another partition than everything else.

<https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html>
"""

from __future__ import annotations

from collections.abc import Iterator

from validator.aws.arn import Arn, parse_arn, split
from validator.aws.partitions import PARTITIONS
from validator.delivery.case import Case
from validator.delivery.code import assigned, inside
from validator.delivery.needs import Need, State
from validator.graph.values import Known, text


def partition_needs(case: Case) -> Iterator[Need]:
    """The need of a destination's partition to be that of the deploy, or of all the policies."""
    flow_log = case.flow_log
    match flow_log.destination:
        case Known(value=words, span=span):
            whole = case.resolve(words)
            arn = parse_arn(whole)
            here = case.place.partition.literal
            there = arn.partition.literal if isinstance(arn, Arn) else None
            if there is None or there not in PARTITIONS or here is None or there == here:
                return
            right = text(f"arn:{here}:") + split(whole, ":", 2)[-1]
            given = flow_log.place
            sure = given.partition.literal is not None or given.region.literal is not None
            where = "this is deployed to" if sure else "the policies of this delivery are of"
            shown = inside(right, flow_log.declared.language)
            yield Need(
                "destination",
                State.UNMET,
                span,
                fault="malformed",
                why=f"it is an ARN of partition {there}, {where} {here}",
                when="deploy",
                facts={"fix": assigned(flow_log, "destination", f'"{shown}"')},
            )
        case _:
            pass
