"""Policies with every element and operator, and questions about them, for hypothesis."""

# JSON as it comes: what is inside has no type.
# pyright: reportUnknownArgumentType=false, reportUnknownLambdaType=false
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false

from __future__ import annotations

from typing import Any, TypeAlias

from hypothesis import strategies as st

from tests.policy.cases import (
    ACCOUNT,
    ITEM,
    MADE,
    ONE,
    OTHER,
    OWN,
    ROLE,
    SAME,
    SERVICE,
    TWO,
    WHO,
    WHOLE,
    WORDS,
    Case,
    Key,
    Value,
    told,
)
from validator.graph.text import Lit
from validator.graph.verdict import Truth
from validator.policy import Anything, ContextValue

Condition: TypeAlias = "tuple[str, str, Any]"
Element: TypeAlias = "dict[str, Any]"

# --- keys of the request -----------------------------------------------------------------------


def _known(*words: str) -> st.SearchStrategy[Key]:
    """A key with one of these values, perhaps; or one that is absent, or has one of two values."""
    there = st.sampled_from(words).map(lambda word: (word,))
    return st.one_of(
        there.map(lambda value: Key(told(value), (value,))),
        there.map(lambda value: Key(told(value), (value,))),
        there.map(lambda value: Key(told(value, Truth.MAYBE), (value, None))),
        st.just(Key(ContextValue(None, Truth.NO), (None,))),
        st.tuples(there, there).map(_either_of),
    )


def _either_of(two: tuple[tuple[str], tuple[str]]) -> Key:
    one, other = told(two[0]).values, told(two[1]).values
    assert other is not None
    return Key(ContextValue(one, instead=other), two)


_FREE: tuple[Value, ...] = tuple((word,) for word in WORDS if word)
_SETS: tuple[Value, ...] = (("a",), ("b", "a"), ("x",), ("ab", "x"), ("b",))
_TEXT = st.one_of(
    _known("a", "b", "ab", "x", "a*", ":"),
    _known(ONE, f"a{ONE}", TWO, OWN),
    _known(MADE, SAME, f"a{MADE}", "vpc-bbbbbbbb"),
    st.just(Key(ContextValue(None), _FREE)),
    st.just(Key(ContextValue(None, Truth.MAYBE), (*_FREE, None))),
    st.builds(
        lambda start, least: Key(
            ContextValue(((Lit(start), Anything(least)),)),
            tuple((start + word,) for word in WORDS if len(word) >= least),
        ),
        st.sampled_from(["a", "b"]),
        st.integers(0, 2),
    ),
)
_SEVERAL = st.one_of(
    st.sampled_from(_SETS).map(lambda value: Key(told(value), (value,))),
    st.sampled_from(_SETS).map(lambda value: Key(told(value, Truth.MAYBE), (value, None))),
    st.just(Key(ContextValue(None, multivalued=True), _SETS)),
    st.just(Key(ContextValue(None, Truth.MAYBE, multivalued=True), (*_SETS, None))),
)
_UNLISTED = st.sampled_from(
    [Key(None, (None, ("a",), ("b",), ("ab",))), Key(ContextValue(None, Truth.NO), (None,))]
)
_SOURCE = "arn:aws:logs:r:1:"
_KEYS: dict[str, st.SearchStrategy[Key]] = {
    "k:s": _TEXT,
    "k:t": _TEXT,
    "k:m": _SEVERAL,
    "k:u": _UNLISTED,
    "k:arn": _known(f"{_SOURCE}a", f"{_SOURCE}b:x", f"{_SOURCE}{ONE}", f"arn:a:b:r:{OWN}:a", "a:b"),
    "k:n": _known("1", "10", "2.50", "-3", "0"),
    "k:d": _known("2026-01-01T00:00:00Z", "2026-06-30", "1767225600"),
    "k:ip": _known("10.0.0.1", "192.0.0.8", "2001:db8::1"),
    "k:b": _known("true", "false", "True"),
}

# --- conditions --------------------------------------------------------------------------------

_VARIABLES = ["${k:s}", "${K:T}", "${k:t, 'a'}", "${k:s,'*'}", "${*}", "${$}", "${k:m}", "${k:u}"]
_LETTERS = [*"aabb**?:x1", ONE, TWO, OWN, MADE, SAME, "vpc-", "vpc-0*", "vpc-????????"]
_words = st.lists(st.sampled_from([*_LETTERS, *_VARIABLES]), max_size=3).map("".join)
_arns = st.one_of(
    st.builds(
        lambda parts, tail: ":".join((*parts, tail)),
        st.tuples(
            st.just("arn"),
            st.sampled_from(["aws", "*", "aws*", "a"]),
            st.sampled_from(["logs", "*", "b"]),
            st.sampled_from(["r", "*", "?", "s", ""]),
            st.sampled_from(["1", "*", "2", OWN, "${k:t}", "${k:m}"]),
        ),
        _words,
    ),
    st.sampled_from(["*", "arn:aws:logs:*", "${k:arn}"]),
)
_STRINGS = [
    *("StringEquals", "StringNotEquals", "StringLike", "StringNotLike"),
    *("StringEqualsIgnoreCase", "StringNotEqualsIgnoreCase"),
]
_RELATIONS = [
    "Equals",
    "NotEquals",
    *(f"{way}Than{eq}" for way in ("Less", "Greater") for eq in ("", "Equals")),
]


def _one_or_several(one: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """A value or a list, in which something may not be known."""
    several = st.lists(one, min_size=1, max_size=3)
    return st.one_of(*[one] * 3, *[several] * 3, several.map(lambda listed: [*listed, ITEM]))


def _on(
    key: str, operators: list[str], *values: Any, sets: bool = False
) -> st.SearchStrategy[Condition]:
    """Conditions on a key, whose name is written in any case."""
    quantifiers = ("ForAllValues:", "ForAnyValue:") if sets else ("", "", "ForAllValues:")
    names = [
        f"{q}{name}{end}" for name in operators for q in quantifiers for end in ("", "IfExists")
    ]
    one = st.one_of(*(v if isinstance(v, st.SearchStrategy) else st.just(v) for v in values))
    return st.tuples(
        st.sampled_from([*names, *(["StringEquals"] if sets else [])]),
        st.sampled_from([key, key.upper(), key.title()]),
        _one_or_several(one),
    )


_conditions = st.one_of(
    _on("k:s", _STRINGS, _words),
    _on("k:t", _STRINGS, _words),
    _on("k:u", _STRINGS, _words),
    _on("k:m", _STRINGS, _words, sets=True),
    _on("k:arn", ["ArnEquals", "ArnLike", "ArnNotEquals", "ArnNotLike"], _arns),
    _on("k:arn", ["StringLike", "StringEquals"], _arns),
    _on("k:n", [f"Numeric{one}" for one in _RELATIONS], 1, 10, 2.5, "2.50", "1e1", "-3", "ten"),
    _on(
        "k:d",
        [f"Date{one}" for one in _RELATIONS],
        *("2026-01-01", "2026-01-01T01:00:00+01:00", "1767225600", "2026-06-30T00:00:00Z"),
    ),
    _on(
        "k:ip",
        ["IpAddress", "NotIpAddress"],
        *("10.0.0.0/8", "192.0.0.8", "0.0.0.0/0", "::/0", "2001:db8::/32"),
    ),
    _on("k:b", ["Bool", "Bool", "StringEquals"], True, False, "true", "false", "FALSE", "${k:b}"),
    st.tuples(
        st.just("Null"),
        st.sampled_from(["k:s", "K:T", "k:m", "k:n", "k:u"]),
        st.sampled_from(["true", "false", True, False, ["true", "false"]]),
    ),
)


def _block(conditions: list[Condition]) -> Element:
    found: Element = {}
    for name, key, values in conditions:
        found.setdefault(name, {})[key] = values
    return {"Condition": found} if found else {}


# --- statements --------------------------------------------------------------------------------


def _element(name: str, values: st.SearchStrategy[str]) -> st.SearchStrategy[Element]:
    return st.builds(
        lambda word, value: {word: value},
        st.sampled_from([name, name, f"Not{name}"]),
        _one_or_several(values),
    )


_people = st.lists(
    st.sampled_from(
        [
            *(ACCOUNT, OTHER, ROLE, f"arn:aws:iam::{ACCOUNT}:root", f"{ROLE}s"),
            *(OWN, f"arn:aws:iam::{OWN}:root", WHO, "*"),
        ]
    ),
    min_size=1,
    max_size=3,
)
_services = st.lists(st.sampled_from([SERVICE, "ec2.amazonaws.com", WHO]), min_size=1, max_size=2)
_who = st.one_of(
    st.just("*"),
    st.just({"AWS": "*"}),
    st.just({"Service": SERVICE}),
    st.fixed_dictionaries({"Service": _services}, optional={"AWS": _people}),
    st.fixed_dictionaries({"AWS": _people}),
)
_principals = st.one_of(
    st.just({"Principal": "*"}),
    *[_who.map(lambda who: {"Principal": who})] * 3,
    _who.map(lambda who: {"NotPrincipal": who}),
)
_actions = st.sampled_from(
    [
        *("*", "*", "s3:*", "s3:*", "S3:putobject", "s3:Put?bject", "s3:Get*", "s3:*ct"),
        *("s3:GetBucketAcl", f"s3:{ONE}*"),
    ]
)
_EARLY = [*["arn:aws:s3:::"] * 6, "arn:*:s3:::", "arn:aws:s3:*:", "arn:aws:*:::"]
_resources = st.one_of(
    *[st.builds(lambda early, words: early + words, st.sampled_from(_EARLY), _words)] * 6,
    st.sampled_from(["*", "arn:aws:s3:*"]),
)


def _documents(*, resource_policy: bool) -> st.SearchStrategy[Element]:
    statement = st.builds(
        lambda effect, *elements: (
            {"Effect": effect} | {k: v for e in elements for k, v in e.items()}
        ),
        st.sampled_from(["Allow", "Allow", "Deny"]),
        _principals if resource_policy else st.just({}),
        _element("Action", _actions),
        _element("Resource", _resources),
        st.lists(_conditions, max_size=2).map(_block),
    )
    anyone: Element = {"Principal": "*"} if resource_policy else {}
    # With everything allowed, the Denies decide.
    everything = {"Effect": "Allow", **anyone, "Action": "*", "Resource": "*"}
    several = st.lists(statement, min_size=1, max_size=4)
    return st.builds(
        lambda version, statements: {"Version": version, "Statement": statements},
        st.sampled_from(["2012-10-17", "2012-10-17", "2008-10-17"]),
        st.one_of(
            statement,
            several,
            several.map(lambda others: [everything, *others]),
            several.map(lambda others: [WHOLE, *others]),
        ),
    )


_anythings = st.one_of(
    st.builds(Anything, least=st.integers(0, 2), colons=st.booleans()),
    st.just(Anything(1, alphabet="0123456789", fixed=True)),
)
_tokens = st.lists(
    st.one_of(st.sampled_from([*"ab:1", ONE, TWO, OWN, MADE, SAME]), _anythings), max_size=3
)


def _cases(*, resource_policy: bool) -> st.SearchStrategy[Case]:
    cuts: st.SearchStrategy[tuple[int, ...]] = st.just(())
    if not resource_policy:
        cuts = st.one_of(cuts, st.tuples(st.integers(0, 4), st.integers(0, 4)))
    return st.builds(
        Case,
        _documents(resource_policy=resource_policy),
        st.sampled_from([SERVICE, SERVICE, ROLE] if resource_policy else [ROLE]),
        st.sampled_from(["s3:PutObject", "s3:GetBucketAcl"]),
        _tokens.map(tuple),
        st.fixed_dictionaries(_KEYS).map(lambda keys: tuple(keys.items())),
        cuts,
    )


CASES = st.one_of(_cases(resource_policy=True), _cases(resource_policy=False))
