"""The CloudFormation reader; importing it loads no YAML."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from validator.files import Files
    from validator.readers import Read, Settings, Unit


def read(unit: Unit, files: Files, settings: Settings) -> Read:
    """Every world of the stack that a template makes.

    What cannot be read is a diagnostic with its place, and a gap; nothing is raised.
    """
    from validator.readers.cloudformation.reading import read as read_template

    return read_template(unit, files, settings)
