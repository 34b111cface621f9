"""`--fix` and `--diff`: what is mended is mended, in both languages, and nothing else changes."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

import validator.mend
from validator import cli
from validator.config import Options
from validator.edits import edited, edits_of
from validator.engine import run
from validator.findings import Edit, Finding, Ignored, Severity
from validator.graph.span import Span
from validator.mend import mend
from validator.reports import Report

Tree = Callable[[Mapping[str, str | bytes]], Path]
ROOT = Path(__file__).parent.parent
# The rules that offer edits, and the scenes that have such a fault.
RULES = sorted(
    file.stem.replace("_", "-")
    for file in (ROOT / "rules").rglob("*.py")
    if "edits=need.edits" in file.read_text(encoding="utf-8")
)
SAMPLES = [*RULES, "scenes/first-try", "scenes/vpc-stack"]

LOGS = """\
resource "aws_flow_log" "main" {
  vpc_id               = "vpc-0a1b2c3d4e5f67890"
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = aws_s3_bucket.logs.id # mend
}

resource "aws_s3_bucket" "logs" {
  bucket = "acme-mend"
}
"""
MENDED = LOGS.replace("aws_s3_bucket.logs.id", "aws_s3_bucket.logs.arn")


def errors(report: Report) -> set[str]:
    return {one.fingerprint for one in report.findings if one.severity is not Severity.INFO}


@pytest.mark.parametrize("sample", SAMPLES)
def test_what_offers_an_edit_is_gone_after_it(
    sample: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(ROOT / "sample_templates" / sample, tmp_path / "x")
    monkeypatch.chdir(tmp_path)
    before = run([Path("x")])
    offered = {one.fingerprint for one in before.findings if one.edits and one.ignored is None}
    assert offered
    if sample in RULES:
        kinds = {one.span.file.rpartition(".")[2] for one in before.findings if one.edits}
        assert kinds == {"tf", "yaml"}
    cli.main(["x", "--fix", "--exit-zero", "--output", "out"])
    after = run([Path("x")])
    assert offered.isdisjoint(one.fingerprint for one in after.findings)
    assert [one for one in after.findings if one.edits and one.ignored is None] == []
    assert after.diagnostics == before.diagnostics
    assert len(after.deliveries) == len(before.deliveries)
    # Nothing that was right has become wrong.
    right = {one.address for one in before.deliveries} - {one.address for one in before.findings}
    assert right.isdisjoint(one.address for one in after.findings)


def test_the_rules_that_offer_edits() -> None:
    assert RULES == [
        "bucket-key-id-not-arn",
        "bucket-policy-denies-log-delivery",
        "bucket-policy-refuses-log-delivery",
        "flow-log-aggregation-interval",
        "flow-log-destination-malformed",
        "flow-log-role-malformed",
        "key-policy-refuses-log-delivery",
        "log-group-class",
        "log-group-key-not-arn",
        "role-lacks-flow-logs-trust",
        "role-may-not-write-logs",
    ]


def test_fix_says_what_it_wrote_and_judges_again(
    tree: Tree, capfd: pytest.CaptureFixture[str]
) -> None:
    top = tree({"main.tf": LOGS})
    (top / "main.tf").chmod(0o640)
    assert cli.main(["--fix"]) == 0
    out, err = capfd.readouterr()
    assert err == "validate: fixed main.tf:5: aws_s3_bucket.logs.id → aws_s3_bucket.logs.arn\n"
    assert out.startswith("will work: aws_flow_log.main ")
    assert (top / "main.tf").read_text() == MENDED
    assert (top / "main.tf").stat().st_mode & 0o777 == 0o640
    assert [one.name for one in top.iterdir()] == ["main.tf"]


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ('log_destination_type = "S3"', 'log_destination_type = "s3"'),
        (
            'max_aggregation_interval = 600\n  transit_gateway_id = "tgw-0a1b2c3d4e5f67890"',
            'max_aggregation_interval = 60\n  transit_gateway_id = "tgw-0a1b2c3d4e5f67890"',
        ),
    ],
)
def test_what_is_written_out_is_mended(tree: Tree, wrong: str, right: str) -> None:
    lines = MENDED.splitlines(keepends=True)
    gateway = "transit_gateway" in wrong
    kept = "".join(lines[4:] if not gateway else lines[3:])
    head = 'resource "aws_flow_log" "main" {\n' + ("" if gateway else "".join(lines[1:3]))
    top = tree({"main.tf": f"{head}  {wrong}\n{kept}"})
    assert cli.main(["--fix"]) == 0
    assert (top / "main.tf").read_text() == f"{head}  {right}\n{kept}"


def test_diff_writes_nothing_and_is_a_patch(tree: Tree, capfd: pytest.CaptureFixture[str]) -> None:
    top = tree({"net/main.tf": LOGS.removesuffix("\n")})
    assert cli.main(["--diff"]) == 1
    out, err = capfd.readouterr()
    assert err == ""
    assert (top / "net/main.tf").read_text() == LOGS.removesuffix("\n")
    if shutil.which("git") is None:
        pytest.skip("git is not installed")
    done = subprocess.run(["git", "apply", "-"], input=out.encode(), check=False)
    assert done.returncode == 0
    assert (top / "net/main.tf").read_text() == MENDED.removesuffix("\n")


@pytest.mark.parametrize(
    "name", ["a b", 'a"b\\c', "\x1b[31m", "a\n::error::b", "\u202eé", "é", "##[x]"], ids=ascii
)
def test_a_patch_names_every_file_as_git_does(
    tree: Tree, name: str, capfd: pytest.CaptureFixture[str]
) -> None:
    top = tree({f"{name}/{name}.tf": LOGS})
    assert cli.main(["--diff"]) == 1
    patch = capfd.readouterr().out
    if shutil.which("git") is None:
        pytest.skip("git is not installed")
    assert "\x1b" not in patch and "\u202e" not in patch and "\n::" not in patch
    done = subprocess.run(["git", "apply", "-"], input=patch, text=True, check=False)
    assert done.returncode == 0
    assert (top / name / f"{name}.tf").read_text() == MENDED


def test_a_patch_on_a_terminal_is_no_command(tree: Tree) -> None:
    tree({"main.tf": LOGS.replace("# mend", "# \x1b[2J\n  # ::error::x")})
    report = run([Path()])
    patch = validator.mend.diff([Path()], Options(), report)
    shown = validator.mend.diff([Path()], Options(), report, terminal=True)
    assert "# \x1b[2J" in patch
    assert "# \\x1b[2J" in shown and "\x1b" not in shown
    assert len(shown.splitlines()) == len(patch.splitlines())


def test_nothing_to_mend_is_an_empty_diff(tree: Tree, capfd: pytest.CaptureFixture[str]) -> None:
    tree({"main.tf": MENDED})
    assert cli.main(["--diff"]) == 0
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_marks_and_line_ends_stay(tree: Tree, ending: str, mark: bytes) -> None:
    def content(text: str) -> bytes:
        return mark + ("# é日\n" + text).replace("\n", ending).encode()

    top = tree({"main.tf": content(LOGS)})
    cli.main(["--fix"])
    assert (top / "main.tf").read_bytes() == content(MENDED)


@pytest.mark.parametrize(
    "files",
    [
        {
            "main.tf": LOGS.replace(
                "# mend", "# predeploy: ignore[flow-log-destination-malformed] x"
            )
        },
        # Only what is written there and nowhere else is sure.
        {"main.tf": LOGS.replace("aws_s3_bucket.logs.id", '"${aws_s3_bucket.logs.id}/x"')},
        {"main.tf": LOGS.replace("aws_s3_bucket.logs.id", "lower(aws_s3_bucket.logs.id)")},
        {
            "main.tf": LOGS.replace("aws_s3_bucket.logs.id", "local.all.id")
            + "locals {\n  all = { id = aws_s3_bucket.logs.id }\n}\n"
        },
        {
            "main.tf": LOGS.replace("aws_s3_bucket.logs.id", "each.value # mend\n").replace(
                "  vpc_id ", "  for_each = { a = aws_s3_bucket.logs.id }\n  vpc_id ", 1
            )
        },
        {
            "main.tf": LOGS.replace("aws_s3_bucket.logs.id", "local.where")
            + "locals {\n  where = aws_s3_bucket.logs.id\n}\n"
        },
        {
            "main.tf": LOGS.replace("aws_s3_bucket.logs.id", "var.where"),
            "terraform.tfvars": 'where = "acme-mend"\n',
            "variables.tf": 'variable "where" {}\n',
        },
        {
            "flow.json": '{"Resources": {"B": {"Type": "AWS::S3::Bucket"}, "L": '
            '{"Type": "AWS::EC2::FlowLog", "Properties": {"ResourceId": "vpc-0a1b2c3d4e5f67890", '
            '"ResourceType": "VPC", "TrafficType": "ALL", "LogDestinationType": "s3", '
            '"LogDestination": {"Ref": "B"}}}}}'
        },
    ],
)
def test_what_is_not_sure_is_left_alone(tree: Tree, files: dict[str, str]) -> None:
    top = tree(files)
    cli.main(["--fix"])
    assert {one.name: one.read_text() for one in top.iterdir()} == files


def test_a_file_that_changed_meanwhile_is_left_alone(tree: Tree) -> None:
    top = tree({"main.tf": LOGS})
    report = run([Path()])
    changed = LOGS + "# more\n"
    (top / "main.tf").write_text(changed)
    mended = mend([Path()], Options(), report)
    assert mended.failed == ("main.tf: it has changed since it was read",)
    assert (mended.done, (top / "main.tf").read_text()) == ((), changed)


def test_a_file_that_cannot_be_written_is_told(
    tree: Tree, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def refuse(file: str, words: str) -> None:
        raise OSError(13, "Permission denied")

    tree({"main.tf": LOGS})
    monkeypatch.setattr(validator.mend, "save", refuse)
    assert cli.main(["--fix"]) == 1
    assert capfd.readouterr().err == "validate: --fix main.tf: Permission denied\n"


def test_nothing_outside_the_repository_is_written(tree: Tree) -> None:
    top = tree({"elsewhere/main.tf": LOGS, "repo/.git/HEAD": ""})
    (top / "repo/main.tf").symlink_to(top / "elsewhere/main.tf")
    cli.main(["repo", "--fix"])
    assert (top / "elsewhere/main.tf").read_text() == LOGS


def test_both_options_at_once_are_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as raised:
        cli.main(["--fix", "--diff"])
    assert raised.value.code == 2
    assert "not allowed with" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("wrong", "mended"),
    [
        ("vpc-flow-log.amazonaws.com", True),
        ("vpc-flowlogs.amazonaws.com", True),
        ("vpc-flow-logs.amazonaws.co", True),
        # These are other services, or nobody knows.
        ("delivery.logs.amazonaws.com", False),
        ("logs.amazonaws.com", False),
        ("ec2.amazonaws.com", False),
        ("vpc-flow.amazonaws.com", False),
    ],
)
def test_only_a_slip_in_the_name_of_a_service_is_mended(
    tree: Tree, wrong: str, mended: bool
) -> None:
    role = (ROOT / "sample_templates/role-lacks-flow-logs-trust/bad_typo.tf").read_text()
    before = role.replace("vpc-flow-log.amazonaws.com", wrong)
    right = role.replace("vpc-flow-log.amazonaws.com", "vpc-flow-logs.amazonaws.com")
    top = tree({"main.tf": before})
    cli.main(["--fix"])
    assert (top / "main.tf").read_text() == (right if mended else before)


def finding(*edits: Edit, ignored: Ignored | None = None) -> Finding:
    span = edits[0].span
    return Finding("r", Severity.ERROR, "m", "u#x", span, edits=edits, ignored=ignored)


def edit(column: int, end: int, new: str, line: int = 1) -> Edit:
    return Edit(Span("f", line, column, line, end), "old", new)


def test_edits_of_one_line_are_made_from_its_end() -> None:
    one, other = edit(1, 4, "longer"), edit(5, 8, "n")
    found = edits_of([finding(one), finding(other), finding(one)])
    assert found == {"f": [other, one]}
    assert edited("old old\nold", found["f"]) == "longer n\nold"


def test_edits_that_collide_are_not_made() -> None:
    apart = edit(1, 4, "c", line=2)
    two = [finding(edit(1, 4, "a")), finding(edit(1, 4, "b")), finding(apart)]
    assert edits_of(two) == {"f": [apart]}
    assert edits_of([finding(edit(1, 6, "a")), finding(edit(4, 9, "b"))]) == {}
    assert edits_of([finding(apart, ignored=Ignored(""))]) == {}
