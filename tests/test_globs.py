"""Patterns over files, seen from the folder that they were written for."""

from __future__ import annotations

import pytest

from validator.globs import Globs


@pytest.mark.parametrize(
    ("pattern", "place", "matches"),
    [
        ("legacy", "/repo/infra/legacy/main.tf", True),
        ("legacy", "/repo/legacy.tf", False),
        ("*.json", "/repo/a/b.json", True),
        ("live/prod", "/repo/live/prod", True),
        ("live/prod", "/repo/live/prod/net/main.tf", True),
        ("./live/prod/", "/repo/live/prod/main.tf", True),
        ("live/prod", "/repo/live/production/main.tf", False),
        ("live/prod", "/repo/other/live/prod/main.tf", False),
        ("live/*/net", "/repo/live/prod/net/main.tf", True),
        ("**/net", "/repo/net/main.tf", True),
        ("**/net", "/repo/a/b/net/main.tf", True),
        ("live/[pq]rod", "/repo/live/prod", True),
        ("live/[", "/repo/live/[", True),
        ("live/[", "/repo/live/prod", False),
        (".", "/repo", True),
        (".", "/repo/live/main.tf", True),
        ("./", "/repo/live/main.tf", True),
        (".", "/elsewhere/main.tf", False),
        ("repo", "/repo/main.tf", False),
        ("../common/*.tf", "/common/main.tf", True),
        ("main.tf", "/common/main.tf", True),
        ("..", "/common/main.tf", False),
    ],
)
def test_what_a_pattern_means(pattern: str, place: str, matches: bool) -> None:
    assert Globs("/repo", (pattern,)).match(place) is matches
    assert Globs("/repo", ("nothing/at/all", "none", pattern)).match(place) is matches


def test_the_root_of_the_system_is_a_folder_too() -> None:
    assert Globs("/", ("etc/x",)).match("/etc/x/main.tf")


def test_no_pattern_matches_nothing() -> None:
    assert not Globs("/repo", ()).match("/repo/main.tf")


def test_a_pattern_that_is_made_to_keep_us_busy_does_not() -> None:
    pattern = "/".join(["*a" * 50] * 3)
    assert not Globs("/repo", (pattern,)).match("/repo/" + "a" * 3000 + "/b")
