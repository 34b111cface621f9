"""What is wrong in a TOML file of ours, each fault at its place and with the nearest right word."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final, TypeAlias, cast

from validator.findings import Diagnostic
from validator.graph.span import Span
from validator.toml.document import Document
from validator.toml.schema import Schema, fits, is_a, number_fits, part, resolved, schema

if TYPE_CHECKING:
    from jsonschema.exceptions import ValidationError

_EXPECTED: Final = {
    "string": "text in quotes",
    "boolean": "true or false",
    "number": "a number",
    "array": "a list",
    "object": "a table",
}
_ACTUAL: Final = {**_EXPECTED, "string": "text"}
Hints: TypeAlias = "Callable[[], Mapping[str, str]]"
_LONGEST: Final = 60
MAX_FAULTS: Final = 100
_FEW: Final = 8


def faults(document: Document, definition: str = "", hints: Hints = dict) -> tuple[Diagnostic, ...]:
    """Every fault against a definition of the schema, or against all of it.

    `hints` is asked if there are any: it says of keys that are none here what to do instead.
    """
    if fits(document.value, part(definition)):
        return ()
    from jsonschema import Draft7Validator

    top: Schema = schema()
    if definition:
        top = {"$ref": f"#/definitions/{definition}", "definitions": top["definitions"]}
    found = _Faults(document, hints())
    validator: Any = Draft7Validator(top)
    errors: Iterator[ValidationError] = validator.iter_errors(document.value)
    for error in errors:
        found.tell(error, ())
        if found.many:
            break
    found.numbers(document.value, ())
    return tuple(sorted(set(found.diagnostics)))


def nearest(word: str, known: list[str]) -> str:
    """Which of some words was meant, for the end of a message."""
    from validator.near import get_close_matches

    near = get_close_matches(word.lower().replace("_", "-"), known, 1)
    if near:
        return f"; did you mean {near[0]}?"
    return f": there is {', '.join(known)}" if 0 < len(known) <= _FEW else ""


def shown(value: object) -> str:
    """A value for a message, cut if it is long."""
    words = f'"{value}"' if isinstance(value, str) else str(value)
    return words if len(words) <= _LONGEST else f"{words[:_LONGEST]}…"


class _Faults:
    def __init__(self, document: Document, hints: Mapping[str, str]) -> None:
        self.diagnostics: list[Diagnostic] = []
        self._document = document
        self._hints = hints

    @property
    def many(self) -> bool:
        """Whether a person has enough to mend."""
        return len(self.diagnostics) >= MAX_FAULTS

    def tell(self, error: ValidationError, above: tuple[str | int, ...]) -> None:
        """What one error of jsonschema means; `above` is the path of the table that it is in."""
        path = (*above, *error.relative_path)
        place = self._document.at(*path)
        keyword = str(error.validator)
        one: Any = error.schema
        value: Any = error.instance
        if "propertyNames" in error.relative_schema_path:
            place = self._document.key(*path, value)
            self._add(place, f"{shown(value)} is not {one.get('title', 'a key')}")
        elif keyword == "additionalProperties":
            self._unknown(path, value, one)
        elif keyword == "type":
            self._type(place, path, value, one)
        elif keyword == "enum":
            known = [str(word) for word in one["enum"]]
            near = nearest(value, known) if isinstance(value, str) else ""
            words = near or f": there is {', '.join(known)}"
            self._add(place, f"{_subject(path)} cannot be {shown(value)}{words}")
        elif keyword == "oneOf":
            self._branches(place, path, error)
        elif keyword == "required":
            for key in one["required"]:
                if key not in value:
                    self._add(place, f"{one.get('title', 'this')} needs {key}")
        elif keyword in ("maxItems", "maxProperties"):
            limit = one[keyword]
            self._add(place, f"{_subject(path)} has {len(value)} entries; {limit} are the most")
        elif keyword == "minItems":
            self._add(place, f"{_subject(path)} is empty")
        else:
            what = one.get("title", "as it must be")
            self._add(place, f"{_subject(path)} {shown(value)} is not {what}")

    def _add(self, place: Span, message: str) -> None:
        self.diagnostics.append(self._document.fault(place, message))

    def _unknown(self, path: tuple[str | int, ...], value: dict[str, object], one: Schema) -> None:
        known = one.get("properties", {})
        for key in value:
            if key in known or self.many:
                continue
            hint = self._hints.get(key, "") if not path else ""
            near = f"; {hint}" if hint else nearest(key, list(known))
            kind = "a table [[deploy]]" if path[:1] == ("deploy",) else "the configuration"
            title = one.get("title", kind)
            self._add(self._document.key(*path, key), f"{title} has no key {key}{near}")

    def _type(self, place: Span, path: tuple[str | int, ...], value: object, one: Schema) -> None:
        types = [one["type"]] if isinstance(one["type"], str) else one["type"]
        wanted = one.get("title") if len(types) > 1 else _EXPECTED[types[0]]
        actual = next((words for type_, words in _ACTUAL.items() if is_a(value, type_)), "a date")
        message = f"{_subject(path)} must be {wanted}, not {actual}"
        tables = resolved(one.get("items", {})).get("type") == "object"
        if types == ["array"] and tables and isinstance(value, dict):
            message += f": write [[{path[-1]}]] with two brackets"
        self._add(place, message)

    def _branches(self, place: Span, path: tuple[str | int, ...], error: ValidationError) -> None:
        """A table that is one of several kinds, told by the key that each kind needs."""
        if not is_a(error.instance, "object"):
            return  # its type is told of by itself
        one: Any = error.schema
        kinds = {branch["required"][0]: number for number, branch in enumerate(one["oneOf"])}
        instance: Any = error.instance
        told = [kind for kind in kinds if kind in instance]
        if len(told) != 1:
            title = one.get("title", "this")
            self._add(place, f"{title} names one of {', '.join(kinds)}")
            return
        for inner in error.context or ():
            if inner.relative_schema_path[0] == kinds[told[0]]:
                self.tell(inner, path)

    def numbers(self, value: object, path: tuple[str | int, ...]) -> None:
        """What is a number to Python and none to JSON."""
        for step, held in _inside(value):
            self.numbers(held, (*path, step))
        if not number_fits(value):
            message = f"{_subject(path)} is no number of 64 bits"
            self._add(self._document.at(*path), message)


def _inside(value: object) -> Iterator[tuple[str | int, object]]:
    if isinstance(value, dict):
        yield from cast(dict[str, object], value).items()
    elif isinstance(value, list):
        yield from enumerate(cast(list[object], value))


def _subject(path: tuple[str | int, ...]) -> str:
    if not path:
        return "the configuration"
    last = path[-1]
    return last if isinstance(last, str) else f"an item of {path[-2]}"
