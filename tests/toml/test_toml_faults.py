"""What is said of a configuration that does not fit the schema."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft7Validator

from validator.aws.partitions import partition_of
from validator.findings import Diagnostic
from validator.toml import faults, nearest, parse
from validator.toml.faults import MAX_FAULTS
from validator.toml.schema import FILE, fits, number_fits, part, schema

WRONG = """\
selct = ["a"]
select = "a"
ignore = ["A b", 3]
fail-on = "warn"
fail_on = 1
account = 111122223333
strict = "yes"
region = "eu west"
baseline = "a\\u0000b"
vars.x = nan
vars.y = [99999999999999999999999]
vars.z = 2020-01-01
parameters.A = [["x"]]
[accounts]
1prod = "1"
ok = "123"
[severity]
flow-log-role-missing = "eror"
"Bad Rule" = "off"
[existing]
bucket = "x"
[[deploy]]
acount = "x"
[[deploy]]
paths = []
workspace = ""
"""
SAID = """\
1:1 the configuration has no key selct; did you mean select?
2:10 select must be a list, not text
3:11 an item of ignore "A b" is not a rule's id
3:18 an item of ignore must be text in quotes, not a number
4:11 fail-on cannot be "warn"; did you mean warning?
5:1 the configuration has no key fail_on; did you mean fail-on?
6:11 account must be text in quotes, not a number
7:10 strict must be true or false, not text
8:10 region "eu west" is not a region
9:12 baseline "a\0b" is not a path
10:10 x is no number of 64 bits
11:11 an item of y is no number of 64 bits
12:10 z must be text, a number, true, false, a list or a table, not a date
13:17 an item of A must be text, a number, true or false, not a list
15:1 "1prod" is not an account's name, which begins with a letter
15:9 1prod "1" is not an account's id of 12 digits
16:6 ok "123" is not an account's id of 12 digits
18:25 flow-log-role-missing cannot be "eror"; did you mean error?
19:1 "Bad Rule" is not a rule's id
20:1 existing must be a list, not a table: write [[existing]] with two brackets
22:1 a table [[deploy]] needs paths
23:1 a table [[deploy]] has no key acount; did you mean account?
25:9 paths is empty
26:13 workspace "" is not a workspace
"""
EXISTING = """\
[[existing]]
bucket = "b"
polcy = "p"
[[existing]]
bucket = "b"
key = "k"
[[existing]]
buckt = "b"
[[existing]]
stream = "s"
tags = { LogDeliveryEnabled = true }
[[existing]]
role = "r"
policies = "p.json"
"""
EXISTING_SAID = """\
3:1 a bucket has no key polcy; did you mean policy?
4:1 a table [[existing]] names one of KINDS
7:1 a table [[existing]] names one of KINDS
11:31 LogDeliveryEnabled must be text in quotes, not true or false
14:12 policies must be a list, not text
"""
KINDS = ", ".join(one["required"][0] for one in part("existing")["oneOf"])


def said(found: tuple[Diagnostic, ...]) -> str:
    assert {one.kind for one in found} <= {"config"}
    return "".join(f"{one.span.line}:{one.span.column} {one.message}\n" for one in found)


def test_every_fault_at_its_place_with_what_was_meant() -> None:
    assert said(faults(parse("predeploy.toml", WRONG))) == SAID


def test_existing_resources_are_the_same_in_both_files() -> None:
    document = parse("p.toml", EXISTING)
    told = EXISTING_SAID.replace("KINDS", KINDS)
    assert said(faults(document)) == told
    assert said(faults(document, "existing-file")) == told


def test_what_is_no_table_names_nothing_that_exists() -> None:
    document = parse("p.toml", 'existing = [1, true, "bucket", 1979-05-27, [], {}]\n')
    assert said(faults(document, "existing-file")).replace(" an item of existing must be", "") == (
        "1:13 a table, not a number\n1:16 a table, not true or false\n1:22 a table, not text\n"
        "1:32 a table, not a date\n1:44 a table, not a list\n"
        f"1:48 a table [[existing]] names one of {KINDS}\n"
    )


def test_a_key_that_is_none_here_may_have_a_hint() -> None:
    document = parse("p.toml", "rules = 1\n[deploy]\nrules = 1\n")
    found = faults(document, hints=lambda: {"rules": "never"})
    assert said(found).startswith("1:1 the configuration has no key rules; never\n")


def test_a_flood_of_faults_is_cut() -> None:
    text = "".join(f"k{number} = 1\n" for number in range(5000))
    assert len(faults(parse("p.toml", text))) == MAX_FAULTS


def test_a_long_value_is_cut() -> None:
    (found,) = faults(parse("p.toml", f'account = "{"1" * 999}"'))
    assert len(found.message) < 200


@pytest.mark.parametrize(
    ("word", "known", "end"),
    [
        ("Fail_On", ["fail-on", "unknown"], "; did you mean fail-on?"),
        ("zzz", ["a", "b"], ": there is a, b"),
        ("zzz", [str(number) for number in range(9)], ""),
        ("zzz", [], ""),
    ],
)
def test_the_nearest_word(word: str, known: list[str], end: str) -> None:
    assert nearest(word, known) == end


def test_the_schema_is_one() -> None:
    Draft7Validator.check_schema(schema())
    assert json.loads(FILE.read_text()) == schema()


def references(one: Any) -> set[str]:
    found: set[str] = set()
    for held in _inside(one):
        found |= references(held)
    whole: Any = one
    name = whole.get("$ref") if isinstance(one, dict) else None
    return found | {name} if isinstance(name, str) else found


def test_every_definition_is_used_and_every_key_is_described() -> None:
    used = {one.rpartition("/")[2] for one in references(schema())}
    assert used | {"existing-file"} == set(schema()["definitions"])
    for name, one in schema()["properties"].items():
        if "$ref" in one:
            # Beside a reference, nothing counts: <https://json-schema.org/draft-07>.
            assert one.keys() == {"$ref"}
            one = part(one["$ref"].rpartition("/")[2])
        assert one["description"], name


@pytest.mark.parametrize(
    "region", ["eu-west-1", "us-gov-west-1", "eusc-de-east-1", "us-isob-east-1"]
)
def test_regions_and_partitions_that_are_there_fit(region: str) -> None:
    assert fits(region, part("region"))
    assert fits(partition_of(region), part("partition"))


words = st.sampled_from(
    ["a-rule", "error", "off", "111122223333", "prod", "eu-west-1", "aws", "", "x/*", "a\0", "A b"]
)
keys = st.sampled_from(
    [
        *schema()["properties"],
        *schema()["definitions"]["existing"]["oneOf"][0]["properties"],
        "paths",
        "key",
        "role",
        "trust",
        "stream",
        "tags",
        "no",
    ]
)
scalars = st.one_of(words, st.booleans(), st.sampled_from([3, -1.5, 2**63, float("inf")]))
anything = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys | words, inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=150, deadline=None)
@given(
    st.dictionaries(keys, anything, max_size=4), st.sampled_from(sorted(schema()["definitions"]))
)
def test_the_quick_look_says_what_jsonschema_says(value: dict[str, Any], definition: str) -> None:
    whole: Any = Draft7Validator(schema())
    right = whole.is_valid(value) and all(map(number_fits, _all(value)))
    assert fits(value, part("")) == right
    one: Any = Draft7Validator({**schema(), "$ref": f"#/definitions/{definition}"})
    for held in (value, *value.values()):
        right = one.is_valid(held) and all(map(number_fits, _all(held)))
        assert fits(held, part(definition)) == right


def _all(value: Any) -> list[object]:
    numbers = [value] if isinstance(value, int | float) else []
    return [*numbers, *(one for held in _inside(value) for one in _all(held))]


def _inside(value: Any) -> list[Any]:
    inner: Any = value
    if isinstance(value, dict):
        return list(inner.values())
    return inner if isinstance(value, list) else []


def test_a_keyword_that_the_quick_look_does_not_know_is_left_to_jsonschema() -> None:
    assert fits("a", {"type": "string"})
    assert not fits("a", {"type": "string", "maxLength": 5})
