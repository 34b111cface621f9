"""All functions: importing this declares them."""

from validator.readers.terraform.functions import (
    collections,
    encoding,
    files,
    formats,
    network,
    numbers,
    regex,
    strings,
    times,
)
from validator.readers.terraform.functions.registry import call

__all__ = [
    "call",
    "collections",
    "encoding",
    "files",
    "formats",
    "network",
    "numbers",
    "regex",
    "strings",
    "times",
]
