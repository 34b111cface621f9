"""What to write instead, in the language of the template."""

from __future__ import annotations

from validator.aws import LogGroup, Resource
from validator.aws.facts import LOG_DELIVERY
from validator.aws.partitions import PARTITIONS
from validator.aws.resource import local_name
from validator.findings import Edit
from validator.graph.span import Span
from validator.graph.text import Symbol, Text
from validator.graph.values import Known
from validator.graph.world import Language

_SYMBOLS: dict[Language, dict[str, str]] = {
    "terraform": {
        "account": "${data.aws_caller_identity.current.account_id}",
        "region": "${data.aws_region.current.region}",
        "partition": "${data.aws_partition.current.partition}",
        "url-suffix": "${data.aws_partition.current.dns_suffix}",
    },
    "cloudformation": {
        "account": "${AWS::AccountId}",
        "region": "${AWS::Region}",
        "partition": "${AWS::Partition}",
        "url-suffix": "${AWS::URLSuffix}",
    },
}


def inside(words: Text, language: Language) -> str:
    """A text as the language would write it inside a string."""
    symbols = _SYMBOLS[language]
    return "".join(
        symbols[piece.kind] if isinstance(piece, Symbol) else str(Text((piece,)))
        for piece in words.pieces
    )


def attribute_inside(resource: Resource, word: str) -> str:
    """A reference to a resource's attribute, inside a string."""
    reference = resource.reference(word)
    if resource.declared.language == "terraform":
        return f"${{{reference}}}"
    return f"${{{reference.removeprefix('!Ref ').removeprefix('!GetAtt ')}}}"


def every_stream(group: LogGroup) -> str:
    """The ARN of every stream of a log group, quotes included where the language wants them."""
    if group.declared.language == "terraform":
        return f'"{attribute_inside(group, "arn")}:*"'
    return group.reference("every-stream")


def instead(resource: Resource, span: Span, new: str) -> tuple[Edit, ...]:
    """What to write where a reference to one of a resource's attributes stands, and none of a part.

    JSON is left alone: most of it is generated.
    """
    language = resource.declared.language
    name = resource.name_for_people
    edits: list[Edit] = []
    for spelled in resource.returns[language]:
        if language == "terraform":
            old = f"{local_name(name)}.{spelled}"
            edits += [Edit(span, old, new), Edit(span, f'"${{{old}}}"', new)]
        elif spelled == "Ref":
            edits.append(Edit(span, f"!Ref {name}", new))
        else:
            edits.append(Edit(span, f"!GetAtt {name}.{spelled}", new))
    return tuple(one for one in edits if one.old != one.new)


def instead_of(span: Span, old: str, new: str) -> tuple[Edit, ...]:
    """A word for another one, however it is quoted."""
    return tuple(Edit(span, f"{q}{old}{q}", f"{q}{new}{q}") for q in ('"', "'", ""))


def streams_instead(group: LogGroup, span: Span) -> tuple[Edit, ...]:
    """Every stream of a log group where the group's own ARN stands."""
    new = every_stream(group)
    if group.declared.language == "terraform":
        arn = group.reference("arn")
        return (Edit(span, arn, new), Edit(span, f'"${{{arn}}}"', new))
    # CloudFormation has no attribute for the bare ARN, so it is put together by hand.
    name = group.name.value.literal if isinstance(group.name, Known) else None
    called = [f"${{{group.name_for_people}}}", *(() if name is None else (name,))]
    arns = [
        f"arn:{partition}:logs:${{AWS::Region}}:${{AWS::AccountId}}:log-group:{one}"
        for partition in ("${AWS::Partition}", *PARTITIONS)
        for one in called
    ]
    return tuple(Edit(span, f"!Sub {q}{arn}{q}", new) for arn in arns for q in ("", '"', "'"))


def beside(one: Resource, other: Resource) -> bool:
    """Whether two resources stand in the same module, so that their names mean the same there."""
    first, second = one.name_for_people, other.name_for_people
    return one.unit == other.unit and first.removesuffix(local_name(first)) == second.removesuffix(
        local_name(second)
    )


def assigned(resource: Resource, field: str, value: str) -> str:
    """A field of a resource set to a value, as the language writes it."""
    sign = " = " if resource.declared.language == "terraform" else ": "
    return f"{resource.spelled(field)}{sign}{value}"


def bucket_statements(bucket: str, keys: str) -> str:
    """The two statements that log delivery needs in a bucket policy, as JSON."""
    return (
        f'{{"Effect": "Allow", "Principal": {{"Service": "{LOG_DELIVERY}"}}, '
        f'"Action": "s3:PutObject", "Resource": "{keys}"}},\n'
        f'{{"Effect": "Allow", "Principal": {{"Service": "{LOG_DELIVERY}"}}, '
        f'"Action": "s3:GetBucketAcl", "Resource": "{bucket}"}}'
    )
