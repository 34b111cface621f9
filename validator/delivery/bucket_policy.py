"""What a delivery to S3 needs of the bucket policy.

<https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-s3-permissions.html>
<https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/AWS-logs-infrastructure-S3.html>
"""

from __future__ import annotations

from collections.abc import Iterator

from validator.aws import BucketPolicy
from validator.delivery.bucket_requests import WRITES, requests
from validator.delivery.bucket_settings import public_needs
from validator.delivery.case import Case
from validator.delivery.code import attribute_inside, bucket_statements, inside
from validator.delivery.growth import aws_can_append, size_need
from validator.delivery.lookup import ELSEWHERE
from validator.delivery.names import bucket_arn
from validator.delivery.needs import Asked, Need, State, Stop, at, met, missing
from validator.delivery.order import order_needs
from validator.delivery.policies import (
    Found,
    ask,
    deciding,
    disputed,
    gaps_of,
    malformed,
    misspelt,
    near_misses,
    parsed,
)
from validator.delivery.slips import keys_that_deny, name_spelled, slip_facts
from validator.delivery.stops import bucket_policy_stop, policy_by_aws
from validator.delivery.target import ToBucket
from validator.findings import Evidence
from validator.graph.values import Known, Unknown
from validator.graph.verdict import Open, Truth, open_of
from validator.policy.model import Policy
from validator.policy.question import Decision, Outcome
from validator.records import replace


def policy_needs(case: Case, target: ToBucket, found: Found) -> Iterator[Need]:
    """Whether the bucket's policies let log delivery in, and whether they fit."""
    if not found.sure:
        need = _without_policy(case, target, found)
        yield from at(_stop_without(case, target, found, need), (need,))
        return
    needs = [
        need
        for policy in found.sure
        for need in at(bucket_policy_stop(policy), (_policy_need(case, target, policy),))
    ]
    if any(need.state is State.MET for need in needs):
        # That the policies replace each other is said by their order.
        needs = [need for need in needs if need.fault != "refuses"]
    yield from _beside(case, target, found, needs)
    for policy in found.sure:
        if (size := size_need(case, policy, target.called)) is not None:
            yield from at(bucket_policy_stop(policy), (size,))
        yield from at(bucket_policy_stop(policy), public_needs(case, target, policy))
    yield from order_needs(case, target, found.sure)


def _beside(case: Case, target: ToBucket, found: Found, needs: list[Need]) -> Iterator[Need]:
    """The needs of the sure policies, beside those that take their place if they exist."""
    rivals = [(_policy_need(case, target, policy), policy, fact) for policy, fact in found.rivals]
    saved = any(need.state is State.MET for need, _, _ in rivals)
    for need in needs:
        yield replace(need, state=State.AT_RISK) if saved and need.state is State.UNMET else need
    for need, policy, fact in rivals:
        if need.state is not State.MET:
            span = policy.document.span
            open_ = missing("bucket-policy", span, fact, subject=target.called)
            yield from at(bucket_policy_stop(policy), (open_,))


def _stop_without(case: Case, target: ToBucket, found: Found, need: Need) -> Stop:
    if found.perhaps:
        return bucket_policy_stop(found.perhaps[0][0])
    return policy_by_aws(case, target, sure=need.state is State.MET)


def _without_policy(case: Case, target: ToBucket, found: Found) -> Need:
    """AWS writes the policy itself if the bucket belongs to whoever creates the flow log."""
    span = case.flow_log.destination.span
    name = target.called
    bucket = target.bucket
    if bucket is None or not bucket.managed:
        fact = Open(
            f"the policy of bucket {name}, which these files do not create",
            ELSEWHERE,
            span,
        )
        return missing("bucket-policy", span, fact, subject=name)
    if found.perhaps:
        facts = (fact for _, fact in found.perhaps)
        return missing("bucket-policy", span, *facts, subject=name)
    if gaps := gaps_of(case, bucket):
        return missing("bucket-policy", span, *gaps, subject=name)
    owner = case.resolve.of(bucket.unit)(bucket.place.account)
    if owner.matches(case.place.account):
        return met("bucket-policy", span)
    if owner.literal is not None and case.place.account.literal is not None:
        return Need(
            "bucket-policy",
            State.UNMET,
            bucket.span,
            fault="refuses",
            why=f"it belongs to account {owner}, so AWS writes no policy for it",
            subject=name,
            when="deploy",
            facts={"action": WRITES, "fix": _fix(case, target), "keys": ""},
        )
    fact = Open("whether the flow log and the bucket are in one account", "--account ID", span)
    return missing("bucket-policy", span, fact, subject=name)


def _policy_need(case: Case, target: ToBucket, bucket_policy: BucketPolicy) -> Need:
    name = target.called
    span = bucket_policy.document.span
    policy = parsed(case, bucket_policy.document, "bucket", bucket_policy.unit)
    if policy is None:
        return _without_policy(case, target, Found(()))
    writes, reads_acl = requests(case, target)
    answers = [ask(case, policy, request) for request in writes]
    put = _best(answers)
    asked = (*answers, ask(case, policy, reads_acl))
    for one in (put, asked[-1]):
        if one.decision.outcome is Outcome.MALFORMED:
            return malformed(one, f"the policy of bucket {name}")
        if one.decision.outcome in (Outcome.DENIED, Outcome.PARTLY):
            return _refused(case, target, bucket_policy, policy, one, asked)
    if len({one.decision.outcome for one in answers}) > 1:
        fact = case.flow_log.hive_compatible
        facts = (open_of(fact),) if isinstance(fact, Unknown) else ()
        return missing("bucket-policy", span, *facts, asked=asked, subject=name)
    for one in asked:
        if one.decision.outcome is Outcome.CANNOT_TELL:
            missing_facts = one.decision.open
            return missing("bucket-policy", span, *missing_facts, asked=asked, subject=name)
    return met("bucket-policy", span, asked)


def _best(answers: list[Asked]) -> Asked:
    """With the layout of the keys open, only what fails in every layout fails."""
    order = (
        Outcome.MALFORMED,
        Outcome.CANNOT_TELL,
        Outcome.ALLOWED,
        Outcome.PARTLY,
        Outcome.DENIED,
    )
    return min(answers, key=lambda one: order.index(one.decision.outcome))


def _refused(
    case: Case,
    target: ToBucket,
    bucket_policy: BucketPolicy,
    policy: Policy,
    answer: Asked,
    asked: tuple[Asked, ...],
) -> Need:
    name = target.called
    decision = answer.decision
    action = answer.request.action
    denies = deciding(decision, "Deny")
    facts = {"action": action, "fix": _fix(case, target), "keys": _keys(case, target)}
    facts |= slip_facts(answer)
    if action == WRITES and _says_nothing(decision):
        facts["whole"] = _fix(case, target, whole=True)
    if denies:
        doubt = disputed(answer)
        return Need(
            "bucket-policy",
            State.AT_RISK if doubt else State.UNMET,
            denies[0].span,
            fault="denies",
            why=doubt,
            subject=name,
            when="deploy",
            evidence=(
                Evidence(bucket_policy.span, f"the policy of bucket {name}"),
                *keys_that_deny(answer),
            ),
            asked=asked,
            facts=facts,
            edits=name_spelled(answer),
        )
    appended = aws_can_append(case, target, policy)
    if appended is Truth.YES and bucket_policy.declared.ignores("policy"):
        # What AWS adds stays, since the deploy tool looks away.
        return met("bucket-policy", bucket_policy.document.span, asked)
    unclear = bucket_policy.declared.unclear
    if appended is not Truth.NO and unclear is not None:
        span = bucket_policy.document.span
        return missing("bucket-policy", span, open_of(unclear), asked=asked, subject=name)
    state = State.UNMET if appended is Truth.NO else State.AT_RISK
    return Need(
        "bucket-policy",
        state,
        bucket_policy.document.span,
        fault="refuses",
        why="",
        subject=name,
        when="deploy" if appended is Truth.NO else "next-apply",
        evidence=(*misspelt(answer), *near_misses(answer)),
        asked=asked,
        facts=facts,
        edits=name_spelled(answer),
    )


def _says_nothing(decision: Decision) -> bool:
    """Whether no statement lets log delivery do this anywhere, so that no folder is to blame."""
    return not any(
        traced.effect == "Allow"
        and not any(
            part.matches is Truth.NO and part.element in ("Principal", "Action", "NotAction")
            for part in traced.parts
        )
        for traced in decision.trace
    )


def _fix(case: Case, target: ToBucket, *, whole: bool = False) -> str:
    """What to add to the policy; with `whole`, for every flow log that may come."""
    language = case.flow_log.declared.language
    bucket = (
        inside(bucket_arn(target.name, case.place), language)
        if target.bucket is None or not target.bucket.has_address
        else attribute_inside(target.bucket, "arn")
    )
    keys = "" if whole else _keys(case, target)
    return bucket_statements(bucket, f"{bucket}/{keys}*")


def _keys(case: Case, target: ToBucket) -> str:
    """The beginning of every object key that the flow log writes, in the template's words."""
    language = case.flow_log.declared.language
    folder = inside(target.folder, language)
    middle = f"{folder}/" if folder else ""
    hive = "aws-account-id=" if _is_hive(case) else ""
    return f"{middle}AWSLogs/{hive}{inside(case.place.account, language)}/"


def _is_hive(case: Case) -> bool:
    match case.flow_log.hive_compatible:
        case Known(value=hive):
            return hive
        case _:
            return False
