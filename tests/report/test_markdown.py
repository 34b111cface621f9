# pyright: basic
# (html5lib and cmarkgfm say little of their types.)
"""Markdown for GitHub, read by GitHub's own parser: strangers' words are code or plain words."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree.ElementTree import Element

import cmarkgfm
import html5lib
import pytest
from cmarkgfm.cmark import Options as CmarkOptions
from hypothesis import given, settings
from hypothesis import strategies as st

from validator import cli
from validator.engine import run, trace
from validator.findings import Aws, Diagnostic, Evidence, Finding, Severity
from validator.graph.span import Span
from validator.graph.verdict import Open
from validator.outcomes import Delivered, Hop, Verdict
from validator.records import replace
from validator.report import Style
from validator.report import trace_markdown as traces
from validator.report.escape import plain
from validator.report.gfm import code, fence, prose
from validator.report.markdown import render
from validator.reports import Baselined, Counts, Idle, Report

ROOT = Path(__file__).parents[2]
XHTML = "{http://www.w3.org/1999/xhtml}"
SPAN = Span("main.tf", 1, 1, 1, 2)
# Code, which nothing is looked for in, and our own heading lines.
CODE = ("code", "pre")
HOSTILE = [
    "@someone",
    "@org/team please",
    "#123",
    "GH-123",
    "org/repo#1",
    "deadbeef1234567890deadbeef1234567890dead",
    "https://evil.example",
    "www.evil.example",
    "mailto:a@b.c",
    "a@b.example",
    "![x](https://evil.example/x.png)",
    "[x](javascript:alert(1))",
    "<img src=x onerror=alert(1)>",
    "<script>alert(1)</script>",
    "</details><h1>x</h1>",
    "</summary>",
    "<!-- x",
    "a|b",
    "a\\|b",
    "a`b``c",
    "```",
    "~~~",
    "\n\n# heading\n\n- list",
    "| --- |",
    "**x** _y_ ~~z~~ $x$ $`x`$",
    ":smile:",
    "&lt;b&gt; &#64;x",
    "> [!WARNING]",
    "[^1]",
    "- [ ] task",
    "1. one",
    "    indented",
    " x ",
    "a\u202eb\u0000",
    "日本 🪣",
    "JIRA-1",
]
REFERENCE = re.compile(r"@\w|#\d|\bGH-\d|https?:|www\.|\b(?=[a-z]*\d)[0-9a-f]{7,40}\b|\[\^", re.I)


def read(text: str) -> Element:
    """What GitHub makes of the Markdown, as a tree."""
    shown = cmarkgfm.github_flavored_markdown_to_html(text, options=CmarkOptions.CMARK_OPT_UNSAFE)
    found: Element = html5lib.parse(shown)
    return found


def all_of(page: Element, name: str) -> list[Element]:
    return list(page.iter(XHTML + name))


def outside_code(one: Element) -> str:
    """The text in which GitHub looks for mentions and references."""
    if str(one.tag).removeprefix(XHTML) in CODE:
        return one.tail or ""
    return (one.text or "") + "".join(map(outside_code, one)) + (one.tail or "")


def harmless(text: str) -> Element:
    page = read(text)
    tags = {str(one.tag).removeprefix(XHTML) for one in page.iter()}
    assert tags <= {
        *("html", "head", "body", "h2", "h3", "p", "br", "sub", "em", "code", "pre", "ul", "li"),
        *("table", "thead", "tbody", "tr", "th", "td", "details", "summary"),
    }
    assert REFERENCE.search(outside_code(page)) is None
    depth = [len(all_of(one, "details")) for one in all_of(page, "details")]
    assert set(depth) <= {1}, "no details in another"
    return page


def evil(words: str) -> Report:
    span = Span(plain(words) or "x", 1, 1, 1, 3)
    hops = tuple(
        Hop(kind, "bucket", words, span, f"{kind}{words}", "bad", words)
        for kind in ("source", "role", "destination", "policy", "key")
    )
    address = f"u#{words}"
    fact = Open(words, words, span)
    finding = Finding(
        "a-rule",
        Severity.ERROR,
        words,
        address,
        span,
        Aws(words, "deploy"),
        words,
        (Evidence(span, words),),
        when=(words,),
    )
    one = Delivered(address, span, "s3", words, Verdict.WILL_FAIL, (fact,), words, hops)
    return Report(
        deliveries=(one, replace(one, address="a#b", verdict=Verdict.CANNOT_TELL)),
        findings=(finding, replace(finding, rule=words, tool="cfn-lint", help=words)),
        diagnostics=(Diagnostic(span, words, "syntax"),),
        counts=Counts(),
        sources={span.file: (words.replace("\n", " "),)},
        idle=(Idle(words, (words,)),),
    )


@pytest.mark.parametrize("words", HOSTILE)
def test_whatever_is_written_is_no_markup(words: str) -> None:
    page = harmless(render(evil(words), Style()))
    (table,) = all_of(page, "table")
    rows = all_of(table, "tr")
    assert [len(list(row)) for row in rows] == [4, 4, 4]
    # findings, missing facts, what was not read, units without a delivery, the picture
    assert len(all_of(page, "details")) == 6
    shown = "".join(all_of(rows[1], "code")[0].itertext())
    assert shown == plain(f"{words} ({words})")


@given(st.text(max_size=60))
@settings(max_examples=150, deadline=None)
def test_any_text_is_no_markup(words: str) -> None:
    page = harmless(render(evil(words), Style()))
    assert len(all_of(page, "tr")) == 3
    assert len(all_of(page, "details")) == 6


@given(st.text(st.sampled_from("`|\\ ab*_<&@#\n$~[]()!:.-1"), max_size=12))
@settings(max_examples=300, deadline=None)
def test_code_says_what_it_was_given(words: str) -> None:
    shown = plain(words)
    (found,) = all_of(read(f"| a |\n|---|\n| x {code(words)} y |\n"), "td")
    inner = "".join("".join(one.itertext()) for one in all_of(found, "code"))
    assert re.sub(r"\s+", " ", inner) == re.sub(r"\s+", " ", shown)
    assert re.sub(r"\s+", " ", outside_code(found)).strip() == ("x y")


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("a bucket's name may not contain it", "a bucket's name may not contain it"),
        ("aws_iam_role.a may not, really", "`aws_iam_role.a` may not, really"),
        ("on logs/AWSLogs/*: denied", "on `logs/AWSLogs/*`: denied"),
        ("it has 20,481 bytes (250 at most).", "it has 20,481 bytes (250 at most)."),
        ("it is ([x])", "it is `([x])`"),
        ("see #12, GH-12 and @a", "see `#12`, `GH-12` and `@a`"),
        ("fixed in 1234567", "fixed in `1234567`"),
        ("a  b\nc", r"a <code>b&#92;nc</code>"),
        ("1. a 2.", "`1.` a 2."),
        ("", ""),
    ],
)
def test_sentences_keep_their_plain_words(words: str, expected: str) -> None:
    assert prose(words) == expected


def test_a_block_is_fenced_by_more_ticks_than_it_holds() -> None:
    assert fence(["````", "a"])[0] == "`````text"
    (found,) = all_of(read("\n".join(fence(["```", "</details>", "~~~"]))), "code")
    assert "".join(found.itertext()) == "```\n</details>\n~~~\n"


# --- a real report -----------------------------------------------------------------------------


def test_a_report_shows_counts_table_findings_and_picture() -> None:
    report = run([ROOT / "sample_templates/scenes/vpc-stack"], working=ROOT)
    text = render(report, Style())
    page = harmless(text)
    assert text.startswith("## ❌ Log delivery: 1 will fail, 1 will work\n")
    first, second = all_of(all_of(page, "tbody")[0], "tr")
    assert "".join(first.itertext()).split() == [
        *("❌", "will", "fail", "VpcFlowLogsample_templates/scenes/vpc-stack/vpc.yaml:53:3"),
        *("s3", "FlowLogBucket/prod", "key", "FlowLogKey:", "this", "is", "the", "ID", "of"),
        "FlowLogKey",
    ]
    assert "✅ will\xa0work" in "".join(second.itertext())
    told, picture = all_of(page, "details")
    assert told.get("open") is not None
    assert [one.get("lang") for one in all_of(told, "pre")] == ["text", "text", "yaml"]
    assert "KMSMasterKeyID: !GetAtt FlowLogKey.Arn" in "".join(told.itertext())
    assert all_of(picture, "pre")[0].get("lang") == "mermaid"


def test_a_destination_that_is_open_is_named_by_what_leaves_it_open() -> None:
    hop = Hop(
        "destination", "bucket", "var.where", SPAN, "x", "open", "variable where has no value"
    )
    one = Delivered("u#a", SPAN, "s3", "", Verdict.CANNOT_TELL, path=(hop,))
    text = render(Report((one,), (), (), Counts(), {}), Style())
    assert "| s3 `var.where` | bucket `var.where`: variable where has no value |" in text


def test_a_clean_report_is_short() -> None:
    report = run([ROOT / "sample_templates/scenes/all-well"], working=ROOT)
    text = render(report, Style())
    assert text.startswith("## ✅ Log delivery: 5 will work\n")
    assert "finding" not in text
    assert render(replace(report, deliveries=()), Style()).startswith("## No log deliveries\n")


def test_what_is_gone_is_told(report: Report) -> None:
    left = replace(report, baseline=Baselined("known.toml", ("a-rule at <b>x</b>",), 1, 3))
    assert "- a-rule at `<b>x</b>`" in render(left, Style()).splitlines()


def test_cannot_tell_is_listed_unless_it_is_to_be_ignored(report: Report) -> None:
    shown = render(report, Style())
    assert "`--var` `where=VALUE`" in shown or "`--var where=VALUE`" in shown
    assert "cannot&nbsp;tell |" in shown
    assert "cannot&nbsp;tell |" not in render(report, Style(unknown=False))


@pytest.mark.parametrize("characters", ["x", "日", "🪣", "<", "`|\\"])
def test_a_huge_report_fits_a_comment_and_says_what_it_left_out(characters: str) -> None:
    words = characters * 200
    one = evil(words)
    finding = one.findings[0]
    many = replace(
        one,
        deliveries=tuple(
            replace(
                one.deliveries[0],
                address=f"u#{n}",
                path=tuple(replace(hop, id=f"{n}{hop.id}") for hop in one.deliveries[0].path),
                open=(Open(f"{n} {words}", words, SPAN),),
            )
            for n in range(300)
        ),
        findings=tuple(replace(finding, address=f"u#{n}", message=f"{n} a") for n in range(300)),
        diagnostics=tuple(Diagnostic(SPAN, f"{n} {words}", "syntax") for n in range(300)),
        idle=tuple(Idle(f"{n}{words}", (words,)) for n in range(300)),
    )
    text = render(many, Style())
    assert len(text) <= 65_536
    assert len(text.encode()) <= 1024 * 1024
    page = harmless(text)
    said = "".join(page.itertext())
    assert re.search(r"and \d+ more deliveries: \d+ will fail", said)
    assert re.search(r"\d+ more findings left out here", said)
    assert len(re.findall(r"and \d+ more\n", said)) == 3


def test_a_finding_that_is_too_long_leaves_room_for_the_others(report: Report) -> None:
    first = report.findings[0]
    long = replace(first, fix="x" * 70_000, message="long", address="infra#a")
    text = render(replace(report, findings=(long, first)), Style())
    assert "1 more finding left out here" in text
    assert "a key ID" in text


# --- traces and pages --------------------------------------------------------------------------


def test_a_trace_is_a_nested_list() -> None:
    several, _ = trace([ROOT / "sample_templates/scenes/vpc-stack"], "VpcFlowLog")
    text = traces.render(several)
    page = read(text)
    assert text.startswith("## ❌ `VpcFlowLog`: will fail\n")
    top = all_of(page, "ul")[1]
    needs = [one for one in top if one.tag == f"{XHTML}li"]
    assert any("❌ encryption key" in "".join(one.itertext()) for one in needs)
    assert any(all_of(one, "ul") for one in needs)
    assert REFERENCE.search(outside_code(page)) is None


@pytest.mark.parametrize("words", HOSTILE)
def test_nothing_in_a_trace_is_markup(words: str) -> None:
    from validator.traces import (
        Trace,
        TracedNeed,
        TracedPart,
        TracedQuestion,
        TracedStatement,
    )

    part = TracedPart(words, "no", words, SPAN)
    statement = TracedStatement(words, "Allow", "no", SPAN, (part,))
    fact = Open(words, words, SPAN)
    question = TracedQuestion(words, words, words, (), "denied", f"x{words}", (statement,), (fact,))
    need = TracedNeed("bucket-policy", "unmet", words, words, SPAN, (question,), (fact,))
    one = Trace((words,), "will-fail", (need,))
    page = read(traces.render([(evil(words).deliveries[0], one)]))
    tags = {str(one.tag).removeprefix(XHTML) for one in page.iter()}
    assert tags <= {"html", "head", "body", "h2", "ul", "li", "code", "p"}
    assert REFERENCE.search(outside_code(page)) is None
    assert len(all_of(page, "li")) == 10


def test_traces_and_pages_take_the_format(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    sample = str(ROOT / "sample_templates/scenes/vpc-stack/vpc.yaml")
    assert cli.main([sample, "--trace", "VpcFlowLog", "--format", "markdown"]) == 0
    assert capsys.readouterr().out.startswith("## ❌ `VpcFlowLog`")
    file = tmp_path / "page.md"
    page = ["--explain", "bucket-key-id-not-arn", "--format", "markdown", "--output", str(file)]
    assert cli.main(page) == 0
    assert capsys.readouterr().out == ""
    text = file.read_text(encoding="utf-8")
    assert text.startswith("# `bucket-key-id-not-arn`\n\n")
    assert "\n## How to fix\n" in text
    assert cli.main(["--explain", "bucket-key-id-not-arn", "--format", "json"]) == 2
    assert "text or markdown" in capsys.readouterr().err
