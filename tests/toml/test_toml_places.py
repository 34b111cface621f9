"""Places of keys and values, against the standard library's parser."""

from __future__ import annotations

import json
import time
import tomllib
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from validator.toml import Broken, Document, parse
from validator.toml.places import Lost, Path, Places

WHOLE = '''\
# a comment with [brackets] and = signs
title = "a # b" # "quoted"
"quoted key"."in \\u00e9".'lit.eral' = 1
a.b . c = [ 1, # one
  [2, """three
"four" \\""" five"""],
  { x = 'y', z.w = 1979-05-27 07:32:00Z },
]
[severity]
one = "error"
[ 'tables' . deep ]
k = \'\'\'
[not.a.header]
x = 1\'\'\'\'
[[deploy]]
paths = ["a"]
[[deploy]]
paths = ["b"]
[deploy.vars]
n = -1.5e3
[[deploy.inner]]
m = true
'''


def leaves(value: Any, path: Path = ()) -> Iterator[tuple[Path, object]]:
    """Every value but the tables and arrays that headers make."""
    inner: Any = value
    if isinstance(value, dict):
        for key, held in inner.items():
            yield from leaves(held, (*path, key))
    elif isinstance(value, list):
        for number, held in enumerate(inner):
            yield from leaves(held, (*path, number))
    else:
        yield path, value


def agree(text: str) -> None:
    """Each value of the parser stands where its place says, and each key too."""
    value = tomllib.loads(text)
    places = Places(text)
    found = dict(leaves(value))
    for path, held in found.items():
        start, end = places.values[path]
        assert tomllib.loads(f"x = {text[start:end]}")["x"] == held
        for length in range(1, len(path) + 1):
            start, end = places.keys[path[:length]]
            if isinstance(path[length - 1], str):
                assert list(tomllib.loads(f"{text[start:end]} = 1")) == [path[length - 1]]
    told = {path for path in places.values if path in found}
    assert told == found.keys()


def test_every_kind_of_key_and_value() -> None:
    agree(WHOLE)
    agree(WHOLE.replace("\n", "\r\n"))


@pytest.mark.parametrize(
    ("path", "line", "column"),
    [
        (("title",), 2, 1),
        (("quoted key", "in é"), 3, 14),
        (("a", "b", "c"), 4, 7),
        (("a", "b", "c", 2, "z"), 7, 14),
        (("severity",), 9, 2),
        (("severity", "one"), 10, 1),
        (("tables", "deep"), 11, 14),
        (("deploy", 1, "paths"), 18, 1),
        (("deploy", 1, "vars", "n"), 20, 1),
        (("deploy", 1, "inner", 0, "m"), 22, 1),
        (("deploy", 1, "nowhere"), 17, 3),
    ],
)
def test_where_a_key_is_written(path: Path, line: int, column: int) -> None:
    place = parse("p.toml", WHOLE).key(*path)
    assert (place.file, place.line, place.column) == ("p.toml", line, column)


def test_a_part_of_a_file_has_the_places_of_the_whole() -> None:
    text = '[build]\nx = 1\n[tool.predeploy]\nselect = ["a"]\n'
    document = parse("pyproject.toml", text)
    part = document.below("tool", "predeploy")
    assert isinstance(part, Document)
    assert part.value == {"select": ["a"]}
    assert part.key("select").line == 4
    assert document.below("tool", "other") is None
    assert document.below("build", "x") is None


bare = st.text("abz09_-", min_size=1, max_size=4)
texts = st.text(st.characters(codec="utf-8", exclude_characters="\x7f", min_codepoint=32))
keys = st.one_of(
    bare, texts.map(json.dumps), texts.filter(lambda t: "'" not in t).map("'{}'".format)
)
scalars = st.one_of(
    st.sampled_from(["true", "1979-05-27", "07:32:00.5", "1979-05-27 07:32:00", "0x1f", "inf"]),
    st.integers(-99, 99).map(str),
    texts.map(json.dumps),
    texts.map(lambda one: '"""\n' + json.dumps(one)[1:-1] + '"""'),
    texts.filter(lambda one: "'" not in one).map("'''{}'''".format),
)
blanks = st.sampled_from(["", " ", "\n", " # , ] }\n"])


def listed(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    lists = st.tuples(st.lists(inner, max_size=3), blanks).map(
        lambda one: f"[{one[1]}{f'{one[1]},{one[1]}'.join(one[0])}{one[1]}]"
    )
    pairs = st.lists(st.tuples(keys, inner), max_size=2)
    tables = pairs.map(lambda one: "{" + ", ".join(f"{k} = {v}" for k, v in one) + "}")
    return lists | tables


values = st.recursive(scalars, listed, max_leaves=6)
dotted = st.lists(keys, min_size=1, max_size=3).map(" . ".join)
statements = st.one_of(
    st.tuples(dotted, values).map(" = ".join),
    dotted.map("[{}]".format),
    dotted.map("[[{}]]".format),
    st.just("# [a] b = 'c"),
)


@settings(max_examples=120, deadline=None)
@given(st.lists(statements, max_size=8), st.sampled_from(["\n", "\r\n", "\n\n  "]))
def test_places_agree_with_the_parser(lines: list[str], ending: str) -> None:
    text = ending.join(lines)
    try:
        tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return
    agree(text)


@settings(max_examples=300, deadline=None)
@given(st.text("ab.=[]{}\"'#\\\n ,1", max_size=40))
def test_whatever_is_written_ends_in_values_or_in_one_fault(text: str) -> None:
    right: dict[str, Any] | None
    try:
        right = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        right = None
    try:
        found = parse("p.toml", text)
    except Broken as error:
        assert right is None
        assert error.diagnostic.kind == "config"
        assert 1 <= error.diagnostic.span.line <= text.count("\n") + 1
    else:
        assert found.value == right
        agree(text)


@pytest.mark.parametrize(
    ("text", "line", "column", "message"),
    [
        ('a = 1\nb = "x', 2, 5, "this is no TOML: Unterminated string"),
        ("a = 1\na = 2\n", 2, 6, "this is no TOML: Cannot overwrite a value"),
        ("a = 1\nb = [1,\n", 3, 1, "this is no TOML: Invalid value"),
        ("a = 1 2\n", 1, 7, "this is no TOML: Expected newline or end of document"),
        ("a = tru\n", 1, 5, "this is no TOML: Invalid value"),
        ("a = " + "9" * 5000, 1, 205, "this is no TOML"),
        ("a = " + "[" * 5000, 1, 38, "more than 32 keys, lists or tables in each other"),
        ("a." * 5000 + "b = 1", 1, 65, "more than 32 keys, lists or tables in each other"),
        ("x = 1\n" + "{" * 99, 2, 1, "this is no TOML: Invalid statement"),
        ("#" * 300_000, 1, 1, "this is longer than 256 Ki characters"),
    ],
)
def test_a_broken_text_is_one_fault_at_its_place(
    text: str, line: int, column: int, message: str
) -> None:
    with pytest.raises(Broken) as raised:
        parse("p.toml", text)
    span = raised.value.diagnostic.span
    assert raised.value.diagnostic.message.startswith(message)
    assert (span.line, span.column) == (line, column)


@pytest.mark.parametrize(
    "text",
    [
        "\n".join(f"k{number} = 1" for number in range(20_000)),
        "[[a]]\n[a.b]\n" * 18_000,
        "x = [" + "{a = 1}," * 30_000 + "]",
        "".join("a." * 30 + f"b{number} = 1\n" for number in range(3_500)),
        'x = """' + 'a"' * 120_000,
        'x = "' + '\\"' * 120_000,
        "x = '''" + "a'" * 120_000,
    ],
)
def test_what_is_made_to_keep_us_busy_does_not(text: str) -> None:
    start = time.process_time()
    with suppress(Broken):
        parse("p.toml", text)
    assert time.process_time() - start < 8


def test_lost_says_where() -> None:
    with pytest.raises(Lost) as raised:
        Places("a = 1\n= 2")
    assert raised.value.at == 6
