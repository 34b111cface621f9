"""What many flow logs ask of one policy is worked out once."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from benchmarks import terraform
from validator.engine import run
from validator.outcomes import Verdict
from validator.policy.document import parse
from validator.policy.size import measure
from validator.policy.statements import judge
from validator.policy.verdicts import play


class Counted:
    """A function that counts its calls."""

    def __init__(self, function: Callable[..., Any]) -> None:
        self.function = function
        self.calls = 0

    def __call__(self, *given: Any, **named: Any) -> Any:
        self.calls += 1
        return self.function(*given, **named)


def test_one_policy_of_many_flow_logs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".git").mkdir()
    terraform.policy(tmp_path, 40)
    counted = {
        "validator.delivery.policies.parse": Counted(parse),
        "validator.delivery.sizes.measure": Counted(measure),
        "validator.policy.verdicts.judge": Counted(judge),
        "validator.policy.decide.play": Counted(play),
    }
    for name, counter in counted.items():
        module, _, function = name.rpartition(".")
        monkeypatch.setattr(import_module(module), function, counter)
    report = run([tmp_path], working=tmp_path)
    assert [one.verdict for one in report.deliveries] == [Verdict.WILL_WORK] * 40
    # Every flow log writes somewhere else; all look at the ACL of the same bucket.
    assert [counter.calls for counter in counted.values()] == [1, 1, 60 * 2, 40 + 1]
