"""Stacks in stacks: nested stacks and stack sets whose templates are in the repository.

<https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudformation-stack.html>
<https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudformation-stackset.html>
"""

from __future__ import annotations

import posixpath
from typing import Final

from yaml.nodes import Node

from validator.files import MAX_SOURCE, Files, Unreadable
from validator.findings import Diagnostic
from validator.graph import values as v
from validator.graph.text import Lit
from validator.graph.world import Gap
from validator.readers.cloudformation.compose import compose
from validator.readers.cloudformation.foreach import written_out
from validator.readers.cloudformation.nodes import member, scalar_text
from validator.readers.cloudformation.scope import Scope
from validator.readers.cloudformation.source import Source
from validator.readers.cloudformation.stack import Stack
from validator.readers.cloudformation.template import Template, Written, type_of

MAX_DEPTH: Final = 10
MAX_STACKS: Final = 200

LOCATIONS: Final = {
    "AWS::CloudFormation::Stack": "TemplateURL",
    "AWS::CloudFormation::StackSet": "TemplateURL",
    "AWS::Serverless::Application": "Location",
}
"""The property that says where the template is, by the type of the nested stack."""


class _NotHere(Exception):
    """A template that cannot be followed: where it is named, and why."""

    def __init__(self, node: Node, why: str) -> None:
        super().__init__(why)
        self.node = node


class Nesting:
    """Follows nested templates from a stack downwards."""

    def __init__(self, files: Files) -> None:
        self._files = files
        self._count = 0
        self.faults: list[Diagnostic] = []
        self.gaps: list[Gap] = []

    def follow(self, scope: Scope) -> None:
        """Write out a stack's loops, then add the stacks that it nests."""
        stack = scope.stack
        template = stack.template
        stack.resources = written_out(scope, template.resources)
        stack.conditions = written_out(scope, template.conditions)
        stack.outputs = written_out(scope, template.outputs)
        for written in list(stack.resources.values()):
            if type_of(written) not in LOCATIONS:
                continue
            try:
                inner = self._template(scope.within(written), written)
            except _NotHere as gone:
                words = f"the template of {stack.prefix}{written.name} {gone}"
                self.gaps.append(Gap(stack.unit, words, scope.span(gone.node)))
                stack.away[written.name] = v.Unknown(words, scope.span(gone.node))
                continue
            child = Stack(stack.unit, inner, stack, written, _elsewhere(stack, written))
            stack.children[written.name] = child
            inside = scope.child(written.name)
            if inside is not None:
                self.follow(inside)

    def _template(self, scope: Scope, written: Written) -> Template:
        properties = written.get("Properties")
        body = member(properties, "TemplateBody")
        location = member(properties, LOCATIONS[type_of(written)])
        if body is not None and type_of(written) == "AWS::CloudFormation::StackSet":
            return self._inline(scope, body)
        if location is None:
            raise _NotHere(written.key, "is not named here")
        # The CDK writes an address in its bucket, and beside it the file that will be there.
        asset = scalar_text(member(written.get("Metadata"), "aws:asset:path"))
        place = asset or scope.literal(location)
        if not place:
            raise _NotHere(location, "is at an address that is not known")
        if ":" in place or place.startswith("/"):
            raise _NotHere(location, f"is at {place}, not in these files")
        file = scope.stack.template.source.file
        name = self._files.name(posixpath.join(posixpath.dirname(file), place))
        self._guard(scope, location, name)
        try:
            source = Source(name, self._files.text(name, MAX_SOURCE))
        except Unreadable as error:
            raise _NotHere(location, f"is {name}, which cannot be read: {error}") from None
        return self._read(location, source)

    def _guard(self, scope: Scope, node: Node, name: str) -> None:
        above: Stack | None = scope.stack
        depth = 0
        while above is not None:
            depth += 1
            if above.template.source.file == name:
                message = f"{name} nests itself"
                self.faults.append(Diagnostic(scope.span(node), message, "syntax"))
                raise _NotHere(node, "leads back to itself")
            above = above.parent
        self._charge(scope, node, depth)

    def _charge(self, scope: Scope, node: Node, depth: int) -> None:
        self._count += 1
        if depth > MAX_DEPTH or self._count > MAX_STACKS:
            message = f"more than {MAX_STACKS} nested stacks, or more than {MAX_DEPTH} levels"
            fault = Diagnostic(scope.span(node), message, "limit")
            if not any(one.message == message for one in self.faults):
                self.faults.append(fault)
            raise _NotHere(node, "is not read: these are too many stacks")

    def _inline(self, scope: Scope, body: Node) -> Template:
        found = scope.value(body)
        words = None if found is None else v.as_text(found)
        literal = None if words is None else words.literal
        if words is None or literal is None:
            raise _NotHere(body, "is put together at the deploy")
        self._charge(scope, body, 0)
        lits = [piece for piece in words.pieces if isinstance(piece, Lit)]
        within = lits[0] if lits else Lit("", scope.span(body))
        file = within.span.file if within.span else scope.stack.template.source.file
        return self._read(body, Source(file, literal, within))

    def _read(self, node: Node, source: Source) -> Template:
        root, faults = compose(source, json_only=False)
        if root is None or member(root, "Resources") is None:
            message = "this is no template: it has no Resources"
            none = [Diagnostic(source.start, message, "syntax")]
            self.faults.extend(faults or none)
            raise _NotHere(node, "cannot be read")
        return Template(source, root, faults)


def _elsewhere(stack: Stack, written: Written) -> str:
    """The name for the accounts and regions of a stack set; nested stacks stay where they are."""
    if type_of(written) == "AWS::CloudFormation::StackSet":
        return stack.address(written.name)
    return stack.elsewhere
