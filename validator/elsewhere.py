"""What a unit names that it does not create: worth a look into the run's other units."""

from __future__ import annotations

from collections.abc import Iterator

from validator.aws import BucketEncryption, FlowLog
from validator.graph.graph import Graph
from validator.graph.values import Known, Ref, Text, Value

_BUCKET = (b"aws_s3_bucket", b"AWS::S3::Bucket")
_LOG_GROUP = (b"aws_cloudwatch_log_group", b"AWS::Logs::LogGroup")
_STREAM = (b"aws_kinesis_firehose_delivery_stream", b"AWS::KinesisFirehose::DeliveryStream")
_ROLE = (b"aws_iam_role", b"AWS::IAM::Role")
_KEY = (b"aws_kms_alias", b"AWS::KMS::Alias")
_EXPORT = b"Export"


def named_elsewhere(graph: Graph) -> frozenset[bytes]:
    """The resource types, as files spell them, of what this unit's deliveries name by name.

    A reference to a resource of the unit needs no other unit; a literal ARN or name, a data
    source or a value from outside may lead to one. What the unit imports may be exported by any.
    """
    words = frozenset(word for words in _named(graph) for word in words)
    return words | {_EXPORT} if graph.home.imports() else words


def _named(graph: Graph) -> Iterator[tuple[bytes, ...]]:
    for flow_log in graph.all(FlowLog):
        if not flow_log.managed:
            continue
        if _leaves(flow_log.destination, graph):
            yield from (_BUCKET, _LOG_GROUP, _STREAM)
        if _leaves(flow_log.log_group_name, graph):
            yield _LOG_GROUP
        if _leaves(flow_log.role_arn, graph) or _leaves(flow_log.cross_account_role_arn, graph):
            yield _ROLE
        if flow_log.place.role.pieces:
            yield _ROLE
    for encryption in graph.all(BucketEncryption):
        if _leaves(encryption.key, graph):
            yield _KEY


def _leaves(value: Value[Text], graph: Graph) -> bool:
    match value:
        case Known(value=Text(pieces=pieces)):
            refs = [piece for piece in pieces if isinstance(piece, Ref)]
            declared = [graph.declared(ref.target) for ref in refs]
            return not any(one is not None and one.managed for one in declared)
        case _:
            return False
