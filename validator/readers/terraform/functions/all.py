"""Importing this declares every function."""

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

__all__ = [
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
