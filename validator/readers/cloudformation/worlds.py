"""The worlds of a unit: every consistent assignment of what its conditions leave open.

Values are assigned, not truths, so that no world holds that cannot be: an open parameter is each
literal that it is compared with, or something else; one with `AllowedValues` is each of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import product
from math import prod
from typing import Final, TypeAlias

from validator.graph import values as v
from validator.readers.cloudformation.conditions import Answer
from validator.readers.cloudformation.intrinsics.pseudo import partition_of
from validator.readers.cloudformation.parameters import (
    allowed_values,
    is_list,
    is_looked_up,
    parameter,
    scalar_words,
    secret,
)
from validator.readers.cloudformation.pieces import symbol_key
from validator.readers.cloudformation.relevant import Relevant
from validator.readers.cloudformation.rules import broken
from validator.readers.cloudformation.scope import Assumption, Scope
from validator.readers.cloudformation.template import Written

MAX_WORLDS: Final = 64
MAX_ANSWERS: Final = 4_000

Choice: TypeAlias = "str | bool | None"
_REGION: Final = symbol_key("region")
_PARTITION: Final = symbol_key("partition")


@dataclass(frozen=True, slots=True)
class Variable:
    """An open value and what it may be; None stands for anything not among `literals`.

    `listed` says that each of its values is judged on its own, under the words `shown`.
    """

    key: str
    domain: tuple[Choice, ...]
    literals: frozenset[str] = frozenset()
    listed: bool = False
    shown: str = ""


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
    variables = _fitting(_variables(base, relevant), most)
    if not variables:
        return [(Assumption(), ())]
    found: dict[tuple[object, ...], _World] = {}
    for choices in product(*(variable.domain for variable in variables)):
        assumption = _assumption(variables, choices)
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
            for variable, choice in zip(variables, choices, strict=True)
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


def _assumption(variables: Iterable[Variable], choices: Iterable[Choice]) -> Assumption:
    values: dict[str, str] = {}
    others: dict[str, frozenset[str]] = {}
    atoms: dict[str, bool] = {}
    for variable, choice in zip(variables, choices, strict=True):
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


def _fitting(variables: list[Variable], most: int) -> list[Variable]:
    """As many variables as make no more than so many worlds; the rest stays unknown."""
    fitting: list[Variable] = []
    for variable in sorted(variables, key=lambda one: (len(one.domain), one.key)):
        if prod(len(one.domain) for one in (*fitting, variable)) <= most:
            fitting.append(variable)
    return sorted(fitting, key=lambda one: variables.index(one))


def _variables(base: Scope, relevant: Relevant) -> list[Variable]:
    literals: dict[str, dict[str, None]] = {}
    roots: dict[str, frozenset[str]] = {}
    for compared in base.compared or ():
        roots[compared.key] = roots.get(compared.key, frozenset()) | compared.roots
        if compared.literal is not None:
            literals.setdefault(compared.key, {})[compared.literal] = None
    valued = _valued(relevant)
    if not roots and not valued:
        return []
    declared = _open_parameters(base)
    found: list[Variable] = []
    taken: set[str] = set()
    # Parameters come first: what is computed from them follows from them, and must not be split
    # upon apart from them.
    for key in dict.fromkeys((*(key for key in roots if key in declared), *valued, *roots)):
        hangs_on = roots.get(key, frozenset()) | {key}
        variable = _variable(key, literals.get(key, {}), declared.get(key), matters=key in valued)
        if variable is not None and not hangs_on & taken:
            found.append(variable)
            taken |= hangs_on
    return found


def _variable(
    key: str, literals: Mapping[str, None], written: Written | None, *, matters: bool
) -> Variable | None:
    if written is None:
        if literals:
            return Variable(key, (*literals, None), frozenset(literals))
        # Two texts of which nothing can be said but whether they are the same.
        return None if matters else Variable(key, (True, False))
    domain, others = _domain(written, literals, matters=matters)
    if not domain:
        return None
    listed = matters and None not in domain
    shown = f"parameter {key.rpartition('#')[2]}" if listed and not secret(written) else ""
    return Variable(key, domain, others, listed, shown)


def _domain(
    written: Written, compared: Iterable[str], *, matters: bool
) -> tuple[tuple[Choice, ...], frozenset[str]]:
    allowed = [
        words for node in allowed_values(written) if (words := scalar_words(node)) is not None
    ]
    if not allowed or is_looked_up(written) or is_list(written):
        possible = tuple(literal for literal in compared if _fits(written, literal))
        if not possible:
            return (), frozenset()
        return (*possible, None), frozenset(compared)
    if matters:
        return tuple(dict.fromkeys(allowed)), frozenset()
    chosen = [literal for literal in compared if literal in allowed]
    rest = len(set(allowed)) > len(set(chosen))
    return (*chosen, *((None,) if rest else ())), frozenset(compared)


def _fits(written: Written, literal: str) -> bool:
    """Whether CloudFormation would take a literal for a parameter."""
    shortest, longest = written.words("MinLength") or "", written.words("MaxLength") or ""
    if shortest.isdigit() and len(shortest) < 9 and len(literal) < int(shortest):
        return False
    return not (longest.isdigit() and len(longest) < 9 and len(literal) > int(longest))


def _open_parameters(base: Scope) -> dict[str, Written]:
    """The declared parameters whose values are open, by key."""
    found: dict[str, Written] = {}
    for scope in scopes(base):
        for name, written in scope.stack.template.parameters.items():
            if isinstance(parameter(scope, name), v.Unknown):
                found[scope.stack.address(name)] = written
    return found


def scopes(base: Scope) -> list[Scope]:
    """The scopes of a stack and of all below it."""
    found = [base]
    for scope in found:
        found.extend(child for name in scope.stack.children if (child := scope.child(name)))
    return found


def _valued(relevant: Relevant) -> dict[str, None]:
    """The keys of open values that are put into something, not only compared."""
    found: dict[str, None] = {}
    for scope, name in relevant.names:
        node = parameter(scope, name)
        if isinstance(node, v.Unknown):
            found[node.key] = None
            continue
        words = None if node is None else v.as_text(node)
        for piece in words.pieces if words is not None else ():
            if isinstance(piece, v.Hole):
                found[piece.key] = None
    return found
