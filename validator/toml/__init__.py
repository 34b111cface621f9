"""TOML that a person writes for us: read with the place of every key, checked against a schema."""

from validator.toml.document import Broken, Document, parse
from validator.toml.faults import faults, nearest

__all__ = ["Broken", "Document", "faults", "nearest", "parse"]
