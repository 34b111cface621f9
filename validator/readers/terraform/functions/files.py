"""Functions that read files, inside the repository only, and functions on paths."""

from __future__ import annotations

import base64
import posixpath
import re
from collections.abc import Callable

from validator.graph.span import Span
from validator.graph.text import Lit
from validator.readers.terraform.cty.collections import Lazy, Obj, Seq
from validator.readers.terraform.cty.strings import Str, string
from validator.readers.terraform.cty.types import BOOL, DYNAMIC, STRING, set_of
from validator.readers.terraform.cty.values import Bool, Null, Refused, Unk, Val
from validator.readers.terraform.functions.hashes import digest_of
from validator.readers.terraform.functions.registry import Context, function, give_up


@function("file", "s", STRING)
def file(context: Context, path: str) -> Val:
    """The text of a file."""
    name, words = context.file(path)
    lines = words.split("\n")
    span = Span(name, 1, 1, len(lines), len(lines[-1]) + 1)
    return Str((Lit(words, span),), span)


@function("filebase64", "s", STRING)
def filebase64(context: Context, path: str) -> Val:
    """Base64 of a file."""
    return string(base64.b64encode(context.file_bytes(path)).decode())


@function("fileexists", "s", BOOL)
def fileexists(context: Context, path: str) -> Val:
    """Whether a file is there."""
    return Bool(context.exists(path))


@function("fileset", "ss", set_of(STRING))
def fileset(context: Context, path: str, pattern: str) -> Val:
    """The files below a folder whose relative paths match a pattern."""
    matches = _glob(pattern)
    found = sorted(name for name in context.listing(path) if matches(name))
    return Seq("set", [string(name) for name in found], STRING)


def _glob(pattern: str) -> Callable[[str], bool]:
    """`*`, `?`, `[x]` within a name, `**` over folders, `{a,b}` for either."""
    if len(pattern) > 1000:
        raise Refused("this pattern is too long")
    out: list[str] = []
    at = 0
    depth = 0
    while at < len(pattern):
        sign = pattern[at]
        if pattern.startswith("**/", at):
            out.append("(?:[^/]+/)*")
            at += 3
            continue
        if pattern.startswith("**", at):
            out.append(".*")
            at += 2
            continue
        if sign == "*":
            out.append("[^/]*")
        elif sign == "?":
            out.append("[^/]")
        elif sign == "{":
            depth += 1
            out.append("(?:")
        elif sign == "}" and depth:
            depth -= 1
            out.append(")")
        elif sign == "," and depth:
            out.append("|")
        elif sign == "[" and "]" in pattern[at + 2 :]:
            end = pattern.index("]", at + 2)
            inner = pattern[at + 1 : end].replace("\\", "\\\\")
            out.append(f"[{'^' + inner[1:] if inner[0] in '^!' else inner}]")
            at = end
        else:
            out.append(re.escape(sign))
        at += 1
    from validator.readers.terraform.functions.regex import compiled

    whole = compiled("".join(out) + (")" * depth))
    return lambda name: whole.fullmatch(name) is not None


def _hash(name: str, digest: Callable[[bytes], str]) -> None:
    @function(name, "s", STRING)
    def hashed(context: Context, path: str) -> Val:
        return string(digest(context.file_bytes(path)))

    assert hashed is not None


for _kind in ("md5", "sha1", "sha256", "sha512"):
    _hash(f"file{_kind}", digest_of(_kind))


def _base64(kind: str) -> Callable[[bytes], str]:
    digest = digest_of(kind)
    return lambda raw: base64.b64encode(bytes.fromhex(digest(raw))).decode()


for _kind in ("sha256", "sha512"):
    _hash(f"filebase64{_kind}", _base64(_kind))


@function("templatefile", "sv", DYNAMIC)
def templatefile(context: Context, path: str, values: Val) -> Val:
    """A file rendered with values."""
    name, words = context.file(path)
    return context.render(name, words, _values(values))


@function("templatestring", "sv", DYNAMIC)
def templatestring(context: Context, words: str, values: Val) -> Val:
    """A text rendered with values."""
    span = context.span
    return context.render(f"{span.file}", words, _values(values))


def _values(values: Val) -> Obj:
    if isinstance(values, Unk):
        give_up(values)
    if isinstance(values, Null | Lazy) or not isinstance(values, Obj):
        raise Refused("the values of a template are an object")
    return values


@function("basename", "s", STRING)
def basename(context: Context, path: str) -> Val:
    """The last part of a path."""
    stripped = path.rstrip("/")
    return string(posixpath.basename(stripped) or ("/" if path else "."))


@function("dirname", "s", STRING)
def dirname(context: Context, path: str) -> Val:
    """A path without its last part."""
    folder = posixpath.dirname(path)
    return string(posixpath.normpath(folder) if folder else ".")


@function("abspath", "v", STRING)
def abspath(context: Context, path: Val) -> Val:
    """An absolute path, which differs from machine to machine."""
    return Unk("absolute paths differ from machine to machine", STRING, context.span, present=True)


@function("pathexpand", "s", STRING)
def pathexpand(context: Context, path: str) -> Val:
    """A path with `~` written out, which differs from machine to machine."""
    if path.startswith("~"):
        return Unk(
            "home folders differ from machine to machine", STRING, context.span, present=True
        )
    return string(path)
