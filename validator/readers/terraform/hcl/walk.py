"""What an expression or a body refers to, without evaluating it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from validator.readers.terraform.hcl import tree
from validator.readers.terraform.hcl.bodies import Body
from validator.readers.terraform.hcl.source import Node

Reference = tuple[str, ...]
"""`("var", "x")`, `("module", "net", "vpc_id")`, `("data", "aws_vpc", "a")`, `("aws_vpc", "a")`."""

_NO_REFERENCES = frozenset({"each", "count", "path", "terraform", "self", "*"})


def references(node: Node, bound: frozenset[str] = frozenset()) -> Iterator[Reference]:
    """The references in an expression; names that it binds itself are none."""
    queue: list[tuple[Node, frozenset[str]]] = [(node, bound)]
    while queue:
        one, names = queue.pop()
        found = _reference(one, names)
        if found is not None:
            yield found
        inner = one.of if found is not None and isinstance(one, tree.Attr) else None
        if inner is not None:
            # Keys on the way to the root may refer to something themselves.
            queue.extend((key, names) for key in _keys(one))
            continue
        queue.extend(_children(one, names))


def in_body(
    body: Body, bound: frozenset[str] = frozenset(), skipped: frozenset[str] = frozenset()
) -> Iterator[Reference]:
    """The references in a body and in the blocks in it, a `lifecycle` block's lists aside."""
    for attribute in body.attributes.values():
        if attribute.name not in skipped:
            yield from references(attribute.value, bound)
    for block in body.blocks:
        names = bound
        if block.type == "dynamic" and block.labels:
            iterator = block.body.attributes.get("iterator")
            own = block.labels[0]
            if iterator is not None and isinstance(iterator.value, tree.Name):
                own = iterator.value.name
            names = bound | {own}
            yield from in_body(block.body, names, frozenset({"iterator"}))
            continue
        unread = frozenset({"ignore_changes"}) if block.type == "lifecycle" else frozenset[str]()
        yield from in_body(block.body, names, unread)


def chain(node: Node) -> tuple[str, list[str | None]] | None:
    """A reference's root and the names behind it; a literal key is skipped, an open one is None."""
    steps: list[str | None] = []
    current = node
    while isinstance(current, tree.Attr | tree.Index):
        if isinstance(current, tree.Attr):
            steps.append(current.name)
        elif not isinstance(current.key, tree.Literal) and not (
            isinstance(current.key, tree.Template) and current.key.literal is not None
        ):
            steps.append(None)
        current = current.of
    if not isinstance(current, tree.Name):
        return None
    return current.name, steps[::-1]


def _reference(node: Node, bound: frozenset[str]) -> Reference | None:
    if not isinstance(node, tree.Attr | tree.Index):
        return None
    found = chain(node)
    if found is None:
        return None
    root, steps = found
    if root in bound or root in _NO_REFERENCES or not steps or steps[0] is None:
        return None
    if root in ("var", "local"):
        return root, steps[0]
    if root == "module":
        output = steps[1] if len(steps) > 1 else None
        return ("module", steps[0]) if output is None else ("module", steps[0], output)
    if root == "data":
        return ("data", steps[0], steps[1]) if len(steps) > 1 and steps[1] is not None else None
    return root, steps[0]


def _keys(node: Node) -> Iterator[Node]:
    current = node
    while isinstance(current, tree.Attr | tree.Index):
        if isinstance(current, tree.Index):
            yield current.key
        current = current.of


def _children(node: Node, bound: frozenset[str]) -> Iterable[tuple[Node, frozenset[str]]]:
    match node:
        case tree.Attr(of=of):
            return [(of, bound)]
        case tree.Index(of=of, key=key):
            if _reference(node, bound) is not None:
                return [(one, bound) for one in _keys(node)]
            return [(of, bound), (key, bound)]
        case tree.Splat(of=of, each=each):
            return [(of, bound), (each, bound)]
        case tree.Call(arguments=arguments):
            return [(one, bound) for one in arguments]
        case tree.Unary(x=x) | tree.Paren(x=x):
            return [(x, bound)]
        case tree.Binary(left=left, right=right):
            return [(left, bound), (right, bound)]
        case tree.Conditional(test=test, yes=yes, no=no):
            return [(test, bound), (yes, bound), (no, bound)]
        case tree.Tuple(items=items):
            return [(one, bound) for one in items]
        case tree.Object(entries=entries):
            return [(one, bound) for entry in entries for one in entry]
        case tree.For():
            names = bound | {name for name in (node.key_name, node.value_name) if name}
            inner = [one for one in (node.key, node.value, node.test) if one is not None]
            return [(node.of, bound), *((one, names) for one in inner)]
        case tree.Template(parts=parts):
            return [(one, bound) for one in parts]
        case tree.If(test=test, yes=yes_parts, no=no_parts):
            return [(test, bound), *((one, bound) for one in (*yes_parts, *no_parts))]
        case tree.Repeat(of=of, parts=parts):
            names = bound | {name for name in (node.key_name, node.value_name) if name}
            return [(of, bound), *((one, names) for one in parts)]
        case _:
            return []
