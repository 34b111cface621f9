# pyright: basic
# (html5lib and cmarkgfm say little of their types.)
"""The page: HTML by its own rules, nothing loaded, nothing run but our few lines, readable by all.

Opened in Chromium where there is one.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from base64 import b64encode
from collections.abc import Iterator
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from xml.etree.ElementTree import Element

import html5lib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from validator import cli
from validator.config import Options
from validator.engine import run
from validator.findings import Aws, Finding, Severity
from validator.graph.span import Span
from validator.graph.verdict import Open
from validator.outcomes import Delivered, Hop, Verdict
from validator.records import replace
from validator.report import Style, html, html_page
from validator.report.html import render
from validator.reports import Baselined, Counts, Idle, Report
from validator.traces import Trace, TracedNeed, TracedPart, TracedQuestion, TracedStatement

ROOT = Path(__file__).parents[2]
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
XHTML = "{http://www.w3.org/1999/xhtml}"
HOSTILE = [
    "<script>document.title = 'mine'</script>",
    "</pre></style></script><img src=x onerror=\"document.title='mine'\">",
    '" onclick="alert(1)',
    "' autofocus onfocus='x",
    "&lt;b&gt; &amp;quot;",
    "javascript:alert(1)",
    "https://evil.example/?a=b",
    "\x01red\x02x\x03 \\x01red\\x02 \\x03",
    "<!-- x --> ]]> <![CDATA[",
    "\n::error::mine",
    "a\u202eb\u0000\ud800",
    "日本 🪣",
    "x" * 3_000,
]


def parsed(text: str) -> Element:
    """The page as a tree; fails at the first thing that is against the rules of HTML."""
    found: Element = html5lib.HTMLParser(strict=True).parse(text)
    return found


def all_of(page: Element, name: str) -> list[Element]:
    return list(page.iter(XHTML + name))


def words(one: Element) -> str:
    return "".join(one.itertext())


def evil(text: str) -> Report:
    span = Span(text.replace("\n", " "), 1, 1, 1, 4)
    address = f"{text}#{text}"
    hops = tuple(
        Hop(kind, text, text, span, f"{kind}{text}", "bad", text)
        for kind in ("source", "role", "destination", "policy", "key")
    )
    fact = Open(text, text, span)
    part = TracedPart(text, "no", text, span)
    statement = TracedStatement(text, "Allow", "no", span, (part,))
    question = TracedQuestion(text, text, text, (), text, "w" + text, (statement,), (fact,))
    need = TracedNeed("bucket-policy", "unmet", text, text, span, (question,), (fact,))
    finding = Finding(
        "a-rule", Severity.ERROR, text, address, span, Aws(text, "deploy"), text, when=(text,)
    )
    return Report(
        deliveries=(
            Delivered(address, span, "s3", text, Verdict.WILL_FAIL, (fact,), text, hops),
            Delivered(f"{address}b", span, "unknown", text, Verdict.CANNOT_TELL, (fact,)),
        ),
        findings=(finding, replace(finding, address=f"other#{text}", tool="cfn-lint", help=text)),
        diagnostics=(),
        counts=Counts(),
        sources={span.file: (text, text)},
        idle=(Idle(text, (text,)),),
        traces={address: (Trace((text,), "will-fail", (need,)),)},
    )


def allowed(page: Element) -> None:
    """Nothing on the page loads, runs, frames or sends anything."""
    assert len(all_of(page, "script")) <= 1
    for one in page.iter():
        assert not any(name.lower().startswith("on") for name in one.attrib), one.attrib
        assert set(one.attrib) <= {
            *("class", "id", "lang", "charset", "content", "name", "http-equiv", "open", "hidden"),
            *("type", "checked", "autocomplete", "aria-live", "aria-label", "data-verdict"),
            *("href", "tabindex"),
        }
        assert one.get("href", "#").startswith("#")
    assert {str(one.tag).removeprefix(XHTML) for one in page.iter()} <= {
        *("html", "head", "meta", "title", "style", "body", "header", "main", "section", "article"),
        *("h1", "h2", "h3", "h4", "p", "ul", "ol", "li", "dl", "dt", "dd", "pre", "code", "wbr"),
        *("blockquote", "span", "strong", "a", "details", "summary", "fieldset", "legend"),
        *("label", "input", "output", "script"),
    }


@pytest.mark.parametrize("text", HOSTILE)
def test_whatever_is_written_is_text(text: str) -> None:
    page = parsed(render(evil(text), Style()))
    allowed(page)
    assert len(all_of(page, "article")) == 2
    assert len(all_of(page, "li")) > 10


@given(st.text(max_size=120))
@settings(max_examples=60, deadline=None)
def test_any_text_is_text(text: str) -> None:
    page = parsed(render(evil(text), Style()))
    allowed(page)
    assert [words(one) for one in all_of(page, "title")] == ["Will the logs arrive?"]


@pytest.fixture(scope="module")
def scene() -> Report:
    """A real report, with everything that a page can show of it."""
    return run([ROOT / "sample_templates/scenes/landing-zone"], Options(traces=True), ROOT)


def test_a_delivery_is_a_row_of_boxes_with_all_that_is_known_below(scene: Report) -> None:
    page = parsed(render(scene, Style()))
    allowed(page)
    first = all_of(page, "article")[0]
    assert first.get("data-verdict") == "will-fail"
    (way,) = all_of(first, "ol")
    assert [box.get("class") for box in all_of(way, "li")] == ["good", "good", "good", "bad"]
    assert words(way).count("✓ ok") == 3
    assert "✗ failsthe log group's own ARN covers none of its streams" in words(way)
    told, how = all_of(first, "details")
    assert words(all_of(told, "blockquote")[0]) == "Access error"
    excerpt, fix = all_of(told, "pre")
    lines = words(excerpt).split("\n")
    at = next(number for number, line in enumerate(lines) if line.startswith("67 |"))
    assert re.fullmatch(r" +\| +\^+", lines[at + 1])
    assert words(fix) == 'name its streams: "${aws_cloudwatch_log_group.rejects.arn}:*"'
    assert all_of(told, "a")[0].get("href") == "#rule-role-may-not-write-logs"
    assert "sts:AssumeRole" in words(how)
    assert "Allow statement 2 (line 75) does not match" in words(how)
    ids = [one.get("id") for one in page.iter() if one.get("id")]
    assert len(ids) == len(set(ids))
    targets = {(one.get("href") or "").removeprefix("#") for one in all_of(page, "a")}
    assert targets <= set(ids)


def test_headings_skip_no_level_and_landmarks_are_there(scene: Report) -> None:
    page = parsed(render(scene, Style()))
    levels = [int(str(one.tag)[-1]) for one in page.iter() if re.search(r"}h\d$", str(one.tag))]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert len(all_of(page, "main")) == len(all_of(page, "header")) - len(scene.deliveries) == 1
    assert page.get("lang") == "en"
    for one in all_of(page, "input"):
        assert any(one in list(label) for label in all_of(page, "label"))


def test_the_policy_admits_our_own_lines_only(scene: Report) -> None:
    text = render(scene, Style())
    page = parsed(text)
    policy = next(one.get("content") or "" for one in all_of(page, "meta") if one.get("http-equiv"))
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    for name in ("style", "script"):
        (found,) = re.findall(rf"<{name}>(.*?)</{name}>", text, re.S)
        digest = b64encode(sha256(found.encode()).digest()).decode()
        assert f"{name}-src 'sha256-{digest}'" in policy
    assert re.search(r"url\(|@import|https?:", html_page.STYLE + html_page.SCRIPT) is None


def test_what_is_told_elsewhere_is_left_to_the_options(report: Report) -> None:
    quiet = parsed(render(report, Style()))
    assert "another team's" not in words(quiet)
    assert "another team's" in words(parsed(render(report, Style(verbose=True))))
    assert "a { is not closed" in words(quiet)
    assert "--var where=VALUE" in words(quiet)
    sure = parsed(render(report, Style(unknown=False)))
    assert len(all_of(sure, "article")) == len(all_of(quiet, "article")) - 1
    left = replace(report, baseline=Baselined("known.toml", ("a-rule at <b>x</b>",), 1, 3))
    assert "known.toml still holds:a-rule at <b>x</b>" in words(parsed(render(left, Style())))


def test_a_report_without_a_delivery_is_a_page(report: Report) -> None:
    page = parsed(render(replace(report, deliveries=()), Style()))
    assert all_of(page, "script") == all_of(page, "fieldset") == []
    assert "No deliveries" in words(page)
    assert "bucket-key-id-not-arn" in words(page)


def test_traces_are_made_for_the_page_only(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[bool] = []

    def watched(*arguments: object, **_: object) -> Report:
        options = arguments[1]
        assert isinstance(options, Options)
        asked.append(options.traces)
        return run([ROOT / "sample_templates/scenes/vpc-stack"], options, ROOT)

    monkeypatch.setattr("validator.engine.run", watched)
    assert cli.main(["--format", "html"]) == cli.main(["--format", "json"]) == 1
    assert asked == [True, False]
    assert capsys.readouterr().out.count("How this verdict came about") == 2


# --- colours -----------------------------------------------------------------------------------


def themes() -> Iterator[dict[str, str]]:
    for block in re.findall(r":root \{(.*?)\}", html_page.STYLE, re.S):
        yield dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6})", block))


def luminance(color: str) -> float:
    """<https://www.w3.org/TR/WCAG22/#dfn-relative-luminance>."""
    parts = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    bright, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def test_every_text_stands_out_from_what_is_behind_it() -> None:
    found = list(themes())
    assert len(found) == 3
    for theme in found:
        states = ("bad", "risk", "open", "good")
        pairs = [(ink, back) for ink in ("ink", "dim", "open", "bad") for back in ("page", "code")]
        pairs += [("ink", f"{state}-box") for state in states]
        pairs += [(state, f"{state}-box") for state in states]
        pairs += [(state, "page") for state in states]
        for ink, back in pairs:
            assert contrast(theme[ink], theme[back]) >= 4.5, (ink, back, theme)


# --- in a browser ------------------------------------------------------------------------------

USE = """
const click = (name) => {
  filter.elements[name].checked = false;
  filter.dispatchEvent(new Event("input"));
};
const visible = () => deliveries.filter((one) => one.offsetParent).length;
const steps = [visible()];
click("will-work");
steps.push(visible());
filter.elements.words.value = '["HUB"]';
filter.dispatchEvent(new Event("input"));
steps.push(visible(), document.getElementById("shown").textContent);
document.title += " " + steps.join(",");
"""


def browser() -> str | None:
    """A Chromium that starts; what some systems have under its name only says where to get it."""
    for name in filter(None, map(shutil.which, BROWSERS)):
        if subprocess.run([name, "--version"], capture_output=True, timeout=60).returncode == 0:
            return name
    return None


def opened(text: str, tmp_path: Path) -> str:
    """The page as it stands in Chromium once its script has run."""
    chromium = browser()
    if chromium is None:
        pytest.skip("no Chromium here: pages are opened where one is installed")
    file = tmp_path / "page.html"
    file.write_text(text, encoding="utf-8")
    done = subprocess.run(
        [
            *(chromium, "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run"),
            *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
            *(f"--user-data-dir={tmp_path / 'profile'}", "--dump-dom", file.as_uri()),
        ],
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    return done.stdout


def test_the_filter_works_in_a_browser(
    scene: Report, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (html, html_page):
        monkeypatch.setattr(module, "SCRIPT", html_page.SCRIPT + USE)
    shown = opened(render(scene, Style()), tmp_path)
    assert "<title>Will the logs arrive? 6,4,1,1 of 6 shown</title>" in shown


def test_nothing_of_a_stranger_runs_in_a_browser(tmp_path: Path) -> None:
    text = render(evil("</title></style></script>" + HOSTILE[0] + HOSTILE[1]), Style())
    # Even what got into the page would not run.
    text = text.replace("<main>", "<main><script>document.title = 'mine'</script>")
    shown = opened(text, tmp_path)
    assert "<title>Will the logs arrive?</title>" in shown
    assert "<fieldset>" in shown, "our own script runs"
