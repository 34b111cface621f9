"""Ignores that nothing needs, as far as a run can tell."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tests.ignores.cases import (
    GOOD,
    LOG,
    METADATA,
    NOTE,
    RULE,
    TEMPLATE,
    about,
    judged,
    marked,
)
from validator.findings import Ignored, Severity
from validator.globs import Globs
from validator.readers import Settings

Tree = Callable[[Mapping[str, str | bytes]], Path]


def test_an_ignore_without_a_finding_is_unused(tree: Tree) -> None:
    tree({"main.tf": GOOD.replace('resource "aws_flow_log"', f'# {NOTE}\nresource "aws_flow_log"')})
    report = judged()
    assert [one.verdict.value for one in report.deliveries] == ["will-work"]
    assert about(report) == [
        ("unused-ignore", 29, f"{RULE} finds nothing here: nothing needs this ignore")
    ]
    assert report.findings[0].fix == "remove this ignore"
    assert about(judged(ignore=frozenset({"unused-ignore"}))) == []


def test_each_rule_of_an_ignore_is_needed_or_not(tree: Tree) -> None:
    comment = f"# predeploy: ignore[{RULE}, flow-log-duplicate] moved soon"
    tree({"main.tf": GOOD + comment})
    assert [one.fix for one in judged().findings] == [
        f"take {RULE} out of the brackets",
        "take flow-log-duplicate out of the brackets",
    ]
    # What is ignored leaves the delivery failing: whether more is wrong is not sure.
    tree({"main.tf": f"{comment}\n{LOG}"})
    assert about(judged()) == []


def test_an_ignore_may_ask_to_be_left_alone(tree: Tree) -> None:
    comment = f"# predeploy: ignore[{RULE}, unused-ignore] with the values of production only"
    tree({"main.tf": f"{comment}\n{GOOD}"})
    report = judged()
    assert about(report) == []
    assert [(one.rule, one.ignored is None) for one in report.findings] == [
        ("unused-ignore", False)
    ]


NEEDLESS = GOOD.replace('resource "aws_flow_log"', f'# {NOTE}\nresource "aws_flow_log"')


def test_a_rule_that_did_not_run_may_need_its_ignore(tree: Tree) -> None:
    tree({"main.tf": NEEDLESS})
    assert about(judged(ignore=frozenset({RULE}))) == []
    assert about(judged(select=frozenset({"unused-ignore", "flow-log-duplicate"}))) == []
    assert len(about(judged(select=frozenset({"unused-ignore", RULE})))) == 1
    tree({"main.tf": NEEDLESS.replace(RULE, "E3012")})
    assert about(judged()) == []


def test_a_part_of_the_repository_calls_nothing_unused_that_others_may_need(tree: Tree) -> None:
    """The group is used by both roots; whoever sees one of them cannot tell."""
    start = GOOD.index('resource "aws_flow_log"')
    module = (
        f"# {NOTE}\n{GOOD[:start]}" + 'output "g" {\n  value = aws_cloudwatch_log_group.a.arn\n}\n'
    )
    module += 'output "r" {\n  value = aws_iam_role.a.arn\n}\n'
    call = 'module "m" {\n  source = "../m"\n}\n' + GOOD[start:]
    call = call.replace("aws_cloudwatch_log_group.a.arn", "module.m.g")
    call = call.replace("aws_iam_role.a.arn", "module.m.r")
    top = tree({"a/main.tf": call, "b/main.tf": call, "m/main.tf": module})
    (top / ".git").mkdir()
    assert [one.span.file for one in judged().findings] == ["m/main.tf"]
    assert about(judged("a")) == []
    assert about(judged("a/main.tf")) == []
    assert [rule for rule, *_ in about(judged("m/main.tf"))] == ["unused-ignore"]


def test_a_module_that_one_caller_needs_an_ignore_in_keeps_it(tree: Tree) -> None:
    module = LOG.replace('"arn:aws:s3:::acme-logs"', f"var.to # {NOTE}")
    module += 'variable "to" {}\n'
    bucket = 'resource "aws_s3_bucket" "b" {\n  bucket = "acme"\n}\n'
    call = 'module "m" {\n  source = "../m"\n  to     = TO\n}\n'
    tree(
        {
            "a/main.tf": call.replace("TO", '"arn:aws:s3:::acme-logs"'),
            "b/main.tf": bucket + call.replace("TO", "aws_s3_bucket.b.arn"),
            "m/main.tf": module,
        }
    )
    assert about(judged()) == []


@pytest.mark.parametrize(
    "more",
    [
        {"prod.tfvars": 'x = "y"\n'},
        {"env/prod.tfvars": 'x = "y"\n'},
        {"broken.tf": "resource {\n"},
        {"net.tf": 'module "net" {\n  source  = "acme/net/aws"\n  version = "1.0.0"\n}\n'},
        {"two.tf": LOG.replace('"a"', '"two"').replace("def0", "def1")},
    ],
)
def test_what_is_open_may_need_an_ignore(tree: Tree, more: dict[str, str]) -> None:
    """At the group, which every delivery of the module may be about."""
    tree({"main.tf": f"# {NOTE}\n{GOOD}"})
    assert len(about(judged())) == 1
    tree(more)
    assert about(judged()) == []


def test_values_that_another_run_may_not_be_given_leave_it_open(tree: Tree) -> None:
    tree({"main.tf": NEEDLESS})
    for supplied in (
        Settings(variables=(("a", "b"),)),
        Settings(parameters=(("a", "b"),)),
        Settings(workspace="prod"),
        Settings(region="eu-west-1"),
    ):
        assert about(judged(settings=supplied)) == []
    assert len(about(judged())) == 1


def test_a_flow_log_that_is_switched_off_keeps_its_ignore(tree: Tree) -> None:
    off = f"# {NOTE}\n" + LOG.replace("{\n", "{\n  count = 0\n", 1).replace('"a"', '"off"')
    tree({"main.tf": off})
    assert about(judged()) == []
    # Also where another one works beside it, and where a whole module is switched off.
    tree({"main.tf": GOOD + off})
    assert about(judged()) == []
    call = 'module "m" {\n  source = "./m"\n  count  = 0\n}\n'
    tree({"main.tf": GOOD + call, "m/main.tf": f"# {NOTE}\n{LOG}"})
    assert about(judged()) == []
    tree({"main.tf": NEEDLESS + call.replace("count", "#")})
    assert [(one.span.file, one.rule) for one in judged().findings] == [
        ("m/main.tf", RULE),
        ("main.tf", "unused-ignore"),
    ]


def test_a_flow_log_of_a_false_condition_keeps_its_ignore(tree: Tree) -> None:
    working = Path(__file__).parents[2] / "sample_templates/flow-log-bucket-missing/good.yaml"
    text = working.read_text(encoding="utf-8")
    off = TEMPLATE.replace("Resources:\n  Log:", f"  # {NOTE}\n  Off:\n    Condition: No")
    text = f"Conditions:\n  No: !Equals [a, b]\n{text}{off}"
    tree({"t.yaml": text})
    report = judged()
    assert [one.name for one in report.deliveries] == ["FlowLog"]
    assert about(report) == []
    tree({"t.yaml": text.replace("    Condition: No\n", "").replace(f"  # {NOTE}\n", "")})
    assert marked(judged()) == [("Off", None)]


def test_who_sees_one_of_two_that_are_the_same_cannot_tell(tree: Tree) -> None:
    note = "# predeploy: ignore[flow-log-duplicate] on purpose\n"
    top = tree({"a/main.tf": note + GOOD, "b/main.tf": GOOD.replace("acme", "other")})
    (top / ".git").mkdir()
    assert about(judged("a")) == []
    assert [rule for rule, *_ in about(judged())] == ["unused-ignore"]


def test_a_rule_of_a_pack_is_ignored_by_any_of_its_names(tree: Tree) -> None:
    rule = '"""Mine."""\nfrom validator.aws import FlowLog\n'
    rule += "from validator.findings import Rule, Severity\n"
    rule += 'RULE = Rule(id="mine", name="Mine", severity=Severity.ERROR, aliases=("old",))\n\n'
    rule += "def check(graph):\n    for one in graph.all(FlowLog):\n"
    rule += '        yield RULE.finding(one.address, one.span, "m")\n'
    tree({"main.tf": f"# predeploy: ignore[old] because\n{GOOD}", "mine/mine.py": rule})
    assert [one.severity for one in judged().findings] == [Severity.INFO]
    head = 'resource "aws_flow'
    tree({"main.tf": GOOD.replace(head, f"# predeploy: ignore[old] yes\n{head}")})
    report = judged(rules=(Path("mine"),))
    assert marked(report, "mine") == [("aws_flow_log.a", "yes")]
    assert about(report) == []


def test_the_configuration_grades_what_is_said_of_ignores(tree: Tree) -> None:
    tree({"main.tf": NEEDLESS})
    (one,) = judged(severity={"unused-ignore": Severity.ERROR}).findings
    assert one.severity is Severity.ERROR
    globs = Globs(str(Path.cwd()), ("main.tf",))
    (one,) = judged(path_ignores=((globs, frozenset({"unused-ignore"})),)).findings
    assert one.ignored == Ignored("path-ignores: main.tf", by="configuration")


def test_an_unused_ignore_of_a_template(tree: Tree) -> None:
    working = Path(__file__).parents[2] / "sample_templates/flow-log-bucket-missing/good.yaml"
    text = working.read_text(encoding="utf-8")
    top = METADATA.replace("\n    ", "\n").removeprefix("    ")
    tree({"t.yaml": top + text})
    assert [(rule, line) for rule, line, _ in about(judged())] == [("unused-ignore", 4)]
    tree({"other.yaml": TEMPLATE})
    assert [(rule, line) for rule, line, _ in about(judged())] == [("unused-ignore", 4)]
    (Path.cwd() / ".git").mkdir()
    # The other template is in the repository and was not judged.
    assert about(judged("t.yaml")) == []
