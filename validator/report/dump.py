"""JSON that is safe to print."""

from __future__ import annotations

import json
import re

# Such signs stand in strings only, where an escape says the same.
_UNSAFE = re.compile(r"\x7f|(?<=#)#(?=\w*\[)")


def dump(whole: object) -> str:
    """JSON in ASCII: no name reaches a terminal as a control character, nor a CI as a command."""
    return (
        _UNSAFE.sub(lambda found: f"\\u{ord(found.group()):04x}", json.dumps(whole, indent=2))
        + "\n"
    )
