"""Which versions of the AWS provider a unit can run with.

<https://developer.hashicorp.com/terraform/language/expressions/version-constraints>
<https://developer.hashicorp.com/terraform/language/files/dependency-lock>
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from validator.files import Unreadable
from validator.graph.span import Span
from validator.graph.text import Text
from validator.graph.values import Fields, Known, Node
from validator.readers.terraform.cty.nodes import to_node
from validator.readers.terraform.evaluate import evaluate
from validator.readers.terraform.hcl import parse
from validator.readers.terraform.hcl.source import Fault, Source

if TYPE_CHECKING:
    from validator.readers.terraform.module import Module
    from validator.readers.terraform.sources import Loader

_AWS = re.compile(r"(registry\.terraform\.io/|registry\.opentofu\.org/)?hashicorp/aws")
_AT_LEAST = re.compile(r"\s*(=|>=|>|~>|)\s*v?(\d+)(\.\d+)*\s*")
_AT_MOST = re.compile(r"\s*(=|<=|<|~>|)\s*v?(\d+)((?:\.\d+)*)\s*")


def least_aws_provider(root: Module, loader: Loader) -> tuple[int, Span] | None:
    """The lowest major version that the lock file or the constraints let in, and where they do.

    A lock file names the version; without one every module's constraint counts.
    """
    found = [
        (least, span) for words, span in _said(root, loader) if (least := _least(words)) is not None
    ]
    return max(found, default=None)


def latest_aws_provider(root: Module, loader: Loader) -> tuple[int, Span] | None:
    """The highest major version that the lock file or the constraints let in, and where they do."""
    found = [
        (most, span) for words, span in _said(root, loader) if (most := _most(words)) is not None
    ]
    return min(found, default=None)


def _said(root: Module, loader: Loader) -> Iterator[tuple[str, Span]]:
    """The version of the lock file, else every module's constraint."""
    locked = _locked(root, loader)
    if locked is not None:
        yield locked
    else:
        yield from _constraints(root, loader)


def _locked(root: Module, loader: Loader) -> tuple[str, Span] | None:
    folder = loader.run.unit.path
    name = posixpath.normpath(posixpath.join(folder, ".terraform.lock.hcl"))
    if not loader.run.files.is_file(name):
        return None
    try:
        source = Source(name, loader.run.files.text(name))
        body = parse.body(source)
    except (Unreadable, Fault):
        return None
    for block in body.blocks:
        version = block.body.attributes.get("version")
        if block.labels and _AWS.fullmatch(block.labels[0]) and version is not None:
            words = _text(to_node(evaluate(version.value, root.scope)))
            return None if words is None else (words, version.value.span)
    return None


def _constraints(root: Module, loader: Loader) -> Iterator[tuple[str, Span]]:
    for _, config in sorted(loader.configs.items()):
        for settings in config.settings:
            for block in settings.body.blocks:
                attribute = block.body.attributes.get("aws")
                if block.type == "required_providers" and attribute is not None:
                    version = _version(to_node(evaluate(attribute.value, root.scope)))
                    if version is not None and (words := _text(version)) is not None:
                        yield words, version.span


def _version(node: Node) -> Node | None:
    match node:
        case Known(value=Fields() as fields):
            source = fields.get("source")
            if source is not None and not _AWS.fullmatch(_text(source) or ""):
                return None
            return fields.get("version")
        case _:
            return node


def _text(node: Node) -> str | None:
    match node:
        case Known(value=Text() as words):
            return words.literal
        case _:
            return None


def _least(constraint: str) -> int | None:
    """The lowest major version that meets every part; None if no part sets one."""
    found = [
        int(match[2])
        for part in constraint.split(",")
        if (match := _AT_LEAST.fullmatch(part)) is not None
    ]
    return max(found, default=None)


def _most(constraint: str) -> int | None:
    """The highest major version that meets every part; None if no part sets one."""
    found: list[int] = []
    for part in constraint.split(","):
        match = _AT_MOST.fullmatch(part)
        if match is None:
            continue
        sign, major, rest = match[1], int(match[2]), match[3]
        if sign == "~>" and not rest:
            continue  # `~> 3` lets in 4
        below = sign == "<" and not rest.strip(".0")
        found.append(major - 1 if below else major)
    return min(found, default=None)
