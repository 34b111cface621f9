"""Templates that others nest are judged in these."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tests.discover.cases import (
    OTHER_TEMPLATE,
    TEMPLATE,
    look,
    units,
)
from validator.files import Files

Tree = Callable[[Mapping[str, str | bytes]], Path]


PARENT = """\
Resources:
  Network:
    Type: AWS::CloudFormation::Stack
    Properties:
      TemplateURL: {}
"""
CHILD = "Parameters:\n  Name: {Type: String}\n" + TEMPLATE


def test_a_nested_template_is_judged_in_its_parent_only(tree: Tree) -> None:
    tree(
        {
            "top.yaml": PARENT.format("stacks/middle.yaml"),
            "stacks/middle.yaml": PARENT.format("../parts/flow.yaml"),
            "parts/flow.yaml": CHILD,
            "parts/alone.yaml": CHILD,
            "parts/bucket.yaml": OTHER_TEMPLATE,
        }
    )
    found = look(".")
    assert [unit.path for unit in found.units] == ["parts/alone.yaml", "top.yaml"]
    assert [unit.path for unit in found.bystanders()] == ["parts/bucket.yaml"]
    (_, top) = found.units
    assert found.files_of(top) == ["parts/flow.yaml", "stacks/middle.yaml", "top.yaml"]
    assert found.mentions(top, (b"AWS::EC2::FlowLog",))
    assert found.counts.templates == 5


def test_a_parent_outside_the_run_does_not_count(tree: Tree) -> None:
    tree({"top.yaml": PARENT.format("parts/flow.yaml"), "parts/flow.yaml": CHILD})
    assert units("parts") == ["parts/flow.yaml"]


def test_a_nested_template_outside_the_folder_belongs_to_the_run(tree: Tree) -> None:
    tree(
        {
            ".git/HEAD": "",
            "tops/top.yaml": PARENT.format("../parts/flow.yaml"),
            "parts/flow.yaml": CHILD,
        }
    )
    found = look("tops")
    assert [unit.path for unit in found.units] == ["tops/top.yaml"]
    assert found.names == ("parts/flow.yaml", "tops/top.yaml")


def test_a_nested_template_given_as_a_file_leads_to_its_parent(tree: Tree) -> None:
    tree({".git/HEAD": "", "top.yaml": PARENT.format("parts/flow.yaml"), "parts/flow.yaml": CHILD})
    assert units("parts/flow.yaml") == ["top.yaml"]
    assert units("top.yaml") == ["top.yaml"]
    assert units("top.yaml", "parts/flow.yaml") == ["top.yaml"]


@pytest.mark.parametrize(
    "place", ["https://s3.amazonaws.com/b/flow.yaml", "../flow.yaml", "none.yaml", "flow.txt"]
)
def test_what_is_not_nested_here_is_judged_alone(tree: Tree, place: str) -> None:
    tree({"top.yaml": PARENT.format(place), "flow.yaml": CHILD})
    assert units(".") == ["flow.yaml"]


def test_a_comment_nests_nothing(tree: Tree) -> None:
    tree({"top.yaml": OTHER_TEMPLATE + "    # TemplateURL: flow.yaml\n", "flow.yaml": CHILD})
    assert units(".") == ["flow.yaml"]


def test_templates_that_nest_each_other_are_judged_once(tree: Tree) -> None:
    tree(
        {
            "a.yaml": PARENT.format("b.yaml"),
            "b.yaml": PARENT.format("a.yaml") + TEMPLATE.partition("\n")[2],
            "self.yaml": PARENT.format("self.yaml") + TEMPLATE.partition("\n")[2],
        }
    )
    assert units(".") == ["a.yaml", "self.yaml"]


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_a_file_is_read_once_and_its_bytes_are_those_of_its_text(tree: Tree, mark: bytes) -> None:
    content = mark + 'name = "Zürich \u2028"\r\n'.encode()
    top = tree({"a.tf": content})
    files = Files(top, top)
    text = files.text("a.tf")
    (top / "a.tf").unlink()
    assert text == 'name = "Zürich \u2028"\r\n'
    assert files.raw("a.tf") == content
    assert files.text("a.tf") is text
