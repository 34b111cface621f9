"""May this principal do that? Decided from policies, three-valued, with the grounds.

<https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html>
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from validator.graph.text import Lit, Text
from validator.graph.verdict import Open, Truth, open_of
from validator.policy.context import Context
from validator.policy.model import Policy
from validator.policy.question import Decision, Fault, Outcome, Part, Request, Traced
from validator.policy.relate import Answer, unique
from validator.policy.runs import Name, Run, spelled
from validator.policy.signatures import Budget
from validator.policy.split import settle
from validator.policy.statements import Judged
from validator.policy.verdicts import Groups, Known, Member, Round, play


def decide(policies: Sequence[Policy], request: Request, known: Known | None = None) -> Decision:
    """Ask one resource policy (bucket, key, trust), or the identity policies of one role.

    `known` keeps what the same policies answered to the same question about other resources.
    """
    return _decide([policies], request, known)


def decide_role(
    identity: Sequence[Policy],
    boundary: Policy | None,
    request: Request,
    known: Known | None = None,
) -> Decision:
    """Ask the identity policies of a role and its permissions boundary: both must allow."""
    groups = [identity] if boundary is None else [identity, [boundary]]
    return _decide(groups, request, known)


def _decide(groups: Groups, request: Request, known: Known | None) -> Decision:
    policies = [policy for group in groups for policy in group]
    faults = tuple(fault for policy in policies for fault in policy.faults)
    if any(fault.rejected for fault in faults):
        return Decision(Outcome.MALFORMED, faults=faults)
    budget = Budget()
    first = play(groups, request, {}, budget, known)
    outcome = first.outcome
    trace = tuple(_traced(first, item, index) for index, item in enumerate(first.judged))
    if outcome is Outcome.CANNOT_TELL:
        cases = settle(groups, request, first, budget)
        if cases.shown is not None:
            return _settled(cases.outcome, cases.shown, trace, faults, request)
        needs = _without_idle(unique(_needs(groups, first)), cases.idle, request)
        deciding = tuple(traced for traced in trace if traced.matches is Truth.MAYBE)
        return Decision(outcome, deciding=deciding, trace=trace, open=needs, faults=faults)
    return _settled(outcome, first, trace, faults, request)


def _without_idle(
    needs: tuple[Open, ...], idle: frozenset[Name], request: Request
) -> tuple[Open, ...]:
    """The facts but for those of unknowns that make no difference."""
    if not needs:
        return needs
    context = Context(request, {})
    facts = [context.missing(Run(name), needs[0].span) for name in idle]
    known = {(fact.fact, fact.supply) for fact in facts if fact is not None}
    return tuple(fact for fact in needs if (fact.fact, fact.supply) not in known) or needs


def _settled(
    outcome: Outcome,
    found: Round,
    trace: tuple[Traced, ...],
    faults: tuple[Fault, ...],
    request: Request,
) -> Decision:
    if outcome is Outcome.ALLOWED:
        deciding = _matching(found, trace, found.members, "Allow")
        return Decision(outcome, deciding=deciding, trace=trace, faults=faults)
    denied = [member for member in found.members if member.outcome is Outcome.DENIED]
    by_deny = [member for member in denied if member.deny is Truth.YES]
    explicit = bool(by_deny)
    if explicit:
        deciding = _matching(found, trace, by_deny, "Deny")
    else:
        deciding = _matching(found, trace, found.members, "Allow")
    witness = _shown((by_deny or denied)[0], request) if denied else None
    return Decision(
        outcome,
        explicit=explicit,
        deciding=deciding,
        trace=trace,
        witness=witness,
        faults=faults,
    )


def _shown(member: Member, request: Request) -> str:
    """A member of the set for people, without what they must not see."""
    words = spelled(member.witness)
    for piece in request.resource:
        if isinstance(piece, Lit) and piece.sensitive and piece.text:
            words = words.replace(piece.text, str(Text((piece,))))
    return words


def _matching(
    found: Round, trace: tuple[Traced, ...], members: Sequence[Member], effect: str
) -> tuple[Traced, ...]:
    """The statements of an effect that surely match one of these members."""
    places = {(traced.document, traced.index): traced for traced in trace}
    return tuple(
        places[item.document, item.statement.index]
        for index, item in enumerate(found.judged)
        if item.statement.effect == effect
        and item.rest.truth is Truth.YES
        and any(member.matches[index] is Truth.YES for member in members)
    )


def _traced(found: Round, item: Judged, index: int) -> Traced:
    truths = {member.matches[index] for member in found.members}
    resource = truths.pop() if len(truths) == 1 else Truth.MAYBE
    statement = item.statement
    parts = list(item.parts)
    if statement.resource is not None:
        why = _resource_why(found.resources[index], resource, mixed=bool(truths))
        part = Part(statement.resource.name, resource, statement.resource.span, why)
        conditions = (at for at, other in enumerate(parts) if other.element[:4] == "Cond")
        parts.insert(next(conditions, len(parts)), part)
    return Traced(
        item.document,
        statement.index,
        statement.sid,
        statement.effect or "Allow",
        statement.span,
        item.rest.truth & resource,
        tuple(parts),
    )


def _resource_why(answer: Answer, resource: Truth, *, mixed: bool) -> str:
    if mixed:
        return "it covers a part of what is asked, not all"
    if resource is Truth.MAYBE and answer.opens:
        return answer.opens[0].fact
    return answer.why


def _needs(groups: Groups, found: Round) -> Iterator[Open]:
    """The facts that would settle what is open, of the statements that matter."""
    if found.spent:
        span = found.judged[0].policy.span
        yield Open("the patterns of these policies are too involved to tell apart", "", span)
    for policy in (policy for group in groups for policy in group):
        if policy.open is not None:
            yield open_of(policy.open)
    unsure = [member for member in found.members if member.outcome is Outcome.CANNOT_TELL]
    allow_open = any(member.allow is Truth.MAYBE for member in unsure)
    deny_open = any(member.deny is Truth.MAYBE for member in unsure)
    for index, item in enumerate(found.judged):
        effect = item.statement.effect
        if (effect == "Allow" and not allow_open) or (effect == "Deny" and not deny_open):
            continue
        if any(item.rest.truth & member.matches[index] is Truth.MAYBE for member in unsure):
            yield from item.rest.opens
            yield from found.resources[index].opens
