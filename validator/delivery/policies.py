"""Which policies speak about a thing, and what they answer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from validator.aws import Bucket, BucketPolicy, Resource
from validator.delivery.case import Case
from validator.delivery.needs import Asked, Need, State
from validator.delivery.owners import owned
from validator.delivery.resolve import could_be, made_up, resource_at, targets
from validator.findings import Evidence
from validator.graph.addresses import head
from validator.graph.text import Hole, Symbol, Text
from validator.graph.values import Absent, Datum, Known, Unknown, Value
from validator.graph.verdict import Open, Truth, open_of
from validator.graph.world import Gap
from validator.policy.decide import decide, decide_role
from validator.policy.document import parse
from validator.policy.model import Policy
from validator.policy.question import Decision, PolicyKind, Question, Request, Traced
from validator.policy.verdicts import Answered
from validator.records import dataclass, replace


@dataclass(frozen=True, slots=True)
class Found:
    """Policies that surely apply, and those that may: an open owner, or an open existence.

    `rivals` are those of the second kind: if they exist, they take the place of the sure ones.
    """

    sure: tuple[BucketPolicy, ...]
    perhaps: tuple[tuple[BucketPolicy, Open], ...] = ()
    rivals: tuple[tuple[BucketPolicy, Open], ...] = ()


def owner_matches(
    case: Case, value: Value[Text], unit: str, name: Text, address: str | None
) -> tuple[Truth, Open | None]:
    """Whether a text names the thing with this name or address, and what would settle it."""
    match value:
        case Absent():
            return Truth.NO, None
        case Unknown() as unknown:
            same_unit = address is None or address.startswith(head(unit))
            return (Truth.MAYBE, open_of(unknown)) if same_unit else (Truth.NO, None)
        case Known(value=words, span=span):
            if address is not None and address in targets(words):
                return Truth.YES, None
            if address is not None and _names_another(case, words, address):
                return Truth.NO, None
            whole = case.resolve.of(unit)(words)
            if whole.matches(name):
                return Truth.YES, None
            for piece in (*whole.pieces, *name.pieces):
                if isinstance(piece, Hole | Symbol) and could_be(whole, name):
                    why = piece.why if isinstance(piece, Hole) else f"the {piece.kind}"
                    supply = piece.supply if isinstance(piece, Hole) else ""
                    return Truth.MAYBE, Open(why, supply, span)
            return Truth.NO, None


def _names_another(case: Case, words: Text, address: str) -> bool:
    """Whether a text refers to another declared thing of the kind that is at an address."""
    mine = resource_at(case.graph, address)
    others = (resource_at(case.graph, target) for target in targets(words))
    return mine is not None and any(
        other is not None and other.managed and mine.managed and type(other) is type(mine)
        for other in others
    )


def _owner(policy: BucketPolicy) -> tuple[Value[Text]]:
    return (policy.bucket,)


def bucket_policies(case: Case, name: Text, bucket: Bucket | None) -> Found:
    """The policies of a bucket."""
    sure: list[BucketPolicy] = []
    perhaps: list[tuple[BucketPolicy, Open]] = []
    rivals: list[tuple[BucketPolicy, Open]] = []
    address = None if bucket is None else bucket.address
    for policy in owned(case.graph, BucketPolicy, _owner, name, address):
        answer, fact = owner_matches(case, policy.bucket, policy.unit, name, address)
        if isinstance(policy.document, Absent) or answer is Truth.NO:
            continue
        unknown = case.open_about(policy)
        if answer is Truth.YES and unknown is None:
            sure.append(policy)
        elif answer is Truth.YES and unknown is not None:
            rivals.append((policy, open_of(unknown)))
        elif fact is not None:
            perhaps.append((policy, fact))
    return Found(tuple(sure), (*rivals, *perhaps), tuple(rivals))


def parsed(case: Case, document: Value[Datum], kind: PolicyKind, unit: str) -> Policy | None:
    """A document as the engine reads it; None if it is absent."""
    if isinstance(document, Absent):
        return None
    resolve = case.resolve.of(unit)
    key = ("policy", kind, resolve.partition, unit, resolve.about)
    return case.once(
        document, key, lambda: parse(document, kind, resolve, partition=resolve.partition)
    )


def ask(case: Case, policy: Policy, request: Request) -> Asked:
    """What a resource policy answers."""
    known = case.once(case.graph, "answers", lambda: dict[object, Answered]())
    key = ("decision", Question(request))
    return case.once(
        policy, key, lambda: Asked(request, decide([policy], request, known), (policy,))
    )


def ask_role(
    case: Case, policies: Sequence[Policy], boundary: Policy | None, request: Request
) -> Asked:
    """What a role's policies answer, within its permissions boundary."""
    every = (*policies, *(() if boundary is None else (boundary,)))
    known = case.once(case.graph, "answers", lambda: dict[object, Answered]())
    return Asked(request, decide_role(policies, boundary, request, known), every)


def near_misses(asked: Asked, most: int = 2) -> tuple[Evidence, ...]:
    """The Allow statements that come nearest, each with what keeps it from matching.

    Those about the action that was asked for come alone if there are any.
    """
    close: list[tuple[bool, int, Traced]] = []
    for traced in asked.decision.trace:
        if traced.effect != "Allow" or traced.matches is Truth.YES:
            continue
        failing = {part.element for part in traced.parts if part.matches is Truth.NO}
        good = len(traced.parts) - len(failing)
        action = not failing & {"Action", "NotAction"}
        if failing & {"Principal", "NotPrincipal"} and not action:
            continue
        close.append((action, good, traced))
    if any(action for action, _, _ in close):
        close = [one for one in close if one[0]]
    close.sort(key=lambda one: -one[1])
    return tuple(
        Evidence(part.span, f"{named(traced)} does not match: {asked.why(traced, part)}")
        for _, _, traced in close[:most]
        for part in traced.parts
        if part.matches is Truth.NO
    )


def misspelt(asked: Asked) -> tuple[Evidence, ...]:
    """The actions of Allow statements that do not exist, where nothing allows what is asked."""
    if asked.decision.explicit:
        return ()
    from validator.policy.actions import check_actions  # brings a table of all actions

    return tuple(
        Evidence(fault.span, fault.message)
        for policy in asked.policies
        for fault in check_actions(
            replace(
                policy,
                statements=tuple(one for one in policy.statements if one.effect == "Allow"),
            )
        )
    )


def named(traced: Traced) -> str:
    """A statement as a person calls it."""
    return f"statement {traced.sid}" if traced.sid else f"statement {traced.index + 1}"


def deciding(decision: Decision, effect: Literal["Allow", "Deny"]) -> tuple[Traced, ...]:
    """The statements with an effect that settled it."""
    return tuple(traced for traced in decision.deciding if traced.effect == effect)


_NO_HEADER = "log delivery sends no encryption header, as far as known"
_NOT_YOURS = "log delivery is no principal of your account, as AWS's documentation implies"
_DISPUTED = {
    "s3:x-amz-server-side-encryption": _NO_HEADER,
    "s3:x-amz-server-side-encryption-aws-kms-key-id": _NO_HEADER,
    "aws:principalarn": _NOT_YOURS,
    "aws:principalaccount": _NOT_YOURS,
}
_EVERYBODY = 'AWS only implies that {"AWS": "*"} means its services too'


def disputed(asked: Asked) -> str:
    """Why a Deny may not be as sure as it looks: AWS does not document all that it rests on."""
    for traced in asked.decision.deciding:
        for part in traced.parts:
            for key, why in _DISPUTED.items():
                if part.element.lower().endswith(key):
                    return why
        who = asked.policies[traced.document].numbered(traced.index).principals
        if (
            asked.request.principal.kind == "Service"
            and who is not None
            and not (who.everyone or who.negated)
            and not any(one.kind == "Service" for one in who.who)
        ):
            return _EVERYBODY
    return ""


def malformed(asked: Asked, owner: str) -> Need:
    """A document that AWS will reject."""
    fault = next(fault for fault in asked.decision.faults if fault.rejected)
    return Need(
        "policy-document",
        State.UNMET,
        fault.span,
        fault="malformed",
        why=fault.message,
        subject=owner,
        when="deploy",
        asked=(asked,),
    )


def gaps_of(case: Case, *things: Resource | None) -> tuple[Open, ...]:
    """What could not be read where these things are declared, and may know of one of them."""
    known = [thing for thing in things if thing is not None]
    units = {thing.unit for thing in known} | {case.flow_log.unit}
    return tuple(
        Open(gap.why, gap.supply, gap.span)
        for gap in case.graph.gaps_in(units)
        if not known or any(_touches(gap, thing) for thing in known)
    )


def _touches(gap: Gap, thing: Resource) -> bool:
    name = thing.word("name")
    address = thing.declared.address
    return gap.touches(address, "" if made_up(name, address) else name.literal)
