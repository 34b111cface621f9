"""What a delivery to CloudWatch Logs needs of the log group.

<https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-cwl.html>
<https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html>
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from validator.aws import Key, KeyAlias, LogGroup
from validator.delivery.case import Case
from validator.delivery.code import assigned, inside, instead
from validator.delivery.group_settings import setting_needs
from validator.delivery.key_kind import kind_needs
from validator.delivery.key_policy import key_needs
from validator.delivery.lookup import dangling_in, hops, open_piece
from validator.delivery.names import log_group_arn, pattern
from validator.delivery.needs import Need, State, at, met, missing, undeclared
from validator.delivery.organization import Origin
from validator.delivery.requests import ABSENT, TRUE, exactly
from validator.delivery.resolve import could_be, resource_at, tail, targets
from validator.delivery.stops import key_stop
from validator.delivery.target import ToLogGroup
from validator.findings import Edit, Evidence
from validator.graph.span import Span
from validator.graph.text import Hole, Lit, Ref, Symbol, SymbolKind, Text, text
from validator.graph.values import Absent, Known, Unknown
from validator.graph.verdict import Open, Truth, open_of
from validator.policy.question import ContextValue, Principal, Request
from validator.records import replace

_USES = ("kms:GenerateDataKey", "kms:Decrypt")


def log_group_needs(case: Case, target: ToLogGroup) -> Iterator[Need]:
    """The group's existence, its place, the form it is named in, and its key."""
    yield _exists(case, target)
    yield from _form(case)
    yield from _place(case, target)
    yield from setting_needs(case, target)
    if target.group is not None and target.group.managed:
        group = target.group
        if not isinstance(group.key, Absent):
            yield from at(key_stop(case, group.unit, group.key), _key(case, target, group))


def _span(case: Case) -> Span:
    if not isinstance(case.flow_log.destination, Absent):
        return case.flow_log.destination.span
    if not isinstance(case.flow_log.log_group_name, Absent):
        return case.flow_log.log_group_name.span
    return case.span


def _exists(case: Case, target: ToLogGroup) -> Need:
    unknown = None if target.group is None else case.open_about(target.group)
    if unknown is not None:
        return missing("destination", _span(case), open_of(unknown))
    return met("destination", _span(case))


def _form(case: Case) -> Iterator[Need]:
    """CloudFormation passes a trailing `:*` on; Terraform's provider cuts it off."""
    match case.flow_log.destination:
        case Known(value=words, span=span) if case.flow_log.declared.language == "cloudformation":
            whole = case.resolve(words)
            if tail(whole).endswith(":*"):
                group = next(
                    (
                        thing.name_for_people
                        for address in targets(words)
                        if isinstance(thing := resource_at(case.graph, address), LogGroup)
                    ),
                    "",
                )
                fix = f"LogGroupName: !Ref {group}, instead of LogDestination" if group else ""
                yield Need(
                    "destination-form",
                    State.NOTED,
                    span,
                    fault="every-stream",
                    when="delivery",
                    facts={"fix": fix},
                )
        case _:
            pass


def _place(case: Case, target: ToLogGroup) -> Iterator[Need]:
    kinds: tuple[SymbolKind, ...] = ("account", "region")
    places = ((target.account, case.place.account), (target.region, case.place.region))
    for kind, (there, here) in zip(kinds, places, strict=True):
        if there.matches(here):
            continue
        if there.literal is None or here.literal is None:
            if target.group is None and could_be(there, here):
                what = f"whether the flow log is in {kind} {there}"
                fact = Open(what, Symbol(kind).supply, _span(case))
                yield missing("destination-form", _span(case), fact, subject=target.called)
        else:
            yield Need(
                "destination-form",
                # That the region counts as well is not written in so many words.
                State.UNMET if kind == "account" else State.AT_RISK,
                _span(case),
                fault="elsewhere",
                why=f"it lies in {kind} {there}, the flow log in {here}",
                subject=target.called,
                when="delivery",
            )


def _key(case: Case, target: ToLogGroup, group: LogGroup) -> Iterator[Need]:
    name = group.name_for_people
    match group.key:
        case Absent():
            return
        case Unknown() as unknown:
            yield missing("log-group-key", unknown.span, open_of(unknown), subject=name)
        case Known(value=words, span=span, trail=trail):
            whole = case.resolve.of(group.unit)(words)
            if (dangling := dangling_in(whole)) is not None:
                yield undeclared(dangling, span, hops(trail))
            elif (fault := _no_arn(case, group, words, whole, span)) is not None:
                yield replace(fault, evidence=hops(trail))
            elif len(whole.pieces) == 1 and isinstance(whole.pieces[0], Hole):
                fact = open_piece(whole.pieces[0], span)
                yield missing("log-group-key", span, fact, subject=name)
            elif wrong := list(
                kind_needs(
                    "log-group-key",
                    "deploy",
                    case,
                    words,
                    span,
                    group.place.region,
                    f"log group {name}",
                )
            ):
                yield from wrong
            else:
                used = Evidence(span, f"log group {name} is encrypted with it")
                yield from _use_of_key(case, target, words, used)


def _no_arn(case: Case, group: LogGroup, words: Text, whole: Text, span: Span) -> Need | None:
    why = ""
    fix = ""
    edits: tuple[Edit, ...] = ()
    first = whole.pieces[0] if whole.pieces else Lit("")
    if isinstance(first, Lit) and not first.text.startswith("arn:"):
        why = "this is no ARN"
    for address in targets(words):
        thing = resource_at(case.graph, address)
        if isinstance(thing, Key):
            fix = assigned(group, "key", thing.reference("arn"))
            edits = instead(thing, span, thing.reference("arn"))
            if isinstance(first, Ref):
                why = f"this is the ID of {thing.name_for_people}"
        elif isinstance(thing, KeyAlias) and isinstance(first, Ref | Lit) and why:
            why = f"this is the name of {thing.name_for_people}"
    if not why:
        return None
    return Need(
        "log-group-key",
        State.UNMET,
        span,
        fault="no-arn",
        why=why,
        subject=group.name_for_people,
        when="deploy",
        facts={"fix": fix},
        edits=edits,
    )


def _use_of_key(case: Case, target: ToLogGroup, words: Text, used: Evidence) -> list[Need]:
    """What the key must admit.

    AWS does not say how the principal ends in China, so there either spelling will do.
    """
    suffixes = ["amazonaws.com"]
    if case.place.region.literal is None or case.place.partition.literal == "aws-cn":
        suffixes.append("amazonaws.com.cn")
    tried = [
        list(key_needs("log-group-key", "deploy", case, words, used, _requests(target, suffix)))
        for suffix in suffixes
    ]
    needs = next((needs for needs in tried if needs[0].state is State.MET), tried[0])
    language = case.flow_log.declared.language
    service = inside(text("logs.") + target.region + text(".amazonaws.com"), language)
    return [replace(need, facts={**need.facts, "service": service}) for need in needs]


def _requests(target: ToLogGroup, suffix: str) -> Callable[[Case, Text], list[Request]]:
    def requests(case: Case, key_arn: Text) -> list[Request]:
        group = log_group_arn(target.name, target.region, target.account, case.place)
        return [_key_request(use, key_arn, group, case.origin, suffix) for use in _USES]

    return requests


def _key_request(
    action: str, key_arn: Text, group_arn: Text, origin: Origin, suffix: str
) -> Request:
    """A use of a log group's key by CloudWatch Logs, whose principal ends in a suffix.

    <https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html>
    """
    context = {
        "kms:encryptioncontext:aws:logs:arn": exactly(group_arn),
        "kms:encryptioncontextkeys": ContextValue((pattern("aws:logs:arn"),), multivalued=True),
        "aws:principalisawsservice": TRUE,
        "aws:securetransport": TRUE,
        "aws:sourcevpc": ABSENT,
        "aws:sourcevpce": ABSENT,
        "aws:principalorgid": ABSENT,
    }
    service = text("logs.") + origin.place.region + text(f".{suffix}")
    principal = Principal("Service", service)
    return Request(principal, action, key_arn.pieces, context, Truth.MAYBE)
