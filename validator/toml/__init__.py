"""TOML that a person writes for us: read with the place of every key, checked against a schema."""

from validator.toml.document import Broken, Document, as_table, parse
from validator.toml.faults import faults, nearest

__all__ = ["Broken", "Document", "as_table", "faults", "nearest", "parse"]
