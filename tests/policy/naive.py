"""IAM by the book: one spelled-out request against one document, for the tests to compare with.

Written from the guide alone, as plainly as it goes, and shares nothing with the engine.
<https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html>
Where the guide leaves a rule open, both ways are tried (`ways`).
"""

# JSON as it comes: what is inside has no type.
# pyright: reportUnknownArgumentType=false, reportUnknownLambdaType=false
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from ipaddress import ip_address, ip_network
from typing import Any, Literal, TypeAlias, TypeVar

Result = Literal["allowed", "explicit", "implicit"]
Doubt: TypeAlias = "Callable[[str], bool]"
T = TypeVar("T")


@dataclass(frozen=True)
class Call:
    """A request with nothing left open. A key that is not in `context` is absent."""

    principal: str
    action: str
    resource: str
    context: Mapping[str, Sequence[str]]


def ways(ask: Callable[[Doubt], T]) -> list[T]:
    """The answers under every way in which the rules that AWS leaves open may turn out."""
    answers: list[T] = []
    todo: list[dict[str, bool]] = [{}]
    while todo:
        chosen = todo.pop()

        def doubt(rule: str, chosen: dict[str, bool] = chosen) -> bool:
            if rule not in chosen:
                todo.append({**chosen, rule: True})
                chosen[rule] = False
            return chosen[rule]

        answers.append(ask(doubt))
    return answers


def decision(groups: Sequence[Sequence[Any]], call: Call, doubt: Doubt) -> Result:
    """What documents together say of a request; of each group one statement must allow it."""
    found = [
        [
            statement["Effect"]
            for document in group
            for statement in listed(document["Statement"])
            if applies(document, statement, call, doubt)
        ]
        for group in groups
    ]
    if any("Deny" in effects for effects in found):
        return "explicit"
    return "allowed" if all("Allow" in effects for effects in found) else "implicit"


def applies(document: Any, statement: Any, call: Call, doubt: Doubt) -> bool:
    """Whether a statement is about a request."""
    variables = document.get("Version") == "2012-10-17"
    return (
        _principal(statement, call, doubt)
        and _element(statement, "Action", lambda text: _action(text, call))
        and _element(statement, "Resource", lambda text: _resource(text, call, doubt, variables))
        and not _invalid(statement, call, doubt, variables)
        and all(
            _condition(name, key, listed(wanted), call, doubt, variables)
            for name, keys in statement.get("Condition", {}).items()
            for key, wanted in keys.items()
        )
    )


def listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _element(statement: Any, name: str, matches: Callable[[str], bool]) -> bool:
    if f"Not{name}" in statement:
        return not any(matches(text) for text in listed(statement[f"Not{name}"]))
    return any(matches(text) for text in listed(statement[name]))


# --- principals, actions, resources ------------------------------------------------------------


def _principal(statement: Any, call: Call, doubt: Doubt) -> bool:
    if "Principal" in statement:
        return _named(statement["Principal"], statement["Effect"], call, doubt)
    if "NotPrincipal" not in statement:
        return True  # an identity policy
    others = statement["NotPrincipal"]
    if statement["Effect"] == "Deny" and others != "*" and call.principal.startswith("arn:"):
        # The guide names the account beside the one who is spared; the account alone spares nobody.
        names = listed(others.get("AWS", []))
        account = call.principal.split(":")[4]
        if "*" in names:
            return False
        if call.principal not in names:
            return True
        both = account in names or f"arn:aws:iam::{account}:root" in names
        return not both and doubt("NotPrincipal spares nobody without the account")
    if _named(others, statement["Effect"], call, doubt):
        return False
    return statement["Effect"] == "Deny" or doubt("NotPrincipal with Allow lets others in")


def _named(principals: Any, effect: str, call: Call, doubt: Doubt) -> bool:
    if principals == "*":
        return True
    service = not call.principal.startswith("arn:")
    for kind, names in principals.items():
        for name in listed(names):
            if kind == "AWS" and name == "*":
                if not service or effect == "Deny" or doubt('{"AWS": "*"} is services as well'):
                    return True
            elif kind == "Service" and service:
                if name == call.principal:
                    return True
                if name == "*" and doubt('{"Service": "*"} is every service'):
                    return True
            elif kind == "AWS" and not service:
                account = call.principal.split(":")[4]
                if name in (call.principal, account, f"arn:aws:iam::{account}:root"):
                    return True
    return False


def _action(text: str, call: Call) -> bool:
    return _like(list(text.lower()), call.action.lower())


def _invalid(statement: Any, call: Call, doubt: Doubt, variables: bool) -> bool:
    """A variable without value "might cause the entire statement to be invalid"."""
    texts = listed(statement.get("NotResource", [])) if variables else []
    return any(_cells(text, call, doubt) is None for text in texts) and doubt(
        "NotResource with a variable without value"
    )


def _resource(text: str, call: Call, doubt: Doubt, variables: bool) -> bool:
    if text == "*":
        return True
    cells = _cells(text, call, doubt) if variables else list(text)
    if variables and "${" in ":".join(text.split(":")[:5]):
        # A variable is for the part after the fifth colon only.
        early = cells if doubt(f"an early variable works: {text}") else None
        return early is not None and _like(early, call.resource)
    if cells is None:
        return False
    if text.count(":") < 5 and doubt(f"nothing matches a short ARN: {text}"):
        return False
    if doubt("a wildcard in an early part of a resource stops at the colon"):
        return _arn(cells, call.resource)
    return _like(cells, call.resource)


# --- texts and patterns ------------------------------------------------------------------------

# A character of the policy is itself or a wildcard; one of a variable's value, in a list of its
# own, is always itself.
Cells: TypeAlias = "list[str | list[str]]"


def _cells(text: str, call: Call, doubt: Doubt) -> Cells | None:
    """The text with its variables replaced, or None if one has no value."""
    cells: Cells = []
    at = 0
    for found in re.finditer(r"\$\{([^}]*)\}", text):
        cells += text[at : found.start()]
        at = found.end()
        key, comma, default = (part.strip() for part in found[1].partition(","))
        carried = call.context.get(key.lower(), ())
        if key in ("*", "?", "$"):
            cells.append([key])
        elif carried:
            if len(carried) > 1 and not doubt(f"several values in a variable: {text}"):
                return None
            cells.append([carried[0]])
        elif comma:
            cells.append([default[1:-1]])
        else:
            return None
    return cells + list(text[at:])


def _like(cells: Cells | list[str], actual: str) -> bool:
    wild = {"*": ".*", "?": "."}
    parts = [
        re.escape(cell[0]) if isinstance(cell, list) else wild.get(cell, re.escape(cell))
        for cell in cells
    ]
    return re.fullmatch("".join(parts), actual, re.DOTALL) is not None


def _arn(cells: Cells | list[str], actual: str) -> bool:
    """Part by part; the sixth may hold colons."""
    parts: list[Cells] = [[]]
    for cell in cells:
        fixed = isinstance(cell, list)
        for char in cell[0] if isinstance(cell, list) else cell:
            if char == ":" and len(parts) < 6:
                parts.append([])
            else:
                parts[-1].append([char] if fixed else char)
    others = actual.split(":", 5)
    return len(parts) == len(others) == 6 and all(map(_like, parts, others))


# --- conditions --------------------------------------------------------------------------------

_NEGATED = {"NotIpAddress": "IpAddress"} | {
    name.replace("Equals", "NotEquals").replace("Like", "NotLike"): name
    for name in (
        *("StringEquals", "StringEqualsIgnoreCase", "StringLike", "ArnEquals", "ArnLike"),
        *("NumericEquals", "DateEquals"),
    )
}


def _condition(
    name: str, key: str, wanted: list[Any], call: Call, doubt: Doubt, variables: bool
) -> bool:
    texts = [str(one).lower() if isinstance(one, bool) else str(one) for one in wanted]
    actual = call.context.get(key.lower(), ())
    if name == "Null":
        return any((text.lower() == "true") == (not actual) for text in texts)
    quantifier, _, operator = name.rpartition(":")
    base = operator.removesuffix("IfExists")
    positive = _NEGATED.get(base, base)
    if not actual:
        if quantifier == "ForAnyValue":
            return base != operator and doubt("ForAnyValue with IfExists of an absent key")
        return quantifier == "ForAllValues" or base != operator or positive != base

    def satisfied(value: str) -> bool:
        matches = [_holds(positive, text, value, call, doubt, variables) for text in texts]
        return any(matches) == (positive == base)

    if quantifier == "ForAnyValue":
        return any(satisfied(value) for value in actual)
    if len(actual) > 1 and not quantifier:
        return doubt(f"several values without a set operator: {name} {key}")
    return all(satisfied(value) for value in actual)


def _holds(operator: str, text: str, value: str, call: Call, doubt: Doubt, variables: bool) -> bool:
    """Whether a value of the request stands in that relation to one of the policy."""
    if operator == "BinaryEquals":
        return text == value
    if operator == "IpAddress":
        return _within(value, text)
    if operator.startswith("Numeric"):
        return _ordered(operator.removeprefix("Numeric"), _number(value), _number(text))
    if operator.startswith("Date"):
        return _ordered(operator.removeprefix("Date"), _moment(value), _moment(text))
    cells: Cells | None = list(text)
    if variables:
        cells = _cells(text, call, doubt)
        if operator == "Bool" and "${" in text and not doubt("a variable works with Bool"):
            return False
    if cells is None:
        return False
    plain = "".join(cell[0] for cell in cells)
    if operator == "StringEquals":
        return plain == value
    if operator in ("StringEqualsIgnoreCase", "Bool"):
        return plain.lower() == value.lower()
    if operator == "StringLike" or text == "*":
        return _like(cells, value)
    assert operator in ("ArnEquals", "ArnLike")
    if plain.count(":") < 5:
        return _like(cells, value) and doubt(f"a short ARN is a pattern: {text}")
    return _arn(cells, value)


def _ordered(relation: str, left: Decimal | None, right: Decimal | None) -> bool:
    if left is None or right is None:
        return False
    return {
        "Equals": left == right,
        "LessThan": left < right,
        "LessThanEquals": left <= right,
        "GreaterThan": left > right,
        "GreaterThanEquals": left >= right,
    }[relation]


def _number(text: str) -> Decimal | None:
    try:
        return Decimal(text)
    except InvalidOperation:
        return None


def _moment(text: str) -> Decimal | None:
    if re.fullmatch(r"-?\d+", text):
        return Decimal(text)
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return Decimal(str(moment.timestamp()))


def _within(address: str, block: str) -> bool:
    try:
        return ip_address(address) in ip_network(block, strict=False)
    except ValueError:
        return False
