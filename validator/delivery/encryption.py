"""What a delivery to S3 needs of the bucket's default encryption and its key.

<https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-s3-cmk-policy.html>
<https://docs.aws.amazon.com/AmazonS3/latest/API/API_ServerSideEncryptionByDefault.html>
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from validator.aws import BucketEncryption, Key, KeyAlias, KeyPolicy
from validator.aws.arn import Arn, parse_arn, split
from validator.aws.spelling import literal
from validator.delivery.case import Case
from validator.delivery.code import assigned
from validator.delivery.lookup import dangling_in, hops, open_piece
from validator.delivery.needs import Need, State, met, missing
from validator.delivery.policies import ask, gaps_of, malformed, near_misses, owner_matches, parsed
from validator.delivery.requests import key_request
from validator.delivery.resolve import resource_at, targets
from validator.delivery.target import ToBucket
from validator.findings import Evidence
from validator.graph.values import Absent, Datum, Hole, Known, Lit, Ref, Span, Text, Unknown, Value
from validator.graph.verdict import Open, Truth, open_of
from validator.policy.question import Outcome

_KEY_ID = re.compile(
    r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|mrk-[0-9a-f]{32}",
    re.IGNORECASE | re.ASCII,
)
USE = "kms:GenerateDataKey"


def encryption_needs(case: Case, target: ToBucket) -> Iterator[Need]:
    """The needs of a bucket's default encryption; none if nothing says that it uses a key."""
    bucket = target.bucket
    address = None if bucket is None else bucket.address
    judged = False
    for encryption in case.graph.everywhere(BucketEncryption):
        answer, fact = owner_matches(case, encryption.bucket, encryption.unit, target.name, address)
        if answer is Truth.NO:
            continue
        judged = True
        if answer is Truth.MAYBE and fact is not None:
            yield missing("encryption-key", encryption.span, fact, subject=str(target.name))
        elif isinstance(encryption.exists, Unknown):
            yield missing("encryption-key", encryption.span, open_of(encryption.exists))
        else:
            yield from _of(case, target, encryption)
    if not judged and bucket is not None and bucket.managed:
        # Without a word about it, S3 encrypts with its own keys, which needs nothing.
        gaps = gaps_of(case, bucket)
        span = bucket.span
        yield missing("encryption-key", span, *gaps) if gaps else met("encryption-key", span)


def _of(case: Case, target: ToBucket, encryption: BucketEncryption) -> Iterator[Need]:
    name = str(target.name)
    match encryption.algorithm:
        case Unknown() as unknown:
            yield missing("encryption-key", unknown.span, open_of(unknown), subject=name)
        case Absent():
            yield met("encryption-key", encryption.span)
        case Known(value=words) as algorithm:
            written = words.literal
            if written is None:
                piece = next(piece for piece in words.pieces if not isinstance(piece, Lit))
                fact = open_piece(piece, algorithm.span)
                yield missing("encryption-key", algorithm.span, fact, subject=name)
            elif written.startswith("aws:kms"):
                yield from _with_key(case, target, encryption, algorithm.span)
            else:
                yield met("encryption-key", algorithm.span)


def _with_key(
    case: Case, target: ToBucket, encryption: BucketEncryption, algorithm: Span
) -> Iterator[Need]:
    name = str(target.name)
    match encryption.key:
        case Absent():
            yield _faulty("aws-managed", algorithm, name, "no key is given")
        case Unknown() as unknown:
            yield missing("encryption-key", unknown.span, open_of(unknown), subject=name)
        case Known(value=words, span=span, trail=trail):
            resolve = case.resolve.of(encryption.unit)
            whole = resolve(words)
            if (dangling := dangling_in(whole)) is not None:
                yield Need(
                    "references",
                    State.UNMET,
                    span,
                    fault="undeclared",
                    why=dangling.why,
                    subject=dangling.name,
                    when="deploy",
                    evidence=hops(trail),
                )
                return
            fault, why = _fault_of(words, whole, case)
            if fault:
                fix = _fix(case, encryption, words)
                yield _faulty(fault, span, name, why, hops(trail), fix)
                return
            if len(whole.pieces) == 1 and isinstance(whole.pieces[0], Hole):
                yield missing(
                    "encryption-key", span, open_piece(whole.pieces[0], span), subject=name
                )
                return
            yield met("encryption-key", span)
            yield _key_need(case, target, encryption, words, whole, span)


def _fix(case: Case, encryption: BucketEncryption, words: Text) -> str:
    for address in targets(words):
        thing = resource_at(case.graph, address)
        if isinstance(thing, Key):
            return assigned(encryption, "key", thing.reference("arn"))
        if isinstance(thing, KeyAlias):
            key = _behind(case, thing)
            word = thing.reference("target-arn") if key is None else key.reference("arn")
            return assigned(encryption, "key", word)
    return ""


def _faulty(
    fault: str,
    span: Span,
    name: str,
    why: str,
    evidence: tuple[Evidence, ...] = (),
    fix: str = "",
) -> Need:
    return Need(
        "encryption-key",
        State.UNMET,
        span,
        fault=fault,
        why=why,
        subject=name,
        when="delivery",
        evidence=evidence,
        facts={"fix": fix},
    )


def _fault_of(words: Text, whole: Text, case: Case) -> tuple[str, str]:
    written = whole.literal
    if written is not None:
        if written.endswith("alias/aws/s3"):
            return "aws-managed", "this is the key that AWS manages for S3"
        if written.startswith("alias/"):
            return "alias", "this is an alias, which is looked up in the account of the writer"
        if _KEY_ID.fullmatch(written):
            return "key-id", "this is a key ID"
        if not written.startswith("arn:"):
            return "key-id", "this is no ARN"
        return "", ""
    if len(words.pieces) == 1 and isinstance(words.pieces[0], Ref):
        ref = words.pieces[0]
        thing = resource_at(case.graph, ref.target)
        if isinstance(thing, Key) and ref.attribute == "id":
            return "key-id", f"this is the ID of {thing.name_for_people}"
        if isinstance(thing, KeyAlias) and ref.attribute == "target-id":
            return "key-id", f"this is the ID of the key behind {thing.name_for_people}"
        if isinstance(thing, KeyAlias) and ref.attribute == "name":
            return "alias", f"this is the name of {thing.name_for_people}"
    first = whole.pieces[0] if whole.pieces else None
    if isinstance(first, Lit) and first.text.startswith("alias/"):
        return "alias", "this is an alias, which is looked up in the account of the writer"
    return "", ""


def _key_need(
    case: Case,
    target: ToBucket,
    encryption: BucketEncryption,
    words: Text,
    whole: Text,
    span: Span,
) -> Need:
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
            evidence=(Evidence(span, f"bucket {target.name} is encrypted with it"),),
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
                    Evidence(span, f"bucket {target.name} is encrypted with it"),
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
            return _behind(case, thing)
    match parse_arn(whole):
        case Arn(service=service, resource=resource) if service.literal == "kms":
            for alias in case.graph.everywhere(KeyAlias):
                if alias.word("name").matches(resource):
                    return _behind(case, alias)
            _, *key_id = split(resource, "/", 1)
            for key in case.graph.everywhere(Key):
                if not key.managed and key_id and literal(key.looked_up_by) == key_id[0].literal:
                    return key
        case _:
            pass
    return None


def _behind(case: Case, alias: KeyAlias) -> Key | None:
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
