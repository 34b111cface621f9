"""`count` and `for_each`: the instances of a resource, a data source or a module call."""

from __future__ import annotations

from validator.graph.text import Text
from validator.graph.values import Unknown
from validator.readers.terraform.cty import text
from validator.readers.terraform.cty.collections import Key, Lazy, Obj, Seq
from validator.readers.terraform.cty.convert import converted
from validator.readers.terraform.cty.nodes import to_node
from validator.readers.terraform.cty.queries import is_whole
from validator.readers.terraform.cty.strings import Str, string
from validator.readers.terraform.cty.types import DYNAMIC, NUMBER
from validator.readers.terraform.cty.values import Null, Num, Refused, Unk, Val, number, refused
from validator.readers.terraform.evaluate import Scope, evaluate
from validator.readers.terraform.hcl import tree
from validator.readers.terraform.hcl.bodies import Body
from validator.readers.terraform.run import Run

MAX_INSTANCES = 5_000


class Instance:
    """One instance: the end of its address, its `each` and `count`, whether it may be missing."""

    __slots__ = ("bound", "exists", "key", "suffix", "value")

    def __init__(
        self, suffix: str, key: Key | None, bound: dict[str, Val], exists: Unknown | None = None
    ) -> None:
        self.suffix = suffix
        self.key = key
        self.bound = bound
        self.exists = exists
        self.value: Val = Null(DYNAMIC)


class Expansion:
    """All instances, and the value that a reference without key means."""

    def __init__(self, name: str, kind: str, instances: list[Instance]) -> None:
        self.name = name
        self.kind = kind
        self.instances = instances
        self.rest: Unk | None = None
        self.value: Val = Null(DYNAMIC)

    def gather(self) -> None:
        """Make the value out of the instances' values."""
        if self.kind == "one":
            self.value = self.instances[0].value
        elif self.kind == "count":
            made = Seq("tuple", [one.value for one in self.instances], rest=self.rest)
            made.owner = self.name
            self.value = made
        elif self.kind == "each":
            entries = {one.key: one.value for one in self.instances if one.key is not None}
            found = Obj("object", entries, rest=self.rest)
            found.owner = self.name
            self.value = found


def expand(body: Body, scope: Scope, name: str, run: Run) -> Expansion:
    """The instances that a block has."""
    count = body.attributes.get("count")
    if count is not None:
        return _counted(count.value, scope, name, run)
    each = body.attributes.get("for_each")
    if each is not None:
        return _for_each(each.value, scope, name, run)
    return Expansion(name, "one", [Instance("", None, {})])


def _open(value: Unk, node: tree.Expr) -> Unknown:
    moved = value.at(node.span)
    found = to_node(moved)
    if isinstance(found, Unknown):
        return found
    return Unknown(value.why, node.span, value.trail, value.supply, value.key)


def _counted(node: tree.Expr, scope: Scope, name: str, run: Run) -> Expansion:
    try:
        value = converted(evaluate(node, scope), NUMBER)
        if isinstance(value, Null):
            raise Refused("count is null")
        if isinstance(value, Num) and (value.value < 0 or not is_whole(value.value)):
            raise Refused("count is a whole number, not negative")
    except Refused as error:
        value = refused(error.why, node.span)
    if isinstance(value, Num):
        amount = int(value.value) if value.value <= MAX_INSTANCES else MAX_INSTANCES + 1
        if amount > MAX_INSTANCES:
            run.report(node.span, f"{name} has more than {MAX_INSTANCES} instances", "limit")
            value = Unk(f"{name} has more than {MAX_INSTANCES} instances", NUMBER, node.span)
        else:
            rows = [
                Instance(f"[{place}]", str(place), {"count": _count(number(place, node.span))})
                for place in range(amount)
            ]
            return Expansion(name, "count", rows)
    assert isinstance(value, Unk)
    planned = None if run.plan is None else run.plan.keys(name)
    if planned is not None and all(key[1:-1].isdigit() for key in planned):
        places = sorted(int(key[1:-1]) for key in planned)
        settled = (number(place, node.span) for place in places)
        rows = [
            Instance(f"[{one.value}]", str(one.value), {"count": _count(one)}) for one in settled
        ]
        return Expansion(name, "count", rows)
    exists = _open(value, node)
    key = value.key or text.key_of(value.at(node.span))
    first = _at_most_one(node)
    place: Val = number(0, node.span) if first else value.of(NUMBER, f"{key}[count.index]")
    if isinstance(place, Unk):
        place.key = f"{key}[count.index]"
    suffix = "[0]" if first else "[count.index]"
    expansion = Expansion(name, "count", [Instance(suffix, "0", {"count": _count(place)}, exists)])
    expansion.rest = value.of(DYNAMIC)
    expansion.rest.key = key
    return expansion


def _count(place: Val) -> Val:
    return Obj("object", {"index": place})


def _at_most_one(node: tree.Expr) -> bool:
    """Whether the count is written as one or none: `enabled ? 1 : 0`."""
    while isinstance(node, tree.Paren):
        node = node.x
    if not isinstance(node, tree.Conditional):
        return False
    return all(
        (isinstance(one, tree.Literal) and one.value in (0, 1)) or _at_most_one(one)
        for one in (node.yes, node.no)
    )


def _for_each(node: tree.Expr, scope: Scope, name: str, run: Run) -> Expansion:
    value = evaluate(node, scope)
    if isinstance(value, Null):
        value = refused("for_each is null", node.span)
    elif isinstance(value, Seq) and value.kind != "set":
        if value.items or value.rest is not None:
            value = refused("for_each takes a map or a set of texts, and this is a list", node.span)
    elif not isinstance(value, Seq | Obj | Unk | Lazy):
        value = refused("for_each takes a map or a set of texts", node.span)
    elif value.secret or (isinstance(value, Seq) and any(item.secret for item in value.items)):
        value = refused("for_each takes nothing that is sensitive", node.span)
    if isinstance(value, Lazy):
        value = value.as_whole().at(node.span)
    rows: list[Instance] = []
    rest: Unk | None = None
    if isinstance(value, Unk):
        rest = value
    else:
        assert isinstance(value, Seq | Obj)
        rest = value.rest
        for key, key_value, item in _pairs(value):
            exists = None
            if isinstance(key_value, Unk):
                rest = rest or key_value
                continue
            suffix = f'["{_escaped(key)}"]' if isinstance(key, str) else f'["{key}"]'
            bound: dict[str, Val] = {"each": Obj("object", {"key": key_value, "value": item})}
            rows.append(Instance(suffix, key, bound, exists))
        if len(rows) > MAX_INSTANCES:
            run.report(node.span, f"{name} has more than {MAX_INSTANCES} instances", "limit")
            rows, rest = [], Unk(f"{name} has more than {MAX_INSTANCES} instances")
    planned = None if rest is None or run.plan is None else run.plan.keys(name)
    if rest is not None and planned is not None and all(key[1] == '"' for key in planned):
        rows += _planned(rest, planned, {row.suffix for row in rows}, node)
        return Expansion(name, "each", sorted(rows, key=lambda row: row.suffix))
    expansion = Expansion(name, "each", rows)
    if rest is not None:
        rows.append(_representative(rest, node))
        expansion.rest = rest.of(DYNAMIC)
        expansion.rest.key = rest.key or text.key_of(rest.at(node.span))
    return expansion


def _escaped(key: str) -> str:
    return key.replace("\\", "\\\\").replace('"', '\\"')


def _pairs(value: Seq | Obj) -> list[tuple[Key, Val, Val]]:
    found: list[tuple[Key, Val, Val]] = []
    if isinstance(value, Obj):
        for key, item in value.sorted():
            span = value.key_spans.get(key, item.span)
            made: Val = string(key, span) if isinstance(key, str) else Str(key.pieces, span)
            made.trail = value.trail
            item_here = item
            if value.trail and not isinstance(item, Lazy):
                from validator.readers.terraform.cty.access import taken

                item_here = taken(value, item)
            found.append((key, made, item_here))
        return found
    for item in value.items:
        known = text.lit(item)
        if known is not None:
            found.append((known, item, item))
        elif isinstance(item, Str):
            found.append((Text(text.merged(item.pieces)), item, item))
        else:
            found.append(("", item if isinstance(item, Unk) else _no_text(item), item))
    return found


def _no_text(item: Val) -> Unk:
    return refused("the keys of for_each are texts", item.span)


def _planned(rest: Unk, keys: list[str], known: set[str], node: tree.Expr) -> list[Instance]:
    """The instances that the plan has beside those that are known here."""
    base = rest.key or text.key_of(rest.at(node.span))
    made: list[Instance] = []
    for suffix in keys:
        if suffix not in known:
            key = _unescaped(suffix[2:-2])
            each = string(key, node.span)
            value: Val = each
            if rest.type.kind != "set":
                value = rest.of(rest.type.element or DYNAMIC, f"{base}{suffix}")
            bound: dict[str, Val] = {"each": Obj("object", {"key": each, "value": value})}
            made.append(Instance(suffix, key, bound))
    return made


def _unescaped(key: str) -> str:
    return key.replace('\\"', '"').replace("\\\\", "\\")


def _representative(rest: Unk, node: tree.Expr) -> Instance:
    """One instance for all that may be there: two resources over one unknown share its key."""
    base = rest.key or text.key_of(rest.at(node.span))
    key = rest.of(DYNAMIC)
    key.key = f"{base}[each.key]"
    value = rest.of(rest.type.element or DYNAMIC)
    value.key = f"{base}[each.value]"
    if rest.type.kind == "set":
        value = key
    bound: dict[str, Val] = {"each": Obj("object", {"key": key, "value": value})}
    exists = _open(rest, node)
    return Instance("[each.key]", Text((key.piece(),)), bound, exists)


__all__ = ["Expansion", "Instance", "expand"]
