"""Baselines: what was known counts no more; through the command, with real templates."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tests.baseline_cases import FILE, MISSING, OPEN, TEMPLATE, WORKS, Capture, Ran, log
from validator import cli
from validator.baseline.entries import parse, rendered

Tree = Callable[[Mapping[str, str | bytes]], Path]


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
