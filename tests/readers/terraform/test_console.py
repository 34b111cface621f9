"""Every recorded expression, against what `terraform console` answered: value, type, refusals.

Where Terraform says "known after apply" we may know more; then the type must still fit, and what we
know is listed here with the reason why it is sound.
"""

from __future__ import annotations

import base64
import hashlib
import json
import shutil
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from validator.graph.text import Text
from validator.readers import Settings
from validator.readers.terraform.context import Calling
from validator.readers.terraform.cty import text as texts
from validator.readers.terraform.cty.collections import Lazy, Obj, Seq
from validator.readers.terraform.cty.queries import deep, refusal, type_of
from validator.readers.terraform.cty.strings import Str
from validator.readers.terraform.cty.types import Type
from validator.readers.terraform.cty.values import Bool, Null, Num, Unk, Val

DATA = Path(__file__).parents[2] / "data" / "terraform"
RECORDS: list[dict[str, Any]] = [
    json.loads(line, parse_float=Decimal, parse_int=Decimal)
    for line in (DATA / "console.jsonl").read_text(encoding="utf-8").splitlines()
]

_SCHEMA = "the provider's schema gives defaults and types of what is not written; we have none"
DIFFERENT = {
    "strings-33": "a quirk: format of null is recorded as unknown; we say that it is refused",
    "unknown-basic-04": _SCHEMA,
    "unknown-basic-05": _SCHEMA,
    "unknown-basic-06": _SCHEMA,
    "unknown-collection-36": _SCHEMA,
    "unknown-collection-40": _SCHEMA,
    "unknown-collection-21": "the ARN of a bucket named logs is 17 characters long, and no list "
    "of two items has a 17th; Terraform will say so at the apply",
}

ARN = "arn:aws:s3:::logs"
"""What the deploy will give: the ARN of a bucket with a known name in a known partition."""

KNOWN_TO_US: dict[str, Any] = {
    # Terraform waits for the apply; the ARN of a bucket follows from its name.
    "unknown-string-07": True,
    "unknown-string-08": True,
    "unknown-string-09": len(ARN),
    "unknown-string-10": f"x{ARN}".upper(),
    "unknown-string-16": ARN.split(":"),
    "unknown-string-17": 6,
    "unknown-string-18": "logs",
    "unknown-string-19": "abc",
    "unknown-string-20": False,
    "unknown-string-24": True,
    "unknown-string-29": False,
    "unknown-string-30": "a",
    "unknown-string-31": True,
    "unknown-string-32": False,
    "unknown-string-35": True,
    "unknown-string-37": base64.b64encode(ARN.encode()).decode(),
    "unknown-string-38": hashlib.sha256(ARN.encode()).hexdigest(),
    "unknown-logic-12": True,
    "unknown-logic-14": True,
    "unknown-logic-15": len(ARN) + 1,
    "unknown-collection-07": False,
    "unknown-collection-11": {ARN: 1},
    "unknown-collection-12": 2,
    "unknown-collection-14": [ARN.upper(), "B"],
    "unknown-collection-16": {ARN: 1},
    "unknown-collection-20": "d",
    "unknown-collection-24": ["b", ARN],
    "unknown-collection-32": ARN,
    # One side decides `&&` and `||`, as it does in later Terraforms.
    "unknown-logic-01": False,
    "unknown-logic-03": True,
    # Both branches are the same.
    "unknown-logic-09": "same",
}


def plain(value: Val, expand: Callable[[Str], Str]) -> Any:
    """The value as JSON has it; what is open as a one-item dict."""
    match value:
        case Str(pieces=pieces):
            words = texts.lit(value)
            if words is None:
                words = texts.lit(expand(value))
            return {"open": str(Text(pieces))} if words is None else words
        case Num(value=number):
            return number
        case Bool(value=flag):
            return flag
        case Null():
            return None
        case Seq(items=items, rest=rest):
            more = [] if rest is None else [{"open": rest.why}]
            return [*(plain(one, expand) for one in items), *more]
        case Obj(entries=entries):
            return {
                key if isinstance(key, str) else plain(Str(key.pieces), expand): plain(one, expand)
                for key, one in entries.items()
            }
        case Unk(why=why):
            return {"open": why}
        case _:
            return {"open": "an object"}


def words_of(type_: Type) -> str:
    """The type as `type()` of the console prints it, without blanks."""
    if type_.kind == "dynamic":
        return "dynamic"
    if type_.element is not None:
        return f"{type_.kind}({words_of(type_.element)})"
    if type_.kind == "tuple":
        return f"tuple([{','.join(words_of(one) for one in type_.items)}])"
    if type_.kind == "object":
        return f"object({{{','.join(f'{name}:{words_of(one)}' for name, one in type_.fields)}}})"
    return type_.kind


def squeezed(words: str) -> str:
    squeezed = words.replace(" ", "").replace("\n", "")
    for closing in ("])", "})", ")"):
        squeezed = squeezed.replace(f",{closing}", closing)
    return squeezed


def canonical(value: Any) -> str:
    return json.dumps(value, sort_keys=True, default=_number)


def _number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


def _case(record: dict[str, Any]) -> Any:
    reason = DIFFERENT.get(record["id"])
    marks = () if reason is None else pytest.mark.xfail(reason=reason, strict=True)
    return pytest.param(record, id=record["id"], marks=marks)


@pytest.mark.parametrize("record", [_case(record) for record in RECORDS])
def test_expression(record: dict[str, Any], tmp_path: Path, opened: Any) -> None:
    root = DATA / "console" / record["config"]
    if record.get("extra"):
        root = Path(shutil.copytree(root, tmp_path / "copy"))
        (root / "extra.tf").write_text(record["extra"], encoding="utf-8")
    asked = opened(root, Settings(account="123456789012"))
    value: Val = asked.value(record["expression"])
    failed = refusal(value)
    if record["status"] == "error":
        assert failed is not None
        return
    assert failed is None, failed.why
    if record["status"] == "sensitive":
        assert value.secret
        return
    found = words_of(type_of(value))
    expected = squeezed(record["type"])

    def expand(words: Str) -> Str:
        return Calling(asked.module, words.span).expanded(words)

    known = plain(value, expand)
    if record["status"] == "known":
        assert found == expected
        if record["id"] == "unknown-basic-10":
            # The document itself: equal in meaning, the layout of the text is not kept.
            assert json.loads(known) == json.loads(record["value"])
        elif "value" in record:
            assert canonical(known) == canonical(record["value"])
        if isinstance(value, Num):
            assert texts.number(value.value) == record["text"]
        return
    assert found == expected or expected == "dynamic"
    if record["id"] in KNOWN_TO_US:
        assert canonical(known) == canonical(KNOWN_TO_US[record["id"]])
    else:
        assert isinstance(value, Lazy) or _is_open(value)


def _is_open(value: Val) -> bool:
    return any(
        isinstance(one, Unk) or (isinstance(one, Str) and texts.lit(one) is None)
        for one in deep(value)
    )


def test_at_least_97_in_100_are_equal() -> None:
    assert len(RECORDS) == 499
    assert len(DIFFERENT) <= len(RECORDS) * 3 / 100
    assert set(DIFFERENT) | set(KNOWN_TO_US) <= {record["id"] for record in RECORDS}
