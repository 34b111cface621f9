"""Recorded verdicts of an independent engine, and outcomes that the AWS guides state.

`cases.jsonl`: generated policies and requests, with the verdict of iam-simulate.
`documented.jsonl`: where that engine and the guides differ, the guides are right.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from validator.policy import Decision, Outcome, Policy, PolicyKind, decide
from validator.records import replace

if TYPE_CHECKING:
    from tests.policy.conftest import Make

DATA = Path(__file__).parents[1] / "data" / "policy"
FAMILIES: dict[str, PolicyKind] = {
    "bucket": "bucket",
    "key": "key",
    "trust": "trust",
    "role": "identity",
}
SLICES = 20


def records(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (DATA / name).read_text(encoding="utf-8").splitlines()]


def evaluated(policy: Policy) -> Policy:
    """The policy as evaluation sees it: a few of these documents would be refused on upload."""
    refused = [fault.message for fault in policy.faults if fault.rejected]
    for message in refused:
        assert message.startswith(("Policy has invalid action", "A trust policy cannot have"))
    return replace(policy, faults=())


def ask(make: Make, case: dict[str, Any]) -> Decision:
    document = case["resource_policy"]
    if document is not None:
        family = case.get("family") or ("bucket" if "Resource" in json.dumps(document) else "trust")
        policies = [make.policy(document, FAMILIES[family])]
    else:
        policies = [make.policy(one, "identity") for one in case["identity_policies"]]
    request = case["request"]
    return decide(
        [evaluated(policy) for policy in policies],
        make.request(
            request["resource"],
            principal=request["principal"],
            action=request["action"],
            context=request["context"],
        ),
    )


@pytest.mark.parametrize("part", range(SLICES))
def test_generated_cases_get_the_recorded_verdict(make: Make, part: int) -> None:
    wrong: list[str] = []
    asked = 0
    for case in records("cases.jsonl")[part::SLICES]:
        decision = ask(make, case)
        asked += 1
        expected = Outcome.ALLOWED if case["verdict"] == "allowed" else Outcome.DENIED
        if (decision.outcome, decision.explicit) != (expected, case["how"] == "explicit"):
            wrong.append(f"{case['id']}: {case['how']}, we say {decision.outcome}")
    assert not wrong
    assert asked == 2_000 // SLICES


@pytest.mark.parametrize("case", records("documented.jsonl"), ids=lambda case: case["id"])
def test_documented_cases_get_the_documented_outcome(make: Make, case: dict[str, Any]) -> None:
    expected = Outcome.ALLOWED if case["verdict"] == "allowed" else Outcome.DENIED
    assert ask(make, case).outcome is expected, case["rule"]


def test_engine_and_guides_differ_only_where_we_say_so() -> None:
    """Variables in a document of 2008, and a negated operator over a variable without value."""
    differing = {c["id"] for c in records("documented.jsonl") if not c["engine"]["agrees"]}
    assert differing == {"d45", "d46"}
