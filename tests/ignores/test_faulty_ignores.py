"""What is said of ignores that do not count: malformed, ended, unknown, without a reason."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

import validator.ignores.heeding
from tests.ignores.cases import (
    LOG,
    METADATA,
    NOTE,
    RULE,
    TEMPLATE,
    about,
    judged,
    marked,
)
from validator.findings import Severity

Tree = Callable[[Mapping[str, str | bytes]], Path]


@pytest.mark.parametrize(("today", "counts"), [("2027-03-01", True), ("2027-03-02", False)])
def test_the_last_day_counts(tree: Tree, today: str, counts: bool) -> None:
    head = f"# predeploy: ignore[{RULE}] until=2027-03-01 moved then\n"
    tree({"main.tf": head + LOG, "t.yaml": TEMPLATE + METADATA + "            until: 2027-03-01\n"})
    report = judged(today=today)
    ended = [("expired-ignore", 1), ("expired-ignore", 13)]
    if counts:
        assert [reason for _, reason in marked(report)] == [
            "moved then",
            "the platform team has it",
        ]
        assert about(report) == []
        return
    assert [reason for _, reason in marked(report)] == [None, None]
    assert [(rule, line) for rule, line, _ in about(report)] == ended
    for one in report.findings:
        if one.rule == RULE:
            assert one.evidence[-1].note == "this ignore ended on 2027-03-01"
            assert one.evidence[-1].span.file == one.span.file


def test_the_day_is_asked_from_one_place_and_only_if_needed(
    tree: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(validator.ignores.heeding, "today", lambda: "2027-03-02")
    tree({"main.tf": f"# predeploy: ignore[{RULE}] until=2027-03-01\n{LOG}"})
    assert [rule for rule, *_ in about(judged())] == ["expired-ignore"]
    assert about(judged(today="2027-03-01")) == []

    def never() -> str:
        raise AssertionError

    monkeypatch.setattr(validator.ignores.heeding, "today", never)
    tree({"main.tf": f"# {NOTE}\n{LOG}"})
    assert about(judged()) == []


@pytest.mark.parametrize(
    ("words", "message", "column"),
    [
        ("ignore flow-log-bucket-missing", "an ignore names its rules in brackets", 3),
        ("ignore", "an ignore names its rules in brackets", 3),
        (f"ignore[{RULE} because", "the bracket behind ignore is never closed", 3),
        ("ignore[] because", "this ignore names no rule", 3),
        ("ignore[*] because", "* is no id of a rule; every rule is named by itself", 21),
        ("ignore[a b] because", "a b is no id of a rule; every rule is named by itself", 21),
        ("ignroe[a-rule] because", "predeploy knows no ignroe but only ignore", 3),
        ("skip[a-rule]", "predeploy knows no skip but only ignore", 3),
        ("ignores a-rule", "predeploy knows no ignores but only ignore", 3),
        (
            f"ignore[{RULE}] until=2027-02-29",
            "2027-02-29 is no day of the calendar as YYYY-MM-DD",
            46,
        ),
        (f"ignore[{RULE}] until=soon", "soon is no day of the calendar as YYYY-MM-DD", 46),
        (f"ignore[{RULE}] until=", "nothing is no day of the calendar as YYYY-MM-DD", 46),
        (f"ignore[{RULE}] until=2027-3-1", "2027-3-1 is no day of the calendar as YYYY-MM-DD", 46),
        (f"ignore[{RULE}] until=2027-01-01 until=2028-01-01", "this ignore has two last days", 3),
    ],
)
def test_a_malformed_ignore_is_told_at_its_place(
    tree: Tree, words: str, message: str, column: int
) -> None:
    tree({"main.tf": f"# predeploy: {words}\n{LOG}"})
    report = judged()
    assert marked(report) == [("aws_flow_log.a", None)]
    assert about(report) == [("malformed-ignore", 1, message)]
    (one,) = (one for one in report.findings if one.rule == "malformed-ignore")
    assert (one.severity, one.span.column, one.unit) == (Severity.WARNING, column, "main.tf")


@pytest.mark.parametrize(
    "words",
    ["run this before the deploy", "see the README", "validated by the pipeline", "[a-rule]", ""],
)
def test_prose_that_begins_with_our_name_is_prose(tree: Tree, words: str) -> None:
    tree({"main.tf": f"# predeploy: {words}\n{LOG}"})
    assert about(judged()) == []


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ("ignore:", "ignores:", 12, "an ignore has no ignores; did you mean ignore?"),
        ("rule:", "rules:", 13, "an ignore has no rules; did you mean rule?"),
        ("  - rule", "    rule", 13, "ignore is a list of rules, each with a reason"),
        (f"- rule: {RULE}\n            reason: the platform team has it", f"- {RULE}", 13,
         "an ignore has a rule, and may have a reason and until"),
        (f"rule: {RULE}\n            reason", "reason", 13, "this ignore names no rule"),
        (f"rule: {RULE}", "rule: []", 13, "this ignore names no rule"),
        (f"rule: {RULE}", "rule: {a: b}", 13,
         "this is no id of a rule; every rule is named by itself"),
        ("reason: the", "until: 2027-02-30 # the", 14,
         "2027-02-30 is no day of the calendar as YYYY-MM-DD"),
        ("the platform team has it", "[a]", 14, "reason must be a text"),
        ("        ignore:\n", "", 12, "predeploy holds the key ignore with a list"),
    ],
)  # fmt: skip
def test_metadata_of_a_wrong_shape_is_told_at_its_place(
    tree: Tree, old: str, new: str, line: int, message: str
) -> None:
    tree({"t.yaml": TEMPLATE + METADATA.replace(old, new)})
    report = judged()
    assert marked(report) == [("Log", None)]
    assert about(report) == [("malformed-ignore", line, message)]


@pytest.mark.parametrize(
    ("many", "line", "count", "message"),
    [
        (
            "# predeploy: ignore\n" * 1500,
            101,
            101,
            "an ignore names its rules in brackets; there are more in this file",
        ),
        (
            "# predeploy: ignore[a]\n" * 999 + "# predeploy: ignore[a, a]\n",
            1000,
            1,
            "a file may hold 1000 ignores: this and all below do not count",
        ),
    ],
    ids=["malformed", "rules"],
)
def test_a_flood_of_ignores_in_a_file_is_cut(
    tree: Tree, many: str, line: int, count: int, message: str
) -> None:
    tree({"a/main.tf": many + f"# {NOTE}\n{LOG}", "b/main.tf": f"# {NOTE}\n{LOG}"})
    report = judged()
    told = [one for one in report.findings if one.rule == "malformed-ignore"]
    assert len(told) == count
    last = max(told, key=lambda one: one.span.line)
    assert (last.span.file, last.span.line, last.message) == ("a/main.tf", line, message)
    heeded = [one.span.file for one in report.findings if one.ignored]
    assert heeded == (["b/main.tf"] if count == 1 else ["a/main.tf", "b/main.tf"])


def test_an_unknown_rule_is_told_with_the_nearest(tree: Tree) -> None:
    tree({"main.tf": f"# predeploy: ignore[flow-log-bucket-mising, our-own-rule, E3012]\n{LOG}"})
    report = judged()
    assert about(report) == [
        (
            "ignore-unknown-rule",
            1,
            f"there is no rule flow-log-bucket-mising; did you mean {RULE}?",
        ),
        (
            "ignore-unknown-rule",
            1,
            "there is no rule our-own-rule; "
            "if it belongs to a pack of yours, load that with --rules",
        ),
    ]
    # The second may be of a pack that other runs load.
    assert [one.severity for one in report.findings if one.rule == "ignore-unknown-rule"] == [
        Severity.WARNING,
        Severity.INFO,
    ]


def test_where_a_reason_is_asked_for(tree: Tree) -> None:
    tree({"main.tf": f"# predeploy: ignore[{RULE}]\n{LOG}", "t.yaml": TEMPLATE + METADATA})
    assert about(judged()) == []
    report = judged(require_reason=True)
    assert marked(report) == [("aws_flow_log.a", None), ("Log", "the platform team has it")]
    assert about(report) == [
        ("ignore-without-reason", 1, "this ignore gives no reason, so it does not count")
    ]
    (one,) = (one for one in report.findings if one.rule == RULE and one.ignored is None)
    assert one.evidence[-1].note == "this ignore does not count: it gives no reason"


def test_what_is_never_to_be_ignored_says_so(tree: Tree) -> None:
    tree({"main.tf": f"# {NOTE}\n{LOG}"})
    report = judged(never_ignore=frozenset({RULE}))
    assert marked(report) == [("aws_flow_log.a", None)]
    assert report.findings[0].evidence[-1].note == (
        "this ignore does not count: the rule is never to be ignored"
    )


def test_no_ignores_means_none_and_nothing_about_them(tree: Tree) -> None:
    tree({"main.tf": f"# {NOTE} until=2000-01-01\n# predeploy: ignore\n{LOG}"})
    report = judged(heed_ignores=False)
    assert marked(report) == [("aws_flow_log.a", None)]
    assert about(report) == []
