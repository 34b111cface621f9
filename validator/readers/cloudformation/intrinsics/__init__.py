"""CloudFormation's functions, each from a call to a value. Importing this registers them."""

from validator.readers.cloudformation.intrinsics import (
    choice,
    encoding,
    lists,
    mapping,
    network,
    outside,
    reference,
    sub,
    text,
)

__all__ = [
    "choice",
    "encoding",
    "lists",
    "mapping",
    "network",
    "outside",
    "reference",
    "sub",
    "text",
]
