"""What the page is drawn with: its colours, its boxes, and the few lines that filter it."""

from __future__ import annotations

from base64 import b64encode

STYLE = """\
:root {
  color-scheme: light dark;
  --page: #ffffff; --ink: #1f2328; --dim: #57606a; --line: #afb8c1; --code: #f6f8fa;
  --bad: #a40e26; --bad-box: #ffebe9; --risk: #7a4b00; --risk-box: #fff8c5;
  --open: #0550ae; --open-box: #ddf4ff; --good: #116329; --good-box: #dafbe1;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #0d1117; --ink: #e6edf3; --dim: #9da7b3; --line: #4b535d; --code: #161b22;
    --bad: #ff9b93; --bad-box: #3c1618; --risk: #e3b341; --risk-box: #2e2307;
    --open: #79c0ff; --open-box: #0c2d4e; --good: #7ee787; --good-box: #0f2e1b;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0 auto; max-width: 90rem; padding: 1rem 1.5rem 3rem;
  background: var(--page); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif;
}
h1 { font-size: 1.5rem; margin: 0.5rem 0; }
h2 { font-size: 1.2rem; margin: 2.5rem 0 0.5rem; }
h3 { font-size: 1.05rem; margin: 0; overflow-wrap: anywhere; }
h4 { font-size: 1rem; margin: 1rem 0 0.25rem; overflow-wrap: anywhere; }
p { margin: 0.25rem 0; overflow-wrap: anywhere; }
a { color: var(--open); }
.dim { color: var(--dim); font-size: 0.9rem; }
.counts {
  display: flex; flex-wrap: wrap; gap: 0.5rem; list-style-type: ""; margin: 0.75rem 0; padding: 0;
}
.counts li, .verdict {
  border: 2px solid; border-radius: 1rem; padding: 0 0.75rem; font-weight: 600;
}
.verdict { font-size: 0.9rem; white-space: nowrap; }
.bad { --mark: var(--bad); --box: var(--bad-box); --edge: solid; }
.at-risk { --mark: var(--risk); --box: var(--risk-box); --edge: dashed; }
.open { --mark: var(--open); --box: var(--open-box); --edge: dotted; }
.good { --mark: var(--good); --box: var(--good-box); --edge: solid; }
.counts li, .verdict { color: var(--mark); background: var(--box); border-color: var(--mark); }
fieldset {
  display: flex; flex-wrap: wrap; gap: 0.5rem 1rem; align-items: center;
  border: 0; margin: 0.75rem 0; padding: 0;
}
legend { float: left; }
[hidden] { display: none; }
input[type="search"] {
  font: inherit; color: inherit; background: var(--code); border: 1px solid var(--line);
  padding: 0.2rem 0.5rem;
}
article { border-top: 1px solid var(--line); padding: 1rem 0; }
article > header { display: flex; flex-wrap: wrap; gap: 0.25rem 0.75rem; align-items: baseline; }
.way {
  display: flex; flex-wrap: wrap; gap: 0.75rem 2rem; list-style-type: ""; margin: 0.75rem 0;
  padding: 0;
}
.way li {
  flex: 1 1 9rem; max-width: 20rem; position: relative; padding: 0.4rem 0.7rem;
  color: var(--ink); background: var(--box); overflow-wrap: anywhere;
  border: 2px var(--edge) var(--mark); border-left-width: 6px; border-radius: 0.4rem;
}
.way li + li::before {
  content: "\\2192"; content: "\\2192" / ""; position: absolute; left: -1.85rem; top: 0.4rem;
  color: var(--dim);
}
.way span, .way strong { display: block; }
.way .what, .way .place { font-size: 0.85rem; }
.way .state { color: var(--mark); font-weight: 600; font-size: 0.9rem; }
details { margin: 0.5rem 0; }
summary { cursor: pointer; color: var(--open); }
details details { margin-left: 1rem; }
pre {
  background: var(--code); border: 1px solid var(--line); border-radius: 0.4rem; padding: 0.6rem;
  margin: 0.4rem 0; overflow-x: auto; font: 0.85rem/1.4 ui-monospace, monospace;
}
pre.doc { white-space: pre-wrap; overflow-wrap: anywhere; }
code { font: 0.9em ui-monospace, monospace; }
blockquote {
  margin: 0.25rem 0; padding-left: 0.75rem; border-left: 4px solid var(--line);
  overflow-wrap: anywhere;
}
dl { margin: 0.25rem 0; }
dt { font-weight: 600; }
dd { margin: 0 0 0.5rem; }
.trace, .trace ul { padding-left: 1.25rem; overflow-wrap: anywhere; }
.sign { color: var(--mark); font-weight: 600; }
.red { color: var(--bad); }
.blue { color: var(--open); }
@media (max-width: 40rem) {
  body { padding: 0.5rem 0.75rem 2rem; }
  .way { flex-direction: column; gap: 1.5rem; }
  .way li { flex: none; max-width: none; }
  .way li + li::before { content: "\\2193"; content: "\\2193" / ""; left: 1rem; top: -1.5rem; }
}
@media print {
  :root {
    color-scheme: light;
    --page: #ffffff; --ink: #1f2328; --dim: #57606a; --line: #afb8c1; --code: #f6f8fa;
    --bad: #a40e26; --bad-box: #ffebe9; --risk: #7a4b00; --risk-box: #fff8c5;
    --open: #0550ae; --open-box: #ddf4ff; --good: #116329; --good-box: #dafbe1;
  }
  html { font-size: 80%; }
  body { max-width: none; padding: 0; print-color-adjust: exact; }
  fieldset, details:not(.told) { display: none; }
  .way, pre { break-inside: avoid; }
  h2, header, p { break-after: avoid; }
  pre { white-space: pre-wrap; }
  .told::details-content { content-visibility: visible; block-size: auto; }
}
"""

SCRIPT = """\
const filter = document.querySelector("fieldset");
const deliveries = [...document.querySelectorAll("article")];
filter.hidden = false;
filter.addEventListener("input", () => {
  const words = filter.elements.words.value.toLowerCase();
  let shown = 0;
  for (const one of deliveries) {
    const wanted = filter.elements[one.dataset.verdict].checked;
    one.hidden = !wanted || !one.textContent.toLowerCase().includes(words);
    shown += !one.hidden;
  }
  document.getElementById("shown").textContent = `${shown} of ${deliveries.length} shown`;
});
"""


def policy() -> str:
    """The page's Content-Security-Policy: this style and this script, nothing else at all.

    <https://www.w3.org/TR/CSP3/#framework-directive-source-list>
    """
    style, script = (f"'sha256-{_digest(words)}'" for words in (STYLE, SCRIPT))
    return (
        f"default-src 'none'; style-src {style}; script-src {script}; "
        "base-uri 'none'; form-action 'none'"
    )


def _digest(words: str) -> str:
    import hashlib

    return b64encode(hashlib.sha256(words.encode()).digest()).decode()
