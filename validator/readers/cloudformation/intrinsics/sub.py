"""`Fn::Sub`.

<https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-sub.html>
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from validator.graph import values as v
from validator.graph.text import Text
from validator.readers.cloudformation.dynamic import settled_later
from validator.readers.cloudformation.intrinsics.reference import attribute, named
from validator.readers.cloudformation.intrinsics.registry import function
from validator.readers.cloudformation.intrinsics.text import Built
from validator.readers.cloudformation.loops import looped, marks
from validator.readers.cloudformation.nodes import Call, member
from validator.readers.cloudformation.source import cut

if TYPE_CHECKING:
    from validator.readers.cloudformation.scope import Scope

NAME: Final = re.compile(r"[A-Za-z0-9]+(?:(?:::|\.)[A-Za-z0-9_:-]+)*")


def parts(argument: Node) -> tuple[ScalarNode, MappingNode | None] | None:
    """The text and the names of its own that a `Fn::Sub` is given; None if it is malformed."""
    if isinstance(argument, ScalarNode):
        return argument, None
    if isinstance(argument, SequenceNode) and len(argument.value) == 2:
        words, names = argument.value
        if isinstance(words, ScalarNode) and isinstance(names, MappingNode):
            return words, names
    return None


def variables(words: ScalarNode) -> list[str]:
    """The names in the text, without the escaped ones."""
    names = [name.strip() for _, _, name in marks(words.value)]
    return [name for name in names if not name.startswith("!")]


@function("Fn::Sub")
def sub(scope: Scope, call: Call) -> v.Node | None:
    """A text with `${Name}`, `${Name.Attribute}` and the names of its own put in."""
    given = parts(call.argument)
    if given is None:
        return scope.unknown(call.node, "Fn::Sub takes a text, or a text and an object of names")
    words, names = given
    lits = scope.stack.template.source.written(words)
    if scope.loops:
        lits = looped(lits, scope.loops)
    whole = "".join(lit.text for lit in lits)
    built = Built(scope.span(call.node))
    done = 0
    for start, end, written in marks(whole):
        name = written.strip()
        if name.startswith("!"):
            # `${!x}` is `${x}`: only the mark goes.
            mark = start + 2 + written.index("!")
            built.lits(cut(lits, done, mark))
            done = mark + 1
            continue
        built.lits(cut(lits, done, start))
        done = end
        built.put(_value(scope, name, names, call.node))
        if built.spoiled:
            break
    built.lits(cut(lits, done, len(whole)))
    found = built.node(scope, call.node)
    if isinstance(found, v.Known) and isinstance(found.value, Text):
        return v.Known(settled_later(found.value, scope.reading_place), found.span, found.trail)
    return found


def _value(scope: Scope, name: str, names: MappingNode | None, node: Node) -> v.Node | None:
    own = member(names, name)
    if own is not None:
        return scope.value(own)
    if not NAME.fullmatch(name):
        return scope.unknown(node, f"${{{name}}} is no name that Fn::Sub takes")
    if "." in name:
        resource, _, attribute_name = name.partition(".")
        return attribute(scope, resource, attribute_name, node)
    return named(scope, name, node)
