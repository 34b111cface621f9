"""A few changes that mean nothing, with every run of the tests; `make fuzz` tries many more."""

from __future__ import annotations

from random import Random

import pytest

from tests.same.changes import LANGUAGES, Language, changed
from tests.same.judged import said, samples

EACH = 8
CASES = {
    f"{change.__name__} {''.join(language.suffixes)}": (language, change.__name__)
    for language in LANGUAGES
    for change in language.changes
}


@pytest.mark.parametrize(("language", "change"), CASES.values(), ids=CASES)
def test_what_means_nothing_changes_no_verdict(language: Language, change: str) -> None:
    chance = Random(change)
    everything = [*samples(language.suffixes)]
    chance.shuffle(everything)
    tried = 0
    for name, files in everything:
        new, how = changed(files, language, chance, change)
        if how:
            assert said(new) == said(files), f"{name}: {new}"
            tried += 1
        if tried == EACH:
            break
    assert tried


def test_what_means_something_is_noticed() -> None:
    files = dict(samples((".tf",)))["flow-log-bucket-missing/good.tf"]
    named = {name: text.replace('"s3"', '"s4"') for name, text in files.items()}
    assert said(named) != said(files)
