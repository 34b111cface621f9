"""A quick look at files: what is Terraform, what is a template, what do they mention.

Bytes only, no parser: ten thousand files take a tenth of a second. The walk goes down real folders
and skips hidden ones; a link is followed only if it stays below the root and leads somewhere new.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Collection
from typing import NamedTuple

from validator import mentions
from validator.crashes import OURS, Crashes
from validator.files import MAX_BYTES, MAX_SOURCE, Files, Unreadable, Withheld, too_large
from validator.findings import Diagnostic
from validator.graph.span import whole

TERRAFORM = (".tf", ".tf.json", ".tofu", ".tofu.json")
TEMPLATES = (".yaml", ".yml", ".json", ".template", ".cfn")
_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0)
SKIPPED = frozenset({"node_modules", "__pycache__"})

# What every plan written as JSON begins with, and what no template holds.
PLAN = (b'"format_version"', b'"planned_values"')


class Folder:
    """A Terraform module: its files, and what they mention. `calls` holds sources as written."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.files: list[str] = []
        self.flow_log = False
        self.calls: list[str] = []


class Scope(NamedTuple):
    """The Terraform folders, CloudFormation templates and plans that some walks came by."""

    folders: set[str]
    templates: set[str]
    plans: set[str]


class Scan:
    """What was seen so far, each file looked at once."""

    def __init__(self, files: Files, excluded: Callable[[str], bool] = lambda _: False) -> None:
        self.files = files
        self.folders: dict[str, Folder] = {}
        self.templates: dict[str, bool] = {}
        # The plans written as JSON, and whether they mention a flow log.
        self.plans: dict[str, bool] = {}
        # The local templates that a template nests, as written.
        self.nested: dict[str, tuple[str, ...]] = {}
        self.diagnostics: list[Diagnostic] = []
        self._crashes = Crashes(self.diagnostics, debug=False)
        # The words of `mentions.NOTED` in each file of Terraform and each template.
        self._notes: dict[str, frozenset[bytes]] = {}
        self._excluded = excluded
        self._working = str(files.working).rstrip(os.sep) + os.sep
        self._looked_at: set[str] = set()
        self._aliases: dict[str, str] = {}
        # A walk that comes down to the working folder goes on without `../`.
        above = (files.working, *files.working.parents)
        self._above = {str(folder): files.name(folder) for folder in above}

    def walk(self, start: str) -> Scope:
        """Look at everything below a folder, given by its shown name."""
        scope = Scope(set(), set(), set())
        visited: set[str] = set()
        links = [start]
        while links:
            here = links.pop(0)
            real = os.path.realpath(self.files.path(here))
            if real not in visited and self.files.inside(here):
                links.extend(sorted(self._descend(here, real, scope, visited)))
        return scope

    def _descend(self, start: str, real: str, scope: Scope, visited: set[str]) -> list[str]:
        """Walk real folders; gives back the links to folders that were met."""
        links: list[str] = []
        stack = [("" if start == "." else start, real)]
        while stack:
            name, place = stack.pop()
            if place in visited:
                continue
            visited.add(place)
            try:
                entries = list(os.scandir(place))
            except OSError as error:
                self.complain(name or ".", error.strerror or "this folder cannot be read")
                continue
            for entry in entries:
                shown = f"{name}/{entry.name}" if name else entry.name
                if entry.is_dir(follow_symlinks=False):
                    shown = self._above.get(entry.path, shown)
                    if not self._skips(entry.name, shown):
                        stack.append(("" if shown == "." else shown, entry.path))
                elif entry.is_symlink() and self.files.is_folder(shown):
                    if not self._skips(entry.name, shown):
                        links.append(shown)
                elif entry.name.endswith(TERRAFORM):
                    if not self._excluded(shown) and not entry.name.startswith("."):
                        scope.folders.add(self.look_at_terraform(name or ".", shown).name)
                elif entry.name.lower().endswith(TEMPLATES) and not self._excluded(shown):
                    if self.look_at_template(shown):
                        scope.templates.add(shown)
                    elif shown in self.plans:
                        scope.plans.add(shown)
        return links

    def _skips(self, base: str, shown: str) -> bool:
        # `asset.…` is what cdk puts beside the templates it writes.
        return base.startswith((".", "asset.")) or base in SKIPPED or self._excluded(shown)

    def look_at_terraform(self, folder: str, name: str) -> Folder:
        """Note what one Terraform file of a folder mentions."""
        seen = self.folders.setdefault(folder, Folder(folder))
        if name in self._looked_at:
            return seen
        self._looked_at.add(name)
        seen.files.append(name)
        raw = self.raw(name)
        if raw is None:
            return seen
        if len(raw) > MAX_SOURCE:
            self.complain(name, too_large(MAX_SOURCE))
            return seen
        if raw.find(b"\0", 0, 8192) >= 0:
            self.complain(name, "this is no text but binary data")
        try:
            words = self._notes[name] = mentions.in_terraform(raw)
            if mentions.FLOW_LOG in words:
                seen.flow_log = True
            if mentions.MODULE in raw:
                seen.flow_log = seen.flow_log or mentions.asks(raw)
                seen.calls.extend(mentions.calls(raw))
        except Exception as error:  # one file costs no other
            self._crashes.note(name, f"looking at this {OURS}", error)
        return seen

    def look_at_template(self, name: str, *, sure: bool = False) -> bool:
        """Whether a file is a CloudFormation template; if it is a plan, that is noted.

        `sure` is set for a file that a person named: then it is complained about also if it is
        too large or lies behind a link that leaves the root.
        """
        if name in self._looked_at:
            return name in self.templates
        self._looked_at.add(name)
        raw = self.raw(name, stray=not sure)
        if raw is None:
            return False
        if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
            raw = raw.decode("utf-16", "replace").encode()
        if all(word in raw for word in PLAN):
            self.plans[name] = mentions.FLOW_LOG in raw
            return False
        if b"AWS::" not in raw:
            return False
        if len(raw) > MAX_SOURCE:
            if sure or (mentions.FLOW_LOG_TEMPLATE in raw and b"Resources" in raw):
                self.complain(name, too_large(MAX_SOURCE))
            return False
        with self._crashes.door("looking at this", name):
            return self._note_template(name, raw)
        return False

    def _note_template(self, name: str, raw: bytes) -> bool:
        from validator.readers.cloudformation.sniff import looks_like_template, nested_templates

        if not looks_like_template(raw):
            return False
        words = self._notes[name] = mentions.in_template(raw)
        self.nested[name] = nested_templates(raw)
        makes = mentions.FLOW_LOG_TEMPLATE in words
        self.templates[name] = makes or mentions.asks_in_template(raw)
        return True

    def folder(self, name: str) -> Folder | None:
        """The Terraform module in a folder, looked at now if no walk came by; None if none is."""
        if name in self.folders:
            return self.folders[name]
        if name not in self._aliases:
            self._aliases[name] = self.files.name(os.path.realpath(self.files.path(name)))
        real = self._aliases[name]
        if real not in self.folders and self.files.inside(name):
            for file in self.terraform_in(name):
                self.look_at_terraform(real, file)
        return self.folders.get(real)

    def terraform_in(self, folder: str) -> list[str]:
        """The shown names of the Terraform files that lie in a folder."""
        try:
            entries = sorted(os.listdir(self.files.path(folder)))  # noqa: PTH208
        except OSError:
            return []
        prefix = "" if folder == "." else f"{folder}/"
        return [f"{prefix}{one}" for one in entries if one.endswith(TERRAFORM) and one[0] != "."]

    def mentions(self, name: str, words: Collection[bytes]) -> bool:
        """Whether a file's bytes hold one of some words."""
        if name in self._notes and mentions.NOTED.issuperset(words):
            return not self._notes[name].isdisjoint(words)
        raw = self.raw(name, quiet=True)
        return raw is not None and mentions.holds(raw, words)

    def complain(self, name: str, message: str) -> None:
        """Note what could not be read."""
        span = whole(name)
        self.diagnostics.append(Diagnostic(span, message, "unreadable"))

    def raw(self, name: str, *, stray: bool = False, quiet: bool = False) -> bytes | None:
        """A file's bytes; None, and a diagnostic, if it cannot be read.

        A `stray` file, one with a suffix that anything may have, is left alone if it is larger
        than any template or only a link to elsewhere. This is not `Files.raw`, which follows every
        link of a path to its end: a walk has done that once for the whole folder.
        """
        try:
            return self._raw(name, stray)
        except Unreadable as error:
            if not quiet:
                self.complain(name, str(error))
        except OSError as error:
            if not quiet:
                self.complain(name, error.strerror or "this cannot be read")
        return None

    def _raw(self, name: str, stray: bool) -> bytes | None:
        place = self._working + name
        try:
            handle = os.open(place, _FLAGS)
        except OSError:
            # A link, or a file that cannot be opened: the careful way tells which.
            astray = not os.path.exists(place) or not self.files.inside(name)  # noqa: PTH110
            return None if stray and astray else self.files.raw(name)
        try:
            status = os.fstat(handle)
            if not stat.S_ISREG(status.st_mode):
                raise Withheld("this is no regular file")
            if status.st_size > MAX_BYTES:
                if stray:
                    return None
                raise Withheld(too_large(MAX_BYTES))
            raw = os.read(handle, status.st_size + 1)
            while len(raw) < status.st_size and (part := os.read(handle, 1 << 16)):
                raw += part
            return raw
        finally:
            os.close(handle)
