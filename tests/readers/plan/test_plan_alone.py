"""A recorded plan alone: what it knows is as the sources have it, the rest is open."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from validator.config import Options
from validator.engine import run
from validator.files import Files
from validator.graph.text import Hole, Lit, Ref, Text
from validator.graph.values import Known, Unknown
from validator.graph.world import Declared
from validator.outcomes import Delivered
from validator.readers import Read, Settings, Unit, plan, terraform
from validator.reports import Report

DATA = Path(__file__).parents[2] / "data" / "terraform"
PLANS = sorted(folder.name for folder in (DATA / "plans").iterdir())
TWINS = sorted(folder.name for folder in (DATA / "twins").iterdir())
ACCOUNT = "123456789012"


def settings_for(folder: Path) -> Settings:
    files = ("given.tfvars",) if (folder / "given.tfvars").exists() else ()
    return Settings(account=ACCOUNT, variables=files)


def read_plan(folder: Path, settings: Settings | None = None) -> Read:
    return plan.read(Unit("plan", "plan.json"), Files(folder, folder), settings or Settings())


def by_name(found: Read) -> dict[str, Declared]:
    return {one.name: one for one in found.worlds[0].resources}


@pytest.mark.parametrize("name", PLANS)
def test_the_resources_and_places_of_the_sources(name: str) -> None:
    folder = DATA / "plans" / name
    settings = settings_for(folder)
    sources = by_name(terraform.read(Unit("terraform", "."), Files(folder, folder), settings))
    found = read_plan(folder, settings)
    assert found.diagnostics == ()
    assert found.worlds[0].gaps == ()
    planned = by_name(found)
    assert set(planned) == set(sources)
    for address, one in planned.items():
        assert str(one.place.account) == str(sources[address].place.account)
        assert str(one.place.region) == str(sources[address].place.region)
        assert one.managed == sources[address].managed


@pytest.mark.parametrize("name", PLANS)
def test_a_verdict_is_that_of_the_sources_or_open(name: str) -> None:
    folder = DATA / "plans" / name
    options = Options(settings=settings_for(folder))
    sources = _deliveries(run([Path()], options, folder))
    planned = _deliveries(run([Path("plan.json")], options, folder))
    assert set(planned) == set(sources)
    for address, one in planned.items():
        assert one.verdict.value in (sources[address].verdict.value, "cannot-tell"), address


@pytest.mark.parametrize("name", PLANS)
def test_places_are_the_lines_of_the_addresses(name: str) -> None:
    folder = DATA / "plans" / name
    lines = (folder / "plan.json").read_text(encoding="utf-8").split("\n")
    for one in read_plan(folder).worlds[0].resources:
        shown = lines[one.span.line - 1][one.span.column - 1 : one.span.end_column - 1]
        assert json.loads("{" + shown + "}") == {"address": one.name}


@pytest.mark.parametrize("name", TWINS)
def test_twins(name: str) -> None:
    """The same deployment as HCL, as tf.json and as a plan: the same deliveries and findings."""
    told: list[object] = []
    for path in ("hcl", "json", "plan.json"):
        report = run([Path(path)], None, DATA / "twins" / name)
        assert report.diagnostics == ()
        told.append(
            (
                {one.name: one.verdict for one in report.deliveries},
                sorted((one.rule, one.name, one.severity) for one in report.findings),
            )
        )
    assert told[0] == told[1] == told[2]
    assert told[0] != ({}, [])


def _deliveries(report: Report) -> dict[str, Delivered]:
    return {one.name: one for one in report.deliveries}


# --- what is left out


def planned(address: str, values: dict[str, Any], **more: Any) -> dict[str, Any]:
    type_, name = address.partition("[")[0].split(".")
    return {
        "address": address,
        "mode": "managed",
        "type": type_,
        "name": name,
        "values": values,
    } | more


def change(address: str, unknown: dict[str, Any], *actions: str) -> dict[str, Any]:
    return {"address": address, "change": {"actions": list(actions), "after_unknown": unknown}}


Make = Callable[..., dict[str, Declared]]


@pytest.fixture
def made(tmp_path: Path) -> Make:
    """Read a plan of some flow log, a bucket and a key, configured as given."""

    def make(destination: dict[str, Any], **flow_log: Any) -> dict[str, Declared]:
        values = flow_log.get("values", {"log_destination_type": "s3"})
        unknown = flow_log.get("unknown", {"log_destination": True})
        bucket = flow_log.get("bucket", {"bucket": "flow"})
        new = flow_log.get("bucket_unknown", {"arn": True, "id": True})
        action = "no-op" if not new else "create"
        document: dict[str, Any] = {
            "format_version": "1.2",
            "planned_values": {
                "root_module": {
                    "resources": [
                        planned("aws_s3_bucket.b", bucket),
                        planned("aws_s3_bucket.c", {"bucket": "other"}),
                        planned("aws_flow_log.f", values, **flow_log.get("more", {})),
                    ]
                }
            },
            "resource_changes": [
                change("aws_s3_bucket.b", new, action),
                change("aws_s3_bucket.c", {"arn": True}, "create"),
                change("aws_flow_log.f", unknown, "create"),
            ],
            "configuration": {
                "root_module": {
                    "resources": [
                        {"address": "aws_s3_bucket.b", "expressions": {"bucket": {}}},
                        {"address": "aws_s3_bucket.c", "expressions": {"bucket": {}}},
                        {
                            "address": "aws_flow_log.f",
                            "expressions": {"log_destination": destination},
                        },
                    ]
                }
            },
        }
        (tmp_path / "plan.json").write_text(json.dumps(document), encoding="utf-8")
        return by_name(read_plan(tmp_path))

    return make


def pieces(declared: Declared, attribute: str) -> tuple[object, ...]:
    match declared.attribute(attribute):
        case Known(value=Text(pieces=found)):
            return found
        case other:
            return (other,)


def refers(*names: str) -> dict[str, Any]:
    return {"references": [part for name in names for part in (name, name.rpartition(".")[0])]}


def test_a_bucket_is_known_but_not_what_follows_it(made: Make) -> None:
    ref, rest = pieces(made(refers("aws_s3_bucket.b.arn"))["aws_flow_log.f"], "log_destination")
    assert ref == Ref("plan.json#aws_s3_bucket.b", "arn")
    assert isinstance(rest, Hole)


@pytest.mark.parametrize(
    "destination",
    [
        pytest.param(refers("aws_s3_bucket.b.arn", "aws_s3_bucket.c.arn"), id="two buckets"),
        pytest.param(refers("aws_s3_bucket.b.id"), id="an ARN made of a name"),
        pytest.param(
            {"references": ["local.arn", *refers("aws_s3_bucket.b.arn")["references"]]}, id="local"
        ),
        pytest.param({"references": ["aws_s3_bucket.b"]}, id="no attribute"),
        pytest.param({}, id="no reference"),
    ],
)
def test_what_may_come_from_elsewhere_is_open(made: Make, destination: dict[str, Any]) -> None:
    (only,) = pieces(made(destination)["aws_flow_log.f"], "log_destination")
    assert isinstance(only, Hole)
    assert only.key == "plan.json#aws_flow_log.f.log_destination"
    assert "known only after the deploy" in only.why
    assert "--plan" in only.supply


def test_a_branch_without_an_instance_was_not_taken(made: Make) -> None:
    found = made(refers("aws_s3_bucket.b.arn", "aws_s3_bucket.c[0].arn"))
    assert pieces(found["aws_flow_log.f"], "log_destination")[0] == Ref(
        "plan.json#aws_s3_bucket.b", "arn"
    )


def test_the_arn_of_what_exists_stays_a_reference(made: Make) -> None:
    arn = "arn:aws:s3:::flow"
    found = made(
        refers("aws_s3_bucket.b.arn"),
        values={"log_destination": f"{arn}/vpc"},
        unknown={},
        bucket={"bucket": "flow", "arn": arn, "policy": "{}"},
        bucket_unknown={},
    )
    assert pieces(found["aws_flow_log.f"], "log_destination") == (
        Ref("plan.json#aws_s3_bucket.b", "arn"),
        Lit("/vpc"),
    )
    # What the provider saw of the bucket is nothing that the configuration writes.
    assert found["aws_s3_bucket.b"].attribute("policy") is None


def test_a_constant_fills_what_the_values_leave_out(made: Make) -> None:
    found = made({"constant_value": "arn:aws:s3:::flow"})
    assert pieces(found["aws_flow_log.f"], "log_destination") == (Lit("arn:aws:s3:::flow"),)


def test_a_sensitive_value_is_never_shown(made: Make) -> None:
    found = made(
        {},
        values={"log_destination": "arn:aws:s3:::secret"},
        unknown={},
        more={"sensitive_values": {"log_destination": True}},
    )
    node = found["aws_flow_log.f"].attribute("log_destination")
    assert isinstance(node, Known)
    assert "secret" not in str(node.value)
    assert pieces(found["aws_flow_log.f"], "log_destination") == (Lit("arn:aws:s3:::secret"),)


def test_a_policy_that_the_plan_leaves_out_is_unknown() -> None:
    found = by_name(read_plan(DATA / "plans" / "05-jsonencode-unknown-arn"))
    open_policies = [
        node for one in found.values() if isinstance(node := one.attribute("policy"), Unknown)
    ]
    assert open_policies
    assert all("--plan" in one.supply for one in open_policies)


def test_order_follows_references_through_modules() -> None:
    world = read_plan(DATA / "plans" / "04-nested-modules").worlds[0]
    prefix = 'plan.json#module.network["prod"].module.archive[0]'
    waits = world.dependencies(f"{prefix}.aws_flow_log.this")
    assert "plan.json#aws_s3_bucket.archive" in waits
    assert world.dependencies("plan.json#aws_s3_bucket.archive") == frozenset()


def test_what_is_ignored_is_not_in_a_plan() -> None:
    """`ignore_changes` may keep what AWS adds: only the sources tell."""
    folder = DATA / "ignored-tags"
    beside = Options(settings=Settings(plan="plan.json"))
    for path, options, verdict in (
        (".", None, "will-work"),
        (".", beside, "will-work"),
        ("plan.json", None, "cannot-tell"),
    ):
        report = run([Path(path)], options, folder)
        assert [one.verdict.value for one in report.deliveries] == [verdict]
        assert report.findings == ()


# --- what cannot be read


BEGIN = '{"format_version":"1.2","planned_values":'


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        (BEGIN + '"aws_flow_log"\n {]', (2, 2), "this is no JSON: Expecting ',' delimiter"),
        (BEGIN + '"aws_flow_log"', (1, 56), "this is no JSON: Expecting ',' delimiter"),
        (BEGIN + "[" * 100_000 + '"aws_flow_log"', (1, 1), "this is nested too deeply"),
        (
            BEGIN + '{"aws_flow_log":1e999999999}}',
            (1, 1),
            "this plan holds a number that is too large or too small",
        ),
        (BEGIN + '{"aws_flow_log":NaN}}', (1, 1), "NaN is no JSON"),
        (
            '{"format_version":"9.0","planned_values":"aws_flow_log"}',
            (1, 1),
            "this is a plan in format 9.0, which is not known here",
        ),
        (
            '["format_version","planned_values","aws_flow_log"]',
            (1, 1),
            "a plan is a JSON object",
        ),
    ],
    ids=["broken", "cut off", "deep", "number", "NaN", "format", "array"],
)
def test_a_broken_plan_is_a_diagnostic(
    tmp_path: Path, text: str, place: tuple[int, int], message: str
) -> None:
    (tmp_path / "p.json").write_text(text, encoding="utf-8")
    (told,) = run([Path("p.json")], None, tmp_path).diagnostics
    assert (told.span.file, told.kind, told.message) == ("p.json", "syntax", message)
    assert (told.span.line, told.span.column) == place


def test_too_many_resources_are_a_diagnostic(tmp_path: Path) -> None:
    many = [planned(f"aws_flow_log.f[{index}]", {}) for index in range(20_001)]
    document = {"format_version": "1.2", "planned_values": {"root_module": {"resources": many}}}
    (tmp_path / "p.json").write_text(json.dumps(document), encoding="utf-8")
    (told,) = run([Path("p.json")], None, tmp_path).diagnostics
    assert "more than 20000 resources" in told.message


def test_a_walk_takes_the_plan_only_where_no_sources_are(tmp_path: Path) -> None:
    source = DATA / "twins" / "managed-policy"
    plan_text = (source / "plan.json").read_text(encoding="utf-8")
    (tmp_path / "plan.json").write_text(plan_text, encoding="utf-8")
    assert [one.unit for one in run([Path()], None, tmp_path).deliveries] == ["plan.json"]
    tf = (source / "hcl" / "main.tf").read_text(encoding="utf-8")
    (tmp_path / "main.tf").write_text(tf, encoding="utf-8")
    assert [one.unit for one in run([Path()], None, tmp_path).deliveries] == ["."]


def test_an_incomplete_plan_has_a_gap(tmp_path: Path) -> None:
    document: dict[str, Any] = {"format_version": "1.2", "complete": False, "planned_values": {}}
    (tmp_path / "plan.json").write_text(json.dumps(document), encoding="utf-8")
    assert len(read_plan(tmp_path).worlds[0].gaps) == 1
