"""Values of parameters from outside the template: options, files and the configuration.

<https://docs.aws.amazon.com/cli/latest/reference/cloudformation/create-stack.html>
<https://docs.aws.amazon.com/cli/latest/reference/cloudformation/deploy/>
<https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/continuous-delivery-codepipeline-cfn-artifacts.html>
"""

from __future__ import annotations

from collections.abc import Iterator

from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from validator.files import MAX_SOURCE, Files, Unreadable
from validator.findings import Diagnostic
from validator.graph.span import Span, whole
from validator.readers import Configured, Settings
from validator.readers.cloudformation.compose import compose
from validator.readers.cloudformation.nodes import bare, items, member, pairs, scalar_text
from validator.readers.cloudformation.source import Source
from validator.records import dataclass


@dataclass(frozen=True, slots=True)
class Given:
    """A parameter's value, where it comes from, and its place if that is a file.

    `text` is None for `UsePreviousValue`.
    """

    text: str | None
    how: str
    span: Span | None = None


def given_parameters(settings: Settings, files: Files) -> tuple[dict[str, Given], list[Diagnostic]]:
    """The values by parameter, later ones over earlier ones."""
    faults: list[Diagnostic] = []
    found: dict[str, Given] = {}
    for one in settings.parameters:
        match one:
            case str():
                found.update(_from_file(one, files, faults))
            case Configured(name=name, text=text, span=span):
                found[name] = Given(text, span.file, span)
            case (name, value):
                found[name] = Given(value, "--parameter")
    return found, faults


def _from_file(name: str, files: Files, faults: list[Diagnostic]) -> dict[str, Given]:
    try:
        source = Source(name, files.text(name, MAX_SOURCE))
    except Unreadable as error:
        faults.append(Diagnostic(whole(name), str(error), "unreadable"))
        return {}
    root, wrong = compose(source, json_only=name.endswith(".json"))
    faults.extend(wrong)
    if root is None:
        return {}
    found: dict[str, Given] = {}
    for key, node in _written(root, source, faults):
        text = None if node is None else scalar_text(node)
        found[key] = Given(text, name, source.span(node) if node is not None else None)
    return found


def _written(
    root: Node, source: Source, faults: list[Diagnostic]
) -> Iterator[tuple[str, Node | None]]:
    """Each parameter and the node of its value, in the three shapes that AWS tools take."""
    parameters = member(root, "Parameters")
    if isinstance(root, MappingNode) and isinstance(parameters, MappingNode):
        for key, value in pairs(parameters):
            yield key.value, _checked(value, source, faults)
        return
    if not isinstance(root, SequenceNode):
        message = "this is no parameter file: expected a list, or an object with Parameters"
        faults.append(Diagnostic(source.span(root), message, "config"))
        return
    for item in items(root):
        key_node = member(item, "ParameterKey")
        if isinstance(item, ScalarNode) and "=" in item.value:
            name, _, value = item.value.partition("=")
            written = bare(item)
            written.value = value
            yield name, written
        elif key_node is not None:
            value_node = member(item, "ParameterValue")
            name = scalar_text(key_node) or ""
            yield name, None if value_node is None else _checked(value_node, source, faults)
        else:
            message = "expected NAME=VALUE, or ParameterKey with ParameterValue"
            faults.append(Diagnostic(source.span(item), message, "config"))


def _checked(node: Node, source: Source, faults: list[Diagnostic]) -> Node | None:
    if scalar_text(node) is not None:
        return node
    faults.append(Diagnostic(source.span(node), "a parameter's value must be text", "config"))
    return None
