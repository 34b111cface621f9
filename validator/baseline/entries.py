"""The file of a baseline: one entry a line, sorted, so that two branches merge.

Units are named from the folder that the file is in, so it does not matter where a run starts.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final, cast

from validator.files import MAX_BYTES, Files
from validator.findings import Diagnostic, Finding, Severity, fingerprint
from validator.graph.addresses import address as address_of
from validator.graph.addresses import unit_of
from validator.graph.span import Span, whole
from validator.records import dataclass, replace

VERSION: Final = 1
CANNOT_TELL: Final = "cannot-tell"
"""What stands as the rule of an entry for a delivery that cannot be told."""
_KEY: Final = "predeploy-baseline"
_SEVERITIES: Final = tuple(one.value for one in Severity)


class Broken(Exception):
    """A file that is no baseline; it holds what is wrong, and where."""

    def __init__(self, span: Span, message: str) -> None:
        super().__init__(message)
        self.diagnostic = Diagnostic(span, message, "config")


@dataclass(frozen=True, slots=True)
class Entry:
    """What is known: so many findings of a rule that are the same but for their place.

    `address` is that of the findings with their unit named from the baseline's folder.
    """

    address: str
    rule: str
    fingerprint: str
    severity: Severity
    message: str
    count: int = 1
    line: int = 1

    @property
    def unit(self) -> str:
        """The unit, named from the baseline's folder."""
        return unit_of(self.address)

    def written(self) -> str:
        """The entry as one line of the file."""
        shown: dict[str, object] = {
            "address": self.address,
            "rule": self.rule,
            "severity": self.severity.value,
            "fingerprint": self.fingerprint,
        }
        if self.count > 1:
            shown["count"] = self.count
        return json.dumps({**shown, "message": self.message})


class Place:
    """Where a baseline is, and how units are named from there."""

    def __init__(self, name: str, files: Files) -> None:
        self.name = name
        self.path = Path(files.absolute(name))
        self._files = files
        self._folder = str(Path(os.path.realpath(self.path)).parent)
        self._units: dict[str, str] = {}

    def entry(self, finding: Finding) -> Entry:
        """What a finding is in this baseline."""
        unit = self._units.get(finding.unit)
        if unit is None:
            real = os.path.realpath(self._files.absolute(finding.unit))
            unit = self._units[finding.unit] = Path(os.path.relpath(real, self._folder)).as_posix()
        address = address_of(unit, finding.name)
        key = fingerprint(finding.rule, address, finding.fault)
        return Entry(address, finding.rule, key, finding.severity, finding.message)

    def unit(self, entry: Entry) -> str:
        """The absolute path of the unit of an entry, links followed."""
        return os.path.realpath(os.path.join(self._folder, entry.unit))  # noqa: PTH118


def rendered(entries: Iterable[Entry]) -> str:
    """The whole file; what is the same stands there once, with its number."""
    counted: dict[tuple[str, str, str, int], Entry] = {}
    for one in entries:
        same = counted.get(_order(one))
        counted[_order(one)] = one if same is None else replace(one, count=one.count + same.count)
    lines = ",\n".join(counted[key].written() for key in sorted(counted))
    between = f"\n{lines}\n" if lines else ""
    return f'{{"{_KEY}": {VERSION}, "findings": [{between}]}}\n'


def _order(one: Entry) -> tuple[str, str, str, int]:
    return (one.address, one.rule, one.fingerprint, one.severity.rank)


def read(place: Place) -> tuple[Entry, ...] | None:
    """The entries of a file; None if there is no such file. Raises `Broken`."""
    everything = whole(place.name)
    if not place.path.exists():
        return None
    try:
        if not place.path.is_file() or place.path.stat().st_size > MAX_BYTES:
            raise Broken(everything, "this is no baseline")
        text = place.path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise Broken(everything, error.strerror or "this cannot be read") from None
    except UnicodeDecodeError:
        raise Broken(everything, "this is no UTF-8 text") from None
    return parse(place.name, text)


def parse(name: str, text: str) -> tuple[Entry, ...]:
    """The entries in a text, each with its line. Raises `Broken`."""
    try:
        document: object = json.loads(text)
    except json.JSONDecodeError as error:
        here = Span(name, error.lineno, error.colno, error.lineno, error.colno + 1)
        raise Broken(here, f"this is no baseline: {error.msg}") from None
    except (ValueError, RecursionError):
        raise Broken(whole(name), "this is no baseline: its JSON cannot be read") from None
    top = Span(name, 1, 1, 1, 2)
    if not isinstance(document, dict) or _KEY not in document:
        raise Broken(top, "this is no baseline; --write-baseline writes one")
    table = cast("Mapping[str, object]", document)
    if table[_KEY] != VERSION:
        raise Broken(top, f"this is a baseline of version {table[_KEY]}; {VERSION} is understood")
    rows = table.get("findings")
    if not isinstance(rows, list):
        raise Broken(top, "a baseline has a list of findings")
    lines = _Lines(name, text)
    return tuple(_entry(row, lines) for row in cast("list[object]", rows))


class _Lines:
    """The lines that entries stand on, looked for from one to the next."""

    def __init__(self, name: str, text: str) -> None:
        self.name = name
        self._text = text
        self._at = 0
        self._line = 1

    def of(self, fingerprint: str) -> int:
        """The line of the next entry, by its fingerprint, however the file is formatted."""
        word = json.dumps(fingerprint)
        found = self._text.find(f'"fingerprint": {word}', self._at)
        if found < 0:
            found = self._text.find(word, self._at)
        if found >= 0:
            self._line += self._text.count("\n", self._at, found)
            self._at = found + 1
        return self._line


def _entry(row: object, lines: _Lines) -> Entry:
    found: Mapping[str, Any] = cast("Mapping[str, Any]", row) if isinstance(row, dict) else {}
    texts = {
        name: found.get(name) for name in ("fingerprint", "address", "rule", "severity", "message")
    }
    key = texts["fingerprint"]
    line = lines.of(key if isinstance(key, str) else "")
    place = Span(lines.name, line, 1, line, 2)
    for name, value in texts.items():
        if not isinstance(value, str) or (not value and name != "message"):
            raise Broken(place, f"an entry of a baseline has a text as its {name}")
    if texts["severity"] not in _SEVERITIES:
        raise Broken(place, f"there is no severity {texts['severity']}")
    if not _is_name(unit_of(str(texts["address"]))):
        raise Broken(place, "the address of an entry begins with what no file can be called")
    count: object = found.get("count", 1)
    if not isinstance(count, int) or isinstance(count, bool) or count < 1:
        raise Broken(place, "the count of an entry is a number from 1 on")
    return Entry(
        found["address"],
        found["rule"],
        found["fingerprint"],
        Severity(found["severity"]),
        found["message"],
        count,
        line,
    )


def _is_name(text: str) -> bool:
    """Whether a file could be called so: no system has a name for NUL or half a character."""
    try:
        return b"\0" not in os.fsencode(text)
    except UnicodeEncodeError:
        return False
