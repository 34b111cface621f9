"""A plan as `terraform show -json` and `tofu show -json` write it, its parts in reach by address.

<https://developer.hashicorp.com/terraform/internals/json-format>
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from decimal import Decimal
from typing import cast

from validator.graph.span import Span
from validator.patterns import possessive
from validator.readers.loose import Table, rows, table, words
from validator.records import dataclass, field

MAX_RESOURCES = 20_000
MAX_MODULES = 64
"""How deep modules may call each other."""

MAX_PARTS = 1_500_000
_EXPONENT = 400
_QUOTED = possessive(r'[^"\\]++|\\.')
_ADDRESS = re.compile(rf'"address"\s*:\s*"({_QUOTED})"')
_STEP = re.compile(rf'(\[(?:"{_QUOTED}"|\d+)\])|([^.\[\]"]+)|\.')


class Malformed(Exception):
    """What is no plan, or one that cannot be read; the message says why, `line` where."""

    def __init__(self, why: str, line: int = 1, column: int = 1) -> None:
        super().__init__(why)
        self.line = line
        self.column = column


def steps(address: str) -> list[str]:
    """The parts of an address or reference; an instance key stays in its brackets."""
    return [match[0] for match in _STEP.finditer(address) if match[0] != "."]


def without_keys(address: str) -> str:
    """The address of a whole resource, its modules' instances apart: the last key is cut off."""
    parts = steps(address)
    return address[: -len(parts[-1])] if parts and parts[-1][0] == "[" else address


@dataclass(frozen=True, slots=True, eq=False)
class Planned:
    """One resource instance, or a data source's result.

    `values` leaves out what is unknown; `unknown` and `sensitive` mirror the values' shape with
    `true` at such leaves. `fresh` is whether this deploy makes it anew, None if it is not said.
    """

    address: str
    module: str
    type: str
    key: str
    managed: bool
    values: Table
    unknown: Table
    sensitive: object
    fresh: bool | None
    configured: Table

    def knows(self, attribute: str) -> bool:
        """Whether the plan holds an attribute's whole value."""
        return attribute in self.values and not _open(self.unknown.get(attribute))


def _open(unknown: object) -> bool:
    """Whether there is a `true` leaf anywhere."""
    waiting = [unknown]
    while waiting:
        one = waiting.pop()
        if one is True:
            return True
        waiting += [*table(one).values(), *rows(one)]
    return False


@dataclass(slots=True, eq=False)
class Config:
    """A module as it is configured, whatever instances it has."""

    parent: Config | None
    call: Table
    outputs: Table
    resources: dict[str, Table] = field(default_factory=dict[str, Table])
    calls: dict[str, Config] = field(default_factory=dict[str, "Config"])


class Plan:
    """A plan that was read. Raises `Malformed`."""

    def __init__(self, name: str, text: str) -> None:
        self.name = name
        document = _decoded(text)
        version = words(document.get("format_version"))
        if version.partition(".")[0] not in ("0", "1"):
            raise Malformed(f"this is a plan in format {version or '?'}, which is not known here")
        self.complete = (
            document.get("complete") is not False and document.get("errored") is not True
        )
        self.variables = {
            one: table(given).get("value")
            for one, given in table(document.get("variables")).items()
            if "value" in table(given)
        }
        configuration = table(document.get("configuration"))
        self.providers = {
            one: table(config)
            for one, config in table(configuration.get("provider_config")).items()
        }
        self.root = _config(table(configuration.get("root_module")))
        self._lines = [match.start() for match in re.finditer("\n", text)]
        self._places = _places(text)
        self.resources: dict[str, Planned] = {}
        changes = {
            words(table(one).get("address")): table(one)
            for one in rows(document.get("resource_changes"))
        }
        prior = table(table(document.get("prior_state")).get("values"))
        planned = table(document.get("planned_values"))
        for module, one in _walk(table(planned.get("root_module"))):
            self._add(module, one, changes)
        for module, one in _walk(table(prior.get("root_module"))):
            if one.get("mode") == "data" and words(one.get("address")) not in self.resources:
                self._add(module, one, {})
        self.instances: dict[str, list[str]] = {}
        for address in self.resources:
            self.instances.setdefault(without_keys(address), []).append(address)

    def _add(self, module: str, one: Table, changes: dict[str, Table]) -> None:
        address = words(one.get("address"))
        managed = one.get("mode") != "data"
        if not address or one.get("mode") not in ("managed", "data"):
            return
        if len(self.resources) >= MAX_RESOURCES:
            raise Malformed(f"this plan has more than {MAX_RESOURCES} resources")
        change = table(changes.get(address, {}).get("change"))
        actions = rows(change.get("actions"))
        parts = steps(address)
        local = ("" if managed else "data.") + f"{words(one.get('type'))}.{words(one.get('name'))}"
        config = self.config_of(module)
        self.resources[address] = Planned(
            address=address,
            module=module,
            type=words(one.get("type")),
            key=parts[-1] if parts and parts[-1][0] == "[" else "",
            managed=managed,
            values=table(one.get("values")),
            unknown=table(change.get("after_unknown")),
            sensitive=one.get("sensitive_values", change.get("after_sensitive")),
            fresh="create" in actions if change else None,
            configured={} if config is None else config.resources.get(local, {}),
        )

    def config_of(self, module: str) -> Config | None:
        """The configuration of a module instance."""
        found: Config | None = self.root
        for part in steps(module):
            if part != "module" and part[0] != "[" and found is not None:
                found = found.calls.get(part)
        return found

    def span(self, address: str) -> Span:
        """Where a resource stands in the file: at its address."""
        start, end = self._places.get(address, (0, 0))
        line = bisect_right(self._lines, start - 1)
        begin = self._lines[line - 1] + 1 if line else 0
        return Span(self.name, line + 1, start - begin + 1, line + 1, max(end - begin, 1) + 1)


def _decoded(text: str) -> Table:
    if sum(map(text.count, ",[{")) > MAX_PARTS:
        raise Malformed(f"a plan of more than {MAX_PARTS} parts is not read")
    try:
        document: object = json.loads(
            text, parse_int=_number, parse_float=_number, parse_constant=_constant
        )
    except json.JSONDecodeError as error:
        raise Malformed(f"this is no JSON: {error.msg}", error.lineno, error.colno) from None
    except RecursionError:
        raise Malformed("this is nested too deeply") from None
    if not isinstance(document, dict):
        raise Malformed("a plan is a JSON object")
    return table(cast(object, document))


def _number(written: str) -> Decimal:
    number = Decimal(written)
    if number and abs(number.adjusted()) > _EXPONENT:
        raise Malformed("this plan holds a number that is too large or too small")
    return number


def _constant(written: str) -> object:
    raise Malformed(f"{written} is no JSON")


def _places(text: str) -> dict[str, tuple[int, int]]:
    """The first place of each address: the planned values come before all else."""
    found: dict[str, tuple[int, int]] = {}
    for match in _ADDRESS.finditer(text):
        try:
            address: object = json.loads(f'"{match[1]}"')
        except ValueError:
            continue
        found.setdefault(words(address), (match.start(), match.end()))
    return found


def _walk(root: Table) -> list[tuple[str, Table]]:
    """The resources of a module and of all below it, each with its module's address."""
    found: list[tuple[str, Table]] = []
    waiting = [root]
    while waiting:
        module = waiting.pop(0)
        address = words(module.get("address"))
        found += [(address, table(one)) for one in rows(module.get("resources"))]
        waiting += [table(one) for one in rows(module.get("child_modules"))]
        if len(found) + len(waiting) > MAX_RESOURCES:
            raise Malformed(f"this plan has more than {MAX_RESOURCES} resources and modules")
    return found


def _config(module: Table, parent: Config | None = None, call: Table | None = None) -> Config:
    made = Config(parent, call or {}, table(module.get("outputs")))
    depth, above = 0, parent
    while above is not None:
        depth, above = depth + 1, above.parent
    if depth > MAX_MODULES:
        raise Malformed(f"modules call each other more than {MAX_MODULES} deep")
    for one in rows(module.get("resources")):
        made.resources[words(table(one).get("address"))] = table(one)
    for name, one in table(module.get("module_calls")).items():
        made.calls[name] = _config(table(table(one).get("module")), made, table(one))
    return made
