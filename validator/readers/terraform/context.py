"""What functions may ask for: files inside the repository, and references written out."""

from __future__ import annotations

import os
import posixpath
from typing import TYPE_CHECKING, NoReturn

from validator.files import Unreadable, Withheld
from validator.graph.span import Span
from validator.graph.text import Piece, Ref
from validator.readers.terraform.cty.collections import Obj
from validator.readers.terraform.cty.strings import Str
from validator.readers.terraform.cty.types import DYNAMIC
from validator.readers.terraform.cty.values import Limit, Refused, Unk, Val
from validator.readers.terraform.evaluate import Budget, Rendered, Scope
from validator.readers.terraform.functions.registry import withhold
from validator.readers.terraform.hcl import parse, tree
from validator.readers.terraform.hcl.source import Fault, Source

if TYPE_CHECKING:
    from validator.readers.terraform.module import Module

MAX_LISTED = 10_000


class Calling:
    """One call of a function in a module."""

    def __init__(self, module: Module, span: Span) -> None:
        self.module = module
        self.span = span

    @property
    def decoded(self) -> dict[object, Val]:
        """Texts that were decoded already: configurations read one file again and again."""
        return self.module.run.decoded

    def spend(self, steps: int) -> None:
        """Count work. Raises `Limit`."""
        self.module.budget.spend(steps)

    def expanded(self, value: Str) -> Str:
        """The text with references written out as far as these files settle them."""
        from validator.readers.terraform.references import word_of

        pieces: list[Piece] = []
        changed = False
        for piece in value.pieces:
            if isinstance(piece, Ref):
                found = word_of(self.module, piece)
                if found is not None:
                    pieces.extend(found)
                    changed = True
                    continue
            pieces.append(piece)
        if not changed:
            return value
        made = Str(tuple(pieces), value.span)
        made.trail, made.secret = value.trail, value.secret
        return made

    def _name(self, path: str) -> str:
        if "\0" in path:
            raise Refused("a path holds no null character")
        if posixpath.isabs(path) or path.startswith("~"):
            self._withheld("what is at an absolute path differs from machine to machine")
        return self.module.run.files.name(posixpath.join(self.module.run.unit.path, path))

    def _inside(self, path: str) -> str:
        """The shown name of a place below the root; what lies elsewhere is unknown."""
        name = self._name(path)
        if not self.module.run.files.inside(name):
            self._withheld("what lies outside the repository is not looked at")
        return name

    def _withheld(self, why: str) -> NoReturn:
        """Terraform would read what we do not: that is unknown, and no error."""
        withhold(Unk(why, DYNAMIC, self.span))

    def file(self, path: str) -> tuple[str, str]:
        """The shown name and the text of a file. Raises `Refused`."""
        name = self._name(path)
        try:
            return name, self.module.run.files.text(name)
        except Withheld as error:
            self._withheld(f"of a file that is named here: {error}")
        except Unreadable as error:
            raise Refused(f"{name}: {error}") from None

    def file_bytes(self, path: str) -> bytes:
        """The content of a file. Raises `Refused`."""
        name = self._name(path)
        try:
            return self.module.run.files.raw(name)
        except Withheld as error:
            self._withheld(f"of a file that is named here: {error}")
        except Unreadable as error:
            raise Refused(f"{name}: {error}") from None

    def exists(self, path: str) -> bool:
        """Whether a file is there. Raises `Refused`."""
        return self.module.run.files.is_file(self._inside(path))

    def listing(self, path: str) -> list[str]:
        """The files below a folder, relative to it. Raises `Refused`."""
        name = self._inside(path)
        base = str(self.module.run.files.path(name))
        found: list[str] = []
        for folder, folders, names in os.walk(base):
            folders[:] = sorted(one for one in folders if one not in (".git", ".terraform"))
            for one in names:
                full = os.path.join(folder, one)  # noqa: PTH118
                found.append(os.path.relpath(full, base).replace(os.sep, "/"))
            if len(found) > MAX_LISTED:
                raise Limit(f"{name} holds more than {MAX_LISTED} files")
        return found

    def render(self, name: str, words: str, values: Obj) -> Val:
        """A template file's text with values. Raises `Refused`."""
        try:
            parsed = parse.template(Source(name, words))
        except Fault as fault:
            place = Source(name, words).span(fault.start, fault.end)
            raise Refused(f"{name}:{place.line}: {fault.message}") from None
        bound = {key: value for key, value in values.entries.items() if isinstance(key, str)}
        rendered = Rendered()
        rendered.add(parsed.parts, Scope(_Nothing(self.module), bound))
        if rendered.unknown is not None:
            return rendered.unknown
        made = Str(tuple(rendered.pieces), self.span)
        made.secret = rendered.secret
        made.trail = tuple(dict.fromkeys(rendered.trail))[:16]
        return made


class _Nothing:
    """The names in a template: functions only."""

    def __init__(self, module: Module) -> None:
        self.module = module

    @property
    def budget(self) -> Budget:
        """What evaluation may still cost."""
        return self.module.budget

    def reference(self, root: str, name: str, scope: Scope, span: Span) -> Val | None:
        """Nothing outside of the given values can be referred to."""
        raise Refused(f"{root}.{name} has no meaning in a template")

    def data(self, type_: str, name: str, span: Span) -> Val:
        """Nothing outside of the given values can be referred to."""
        raise Refused(f"data.{type_}.{name} has no meaning in a template")

    def call(self, name: str, arguments: list[Val], node: tree.Call, scope: Scope) -> Val:
        """A function, but not another template."""
        if name in ("templatefile", "templatestring"):
            raise Refused("a template cannot render another")
        return self.module.call(name, arguments, node, scope)
