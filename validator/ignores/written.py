"""The ignores that stand in files, whatever their language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from validator.files import Files, Unreadable
from validator.notes import NAME, Misfit, Note

_HCL = (".tf", ".tofu", ".tfvars", ".tf.json", ".tofu.json", ".tfvars.json")


def written(names: Iterable[str], files: Files) -> tuple[list[Note], list[Misfit]]:
    """The ignores in some files, by their shown names. A file without our name costs a search."""
    notes: list[Note] = []
    misfits: list[Misfit] = []
    for name in sorted(set(names)):
        try:
            if NAME.encode() not in files.raw(name):
                continue
            text = files.text(name)
        except Unreadable:
            continue
        for one in _in_file(name, text):
            if isinstance(one, Note):
                notes.append(one)
            else:
                misfits.append(one)
    return notes, misfits


def _in_file(name: str, text: str) -> Iterator[Note | Misfit]:
    if name.endswith(_HCL):
        from validator.readers.terraform.notes import notes as terraform

        return terraform(name, text)
    from validator.readers.cloudformation.notes import notes as cloudformation

    return cloudformation(name, text)
