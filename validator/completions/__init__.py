"""The command's parser to a script that completes its options: one shell a file.

The scripts hold the ids of the rules that were there when they were made.
"""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Callable
from importlib import import_module
from typing import cast

from validator.completions.option import Name, Option, options

COMMANDS = ("validate", "predeploy")
_SHELLS = {
    "bash": "validator.completions.bash",
    "zsh": "validator.completions.zsh",
    "fish": "validator.completions.fish",
}


def completions(shell: str, parser: ArgumentParser, rules: tuple[Name, ...]) -> str:
    """The script for a shell: `bash`, `zsh` or `fish`."""
    script = import_module(_SHELLS[shell]).script
    render = cast(Callable[[tuple[Option, ...], tuple[Name, ...], tuple[str, ...]], str], script)
    return render(options(parser), rules, COMMANDS)
