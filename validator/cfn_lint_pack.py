"""Our rules as a rule pack of cfn-lint: `cfn-lint FILE --append-rules validator.cfn_lint_pack`.

Every rule of ours has a number of its own from 9601 on (`NUMBERS`), and the letter in front says
how grave a finding is: `E9605` is an error of the rule that has `W9605` for its warnings and
`I9605` for its remarks, which cfn-lint shows only if it is asked to (`--include-checks I`). So each
can be ignored in cfn-lint's own ways: `--ignore-checks E9605`, the `Metadata` of the template, and
the `Metadata` of the resource that the finding stands in. Our own comments are heeded too, and so
is our configuration.

9600 is no rule: `I9600` is a delivery that these files do not settle, `W9600` something that could
not be read, `E9600` a bug of ours.

The template is judged within its repository, as `validate FILE` does it: the parent that nests it
and other templates and modules that it names are read. What is wrong in another file is reported at
the flow log that suffers from it. cfn-lint must be given a file: a template from standard input has
no place in a repository, and is not judged (`W9600`).
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, NamedTuple
from weakref import WeakKeyDictionary

from cfnlint.rules import (  # pyright: ignore[reportMissingTypeStubs]
    CloudFormationLintRule,
    RuleMatch,
)
from cfnlint.template import Template  # pyright: ignore[reportMissingTypeStubs]

from validator.arguments import parser
from validator.asked import asked
from validator.configuration import Misconfigured
from validator.engine import run
from validator.findings import Finding, Severity
from validator.graph.span import Span, whole
from validator.outcomes import Delivered, Verdict
from validator.packs import load
from validator.report.escape import place, plain
from validator.reports import Report
from validator.rule_file import Loaded

NUMBERS: Final = {
    "bucket-key-id-not-arn": 9601,
    "bucket-key-managed-by-aws": 9602,
    "bucket-policies-compete": 9603,
    "bucket-policy-denies-log-delivery": 9604,
    "bucket-policy-refuses-log-delivery": 9605,
    "bucket-policy-too-large": 9606,
    "bucket-policy-unordered": 9607,
    "bucket-policy-will-outgrow-limit": 9608,
    "cross-account-role-lacks-permission": 9609,
    "cross-account-role-lacks-trust": 9610,
    "flow-log-aggregation-interval": 9611,
    "flow-log-bucket-missing": 9612,
    "flow-log-cross-account-role": 9613,
    "flow-log-destination-every-stream": 9614,
    "flow-log-destination-malformed": 9615,
    "flow-log-destination-missing": 9616,
    "flow-log-destination-undeclared": 9617,
    "flow-log-duplicate": 9618,
    "flow-log-format-unknown-field": 9619,
    "flow-log-log-group-elsewhere": 9620,
    "flow-log-role-malformed": 9621,
    "flow-log-role-missing": 9622,
    "flow-log-role-not-applicable": 9623,
    "flow-log-traffic-type": 9624,
    "key-policy-refuses-log-delivery": 9625,
    "key-policy-too-large": 9626,
    "log-group-key-not-arn": 9627,
    "log-group-key-refuses-cloudwatch-logs": 9628,
    "policy-document-malformed": 9629,
    "role-lacks-flow-logs-trust": 9630,
    "role-may-not-write-logs": 9631,
    "role-policy-too-large": 9632,
    "stream-lacks-delivery-tag": 9633,
    "stream-not-direct-put": 9634,
    "undeclared-reference": 9635,
    "flow-log-destination-options": 9636,
    "flow-log-quota": 9637,
    "flow-log-role-elsewhere": 9638,
    "flow-log-watched-resource": 9639,
    "key-cannot-encrypt-logs": 9640,
    "log-group-class-delivery": 9641,
    "log-group-name": 9642,
    "flow-log-group-name-removed": 9643,
    "unused-ignore": 9644,
    "expired-ignore": 9645,
    "malformed-ignore": 9646,
    "ignore-unknown-rule": 9647,
    "ignore-without-reason": 9648,
    "bucket-encryption-refused": 9649,
    "bucket-policy-public": 9650,
    "bucket-requester-pays": 9651,
    "flow-log-stream-elsewhere": 9652,
    "flow-log-tag-fields": 9653,
    "log-group-retention": 9654,
    "stream-name": 9655,
    "flow-log-role-just-created": 9656,
    "flow-log-group-unordered": 9657,
    "deployer-lacks-permission": 9658,
    "log-group-class": 9659,
    "bucket-name-taken": 9660,
}
"""The number of each rule. A new rule takes the next; none is ever given to another rule."""

NO_RULE: Final = 9600
_LETTERS: Final = {Severity.ERROR: "E", Severity.WARNING: "W", Severity.INFO: "I"}
_FLOW_LOG: Final = "AWS::EC2::FlowLog"


class _Fault(NamedTuple):
    """A finding as cfn-lint shows it: its ID, and its place in the template."""

    id: str
    message: str
    span: Span
    name: str = ""


class _Pack(CloudFormationLintRule):  # type: ignore[misc]  # cfn-lint has no types
    """What all rules of the pack share; without an ID of its own, cfn-lint leaves it alone."""

    def match(self, cfn: Template) -> list[RuleMatch]:
        """The findings of a template that have this rule's ID."""
        return [_match(cfn, fault) for fault in _faults(cfn) if fault.id == self.id]


_KNOWN: WeakKeyDictionary[Template, tuple[_Fault, ...]] = WeakKeyDictionary()


def _faults(cfn: Template) -> tuple[_Fault, ...]:
    """All findings of a template, judged once for all rules of the pack."""
    found = _KNOWN.get(cfn)
    if found is None:
        found = _KNOWN[cfn] = tuple(dict.fromkeys(_judge(cfn)))
    return found


def _judge(cfn: Template) -> Iterator[_Fault]:
    if not cfn.filename or not Path(cfn.filename).is_file():
        if any(one.get("Type") == _FLOW_LOG for one in cfn.get_resources().values()):
            message = "flow logs are judged only in a file: give cfn-lint the template's name"
            yield _Fault(f"W{NO_RULE}", message, whole(""))
        return
    name = Path(os.path.relpath(cfn.filename)).as_posix()
    try:
        # `--` keeps a file called `-v` from being an option.
        options = asked(parser().parse_args(["--", cfn.filename])).options
    except Misconfigured as error:
        for one in error.diagnostics:
            words = plain(f"{place(one.span)}: {one.message}")
            yield _Fault(f"W{NO_RULE}", words, whole(name))
        return
    report = run([Path(cfn.filename)], options)
    deliveries = {one.address: one for one in report.deliveries}
    for finding in report.findings:
        if finding.ignored is None:
            yield from _fault(finding, deliveries.get(finding.address), name)
    yield from _unsettled(report, name)


def _fault(finding: Finding, delivered: Delivered | None, name: str) -> Iterator[_Fault]:
    """A finding at its place, or at the flow log if its place is in another file."""
    number = NUMBERS.get(finding.rule, NO_RULE)
    message = finding.message
    if finding.when:
        message += f" (when {' and '.join(finding.when)})"
    if finding.fix and "\n" not in finding.fix:
        message += f"; fix: {finding.fix}"
    span = finding.span
    if span.file != name:
        if delivered is None or delivered.span.file != name:
            return
        message += f" ({span.file}:{span.line})"
        span = delivered.span
    yield _Fault(f"{_LETTERS[finding.severity]}{number}", plain(message), span, finding.name)


def _unsettled(report: Report, name: str) -> Iterator[_Fault]:
    for delivered in report.deliveries:
        if delivered.verdict is Verdict.CANNOT_TELL and delivered.span.file == name:
            facts = "; ".join(fact.fact for fact in delivered.open)
            message = f"these files do not tell whether the logs arrive: {facts}"
            yield _Fault(f"I{NO_RULE}", plain(message), delivered.span, delivered.name)
    for one in report.diagnostics:
        if one.kind == "internal":
            yield _Fault(f"E{NO_RULE}", plain(f"a bug of ours: {one.message}"), one.span)
        elif one.span.file == name:
            yield _Fault(f"W{NO_RULE}", plain(one.message), one.span)


def _match(cfn: Template, fault: _Fault) -> RuleMatch:
    """The place as cfn-lint counts it, from 0, below the resource that it lies in."""
    span = fault.span
    place = (span.line - 1, span.column - 1, span.end_line - 1, span.end_column - 1)
    resource = _resource(cfn, span.line) or fault.name
    inside = resource in cfn.get_resources()
    path: list[str | int] = ["Resources", resource] if inside else []
    return RuleMatch(path, fault.message, location=place)


def _resource(cfn: Template, line: int) -> str:
    """The logical ID of the resource that a line lies in; empty if it lies in none."""
    found = ""
    resources: dict[Any, Any] = cfn.template.get("Resources", {})
    for key, body in resources.items():
        # What a transform made has no place.
        start, end = getattr(key, "start_mark", None), getattr(body, "end_mark", None)
        if start is not None and end is not None and start.line < line <= end.line + 1:
            found = str(key)
    return found


def _class(letter: str, number: int, name: str, doc: str, tags: list[str]) -> type[_Pack]:
    sources = [one.partition(">")[0] for one in doc.split("<")[1:] if one.startswith("https://")]
    described = {
        "id": f"{letter}{number}",
        "shortdesc": name,
        "description": " ".join(doc.partition("\n\n")[0].split()),
        "source_url": sources[0] if sources else "",
        "tags": tags,
        "__module__": __name__,
    }
    return type(f"{letter}{number}", (_Pack,), described)


def _classes(rules: tuple[Loaded, ...]) -> Iterator[type[_Pack]]:
    """A class for each ID: cfn-lint looks for them among the names of this module."""
    for letter in _LETTERS.values():
        unsettled = "What could not be judged: see validator.cfn_lint_pack"
        yield _class(letter, NO_RULE, "Delivery that is not judged", unsettled, ["logs"])
        for loaded in rules:
            number = NUMBERS.get(loaded.rule.id)
            if number is not None:
                tags = ["logs", loaded.rule.id]
                yield _class(letter, number, loaded.rule.name, loaded.doc, tags)


globals().update({one.__name__: one for one in _classes(load().rules)})
