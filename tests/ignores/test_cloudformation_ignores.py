"""Ignores in CloudFormation: comments and `Metadata`, and what they speak for."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tests.ignores.cases import (
    METADATA,
    NOTE,
    RULE,
    TEMPLATE,
    judged,
    marked,
)
from validator.findings import Ignored
from validator.graph.span import Span
from validator.notes import Note
from validator.readers.cloudformation.notes import notes as in_template

Tree = Callable[[Mapping[str, str | bytes]], Path]


KEY = "      LogDestination: arn:aws:s3:::acme-logs"


@pytest.mark.parametrize(
    "text",
    [
        TEMPLATE.replace(KEY, f"{KEY} # {NOTE}"),
        TEMPLATE.replace(KEY, f"      # {NOTE}\n{KEY}"),
        TEMPLATE.replace("  Log:", f"  Log: # {NOTE}"),
        TEMPLATE.replace("  Log:", f"  # {NOTE}\n  # forever\n  Log:"),
        TEMPLATE.replace("  Log:", f"# {NOTE}\n  Log:"),
        TEMPLATE.replace("Properties:", f"Properties: # {NOTE}"),
        TEMPLATE.replace(KEY, f"      LogDestination: # {NOTE}\n        arn:aws:s3:::acme-logs"),
        TEMPLATE.replace(
            KEY, f"      LogDestination: !Sub | # {NOTE}\n        arn:aws:s3:::acme-logs"
        ).replace("Sub |", "Sub >-"),
        TEMPLATE.replace("    Properties:", f"{METADATA}    Properties:"),
        TEMPLATE + METADATA,
        METADATA.replace("\n    ", "\n").removeprefix("    ") + TEMPLATE,
        TEMPLATE.replace("\n", "\r\n").replace(KEY, f"{KEY} # {NOTE}"),
        json.dumps(
            {
                "Resources": {
                    "Log": {
                        "Type": "AWS::EC2::FlowLog",
                        "Properties": {
                            "ResourceId": "vpc-0123456789abcdef0",
                            "ResourceType": "VPC",
                            "TrafficType": "ALL",
                            "LogDestinationType": "s3",
                            "LogDestination": "arn:aws:s3:::acme-logs",
                        },
                        "Metadata": {
                            "predeploy": {
                                "ignore": [{"rule": [RULE], "reason": "the platform team has it"}]
                            }
                        },
                    }
                }
            }
        ),
    ],
)
def test_an_ignore_in_a_template(tree: Tree, text: str) -> None:
    tree({"t.yaml": text})
    assert marked(judged()) == [("Log", "the platform team has it")]


@pytest.mark.parametrize(
    "text",
    [
        f"# {NOTE}\n{TEMPLATE}".replace(
            "Resources:", "AWSTemplateFormatVersion: 2010-09-09\nResources:"
        ),
        TEMPLATE.replace("ALL", f"ALL # {NOTE}"),
        TEMPLATE.replace("Resources:", f"Description: |\n  # {NOTE}\n\nResources:"),
        TEMPLATE.replace("Resources:", f'Description: "# {NOTE}"\nResources:'),
        TEMPLATE.replace("  Log:", f"  Other:\n    Type: AWS::SNS::Topic\n{METADATA}  Log:"),
        TEMPLATE.replace(KEY, f"      LogFormat: '# {NOTE}'\n{KEY}"),
        TEMPLATE.replace("  Log:", f"  # {NOTE}\n\n  Log:"),
    ],
)
def test_what_is_no_ignore_for_the_flow_log_of_a_template(tree: Tree, text: str) -> None:
    tree({"t.yaml": text})
    assert marked(judged()) == [("Log", None)]


def test_an_item_of_a_list_is_a_scope_of_its_own() -> None:
    text = f"Resources:\n  P:\n    Statement:\n    - A: 1 # {NOTE}\n      B: 2\n    - C: 3\nX: 1\n"
    (note,) = in_template("t.yaml", text)
    assert isinstance(note, Note)
    end = (note.scope.end_line, note.scope.end_column)
    assert (note.scope.line, end) == (4, (5, 11))


def test_an_ignore_at_a_nested_stack_speaks_for_what_is_in_it(tree: Tree) -> None:
    parent = "Resources:\n"
    for name in ("One", "Two"):
        parent += f"  {name}:\n    Type: AWS::CloudFormation::Stack\n"
        parent += "    Properties:\n      TemplateURL: ./child.yaml\n"
    tree({"parent.yaml": parent.replace("  One:", f"  # {NOTE}\n  One:"), "child.yaml": TEMPLATE})
    assert marked(judged()) == [("One/Log", "the platform team has it"), ("Two/Log", None)]
    tree({"parent.yaml": parent + METADATA, "child.yaml": TEMPLATE})
    assert marked(judged()) == [("One/Log", None), ("Two/Log", "the platform team has it")]


def test_an_ignored_finding_tells_where_that_is_said(tree: Tree) -> None:
    tree(
        {
            "a.yaml": TEMPLATE.replace(KEY, f"{KEY} # {NOTE} until=2030-12-31"),
            "b.yaml": TEMPLATE + METADATA,
        }
    )
    found = {one.unit: one.ignored for one in judged(today="2026-01-01").findings}
    assert found["a.yaml"] == Ignored(
        "the platform team has it", "2030-12-31", "comment", Span("a.yaml", 9, 48, 9, 90)
    )
    assert found["b.yaml"] == Ignored(
        "the platform team has it", None, "metadata", Span("b.yaml", 13, 13, 14, 45)
    )
