"""Who a statement speaks of.

<https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html>
"""

from __future__ import annotations

from validator.graph.span import Span
from validator.graph.text import Hole
from validator.graph.verdict import Open, Truth, open_of
from validator.policy.context import Context
from validator.policy.model import Effect, Principals, Who
from validator.policy.patterns import Entry, Mode, entry
from validator.policy.question import Principal
from validator.policy.relate import (
    NO,
    YES,
    Answer,
    Tests,
    one_of,
    opens_of,
    opposite,
    relate,
)
from validator.policy.runs import Bound, Glob, Wild, Word, word_of


def matches_principal(
    principals: Principals | None,
    effect: Effect | None,
    principal: Principal,
    context: Context,
    bound: Bound,
    tests: Tests,
) -> Answer:
    """Whether the principal of a request is among those of a statement; identity policies: yes."""
    if principals is None or (principals.everyone and not principals.negated):
        return YES
    word = word_of(principal.id.pieces, "principal", bound)
    answers = [
        _one(who, principals, effect, principal, word, context, bound, tests)
        for who in principals.who
    ]
    if principals.everyone:
        answers.append(YES)
    if principals.rest is not None:
        answers.append(Answer(Truth.MAYBE, (open_of(principals.rest),)))
    named = one_of(answers)
    if not principals.negated:
        return named
    left = opposite(named)
    if effect != "Deny" and left.truth is Truth.YES:
        return _unsaid("what NotPrincipal with Allow does", principals.span)
    return left


def _unsaid(what: str, span: Span) -> Answer:
    fact = Open(f"AWS's documentation does not settle {what}", "", span)
    return Answer(Truth.MAYBE, (fact,), fact.fact)


def _one(
    who: Who,
    principals: Principals,
    effect: Effect | None,
    principal: Principal,
    word: Word,
    context: Context,
    bound: Bound,
    tests: Tests,
) -> Answer:
    span = who.id.span
    if who.id.value.literal == "*" and who.kind in ("AWS", "Service"):
        return _star(who, effect, principal, span)
    if who.kind == "CanonicalUser" and principal.kind == "AWS":
        return _unsaid("which account a canonical user id stands for", span)
    if who.kind != principal.kind:
        return _perhaps_star(who)
    exact = entry(who.id.value, Mode.EXACT, span, bound, None)
    if principal.kind == "Service":
        return _related(word, exact, context, span, tests)
    named = _related(word, exact, context, span, tests)
    account = _related(word, _of_account(exact), context, span, tests)
    if principals.negated and effect == "Deny":
        # AWS wants role and account listed before it spares the role.
        if named.truth is Truth.NO:
            return NO
        if any(_is_account(other, word, context, bound) for other in principals.who):
            return named
        return _unsaid("whether NotPrincipal spares a role without its account", span)
    return one_of([named, account])


def _star(who: Who, effect: Effect | None, principal: Principal, span: Span) -> Answer:
    if who.kind == principal.kind == "AWS":
        return YES
    if who.kind == "AWS" and effect == "Deny":
        return YES
    if who.kind == "Service" and principal.kind == "AWS":
        return NO
    return _unsaid(f'whether {{"{who.kind}": "*"}} means the services of AWS', span)


def _perhaps_star(who: Who) -> Answer:
    """Whether a principal of another kind stands for everyone: a text that is open may be `*`."""
    if who.kind != "AWS":
        return NO
    facts: list[Open] = []
    for piece in who.id.value.pieces:
        if not isinstance(piece, Hole) or piece.shape:
            return NO
        facts.append(Open(piece.why, piece.supply, who.id.span))
    return Answer(Truth.MAYBE, tuple(facts)) if facts else NO


def _related(word: Word, item: Entry, context: Context, span: Span, tests: Tests) -> Answer:
    truth = relate(word, [item])[0]
    if truth is not Truth.MAYBE:
        return Answer(truth)
    tests.pairs.append((word, item))
    return Answer(truth, opens_of(word, item, context, span))


def _of_account(exact: Entry) -> Entry:
    """The principals that an account's id or root ARN stands for: all of that account."""
    if any(not run.in_part for run in exact.runs):
        # It may be an id, an ARN or a star.
        return Entry((), ((Wild.STAR,),), exact.opens)
    globs = tuple(_account_glob(glob) for glob in exact.hi)
    return Entry(globs, globs, exact.opens, exact.runs)


_ARN = "arn:"
_ROOT = tuple(":root")


def _account_glob(glob: Glob) -> Glob:
    if glob[-5:] == _ROOT:
        return (*glob[:-4], Wild.STAR)
    if ":" not in glob:
        return (*_ARN, Wild.STAR_IN_PART, *":iam::", *glob, ":", Wild.STAR)
    return glob


def _is_account(who: Who, word: Word, context: Context, bound: Bound) -> bool:
    exact = entry(who.id.value, Mode.EXACT, who.id.span, bound, None)
    if who.kind != "AWS" or relate(word, [exact])[0] is Truth.YES:
        return False
    return relate(word, [_of_account(exact)])[0] is Truth.YES
