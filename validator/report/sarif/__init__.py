"""SARIF 2.1.0, for code scanning and for editors.

<https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html>. What GitHub makes of it, and how
much of it GitHub takes, is written at
<https://docs.github.com/code-security/reference/code-scanning/sarif-files/sarif-support-for-code-scanning>.
It makes an alert of every result, whatever `kind` and `suppressions` say. So what cannot be told is
a notification unless the command fails on it, and ignored findings are there only with `-v`.
"""

from __future__ import annotations

from collections.abc import Sequence

from validator import __version__
from validator.findings import Diagnostic, Finding
from validator.outcomes import Delivered, Verdict
from validator.report.dump import dump
from validator.report.escape import plain
from validator.report.groups import told
from validator.report.sarif.places import ROOT, Places
from validator.report.sarif.results import Results, message
from validator.report.sarif.rules import Rules
from validator.report.style import Style
from validator.report.summary import called
from validator.reports import Report

_SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_HOMES = {"cfn-lint": "https://github.com/aws-cloudformation/cfn-lint"}
# A file with more results in a run is refused.
_MAX_RESULTS = 25_000


def render(report: Report, style: Style) -> str:
    """A log with a run of our own, and one of each other tool that ran."""
    found = told(report, style, ignored=style.verbose)
    by_tool: dict[str, list[Sequence[Finding]]] = {tool: [] for tool in ("", *report.tools)}
    for group in found:
        by_tool.setdefault(group[0].tool, []).append(group)
    places = Places(report)
    runs = [_run(tool, several, report, style, places) for tool, several in by_tool.items()]
    return dump({"$schema": _SCHEMA, "version": "2.1.0", "runs": runs})


def _run(
    tool: str, found: Sequence[Sequence[Finding]], report: Report, style: Style, places: Places
) -> dict[str, object]:
    kept = _gravest(found)
    rules = Rules(report, [group[0] for group in kept], tool)
    results = Results(report, places, rules)
    name, version = plain(tool or "predeploy"), report.tools.get(tool, "") if tool else __version__
    driver: dict[str, object] = {"name": name, "fullName": f"{name} {version}".strip()}
    if version:
        driver["semanticVersion"] = version
    if tool in _HOMES:
        driver["informationUri"] = _HOMES[tool]
    run: dict[str, object] = {
        "tool": {"driver": {**driver, "rules": rules.shown}},
        "originalUriBaseIds": {
            ROOT: {"description": message("The root of the repository, else the working folder.")}
        },
        "columnKind": "utf16CodeUnits",
        "results": results.results(kept),
    }
    if not tool:
        run["invocations"] = [_invocation(report, style, places, len(found) - len(kept))]
    return run


def _gravest(found: Sequence[Sequence[Finding]]) -> list[Sequence[Finding]]:
    """As many of the groups as a run may have, in their order."""
    ranked = sorted(range(len(found)), key=lambda number: found[number][0].severity.rank)
    return [found[number] for number in sorted(ranked[:_MAX_RESULTS])]


def _invocation(report: Report, style: Style, places: Places, left_out: int) -> dict[str, object]:
    execution: list[dict[str, object]] = []
    configuration: list[dict[str, object]] = []
    for one in report.diagnostics:
        ours = one.kind not in ("config", "rule")
        (execution if ours else configuration).append(_diagnostic(one, places))
    if left_out:
        words = f"{left_out} more results are left out: a run may have {_MAX_RESULTS}"
        execution.append({"level": "warning", "message": message(words)})
    if style.unknown and not style.unknown_fails:
        untold = (one for one in report.deliveries if one.verdict is Verdict.CANNOT_TELL)
        execution += [_untold(one, places) for one in untold]
    found: dict[str, object] = {"executionSuccessful": not report.diagnostics}
    if execution:
        found["toolExecutionNotifications"] = execution
    if configuration:
        found["toolConfigurationNotifications"] = configuration
    return found


def _untold(one: Delivered, places: Places) -> dict[str, object]:
    facts = (f"{fact.fact} ({fact.supply})" if fact.supply else fact.fact for fact in one.open)
    name = called(one.name, one.alias)
    words = f"it cannot be told whether the logs of {name} arrive: {'; '.join(facts)}"
    return {
        "level": "note",
        "message": message(words),
        "locations": [{"physicalLocation": places.physical(one.span)}],
        "descriptor": {"id": "cannot-tell"},
    }


def _diagnostic(one: Diagnostic, places: Places) -> dict[str, object]:
    return {
        "level": "error",
        "message": message(one.message),
        "locations": [{"physicalLocation": places.physical(one.span)}],
        "descriptor": {"id": one.kind},
    }
