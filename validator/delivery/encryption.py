"""What a delivery to S3 needs of the bucket's default encryption.

<https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-s3-cmk-policy.html>
<https://docs.aws.amazon.com/AmazonS3/latest/API/API_ServerSideEncryptionByDefault.html>
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from validator.aws import BucketEncryption, Key, KeyAlias
from validator.aws.facts import ENCRYPTION_ALGORITHMS
from validator.delivery.case import Case
from validator.delivery.code import assigned, beside, instead
from validator.delivery.key_kind import kind_needs, misnamed
from validator.delivery.key_policy import key_behind, key_needs
from validator.delivery.left_out import left_to_a_caller
from validator.delivery.lookup import dangling_in, hops, open_piece
from validator.delivery.names import bucket_arn
from validator.delivery.needs import Need, State, at, met, missing, undeclared
from validator.delivery.owners import owned
from validator.delivery.policies import gaps_of, owner_matches
from validator.delivery.requests import key_request
from validator.delivery.resolve import resource_at, targets
from validator.delivery.stops import key_stop
from validator.delivery.target import ToBucket
from validator.findings import Edit, Evidence
from validator.graph.span import Span
from validator.graph.text import Hole, Lit, Text
from validator.graph.values import Absent, Known, Unknown, Value
from validator.graph.verdict import Open, Truth, open_of
from validator.near import get_close_matches
from validator.policy.question import Request
from validator.records import replace


def _owner(encryption: BucketEncryption) -> tuple[Value[Text]]:
    return (encryption.bucket,)


def _encryptions(
    case: Case, target: ToBucket
) -> Iterator[tuple[BucketEncryption, Truth, Open | None]]:
    """The bucket's encryptions, each with whether it is surely its own, or what leaves it open."""
    address = None if target.bucket is None else target.bucket.address
    for one in owned(case.graph, BucketEncryption, _owner, target.name, address):
        answer, fact = owner_matches(case, one.bucket, one.unit, target.name, address)
        if answer is not Truth.NO:
            yield one, answer, fact


def keys_of(case: Case, target: ToBucket) -> list[tuple[Value[Text], str]]:
    """The keys that a bucket is surely encrypted with, each with its unit."""
    found = _encryptions(case, target)
    return [(one.key, one.unit) for one, answer, _ in found if answer is Truth.YES]


def encryption_needs(case: Case, target: ToBucket) -> Iterator[Need]:
    """The needs of a bucket's default encryption; none if nothing says that it uses a key."""
    bucket = target.bucket
    judged = False
    for encryption, answer, fact in _encryptions(case, target):
        judged = True
        if answer is Truth.MAYBE and fact is not None:
            yield missing("encryption-key", encryption.span, fact, subject=target.called)
        elif (unknown := case.open_about(encryption)) is not None:
            yield missing("encryption-key", encryption.span, open_of(unknown))
        else:
            yield from _of(case, target, encryption)
    if not judged and bucket is not None and bucket.managed:
        # Without a word about it, S3 encrypts with its own keys, which needs nothing.
        gaps = gaps_of(case, bucket)
        span = bucket.span
        yield missing("encryption-key", span, *gaps) if gaps else met("encryption-key", span)


def _of(case: Case, target: ToBucket, encryption: BucketEncryption) -> Iterator[Need]:
    name = target.called
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
            elif written in ("aws:kms", "aws:kms:dsse"):
                stop = key_stop(case, encryption.unit, encryption.key)
                yield from at(stop, _with_key(case, target, encryption, algorithm.span))
            else:
                yield from _without_kms(encryption, name, written, algorithm.span)


def _without_kms(
    encryption: BucketEncryption, name: str, algorithm: str, span: Span
) -> Iterator[Need]:
    """A key goes with aws:kms only, and no other algorithms exist."""
    if algorithm not in ENCRYPTION_ALGORITHMS:
        near = get_close_matches(algorithm, ENCRYPTION_ALGORITHMS, 1, 0.3)
        why = f"there is no algorithm {algorithm}"
        yield replace(
            _faulty("refused", span, name, why),
            when="deploy",
            facts={"near": (near or ["AES256"])[0]},
        )
        return
    match encryption.key:
        case Known(span=at_key):
            why = f"a key is given, and the algorithm is {algorithm}"
            need = _faulty("refused", at_key, name, why)
            yield replace(need, when="deploy", facts={"near": "aws:kms"})
        case Unknown() as unknown:
            yield missing("encryption-key", unknown.span, open_of(unknown), subject=name)
        case Absent():
            yield met("encryption-key", span)


def _with_key(
    case: Case, target: ToBucket, encryption: BucketEncryption, algorithm: Span
) -> Iterator[Need]:
    name = target.called
    match encryption.key:
        case Absent() as absent:
            fact = left_to_a_caller(case, encryption, absent)
            if fact is not None:
                yield missing("encryption-key", absent.span, fact, subject=name)
            else:
                yield _faulty("aws-managed", algorithm, name, "no key is given")
        case Unknown() as unknown:
            yield missing("encryption-key", unknown.span, open_of(unknown), subject=name)
        case Known(value=words, span=span, trail=trail):
            resolve = case.resolve.of(encryption.unit)
            whole = resolve(words)
            if (dangling := dangling_in(whole)) is not None:
                yield undeclared(dangling, span, hops(trail))
                return
            fault, why = misnamed(words, whole, case)
            if fault:
                fix, edits = _fix(case, encryption, words, span)
                yield _faulty(fault, span, name, why, hops(trail), fix, edits)
                return
            if len(whole.pieces) == 1 and isinstance(whole.pieces[0], Hole):
                yield missing(
                    "encryption-key", span, open_piece(whole.pieces[0], span), subject=name
                )
                return
            wrong = list(_wrong_kind(case, target, words, span))
            if wrong:
                yield from wrong
                return
            yield met("encryption-key", span)
            yield from key_needs(
                "key-policy",
                "delivery",
                case,
                words,
                Evidence(span, f"bucket {target.called} is encrypted with it"),
                _requests(target, encryption),
            )


def _wrong_kind(case: Case, target: ToBucket, words: Text, span: Span) -> Iterator[Need]:
    region = Text(()) if target.bucket is None else target.bucket.place.region
    owner = f"bucket {target.called}"
    yield from kind_needs("encryption-key", "delivery", case, words, span, region, owner)


def _fix(
    case: Case, encryption: BucketEncryption, words: Text, span: Span
) -> tuple[str, tuple[Edit, ...]]:
    for address in targets(words):
        thing = resource_at(case.graph, address)
        if isinstance(thing, Key):
            new = thing.reference("arn")
            return assigned(encryption, "key", new), instead(thing, span, new)
        if isinstance(thing, KeyAlias):
            key = key_behind(case, thing)
            word = thing.reference("target-arn") if key is None else key.reference("arn")
            edits = instead(thing, span, word) if key is None or beside(thing, key) else ()
            return assigned(encryption, "key", word), edits
    return "", ()


def _requests(
    target: ToBucket, encryption: BucketEncryption
) -> Callable[[Case, Text], list[Request]]:
    """What log delivery must be able to do; the other published actions matter less.

    <https://docs.aws.amazon.com/waf/latest/developerguide/logging-s3.html> asks for this one only.
    """
    bucket_key = encryption.bucket_key_enabled
    algorithm = encryption.algorithm
    if isinstance(algorithm, Known) and algorithm.value.literal == "aws:kms:dsse":
        bucket_key = Absent(algorithm.span)  # two layers take no bucket key

    def requests(case: Case, key_arn: Text) -> list[Request]:
        bucket = bucket_arn(target.name, case.place)
        return [key_request("kms:GenerateDataKey", key_arn, case.origin, bucket, bucket_key)]

    return requests


def _faulty(
    fault: str,
    span: Span,
    name: str,
    why: str,
    evidence: tuple[Evidence, ...] = (),
    fix: str = "",
    edits: tuple[Edit, ...] = (),
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
        edits=edits,
    )
