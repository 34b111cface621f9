"""Resources that exist already, told by a person: `--existing FILE`, or in the configuration.

The file is TOML, as `predeploy_schema.json` has it. Each `[[existing]]` table names one resource by
`bucket`, `key`, `role`, `log-group` or `stream`, with what is known of it; documents are files
beside it, as they are or as `aws s3api get-bucket-policy`, `aws s3api get-bucket-encryption`,
`aws kms get-key-policy` and `aws iam get-role-policy` print them. What is not told stays unknown.
"""

from __future__ import annotations

import json
import posixpath
from collections.abc import Iterable, Mapping
from typing import cast

from validator.files import Files, Unreadable
from validator.findings import Diagnostic
from validator.graph.graph import Declared, Place, World
from validator.graph.values import (
    Datum,
    Entry,
    Fields,
    Items,
    Known,
    Lit,
    Node,
    Span,
    Symbol,
    Text,
    Unknown,
    text,
)
from validator.readers import Told
from validator.toml import Broken, Document, faults, nearest, parse

TYPES = {
    "bucket": "aws_s3_bucket",
    "key": "aws_kms_key",
    "role": "aws_iam_role",
    "log-group": "aws_cloudwatch_log_group",
    "stream": "aws_kinesis_firehose_delivery_stream",
}
"""The keys that name a resource; `predeploy_schema.json` has them with all others."""
NONE = "none"


class Refused(Exception):
    """Something in the file that cannot be meant; the message says what."""


def read_existing(
    name: str, files: Files, accounts: Mapping[str, str]
) -> tuple[World, tuple[Diagnostic, ...]]:
    """The resources that a file tells of, by its shown name, as a world of their own.

    `accounts` are names that may stand for account ids.
    """
    try:
        document = parse(name, files.text(name))
    except Unreadable as error:
        return World(name, ()), (Diagnostic(Span(name, 1, 1, 1, 1), str(error), "config"),)
    except Broken as error:
        return World(name, ()), (error.diagnostic,)
    wrong = faults(document, "existing-file")
    if wrong:
        return World(name, ()), wrong
    return world(name, told(document), files, accounts)


def told(document: Document) -> tuple[Told, ...]:
    """The `[[existing]]` tables of a document that fits the schema."""
    tables = cast(list[dict[str, object]], document.value.get("existing", []))
    found: list[Told] = []
    for number, table in enumerate(tables):
        kind = next(kind for kind in TYPES if kind in table)
        found.append(Told(document.key("existing", number, kind), table))
    return tuple(found)


def world(
    name: str, tables: Iterable[Told], files: Files, accounts: Mapping[str, str]
) -> tuple[World, tuple[Diagnostic, ...]]:
    """The resources that tables of a file tell of, as a world of their own."""
    resources: list[Declared] = []
    wrong: list[Diagnostic] = []
    for table in tables:
        try:
            resources += _Table(table, files, accounts).declared()
        except (Refused, Unreadable) as error:
            wrong.append(Diagnostic(table.span, str(error), "config"))
    return World(name, tuple(resources)), tuple(wrong)


class _Table:
    """One table, made into resources as Terraform would declare them."""

    def __init__(self, one: Told, files: Files, accounts: Mapping[str, str]) -> None:
        self.file = one.span.file
        self.span = one.span
        self.table = one.table
        self.files = files
        self.kind = next(kind for kind in TYPES if kind in self.table)
        self.name = self.word(self.kind)
        self.account = self.word("account") if "account" in self.table else ""
        if self.account and not self.account.isdigit():
            if self.account not in accounts:
                near = nearest(self.account, list(accounts))
                raise Refused(f"there is no account {self.account}{near}")
            self.account = accounts[self.account]

    def word(self, key: str) -> str:
        """A value that is text by the schema."""
        return cast(str, self.table[key])

    def declared(self) -> list[Declared]:
        arn = self.name.split(":", 5) if self.name.startswith("arn:") else None
        name = self.name if arn is None else arn[-1]
        name = name.removeprefix("log-group:").removesuffix(":*").removeprefix("deliverystream/")
        attributes: dict[str, Node] = {}
        beside: list[Declared] = []
        match self.kind:
            case "bucket":
                attributes["bucket"] = self.known(text(name))
                beside = [*self.bucket_policy(name), *self.encryption(name)]
            case "key":
                attributes["key_id"] = self.known(text(name.removeprefix("key/")))
                attributes["policy"] = self.document("policy")
            case "role":
                path, _, last = name.removeprefix("role").rpartition("/")
                attributes["name"] = self.known(text(last))
                attributes["path"] = self.known(text(f"{path}/"))
                attributes["assume_role_policy"] = self.document("trust")
                beside = self.role_policies(last)
            case "log-group":
                attributes["name"] = self.known(text(name))
                if self.table.get("kms-key", NONE) != NONE:
                    attributes["kms_key_id"] = self.known(text(self.word("kms-key")))
            case _:
                attributes["name"] = self.known(text(name))
                attributes["tags_all"] = self.tags()
        return [self.resource(TYPES[self.kind], "", attributes, arn), *beside]

    def resource(
        self, type_: str, part: str, attributes: dict[str, Node], arn: list[str] | None = None
    ) -> Declared:
        return Declared(
            language="terraform",
            type=type_,
            unit=self.file,
            name=f"{self.kind} {self.name}{part}",
            span=self.span,
            exists=Known(True, self.span),
            attribute=attributes.get,
            place=self.place(arn),
        )

    def place(self, arn: list[str] | None) -> Place:
        account = self.account or (arn[4] if arn else "")
        region = self.word("region") if "region" in self.table else (arn[3] if arn else "")
        mine = Place(
            Text((Lit(account) if account else Symbol("account", self.file),)),
            Text((Lit(region) if region else Symbol("region", self.file),)),
        )
        return Place(mine.account, mine.region, text(arn[1])) if arn else mine

    def known(self, value: Datum) -> Known[Datum]:
        return Known(value, self.span)

    def unknown(self, what: str) -> Unknown:
        why = f"the {what} of {self.kind} {self.name} is not told"
        return Unknown(why, self.span, supply=f"{what} in {self.file}")

    def document(self, key: str) -> Node:
        if key not in self.table:
            return self.unknown(key)
        return self.file_of(self.word(key), "Policy")

    def file_of(self, name: str, inner: str) -> Node:
        """A JSON document of a file; with `inner`, the text under that key if there is one."""
        path = self.files.name(posixpath.join(posixpath.dirname(self.file), name))
        source = self.files.text(path)
        try:
            parsed: object = json.loads(source)
        except ValueError as error:
            raise Refused(f"{path}: {error}") from None
        held = cast(dict[str, object], parsed).get(inner) if isinstance(parsed, dict) else None
        if isinstance(held, dict):
            held = json.dumps(held)
        if isinstance(held, str):
            return Known(text(held), Span(path, 1, 1, 1, 2))
        return Known(text(source, Span(path, 1, 1, source.count("\n") + 1, 1)), self.span)

    def bucket_policy(self, bucket: str) -> list[Declared]:
        if self.table.get("policy") == NONE:
            return []
        policy = self.document("policy")
        attributes: dict[str, Node] = {"bucket": self.known(text(bucket)), "policy": policy}
        return [self.resource("aws_s3_bucket_policy", ", its policy", attributes)]

    def encryption(self, bucket: str) -> list[Declared]:
        algorithm: Node
        inner: list[Entry] = []
        written = self.table.get("encryption")
        if "kms-key" in self.table:
            algorithm = self.known(text("aws:kms"))
            inner.append(self.entry("kms_master_key_id", text(self.word("kms-key"))))
        elif written is None:
            algorithm = self.unknown("encryption")
        elif written in ("AES256", "aws:kms", "aws:kms:dsse"):
            algorithm = self.known(text(str(written)))
        else:
            algorithm, inner = self.encryption_of(self.word("encryption"))
        entries = (Entry(text("sse_algorithm"), algorithm, self.span), *inner)
        default = self.known(Items((self.known(Fields(entries)),)))
        name = text("apply_server_side_encryption_by_default")
        rule = self.known(Fields((Entry(name, default, self.span),)))
        attributes: dict[str, Node] = {
            "bucket": self.known(text(bucket)),
            "rule": self.known(Items((rule,))),
        }
        type_ = "aws_s3_bucket_server_side_encryption_configuration"
        return [self.resource(type_, ", its encryption", attributes)]

    def encryption_of(self, name: str) -> tuple[Node, list[Entry]]:
        """What `aws s3api get-bucket-encryption` prints."""
        path = self.files.name(posixpath.join(posixpath.dirname(self.file), name))
        try:
            printed = json.loads(self.files.text(path))
            rules = printed["ServerSideEncryptionConfiguration"]["Rules"]
            default = rules[0]["ApplyServerSideEncryptionByDefault"]
            algorithm, key = default["SSEAlgorithm"], default.get("KMSMasterKeyID")
        except (ValueError, KeyError, IndexError, TypeError):
            raise Refused(f"{path} is not what get-bucket-encryption prints") from None
        inner = [] if key is None else [self.entry("kms_master_key_id", text(str(key)))]
        return self.known(text(str(algorithm))), inner

    def entry(self, key: str, value: Datum) -> Entry:
        return Entry(text(key), self.known(value), self.span)

    def role_policies(self, role: str) -> list[Declared]:
        documents: list[Node] = [self.unknown("policies")]
        if "policies" in self.table:
            names = cast(list[str], self.table["policies"])
            documents = [self.file_of(name, "PolicyDocument") for name in names]
        return [
            self.resource(
                "aws_iam_role_policy",
                f", policy {number}",
                {"role": self.known(text(role)), "policy": document},
            )
            for number, document in enumerate(documents, 1)
        ]

    def tags(self) -> Node:
        if "tags" not in self.table:
            return self.unknown("tags")
        pairs = cast(dict[str, str], self.table["tags"])
        return self.known(
            Fields(tuple(self.entry(key, text(value)) for key, value in pairs.items()))
        )
