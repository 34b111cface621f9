"""What the bytes of a file tell without parsing it: which words are in it, and what it calls."""

from __future__ import annotations

import re
from codecs import BOM_UTF8
from collections.abc import Collection

FLOW_LOG = b"aws_flow_log"
FLOW_LOG_TEMPLATE = b"AWS::EC2::FlowLog"
# What a flow log may name in another unit, as both languages spell it.
BUCKET = (b"aws_s3_bucket", b"AWS::S3::Bucket")
LOG_GROUP = (b"aws_cloudwatch_log_group", b"AWS::Logs::LogGroup")
STREAM = (b"aws_kinesis_firehose_delivery_stream", b"AWS::KinesisFirehose::DeliveryStream")
ROLE = (b"aws_iam_role", b"AWS::IAM::Role")
KEY = (b"aws_kms_alias", b"AWS::KMS::Alias")
PARAMETER = (b"aws_ssm_parameter", b"AWS::SSM::Parameter")
EXPORT = b"Export"
OUTPUT = b"output"
PARAMETERS = b"Parameters"
MODULE = b"module"
"""What stands in every Terraform file that calls something."""
_NAMED = (BUCKET, LOG_GROUP, STREAM, ROLE, KEY)
_TERRAFORM = (FLOW_LOG, *(word for word, _ in _NAMED))
_TEMPLATE = (FLOW_LOG_TEMPLATE, *(word for _, word in _NAMED), EXPORT, PARAMETERS)
NOTED = frozenset((*_TERRAFORM, *_TEMPLATE))
"""What `in_terraform` or `in_template` tells of."""

# All begin alike, so that one search for all takes no longer than one for a single word.
_WORDS = re.compile(rb"aws_(?:%s)" % b"|".join(one.removeprefix(b"aws_") for one in _TERRAFORM))
# Only at the beginning of a line: a call that is commented out is no call.
_CALL = re.compile(
    rb"""^[ \t]*(?:module[^\n{#]*\{[ \t]*)?"?source"?[ \t]*[=:][ \t]*"""
    rb"""(?:/\*[^*\n]*\*/[ \t]*)?"(\.\.?/[^"$\\\n\0]*)\"""",
    re.M,
)
# JSON may be all on one line, and has no comments.
_CALL_IN_JSON = re.compile(rb"""[{,]\s*"source"\s*:\s*"(\.\.?/[^"$\\\n\0]*)\"""")
# Above so many, words are looked up among a file's tokens: names of files with blanks are missed.
_MANY = 20
_TOKEN = re.compile(rb"[^\s\"'/(){}\[\],$]+")
# What asks a module or a nested stack for flow logs, and what calls one.
_ASKED = (b"flow_log", b"flow-log", b"flowlog", b"FlowLog", b"Flowlog")
_NESTED = (b"TemplateURL", b"AWS::Serverless::Application")
_BLOCK_COMMENT = re.compile(rb"^[ \t]*/\*.*?\*/", re.M | re.S)


def in_terraform(raw: bytes) -> frozenset[bytes]:
    """Which of the words that count are in a Terraform file."""
    return frozenset(_WORDS.findall(raw))


def in_template(raw: bytes) -> frozenset[bytes]:
    """Which of the words that count are in a template."""
    return frozenset(word for word in _TEMPLATE if word in raw)


def holds(raw: bytes, words: Collection[bytes]) -> bool:
    """Whether some bytes hold one of some words."""
    if len(words) > _MANY:
        return not frozenset(words).isdisjoint(_TOKEN.findall(raw))
    return any(word in raw for word in words)


def asks(raw: bytes) -> bool:
    """Whether a Terraform file that calls a module may ask it, if it is not here, for flow logs."""
    return any(word in raw for word in _ASKED[:3])


def asks_in_template(raw: bytes) -> bool:
    """Whether a template may ask a nested stack, which may not be here, for flow logs."""
    return any(word in raw for word in _NESTED) and any(word in raw for word in _ASKED)


def calls(raw: bytes) -> list[str]:
    """The sources of the local modules that a Terraform file calls, as written."""
    if raw.removeprefix(BOM_UTF8).lstrip()[:1] == b"{":
        return [one.decode("utf-8", "replace") for one in _CALL_IN_JSON.findall(raw)]
    if b"*/" in raw:
        raw = _BLOCK_COMMENT.sub(b"", raw)
    return [one.decode("utf-8", "replace") for one in _CALL.findall(raw)]
