"""What a delivery needs of the policy of a KMS key.

<https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-s3-cmk-policy.html>
<https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html>
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from validator.aws import Key, KeyAlias, KeyPolicy
from validator.aws.arn import Arn, parse_arn, split
from validator.aws.fields import literal
from validator.delivery.case import Case
from validator.delivery.lookup import ELSEWHERE, called, there
from validator.delivery.needs import Asked, Need, NeedName, State, met, missing
from validator.delivery.owners import owned
from validator.delivery.policies import (
    ask,
    disputed,
    gaps_of,
    malformed,
    misspelt,
    near_misses,
    owner_matches,
    parsed,
)
from validator.delivery.resolve import resource_at, targets
from validator.delivery.sizes import key_policy_size
from validator.delivery.slips import name_spelled, slip_facts
from validator.findings import Evidence, When
from validator.graph.text import Text
from validator.graph.values import Absent, Datum, Known, Value
from validator.graph.verdict import Open, Truth, open_of
from validator.policy.question import Outcome, Request
from validator.records import replace


def key_needs(
    name: NeedName,
    when: When,
    case: Case,
    words: Text,
    used: Evidence,
    requests: Callable[[Case, Text], Iterable[Request]],
) -> Iterator[Need]:
    """Whether a key's policy admits some requests, as a need of that name, and whether it fits.

    `words` is the key as it is given at `used`; `requests` makes the questions from the key's ARN.
    """
    whole = case.resolve(words)
    key = key_of(case, words, whole)
    yield _key_need(name, when, case, whole, key, used, requests)
    if key is not None and key.managed:
        document, unit, _ = _document(case, key)
        yield from key_policy_size(case, document, unit, key.name_for_people)


def _key_need(
    name: NeedName,
    when: When,
    case: Case,
    whole: Text,
    key: Key | None,
    used: Evidence,
    requests: Callable[[Case, Text], Iterable[Request]],
) -> Need:
    if key is None or not key.managed:
        fact = Open(
            f"the policy of key {whole}, which these files do not create"
            if key is None
            else f"the policy of {key.name_for_people}, which is looked up, not created here",
            ELSEWHERE,
            used.span,
        )
        return missing(name, used.span, fact, subject=str(whole))
    subject = key.name_for_people
    document, unit, facts = _document(case, key)
    if facts:
        return missing(name, used.span, *facts, subject=subject)
    refused = Need(
        name,
        State.UNMET,
        key.span if isinstance(document, Absent) else document.span,
        fault="refuses",
        why="it has no policy, and the default policy admits no AWS service",
        subject=subject,
        when=when,
        evidence=(used,),
    )
    if isinstance(document, Absent):
        gaps = gaps_of(case, key)
        return missing(name, used.span, *gaps, subject=subject) if gaps else refused
    policy = parsed(case, document, "key", unit)
    assert policy is not None  # the document is there
    arn = case.resolve.of(key.unit)(key.word("arn"))
    asked: list[Asked] = []
    for request in requests(case, arn):
        asked.append(ask(case, policy, request))
        decision = asked[-1].decision
        match decision.outcome:
            case Outcome.ALLOWED:
                continue
            case Outcome.CANNOT_TELL:
                facts = decision.open
                return missing(name, document.span, *facts, asked=tuple(asked), subject=subject)
            case Outcome.MALFORMED:
                return malformed(asked[-1], f"the policy of {subject}")
            case Outcome.DENIED | Outcome.PARTLY:
                deny = next((one for one in decision.deciding if one.effect == "Deny"), None)
                doubt = "" if deny is None else disputed(asked[-1])
                stops = f"a Deny statement stops {request.action}"
                if doubt:
                    stops += f" ({doubt})"
                return replace(
                    refused,
                    state=State.AT_RISK if doubt else State.UNMET,
                    span=refused.span if deny is None else deny.span,
                    why=f"no statement allows {request.action}" if deny is None else stops,
                    evidence=(used, *misspelt(asked[-1]), *near_misses(asked[-1])),
                    asked=tuple(asked),
                    facts=slip_facts(asked[-1]),
                    edits=name_spelled(asked[-1]),
                )
    return met(name, document.span, tuple(asked))


def key_of(case: Case, words: Text, whole: Text) -> Key | None:
    """The key that a text names, itself or by an alias, if it is at hand."""
    for address in targets(words) + targets(whole):
        thing = resource_at(case.graph, address)
        if isinstance(thing, Key):
            return thing
        if isinstance(thing, KeyAlias):
            return key_behind(case, thing)
    match parse_arn(whole):
        case Arn(service=service, resource=resource, region=region, account=account) if (
            service.literal == "kms"
        ):
            aliases = there(called(case.graph, KeyAlias, resource), case.resolve, region, account)
            if len(aliases) == 1:
                return key_behind(case, aliases[0])
            _, *key_id = split(resource, "/", 1)
            # Only keys that were looked up or told of have their ID written.
            for key in owned(case.graph, Key, _id, key_id[0], None) if key_id else ():
                if literal(key.looked_up_by) == key_id[0].literal:
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


def _id(key: Key) -> tuple[Value[Text]]:
    return (key.looked_up_by,)


def _owner(policy: KeyPolicy) -> tuple[Value[Text]]:
    return (policy.key,)


def document_of(case: Case, key: Key) -> Value[Datum]:
    """The key's policy, wherever it is written."""
    return _document(case, key)[0]


def _document(case: Case, key: Key) -> tuple[Value[Datum], str, tuple[Open, ...]]:
    """The key's policy, whose unit it is written in, and what leaves open which it is."""
    document: Value[Datum] = key.policy
    unit = key.unit
    open_facts: list[Open] = []
    for beside in owned(case.graph, KeyPolicy, _owner, key.word("id"), key.address):
        answer, fact = owner_matches(case, beside.key, beside.unit, key.word("id"), key.address)
        if answer is Truth.YES:
            if (unknown := case.open_about(beside)) is not None:
                open_facts.append(open_of(unknown))
            document, unit = beside.document, beside.unit
        elif answer is Truth.MAYBE and fact is not None:
            open_facts.append(fact)
    return document, unit, tuple(open_facts)
