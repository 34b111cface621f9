"""What a configuration supplies for what is deployed: accounts, regions, variables, parameters."""

from __future__ import annotations

import json
import os
import posixpath
from collections.abc import Callable, Iterator, Mapping
from typing import Final, cast

from validator.files import Files
from validator.findings import Diagnostic
from validator.readers import Configured, Given, Settings
from validator.toml import Document, nearest

Table = Mapping[str, object]
At = tuple[str | int, ...]


class Paths:
    """Paths of a configuration, seen from its folder; what is wrong with one is noted."""

    def __init__(self, document: Document, folder: str, files: Files) -> None:
        self.document = document
        self.wrong: list[Diagnostic] = []
        self._folder = folder
        self._files = files

    def fault(self, at: At, message: str) -> None:
        """Note what is wrong with a value."""
        self.wrong.append(self.document.fault(self.document.at(*at), message))

    def inside(self, written: str, at: At) -> str:
        """The shown name of a path; one that leaves the repository is a fault."""
        name = self._files.name(posixpath.join(self._folder, written))
        if not self._files.inside(name):
            self.fault(at, f"{written} lies outside the repository and is not read")
        return name

    def file(self, written: str, at: At) -> str:
        """The shown name of a file that is there; any other is a fault."""
        name = self.inside(written, at)
        if self._files.inside(name) and not os.path.isfile(self._files.absolute(name)):  # noqa: PTH113
            self.fault(at, f"there is no file {written}")
        return name


class Supplied:
    """The settings of one table: the top of the configuration, or a `[[deploy]]`."""

    def __init__(self, paths: Paths, accounts: Mapping[str, str], table: Table, at: At) -> None:
        self._paths = paths
        self._accounts = accounts
        self._table = table
        self._at = at

    def settings(self) -> Settings:
        """All that the table supplies."""
        return Settings(
            variables=(*self._files("var-files"), *self._values("vars", _json)),
            workspace=self._word("workspace"),
            parameters=(*self._files("parameter-files"), *self._values("parameters", _text)),
            account=self._account(),
            region=self._word("region"),
            partition=self._word("partition"),
        )

    def _word(self, key: str) -> str:
        return cast(str, self._table.get(key, ""))

    def _account(self) -> str:
        written = self._word("account")
        if written and not written.isdigit():
            if written not in self._accounts:
                near = nearest(written, list(self._accounts))
                message = f"there is no account {written} in [accounts]{near}"
                self._paths.fault((*self._at, "account"), message)
            return self._accounts.get(written, "")
        return written

    def _files(self, key: str) -> Iterator[Given]:
        for number, written in enumerate(cast(list[str], self._table.get(key, []))):
            yield self._paths.file(written, (*self._at, key, number))

    def _values(self, key: str, words: Callable[[str, object], str]) -> Iterator[Given]:
        for name, value in cast(dict[str, object], self._table.get(key, {})).items():
            span = self._paths.document.at(*self._at, key, name)
            yield Configured(name, words(name, value), span)


def _json(name: str, value: object) -> str:
    return json.dumps({name: value})


def _text(name: str, value: object) -> str:
    """A parameter as the AWS CLI takes it: <https://docs.aws.amazon.com/cli/latest/reference/>."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return ",".join(_text(name, one) for one in cast(list[object], value))
    return str(value)


KEYS: Final = frozenset(
    (
        *("account", "region", "partition", "workspace"),
        *("vars", "var-files", "parameters", "parameter-files"),
    )
)
"""What `Supplied` reads."""
