"""Roles that exist, one told by itself or all that an account has."""

from __future__ import annotations

from validator.graph.text import Ref, Text
from validator.graph.values import Node
from validator.graph.world import Declared
from validator.readers.existing.making import NONE, Making, last_part
from validator.readers.existing.printed import Refused
from validator.readers.loose import Table, rows, table, words


def role(making: Making) -> list[Declared]:
    """A role with its trust, its policies and its boundary."""
    told = making.told("role")
    of = f"role {told}"
    printed = table(making.folder.read(making.told("trust"))[2]) if making.told("trust") else {}
    shown = table(printed.get("Role"))
    arn = told if told.startswith("arn:") else words(shown.get("Arn")) or told
    own = _named(making, arn)
    own["assume_role_policy"] = making.document("trust", of)
    own["managed_policy_arns"] = _attached(making, of)
    boundary, beside = _boundary(making, of, shown)
    if boundary is not None:
        own["permissions_boundary"] = boundary
    told_policies = making.given.get("policies")
    documents = [making.folder.document(words(one)) for one in rows(told_policies)]
    policies: list[Node] = [*documents]
    if told_policies is None:
        policies = [making.unknown("policies", of)]
    return [
        making.resource("aws_iam_role", of, own, arn=arn),
        *beside,
        *(
            _inline(making, f"{of}, policy {number}", own["name"], one)
            for number, one in enumerate(policies, 1)
        ),
    ]


def _inline(making: Making, name: str, role: Node, policy: Node) -> Declared:
    return making.resource("aws_iam_role_policy", name, {"role": role, "policy": policy})


def _named(making: Making, arn: str) -> dict[str, Node]:
    path, _, name = last_part(arn).removeprefix("role").rpartition("/")
    return {"name": making.word(name), "path": making.word(f"{path}/")}


def _attached(making: Making, of: str) -> Node:
    """The managed policies by ARN; told policies without a word of these are all there are."""
    told = making.given.get("attached")
    if told is None:
        return making.items(()) if "policies" in making.given else making.unknown("attached", of)
    if isinstance(told, str):
        command = "aws iam list-attached-role-policies"
        printed = making.folder.rows(told, command, "AttachedPolicies")
        return making.items([making.word(words(one.get("PolicyArn"))) for one in printed])
    return making.items([making.word(words(one)) for one in rows(told)])


def _boundary(making: Making, of: str, shown: Table) -> tuple[Node | None, list[Declared]]:
    """The role's boundary, and the policy that it is if that is told."""
    told = making.told("boundary")
    if told == NONE:
        return None, []
    if told:
        own: dict[str, Node] = {"policy": making.document("boundary", of)}
        policy = making.resource("aws_iam_policy", f"{of}, its boundary", own)
        return making.known(Text((Ref(policy.address, "arn"),))), [policy]
    if shown:
        arn = words(table(shown.get("PermissionsBoundary")).get("PermissionsBoundaryArn"))
        return making.word(arn) if arn else None, []
    return making.unknown("boundary", of), []


def roles(making: Making) -> list[Declared]:
    """Every role and policy that `aws iam get-account-authorization-details` prints."""
    path, _, parsed = making.folder.read(making.told("roles"))
    printed = table(parsed)
    if "RoleDetailList" not in printed:
        command = "aws iam get-account-authorization-details"
        raise Refused(f"{path} is not what {command} prints: it has no RoleDetailList")
    found: list[Declared] = []
    for one in map(table, rows(printed.get("RoleDetailList"))):
        found += _detailed(making, one, path)
    for one in map(table, rows(printed.get("Policies"))):
        arn = words(one.get("Arn"))
        versions = map(table, rows(one.get("PolicyVersionList")))
        default = (each for each in versions if each.get("IsDefaultVersion") is True)
        version = next(default, table(None))
        where, _, name = last_part(arn).removeprefix("policy").rpartition("/")
        own: dict[str, Node] = {
            "name": making.word(name),
            "path": making.word(f"{where}/"),
            "policy": making.printed(version.get("Document"), path, f"policy {arn}"),
        }
        found.append(making.resource("aws_iam_policy", f"policy {arn}", own, arn=arn))
    return found


def _detailed(making: Making, one: Table, path: str) -> list[Declared]:
    arn = words(one.get("Arn"))
    of = f"role {arn}"
    attached = (table(each) for each in rows(one.get("AttachedManagedPolicies")))
    own: dict[str, Node] = {
        **_named(making, arn),
        "assume_role_policy": making.printed(one.get("AssumeRolePolicyDocument"), path, of),
        "managed_policy_arns": making.items(
            [making.word(words(each.get("PolicyArn"))) for each in attached]
        ),
    }
    boundary = words(table(one.get("PermissionsBoundary")).get("PermissionsBoundaryArn"))
    if boundary:
        own["permissions_boundary"] = making.word(boundary)
    found = [making.resource("aws_iam_role", of, own, arn=arn)]
    for each in map(table, rows(one.get("RolePolicyList"))):
        name = f"{of}, policy {words(each.get('PolicyName'))}"
        policy = making.printed(each.get("PolicyDocument"), path, of)
        found.append(_inline(making, name, own["name"], policy))
    return found
