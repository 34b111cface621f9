"""A repository with a configuration that says everything."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tests.configuration.cases import WHOLE

Tree = Callable[[Mapping[str, str | bytes]], Path]


@pytest.fixture
def whole(tree: Tree) -> Path:
    conf = {f"conf/{name}": "" for name in ("all.tfvars", "dev.tfvars", "all.json", "dev.json")}
    return tree({".git/HEAD": "", "predeploy.toml": WHOLE, "live/dev/main.tf": "", **conf})
