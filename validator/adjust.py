"""What a configuration changes about findings: how grave they are, and where they do not count."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from validator.config import Options
from validator.files import Files
from validator.findings import Finding, Ignored, Severity
from validator.records import replace
from validator.rule_file import Loaded


def graded(
    findings: Iterable[Finding], rules: Iterable[Loaded], severity: Mapping[str, Severity]
) -> list[Finding]:
    """The findings, as grave as they are to be here.

    A rule grades a finding lower than its others if it is less sure. It stays at least as much
    lower as it was: such a finding is lowered with the others, but never raised.
    """
    if not severity:
        return list(findings)
    usual = {one.rule.id: one.rule.severity for one in rules}
    found: list[Finding] = []
    for finding in findings:
        level = severity.get(finding.rule) if not finding.tool else None
        if level is not None:
            lesser = finding.severity.rank > usual[finding.rule].rank
            if not lesser or level.rank > finding.severity.rank:
                finding = replace(finding, severity=level)
        found.append(finding)
    return found


def ignored_below(findings: Iterable[Finding], files: Files, options: Options) -> list[Finding]:
    """The findings, those marked whose file or unit lies where their rule is ignored."""
    if not options.path_ignores:
        return list(findings)
    known: dict[tuple[str, str, str], Ignored | None] = {}
    found: list[Finding] = []
    for finding in findings:
        if finding.ignored is None and finding.rule not in options.never_ignore:
            # What lies in one place is held against all the patterns once.
            place = finding.rule, finding.span.file, finding.unit
            if place not in known:
                known[place] = _ignored_below(*place, files, options)
            if (ignored := known[place]) is not None:
                finding = replace(finding, ignored=ignored)
        found.append(finding)
    return found


def _ignored_below(
    rule: str, file: str, unit: str, files: Files, options: Options
) -> Ignored | None:
    for globs, rules in options.path_ignores:
        if rule in rules and (
            globs.match(files.absolute(file)) or globs.match(files.absolute(unit))
        ):
            return Ignored(f"path-ignores: {globs.patterns[0]}", by="configuration")
    return None
