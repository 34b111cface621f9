"""A bug of ours, wherever it is: named, exit 4, and no verdict lost that it is not about."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from validator.aws import FlowLog
from validator.cli import main
from validator.packs import Packs, load
from validator.records import replace

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Tree
    from validator.discover import Found
    from validator.findings import Finding

TERRAFORM = """
# This module delivers twice to one bucket.
resource "aws_flow_log" "sick" {
  vpc_id               = "vpc-0123456789abcdef0"
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = aws_s3_bucket.logs.arn
  depends_on           = [aws_s3_bucket_policy.logs]
}

resource "aws_flow_log" "well" {
  vpc_id               = "vpc-0123456789abcdef0"
  traffic_type         = "REJECT"
  log_destination_type = "s3"
  log_destination      = aws_s3_bucket.logs.arn
  depends_on           = [aws_s3_bucket_policy.logs]
}

resource "aws_s3_bucket" "logs" {
  bucket = "acme-crashes"
}

resource "aws_s3_bucket_policy" "logs" {
  bucket = aws_s3_bucket.logs.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "delivery.logs.amazonaws.com" }
      Action    = ["s3:PutObject", "s3:GetBucketAcl"]
      Resource  = [aws_s3_bucket.logs.arn, "${aws_s3_bucket.logs.arn}/*"]
    }]
  })
}
"""
TEMPLATE = """
Resources:
  Logs:
    Type: AWS::S3::Bucket
  Policy:
    Type: AWS::S3::BucketPolicy
    Properties:
      Bucket: !Ref Logs
      PolicyDocument:
        Version: "2012-10-17"
        Statement:
          Effect: Allow
          Principal: {Service: delivery.logs.amazonaws.com}
          Action: [s3:PutObject, s3:GetBucketAcl]
          Resource: [!GetAtt Logs.Arn, !Sub "${Logs.Arn}/*"]
  sick:
    Type: AWS::EC2::FlowLog
    DependsOn: Policy
    Properties: {ResourceId: vpc-0123456789abcdef0, ResourceType: VPC, TrafficType: ALL,
      LogDestinationType: s3, LogDestination: !GetAtt Logs.Arn}
  well:
    Type: AWS::EC2::FlowLog
    DependsOn: Policy
    Properties: {ResourceId: vpc-0123456789abcdef0, ResourceType: VPC, TrafficType: REJECT,
      LogDestinationType: s3, LogDestination: !GetAtt Logs.Arn}
"""
BOTH = {"main.tf": TERRAFORM, "template.yaml": TEMPLATE}
Crash = Callable[..., Any]
ALL = {"main.tf#sick", "main.tf#well", "template.yaml#sick", "template.yaml#well"}
TF = {"main.tf#sick", "main.tf#well"}
SICK = {"main.tf#sick", "template.yaml#sick"}


class Seam(NamedTuple):
    """A function, what is told if it fails, and the deliveries that it costs their verdict.

    It fails where `about` says so of its arguments.
    """

    name: str
    told: str
    unjudged: frozenset[str] | set[str] = frozenset()
    gone: frozenset[str] | set[str] = frozenset()
    options: tuple[str, ...] = ()
    about: Callable[..., bool] = lambda *_: True


def is_sick(*arguments: Any) -> bool:
    logs = [getattr(one, "flow_log", one) for one in arguments]
    return any(isinstance(one, FlowLog) and one.address.endswith("sick") for one in logs)


def is_terraform(*arguments: Any) -> bool:
    return any(getattr(one, "path", "") == "." for one in arguments)


def is_in_terraform(graph: Any, *_: Any) -> bool:
    return bool(graph.home.unit == ".")


SEAMS = [
    # After everything is judged.
    Seam("validator.judge.merged", "merging the cases"),
    Seam("validator.ignores.heeded", "heeding the ignores"),
    Seam("validator.adjust.ignored_below", "heeding path-ignores"),
    Seam("validator.adjust.graded", "grading the findings"),
    Seam("validator.edits.fitting", "fitting the edits"),
    Seam("validator.engine._sources", "showing the lines"),
    Seam("validator.baseline.Baseline.hold", "holding", options=("--baseline", "known.json")),
    Seam("validator.cfn_lint.cfn_lint", "running cfn-lint", options=("--cfn-lint",)),
    Seam(
        "validator.delivery.tracing.trace",
        "tracing",
        options=("--format", "html", "--output", "out.html"),
    ),
    Seam("validator.mend.mend", "--fix", options=("--fix",)),
    # In one delivery, or in those of one unit.
    Seam("validator.delivery.deliveries.target_of", "judging", SICK, about=is_sick),
    Seam("validator.delivery.deliveries.s3_needs", "judging", SICK, about=is_sick),
    Seam("validator.delivery.deliveries.verdict", "telling of", ALL),
    Seam("validator.delivery.deliveries.case_of", "judging this", TF, about=is_in_terraform),
    Seam("validator.delivery.deliveries._together", "judging", TF, about=is_in_terraform),
    Seam("validator.delivery.policies.decide", "judging", ALL),
    # In what is read.
    Seam("validator.readers.terraform.read", "reading this", gone=TF, about=is_terraform),
    Seam("validator.readers.terraform.module.Module.__init__", "reading this", gone=TF),
    Seam("validator.reading.linked", "reading what is imported"),
    Seam("validator.reading.named_elsewhere", "reading this"),
    Seam("validator.mentions.calls", "looking at this"),
    Seam("validator.mentions.in_terraform", "looking at this", gone=TF),
    Seam(
        "validator.readers.existing.read_existing",
        "reading this",
        options=("--existing", "a.json"),
    ),
]


def resolved(name: str) -> tuple[object, str]:
    """The module or class that holds a name; a function may be called as its module is."""
    owner, _, last = name.rpartition(".")
    try:
        return import_module(owner), last
    except ModuleNotFoundError:
        outer, inner = resolved(owner)
        return getattr(outer, inner), last


def verdicts(top: Path) -> dict[str, str]:
    found = json.loads((top / "out.json").read_text())
    assert found["version"] == 1
    return {
        f"{one['file']}#{one['address'].removeprefix('aws_flow_log.')}": one["verdict"]
        for one in found["deliveries"]
    }


def told(top: Path) -> list[str]:
    found = json.loads((top / "out.json").read_text())
    return [one["message"] for one in found["diagnostics"] if one["kind"] == "internal"]


def run(top: Path, *options: str) -> int:
    return main(["--format", "json", "--output", "out.json", *options])


@pytest.mark.parametrize("error", [ValueError("a bug"), RecursionError(), MemoryError()])
@pytest.mark.parametrize("seam", SEAMS, ids=[one.name for one in SEAMS])
def test_it_is_named_and_costs_nothing_else(
    seam: Seam,
    error: Exception,
    tree: Tree,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    top = tree({**BOTH, "a.json": '{"Buckets": []}'})
    assert run(top, "--write-baseline", "known.json") == 0
    before = verdicts(top)
    assert before.keys() == ALL
    assert set(before.values()) == {"will-work"}
    owner, name = resolved(seam.name)
    works: Crash = getattr(owner, name)

    def crash(*arguments: Any, **options: Any) -> Any:
        if seam.about(*arguments):
            raise error
        return works(*arguments, **options)

    monkeypatch.setattr(owner, name, crash)
    capfd.readouterr()
    assert run(top, *seam.options) == 4
    after = verdicts(top)
    assert after.keys() == ALL - seam.gone
    for address, verdict in after.items():
        assert verdict == ("cannot-tell" if address in seam.unjudged else before[address])
    assert told(top)
    for words in told(top):
        assert words.startswith(seam.told)
        assert f"failed, which is a bug of ours: {type(error).__name__}" in words
    assert "Traceback" not in capfd.readouterr().err


def test_a_module_nearby_that_cannot_be_looked_through_is_read(
    tree: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    log, bucket = TERRAFORM.split('resource "aws_s3_bucket" "logs"')
    log = log.replace("aws_s3_bucket.logs.arn", '"arn:aws:s3:::acme-crashes"')
    log = log.replace("  depends_on           = [aws_s3_bucket_policy.logs]\n", "")
    top = tree({"net/main.tf": log, "logs/main.tf": f'resource "aws_s3_bucket" "logs"{bucket}'})
    assert run(top) == 0
    before = verdicts(top)
    assert set(before.values()) == {"will-work"}

    def crash(*_: object) -> bool:
        raise ValueError("a bug")

    monkeypatch.setattr("validator.readers.terraform.holding.slices", crash)
    assert run(top) == 4
    assert verdicts(top) == before
    assert told(top) == [
        "looking for what others name failed, which is a bug of ours: ValueError: a bug"
    ]


@pytest.mark.parametrize("kind", ["inspect", "check"])
def test_a_rule_is_named(kind: str, tree: Tree, monkeypatch: pytest.MonkeyPatch) -> None:
    top = tree({"main.tf": BOTH["main.tf"] + "# predeploy: ignore[flow-log-duplicate] why\n"})
    assert run(top) == 1
    before = verdicts(top)

    def crash(*_: object) -> Iterator[Finding]:
        raise ZeroDivisionError
        yield

    packs = load()
    broken = tuple(
        one
        if getattr(one, kind) is None
        else replace(one, check=crash)
        if kind == "check"
        else replace(one, inspect=crash)
        for one in packs.rules
    )

    def loaded(*_: object, **__: object) -> Packs:
        return replace(packs, rules=broken)

    monkeypatch.setattr("validator.packs.load", loaded)
    assert run(top) == 4
    assert verdicts(top) == before
    names = {one.rule.id for one in broken if getattr(one, kind) is not None}
    assert len(names) > 3
    ended = " failed here" if kind == "check" else " failed, which is a bug of ours"
    assert {one.partition(": ")[0] for one in told(top)} == {
        f"the rule {name}{ended}" for name in names
    }


@pytest.mark.parametrize("options", [(), ("--fix",), ("--diff",), ("--write-baseline", "b.json")])
def test_a_run_that_fails_as_a_whole_writes_its_report(
    options: tuple[str, ...],
    tree: Tree,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    """Whoever waits for the report of an earlier run must not take that for this one's."""

    def crash(*_: object) -> Found:
        raise MemoryError

    top = tree({**BOTH, "out.json": "old"})
    monkeypatch.setattr("validator.engine.discover", crash)
    assert run(top, *options) == 4
    said = "this run failed, which is a bug of ours: MemoryError"
    if options == ("--diff",):
        assert capfd.readouterr() == ("", f"validate: .: {said}\n")
    else:
        assert told(top) == [said]
        assert verdicts(top) == {}
    assert not (top / "b.json").exists()
    assert (top / "main.tf").read_text() == BOTH["main.tf"]


def test_a_baseline_that_cannot_be_written_costs_no_report(
    tree: Tree, capfd: pytest.CaptureFixture[str]
) -> None:
    top = tree(BOTH)
    (top / "mine").mkdir()
    assert run(top, "--write-baseline", "mine/no/b.json") == 2
    assert verdicts(top).keys() == ALL
    said = "validate: --write-baseline mine/no/b.json: No such file or directory\n"
    assert capfd.readouterr().err == said


def test_what_is_asked_beside_a_run_ends_in_one_line(
    tree: Tree, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def crash(*_: object, **__: object) -> None:
        raise RecursionError("too deep")

    tree({**BOTH, "predeploy.toml": ""})
    said = "validate: a bug of ours: RecursionError: too deep (--debug shows where)\n"
    for name, option in (
        ("validator.configuration.read.read", ()),
        ("validator.packs.load", ("--list-rules",)),
        ("validator.engine.trace", ("--trace", "well")),
        ("validator.in_force.in_force", ("--show-settings",)),
        ("validator.discover.discover", ("--show-files",)),
    ):
        with monkeypatch.context() as patched:
            patched.setattr(name, crash)
            assert main([*option]) == 4
        assert capfd.readouterr() == ("", said)
