"""What AWS rejects in a document whose shape is right, by the kind of policy.

Only what is spelled out is judged: a text with unknown pieces is never a fault. The texts of AWS
are quoted where they are known.
<https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html>
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from validator.graph.text import Lit, Text
from validator.graph.values import Known
from validator.graph.verdict import Truth
from validator.policy.model import Condition, Element, Policy, Statement
from validator.policy.objects import FAULTS
from validator.policy.operators import Kind, Operator
from validator.policy.patterns import Mode, entry
from validator.policy.principal_checks import principal_faults
from validator.policy.question import ANYTHING, Fault, PolicyKind
from validator.policy.relate import relate
from validator.policy.runs import word_of
from validator.records import replace

_SID = re.compile(r"[A-Za-z0-9]*")
_PREFIX = re.compile(r"[A-Za-z0-9.\-]+")
_PARTITION = re.compile(r"aws(-[a-z]+)*")
_SERVICES: dict[PolicyKind, str] = {"bucket": "s3", "key": "kms", "trust": "sts"}
_WRONG_SERVICE: dict[PolicyKind, str] = {
    "bucket": "Policy has invalid action",
    "trust": "AssumeRole policy may only specify STS AssumeRole actions",
    "key": "a key policy decides on KMS actions only",
}
_COMPARED = {Kind.NUMBER: "number", Kind.DATE: "date", Kind.IP: "IP address range"}


def check(policy: Policy, attached_to: Text | None, partition: str) -> Policy:
    """The policy with the faults of its kind added.

    `attached_to` is the ARN of its bucket, `partition` the one that it is deployed to.
    """
    found = [*policy.faults, *_sids(policy)]
    for statement in policy.statements:
        found += _elements(policy.kind, statement)
        if statement.principals is not None:
            found += principal_faults(policy.kind, statement.principals, partition)
        if statement.action is not None:
            found += _actions(policy.kind, statement.action)
        if statement.resource is not None:
            found += _resources(policy, statement.resource, attached_to)
        for condition in statement.conditions:
            found += _values(condition)
    found.sort(key=lambda fault: (not fault.rejected, fault.span))
    return replace(policy, faults=tuple(sorted(found[:FAULTS], key=lambda fault: fault.span)))


def _sids(policy: Policy) -> Iterator[Fault]:
    """IAM wants letters and digits, each Sid once; S3 and KMS are laxer."""
    strict = policy.kind == "identity"
    seen: set[str] = set()
    for statement in policy.statements:
        sid = statement.sid
        if not sid:
            continue
        if sid in seen:
            message = "Statement IDs (SID) in a single policy must be unique"
            yield Fault(statement.span, message, rejected=policy.kind in ("identity", "trust"))
        elif strict and not _SID.fullmatch(sid):
            yield Fault(statement.span, "Statement IDs (SID) must be alpha-numeric")
        seen.add(sid)


def _elements(kind: PolicyKind, statement: Statement) -> Iterator[Fault]:
    if kind == "identity" and statement.principals is not None:
        message = "Policy document should not specify a principal"
        yield Fault(statement.principals.span, message)
    if kind == "trust" and statement.resource is not None:
        yield Fault(statement.resource.span, "Has prohibited field Resource")
    if kind == "trust" and statement.action is not None and statement.action.negated:
        message = "IAM may refuse NotAction in a trust policy"
        yield Fault(statement.action.span, message, rejected=False)
    if statement.principals is not None and statement.principals.negated:
        if kind == "trust":
            yield Fault(statement.principals.span, "A trust policy cannot have NotPrincipal")
        elif statement.effect == "Allow":
            message = "NotPrincipal with Allow lets in everyone else, if AWS accepts it at all"
            yield Fault(statement.principals.span, message, rejected=False)


# --- actions -----------------------------------------------------------------------------------


def _actions(kind: PolicyKind, element: Element) -> Iterator[Fault]:
    for value in element.values:
        literal = value.value.literal
        if literal is None or literal == "*":
            continue
        shown = str(value.value)
        prefix, colon, name = literal.partition(":")
        if not colon:
            message = "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc."
            yield Fault(value.span, f"{message} ({shown!r})")
        elif ":" in name:
            message = "Actions/Condition can contain only one colon"
            yield Fault(value.span, f"{message} ({shown!r})")
        elif prefix != "*" and not _PREFIX.fullmatch(
            prefix.replace("*", "").replace("?", "") or "x"
        ):
            yield Fault(value.span, f"Vendor {str(value.value).partition(':')[0]} is not valid")
        elif kind in _SERVICES and not _may_be(prefix, _SERVICES[kind]):
            yield Fault(
                value.span, f"{_WRONG_SERVICE[kind]}: {shown}", rejected=kind in ("bucket", "trust")
            )


def _may_be(prefix: str, service: str) -> bool:
    pattern = "".join({"*": ".*", "?": "."}.get(char, re.escape(char)) for char in prefix.lower())
    return "*" in prefix or re.fullmatch(pattern, service) is not None


# --- resources ---------------------------------------------------------------------------------


def _resources(policy: Policy, element: Element, attached_to: Text | None) -> Iterator[Fault]:
    for value in element.values:
        message, rejected = _form(value.value, policy.kind)
        if message:
            # These are IAM's and S3's texts; what KMS says of a resource is not documented.
            yield Fault(value.span, message, rejected=rejected and policy.kind != "key")
        elif (
            policy.kind == "bucket"
            and not element.negated
            and attached_to is not None
            and not _in_bucket(value, attached_to)
        ):
            shown = f"{value.value} is not in the bucket {attached_to}"
            yield Fault(value.span, f"Policy has invalid resource: {shown}")


def _form(text: Text, kind: PolicyKind) -> tuple[str, bool]:
    """What is wrong with the form of a resource, and whether AWS rejects it for that."""
    literal = text.literal
    if literal == "*":
        return "", False
    if literal is None:
        # The beginning may be spelled out even if the rest is not.
        first = text.pieces[0] if text.pieces else None
        start = first.text if isinstance(first, Lit) else ""
        wrong = start.count(":") >= 1 and start.partition(":")[0] not in ("arn", "")
        return (f'Resource {text} must be in ARN format or "*".', True) if wrong else ("", False)
    if "${" in literal.partition(":")[0]:
        return "", False
    parts = literal.split(":", 5)
    if len(parts) == 1:
        return f'Resource {text} must be in ARN format or "*".', True
    plain = not set("*?$") & set(parts[1])
    if plain and not _PARTITION.fullmatch(parts[1]):
        partition = parts[1] if str(text) == literal else "(sensitive)"
        return f'Partition "{partition}" is not valid for resource "{text}".', True
    if len(parts) == 2:
        return "Resource vendor must be fully qualified and cannot contain regexes.", True
    if len(parts) < 6 and "::" in literal:
        return f"The policy failed legacy parsing: {text} is not an ARN of six parts", True
    if len(parts) < 6:
        return f"{text} is not an ARN of six parts", False
    if set("*?") & set(parts[2]):
        return f"{text} has a wildcard in the place of the service", False
    if kind == "bucket" and plain and parts[2] != "s3" and "$" not in parts[2]:
        return f"Policy has invalid resource: {text}", True
    if parts[2] == "s3" and parts[3] and not parts[5].startswith("accesspoint"):
        return f"Resource {text} can not contain region information.", not set("*?$") & set(
            parts[3]
        )
    return "", False


def _in_bucket(value: Known[Text], bucket: Text) -> bool:
    """Whether a resource may be the bucket or something in it."""
    pattern = entry(value.value, Mode.LIKE, value.span, {}, None)
    if any("${" in piece.text for piece in value.value.pieces if isinstance(piece, Lit)):
        return True
    inside = (*bucket.pieces, Lit("/"), ANYTHING)
    words = (word_of(bucket.pieces, "", {}), word_of(inside, "", {}))
    return any(relate(word, [pattern])[0] is not Truth.NO for word in words)


# --- conditions --------------------------------------------------------------------------------


def _values(condition: Condition) -> Iterator[Fault]:
    operator = condition.operator
    if operator is None:
        return
    for value in condition.values:
        literal = value.value.literal
        if literal is not None and "${" not in literal:
            yield from _value(condition, operator, literal, value)


def _readable(kind: Kind, literal: str) -> bool:
    from validator.policy.compare import readable  # exact numbers and dates, seldom wanted

    return readable(kind, literal)


def _value(
    condition: Condition, operator: Operator, literal: str, value: Known[Text]
) -> Iterator[Fault]:
    kind, name, shown = operator.kind, operator.name, f"{str(value.value)!r}"
    what = _COMPARED.get(kind)
    if what and not _readable(kind, literal):
        # IAM's parser reads whatever has a T or a hyphen as a date of some sort.
        rejected = kind is Kind.DATE and not set("tT-") & set(literal)
        yield Fault(value.span, f"{shown} is no {what}, so {name} compares nothing", rejected)
    elif kind in (Kind.BOOL, Kind.NULL) and literal.lower() not in ("true", "false"):
        message = f"{name} knows true and false only, not {shown}"
        yield Fault(value.span, message, rejected=False)
    elif kind is Kind.ARN and literal != "*" and literal.count(":") < 5:
        yield Fault(value.span, f"{shown} is not an ARN of six parts", rejected=False)
    elif kind is Kind.EXACT and "*" in literal and str(condition.key).lower().endswith("arn"):
        message = f"{name} knows no wildcards: the * in {shown} is a plain star"
        yield Fault(value.span, message, rejected=False)
