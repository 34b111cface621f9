"""Whether a key is one that can encrypt there at all: its place, its spec and its use.

<https://docs.aws.amazon.com/AmazonS3/latest/API/API_ServerSideEncryptionByDefault.html>
<https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html>
"""

from __future__ import annotations

from collections.abc import Iterator

from validator.aws.arn import Arn, parse_arn
from validator.aws.fields import literal
from validator.delivery.case import Case
from validator.delivery.key_policy import key_of
from validator.delivery.needs import Need, NeedName, State
from validator.delivery.wrong_partition import wrong_partition
from validator.findings import Evidence, When
from validator.graph.span import Span
from validator.graph.text import Text


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
