"""The pages say what is so: their links, options, files and commands."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from validator import cli
from validator.arguments import parser

Tree = Callable[[Mapping[str, str | bytes]], Path]
ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
FILE = re.compile(r"<!-- file: (\S+) -->\n```\w*\n(.*?)```\n", re.S)
RUN = re.compile(r"<!-- run: ([^\n]+) -->\n```\n(.*?)```\n", re.S)


def named(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


@pytest.fixture(params=PAGES, ids=named)
def page(request: pytest.FixtureRequest) -> Path:
    found: Path = request.param
    return found


def test_every_link_leads_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)\s]+)\)", page.read_text(encoding="utf-8"))
    lost: list[str] = []
    for link in links:
        file, _, heading = link.partition("#")
        if "://" in link:
            continue
        target = (page.parent / file) if file else page
        if not target.exists() or (heading and heading not in anchors(target)):
            lost.append(link)
    assert lost == []


def test_the_index_names_every_page() -> None:
    index = text(ROOT / "docs/README.md")
    pages = {named(page).removeprefix("docs/") for page in PAGES if page.parent.name == "docs"}
    assert {page for page in pages if f"]({page})" not in index} == {"README.md"}


def anchors(page: Path) -> set[str]:
    """The anchors that GitHub makes of headings."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.M)
    return {re.sub(r"[^\w\- ]", "", one.lower()).replace(" ", "-") for one in headings}


def test_every_option_that_is_named_is_offered(page: Path) -> None:
    offered = parser().format_help()
    # Of our command, not of those that stand beside it.
    others = r"^.*\b(?:docker|pip|terraform|tofu|aws|cfn-lint) .*$"
    words = re.sub(others, "", text(page), flags=re.M)
    options = set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", words))
    assert [one for one in sorted(options) if one not in offered] == []


def text(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def test_what_a_page_runs_comes_out_as_it_says(
    page: Path, tree: Tree, capfd: pytest.CaptureFixture[str]
) -> None:
    """The output may be cut behind a line."""
    tree({".git/HEAD": "", **dict(FILE.findall(text(page)))})
    for command, shown in RUN.findall(text(page)):
        program, *arguments = shlex.split(command)
        assert program == "validate"
        cli.main(arguments)
        out = capfd.readouterr().out
        assert out.startswith(shown), out
