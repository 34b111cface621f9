"""Dynamic references: `{{resolve:ssm:NAME}}` is a text that only the deploy knows.

<https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references.html>
"""

from __future__ import annotations

from typing import Final

from validator.graph.imports import EXPORT
from validator.graph.stored import PARAMETER_NAME, TOGETHER, stored
from validator.graph.text import Hole, Lit, Piece, Text
from validator.graph.world import Place
from validator.readers.cloudformation.source import cut

_OPEN: Final = "{{resolve:"
_CLOSE: Final = "}}"


def settled_later(words: Text, place: Place | None) -> Text:
    """The text with each dynamic reference, complete with the pieces inside it, as one hole.

    `place` is where the deploy reads it, None if that is in several accounts and regions.
    """
    if not any(isinstance(piece, Lit) and _OPEN in piece.text for piece in words.pieces):
        return words
    done: list[Piece] = []
    inside: list[str] | None = None
    for piece in words.pieces:
        if not isinstance(piece, Lit):
            if inside is None:
                done.append(piece)
            else:
                inside.append(str(Text((piece,))))
            continue
        offset = 0
        while offset < len(piece.text):
            mark = _OPEN if inside is None else _CLOSE
            found = piece.text.find(mark, offset)
            end = found if found >= 0 else len(piece.text)
            if inside is None:
                done.extend(cut((piece,), offset, end))
                inside = [] if found >= 0 else None
            else:
                inside.append(piece.text[offset:end])
                if found >= 0:
                    done.append(_hole("".join(inside), place))
                    inside = None
            offset = end + len(mark)
    if inside is not None:
        return words
    return Text(tuple(done))


def _hole(reference: str, place: Place | None) -> Hole:
    service, _, name = reference.partition(":")
    store = {
        "ssm": f"the SSM parameter {name}",
        "ssm-secure": f"the secure SSM parameter {name}",
        "secretsmanager": f"the secret {name}",
    }.get(service, f"{{{{resolve:{reference}}}}}")
    key, supply = f"resolve:{reference}", ""
    # A version of old (`NAME:1`) may have another value.
    if service == "ssm" and place is not None and PARAMETER_NAME.fullmatch(name):
        key, supply = EXPORT + stored(name, place), TOGETHER
    return Hole(key, f"{store} is read at the deploy only", supply)
