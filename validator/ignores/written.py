"""The ignores that stand in files, whatever their language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from validator.files import Files, Unreadable
from validator.notes import NAME, Misfit, Note

MAX_IGNORES = 1_000
"""How many rules may be ignored in one file, each counted at each place."""
MAX_MISFITS = 100
"""How many malformed ignores are told of in one file, before the last one stands for the rest."""

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
        rules, amiss = MAX_IGNORES, MAX_MISFITS
        for one in _in_file(name, text):
            if isinstance(one, Note):
                rules -= len(one.rules)
                if rules >= 0:
                    notes.append(one)
                    continue
                most = f"a file may hold {MAX_IGNORES} ignores: this and all below do not count"
                misfits.append(Misfit(one.span, most))
                break
            amiss -= 1
            if amiss >= 0:
                misfits.append(one)
            elif amiss == -1:
                misfits.append(Misfit(one.span, f"{one.message}; there are more in this file"))
    return notes, misfits


def _in_file(name: str, text: str) -> Iterator[Note | Misfit]:
    if name.endswith(_HCL):
        from validator.readers.terraform.notes import notes as terraform

        return terraform(name, text)
    from validator.readers.cloudformation.notes import notes as cloudformation

    return cloudformation(name, text)
