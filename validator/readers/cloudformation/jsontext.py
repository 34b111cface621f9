"""JSON that YAML cannot read, to the same nodes.

Nearly all JSON is YAML; not so surrogate pairs, a key with its colon on the next line, or a tab
before the first brace.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from typing import Final

from yaml.error import Mark
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from validator.patterns import possessive

_TOKEN: Final = re.compile(r'[{}\[\]:,]|"' + possessive(r'[^"\\]++|\\.') + r'"|[^\s{}\[\]:,"]+')


def nodes_of_json(text: str) -> Node | None:
    """The root node of a text that is known to be JSON."""
    places = _Places(text)
    # A decoder for each text would take longer than all the rest.
    decoded = json.JSONDecoder(strict=False).decode
    root: Node | None = None
    open_nodes: list[MappingNode | SequenceNode] = []
    keys: list[Node | None] = []
    for token in _TOKEN.finditer(text):
        written = token.group()
        if written in ":,":
            continue
        start, end = places.mark(token.start()), places.mark(token.end())
        if written in "}]":
            closed = open_nodes.pop()
            keys.pop()
            closed.end_mark = end
            continue
        node: Node
        if written == "{":
            node = MappingNode("", [], start, end, flow_style=True)
        elif written == "[":
            node = SequenceNode("", [], start, end, flow_style=True)
        elif written[0] == '"':
            plain = "\\" not in written
            node = ScalarNode("", written[1:-1] if plain else decoded(written), start, end, '"')
        else:
            node = ScalarNode("", written, start, end, None)
        if not open_nodes:
            root = node
        elif isinstance(open_nodes[-1], SequenceNode):
            open_nodes[-1].value.append(node)
        elif keys[-1] is None:
            keys[-1] = node
        else:
            open_nodes[-1].value.append((keys[-1], node))
            keys[-1] = None
        if isinstance(node, (MappingNode, SequenceNode)):
            open_nodes.append(node)
            keys.append(None)
    return root


class _Places:
    """Offsets to lines and columns."""

    def __init__(self, text: str) -> None:
        self._starts = [0, *(found.end() for found in re.finditer(r"\r\n|[\n\r]", text))]

    def mark(self, index: int) -> Mark:
        line = bisect_right(self._starts, index) - 1
        return Mark("", index, line, index - self._starts[line], None, 0)
