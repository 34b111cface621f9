"""References to resources, written out through the attributes that the resources are given here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.aws import KINDS
from validator.aws.resource import Resource
from validator.aws.spelling import Part
from validator.graph.text import Piece, Ref
from validator.readers.terraform.resource import declare

if TYPE_CHECKING:
    from validator.readers.terraform.module import Module


def word_of(module: Module, ref: Ref) -> tuple[Piece, ...] | None:
    """A reference written out through the resource's own attributes, None if that says no more."""
    instance = module.static.loader.instances.get(ref.target)
    if instance is None:
        return None
    mark = f"word {ref.attribute}"
    if mark in instance.opened:
        return None
    instance.opened.add(mark)
    try:
        for kind in KINDS:
            if instance.type not in kind.types or ref.attribute not in _words(kind):
                continue
            for spelling in kind.spellings:
                if (spelling.language, spelling.type, spelling.managed, spelling.within) == (
                    "terraform",
                    instance.type,
                    instance.managed,
                    "",
                ):
                    found = kind(Part(declare(instance), spelling)).word(ref.attribute)
                    if found.pieces == (ref,):
                        return None
                    return _deep(module, found.pieces, ref)
        return None
    finally:
        instance.opened.discard(mark)


def _deep(module: Module, pieces: tuple[Piece, ...], origin: Ref) -> tuple[Piece, ...]:
    out: list[Piece] = []
    for piece in pieces:
        inner = word_of(module, piece) if isinstance(piece, Ref) and piece != origin else None
        out.extend(inner if inner is not None else (piece,))
    return tuple(out)


def _words(kind: type[Resource]) -> set[str]:
    return set(kind.returns.get("terraform", {}).values())
