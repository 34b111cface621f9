"""The `Rules` of a template: which parameter values CloudFormation refuses together.

<https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/rules-section-structure.html>
"""

from __future__ import annotations

from collections.abc import Iterator

from yaml.nodes import Node

from validator.findings import Diagnostic
from validator.graph import values as v
from validator.readers.cloudformation.conditions import answer
from validator.readers.cloudformation.nodes import items, member, scalar_text
from validator.readers.cloudformation.scope import Scope


def broken(scope: Scope) -> Iterator[tuple[str, Node, str]]:
    """The assertions that surely fail: the rule, the assertion's node, its description."""
    # What a rule compares must not become a choice between worlds.
    noted, scope.compared = scope.compared, None
    for written in scope.stack.template.rules.values():
        condition = written.get("RuleCondition")
        if condition is not None:
            applies = answer(scope, condition)
            if isinstance(applies, v.Unknown) or not applies.value:
                continue
        for assertion in items(written.get("Assertions")):
            expression = member(assertion, "Assert")
            if expression is None:
                continue
            holds = answer(scope, expression)
            if isinstance(holds, v.Known) and not holds.value:
                words = scalar_text(member(assertion, "AssertDescription")) or "its assertion fails"
                yield written.name, expression, words
    scope.compared = noted


def refusals(scope: Scope) -> list[Diagnostic]:
    """The rules that refuse the parameter values that a person gives.

    Without any, nobody says that the defaults will be deployed: a rule may be there to ask.
    """
    if not scope.given.keys() & scope.stack.template.parameters.keys():
        return []
    return [
        Diagnostic(scope.span(node), f"rule {name} refuses these parameters: {words}", "config")
        for name, node, words in broken(scope)
    ]
