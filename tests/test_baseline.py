"""Baselines: what was known counts no more; through the command, with real templates."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from validator import cli
from validator.baseline.entries import Broken, Entry, parse, rendered
from validator.findings import Severity

Tree = Callable[[Mapping[str, str | bytes]], Path]
Capture = pytest.CaptureFixture[str]

FILE = ".predeploy-baseline.json"
LOG = """\
resource "aws_flow_log" "NAME" {
  vpc_id               = "vpc-0123456789abcdefN"
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = "arn:aws:s3:::acme-NAME"
}
"""
OPEN = LOG.replace('"arn:aws:s3:::acme-NAME"', "var.to") + 'variable "to" {}\n'
WORKS = LOG.replace('"arn:aws:s3:::acme-NAME"', "aws_s3_bucket.NAME.arn") + (
    'resource "aws_s3_bucket" "NAME" {\n  bucket = "acme-NAME"\n}\n'
)
TEMPLATE = """\
Resources:
  Log:
    Type: AWS::EC2::FlowLog
    Properties:
      ResourceId: vpc-0123456789abcdef0
      ResourceType: VPC
      TrafficType: ALL
      LogDestinationType: s3
      LogDestination: arn:aws:s3:::acme-template
"""


def log(name: str, text: str = LOG) -> str:
    return text.replace("NAME", name).replace("abcdefN", f"abcde{ord(name[0]) % 10}{len(name)}")


class Ran:
    """What the command came to: exit code, JSON report, and what it complained of."""

    def __init__(self, capsys: Capture, *arguments: str) -> None:
        capsys.readouterr()
        self.code = cli.main([*arguments, "--format", "json"])
        shown = capsys.readouterr()
        self.found: dict[str, Any] = json.loads(shown.out)
        self.complaints = shown.err

    @property
    def new(self) -> list[str]:
        return [
            f"{one['rule']} {one['unit']}#{one['address']}"
            for one in self.found["findings"]
            if one["ignored"] is None
        ]

    @property
    def known(self) -> int:
        known: int = self.found["summary"]["known"]
        ignored = [one["ignored"] for one in self.found["findings"] if one["ignored"]]
        assert known == sum(one["by"] == "baseline" for one in ignored)
        return known


MISSING = "flow-log-bucket-missing"


def test_what_is_known_counts_no_more_and_what_is_new_does(tree: Tree, capsys: Capture) -> None:
    tree({"infra/main.tf": log("a"), "t.yaml": TEMPLATE})
    assert Ran(capsys).code == 1
    wrote = Ran(capsys, "--write-baseline")
    assert (wrote.code, wrote.new, wrote.known) == (0, [], 2)
    assert wrote.complaints == f"validate: {FILE} holds 2 known findings\n"
    again = Ran(capsys, "--baseline", FILE)
    assert (again.code, again.new, again.known) == (0, [], 2)
    tree({"infra/more.tf": log("b")})
    more = Ran(capsys, "--baseline", FILE)
    assert (more.code, more.new, more.known) == (1, [f"{MISSING} infra#aws_flow_log.b"], 2)
    # Nothing reads it unless it is named.
    assert len(Ran(capsys).new) == 3


def test_lines_may_move_and_files_may_be_written_anew(tree: Tree, capsys: Capture) -> None:
    tree({"infra/main.tf": log("a"), "t.yaml": TEMPLATE})
    Ran(capsys, "--write-baseline")
    body = json.dumps(
        {
            "Resources": {
                "Log": {
                    "Type": "AWS::EC2::FlowLog",
                    "Properties": {
                        "ResourceId": "vpc-0123456789abcdef0",
                        "ResourceType": "VPC",
                        "TrafficType": "ALL",
                        "LogDestinationType": "s3",
                        "LogDestination": "arn:aws:s3:::acme-template",
                    },
                }
            }
        }
    )
    (Path("infra") / "main.tf").rename("infra/other.tf")
    tree({"infra/other.tf": "# moved\n\n\n" + log("a").replace("  ", "\t"), "t.yaml": body})
    assert Ran(capsys, "--baseline", FILE).new == []


@pytest.mark.parametrize("here", ["infra", "infra/deep", ".", "elsewhere"])
def test_it_does_not_matter_where_a_run_starts(
    tree: Tree, capsys: Capture, monkeypatch: pytest.MonkeyPatch, here: str
) -> None:
    top = tree({"infra/main.tf": log("a"), "infra/deep/x/t.yaml": TEMPLATE, "elsewhere/x": ""})
    (top / ".git").mkdir()
    file = top / "infra/known.json"
    Ran(capsys, "infra", "--write-baseline", "infra/known.json")
    held = file.read_text(encoding="utf-8")
    assert '"address": ".#aws_flow_log.a"' in held
    assert '"address": "deep/x/t.yaml#Log"' in held
    monkeypatch.chdir(top / here)
    ran = Ran(capsys, str(top / "infra"), "--baseline", str(file))
    assert (ran.code, ran.new, ran.known) == (0, [], 2)
    Ran(capsys, str(top / "infra"), "--write-baseline", str(file))
    assert file.read_text(encoding="utf-8") == held


def test_the_file_is_for_people_and_for_merges(tree: Tree, capsys: Capture) -> None:
    tree({"b/main.tf": log("b"), "a/main.tf": log("a") + log("c")})
    Ran(capsys, "--write-baseline")
    text = Path(FILE).read_text(encoding="utf-8")
    first, *lines, last = text.splitlines()
    assert (first, last) == ('{"predeploy-baseline": 1, "findings": [', "]}")
    assert [json.loads(line.rstrip(","))["address"] for line in lines] == [
        "a#aws_flow_log.a",
        "a#aws_flow_log.c",
        "b#aws_flow_log.b",
    ]
    entry = json.loads(lines[0].rstrip(","))
    assert entry == {
        "address": "a#aws_flow_log.a",
        "rule": MISSING,
        "severity": "warning",
        "fingerprint": entry["fingerprint"],
        "message": "nothing in these files creates bucket acme-a",
    }
    found = Ran(capsys, "--baseline", FILE).found["findings"]
    assert [one["ignored"]["line"] for one in found] == [2, 3, 4]
    assert {one["ignored"]["file"] for one in found} == {FILE}


def test_what_is_gone_is_told_and_dropped(tree: Tree, capsys: Capture) -> None:
    tree({"a/main.tf": log("a") + log("c"), "t.yaml": TEMPLATE})
    Ran(capsys, "--write-baseline")
    tree({"a/main.tf": log("a", WORKS) + log("c")})
    Path("t.yaml").unlink()
    ran = Ran(capsys, "--baseline", FILE)
    assert (ran.code, ran.known) == (0, 1)
    gone = [f"{MISSING} at a#aws_flow_log.a", f"{MISSING} at t.yaml#Log"]
    assert ran.found["baseline"] == {"file": FILE, "held": 3, "gone": gone}
    cli.main(["--baseline", FILE])
    assert (
        "2 known findings are gone: write the baseline again to drop them\n"
        f"    {gone[0]}\n    {gone[1]}\n" in capsys.readouterr().out
    )
    wrote = Ran(capsys, "--write-baseline")
    assert wrote.complaints == f"validate: {FILE} holds 1 known finding, 2 dropped\n"
    assert Ran(capsys, "--baseline", FILE).found["baseline"]["gone"] == []


def test_what_a_run_does_not_look_at_stays(tree: Tree, capsys: Capture) -> None:
    top = tree({"a/main.tf": log("a"), "b/main.tf": log("b"), "t.yaml": TEMPLATE})
    (top / ".git").mkdir()
    Ran(capsys, "--write-baseline")
    held = Path(FILE).read_text(encoding="utf-8")
    for arguments in (
        ["a"],
        ["a/main.tf"],
        ["--ignore", MISSING],
        ["--select", "flow-log-duplicate"],
        ["--exclude", "b", "--exclude", "t.yaml"],
    ):
        ran = Ran(capsys, *arguments, "--baseline", FILE)
        assert ran.found["baseline"]["gone"] == [], arguments
        Ran(capsys, *arguments, "--write-baseline", FILE)
        assert Path(FILE).read_text(encoding="utf-8") == held, arguments
    # What cannot be read may still have what it had.
    tree({"a/main.tf": log("a")[:-3], "t.yaml": "Resources:\n  Log: [\n  Type: AWS::EC2::FlowLog"})
    assert Ran(capsys, "--baseline", FILE).found["baseline"]["gone"] == []


def test_a_finding_that_becomes_graver_is_new(tree: Tree, capsys: Capture) -> None:
    tree({"main.tf": log("a")})
    Ran(capsys, "--write-baseline")
    tree({"predeploy.toml": f'[severity]\n{MISSING} = "error"\n'})
    ran = Ran(capsys, "--baseline", FILE)
    assert (ran.code, len(ran.new), ran.known) == (1, 1, 0)
    Ran(capsys, "--write-baseline")
    tree({"predeploy.toml": f'[severity]\n{MISSING} = "info"\n'})
    ran = Ran(capsys, "--baseline", FILE, "--fail-on", "info")
    assert (ran.code, ran.new, ran.known) == (0, [], 1)
    # Written again it holds no more than there is: next time an error is new.
    Ran(capsys, "--write-baseline")
    tree({"predeploy.toml": ""})
    assert len(Ran(capsys, "--baseline", FILE).new) == 1


def test_equal_findings_are_counted(tree: Tree, capsys: Capture) -> None:
    """The two ignores are alike but for their place, and one more is new."""
    lines = "# predeploy: ignore[no-such-rule-anywhere] x\n"
    other = lines.replace("no-such-rule-anywhere", "flow-log-bucket-mising")
    tree({"main.tf": log("a", WORKS) + other + other})
    wrote = Ran(capsys, "--write-baseline")
    assert wrote.known == 2
    entries = parse(FILE, Path(FILE).read_text(encoding="utf-8"))
    twice = rendered([*entries, *entries])
    assert [one.count for one in parse(FILE, twice)] == [2, 2]
    Path(FILE).write_text(twice, encoding="utf-8")
    ran = Ran(capsys, "--baseline", FILE)
    assert (ran.known, len(ran.found["baseline"]["gone"])) == (2, 2)
    assert ran.found["baseline"]["held"] == 4


def test_what_cannot_be_told_is_known_where_it_fails(tree: Tree, capsys: Capture) -> None:
    tree({"main.tf": log("a", OPEN)})
    Ran(capsys, "--write-baseline")
    assert '"findings": []' in Path(FILE).read_text(encoding="utf-8")
    assert Ran(capsys, "--baseline", FILE, "--strict").code == 1
    wrote = Ran(capsys, "--write-baseline", "--unknown", "fail")
    assert (wrote.code, wrote.found["deliveries"][0]["known"]) == (0, True)
    assert Ran(capsys, "--baseline", FILE, "--strict").code == 0
    assert '"rule": "cannot-tell"' in Path(FILE).read_text(encoding="utf-8")
    # It stays, also where it does not fail, as long as it is so.
    Ran(capsys, "--write-baseline")
    assert '"rule": "cannot-tell"' in Path(FILE).read_text(encoding="utf-8")
    tree({"main.tf": log("a", OPEN) + log("b", OPEN).replace('variable "to" {}\n', "")})
    ran = Ran(capsys, "--baseline", FILE, "--strict")
    assert (ran.code, [one["known"] for one in ran.found["deliveries"]]) == (1, [True, False])
    tree({"main.tf": log("a", WORKS)})
    ran = Ran(capsys, "--baseline", FILE)
    assert ran.found["baseline"]["gone"] == ["cannot-tell at .#aws_flow_log.a"]


def test_comments_and_the_baseline_each_do_their_part(tree: Tree, capsys: Capture) -> None:
    note = f"# predeploy: ignore[{MISSING}] the platform team has it\n"
    tree({"main.tf": note + log("a") + log("b")})
    wrote = Ran(capsys, "--write-baseline")
    assert (wrote.known, wrote.found["summary"]["ignored"]) == (1, 1)
    assert "aws_flow_log.a" not in Path(FILE).read_text(encoding="utf-8")
    assert len(Ran(capsys, "--baseline", FILE, "--no-ignores").new) == 1


def test_what_is_never_to_be_ignored_is_never_known(tree: Tree, capsys: Capture) -> None:
    tree({"main.tf": log("a")})
    Ran(capsys, "--write-baseline")
    tree({"predeploy.toml": f'never-ignore = ["{MISSING}"]\nbaseline = "{FILE}"\n'})
    assert Ran(capsys).code == 1
    Ran(capsys, "--write-baseline")
    assert '"findings": []' in Path(FILE).read_text(encoding="utf-8")


def test_it_stands_beside_the_configuration(tree: Tree, capsys: Capture) -> None:
    tree({"infra/predeploy.toml": "", "infra/a/main.tf": log("a")})
    wrote = Ran(capsys, "infra/a", "--write-baseline")
    assert wrote.complaints == f"validate: infra/{FILE} holds 1 known finding\n"
    tree({"infra/predeploy.toml": 'baseline = "known.json"\n'})
    wrote = Ran(capsys, "infra/a", "--write-baseline")
    assert wrote.complaints == "validate: infra/known.json holds 1 known finding\n"
    assert Ran(capsys, "infra/a").new == []


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("", 1, "this is no baseline: Expecting value"),
        ('{"predeploy-baseline": 1,\n"findings": [\n<<<<<<< HEAD\n]}', 3,
         "this is no baseline: Expecting value"),
        ('resource "x" "y" {}', 1, "this is no baseline: Expecting value"),
        ("[]", 1, "this is no baseline; --write-baseline writes one"),
        ('{"findings": []}', 1, "this is no baseline; --write-baseline writes one"),
        ('{"predeploy-baseline": 2}', 1, "this is a baseline of version 2; 1 is understood"),
        ('{"predeploy-baseline": 1}', 1, "a baseline has a list of findings"),
        ('{"predeploy-baseline": 1, "findings": [\n{"fingerprint": "0", "rule": ""}]}', 2,
         "an entry of a baseline has a text as its address"),
        ('{"predeploy-baseline": 1, "findings": [\n{"fingerprint": "0", "rule": "a", '
         '"address": "a#b", "message": "", "severity": "grave"}]}', 2,
         "there is no severity grave"),
        ('{"predeploy-baseline": 1, "findings": [\n{"fingerprint": "0", "rule": "a", '
         '"address": "a#b", "message": "", "severity": "info", "count": 0}]}', 2,
         "the count of an entry is a number from 1 on"),
        ('{"predeploy-baseline": 1, "findings": [\n{"fingerprint": "0", "rule": "a", '
         '"address": "a\\u0000#b", "message": "", "severity": "info"}]}', 2,
         "the address of an entry begins with what no file can be called"),
        ('{"predeploy-baseline": 1, "findings": [\n{"fingerprint": "0", "rule": "a", '
         '"address": "\\ud800#b", "message": "", "severity": "info"}]}', 2,
         "the address of an entry begins with what no file can be called"),
        (b"\xff\xfe", 1, "this is no UTF-8 text"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("option", ["--baseline", "--write-baseline"])
def test_a_broken_baseline_ends_the_run_at_its_place(
    tree: Tree, capsys: Capture, text: str | bytes, line: int, message: str, option: str
) -> None:
    tree({"main.tf": log("a"), "known.json": text})
    before = Path("known.json").read_bytes()
    ran = Ran(capsys, option, "known.json")
    assert ran.code == 2
    (one,) = ran.found["diagnostics"]
    assert (one["file"], one["line"], one["message"]) == ("known.json", line, message)
    # What is no baseline is not written over.
    assert Path("known.json").read_bytes() == before


def test_bad_options_end_the_run_in_words(tree: Tree, capsys: Capture) -> None:
    tree({"a/main.tf": log("a"), "one.json": "", "two.json": ""})
    for arguments, words in (
        (["--baseline", "none.json"], "--baseline none.json: there is no such file"),
        (["--write-baseline", "a"], "--write-baseline a: this is a folder"),
        (["--baseline", "one.json", "--write-baseline", "two.json"], "name two files"),
        (["--write-baseline", "none/x.json"], "--write-baseline none/x.json: "),
        (["--write-baseline", "--diff"], "--diff writes nothing"),
    ):
        assert cli.main(arguments) == 2
        assert words in capsys.readouterr().err
    tree({"predeploy.toml": 'baseline = "none.json"\n'})
    (one,) = Ran(capsys).found["diagnostics"]
    assert one["message"] == "there is no such baseline; --write-baseline writes it"


def test_it_is_not_written_where_a_rule_failed(tree: Tree, capsys: Capture) -> None:
    rule = '"""Mine."""\nfrom validator.findings import Rule, Severity\n'
    rule += 'RULE = Rule(id="mine", name="Mine", severity=Severity.ERROR)\n\n'
    rule += "def check(graph):\n    raise ValueError\n    yield\n"
    tree({"main.tf": log("a"), "mine/mine.py": rule})
    ran = Ran(capsys, "--rules", "mine", "--write-baseline")
    assert ran.code == 2
    assert "the baseline is not written" in ran.complaints
    assert not Path(FILE).exists()


def test_formats_tell_known_from_new(tree: Tree, capsys: Capture) -> None:
    tree({"main.tf": log("a")})
    Ran(capsys, "--write-baseline")
    tree({"more.tf": log("b")})
    cli.main(["--baseline", FILE, "--format", "sarif", "-v"])
    results = json.loads(capsys.readouterr().out)["runs"][0]["results"]
    assert [(one["baselineState"], "suppressions" in one) for one in results] == [
        ("unchanged", True),
        ("new", False),
    ]
    assert results[0]["suppressions"] == [{"kind": "external", "justification": "known before"}]
    cli.main(["--baseline", FILE, "--format", "concise", "-v"])
    first, second, summary = capsys.readouterr().out.splitlines()
    assert first.endswith(" (known)") and not second.endswith(")")
    assert "0 errors, 1 warning (1 known)" in summary
    cli.main(["--baseline", FILE])
    shown = capsys.readouterr().out
    assert "may fail: aws_flow_log.a (main.tf:1) → s3 acme-a (findings: 1 known)\n" in shown
    cli.main(["--baseline", FILE, "-v"])
    assert f"  = ignored: known before ({FILE}:2)\n" in capsys.readouterr().out


TEXTS = st.text(st.characters(codec="utf-8"), min_size=1, max_size=8)
ENTRIES = st.builds(
    Entry,
    address=TEXTS.map(lambda one: one.replace("\0", "0")),
    rule=TEXTS,
    fingerprint=TEXTS,
    severity=st.sampled_from(Severity),
    message=TEXTS,
    count=st.integers(1, 3),
)


@given(st.lists(ENTRIES, max_size=8))
def test_what_is_written_is_read_again(entries: list[Entry]) -> None:
    text = rendered(entries)
    read = parse("f", text)
    assert rendered(read) == text
    assert rendered(reversed(read)) == text
    assert sum(one.count for one in read) == sum(one.count for one in entries)
    lines = text.split("\n")
    assert [lines[one.line - 1].rstrip(",") for one in read] == [one.written() for one in read]


@given(st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(
        st.sampled_from(["predeploy-baseline", "findings", "fingerprint", "rule", "count"]),
        inner, max_size=4),
    max_leaves=8,
))  # fmt: skip
def test_no_json_is_a_crash(value: object) -> None:
    for document in (value, {"predeploy-baseline": 1, "findings": [value]}):
        try:
            parse("f", json.dumps(document))
        except Broken as error:
            assert error.diagnostic.kind == "config"
