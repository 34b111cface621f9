"""The open values that worlds are told apart by, and what each may be."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeAlias

from validator.graph import values as v
from validator.graph.text import Hole
from validator.readers.cloudformation.parameters import (
    allowed_values,
    is_list,
    is_looked_up,
    parameter,
    scalar_words,
    secret,
)
from validator.readers.cloudformation.relevant import Relevant
from validator.readers.cloudformation.scope import Scope, scopes
from validator.readers.cloudformation.template import Written
from validator.records import dataclass

Choice: TypeAlias = "str | bool | None"


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
    smaller: Variable | None = None


def variables(base: Scope, relevant: Relevant, most: int) -> list[Variable]:
    """As many open values as make no more than `most` worlds; what does not fit stays unknown.

    `base` is a scope without assumptions whose comparisons were noted.
    """
    return _fitting(_variables(base, relevant), most)


def _fitting(found: list[Variable], most: int) -> list[Variable]:
    fitting: dict[int, Variable] = {}
    count = 1
    order = sorted(range(len(found)), key=lambda index: (len(found[index].domain), index))
    for index in order:
        whole = found[index]
        for variable in (whole, whole.smaller):
            if variable is not None and count * len(variable.domain) <= most:
                fitting[index] = variable
                count *= len(variable.domain)
                break
    return [fitting[index] for index in sorted(fitting)]


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
    domain = _domain(written, literals)
    smaller = Variable(key, domain, frozenset(literals)) if domain else None
    if not matters or not _is_listed(written):
        return smaller
    shown = "" if secret(written) else f"parameter {key.rpartition('#')[2]}"
    every = tuple(dict.fromkeys(_allowed(written)))
    return Variable(key, every, listed=True, shown=shown, smaller=smaller)


def _allowed(written: Written) -> list[str]:
    found = (scalar_words(node) for node in allowed_values(written))
    return [words for words in found if words is not None]


def _is_listed(written: Written) -> bool:
    """Whether the value is one of `AllowedValues` (of a list, each member would be)."""
    return bool(_allowed(written)) and not is_looked_up(written) and not is_list(written)


def _domain(written: Written, compared: Iterable[str]) -> tuple[Choice, ...]:
    """The literals that a parameter is compared with, and None if it may be something else."""
    literals = tuple(compared)
    if not _is_listed(written):
        possible = tuple(literal for literal in literals if _fits(written, literal))
        return (*possible, None) if literals else ()
    allowed = set(_allowed(written))
    chosen = tuple(literal for literal in literals if literal in allowed)
    if not literals:
        return ()
    return (*chosen, None) if allowed - set(chosen) else chosen


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
            if isinstance(piece, Hole):
                found[piece.key] = None
    return found
