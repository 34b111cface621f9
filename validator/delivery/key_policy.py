"""What a delivery to an encrypted bucket needs of the key's policy.

<https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-s3-cmk-policy.html>
"""

from __future__ import annotations

from validator.aws import BucketEncryption, Key, KeyAlias, KeyPolicy
from validator.aws.arn import Arn, parse_arn, split
from validator.aws.spelling import literal
from validator.delivery.case import Case
from validator.delivery.needs import Need, State, met, missing
from validator.delivery.policies import ask, gaps_of, malformed, near_misses, owner_matches, parsed
from validator.delivery.requests import key_request
from validator.delivery.resolve import resource_at, targets
from validator.delivery.target import ToBucket
from validator.findings import Evidence
from validator.graph.values import Absent, Datum, Known, Span, Text, Unknown, Value
from validator.graph.verdict import Open, Truth, open_of
from validator.policy.question import Outcome

USE = "kms:GenerateDataKey"


def key_need(
    case: Case,
    target: ToBucket,
    encryption: BucketEncryption,
    words: Text,
    whole: Text,
    span: Span,
) -> Need:
    """Whether the bucket's key lets log delivery encrypt what it writes."""
    key = _key_of(case, words, whole)
    if key is None or not key.managed:
        fact = Open(
            f"the policy of key {whole}, which these files do not create"
            if key is None
            else f"the policy of {key.name_for_people}, which is looked up, not created here",
            "give the files that create it in the same run",
            span,
        )
        return missing("key-policy", span, fact, subject=str(whole))
    document, unit, facts = _document(case, key)
    if facts:
        return missing("key-policy", span, *facts, subject=key.name_for_people)
    if isinstance(document, Absent):
        if gaps := gaps_of(case, key):
            return missing("key-policy", span, *gaps, subject=key.name_for_people)
        return Need(
            "key-policy",
            State.UNMET,
            key.span,
            fault="refuses",
            why="it has no policy, and the default policy admits no AWS service",
            subject=key.name_for_people,
            when="delivery",
            evidence=(Evidence(span, f"bucket {target.called} is encrypted with it"),),
        )
    case = case.knowing(document)
    policy = parsed(case, document, "key", unit)
    assert policy is not None  # the document is there
    arn = case.resolve.of(key.unit)(key.word("arn"))
    decision = ask([policy], key_request(USE, arn, case.place))
    match decision.outcome:
        case Outcome.ALLOWED:
            return met("key-policy", document.span, decision)
        case Outcome.CANNOT_TELL:
            return missing(
                "key-policy",
                document.span,
                *decision.open,
                decision=decision,
                subject=key.name_for_people,
            )
        case Outcome.MALFORMED:
            return malformed(decision, f"the policy of {key.name_for_people}")
        case Outcome.DENIED | Outcome.PARTLY:
            deny = next((one for one in decision.deciding if one.effect == "Deny"), None)
            return Need(
                "key-policy",
                State.UNMET,
                document.span if deny is None else deny.span,
                fault="refuses",
                why="a Deny statement stops it" if deny is not None else "no statement allows it",
                subject=key.name_for_people,
                when="delivery",
                evidence=(
                    Evidence(span, f"bucket {target.called} is encrypted with it"),
                    *near_misses(decision),
                ),
                decision=decision,
            )


def _key_of(case: Case, words: Text, whole: Text) -> Key | None:
    for address in targets(words) + targets(whole):
        thing = resource_at(case.graph, address)
        if isinstance(thing, Key):
            return thing
        if isinstance(thing, KeyAlias):
            return key_behind(case, thing)
    match parse_arn(whole):
        case Arn(service=service, resource=resource) if service.literal == "kms":
            for alias in case.graph.everywhere(KeyAlias):
                if alias.word("name").matches(resource):
                    return key_behind(case, alias)
            _, *key_id = split(resource, "/", 1)
            for key in case.graph.everywhere(Key):
                if not key.managed and key_id and literal(key.looked_up_by) == key_id[0].literal:
                    return key
        case _:
            pass
    return None


def key_behind(case: Case, alias: KeyAlias) -> Key | None:
    """The key that an alias points at, if it is declared."""
    match alias.target:
        case Known(value=words):
            for address in targets(words):
                if (key := case.graph.get(address, Key)) is not None:
                    return key
        case _:
            pass
    return None


def _document(case: Case, key: Key) -> tuple[Value[Datum], str, tuple[Open, ...]]:
    """The key's policy, whose unit it is written in, and what leaves open which it is."""
    document: Value[Datum] = key.policy
    unit = key.unit
    open_facts: list[Open] = []
    for beside in case.graph.everywhere(KeyPolicy):
        answer, fact = owner_matches(case, beside.key, beside.unit, key.word("id"), key.address)
        if answer is Truth.YES:
            if isinstance(beside.exists, Unknown):
                open_facts.append(open_of(beside.exists))
            document, unit = beside.document, beside.unit
        elif answer is Truth.MAYBE and fact is not None:
            open_facts.append(fact)
    return document, unit, tuple(open_facts)
