"""Whether what is given as a key can encrypt there at all: its name, place, spec and use.

<https://docs.aws.amazon.com/AmazonS3/latest/API/API_ServerSideEncryptionByDefault.html>
<https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html>
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from validator.aws import Key, KeyAlias
from validator.aws.arn import Arn, parse_arn
from validator.aws.fields import literal
from validator.delivery.case import Case
from validator.delivery.key_policy import key_of
from validator.delivery.needs import Need, NeedName, State
from validator.delivery.resolve import resource_at, tail
from validator.delivery.wrong_partition import wrong_partition
from validator.findings import Evidence, When
from validator.graph.span import Span
from validator.graph.text import Lit, Ref, Text

_KEY_ID = re.compile(
    r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|mrk-[0-9a-f]{32}",
    re.IGNORECASE | re.ASCII,
)


def misnamed(words: Text, whole: Text, case: Case) -> tuple[str, str]:
    """The fault of naming a bucket's key so, and why; both are empty if it is an ARN, or may be.

    `whole` is what `words` are with their references written out.
    """
    written = whole.literal
    if tail(whole).endswith("alias/aws/s3"):
        return "aws-managed", "this is the key that AWS manages for S3"
    if written is not None:
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
        if isinstance(thing, KeyAlias) and thing.word("name").literal == "alias/aws/s3":
            return "aws-managed", "this is the key that AWS manages for S3"
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


def kind_needs(
    name: NeedName, when: When, case: Case, words: Text, span: Span, region: Text, owner: str
) -> Iterator[Need]:
    """The faults of the key that `owner` is given at `span`; none if it fits, or may fit."""
    whole = case.resolve(words)
    here = case.resolve(region).literal
    match parse_arn(whole):
        case Arn(region=there) if here and there.literal and there.literal != here:
            why = f"it lies in {there.literal}, {owner} in {here}"
            yield Need(name, State.UNMET, span, fault="region", why=why, subject=owner, when=when)
        case Arn() as arn if why := wrong_partition(case, arn):
            yield Need(
                name, State.UNMET, span, fault="partition", why=why, subject=owner, when=when
            )
        case _:
            pass
    key = key_of(case, words, whole)
    if key is None:
        return
    spec, usage = literal(key.spec), literal(key.usage)
    why = ""
    if spec is not None and spec != "SYMMETRIC_DEFAULT":
        why = f"its spec is {spec}"
    elif usage is not None and usage != "ENCRYPT_DECRYPT":
        why = f"its use is {usage}"
    if why:
        seen = key.spec if spec is not None else key.usage
        evidence = (Evidence(span, f"{owner} is encrypted with it"),)
        yield Need(
            name,
            State.UNMET,
            seen.span,
            fault="spec",
            why=why,
            subject=owner,
            when=when,
            evidence=evidence,
        )
