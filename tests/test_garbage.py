"""What is done with is let go of at once, without a search for garbage."""

from __future__ import annotations

import gc
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks import cloudformation, terraform
from tests.test_growth import Write
from validator.delivery.case import Case
from validator.engine import run
from validator.graph.graph import Graph


@pytest.mark.parametrize("write", [terraform.fan, terraform.modules, cloudformation.templates])
def test_what_was_worked_out_of_a_unit_goes_with_it(write: Write, tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    write(tmp_path, 3)
    run([tmp_path], working=tmp_path)
    gc.collect()
    # What other tests left is not what is asked.
    before = worked_out()
    gc.disable()
    try:
        assert run([tmp_path], working=tmp_path).deliveries
        after = worked_out()
    finally:
        gc.enable()
    known = {id(one) for one in before}
    left = [one for one in after if id(one) not in known]
    assert not any(isinstance(one, Case) for one in left)
    # Those of what lies outside of all units belong to the run.
    assert {one.home.unit for one in left if isinstance(one, Graph)} <= {""}


def worked_out() -> list[Case | Graph]:
    return [one for one in gc.get_objects() if isinstance(one, Case | Graph)]


def test_nothing_is_searched_for_garbage_at_the_end(tmp_path: Path) -> None:
    code = "import gc\nfrom validator.entry import main\nmain()\nprint(gc.get_freeze_count() > 0)\n"
    terraform.small(tmp_path)
    done = subprocess.run(
        [sys.executable, "-c", code, "-q", str(tmp_path)],
        capture_output=True,
        text=True,
        check=True,
        cwd=tmp_path,
    )
    assert done.stdout.splitlines()[-1] == "True"
