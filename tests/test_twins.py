"""A fault in Terraform and the same in CloudFormation: one verdict, one rule, the same words.

What each language must call by its own name (resources, attributes, how one refers to another) is
taken out before the comparison.
"""

from __future__ import annotations

import re
import shutil
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from validator.aws import KINDS
from validator.aws.fields import Field
from validator.config import Options
from validator.engine import run

ROOT = Path(__file__).parents[1]
SAMPLES = ROOT / "sample_templates"
TWINS = sorted(
    f"{sample.parent.name}/{sample.stem}"
    for sample in SAMPLES.glob("*/bad*.tf")
    if sample.with_suffix(".yaml").is_file()
    # What is said of ignore comments is of the comments, not of the languages.
    and not (ROOT / f"rules/ignores/{sample.parent.name.replace('-', '_')}.py").is_file()
)

_OWN_WORDS = "each tool refuses the value by itself, in its own words"
_OWN_ARGUMENT = (
    "Terraform has an argument for each kind of resource, CloudFormation one property for all"
)
OTHERWISE = {
    "flow-log-destination-malformed/bad_arn_as_name": (
        "in CloudFormation a log group's name is called alike in the group and in the flow log"
    ),
    "flow-log-destination-malformed/bad_type": _OWN_WORDS,
    "flow-log-destination-options/bad_file_format": _OWN_WORDS,
    "flow-log-destination-undeclared/bad_log_group": (
        "CloudFormation's destination is an ARN with the group's name in it"
    ),
    "flow-log-tag-fields/bad": "Terraform's provider has no argument for the tags",
    "flow-log-traffic-type/bad_case": _OWN_WORDS,
    "flow-log-watched-resource/bad": _OWN_ARGUMENT,
    "flow-log-watched-resource/bad_kind": _OWN_ARGUMENT,
    "flow-log-watched-resource/bad_literal_kind": _OWN_ARGUMENT,
    "log-group-class/bad": _OWN_WORDS,
    "log-group-class/bad_case": _OWN_WORDS,
    "log-group-retention/bad": _OWN_WORDS,
    "log-group-retention/bad_one_more": _OWN_WORDS,
}
"""Twins whose words differ, each with the reason."""

_LITERAL = re.compile(r"/?\bacme[a-z0-9/-]*")
_TERRAFORM = re.compile(r"\b(?:data\.)?aws_[a-z0-9_]+\.[a-z0-9_]+(?:\.[a-z_]+)?\b")
_LOGICAL_ID = re.compile(r"^  ([A-Za-z0-9]+):|!(?:Ref|GetAtt) ([A-Za-z0-9]+)", re.M)


class Said(NamedTuple):
    """What the report says of one fault."""

    rule: str
    severity: str
    message: str
    aws: str
    when: str
    fix: str
    evidence: tuple[str, ...]


@cache
def _fields() -> dict[str, str]:
    """The names of attributes and properties in both languages, each with our word for it."""
    found: dict[str, str] = {}
    for kind in KINDS:
        for name, field in vars(kind).items():
            if isinstance(field, Field):
                for path in (field.path("terraform"), field.path("cloudformation")):
                    if path is not None:
                        found[path.rpartition(".")[2]] = name
    return found


def _plain(words: str, logical_ids: frozenset[str]) -> str:
    """Words without the names that differ between the languages."""
    words = words.replace("DependsOn: ", "depends_on = ")
    words = words.replace("${AWS::AccountId}", "${data.aws_caller_identity.current.account_id}")
    words = words.replace("${AWS::Region}", "${data.aws_region.current.region}")
    words = _TERRAFORM.sub("NAME", words)
    words = re.sub(r"!(?:GetAtt|Ref|Sub) ", "", words)
    for one in sorted(logical_ids, key=len, reverse=True):
        words = re.sub(rf"\b{one}\b(?:\.[A-Za-z]+)?", "NAME", words)
    words = _LITERAL.sub("NAME", words)
    words = words.replace("${NAME}", "NAME").replace("[NAME]", "NAME")
    # A log group's ARN ends in :* in CloudFormation, and in Terraform it does not.
    words = words.replace('"NAME:*"', "NAME")
    words = re.sub(r"\b(?:variable|parameter) \w+", "variable NAME", words)
    for name, ours in _fields().items():
        if "_" in name or name[0].isupper():
            words = re.sub(rf"\b{name}\b", f"<{ours}>", words)
    return re.sub(r"<(\w+)>(?: =|:) ", r"<\1> ", words)


def _judged(sample: Path, top: Path) -> tuple[list[str], list[Said]]:
    shutil.copy(sample, top)
    report = run([top / sample.name], Options(select=frozenset({sample.parent.name})), top)
    assert report.diagnostics == ()
    text = sample.read_text(encoding="utf-8")
    ids = frozenset[str]()
    if sample.suffix == ".yaml":
        ids = frozenset(one or other for one, other in _LOGICAL_ID.findall(text)) - {"AWS"}

    def plain(words: str | None) -> str:
        return _plain(words or "", ids)

    said = [
        Said(
            one.rule,
            one.severity.value,
            plain(one.message),
            plain(one.aws.text) if one.aws else "",
            one.aws.when if one.aws else "",
            plain(one.fix),
            # That a value leads to a resource, Terraform's side notes as a hop of its own.
            tuple(note for seen in one.evidence if (note := plain(seen.note)) != "NAME"),
        )
        for one in report.findings
    ]
    assert said
    return [one.verdict.value for one in report.deliveries], said


@pytest.mark.parametrize("twin", TWINS)
def test_twins_are_judged_alike(twin: str, tmp_path: Path) -> None:
    places = (tmp_path / "terraform", tmp_path / "cloudformation")
    for place in places:
        place.mkdir()
    terraform = _judged(SAMPLES / f"{twin}.tf", places[0])
    cloudformation = _judged(SAMPLES / f"{twin}.yaml", places[1])
    assert terraform[0] == cloudformation[0]
    assert [one[:2] for one in terraform[1]] == [one[:2] for one in cloudformation[1]]
    if twin in OTHERWISE:
        assert terraform[1] != cloudformation[1], f"{twin} needs no exception any more"
    else:
        assert terraform[1] == cloudformation[1]


def test_most_rules_have_twins() -> None:
    assert len({twin.partition("/")[0] for twin in TWINS}) > 45
    assert OTHERWISE.keys() <= set(TWINS)
