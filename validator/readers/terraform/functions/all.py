"""All functions: importing this declares them."""

from validator.readers.terraform.functions import (
    choices,
    collections,
    conversions,
    encoding,
    files,
    formats,
    hashes,
    joining,
    network,
    numbers,
    ordering,
    regex,
    sets,
    strings,
    times,
    yamls,
)
from validator.readers.terraform.functions.calling import call

__all__ = [
    "call",
    "choices",
    "collections",
    "conversions",
    "encoding",
    "files",
    "formats",
    "hashes",
    "joining",
    "network",
    "numbers",
    "ordering",
    "regex",
    "sets",
    "strings",
    "times",
    "yamls",
]
