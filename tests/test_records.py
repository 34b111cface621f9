"""Our quick `dataclass` does what the standard library's does."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any, ClassVar, Generic, TypeVar

import pytest

from validator import records

T = TypeVar("T")
CALLS: list[tuple[tuple[int, ...], dict[str, int]]] = [
    ((), {}),
    ((1,), {}),
    ((1, 2), {}),
    ((1, 2, 3), {}),
    ((1,), {"b": 2}),
    ((), {"b": 2, "a": 1}),
    ((1,), {"c": 2}),
    ((1, 2), {"a": 3}),
    ((1, 2, 3, 4, 5, 6), {}),
]


# (Through `Any`, because a type checker refuses decorators that it does not know.)
def made(make: Any, field: Any, **options: Any) -> list[type]:
    """The same classes from either maker."""

    @make(slots=True, **options)
    class Plain:
        """Two fields."""

        a: int
        b: int = 7
        known: ClassVar[int] = 3

        def total(self) -> int:
            return self.a + self.b

    @make(slots=True, **options)
    class Made:
        a: int
        b: list[int] = field(default_factory=list)
        c: object = field(default=None, compare=False)

    @make(slots=True, **options)
    class Derived(Plain):
        c: int = 5
        b: int = 8

    @make(slots=True, **options)
    class Several(Generic[T]):
        a: T

    @make(slots=True, **options)
    class Nothing:
        pass

    return [Plain, Made, Derived, Several, Nothing]


def outcome(call: Callable[[], object]) -> object:
    try:
        return repr(call())
    except (TypeError, AttributeError) as error:
        return type(error)


@pytest.mark.parametrize(
    "options",
    [
        {"frozen": True},
        {"frozen": True, "order": True},
        {"frozen": True, "eq": False},
        {"frozen": True, "kw_only": True},
        {},
    ],
    ids=str,
)
def test_classes_behave_as_the_library_makes_them(options: dict[str, Any]) -> None:
    ours = made(records.dataclass, records.field, **options)
    theirs = made(dataclasses.dataclass, dataclasses.field, **options)
    for mine, other in zip(ours, theirs, strict=True):
        assert getattr(mine, "__match_args__") == getattr(other, "__match_args__")  # noqa: B009
        assert mine.__doc__ is None or mine.__doc__ == other.__doc__
        pairs: list[tuple[Any, Any]] = []
        for given, named in CALLS:
            assert outcome(lambda: mine(*given, **named)) == outcome(lambda: other(*given, **named))  # noqa: B023
            try:
                pairs.append((mine(*given, **named), other(*given, **named)))
            except TypeError:
                continue
        for one, same in pairs:
            assert not hasattr(one, "__dict__")
            assert type(outcome(lambda: hash(one))) is type(outcome(lambda: hash(same)))  # noqa: B023
            assert (one == 1, one != one) == (False, False)
            for two, also in pairs:
                assert (one == two) is (same == also)
                assert outcome(lambda: one < two) == outcome(lambda: same < also)  # noqa: B023
                assert outcome(lambda: one >= two) == outcome(lambda: same >= also)  # noqa: B023
                if options.get("frozen") and one == two and type(getattr(one, "b", 0)) is int:
                    assert hash(one) == hash(two)


def test_a_frozen_record_refuses_and_an_open_one_takes() -> None:
    frozen: Any = made(records.dataclass, records.field, frozen=True)[0](1)
    with pytest.raises(AttributeError, match="a cannot be changed"):
        frozen.a = 2
    with pytest.raises(AttributeError, match="b cannot be changed"):
        del frozen.b
    with pytest.raises(AttributeError):
        frozen.new = 2
    open_: Any = made(records.dataclass, records.field)[0](1)
    open_.a = 2
    assert open_.total() == 9
    with pytest.raises(AttributeError):
        open_.new = 2


def test_what_a_field_makes_is_made_for_each() -> None:
    class_: Any = made(records.dataclass, records.field, frozen=True)[1]
    assert class_(1).b == []
    assert class_(1).b is not class_(1).b
    assert class_(1, [2]).b == [2]


def test_a_copy_with_changes() -> None:
    class_: Any = made(records.dataclass, records.field, frozen=True)[2]
    before = class_(1, 2, 3)
    after = records.replace(before, b=9)
    assert (after.a, after.b, after.c, before.b) == (1, 9, 3, 2)
    with pytest.raises(TypeError):
        records.replace(before, other=1)


def test_the_arguments_have_names_for_people() -> None:
    class_: Any = made(records.dataclass, records.field, frozen=True)[0]
    with pytest.raises(TypeError, match=r"Plain.__init__\(\) missing 1 required .*: 'a'"):
        class_()


def test_only_records_with_slots_are_made() -> None:
    with pytest.raises(TypeError):
        made_without: Any = records.dataclass(frozen=True)
        made_without(int)
