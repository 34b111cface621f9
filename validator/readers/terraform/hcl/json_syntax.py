"""JSON syntax: `.tf.json` files (as CDKTF writes them) and `.tfvars.json`, to the same tree.

<https://developer.hashicorp.com/terraform/language/syntax/json>
"""

from __future__ import annotations

from collections.abc import Iterator

from validator.readers.terraform.hcl.bodies import Attribute, Block, Body
from validator.readers.terraform.hcl.json_reader import Reader, literal_of
from validator.readers.terraform.hcl.source import Fault, Source
from validator.readers.terraform.hcl.tree import Expr, Literal, Object, Tuple

_LABELS = {
    "resource": 2,
    "data": 2,
    "ephemeral": 2,
    "variable": 1,
    "output": 1,
    "module": 1,
    "provider": 1,
    "locals": 0,
    "terraform": 0,
    "moved": 0,
    "import": 0,
    "removed": 0,
    "check": 1,
}

BLOCKS = frozenset(
    {
        "statement",
        "principals",
        "not_principals",
        "condition",
        "content",
        "destination_options",
        "rule",
        "apply_server_side_encryption_by_default",
        "server_side_encryption_configuration",
        "inline_policy",
        "kinesis_source_configuration",
        "msk_source_configuration",
        "assume_role",
        "assume_role_with_web_identity",
        "lifecycle",
    }
)
"""JSON does not tell blocks from arguments; these names are blocks wherever they matter here."""


def values(source: Source) -> dict[str, Expr]:
    """The values of a `.tfvars.json` file. Raises `Fault`."""
    whole = Reader(source, templates=False).whole()
    if not isinstance(whole, Object):
        raise Fault("the values are one JSON object", whole.start, whole.end)
    return {literal_of(key): value for key, value in whole.entries}


def blocks(source: Source) -> list[Block]:
    """The blocks of a `.tf.json` file. Raises `Fault`."""
    whole = Reader(source, templates=True).whole()
    found: list[Block] = []
    for one in _objects(whole):
        for key, value in one.entries:
            type_ = literal_of(key)
            if type_ == "//" or type_ not in _LABELS:
                continue
            found.extend(_labelled(type_, [], _LABELS[type_], value, key.start))
    return found


def _objects(node: Expr) -> Iterator[Object]:
    if isinstance(node, Object):
        yield node
    elif isinstance(node, Tuple):
        for item in node.items:
            yield from _objects(item)
    elif not (isinstance(node, Literal) and node.value is None):
        raise Fault("an object must stand here", node.start, node.end)


def _labelled(
    type_: str, labels: list[str], missing: int, node: Expr, start: int
) -> Iterator[Block]:
    for one in _objects(node):
        if missing == 0:
            yield Block(one.source, start, one.end, type_, labels, body(one))
            continue
        for key, value in one.entries:
            if literal_of(key) != "//":
                yield from _labelled(
                    type_, [*labels, literal_of(key)], missing - 1, value, key.start
                )


def body(node: Object) -> Body:
    """An object as the body of a block. Raises `Fault`."""
    made = Body(node.source, node.start, node.end)
    for key, value in node.entries:
        name = literal_of(key)
        if name == "//":
            continue
        if name == "dynamic":
            made.blocks.extend(_labelled("dynamic", [], 1, value, key.start))
        elif name in BLOCKS and isinstance(value, Object | Tuple) and _all_objects(value):
            for one in _objects(value):
                made.blocks.append(Block(one.source, key.start, one.end, name, [], body(one)))
        else:
            made.attributes[name] = Attribute(node.source, key.start, name, key.end, value)
    return made


def _all_objects(node: Object | Tuple) -> bool:
    if isinstance(node, Object):
        return True
    return all(isinstance(one, Object) for one in node.items)
