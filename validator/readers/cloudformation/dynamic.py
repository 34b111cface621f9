"""Dynamic references: `{{resolve:ssm:NAME}}` is a text that only the deploy knows.

<https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references.html>
"""

from __future__ import annotations

from typing import Final

from validator.graph.values import Hole, Lit, Piece, Text

_OPEN: Final = "{{resolve:"
_CLOSE: Final = "}}"


def settled_later(words: Text) -> Text:
    """The text with each dynamic reference, complete with the pieces inside it, as one hole."""
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
        rest = piece.text
        offset = 0
        while rest:
            mark = _OPEN if inside is None else _CLOSE
            before, found, after = rest.partition(mark)
            if inside is None:
                if before:
                    done.append(_part(piece, offset, before))
                if found:
                    inside = []
            else:
                inside.append(before)
                if found:
                    done.append(_hole("".join(inside)))
                    inside = None
            offset += len(before) + len(found)
            rest = after
    if inside is not None:
        return words
    return Text(tuple(done))


def _part(piece: Lit, offset: int, text: str) -> Piece:
    from validator.readers.cloudformation.source import cut

    return cut((piece,), offset, offset + len(text))[0]


def _hole(reference: str) -> Hole:
    service, _, name = reference.partition(":")
    store = {
        "ssm": f"the SSM parameter {name}",
        "ssm-secure": f"the secure SSM parameter {name}",
        "secretsmanager": f"the secret {name}",
    }.get(service, f"{{{{resolve:{reference}}}}}")
    return Hole(f"resolve:{reference}", f"{store} is read at the deploy only")
