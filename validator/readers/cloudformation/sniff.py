"""Whether a file is a CloudFormation template, told from its bytes, without parsing YAML.

<https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/template-anatomy.html>
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import cast

_BOM = b"\xef\xbb\xbf"
_TYPE = re.compile(rb"""["']?Type["']?\s*:\s*["']?(?:AWS|Alexa|Custom)::""")
_HEADER = re.compile(rb"""(?m)^[{ \t]*["']?(?:AWSTemplateFormatVersion|Transform)["']?\s*:""")
_RESOURCES = re.compile(rb"""(?m)(?:^|(?<=\r))([ \t]*)["']?Resources["']?[ \t]*:""")
_FLOW = re.compile(rb"""[{,]\s*["']?Resources["']?\s*:\s*\{""")
_COMMENT = re.compile(rb"(?:^|(?<=[\s,{}\[\]]))#[^\r\n]*")
_KEY = re.compile(rb"""(?<!\\)"Resources"\s*:\s*\{""")
_STRING = re.compile(rb"""["][^"\\]*(?:\\.[^"\\]*)*["]""", re.S)
_FIRST = re.compile(rb"(?m)^([ \t]*)(?!---|%|#)(\S)")

_LOCATIONS = (b"TemplateURL", b"Location", b"aws:asset:path")
_NESTED = re.compile(
    rb"""["']?(?:TemplateURL|Location|aws:asset:path)["']?[ \t]*:[ \t]*["']?"""
    rb"""((?![/!&*{\[|>])[^\s"':,{}$]+\.(?:ya?ml|json|template|cfn))"""
    rb"""["']?[ \t]*(?:[\r\n,}#]|\Z)"""
)


def looks_like_template(raw: bytes) -> bool:
    """Whether the content is a template: `Resources` at the top, and AWS types or a header.

    A template that is broken further down still looks like one, so that it gets its diagnostic.
    """
    if b"Resources" not in raw:
        return False
    if _TYPE.search(raw) is None and _HEADER.search(raw) is None:
        return False
    body = raw.removeprefix(_BOM)
    if body.lstrip()[:1] == b"{":
        return _json_has_resources(body)
    first = _FIRST.search(body.replace(b"\r", b"\n"))
    if first is None or first.group(2) == b"-":
        return False
    if first.group(2) == b"{":
        return _flow_has_resources(body)
    return any(found.group(1) == first.group(1) for found in _RESOURCES.finditer(body))


def _json_has_resources(body: bytes) -> bool:
    if _plainly(body):
        return True
    try:
        content: object = json.loads(body)
    except (ValueError, RecursionError):
        # Flow-style YAML, a template that is broken, or one nested to attack us.
        return _flow_has_resources(body)
    if not isinstance(content, dict):
        return False
    return isinstance(cast("Mapping[str, object]", content).get("Resources"), dict)


def _flow_has_resources(body: bytes) -> bool:
    return _FLOW.search(_COMMENT.sub(b"", body)) is not None


def _plainly(body: bytes) -> bool:
    """Whether the only `Resources` in a JSON text is an object right at the top.

    Told from what stands before it, without reading the rest: what follows settles nothing.
    """
    found = _KEY.search(body)
    if found is None or body.count(b'"Resources"') != 1 or b"\\u" in body:
        return False
    before = _STRING.sub(b"", body[: found.start()])
    opened = before.count(b"{") + before.count(b"[")
    closed = before.count(b"}") + before.count(b"]")
    if b'"' in before or b"#" in before:
        return False
    return opened - closed == 1 and before.rstrip()[-1:] in (b"{", b",")


def nested_templates(raw: bytes) -> tuple[str, ...]:
    """The local templates that a template nests, as written: paths from its own folder.

    Found by `TemplateURL`, SAM's `Location`, and the path that the CDK notes beside an asset;
    anything that is put together or an address elsewhere is left out, and so are comments.
    """
    if not any(word in raw for word in _LOCATIONS):
        return ()
    found = (
        one.group(1).decode("utf-8", "replace")
        for one in _NESTED.finditer(raw)
        if not raw[raw.rfind(b"\n", 0, one.start()) + 1 : one.start()].lstrip().startswith(b"#")
    )
    return tuple(dict.fromkeys(found))


def mentions(raw: bytes, types: Iterable[str]) -> bool:
    """Whether the content holds one of the resource types' names."""
    return any(type_.encode() in raw for type_ in types)
