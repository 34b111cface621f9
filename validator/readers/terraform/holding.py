"""Whether a file may declare something of a name, told without evaluating anything.

To a bucket that a flow log names, a repository has hundreds of others that are called otherwise;
their modules need not be read.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection

from validator.files import Files, Unreadable
from validator.near import LIKE
from validator.readers.terraform.hcl import parse
from validator.readers.terraform.hcl.bodies import Block, Body
from validator.readers.terraform.hcl.slicer import slices
from validator.readers.terraform.hcl.source import Fault, Source
from validator.readers.terraform.hcl.tree import Attr, Chars, Expr, Index, Name, Template

# The arguments that say what a resource is called, or which one it belongs to.
_NAMED_BY = ("bucket", "name", "role", "role_name")
_BEGIN_WITH = ("bucket_prefix", "name_prefix")
_HANDED_ON = ("id", "bucket", "name", "arn")


def may_hold(file: str, files: Files, sought: Collection[tuple[str, str]]) -> bool:
    """Whether a `.tf` or `.tf.json` file may declare something of a kind and a name.

    `sought` are the beginnings of types (`aws_s3_bucket`), each with a literal name. A name that
    is almost the same counts, and what cannot be told without evaluating it.
    """
    if file.endswith(".json"):
        return True
    try:
        text = files.text(file)
    except Unreadable:
        return True
    parts, fault = slices(text)
    if fault:
        return True
    source = Source(file, text)
    for part in parts:
        type_ = part.labels[0] if len(part.labels) == 2 else ""
        called = [one for one in sought if type_.startswith(one[0])]
        if not called:
            continue
        try:
            block: Block = parse.block(source, part.start, part.end)
        except Fault:
            return True
        if any(_is_perhaps(block.body, start, name) for start, name in called):
            return True
    return False


def _is_perhaps(body: Body, start: str, name: str) -> bool:
    attributes = body.attributes
    named = (attributes[one].value for one in _NAMED_BY if one in attributes)
    begun = (attributes[one].value for one in _BEGIN_WITH if one in attributes)
    return any(_may_be(one, name, start) for one in named) or any(
        _may_be(one, name, start, longer=True) for one in begun
    )


def _may_be(value: Expr, name: str, start: str, *, longer: bool = False) -> bool:
    """Whether a value may be a name or almost, or with `longer` the beginning of one."""
    if isinstance(value, Template):
        literal = "".join(part.text for part in value.parts if isinstance(part, Chars))
        return _alike(literal, name, more=longer or value.literal is None)
    if isinstance(value, Attr) and value.name in _HANDED_ON:
        value = value.of
        while isinstance(value, Attr | Index):
            value = value.of
        # Another resource of this module: its name is looked at where it is declared.
        return not (isinstance(value, Name) and value.name.startswith(start))
    return True


def _alike(text: str, name: str, *, more: bool) -> bool:
    """Whether a text may be as like a name as `LIKE`, with `more` whatever is added to it.

    This is the bound that `difflib` tries first: which letters they have in common.
    """
    shared = (Counter(text) & Counter(name)).total()
    added = len(name) - shared if more else 0
    return 2 * (shared + added) >= LIKE * (len(text) + added + len(name))
