"""What EC2 checks of a flow log's own arguments before it looks at the destination.

<https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateFlowLogs.html>
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from validator.aws import FlowLog
from validator.aws.log_fields import TRANSIT_GATEWAY_FIELDS, VPC_FIELDS
from validator.delivery.case import Case
from validator.delivery.destination import delivery_type
from validator.delivery.left_out import left_to_a_caller
from validator.delivery.needs import Need, State, missing
from validator.delivery.stops import role_stop
from validator.delivery.tag_fields import specification_needs, tag_field_needs
from validator.delivery.watched import Monitored, monitored, watched_needs
from validator.findings import Edit, Evidence
from validator.graph.values import Absent, Fields, Items, Known, Node
from validator.near import get_close_matches
from validator.records import replace

_FIELD = re.compile(r"\$\{([^}]*)\}")
_OPTIONS = ("FileFormat", "HiveCompatiblePartitions", "PerHourPartition")
_WITHOUT_GROUP_NAME = 6
_INTERVALS = (60, 600)
_TRAFFIC_TYPES = ("ACCEPT", "REJECT", "ALL")
_FILE_FORMATS = ("plain-text", "parquet")
_ONLY_60 = "a transit gateway's flow log takes only 60 seconds"


def argument_needs(case: Case) -> Iterator[Need]:
    """The faults of a flow log's own arguments; none if they are as EC2 takes them, or open."""
    flow_log = case.flow_log
    watched = monitored(flow_log)
    yield from _traffic_type(case, watched)
    yield from _interval(case, watched)
    yield from _format(flow_log, watched)
    yield from specification_needs(flow_log)
    yield from watched_needs(case)
    yield from _options(case)
    yield from _cross_account_role(case)
    yield from _log_group_name(case)


def _fault(fault: str, span_of: FlowLog | Known[object] | Absent, why: str, **facts: str) -> Need:
    return Need(
        "arguments", State.UNMET, span_of.span, fault=fault, why=why, when="deploy", facts=facts
    )


def _traffic_type(case: Case, watched: Monitored | None) -> Iterator[Need]:
    flow_log = case.flow_log
    match flow_log.traffic_type:
        case Absent() as absent if watched in ("vpc", "regional-nat-gateway"):
            if (fact := left_to_a_caller(case, flow_log, absent)) is not None:
                yield missing("arguments", absent.span, fact)
                return
            yield _fault("traffic-type", absent, "no traffic type is given", fix="ALL")
        case Known() as known if (
            watched == "transit-gateway" and flow_log.declared.language == "cloudformation"
        ):
            # Terraform's provider leaves it out of the request by itself.
            yield _fault("traffic-type", known, "a transit gateway's flow log takes none", fix="")
        case Known(value=words) as known if (
            words.literal is not None and words.literal not in _TRAFFIC_TYPES
        ):
            from validator.near import get_close_matches

            near = get_close_matches(words.literal.upper(), _TRAFFIC_TYPES, 1)
            why = f"there is no traffic type {words.literal}"
            yield _fault(
                "no-such-traffic",
                known,
                why,
                right=near[0] if near else "ALL",
                written=words.literal,
            )
        case _:
            pass


def _interval(case: Case, watched: Monitored | None) -> Iterator[Need]:
    flow_log = case.flow_log
    match flow_log.aggregation_seconds:
        case Known(value=seconds) as known:
            if seconds not in _INTERVALS:
                yield _fault("interval", known, f"{seconds} is neither 60 nor 600 seconds")
            elif watched == "transit-gateway" and seconds != _INTERVALS[0]:
                why = "a transit gateway's flow log takes only 60"
                need = _fault("interval", known, why, tgw="")
                old = str(seconds)
                edits = (Edit(known.span, old, "60"), Edit(known.span, f'"{old}"', '"60"'))
                yield replace(need, edits=edits)
        case Absent() as absent if (
            watched == "transit-gateway" and flow_log.declared.language == "terraform"
        ):
            if (fact := left_to_a_caller(case, flow_log, absent)) is not None:
                yield missing("arguments", absent.span, fact)
                return
            why = f"{_ONLY_60}, and Terraform sends 600 if none is given"
            yield _fault("interval", flow_log, why, tgw="")
        case _:
            pass


def _format(flow_log: FlowLog, watched: Monitored | None) -> Iterator[Need]:
    match flow_log.log_format:
        case Known(value=words) as known if words.literal is not None and watched is not None:
            names = _FIELD.findall(words.literal)
            known_fields = TRANSIT_GATEWAY_FIELDS if watched == "transit-gateway" else VPC_FIELDS
            odd = [name for name in names if name not in known_fields]
            close = get_close_matches(odd[0], sorted(known_fields), 1) if odd else []
            why = ""
            if odd:
                why = f"AWS documents no field {odd[0]}"
            elif not names:
                why = "it names no field: a field is written ${name}"
            if why:
                yield Need(
                    "arguments",
                    State.AT_RISK,
                    known.span,
                    fault="format",
                    why=why,
                    when="deploy",
                    facts={"near": close[0] if close else ""},
                )
            yield from tag_field_needs(flow_log, names, known.span)
        case _:
            pass


def _options(case: Case) -> Iterator[Need]:
    """Options are for S3; CloudFormation wants all three if there are any.

    <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-ec2-flowlog-destinationoptions.html>
    """
    flow_log = case.flow_log
    options = flow_log.options
    match options:
        case Known(value=Fields(rest=None) | Items(items=[_, *_])):
            pass
        case _:
            return
    kind = delivery_type(flow_log)
    if kind in ("cloud-watch-logs", "kinesis-data-firehose"):
        why = f"the options are for S3, the type is {kind}"
        yield replace(_fault("options", options, why), state=State.AT_RISK)
        return
    match flow_log.file_format:
        case Known(value=words) as known if words.literal not in (*_FILE_FORMATS, None):
            why = f"there is no file format {words.literal}"
            yield _fault("file-format", known, why, written=words.literal or "")
        case _:
            pass
    if isinstance(options.value, Fields) and flow_log.declared.language == "cloudformation":
        entries = options.value.entries
        written = {entry.key.literal for entry in entries if not _is_null(entry.value)}
        lacking = [name for name in _OPTIONS if name not in written]
        if lacking and written:
            why = f"{' and '.join(lacking)} must be given as well"
            yield _fault("options", options, why, lacking=lacking[0])


def _is_null(node: Node) -> bool:
    return isinstance(node, Known) and node.value is None


def _cross_account_role(case: Case) -> Iterator[Need]:
    """Only delivery streams are written to through a role in another account."""
    flow_log = case.flow_log
    kind = delivery_type(flow_log)
    match flow_log.cross_account_role_arn:
        case Known(span=span) as given if kind in ("s3", "cloud-watch-logs"):
            yield Need(
                "role",
                State.AT_RISK,
                span,
                fault="cross-account-not-applicable",
                why=f"the type is {kind}",
                when="deploy",
                stop=role_stop(case, given),
            )
        case _:
            pass


def _log_group_name(case: Case) -> Iterator[Need]:
    """Version 6 of Terraform's provider no longer has the argument.

    <https://registry.terraform.io/providers/hashicorp/aws/latest/docs/guides/version-6-upgrade>
    """
    flow_log = case.flow_log
    name = flow_log.log_group_name
    if isinstance(name, Absent) or flow_log.declared.unread is not None:
        return  # what nobody can read may have the argument or not
    if flow_log.declared.language != "terraform":
        yield from _group_name_beside(case)
        return
    version = case.graph.home.aws_provider()
    if version is None or version[0] < _WITHOUT_GROUP_NAME:
        yield from _group_name_beside(case)
    if version is not None and version[0] >= _WITHOUT_GROUP_NAME:
        least, said = version
        yield Need(
            "arguments",
            State.UNMET,
            name.span,
            fault="log-group-name",
            why=f"provider aws has version {least} or later here",
            when="deploy",
            evidence=(Evidence(said, "this lets in no earlier version"),),
        )


def _group_name_beside(case: Case) -> Iterator[Need]:
    """A log group's name goes with CloudWatch Logs, and in Terraform with no destination.

    <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateFlowLogs.html>
    """
    flow_log = case.flow_log
    name = flow_log.log_group_name
    if not isinstance(name, Known) or not isinstance(flow_log.destination, Known):
        return
    kind = delivery_type(flow_log)
    fault = why = ""
    if kind in ("s3", "kinesis-data-firehose"):
        fault, why = "group-name", f"a log group's name is given beside type {kind}"
    elif flow_log.declared.language == "terraform" and kind == "cloud-watch-logs":
        fault, why = "two-destinations", "log_group_name conflicts with log_destination"
    if fault:
        yield Need(
            "destination",
            State.UNMET,
            name.span,
            fault=fault,
            why=why,
            when="deploy",
            facts={"fix": f"remove {flow_log.spelled('log_group_name')}"},
        )
