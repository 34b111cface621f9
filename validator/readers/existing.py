"""Resources that exist already, told by a person: `--existing FILE`.

The file is TOML. Each `[[existing]]` table names one resource by `bucket`, `key`, `role`,
`log-group` or `stream`, with what is known of it; documents are files beside it, as they are or as
`aws s3api get-bucket-policy`, `aws s3api get-bucket-encryption`, `aws kms get-key-policy` and
`aws iam get-role-policy` print them. What is not told stays unknown.
"""

from __future__ import annotations

import json
import posixpath
import tomllib
from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any, cast

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

KINDS: dict[str, tuple[str, frozenset[str]]] = {
    "bucket": ("aws_s3_bucket", frozenset({"policy", "encryption", "kms-key"})),
    "key": ("aws_kms_key", frozenset({"policy"})),
    "role": ("aws_iam_role", frozenset({"trust", "policies"})),
    "log-group": ("aws_cloudwatch_log_group", frozenset({"kms-key"})),
    "stream": ("aws_kinesis_firehose_delivery_stream", frozenset({"tags"})),
}
_EVERYWHERE = frozenset({"account", "region"})
NONE = "none"


class Refused(Exception):
    """Something in the file that cannot be meant; the message says what."""


def read_existing(name: str, files: Files) -> tuple[World, tuple[Diagnostic, ...]]:
    """The resources that a file tells of, as a world of their own, by the file's shown name."""
    try:
        source = files.text(name)
        tables = _tables(source)
    except (Unreadable, tomllib.TOMLDecodeError, Refused) as error:
        return World(name, ()), (_fault(name, 1, str(error)),)
    resources: list[Declared] = []
    faults: list[Diagnostic] = []
    for table in tables:
        line = _line(source, table)
        try:
            resources += _Told(name, line, table, files).declared()
        except (Refused, Unreadable) as error:
            faults.append(_fault(name, line, str(error)))
    return World(name, tuple(resources)), tuple(faults)


def _fault(name: str, line: int, message: str) -> Diagnostic:
    return Diagnostic(Span(name, line, 1, line, 1), message, "config")


def _tables(source: str) -> list[dict[str, Any]]:
    document = tomllib.loads(source)
    tables: object = document.pop("existing", [])
    if document:
        raise Refused(f"unknown key {next(iter(document))}; tables are called [[existing]]")
    if not isinstance(tables, list):
        raise Refused("write [[existing]] with two brackets: there may be several")
    return cast(list[dict[str, Any]], tables)


def _line(source: str, table: Mapping[str, Any]) -> int:
    for kind in KINDS:
        if isinstance(table.get(kind), str):
            for number, line in enumerate(source.splitlines(), 1):
                if line.replace(" ", "").startswith(f"{kind}=") and table[kind] in line:
                    return number
    return 1


class _Told:
    """One table, made into resources as Terraform would declare them."""

    def __init__(self, file: str, line: int, table: Mapping[str, Any], files: Files) -> None:
        self.file = file
        self.span = Span(file, line, 1, line, 2)
        self.table = table
        self.files = files
        kinds = [kind for kind in KINDS if kind in table]
        if len(kinds) != 1:
            raise Refused(f"a table names one of {', '.join(KINDS)}")
        self.kind = kinds[0]
        self.type, allowed = KINDS[self.kind]
        for key in table:
            if key not in (self.kind, *_EVERYWHERE, *allowed):
                near = get_close_matches(key, (*allowed, *_EVERYWHERE), 1)
                hint = f"; did you mean {near[0]}?" if near else ""
                raise Refused(f"a {self.kind} has no {key}{hint}")
        self.name = self.word(self.kind)

    def word(self, key: str) -> str:
        value = self.table[key]
        if not isinstance(value, str) or not value:
            raise Refused(f"{key} must be a text")
        return value

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
        return [self.resource(self.type, "", attributes, arn), *beside]

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
        account = str(self.table.get("account", "")) or (arn[4] if arn else "")
        region = str(self.table.get("region", "")) or (arn[3] if arn else "")
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
        told = self.table.get("encryption")
        if "kms-key" in self.table:
            algorithm = self.known(text("aws:kms"))
            inner.append(self.entry("kms_master_key_id", text(self.word("kms-key"))))
        elif told is None:
            algorithm = self.unknown("encryption")
        elif told in ("AES256", "aws:kms", "aws:kms:dsse"):
            algorithm = self.known(text(str(told)))
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
        told = self.table.get("policies")
        if told is None:
            documents: list[Node] = [self.unknown("policies")]
        elif isinstance(told, list):
            names = cast(list[object], told)
            documents = [self.file_of(str(name), "PolicyDocument") for name in names]
        else:
            raise Refused("policies must be a list of files")
        return [
            self.resource(
                "aws_iam_role_policy",
                f", policy {number}",
                {"role": self.known(text(role)), "policy": document},
            )
            for number, document in enumerate(documents, 1)
        ]

    def tags(self) -> Node:
        told = self.table.get("tags")
        if told is None:
            return self.unknown("tags")
        if not isinstance(told, dict):
            raise Refused("tags must be a table")
        pairs = cast(dict[str, object], told)
        return self.known(
            Fields(tuple(self.entry(key, text(str(value))) for key, value in pairs.items()))
        )
