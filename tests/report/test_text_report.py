"""The report for a person, letter by letter."""

from __future__ import annotations

import re

from validator.findings import Aws, Finding
from validator.outcomes import Delivered, Verdict
from validator.records import replace
from validator.report import Style
from validator.report.text import render
from validator.reports import Counts, Idle, Report

WHOLE = """\
error[bucket-key-id-not-arn]: the bucket's default key is a key ID
 --> infra/bucket.tf:3:25
  |
3 |     kms_master_key_id = aws_kms_key.logs.key_id # here
  |                         ^^^^^^^^^^^^^^^^^^^^^^^ gives an ID; delivery needs the ARN
 ::: infra/flow.tf:4:26
  |
2 |   log_destination_type = "s3"
  |                          ---- as objects in S3
3 |
4 |   log_destination      = aws_s3_bucket.logs.arn
  |                          ---------------------- this flow log writes here
  = aws: "LogDestination acme is undeliverable" (at delivery)
  = fix: kms_master_key_id = aws_kms_key.logs.arn
  = when: IsProd is true
  = delivery: aws_flow_log.main in infra
  = help: validate --explain bucket-key-id-not-arn

may fail: aws_flow_log.other (infra/flow.tf:1) → s3 other (findings: 1 ignored)
cannot tell: module.a.aws_flow_log.b["x"] (infra/flow.tf:1) → ${var.where}: \
variable where has no value (--var where=VALUE)
will work: Log (Net/Vpc/Log) (flow.yaml:7) → s3 b

syntax: broken.tf:4:2: a { is not closed

4 deliveries: 1 will fail, 1 may fail, 1 will work, 1 cannot tell · \
1 error, 0 warnings (1 ignored) · 5 files, 2 modules, 1 template; 1 input not understood
"""

EMPTY = Report((), (), (), Counts(), {})


def test_the_whole_report(report: Report) -> None:
    assert render(report, Style()) == WHOLE


def test_colour_adds_nothing_but_colour(report: Report) -> None:
    shown = render(report, Style(color=True))
    assert "\x1b[1;31merror[bucket-key-id-not-arn]\x1b[0m" in shown
    assert re.sub(r"\x1b\[[0-9;]*m", "", shown) == WHOLE


def test_nothing_to_judge_still_has_a_summary() -> None:
    counted = replace(EMPTY, counts=Counts(3, 1, 1))
    assert render(counted, Style()) == (
        "0 deliveries · 0 errors, 0 warnings · 3 files, 1 module, 1 template\n"
    )


def test_a_unit_whose_flow_logs_are_switched_off_is_told(report: Report) -> None:
    shown = render(replace(report, idle=(Idle("net\x1b"),)), Style())
    words = "no delivery: net\\x1b (no flow log is deployed with the values it has here)\n"
    assert words in shown
    assert "no delivery" not in render(replace(report, idle=(Idle("net"),)), Style(quiet=True))


def test_quiet_leaves_out_what_does_not_fail(report: Report) -> None:
    shown = render(report, Style(quiet=True))
    assert "will work:" not in shown
    assert "cannot tell:" not in shown
    assert "error[bucket-key-id-not-arn]" in shown
    assert "may fail: aws_flow_log.other" in shown


def test_unknown_deliveries_can_be_left_out_but_are_counted(report: Report) -> None:
    shown = render(report, Style(unknown=False))
    assert "cannot tell:" not in shown
    assert "1 cannot tell" in shown


def test_verbose_shows_ignored_findings(report: Report) -> None:
    shown = render(report, Style(verbose=True))
    assert "warning[flow-log-bucket-missing]: nothing in these files" in shown
    assert "  = ignored: another team's (until 2030-01-31) (infra/flow.tf:4)\n" in shown


def test_statistics_count_rules(report: Report) -> None:
    assert "\n    1 bucket-key-id-not-arn\n\n4 deliveries" in render(report, Style(statistics=True))


def test_one_fault_of_many_deliveries_is_shown_once(report: Report) -> None:
    first = report.findings[0]
    many = [replace(first, address=f"infra#aws_flow_log.main[{number}]") for number in range(7)]
    logs = tuple(replace(report.deliveries[0], address=one.address) for one in many)
    shown = render(replace(report, findings=tuple(many), deliveries=logs), Style())
    assert shown.count("error[bucket-key-id-not-arn]") == 1
    delivery = shown[shown.index("  = delivery: ") :].split("  = help")[0]
    assert " ".join(delivery.split()) == (
        "= delivery: aws_flow_log.main[0], aws_flow_log.main[1], aws_flow_log.main[2], "
        "aws_flow_log.main[3], aws_flow_log.main[4] and 2 more in infra"
    )
    assert all(len(line) <= 100 for line in delivery.splitlines())


def test_a_finding_names_its_delivery_as_its_generator_does(report: Report) -> None:
    finding = replace(report.findings[0], address="flow.yaml#Log")
    shown = render(replace(report, findings=(finding,)), Style())
    assert "= delivery: Log (Net/Vpc/Log) in flow.yaml\n" in shown


def test_several_missing_facts_have_a_line_each(report: Report) -> None:
    flow = report.deliveries[2]
    both = replace(flow, open=(*flow.open, replace(flow.open[0], fact="no region", supply="")))
    shown = render(replace(report, deliveries=(both,)), Style())
    assert (
        "→ ${var.where}\n    variable where has no value (--var where=VALUE)\n    no region\n"
        in shown
    )


def test_many_deliveries_of_one_resource_are_told_in_one_line(report: Report) -> None:
    flow = report.deliveries[0].span
    logs = [
        Delivered(f"infra#log[{number}]", flow, "s3", f"acme/{number}", Verdict.WILL_WORK)
        for number in range(5)
    ]

    def told(*deliveries: Delivered, verbose: bool = False) -> list[str]:
        whole = Report(deliveries, (), (), report.counts, {})
        shown = render(whole, Style(verbose=verbose)).splitlines()
        return shown[: shown.index("")]

    place = "infra/flow.tf:1"
    assert told(*logs) == [f"will work: log[0] and 4 more ({place}) → s3 acme/0 and 4 more"]
    assert len(told(*logs, verbose=True)) == 5
    # What differs is told apart.
    assert told(replace(logs[0], verdict=Verdict.MAY_FAIL), *logs[1:]) == [
        f"may fail: log[0] ({place}) → s3 acme/0",
        f"will work: log[1] and 3 more ({place}) → s3 acme/1 and 3 more",
    ]


def test_a_delivery_that_works_is_told_in_spite_of_a_finding(report: Report) -> None:
    works = replace(report.deliveries[0], verdict=Verdict.WILL_WORK)
    shown = render(replace(report, deliveries=(works,)), Style())
    assert f"will work: {works.name} (" in shown


def test_the_moment_of_an_error_stays_in_one_piece(report: Report) -> None:
    (first, *_) = report.findings
    for length in range(60, 80):
        aws = Aws("x" * length, "next-apply")
        shown = render(replace(report, findings=(replace(first, aws=aws),)), Style(width=80))
        assert "(at the next apply)" in shown
        assert "\0" not in shown


def test_a_failing_delivery_without_finding_is_told(report: Report) -> None:
    """With `--select`, the rule that found it may be off."""
    shown = render(replace(report, findings=()), Style())
    assert "will fail: aws_flow_log.main (infra/flow.tf:1) → s3 acme\n" in shown


def test_code_of_several_lines_stays_as_it_is(report: Report) -> None:
    fix = "write:\n  condition {\n    x = 1\n  }"
    shown = render(replace(report, findings=(replace(report.findings[0], fix=fix),)), Style())
    assert "  = fix: write:\n        condition {\n          x = 1\n        }\n" in shown


def test_no_name_reaches_the_terminal_as_a_control_character(report: Report) -> None:
    evil = "\x1b]0;owned\x07\x9b2J\r\u202etxt\u2028\ud800\x7f"

    def spoil(finding: Finding) -> Finding:
        return replace(
            finding,
            message=evil,
            rule=evil,
            address=f"infra#{evil}",
            fix=evil,
            when=(evil,),
            span=replace(finding.span, file=evil),
            evidence=tuple(replace(one, note=evil) for one in finding.evidence),
            aws=replace(finding.aws, text=evil) if finding.aws else None,
        )

    spoiled = replace(
        report,
        findings=tuple(map(spoil, report.findings)),
        deliveries=tuple(
            replace(
                one,
                address=f"{evil}#{evil}",
                destination=evil,
                verdict=Verdict.CANNOT_TELL,
                span=replace(one.span, file=evil),
                open=tuple(replace(fact, fact=evil, supply=evil) for fact in one.open),
            )
            for one in report.deliveries
        ),
        diagnostics=tuple(
            replace(one, message=evil, span=replace(one.span, file=evil))
            for one in report.diagnostics
        ),
        sources={**report.sources, evil: (evil,) * 9},
    )
    shown = render(spoiled, Style(verbose=True, statistics=True))
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u202e\ud800]", shown)
    assert "\\x1b]0;owned" in shown
