"""Text to YAML nodes: every key and value with its place.

The nodes are PyYAML's own, as its composer gives them; their tags stay as written, since
CloudFormation's functions are tags, and plain scalars are told apart only when they are read.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from validator.findings import Diagnostic
from validator.readers.cloudformation.source import Source

if TYPE_CHECKING:
    from yaml.loader import SafeLoader as _Fastest
else:
    _Fastest = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

MAX_FAULTS: Final = 100
# A little below what Python's own limit lets the composer through, wherever that limit stands: the
# same template must not be read in one run and refused in another.
MAX_NESTING: Final = 910
# The largest templates that AWS takes, of one mebibyte, have half of that.
MAX_PARTS: Final = 200_000
_MERGE: Final = "<<"
_TOO_DEEP: Final = "this is nested too deeply to be read"
_TOO_MANY: Final = f"a template of more than {MAX_PARTS} parts is not read"


class _TooMany(Exception):
    """More keys and values than any template has."""


class _Loader(_Fastest):
    """The C composer (the pure one where libyaml is missing), leaving tags as they are."""

    parts = 0

    def resolve(self, kind: Any, value: Any, implicit: Any) -> str:
        return ""

    def descend_resolver(self, current_node: Any, current_index: Any) -> None:
        # The composer calls this for every node that it makes.
        self.parts += 1
        if self.parts > MAX_PARTS:
            raise _TooMany

    def ascend_resolver(self) -> None:
        pass


def compose(source: Source, *, json_only: bool) -> tuple[Node | None, list[Diagnostic]]:
    """The root node of a text, merge keys resolved, and what is wrong with it.

    Without a root the text could not be read at all. `json_only` says that the file's name
    promises JSON, so that what only YAML forgives is reported.
    """
    faults: list[Diagnostic] = []
    root = _composed(source, faults, json_only=json_only)
    if root is not None and _too_deep(root):
        faults.append(Diagnostic(source.start, _TOO_DEEP, "limit"))
        root = None
    if root is not None:
        faults.extend(_tidied(root, source))
    return root, faults


def _too_deep(root: Node) -> bool:
    """Whether a text is nested deeper than is read; each node counts where it is written."""
    level: list[Node] = [root]
    seen: set[int] = set()
    for _ in range(MAX_NESTING):
        inner: list[Node] = []
        for node in level:
            if isinstance(node, ScalarNode) or id(node) in seen:
                continue
            seen.add(id(node))
            if isinstance(node, MappingNode):
                inner += [part for pair in node.value for part in pair]
            else:
                inner += node.value
        if not inner:
            return False
        level = inner
    return True


def _composed(source: Source, faults: list[Diagnostic], *, json_only: bool) -> Node | None:
    braced = source.text.lstrip()[:1] == "{"
    loader: Any = None
    try:
        loader = _Loader(source.text)
        root: Node | None = loader.get_single_node()
    except yaml.YAMLError as error:
        wrong_json = _wrong_json(source) if braced else None
        if braced and wrong_json is None:
            from validator.readers.cloudformation.jsontext import nodes_of_json

            return nodes_of_json(source.text)
        faults.append(wrong_json if json_only and wrong_json else _yaml_fault(error, source))
        return None
    except RecursionError:
        faults.append(Diagnostic(source.start, _TOO_DEEP, "limit"))
        return None
    except _TooMany:
        faults.append(Diagnostic(source.start, _TOO_MANY, "limit"))
        return None
    finally:
        if loader is not None:
            loader.dispose()
    if braced and json_only and (wrong_json := _wrong_json(source)) is not None:
        faults.append(wrong_json)
    return root


def _wrong_json(source: Source) -> Diagnostic | None:
    if sum(map(source.text.count, ",[{")) > MAX_PARTS:
        return Diagnostic(source.start, _TOO_MANY, "limit")
    try:
        json.loads(source.text)
    except json.JSONDecodeError as error:
        place = source.place(error.lineno, error.colno, error.lineno, error.colno + 1)
        return Diagnostic(place, f"this is no JSON: {error.msg}", "syntax")
    except RecursionError:
        return Diagnostic(source.start, _TOO_DEEP, "limit")
    except ValueError as error:
        return Diagnostic(source.start, f"this is no JSON: {error}", "syntax")
    return None


def _yaml_fault(error: yaml.YAMLError, source: Source) -> Diagnostic:
    if not isinstance(error, yaml.MarkedYAMLError):
        reason = getattr(error, "reason", None) or "a character that YAML does not allow"
        return Diagnostic(source.start, f"this is no YAML: {reason}", "syntax")
    mark = error.problem_mark or error.context_mark
    place = source.start
    if mark is not None:
        line, column = mark.line + 1, mark.column + 1
        place = source.place(line, column, line, column + 1)
    words = ", ".join(part for part in (error.context, error.problem) if part)
    if "nesting depth" in words:
        return Diagnostic(place, _TOO_DEEP, "limit")
    return Diagnostic(place, f"this is no YAML: {words}", "syntax")


def _tidied(root: Node, source: Source) -> list[Diagnostic]:
    """Report repeated keys and keys that are no text; put what merge keys bring in their place."""
    faults: list[Diagnostic] = []
    merging: list[MappingNode] = []
    stack = [root]
    seen: set[int] = set()
    while stack:
        node = stack.pop()
        if isinstance(node, ScalarNode) or id(node) in seen:
            continue
        seen.add(id(node))
        if not isinstance(node, MappingNode):
            stack.extend(node.value)
            continue
        stack.extend([value for _, value in node.value])
        names = [key.value if isinstance(key, ScalarNode) else None for key, _ in node.value]
        if _MERGE in names:
            merging.append(node)
        # Keys that are no text must go, told of or not.
        if None in names or (len(set(names)) != len(names) and len(faults) < MAX_FAULTS):
            _check_keys(node, source, faults)
    if merging:
        _Merges(source, faults).settle(merging)
    return faults


def _check_keys(node: MappingNode, source: Source, faults: list[Diagnostic]) -> None:
    """Report the keys that are repeated or no text; the latter are left out."""
    firsts: dict[str, Node] = {}
    kept: list[tuple[Node, Node]] = []
    for key, value in node.value:
        if not isinstance(key, ScalarNode):
            if len(faults) < MAX_FAULTS:
                message = "a key must be text, not a list or an object"
                faults.append(Diagnostic(source.span(key), message, "syntax"))
            continue
        kept.append((key, value))
        name: str = key.value
        if name == _MERGE and not key.style:
            continue
        if name in firsts and len(faults) < MAX_FAULTS:
            first = source.span(firsts[name]).line
            message = f"{name} is written twice here (first in line {first})"
            faults.append(
                Diagnostic(source.span(key), f"{message}; only the last one counts", "syntax")
            )
        firsts.setdefault(name, key)
    node.value = kept


class _Merges:
    """What `<<` brings into mappings: <https://yaml.org/type/merge.html>."""

    def __init__(self, source: Source, faults: list[Diagnostic]) -> None:
        self._source = source
        self._faults = faults
        self._open: set[int] = set()
        self._done: set[int] = set()

    def settle(self, nodes: list[MappingNode]) -> None:
        """Replace the merge keys of all these mappings."""
        for node in nodes:
            self._settle(node)

    def _settle(self, node: MappingNode) -> None:
        if id(node) in self._done:
            return
        if id(node) in self._open or len(self._open) > 50:
            self._fault(node, "this merge key leads back to itself, or too deep")
            return
        self._open.add(id(node))
        brought: dict[str, tuple[Node, Node]] = {}
        own: list[tuple[Node, Node]] = []
        for key, value in node.value:
            if key.value != _MERGE or key.style:
                own.append((key, value))
                continue
            parts: list[Node] = value.value if isinstance(value, SequenceNode) else [value]
            for part in parts:
                if not isinstance(part, MappingNode):
                    self._fault(part, "a merge key takes a mapping, or a list of mappings")
                    continue
                self._settle(part)
                for pair in part.value:
                    brought.setdefault(pair[0].value, pair)
        for key, _ in own:
            brought.pop(key.value, None)
        node.value = [pair for pair in brought.values() if pair[0].value != _MERGE] + own
        self._open.discard(id(node))
        self._done.add(id(node))

    def _fault(self, node: Node, message: str) -> None:
        self._faults.append(Diagnostic(self._source.span(node), message, "syntax"))
