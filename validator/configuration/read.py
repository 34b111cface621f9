"""The configuration's values, each put where a run looks for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import cast

from validator.config import Options
from validator.configuration import Misconfigured
from validator.configuration.find import PYPROJECT, TABLE, Candidate
from validator.configuration.supplied import KEYS, At, Paths, Supplied, Table
from validator.discover import files_for
from validator.files import Unreadable
from validator.findings import Diagnostic, Severity
from validator.globs import Globs
from validator.graph.span import Span, whole
from validator.readers import Settings
from validator.records import dataclass, replace
from validator.toml import Broken, Document, as_table, faults, parse
from validator.toml.faults import Hints


@dataclass(frozen=True, slots=True)
class Named:
    """A rule's id as the configuration has it, and where."""

    id: str
    span: Span


@dataclass(frozen=True, slots=True)
class Configuration:
    """What a configuration says: options as far as it has them, and how a run ends.

    `named` are the rules that it names, which nobody has looked up yet.
    """

    document: Document
    options: Options
    named: tuple[Named, ...]
    fail_on: str
    unknown: str
    strict: bool


def read(
    several: Iterable[Candidate], paths: Sequence[Path], working: Path, hints: Hints
) -> Configuration | None:
    """The first of several candidates that is a configuration, None if none is.

    `hints` says of keys that are none what to do instead. Raises `Misconfigured`.
    """
    for candidate in several:
        document = _document(candidate)
        if document is None:
            continue
        wrong = faults(document, hints=hints)
        if wrong:
            raise Misconfigured(wrong)
        return _Reading(document, candidate, paths, working).whole()
    return None


def _document(candidate: Candidate) -> Document | None:
    name = candidate.name
    try:
        document = parse(name, candidate.files.text(name))
    except Unreadable as error:
        raise Misconfigured([Diagnostic(whole(name), str(error), "config")]) from None
    except Broken as error:
        raise Misconfigured([error.diagnostic]) from None
    if Path(name).name != PYPROJECT:
        return document
    part = document.below(*TABLE)
    tool = document.below(TABLE[0])
    if part is None and tool is not None and TABLE[1] in tool.value:
        message = f"[{'.'.join(TABLE)}] must be a table"
        raise Misconfigured([document.fault(document.key(*TABLE), message)])
    return part


class _Reading:
    """One configuration that fits the schema; what the schema cannot tell is checked here."""

    def __init__(
        self, document: Document, candidate: Candidate, paths: Sequence[Path], working: Path
    ) -> None:
        self._document = document
        self._values = document.value
        self._folder = candidate.folder
        self._named: dict[str, list[Named]] = {}
        files = files_for(paths, working)
        root = None
        # Without git, what is below the configuration may be read; but not for a chosen one.
        if candidate.found and not Path(candidate.folder).is_relative_to(files.root):
            root = Path(candidate.folder)
            files = files_for(paths, working, root)
        self._paths = Paths(document, candidate.folder, files)
        self._accounts = cast(dict[str, str], self._values.get("accounts", {}))
        self._options = Options(accounts=self._accounts, root=root)

    def whole(self) -> Configuration:
        """All of it. Raises `Misconfigured`."""
        options = replace(
            self._options,
            deploys=tuple(self._deploys()),
            select=self._rules("select"),
            ignore=self._rules("ignore"),
            severity=dict(self._severities()),
            path_ignores=tuple(self._path_ignores()),
            never_ignore=self._rules("never-ignore"),
            require_reason=self._flag("require-reason"),
            baseline=self._baseline(),
            exclude=self._exclude(),
        )
        if "existing" in self._values:
            from validator.readers.existing import told

            options = replace(options, told=told(self._document))
        options = replace(options, ignore=options.ignore | self._off())
        self._contradictions()
        if self._paths.wrong:
            raise Misconfigured(self._paths.wrong)
        return Configuration(
            document=self._document,
            options=options,
            named=tuple(one for several in self._named.values() for one in several),
            fail_on=cast(str, self._values.get("fail-on", "")),
            unknown=cast(str, self._values.get("unknown", "")),
            strict=self._flag("strict"),
        )

    def _flag(self, key: str) -> bool:
        return bool(self._values.get(key, False))

    def _table(self, key: str) -> dict[str, object]:
        return cast(dict[str, object], self._values.get(key, {}))

    def _rules(self, *at: str) -> frozenset[str]:
        held: object = self._values
        for key in at:
            held = (as_table(held) or {}).get(key, [])
        ids = cast(list[str], held)
        for number, id_ in enumerate(ids):
            self._name(at[0], id_, self._document.at(*at, number))
        return frozenset(ids)

    def _name(self, key: str, id_: str, span: Span) -> None:
        self._named.setdefault(key, []).append(Named(id_, span))

    def _severities(self) -> Iterator[tuple[str, Severity]]:
        for id_, level in self._table("severity").items():
            self._name(
                "off" if level == "off" else "severity", id_, self._document.key("severity", id_)
            )
            if level != "off":
                yield id_, Severity(level)

    def _off(self) -> frozenset[str]:
        return frozenset(one.id for one in self._named.get("off", ()))

    def _path_ignores(self) -> Iterator[tuple[Globs, frozenset[str]]]:
        for glob in self._table("path-ignores"):
            yield Globs(self._folder, (glob,)), self._rules("path-ignores", glob)

    def _baseline(self) -> str:
        written = cast(str, self._values.get("baseline", ""))
        return self._paths.inside(written, ("baseline",)) if written else ""

    def _exclude(self) -> tuple[Globs, ...]:
        globs = cast(list[str], self._values.get("exclude", []))
        return (Globs(self._folder, tuple(globs)),) if globs else ()

    def _deploys(self) -> Iterator[tuple[Globs, Settings]]:
        tables: list[tuple[Table, At]] = [(self._values, ())]
        deploys = cast(list[dict[str, object]], self._values.get("deploy", []))
        tables += [(table, ("deploy", number)) for number, table in enumerate(deploys)]
        for table, at in tables:
            if table.keys() & KEYS:
                globs = cast(list[str], table.get("paths", ["."]))
                said = Supplied(self._paths, self._accounts, table, at)
                yield Globs(self._folder, tuple(globs)), said.settings()

    def _contradictions(self) -> None:
        never = {one.id for one in self._named.get("never-ignore", ())}
        for key in ("ignore", "off", "path-ignores"):
            for one in self._named.get(key, ()):
                if one.id in never:
                    message = f"{one.id} cannot be ignored and be in never-ignore"
                    self._paths.wrong.append(Diagnostic(one.span, message, "config"))
