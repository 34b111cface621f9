"""The worlds of a unit: every consistent assignment of what its conditions leave open.

Values are assigned, not truths, so that no world holds that cannot be: an open parameter is each
literal that it is compared with, or something else; one with `AllowedValues` is each of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from itertools import product
from typing import Final

from validator.aws.partitions import partition_of
from validator.graph import values as v
from validator.readers.cloudformation.conditions import Answer
from validator.readers.cloudformation.pieces import symbol_key
from validator.readers.cloudformation.relevant import Relevant
from validator.readers.cloudformation.rules import broken
from validator.readers.cloudformation.scope import Scope
from validator.readers.cloudformation.variables import Choice, Variable, variables
from validator.records import dataclass, field

MAX_WORLDS: Final = 64
MAX_ANSWERS: Final = 4_000

_REGION: Final = symbol_key("region")
_PARTITION: Final = symbol_key("partition")


@dataclass(frozen=True, slots=True)
class Assumption:
    """What a world takes open values to be, by their keys.

    `values` are literals, `others` what a value is assumed not to be, `atoms` comparisons that
    nothing can be said about but their outcome, `answers` the named conditions that follow.
    """

    values: Mapping[str, str] = field(default_factory=dict[str, str])
    others: Mapping[str, frozenset[str]] = field(default_factory=dict[str, frozenset[str]])
    atoms: Mapping[str, bool] = field(default_factory=dict[str, bool])
    answers: Mapping[str, bool] = field(default_factory=dict[str, bool])


def assumptions(
    base: Scope, relevant: Relevant, world: Callable[[Assumption], Scope]
) -> list[tuple[Assumption, tuple[str, ...]]]:
    """What to assume in each world, and the words for it; one empty assumption if nothing is open.

    `base` is a scope without assumptions whose comparisons were noted.
    """
    open_names = [
        (scope, name)
        for scope, name in relevant.conditions
        if isinstance(_answer(scope, name), v.Unknown)
    ]
    # What is looked at in each world is bounded as well.
    most = max(1, min(MAX_WORLDS, MAX_ANSWERS // (len(open_names) or 1)))
    found_open = variables(base, relevant, most)
    if not found_open:
        return [(Assumption(), ())]
    found: dict[tuple[object, ...], _World] = {}
    for choices in product(*(variable.domain for variable in found_open)):
        assumption = _assumption(found_open, choices)
        if not _possible(assumption):
            continue
        top = world(assumption)
        if any(broken(top)):
            continue
        answers = {
            f"{scope.stack.prefix}{name}": answer.value
            for scope, name in open_names
            if isinstance(answer := _answer(_same_stack(top, scope), name), v.Known)
        }
        listed = [
            (variable, choice)
            for variable, choice in zip(found_open, choices, strict=True)
            if variable.listed
        ]
        words = [f"{name} is {'true' if value else 'false'}" for name, value in answers.items()]
        words += [f"{variable.shown} is {choice}" for variable, choice in listed if variable.shown]
        signature = (*answers.items(), *(choice for _, choice in listed))
        one = found.setdefault(signature, _World(tuple(words), answers, []))
        one.assumptions.append(assumption)
    if len(found) == 1:
        # Nothing that was open makes a difference.
        return [(one.merged(), ()) for one in found.values()]
    return [(one.merged(), one.words) for one in found.values()] or [(Assumption(), ())]


@dataclass(frozen=True, slots=True)
class _World:
    """Assignments under which every condition that matters comes out the same."""

    words: tuple[str, ...]
    answers: Mapping[str, bool]
    assumptions: list[Assumption]

    def merged(self) -> Assumption:
        """What holds under all of them; a value that differs between them stays open."""
        first, *others = self.assumptions
        values = {
            key: value
            for key, value in first.values.items()
            if all(other.values.get(key) == value for other in others)
        }
        atoms = {
            key: value
            for key, value in first.atoms.items()
            if all(other.atoms.get(key) == value for other in others)
        }
        nothing: frozenset[str] = frozenset()
        excluded: dict[str, frozenset[str]] = {}
        for key, literals in first.others.items():
            for other in others:
                literals &= other.others.get(key, nothing)
            excluded[key] = literals
        return Assumption(values, excluded, atoms, self.answers)


def _answer(scope: Scope, name: str) -> Answer:
    written = scope.stack.conditions.get(name)
    if written is None:
        return v.Unknown(f"there is no condition {name}", scope.stack.template.source.start)
    return scope.condition(name, written.key)


def _same_stack(top: Scope, scope: Scope) -> Scope:
    """The scope of another world for the same stack."""
    if scope.parent is None or scope.stack.written is None:
        return top
    outer = _same_stack(top, scope.parent)
    return outer.child(scope.stack.written.name) or outer


def _assumption(found: Iterable[Variable], choices: Iterable[Choice]) -> Assumption:
    values: dict[str, str] = {}
    others: dict[str, frozenset[str]] = {}
    atoms: dict[str, bool] = {}
    for variable, choice in zip(found, choices, strict=True):
        if choice is None:
            others[variable.key] = variable.literals
        elif isinstance(choice, bool):
            atoms[variable.key] = choice
        else:
            values[variable.key] = choice
    return Assumption(values, others, atoms)


def _possible(assumption: Assumption) -> bool:
    region, partition = (assumption.values.get(key) for key in (_REGION, _PARTITION))
    if region is None:
        return True
    if partition is None:
        return partition_of(region) not in assumption.others.get(_PARTITION, ())
    return partition_of(region) == partition
