"""A template as it is deployed: the unit's own, or one nested in it."""

from __future__ import annotations

from validator.aws import returned
from validator.graph.addresses import address
from validator.graph.span import Span
from validator.graph.values import Unknown
from validator.readers.cloudformation.template import Section, Template, Written, type_of


class Stack:
    """One template in its place.

    `prefix` stands before its logical IDs in the unit (`Network/`), `written` is the resource of
    the parent that deploys it. The sections are the template's, with loops written out.
    `elsewhere` names the accounts and regions that a stack set deploys to; empty where the
    unit itself is deployed. `away` are the nested stacks whose templates are not at hand, and why.
    """

    def __init__(
        self,
        unit: str,
        template: Template,
        parent: Stack | None = None,
        written: Written | None = None,
        elsewhere: str = "",
    ) -> None:
        self.unit = unit
        self.template = template
        self.parent = parent
        self.written = written
        self.elsewhere = elsewhere
        self.prefix: str = f"{parent.prefix}{written.name}/" if parent and written else ""
        self.children: dict[str, Stack] = {}
        self.away: dict[str, Unknown] = {}
        self.resources: Section = template.resources
        self.conditions: Section = template.conditions
        self.outputs: Section = template.outputs

    @property
    def calls(self) -> tuple[Span, ...]:
        """The places of the resources that deploy this stack, the outermost first."""
        if self.parent is None or self.written is None:
            return ()
        return (*self.parent.calls, self.parent.template.span(self.written.key))

    @property
    def known(self) -> list[Written]:
        """The resources whose types are in the vocabulary, in written order."""
        return [
            written
            for written in self.resources.values()
            if returned("cloudformation", type_of(written)) is not None
        ]

    def address(self, name: str) -> str:
        """A resource's address in the graph."""
        return address(self.unit, f"{self.prefix}{name}")

    def everyone(self) -> list[Stack]:
        """This stack and all below it."""
        found: list[Stack] = [self]
        for stack in found:
            found.extend(stack.children.values())
        return found
