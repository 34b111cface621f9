"""What is measured: folders of templates, the same for the same size on every machine."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Literal, NamedTuple

from benchmarks import cloudformation, repository, terraform

Language = Literal["terraform", "cloudformation", "both"]


class Corpus(NamedTuple):
    """A folder to be judged.

    `write` fills a folder with a size's worth and gives back how many deliveries of each verdict
    are in it. `limit` is how many seconds a whole run may take.
    """

    name: str
    words: str
    language: Language
    size: int
    write: Callable[[Path, int], dict[str, int]]
    limit: float | None = None


CORPORA = (
    Corpus("nothing", "nothing relevant, 20 files", "both", 20, repository.nothing, 0.1),
    Corpus("small", "one small Terraform module", "terraform", 1, terraform.small, 0.25),
    Corpus(
        "repository", "10,000 files, 40 MB, 5 relevant", "both", 10_000, repository.repository, 0.5
    ),
    Corpus("modules", "1,000 `.tf` in 100 modules", "terraform", 100, terraform.modules),
    Corpus("templates", "200 templates", "cloudformation", 200, cloudformation.templates, 1.0),
    Corpus("fan", "one bucket, 500 flow logs", "terraform", 500, terraform.fan),
    Corpus("chain", "a chain of 100 modules", "terraform", 100, terraform.chain),
    Corpus("policy", "60 statements asked 1,000 times", "terraform", 1000, terraform.policy),
)

GROWTH = (
    Corpus("Terraform modules", "ten files each", "terraform", 25, terraform.modules),
    Corpus(
        "CloudFormation templates", "75 lines each", "cloudformation", 50, cloudformation.templates
    ),
    Corpus("statements in a policy", "asked 100 times", "terraform", 15, terraform.statements),
    Corpus("deliveries to one bucket", "in one module", "terraform", 125, terraform.fan),
)
"""Each is measured at its size, twice, four and eight times as much."""
