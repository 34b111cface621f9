"""Every module can be the first that is imported: no order among them is needed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import validator

if sys.platform == "win32":
    pytest.skip("processes do not fork there", allow_module_level=True)

TOP = Path(validator.__file__).parent
# One interpreter that knows what is not ours, and a copy of it for each module.
EACH = """
import importlib, os, sys
import argparse, csv, dataclasses, datetime, decimal, difflib, html, json, re, subprocess, tempfile
import tomllib, unicodedata, xml.etree.ElementTree, yaml
assert not [name for name in sys.modules if name.startswith("validator")]
for name in sys.argv[1:]:
    child = os.fork()
    if not child:
        try:
            importlib.import_module(name)
        except BaseException as error:
            os.write(1, f"{name}: {type(error).__name__}: {error}\\n".encode())
        os._exit(0)
    os.waitpid(child, 0)
"""


def test_each_is_imported_alone() -> None:
    names = [
        ".".join((TOP.name, *file.relative_to(TOP).with_suffix("").parts)).removesuffix(".__init__")
        for file in sorted(TOP.rglob("*.py"))
        # Whose import is the run.
        if file.name != "__main__.py"
    ]
    assert len(names) > 200
    done = subprocess.run(
        [sys.executable, "-c", EACH, *names],
        cwd=TOP.parent,
        capture_output=True,
        text=True,
        check=True,
    )
    assert (done.stdout, done.stderr) == ("", "")
