"""What options do when argparse meets them."""

from __future__ import annotations

from argparse import Action, ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Sequence
from typing import Any


class Format(Action):
    """`--format` begins an output."""

    def __call__(
        self,
        parser: ArgumentParser,
        namespace: Namespace,
        values: str | Sequence[Any] | None,
        option_string: str | None = None,
    ) -> None:
        """Add the format."""
        namespace.outputs = [*namespace.outputs, (values, None)]


class Output(Action):
    """`--output` says where the format before it goes."""

    def __call__(
        self,
        parser: ArgumentParser,
        namespace: Namespace,
        values: str | Sequence[Any] | None,
        option_string: str | None = None,
    ) -> None:
        """Send the last format to a file."""
        *before, (format_, file) = namespace.outputs or [("text", None)]
        if file is not None:
            parser.error("--output needs a --format of its own")
        namespace.outputs = [*before, (format_, values)]


class Supplied(Action):
    """Options that stand over each other in the order given keep it."""

    def __call__(
        self,
        parser: ArgumentParser,
        namespace: Namespace,
        values: str | Sequence[Any] | None,
        option_string: str | None = None,
    ) -> None:
        """Add the option and its value."""
        before = getattr(namespace, self.dest)
        setattr(namespace, self.dest, [*before, (option_string, values)])


def day(text: str) -> str:
    """A day as `YYYY-MM-DD`; raises `ArgumentTypeError`."""
    from validator.notes import is_day, no_day

    if not is_day(text):
        raise ArgumentTypeError(no_day(text))
    return text
