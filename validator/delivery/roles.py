"""Which role a text means."""

from __future__ import annotations

from validator.aws import Role
from validator.aws.arn import Arn, parse_arn, split
from validator.delivery.case import Case
from validator.delivery.lookup import find
from validator.delivery.resolve import targets
from validator.graph.text import Text


def role_of(case: Case, words: Text) -> Role | None:
    """The role that a text refers to, or names by ARN."""
    for address in targets(words):
        if (role := case.graph.get(address, Role)) is not None:
            return role
    return roles_called(case, words)[0]


def roles_called(case: Case, words: Text) -> tuple[Role | None, tuple[Role, ...]]:
    """The role whose ARN a text is, and those that may turn out to be it."""
    match parse_arn(case.resolve(words)):
        case Arn(service=service, resource=resource, account=account) if service.literal == "iam":
            name = split(resource, "/")[-1]
            return find(case.graph, Role, name, case.resolve, account=account)
        case _:
            return None, ()
