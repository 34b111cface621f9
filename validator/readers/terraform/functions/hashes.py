"""Hashes of texts, and what is made of them."""

from __future__ import annotations

import base64
from collections.abc import Callable

from validator.readers.terraform.cty.strings import string
from validator.readers.terraform.cty.types import STRING
from validator.readers.terraform.cty.values import Refused, Val
from validator.readers.terraform.functions.encoding import utf8
from validator.readers.terraform.functions.registry import Context, function


def _hash(name: str, digest: Callable[[bytes], str]) -> None:
    @function(name, "s", STRING)
    def hashed(context: Context, words: str) -> Val:
        return string(digest(utf8(words)))

    assert hashed is not None


def _base64(kind: str) -> Callable[[bytes], str]:
    return lambda raw: base64.b64encode(bytes.fromhex(digest_of(kind)(raw))).decode()


def digest_of(kind: str) -> Callable[[bytes], str]:
    """Hexadecimal digits of a hash."""

    def digest(raw: bytes) -> str:
        import hashlib  # loads all of OpenSSL

        return hashlib.new(kind, raw, usedforsecurity=False).hexdigest()

    return digest


for _kind in ("md5", "sha1", "sha256", "sha512"):
    _hash(_kind, digest_of(_kind))
_hash("base64sha256", _base64("sha256"))
_hash("base64sha512", _base64("sha512"))


@function("uuidv5", "ss", STRING)
def uuidv5(context: Context, space: str, words: str) -> Val:
    """The UUID of a name in a name space."""
    import uuid

    spaces = {
        "dns": uuid.NAMESPACE_DNS,
        "url": uuid.NAMESPACE_URL,
        "oid": uuid.NAMESPACE_OID,
        "x500": uuid.NAMESPACE_X500,
    }
    try:
        base = spaces.get(space) or uuid.UUID(space)
    except ValueError:
        raise Refused("this is no name space of UUIDs") from None
    digest = bytes.fromhex(digest_of("sha1")(base.bytes + utf8(words)))
    named = uuid.UUID(bytes=digest[:16], version=5)
    return string(str(named))
