"""Rule packs: the shipped rules and a person's own, by the same road."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from validator.packs import Packs, builtin, load

Tree = Callable[[Mapping[str, str | bytes]], Path]


def rule(
    id_: str, *, aliases: str = "", body: str = "    yield from ()\n", doc: str = "Words."
) -> str:
    return (
        f'"""{doc}"""\n'
        "from validator.findings import Findings, Rule, Severity\n"
        "from validator.graph.graph import Graph\n"
        f'RULE = Rule(id="{id_}", name="N", severity=Severity.ERROR, predicts="P", when="deploy",'
        f" aliases=({aliases}))\n"
        "def check(graph: Graph) -> Findings:\n"
        f"{body}"
    )


def mine(packs: Packs) -> list[str]:
    return [loaded.rule.id for loaded in packs.rules if not loaded.ours]


def said(packs: Packs) -> list[tuple[str, int, str]]:
    return [
        (one.span.file, one.span.line, one.message)
        for one in packs.diagnostics
        if not one.span.file.startswith("rules/")
    ]


def test_the_shipped_rules_load() -> None:
    packs = load()
    files = [path for path in builtin().rglob("*.py") if not path.name.startswith("_")]
    assert packs.diagnostics == ()
    assert len(packs.rules) == len(files) > 10
    assert [one.rule.id for one in packs.rules] == sorted(one.rule.id for one in packs.rules)
    assert all(one.ours for one in packs.rules)


def test_a_folder_of_rules_loads_beside_them(tree: Tree) -> None:
    tree(
        {
            "mine/a.py": rule("my-rule"),
            "mine/deep/b.py": rule("my-other-rule", aliases="'my-old-rule',"),
            "mine/deep/_words.py": "raise RuntimeError('only imported on demand')\n",
            "mine/.hidden/c.py": "1 / 0",
        }
    )
    packs = load([Path("mine")])
    assert said(packs) == []
    assert mine(packs) == ["my-other-rule", "my-rule"]
    found = packs.find("my-old-rule")
    assert found is not None
    assert (found.rule.id, found.file, found.doc) == ("my-other-rule", "mine/deep/b.py", "Words.")
    assert packs.find("my-unknown-rule") is None


def test_files_of_a_pack_share_helpers(tree: Tree) -> None:
    tree(
        {
            "mine/_words.py": "SAID = 'hello'\n",
            "mine/deep/a.py": rule("my-rule").replace(
                "RULE =", "from .._words import SAID\nassert SAID == 'hello'\nRULE ="
            ),
        }
    )
    assert mine(load([Path("mine")])) == ["my-rule"]


def test_two_packs_with_the_same_file_names_do_not_collide(tree: Tree) -> None:
    tree({"one/a.py": rule("rule-one"), "two/a.py": rule("rule-two")})
    assert mine(load([Path("one"), Path("two")])) == ["rule-one", "rule-two"]


def test_no_byte_code_is_written_into_a_persons_pack(
    tree: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    top = tree({"mine/a.py": rule("my-rule"), "mine/deep/b.py": rule("my-other-rule")})
    load([Path("mine")])
    assert list(top.rglob("__pycache__")) == []
    assert sys.dont_write_bytecode is False


@pytest.mark.parametrize(
    ("content", "line", "message"),
    [
        ("def check(:\n", 1, "this rule does not load: invalid syntax"),
        ("\n\nx = = 1\n", 3, "this rule does not load: invalid syntax"),
        (
            "import nothing_like_this\n",
            1,
            "this rule does not load: ModuleNotFoundError: No module named 'nothing_like_this'",
        ),
        ("1 / 0\n", 1, "this rule does not load: ZeroDivisionError: division by zero"),
        ("def f():\n    1 / 0\n\nf()\n", 2, "this rule does not load: ZeroDivisionError"),
        ("\n\nfrom . import _helper\n", 3, "this rule does not load: invalid syntax"),
        ("def f():\n    f()\n\nf()\n", 2, "this rule does not load: RecursionError"),
        (rule("a-rule").replace("name=", "nam="), 4, "this rule does not load: TypeError: Rule.__"),
        ("raise SystemExit(0)\n", 1, "this rule does not load: SystemExit: 0"),
        ('"""Words."""\n', 1, "this rule file has no RULE = Rule(...)"),
        ('"""Words."""\nRULE = 1\n', 1, "this rule file has no RULE = Rule(...)"),
        (rule("a-rule") + "check = 1\n", 1, "this rule file has no function check(graph)"),
        (rule("A Rule"), 1, "the id 'A Rule' is not made of lower-case words and dashes"),
        (rule("a-rule").replace('"a-rule"', "7"), 1, "the id 7 is not made of lower-case words"),
        (rule("a-rule", aliases="'A',"), 1, "the id 'A' is not made of lower-case words"),
        (rule("a-rule", aliases="'a'"), 1, "aliases are 'a', not a tuple of ids"),
        (rule("a-rule").replace('"N"', '""'), 1, "the name of the rule is empty"),
        (rule("a-rule").replace('"N"', "7"), 1, "the name of the rule is 7, not str"),
        (
            rule("a-rule").replace("Severity.ERROR", "'error'"),
            1,
            "the severity of the rule is 'error', not Severity",
        ),
        (
            rule("a-rule").replace('"deploy"', '"later"'),
            1,
            "the when of the rule is 'later', not one of deploy, next-apply, delivery",
        ),
        (rule("a-rule", doc=""), 1, "this rule file has no docstring to explain it"),
        (b"\0\0", 1, "this rule does not load: "),
    ],
)
def test_a_broken_rule_is_a_diagnostic_and_the_others_load(
    tree: Tree, content: str | bytes, line: int, message: str
) -> None:
    tree({"mine/broken.py": content, "mine/whole.py": rule("my-rule"), "mine/_helper.py": "x = ="})
    packs = load([Path("mine")])
    assert mine(packs) == ["my-rule"]
    ((file, at, words),) = said(packs)
    assert (file, at) == ("mine/broken.py", line)
    assert words.startswith(message)
    assert {one.kind for one in packs.diagnostics} == {"rule"}


@pytest.mark.parametrize("second", [rule("my-rule"), rule("my-other", aliases="'my-rule',")])
def test_a_taken_id_is_a_diagnostic(tree: Tree, second: str) -> None:
    tree({"one/a.py": rule("my-rule"), "two/b.py": second})
    packs = load([Path("one"), Path("two")])
    assert mine(packs) == ["my-rule"]
    assert said(packs) == [("two/b.py", 1, "the rule my-rule is already in one/a.py")]


def test_a_shipped_id_cannot_be_taken(tree: Tree) -> None:
    shipped = load().rules[0]
    tree({"mine/a.py": rule(shipped.rule.id)})
    packs = load([Path("mine")])
    assert packs.find(shipped.rule.id) is not None
    assert mine(packs) == []
    assert [message for _, _, message in said(packs)] == [
        f"the rule {shipped.rule.id} is already in {shipped.file}"
    ]


def test_rules_are_chosen_by_id_or_alias(tree: Tree) -> None:
    tree({"mine/a.py": rule("my-rule", aliases="'my-old-rule',"), "mine/b.py": rule("my-other")})
    packs = load([Path("mine")])

    def names(select: set[str], ignore: set[str]) -> list[str]:
        picked = packs.chosen(frozenset(select), frozenset(ignore))
        return [one.rule.id for one in picked if not one.ours]

    assert names(set(), set()) == ["my-other", "my-rule"]
    assert names({"my-old-rule"}, set()) == ["my-rule"]
    assert names(set(), {"my-old-rule"}) == ["my-other"]
    assert names({"my-rule", "my-other"}, {"my-other"}) == ["my-rule"]
