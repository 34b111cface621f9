"""What keeps an element of a statement from matching a request, in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fnmatch import fnmatchcase

from validator.aws.arn import Arn, parse_arn, split
from validator.delivery.resolve import MADE_UP
from validator.graph.text import Lit, Ref, Text, text
from validator.graph.verdict import Truth
from validator.policy.model import Condition, Element, Principals, Statement
from validator.policy.operators import Kind
from validator.policy.question import Anything, Part, Pattern, Request

_RUN = "…"
_MOST = 120


def shown(pattern: Pattern) -> str:
    """A pattern for people: what AWS chooses as dots."""
    return str(_words(pattern))


def _words(pattern: Pattern) -> Text:
    return Text(tuple(Lit(_RUN) if isinstance(one, Anything) else one for one in pattern))


def differs(part: Part, statement: Statement, request: Request) -> str:
    """In which way an element that does not match is another, or that it leaves this one out."""
    name = part.element
    found = ""
    if name in ("Principal", "NotPrincipal") and statement.principals is not None:
        found = _principal(statement.principals, request)
    elif name in ("Action", "NotAction") and statement.action is not None:
        found = _action(statement.action, request)
    elif name == "NotResource":
        found = "leaves out what is asked for"
    elif name == "Resource" and statement.resource is not None:
        found = _nearest(_texts(statement.resource), _words(request.resource))
    for condition in statement.conditions:
        if condition.element == name:
            name = str(condition.key)
            found = _condition(condition, request)
    return f"its {name} {found}" if found else f"its {name} is another"


def _texts(element: Element) -> list[Text]:
    return [value.value for value in element.values]


def _principal(principals: Principals, request: Request) -> str:
    asked = str(request.principal.id)
    if principals.negated:
        return f"names {asked}"
    mine = [who.id.value for who in principals.who if who.kind == request.principal.kind]
    if not mine:
        kind = "service" if request.principal.kind == "Service" else "account or role"
        return f"names no {kind}, so not {asked}"
    names = [str(words) for words in mine]
    return f"is {_listed(names)}, not {asked}"


def _action(action: Element, request: Request) -> str:
    names = [str(words) for words in _texts(action)]
    verb = "leaves out" if action.negated else "is"
    return f"{verb} {_listed(names)}" + ("" if action.negated else f", not {request.action}")


def _wild(words: Text) -> bool:
    return any(isinstance(piece, Lit) and "*" in piece.text for piece in words.pieces)


def _listed(names: Sequence[str]) -> str:
    if len(names) == 1:
        return names[0]
    return f"{names[0]} and {len(names) - 1} more" if names else "empty"


def _condition(condition: Condition, request: Request) -> str:
    carried = request.context.get((condition.key.literal or "").lower())
    operator = condition.operator
    if operator is not None and operator.kind is Kind.NULL:
        absent = carried is None or carried.present is Truth.NO
        return "must be in the request" if absent else "must not be in the request"
    if carried is None or not carried.values or operator is None:
        return ""
    asked = _words(carried.values[0])
    if operator.negated:
        return f"leaves out {_cut(asked)}"
    values = [value.value for value in condition.values]
    wild = [words for words in values if _wild(words)]
    if operator.kind in (Kind.EXACT, Kind.EXACT_ANY_CASE) and wild:
        return f"has a * that {operator.name} takes for itself: use StringLike or ArnLike"
    if found := _nearest(values, asked):
        return found
    names = [str(words) for words in values]
    relation = "" if operator.relation == "=" else f"{operator.name} "
    return f"is {relation}{_listed(names)}, not {asked}"


def _nearest(values: Sequence[Text], asked: Text) -> str:
    """The differences of the ARN that comes nearest; empty if none of them is told apart."""
    if asked.literal == "*":
        return f"is {_listed([str(words) for words in values])}, not *"
    wanted = parse_arn(asked)
    if not isinstance(wanted, Arn):
        return ""
    found: list[list[str]] = []
    for words in values:
        given = parse_arn(words)
        if isinstance(given, Arn) and (differences := list(_differences(given, wanted, words))):
            found.append(differences)
    best: list[str] = min(found, key=len) if found else []
    return " and ".join(best)


def _differences(given: Arn, wanted: Arn, words: Text) -> Iterator[str]:
    if _other(given.partition, wanted.partition):
        right = text("arn:") + wanted.partition + text(":") + _behind(words, 2)
        yield f"is in partition {given.partition}, not {wanted.partition}: write {right}"
    if _other(given.service, wanted.service):
        yield f"is an ARN of {given.service}, not of {wanted.service}"
        return
    for kind, one, other in (
        ("region", given.region, wanted.region),
        ("account", given.account, wanted.account),
    ):
        if _other(one, other):
            yield f"names {kind} {_named(one)}, not {_named(other)}"
    inner = {"s3": _in_s3, "logs": _in_logs}.get(wanted.service.literal or "", _in_other)
    yield from inner(given.resource, wanted.resource)


def _named(words: Text) -> str:
    """A name; of what AWS names by itself, what the template calls it."""
    for piece in words.pieces:
        if isinstance(piece, Ref):
            return piece.target.rpartition("#")[2]
    before, made_up, name = str(words).partition(MADE_UP)
    return name.removesuffix(")") if made_up else before or "(none)"


def _behind(words: Text, colons: int) -> Text:
    """What stands behind so many colons."""
    return split(words, ":", colons)[-1]


def _other(one: Text, other: Text) -> bool:
    """Whether two texts surely differ, wildcards of the first one heeded."""
    first, second = one.literal, other.literal
    if first is not None and MADE_UP in first:
        return True
    return first is not None and second is not None and not _covers(first, second)


def _covers(pattern: str, words: str) -> bool:
    return fnmatchcase(words, pattern.replace("[", "[[]"))


def _in_s3(given: Text, wanted: Text) -> Iterator[str]:
    bucket, *keys = split(given, "/", 1)
    other, *others = split(wanted, "/", 1)
    if _other(bucket, other):
        case = ": capital letters count" if _same_but_case(bucket, other) else ""
        yield f"names bucket {_named(bucket)}, not {_named(other)}{case}"
    elif others and not keys and not _wild(bucket):
        yield "names the bucket, not the objects in it: append /*"
    elif keys and not others:
        yield "names objects, not the bucket itself"
    elif keys and others and not _covers(_cut(keys[0]), _cut(others[0])):
        given_, wanted_ = _cut(keys[0]), _cut(others[0])
        same = _covers(given_.lower(), wanted_.lower())
        yield f"covers {given_}, not {wanted_}" + (": capital letters count" if same else "")


def _in_logs(given: Text, wanted: Text) -> Iterator[str]:
    name, rest = _group(given)
    other, stream = _group(wanted)
    if name is None or other is None:
        return
    if _other(name, other):
        case = ": capital letters count" if _same_but_case(name, other) else ""
        yield f"names log group {_named(name)}, not {_named(other)}{case}"
    elif stream and not rest and not _wild(name):
        yield "names the log group, not its streams: append :*"
    elif rest and not stream:
        yield "names streams, not the log group itself"


def _group(resource: Text) -> tuple[Text | None, bool]:
    """The name of a log group, and whether something stands behind it."""
    kind, *rest = split(resource, ":", 1)
    if kind.literal != "log-group" or not rest:
        return None, False
    head, made_up, behind = (rest[0].literal or "").partition(MADE_UP)
    if made_up:
        called, bracket, tail = behind.partition(")")
        return text(f"{head}{made_up}{called}{bracket}"), bool(tail)
    name, *parts = split(rest[0], ":", 1)
    return name, bool(parts)


def _in_other(given: Text, wanted: Text) -> Iterator[str]:
    if _other(given, wanted):
        yield f"is {_cut(given)}, not {_cut(wanted)}"


def _same_but_case(one: Text, other: Text) -> bool:
    return (one.literal or "").lower() == (other.literal or "").lower()


def _cut(words: Text) -> str:
    # Behind what AWS chooses, the rest tells nothing.
    head, run, _ = str(words).partition(_RUN)
    whole = head + run
    return whole if len(whole) <= _MOST else f"{whole[:_MOST]}{_RUN}"
