"""`docs/formats.md` speaks of every format."""

from __future__ import annotations

import re
from pathlib import Path

from validator.report import REPORTERS

PAGE = Path(__file__).parent.parent.parent / "docs" / "formats.md"


def test_every_format_has_its_section() -> None:
    words = PAGE.read_text(encoding="utf-8")
    assert re.findall(r"^## (\S+)$", words, re.M) == re.findall(r"^\| `(\S+)` \|", words, re.M)
    assert set(re.findall(r"^## (\S+)$", words, re.M)) == set(REPORTERS)
