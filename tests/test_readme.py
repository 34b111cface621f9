"""The README shows what really comes out, and names what is really there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from validator.engine import run
from validator.report import Style, reporter

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
SHOWN = {
    "text": re.compile(r"<!-- report: (\S+) -->\n```\n(.*?)```\n<!-- end of report -->", re.S),
    "mermaid": re.compile(
        r"<!-- picture: (\S+) -->\n```mermaid\n(.*?)```\n<!-- end of picture -->", re.S
    ),
}


@pytest.mark.parametrize("name", SHOWN)
def test_what_is_shown_is_a_real_report(name: str, request: pytest.FixtureRequest) -> None:
    whole = (ROOT / "README.md").read_text(encoding="utf-8")
    (found,) = SHOWN[name].finditer(whole)
    shown = reporter(name)(run([Path(found.group(1))], working=ROOT), Style())
    if request.config.getoption("--accept"):
        start, end = found.span(2)
        (ROOT / "README.md").write_text(whole[:start] + shown + whole[end:], encoding="utf-8")
    else:
        assert found.group(2) == shown
