"""One template's sections, found but not evaluated.

<https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/template-anatomy.html>
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from yaml.nodes import MappingNode, Node, ScalarNode

from validator.findings import Diagnostic
from validator.graph.span import Span
from validator.graph.values import Unknown
from validator.readers.cloudformation.nodes import items, member, pairs, scalar_text
from validator.readers.cloudformation.source import Source
from validator.records import dataclass, field

MAX_RESOURCES: Final = 5_000
LANGUAGE_EXTENSIONS: Final = "AWS::LanguageExtensions"
SERVERLESS: Final = "AWS::Serverless-2016-10-31"
_TRANSFORM: Final = "Fn::Transform"
_SECTIONS: Final = ("Parameters", "Mappings", "Conditions", "Outputs", "Rules")
# What these do is known, and leaves every resource that is written as it is.
_HARMLESS: Final = frozenset(
    (LANGUAGE_EXTENSIONS, SERVERLESS, "AWS::CodeDeployBlueGreen", "AWS::SecretsManager-2020-07-23",
     "AWS::SecretsManager-2024-09-16", "AWS::ServiceCatalog")
)  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class Written:
    """Something of a section: a parameter, condition, resource or output.

    `loops` are the values of the `Fn::ForEach` variables around it.
    """

    name: str
    key: Node
    body: Node
    loops: Mapping[str, str] = field(default_factory=dict[str, str])

    def get(self, name: str) -> Node | None:
        """What is written under a key of the body."""
        return member(self.body, name)

    def words(self, name: str) -> str | None:
        """The text under a key of the body, if it is one."""
        return scalar_text(self.get(name))


Section = dict[str, Written]


class Template:
    """A template that could be composed."""

    def __init__(self, source: Source, root: Node, faults: list[Diagnostic]) -> None:
        self.source = source
        self.faults = faults
        self.root = root
        self.is_json = source.text.lstrip()[:1] == "{"
        self.transforms = _transforms(member(root, "Transform"))
        self.parameters = self._section("Parameters")
        self.conditions = self._section("Conditions")
        self.rules = self._section("Rules")
        self.outputs = self._section("Outputs")
        self.resources: Section = {}
        # What may declare resources beside the ones that are written, or change them.
        self.opaque: list[tuple[Node, str]] = [
            (node, name) for name, node in self.transforms.items() if name not in _HARMLESS
        ]
        # Loops that nobody can write out: their keys, what they repeat, and why.
        self.open_loops: dict[int, tuple[Node, Node, Unknown]] = {}
        # Whether anything but resources is written by a macro.
        self.included = any(
            member(part, _TRANSFORM) is not None
            for part in (root, *(member(root, name) for name in _SECTIONS))
        )
        for number, (name, written) in enumerate(self._section("Resources").items()):
            if number == MAX_RESOURCES:
                message = f"only the first {MAX_RESOURCES} resources are read; AWS takes 500"
                self.faults.append(Diagnostic(self.span(written.key), message, "limit"))
                self.opaque.append((written.key, "what is not read"))
                break
            if name == _TRANSFORM:
                self.opaque.append((written.key, _macro(written.body)))
            elif (macro := written.get(_TRANSFORM)) is not None:
                self.opaque.append((written.key, _macro(macro)))
                self.resources[name] = written
            elif isinstance(written.body, MappingNode) or name.startswith("Fn::ForEach::"):
                self.resources[name] = written
            else:
                self._fault(written.key, f"resource {name} is no object")

    def mapping(self, name: str) -> Node | None:
        """One of the Mappings."""
        return member(member(self.root, "Mappings"), name)

    @property
    def serverless(self) -> bool:
        """Whether the SAM transform adds resources to those that are written."""
        return SERVERLESS in self.transforms

    def span(self, node: Node) -> Span:
        """Where a node stands."""
        return self.source.span(node)

    def _section(self, name: str) -> Section:
        body = member(self.root, name)
        if body is not None and not isinstance(body, MappingNode):
            empty = isinstance(body, ScalarNode) and body.value == ""
            if not empty or name == "Resources":
                self._fault(body, f"{name} must be an object")
        return {key.value: Written(key.value, key, value) for key, value in pairs(body)}

    def _fault(self, node: Node, message: str) -> None:
        self.faults.append(Diagnostic(self.span(node), message, "syntax"))


def _transforms(node: Node | None) -> dict[str, Node]:
    """The transforms of the whole template, each a name or an object with a name."""
    found: dict[str, Node] = {}
    for one in items(node) or ([] if node is None else [node]):
        name = scalar_text(one) or scalar_text(member(one, "Name"))
        if name:
            found[name] = one
    return found


def _macro(body: Node) -> str:
    """The name of the macro that a `Fn::Transform` runs."""
    return scalar_text(member(body, "Name")) or _TRANSFORM


def type_of(resource: Written) -> str:
    """The declared type of a resource."""
    return resource.words("Type") or ""
