"""What the AWS command line prints, as JSON, read as far as deliveries need it.

The shapes are those of <https://docs.aws.amazon.com/cli/latest/reference/> under the commands that
`docs/existing.md` names.
"""

from __future__ import annotations

import json
import posixpath

from validator.files import Files, Unreadable
from validator.graph.span import Span
from validator.graph.text import text
from validator.graph.values import Datum, Known
from validator.readers.loose import Table, rows, table


class Refused(Exception):
    """Something in a table, or in what a command printed, that cannot be meant."""


_DOCUMENTS = (
    ("Policy",),  # get-bucket-policy, get-key-policy
    ("Role", "AssumeRolePolicyDocument"),  # get-role
    ("PolicyDocument",),  # get-role-policy
    ("PolicyVersion", "Document"),  # get-policy-version
)


class Folder:
    """The JSON files beside the file that tells."""

    def __init__(self, file: str, files: Files) -> None:
        self._folder = posixpath.dirname(file)
        self._files = files

    def read(self, name: str) -> tuple[str, str, object]:
        """A file's shown name, its text and what that holds. Raises `Refused`."""
        path = self._files.name(posixpath.join(self._folder, name))
        try:
            source = self._files.text(path)
            return path, source, json.loads(source)
        except RecursionError:
            raise Refused(f"{path}: this is nested too deeply") from None
        except (ValueError, Unreadable) as error:
            raise Refused(f"{path}: {error}") from None

    def document(self, name: str) -> Known[Datum]:
        """A policy document as it is, or inside what a command prints. Raises `Refused`."""
        path, source, parsed = self.read(name)
        for *outer, last in _DOCUMENTS:
            held = table(parsed)
            for key in outer:
                held = table(held.get(key))
            if (found := document(held.get(last), path)) is not None:
                return found
        whole = Span(path, 1, 1, source.count("\n") + 1, 1)
        return Known(text(source, whole), whole)

    def table(self, name: str, command: str, key: str) -> Table:
        """The object under a key of what a command prints. Raises `Refused`."""
        path, _, parsed = self.read(name)
        whole = table(parsed)
        if not isinstance(whole.get(key), dict):
            raise Refused(f"{path} is not what {command} prints: it has no {key}")
        return table(whole[key])

    def rows(self, name: str, command: str, key: str) -> list[Table]:
        """The objects in the list under a key of what a command prints. Raises `Refused`."""
        path, _, parsed = self.read(name)
        whole = table(parsed)
        if not isinstance(whole.get(key), list):
            raise Refused(f"{path} is not what {command} prints: it has no list of {key}")
        return [table(one) for one in rows(whole[key])]


def document(held: object, path: str) -> Known[Datum] | None:
    """A policy document that a file holds, as a text or as an object; None if it is neither."""
    if isinstance(held, dict):
        held = json.dumps(held)
    return Known(text(held), Span(path, 1, 1, 1, 2)) if isinstance(held, str) else None
