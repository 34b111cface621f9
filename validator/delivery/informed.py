"""A case whose partition is what everything says that is written for the delivery.

One document alone may be wrong: only beside all the others is it seen to be.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from validator.aws import Role
from validator.delivery.case import Case
from validator.delivery.key_policy import document_of, key_of
from validator.delivery.permissions import permissions
from validator.delivery.roles import role_of
from validator.graph.text import Text
from validator.graph.values import Datum, Known, Value


def informed_of_roles(case: Case, *given: Value[Text]) -> Case:
    """The case as the documents of the given roles have it."""
    return case.knowing(*(one for value in given for one in _of_role(case, value)))


def informed_of_keys(case: Case, given: Iterable[tuple[Value[Text], str]]) -> Case:
    """The case as some keys have it: their ARNs, each with its unit, and their policies."""
    return case.knowing(*(one for value, unit in given for one in _of_key(case, value, unit)))


def _of_role(case: Case, given: Value[Text]) -> Iterator[Value[Datum]]:
    match given:
        case Known(value=words):
            role: Role | None = role_of(case, words)
            if role is not None:
                yield role.trust
                yield from (one.document for one in permissions(case, role).written)
        case _:
            pass


def _of_key(case: Case, given: Value[Text], unit: str) -> Iterator[Value[Datum]]:
    match given:
        case Known(value=words):
            yield given
            key = key_of(case, words, case.resolve.of(unit)(words))
            if key is not None:
                yield document_of(case, key)
        case _:
            pass
