"""A module's folder: its files, and its blocks by what they declare."""

from __future__ import annotations

import os
import posixpath
from collections import defaultdict, deque
from typing import Any

from validator.files import MAX_SOURCE, Unreadable
from validator.graph.span import Span, whole
from validator.readers.terraform.hcl import parse
from validator.readers.terraform.hcl.bodies import Attribute, Block, Body
from validator.readers.terraform.hcl.slicer import Slice, slices
from validator.readers.terraform.hcl.source import Fault, Source
from validator.readers.terraform.run import Run

Resource = tuple[str, str, str]
"""`("resource", "aws_s3_bucket", "logs")`, or with `"data"` first."""


class Declaration:
    """A block that is parsed when it is first looked into."""

    def __init__(
        self, run: Run, source: Source, part: Slice | None = None, block: Block | None = None
    ) -> None:
        self.run = run
        self.source = source
        self.start = part.start if part else (block.start if block else 0)
        self.end = part.end if part else (block.end if block else 0)
        self.overrides: list[Declaration] = []
        self._block = block
        self._parsed = block is not None

    @property
    def span(self) -> Span:
        """The whole block."""
        return self.source.span(self.start, self.end)

    @property
    def body(self) -> Body:
        """What is in the block, override files merged in; empty if it cannot be read."""
        block = self.block
        return block.body if block else Body(self.source, self.start, self.end)

    @property
    def block(self) -> Block | None:
        """The block, None if it cannot be read, which is then reported."""
        if not self._parsed:
            self._parsed = True
            try:
                self._block = parse.block(self.source, self.start, self.end)
            except Fault as fault:
                span = self.source.span(fault.start, fault.end)
                self.run.broken(span, fault.message, "syntax")
        if self.overrides and self._block:
            overrides, self.overrides = self.overrides, []
            if any(one.block is None for one in overrides):
                self._block = None
                return None
            for one in overrides:
                _merge(self._block.body, one.body)
        return self._block


def _merge(body: Body, other: Body) -> None:
    """An override file's block: its arguments replace arguments, its blocks all of their type."""
    body.attributes.update(other.attributes)
    replaced = {_type(block) for block in other.blocks}
    body.blocks = [block for block in body.blocks if _type(block) not in replaced] + other.blocks


def _type(block: Block) -> str:
    return block.labels[0] if block.type == "dynamic" and block.labels else block.type


class Config:
    """The blocks of one module, by name, in written order."""

    def __init__(self, run: Run, folder: str) -> None:
        self.run = run
        self.folder = folder
        self.variables: dict[str, Declaration] = {}
        self.outputs: dict[str, Declaration] = {}
        self.calls: dict[str, Declaration] = {}
        self.resources: dict[Resource, Declaration] = {}
        self.providers: dict[str, list[Declaration]] = {}
        self._unread: defaultdict[str, deque[Declaration]] = defaultdict(deque)
        self._aliases: defaultdict[str, dict[str, Declaration]] = defaultdict(dict)
        self.complete = True
        self.settings: list[Declaration] = []
        self._locals: list[tuple[Declaration, bool]] = []
        self._named: dict[str, Attribute] | None = None
        for name in _module_files(run, folder):
            self._read(name)

    @property
    def span(self) -> Span:
        """The folder, for what has no better place."""
        return whole(self.folder)

    @property
    def locals(self) -> dict[str, Attribute]:
        """Local values by name."""
        if self._named is None:
            self._named = {}
            for declaration, override in self._locals:
                # What an unreadable block may set is unknown, not missing.
                self.complete = self.complete and declaration.block is not None
                for name, attribute in declaration.body.attributes.items():
                    if name in self._named and not override:
                        self.run.report(attribute.name_span, f"local {name} is set twice", "syntax")
                        continue
                    self._named[name] = attribute
        return self._named

    def _read(self, name: str) -> None:
        override = is_override(name)
        try:
            text = self.run.files.text(name, MAX_SOURCE)
        except Unreadable as error:
            self.complete = False
            self.run.broken(whole(name), str(error), "unreadable")
            return
        source = Source(name, text)
        if name.endswith(".json"):
            self._read_json(source, override)
            return
        parts, fault = slices(text)
        for part in parts:
            if part.attribute:
                span = source.span(part.start, part.start + len(part.type))
                self.run.report(span, f"{part.type} is set outside of any block", "syntax")
            else:
                self._add(part.type, part.labels, Declaration(self.run, source, part), override)
        if fault:
            self.complete = False
            self.run.broken(source.span(fault.start, fault.end), fault.message, "syntax")

    def _read_json(self, source: Source, override: bool) -> None:
        from validator.readers.terraform.hcl.json_syntax import blocks

        try:
            found = blocks(source)
        except Fault as fault:
            self.complete = False
            self.run.broken(source.span(fault.start, fault.end), fault.message, "syntax")
            return
        for block in found:
            declaration = Declaration(self.run, source, block=block)
            self._add(block.type, tuple(block.labels), declaration, override)

    def _add(
        self, type_: str, labels: tuple[str, ...], declaration: Declaration, override: bool
    ) -> None:
        match type_, labels:
            case "variable", (name,):
                self._put(self.variables, name, declaration, override)
            case "output", (name,):
                self._put(self.outputs, name, declaration, override)
            case "module", (name,):
                self._put(self.calls, name, declaration, override)
            case (("resource" | "data" | "ephemeral"), (kind, name)):
                self._put(self.resources, (type_, kind, name), declaration, override)
            case "provider", (name,):
                self._provider(name, declaration, override)
            case "terraform", ():
                self.settings.append(declaration)
            case "locals", ():
                self._locals.append((declaration, override))
            case (
                ("variable" | "output" | "module" | "resource" | "data" | "provider" | "locals"),
                _,
            ):
                count = len(labels)
                shown = f"{count} label{'' if count == 1 else 's'}"
                self.run.report(declaration.span, f"a {type_} block cannot have {shown}", "syntax")
            case _:
                pass

    def _put(
        self, into: dict[Any, Declaration], name: Any, declaration: Declaration, override: bool
    ) -> None:
        first = into.get(name)
        if first is None:
            into[name] = declaration
        elif override:
            first.overrides.append(declaration)
        else:
            shown = name if isinstance(name, str) else ".".join(name[1:])
            self.run.report(
                declaration.span, f"{shown} is declared twice in {self.folder}", "syntax"
            )

    def _provider(self, name: str, declaration: Declaration, override: bool) -> None:
        first = self.provider(name, alias_of(declaration)) if override else None
        if first is not None:
            first.overrides.append(declaration)
        else:
            self.providers.setdefault(name, []).append(declaration)
            self._unread[name].append(declaration)

    def provider(self, name: str, alias: str) -> Declaration | None:
        """The first configuration of a provider with an alias; those behind it are not read."""
        known, unread = self._aliases[name], self._unread[name]
        while alias not in known and unread:
            one = unread.popleft()
            known.setdefault(alias_of(one), one)
        return known.get(alias)


def alias_of(declaration: Declaration) -> str:
    """A provider block's alias, empty for the default one."""
    from validator.readers.terraform.hcl.tree import Template

    alias = declaration.body.attributes.get("alias")
    if alias is None or not isinstance(alias.value, Template):
        return ""
    return alias.value.literal or ""


def is_override(name: str) -> bool:
    """Whether a file's blocks override others."""
    stem = posixpath.basename(name).partition(".")[0]
    return stem == "override" or stem.endswith("_override")


def _module_files(run: Run, folder: str) -> list[str]:
    """The files of a module, override files last; a `.tofu` file stands for the `.tf` beside it."""
    try:
        with os.scandir(run.files.path(folder)) as entries:
            found = sorted(
                entry.name
                for entry in entries
                if entry.name.endswith((".tf", ".tf.json", ".tofu", ".tofu.json"))
                and not entry.name.startswith(".")
                and not os.path.isdir(entry.path)  # noqa: PTH112
            )
    except OSError:
        return []
    hidden = {
        name.replace(".tofu", ".tf") for name in found if name.endswith((".tofu", ".tofu.json"))
    }
    names = [name for name in found if name not in hidden]
    names.sort(key=is_override)
    return [name if folder == "." else posixpath.join(folder, name) for name in names]
