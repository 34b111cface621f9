"""Report to text: one format a file, imported only if chosen.

A reporter is a module with one function, `render(report, style) -> str`; it reads no files.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import cast

from validator.report.style import Style
from validator.reports import Report

Reporter = Callable[[Report, Style], str]

REPORTERS = {
    "text": "validator.report.text",
    "concise": "validator.report.concise",
    "json": "validator.report.json",
    "mermaid": "validator.report.mermaid",
    "html": "validator.report.html",
    "markdown": "validator.report.markdown",
    "sarif": "validator.report.sarif",
    "github": "validator.report.github",
    "gitlab": "validator.report.gitlab",
    "junit": "validator.report.junit",
}
# Formats that show how each verdict came about.
TRACED = frozenset({"html"})
# Lines for a log or a person, of which several may follow each other.
MIXABLE = frozenset({"text", "concise", "github"})


def reporter(name: str) -> Reporter:
    """The function that renders a format."""
    return cast(Reporter, import_module(REPORTERS[name]).render)


__all__ = ["MIXABLE", "REPORTERS", "TRACED", "Reporter", "Style", "reporter"]
