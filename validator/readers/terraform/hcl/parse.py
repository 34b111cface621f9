"""Parsing: a whole text, one block of it, an expression, or a template file."""

from __future__ import annotations

from functools import cache
from typing import Any

from validator.readers.terraform.hcl import skip
from validator.readers.terraform.hcl.bodies import Block, Body
from validator.readers.terraform.hcl.build import Builder
from validator.readers.terraform.hcl.grammar import tables
from validator.readers.terraform.hcl.lalr import Parser, Unexpected
from validator.readers.terraform.hcl.mask import mask
from validator.readers.terraform.hcl.source import Fault, Source
from validator.readers.terraform.hcl.template import split
from validator.readers.terraform.hcl.tree import Chars, Expr, Part, Template

PARTS_OF_EACH = 8
"""What it costs to begin with a text: an interpolation counts as so many parts."""
# What stands between parts of a text, and is quicker to count than they are.
_BETWEEN = '"\n,=.:?([{'


@cache
def _engine() -> tuple[Builder, Parser]:
    builder = Builder()
    return builder, Parser(tables()[0], builder, Builder.SAME)


def body(source: Source, start: int = 0, end: int | None = None) -> Body:
    """The arguments and blocks of a text. Raises `Fault`."""
    stop = len(source.text) if end is None else end
    parsed = _parsed(source, start, stop, "start", lines=True)
    parsed.start, parsed.end = start, stop
    return parsed  # type: ignore[no-any-return]


def block(source: Source, start: int, end: int) -> Block:
    """One block between two offsets. Raises `Fault`."""
    found = body(source, start, end).blocks
    if len(found) != 1:
        raise Fault("here one block must stand", start, end)
    return found[0]


def expression(source: Source, start: int = 0, end: int | None = None) -> Expr:
    """An expression, where line breaks do not count. Raises `Fault`."""
    stop = len(source.text) if end is None else end
    return _parsed(source, start, stop, "expression", lines=False)  # type: ignore[no-any-return]


def template(source: Source, start: int = 0, end: int | None = None) -> Template:
    """A template file, or text that is read as one. Raises `Fault`."""
    stop = len(source.text) if end is None else end
    whole = Template(source, start, stop)
    whole.parts = split(source, start, stop, _reader(source, 0))
    return whole


def _parsed(source: Source, start: int, end: int, what: str, *, lines: bool, depth: int = 0) -> Any:
    """Parse, then the templates that were met, then the templates in those."""
    parsed, pending = _once(source, start, end, what, lines=lines, depth=depth)
    for whole, quoted in pending:
        _fill(whole, quoted, _reader(source, depth + 1))
    return parsed


def _reader(source: Source, depth: int) -> Any:
    def read(start: int, end: int) -> Expr:
        return _parsed(source, start, end, "expression", lines=False, depth=depth)  # type: ignore[no-any-return]

    return read


def _fill(whole: Template, quoted: Any, read: Any) -> None:
    source = whole.source
    whole.parts = split(
        source, quoted.start, quoted.end, read, quoted=not quoted.heredoc, flush=quoted.flush
    )
    whole.wraps = (
        not quoted.heredoc
        and len(whole.parts) == 1
        and source.text.startswith("${", quoted.start)
        and not isinstance(whole.parts[0], Chars)
    )


def _once(
    source: Source, start: int, end: int, what: str, *, lines: bool, depth: int
) -> tuple[Any, list[tuple[Template, Any]]]:
    if depth > skip.MAX_NESTING:
        raise Fault(f"templates are nested more than {skip.MAX_NESTING} deep", start)
    masked = mask(source.text, start, end, lines=lines, depth=depth)
    source.spend(PARTS_OF_EACH + sum(map(masked.text.count, _BETWEEN)), start)
    builder, parser = _engine()
    builder.begin(source, start, masked)
    try:
        parsed = parser.parse(masked.text, what)
    except Unexpected as error:
        if error.at_end:
            raise Fault(
                "something is missing at the end of this", max(start, end - 1), end
            ) from None
        at, to = start + error.start, start + error.end
        if at == to:
            shown, to = repr(source.text[at : at + 1]), at
        else:
            word = source.text[at:to]
            shown = "line break" if word.startswith("\n") else word.split("\n")[0]
        raise Fault(f"{shown} cannot stand here", at, to) from None
    return parsed, builder.pending


__all__ = ["Fault", "Part", "Source", "block", "body", "expression", "template"]
