"""Whether a call of something that is not here asks it for flow logs, as the call's inputs say.

Modules and nested stacks have switches for them under names of their own: `enable_flow_log`,
`vpc_flow_logs`, `EnableVPCFlowLogs`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import partial

from validator.graph.span import Span
from validator.graph.text import Text
from validator.graph.values import Fields, Items, Known, Node, Unknown
from validator.graph.world import Declared, Language, Place

FLOW_LOG: dict[Language, str] = {
    "terraform": "aws_flow_log",
    "cloudformation": "AWS::EC2::FlowLog",
}

# The verbs that stand in front, what is watched, and the nouns that stand behind.
_SWITCH = re.compile(
    r"(?:is|enabled?|created?|use|deploy|provision|with|p)*"
    r"(?:vpcs?|tgw|transitgateway|subnets?|eni|network)*flowlogs?"
    r"(?:enabled?|created?|config|configs|configuration|options|settings)?"
)
_NAMED = re.compile(r"flow[-_ ]?log", re.I)
_OFF = frozenset({"", "false", "0", "none", "disabled", "off", "no"})


def is_switch(name: str) -> bool:
    """Whether an input has a name that turns flow logs on, or describes them."""
    return _SWITCH.fullmatch(name.replace("_", "").lower()) is not None


def is_named_after(words: str) -> bool:
    """Whether what is called is named after flow logs: it makes some unless it is told not to."""
    return _NAMED.search(words) is not None


def asks(switches: Iterable[Node | None], *, named: bool) -> bool:
    """Whether a call asks for flow logs, and does not say by a switch that it wants none.

    `switches` are the values of its switches, None for one that is taken away. `named` is set for
    what is called after flow logs.
    """
    found = named
    for node in switches:
        if node is None or _is_off(node):
            return False
        found = True
    return found


def unread_flow_log(
    language: Language,
    unit: str,
    name: str,
    span: Span,
    unknown: Unknown,
    place: Place = Place(),  # noqa: B008  # a constant
    calls: tuple[Span, ...] = (),
) -> Declared:
    """What stands for flow logs that nobody can write out, all of it unknown for one reason."""
    return Declared(
        language=language,
        type=FLOW_LOG[language],
        unit=unit,
        name=name,
        span=span,
        exists=unknown,
        attribute=partial(_unknown, unknown),
        place=place,
        calls=calls,
        unread=unknown,
    )


def _unknown(unknown: Unknown, name: str) -> Node:
    return unknown


def _is_off(node: Node) -> bool:
    """Whether the value of a switch says that no flow logs are wanted."""
    match node:
        case Known(value=None | False):
            return True
        case Known(value=Text() as words):
            return words.literal is not None and words.literal.lower() in _OFF
        case Known(value=Items(items=(), rest=None) | Fields(entries=(), rest=None)):
            return True
        case _:
            return False
