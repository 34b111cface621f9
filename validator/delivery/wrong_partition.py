"""An ARN of another partition than everything else.

<https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html>
"""

from __future__ import annotations

from collections.abc import Iterator

from validator.aws.arn import Arn, parse_arn, split
from validator.aws.partitions import PARTITIONS
from validator.delivery.case import Case
from validator.delivery.code import assigned, inside
from validator.delivery.needs import Need, State
from validator.graph.text import text
from validator.graph.values import Known


def wrong_partition(case: Case, arn: Arn) -> str:
    """Why an ARN cannot be right in the partition that the delivery works in; empty if it may be.

    Where nothing says the partition, most of the delivery's ARNs do: one of them is wrong then.
    """
    here, there = case.place.partition.literal, arn.partition.literal
    if there is None or there not in PARTITIONS or here is None or there == here:
        return ""
    given = case.flow_log.place
    sure = given.partition.literal is not None or given.region.literal is not None
    where = "this is deployed to" if sure else "the rest of this delivery is of"
    return f"it is an ARN of partition {there}, {where} {here}"


def partition_needs(case: Case) -> Iterator[Need]:
    """The need of a destination's partition to be that of the deploy, or of all the rest."""
    flow_log = case.flow_log
    match flow_log.destination:
        case Known(value=words, span=span):
            whole = case.resolve(words)
            arn = parse_arn(whole)
            why = wrong_partition(case, arn) if isinstance(arn, Arn) else ""
            if why:
                here = case.place.partition
                right = text("arn:") + here + text(":") + split(whole, ":", 2)[-1]
                shown = inside(right, flow_log.declared.language)
                yield Need(
                    "destination",
                    State.UNMET,
                    span,
                    fault="malformed",
                    why=why,
                    when="deploy",
                    facts={"fix": assigned(flow_log, "destination", f'"{shown}"')},
                )
        case _:
            pass
