"""What the tests of files for pipelines share: the command as an installation has it."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture
def bin_(tmp_path: Path) -> Path:
    """A folder with `python` and `validate`, as a virtual environment has it."""
    folder = tmp_path / "bin"
    folder.mkdir()
    main = folder / "validate.py"
    main.write_text(
        f"import sys\nsys.path.insert(0, {str(ROOT)!r})\n"
        "from validator.cli import main\nsys.exit(main())\n"
    )
    for name, words in {"python": "", "validate": f'"{main}"'}.items():
        script = folder / name
        script.write_text(f'#!/bin/sh\nexec "{sys.executable}" {words} "$@"\n')
        script.chmod(0o755)
    return folder
