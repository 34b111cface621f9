"""`--plan FILE`: a recorded plan settles what its sources leave open, and nothing else."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from validator.config import Options
from validator.engine import run
from validator.files import Files
from validator.graph.text import Ref, Text
from validator.graph.values import Known
from validator.graph.world import Declared
from validator.readers import Settings, Unit, terraform

FOLDER = Path(__file__).parents[2] / "data" / "terraform" / "beside"
PLAN = Settings(plan="plan.json")


def read(settings: Settings) -> dict[str, Declared]:
    found = terraform.read(Unit("terraform", "."), Files(FOLDER, FOLDER), settings)
    assert found.diagnostics == found.unplanned == ()
    return {one.name: one for one in found.worlds[0].resources}


def literal(declared: Declared, attribute: str) -> str | None:
    match declared.attribute(attribute):
        case Known(value=Text() as words):
            return words.literal
        case _:
            return None


def test_an_open_count() -> None:
    groups = "aws_cloudwatch_log_group.g"
    assert [name for name in read(Settings()) if name.startswith(groups)] == [
        f"{groups}[count.index]"
    ]
    planned = json.loads((FOLDER / "plan.json").read_text(encoding="utf-8"))
    there = [
        one["address"]
        for one in planned["planned_values"]["root_module"]["resources"]
        if one["address"].startswith(groups)
    ]
    found = read(PLAN)
    assert [name for name in found if name.startswith(groups)] == there
    assert len(there) == 3
    assert all(isinstance(found[name].exists, Known) for name in there)


def test_an_attribute_that_is_open() -> None:
    found = read(PLAN)["aws_cloudwatch_log_group.g[0]"]
    assert literal(found, "name") == "/flow/us-east-1a"
    node = found.attribute("name")
    assert node is not None
    # It is changed where it is written, not in the plan.
    assert (node.span.file, node.span.line) == ("main.tf", 12)


def test_open_keys_and_an_open_variable() -> None:
    found = read(PLAN)
    flow_logs = {name: one for name, one in found.items() if one.type == "aws_flow_log"}
    assert list(flow_logs) == ['aws_flow_log.f["a"]', 'aws_flow_log.f["b"]']
    assert (
        literal(flow_logs['aws_flow_log.f["b"]'], "log_destination") == "arn:aws:s3:::acme-flow/b"
    )
    assert literal(found["aws_s3_bucket.b"], "bucket") == "acme-flow"


def test_a_plan_outranks_an_option() -> None:
    settings = Settings(plan="plan.json", variables=(("bucket", "mine"),))
    assert literal(read(settings)["aws_s3_bucket.b"], "bucket") == "acme-flow"


def test_the_account() -> None:
    assert read(Settings())["aws_s3_bucket.b"].place.account.literal is None
    assert read(PLAN)["aws_s3_bucket.b"].place.account.literal == "123456789012"


def test_references_stay_ours() -> None:
    match read(PLAN)["aws_s3_bucket_policy.b"].attribute("bucket"):
        case Known(value=Text(pieces=(Ref(target=target),))):
            assert target == ".#aws_s3_bucket.b"
        case other:
            pytest.fail(str(other))


def test_the_verdicts_are_told() -> None:
    (alone,) = run([Path()], None, FOLDER).deliveries
    assert alone.verdict.value == "cannot-tell"
    report = run([Path()], Options(settings=PLAN), FOLDER)
    assert report.diagnostics == ()
    assert [one.verdict.value for one in report.deliveries] == ["may-fail", "may-fail"]
    assert {one.span.file for one in report.findings} == {"main.tf"}


def test_the_plan_of_something_else_is_refused(tmp_path: Path) -> None:
    (tmp_path / "plan.json").write_text(
        (FOLDER / "plan.json").read_text(encoding="utf-8"), encoding="utf-8"
    )
    (tmp_path / "main.tf").write_text('resource "aws_flow_log" "f" {}\n', encoding="utf-8")
    (told,) = run([Path()], Options(settings=PLAN), tmp_path).diagnostics
    assert "this is no plan of ." in told.message
    # Beside another root module that it is the plan of, it is simply not this one's.
    other = tmp_path / "other"
    other.mkdir()
    (other / "main.tf").write_text(
        (FOLDER / "main.tf").read_text(encoding="utf-8"), encoding="utf-8"
    )
    report = run([Path()], Options(settings=PLAN), tmp_path)
    assert report.diagnostics == ()
    assert {one.unit for one in report.deliveries} == {".", "other"}


def test_a_broken_plan_is_a_diagnostic(tmp_path: Path) -> None:
    (tmp_path / "plan.json").write_text("{", encoding="utf-8")
    (tmp_path / "main.tf").write_text('resource "aws_flow_log" "f" {}\n', encoding="utf-8")
    (told,) = run([Path()], Options(settings=PLAN), tmp_path).diagnostics
    assert (told.span.file, told.kind) == ("plan.json", "syntax")
