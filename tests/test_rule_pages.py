"""The index of the rules is what the rules say."""

from __future__ import annotations

from pathlib import Path

from validator.findings import Rule, Severity
from validator.graph.span import Span
from validator.packs import builtin, load
from validator.pages import explain, index
from validator.report import Style
from validator.rule_file import Loaded


def test_the_index_is_up_to_date() -> None:
    committed = (builtin() / "README.md").read_text(encoding="utf-8")
    assert committed == index(load().rules), "make generate"


def test_the_changelog_names_every_rule() -> None:
    written = (Path(__file__).parents[1] / "CHANGELOG.md").read_text(encoding="utf-8")
    assert [one.rule.id for one in load().rules if f"`{one.rule.id}`" not in written] == []


def test_every_link_of_the_index_leads_to_a_file() -> None:
    rules = load().rules
    for loaded in rules:
        assert (builtin() / Path(loaded.file).relative_to("rules")).is_file()
        assert f"[`{loaded.rule.id}`](" in index(rules)


def test_a_page_is_coloured_on_a_terminal_only() -> None:
    loaded = load().rules[0]
    assert "\x1b[" not in explain(loaded, Style())
    assert "\x1b[1m## How to fix\x1b[0m" in explain(loaded, Style(color=True))


def test_every_shipped_rule_says_what_aws_says() -> None:
    mute = [one for one in load().rules if not one.rule.predicts]
    assert [one.rule.id for one in mute if one.inspect is None] == []


def test_a_rule_of_a_house_speaks_for_itself() -> None:
    rule = Rule(id="my-rule", name="Mine", severity=Severity.INFO)
    page = explain(
        Loaded(rule, lambda graph: iter(()), "Mine.\n\nWords.", "mine/a.py", "mine"), Style()
    )
    assert page == (
        "my-rule (info, since 0.1.0)\n\nMine.\n\nWords.\n\n"
        "Ignore it on one line with: # predeploy: ignore[my-rule] reason\n"
    )
    assert rule.finding("u#x", Span("f", 1, 1, 1, 2), "m").aws is None


def test_what_is_not_documented_makes_no_error() -> None:
    for loaded in load().rules:
        if loaded.rule.grade in ("reported", "inferred"):
            assert loaded.rule.severity is not Severity.ERROR, loaded.rule.id


def test_every_page_of_a_delivery_says_how_sure_its_fact_is() -> None:
    for loaded in load().rules:
        if loaded.rule.predicts:
            assert "\nThe fact behind it is " in explain(loaded, Style()), loaded.rule.id
