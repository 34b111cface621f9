"""Fields of a flow log's format whose values are tags.

<https://docs.aws.amazon.com/vpc/latest/userguide/flow-log-records.html>
<https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-flowlog.html>
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from validator.aws import FlowLog
from validator.aws.log_fields import TAG_FIELDS
from validator.delivery.needs import Need, State
from validator.graph.span import Span
from validator.graph.values import Absent, Fields, Items, Known, Node, as_text

_TYPES = ("auto-scaling-group", "instance", "network-interface")
_SPECIFICATIONS = 3
_KEYS = 2
_LONGEST = 128


def tag_field_needs(flow_log: FlowLog, names: Sequence[str], at: Span) -> Iterator[Need]:
    """A format with tags needs to be told which tags; `names` are its fields."""
    given = [name for name in names if name in TAG_FIELDS]
    if given and isinstance(flow_log.tag_fields, Absent):
        where = "Terraform's provider has no argument that says which tags"
        if flow_log.declared.language == "cloudformation":
            where = "no TagFieldSpecifications say which tags"
        yield _need(State.AT_RISK, at, f"it names {given[0]}, and {where}")


def specification_needs(flow_log: FlowLog) -> Iterator[Need]:
    """What CloudFormation's own schema refuses of the tags that are named."""
    match flow_log.tag_fields:
        case Known(value=Items(items=items, rest=None)) as known:
            if not 1 <= len(items) <= _SPECIFICATIONS:
                why = f"there are {len(items)} specifications; it takes 1 to {_SPECIFICATIONS}"
                yield _need(State.UNMET, known.span, why)
                return
            for item in items:
                if isinstance(item, Known) and isinstance(item.value, Fields):
                    yield from _specification(item.value)
        case _:
            pass


def _specification(fields: Fields) -> Iterator[Need]:
    type_ = fields.get("ResourceType")
    if type_ is not None and (written := _literal(type_)) is not None and written not in _TYPES:
        why = f"there is no resource type {written}: there is {', '.join(_TYPES)}"
        yield _need(State.UNMET, type_.span, why)
    match fields.get("TagKeys"):
        case Known(value=Items(items=keys, rest=None)) as known:
            if not 1 <= len(keys) <= _KEYS:
                why = f"there are {len(keys)} tag keys; it takes 1 to {_KEYS}"
                yield _need(State.UNMET, known.span, why)
            for key in keys:
                length = len(_literal(key) or "x")
                if length > _LONGEST:
                    why = f"a tag key has 1 to {_LONGEST} characters, this one has {length}"
                    yield _need(State.UNMET, key.span, why)
        case _:
            pass


def _literal(node: Node) -> str | None:
    words = as_text(node)
    return None if words is None else words.literal


def _need(state: State, span: Span, why: str) -> Need:
    return Need("arguments", state, span, fault="tag-fields", why=why, when="deploy")
