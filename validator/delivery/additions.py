"""AWS's own additions to the policies of all buckets that a unit's flow logs deliver to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from validator.delivery.case import Case
from validator.delivery.growth import Writer, by_bucket, growth_need
from validator.delivery.needs import Need, State
from validator.delivery.policies import bucket_policies
from validator.delivery.s3 import s3_needs
from validator.delivery.target import Target, ToBucket
from validator.graph.values import Known
from validator.records import replace


def add_growth(
    judged: Iterable[tuple[Case, Target, list[Need]]], existing: Sequence[tuple[Case, Target]]
) -> None:
    """Simulate AWS's own additions, bucket by bucket, in the order in which flow logs stand."""
    writers: list[Writer] = []
    needs_of: dict[str, list[Need]] = {}
    for case, target, needs in judged:
        if isinstance(target, ToBucket):
            needs_of[case.flow_log.address] = needs
            writers.append(_writer(case, target, needs))
    for group in by_bucket(writers).values():
        first = group[0]
        policies = bucket_policies(first.case, first.target.name, first.target.bucket).sure
        if first.target.bucket is None or len(policies) > 1:
            continue
        before = _before(first, existing)
        need = growth_need(before, group, policies[0] if policies else None)
        if need is not None:
            crossing = needs_of[need.facts["crossing"]]
            if need.fault == "outgrows":
                # What AWS cannot add, the next apply cannot remove.
                crossing[:] = [one for one in crossing if not _would_be_added(one)]
            crossing.append(need)
        _say_once([needs_of[writer.case.flow_log.address] for writer in group])


def _would_be_added(need: Need) -> bool:
    return need.fault == "refuses" and need.when == "next-apply"


def _say_once(several: Sequence[list[Need]]) -> None:
    """A policy without a word about log delivery is one fault, however many flow logs need it."""
    places = [
        (needs, number)
        for needs in several
        for number, need in enumerate(needs)
        if need.name == "bucket-policy" and need.fault == "refuses" and "whole" in need.facts
    ]
    if len({id(needs) for needs, _ in places}) < 2:
        return
    evidence = places[0][0][places[0][1]].evidence
    for needs, number in places:
        facts = needs[number].facts
        facts = {**facts, "fix": facts["whole"], "keys": ""}
        needs[number] = replace(needs[number], evidence=evidence, facts=facts)


def _writer(case: Case, target: ToBucket, needs: list[Need]) -> Writer:
    about = [need for need in needs if need.name == "bucket-policy"]
    states = {need.state for need in about if need.asked}
    open_policy = any(need.state is State.OPEN for need in about)
    denied = any(need.fault == "denies" for need in about)
    admitted = open_policy or denied or states == {State.MET}
    hive = case.flow_log.hive_compatible
    return Writer(case, target, admitted, isinstance(hive, Known) and hive.value)


def _before(first: Writer, existing: Sequence[tuple[Case, Target]]) -> list[Writer]:
    """The writers that a bucket has already; where nobody tells, in the place of the new ones."""
    found: list[Writer] = []
    for case, target in existing:
        if isinstance(target, ToBucket) and target.name.matches(first.target.name):
            there = case.standing_in(first.case.place)
            found.append(_writer(there, target, s3_needs(there, target)[1]))
    return found
