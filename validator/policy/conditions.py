"""One condition of a statement against what the request carries.

<https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_multi-value-conditions.html>
"""

from __future__ import annotations

from validator.graph.text import Lit, Text
from validator.graph.values import Known
from validator.graph.verdict import Open, Truth, open_of
from validator.policy.context import Carried, Context
from validator.policy.model import Condition
from validator.policy.operators import Kind, Operator
from validator.policy.patterns import Entry, Mode, entry
from validator.policy.relate import (
    NO,
    YES,
    Answer,
    Tests,
    all_of,
    one_of,
    opens_of,
    opposite,
    relate,
)
from validator.policy.runs import Bound, Run, Word, word_of
from validator.records import replace

_MODES = {
    Kind.EXACT: Mode.EXACT,
    Kind.EXACT_ANY_CASE: Mode.EXACT_ANY_CASE,
    Kind.LIKE: Mode.LIKE,
    Kind.ARN: Mode.ARN,
    Kind.BOOL: Mode.EXACT_ANY_CASE,
    Kind.BINARY: Mode.EXACT,
}


def holds_condition(
    condition: Condition, context: Context, bound: Bound, tests: Tests, *, variables: bool
) -> Answer:
    """Whether a condition holds."""
    operator = condition.operator
    key = condition.key.literal
    if operator is None or key is None:
        facts = tuple(condition.opens())
        if operator is None and condition.name.literal is not None:
            facts = (Open(condition.why, "", condition.span), *facts)
        return Answer(Truth.MAYBE, facts, condition.why)
    carried = context.get(key)
    if operator.kind is Kind.NULL:
        return _null(condition, carried, context)
    present = _present(condition, operator, carried, context, bound, tests, variables=variables)
    for word in carried.instead:
        other = replace(carried, values=(word,))
        answer = _present(condition, operator, other, context, bound, tests, variables=variables)
        if answer.truth is not present.truth:
            present = Answer(Truth.MAYBE, (carried.missing(condition.span),))
    match carried.present:
        case Truth.YES:
            return present
        case Truth.NO:
            return _absent(condition, operator, carried)
        case Truth.MAYBE:
            absent = _absent(condition, operator, carried)
            if present.truth is absent.truth and present.truth is not Truth.MAYBE:
                return present
            fact = carried.missing(condition.span)
            return Answer(Truth.MAYBE, (fact, *present.opens, *absent.opens))


def _absent(condition: Condition, operator: Operator, carried: Carried) -> Answer:
    why = _no_such_key(condition, carried) or f"{condition.key} is absent from the request"
    if operator.quantifier == "ForAnyValue" and operator.if_exists:
        return _disputed(condition, f"what {operator.name} says of an absent key")
    if operator.quantifier == "ForAnyValue":
        return Answer(Truth.NO, why=why)
    if operator.quantifier == "ForAllValues" or operator.if_exists or operator.negated:
        return Answer(Truth.YES, why=why)
    return Answer(Truth.NO, why=why)


def _no_such_key(condition: Condition, carried: Carried) -> str:
    if not carried.meant:
        return ""
    return f"there is no condition key {condition.key}; did you mean {carried.meant}?"


def _null(condition: Condition, carried: Carried, context: Context) -> Answer:
    answers: list[Answer] = []
    for value in condition.values:
        match (value.value.literal or "").lower():
            case "true":
                truth = ~carried.present
            case "false":
                truth = carried.present
            case _:
                return Answer(Truth.MAYBE, tuple(condition.opens()))
        facts = (carried.missing(condition.span),) if truth is Truth.MAYBE else ()
        answers.append(Answer(truth, facts, _no_such_key(condition, carried)))
    return one_of([*answers, *_rest(condition)])


def _rest(condition: Condition) -> list[Answer]:
    if condition.rest is None:
        return []
    return [Answer(Truth.MAYBE, (open_of(condition.rest),))]


def _disputed(condition: Condition, what: str) -> Answer:
    fact = Open(f"AWS's documentation does not settle {what}", "", condition.span)
    return Answer(Truth.MAYBE, (fact,), fact.fact)


def _present(
    condition: Condition,
    operator: Operator,
    carried: Carried,
    context: Context,
    bound: Bound,
    tests: Tests,
    *,
    variables: bool,
) -> Answer:
    if carried.values is None or (operator.quantifier and carried.unlisted):
        return Answer(Truth.MAYBE, (carried.missing(condition.span),))
    if not condition.values and condition.rest is None:
        return _disputed(condition, "what a condition without values says")
    if len(carried.values) > 1 and not operator.quantifier:
        return _disputed(condition, f"{operator.name} where {carried.key} has several values")
    mode = _MODES.get(operator.kind)
    look = context if variables and operator.kind is not Kind.BINARY else None
    entries = (
        [_entry(item, mode, operator, bound, look) for item in condition.values]
        if mode is not None
        else None
    )
    each = [_value(word, condition, operator, entries, context, tests) for word in carried.values]
    if operator.quantifier == "ForAnyValue":
        return one_of(each)
    return all_of(each)


def _entry(
    item: Known[Text], mode: Mode, operator: Operator, bound: Bound, context: Context | None
) -> Entry:
    found = entry(item.value, mode, item.span, bound, context)
    if operator.kind is not Kind.BOOL or context is None or not _has_variable(item.value):
        return found
    # One page of the guide has variables with Bool, the other has not.
    what = f"AWS's guide says both that Bool takes variables ({item.value}) and that it does not"
    return replace(found, lo=(), opens=(*found.opens, Open(what, "", item.span)))


def _has_variable(words: Text) -> bool:
    return any("${" in piece.text for piece in words.pieces if isinstance(piece, Lit))


def _value(
    word: Word,
    condition: Condition,
    operator: Operator,
    entries: list[Entry] | None,
    context: Context,
    tests: Tests,
) -> Answer:
    """One value of the request against all values of the policy."""
    if entries is None:
        answers = [
            _compared(word, item.value, condition, operator, context, tests)
            for item in condition.values
        ]
    else:
        answers = [
            _related(word, item, truth, condition, context, tests)
            for item, truth in zip(entries, relate(word, entries), strict=True)
        ]
    found = one_of([*answers, *_rest(condition)])
    return opposite(found) if operator.negated else found


def _related(
    word: Word, item: Entry, truth: Truth, condition: Condition, context: Context, tests: Tests
) -> Answer:
    if truth is Truth.YES:
        return YES
    if truth is Truth.NO:
        return NO
    tests.pairs.append((word, item))
    return Answer(truth, opens_of(word, item, context, condition.span))


def _compared(
    word: Word,
    value: Text,
    condition: Condition,
    operator: Operator,
    context: Context,
    tests: Tests,
) -> Answer:
    """Numbers, dates and addresses: only what is spelled out can be compared."""
    wanted = word_of(value.pieces, "", {})
    runs = [token for token in (*word, *wanted) if isinstance(token, Run)]
    if runs:
        tests.fixed.update(run.name for run in runs)
        facts = [context.missing(run, condition.span) for run in runs]
        return Answer(Truth.MAYBE, tuple(fact for fact in facts if fact is not None))
    from validator.policy.compare import holds  # exact numbers and dates, seldom wanted

    actual = "".join(token for token in word if isinstance(token, str))
    return YES if holds(operator.kind, operator.relation, actual, value.literal or "") else NO
