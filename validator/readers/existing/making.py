"""Resources made of what a table tells, as Terraform would declare them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from validator.graph.text import Lit, Symbol, Text, text
from validator.graph.values import Datum, Entry, Fields, Items, Known, Node, Unknown
from validator.graph.world import Declared, Place
from validator.readers import Told
from validator.readers.existing.printed import Folder, Refused, document
from validator.readers.loose import words
from validator.toml import nearest

NONE = "none"
"""What a table says of something that there is not: a policy, a boundary, an organisation."""


class Making:
    """A table, whose documents lie in a folder; `accounts` are names for account ids.

    Raises `Refused`, as all of its methods may.
    """

    def __init__(self, told: Told, folder: Folder, accounts: Mapping[str, str]) -> None:
        self.file = told.span.file
        self.span = told.span
        self.given: Mapping[str, object] = told.table
        self.folder = folder
        self._accounts = accounts
        self._account = self.account_id(self.told("account"))

    def resource(
        self,
        type_: str,
        name: str,
        attributes: Mapping[str, Node],
        *,
        arn: str = "",
        managed: bool = True,
    ) -> Declared:
        """A resource; what the table does not tell of its place, its ARN does."""
        return Declared(
            language="terraform",
            type=type_,
            unit=self.file,
            name=name,
            span=self.span,
            exists=Known(True, self.span),
            attribute=attributes.get,
            place=self._place(arn),
            managed=managed,
            # What AWS adds to it stays: no deploy of these files takes it away.
            ignores=lambda attribute: True,
        )

    def _place(self, arn: str) -> Place:
        parts = arn.split(":") if arn.count(":") >= 5 else [""] * 5
        account = self._account or parts[4]
        region = self.told("region") or parts[3]
        there = Place(
            Text((Lit(account) if account else Symbol("account", self.file),)),
            Text((Lit(region) if region else Symbol("region", self.file),)),
        )
        return Place(there.account, there.region, text(parts[1])) if parts[1] else there

    def told(self, key: str) -> str:
        """The text that the table has under a key, empty if it has none."""
        return words(self.given.get(key))

    def account_id(self, named: str) -> str:
        """The id of an account that is given by it or by its name."""
        if named and not named.isdigit():
            if named not in self._accounts:
                raise Refused(f"there is no account {named}{nearest(named, list(self._accounts))}")
            return self._accounts[named]
        return named

    def known(self, value: Datum) -> Known[Datum]:
        """A value."""
        return Known(value, self.span)

    def word(self, value: str) -> Known[Datum]:
        """A text."""
        return self.known(text(value))

    def items(self, nodes: Sequence[Node]) -> Known[Datum]:
        """A list."""
        return self.known(Items(tuple(nodes)))

    def block(self, **fields: Node) -> Known[Datum]:
        """A block: a list of one object."""
        entries = tuple(Entry(text(key), node, self.span) for key, node in fields.items())
        return self.items([self.known(Fields(entries))])

    def unknown(self, what: str, of: str) -> Unknown:
        """What the table could tell and does not."""
        why = f"the {what} of {of} is not told"
        return Unknown(why, self.span, supply=f"{what} in {self.file}")

    def document(self, key: str, of: str) -> Node:
        """The policy document in the file under a key."""
        name = self.told(key)
        return self.folder.document(name) if name else self.unknown(key, of)

    def printed(self, held: object, path: str, of: str) -> Node:
        """A policy document that a command printed inside of something else."""
        found = document(held, path)
        return self.unknown("document", of) if found is None else found


def last_part(name: str) -> str:
    """A name, or what stands behind the fifth colon of an ARN."""
    return name.split(":", 5)[-1] if name.startswith("arn:") else name
