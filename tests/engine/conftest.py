"""The engine with a reader of a test's own."""

from __future__ import annotations

from collections.abc import Callable

import pytest

import validator.reading
from tests.engine.fakes import Fake


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> Callable[[Fake], None]:
    def install(reader: Fake) -> None:
        def chosen(kind: str) -> Fake:
            assert kind == "terraform"
            return reader

        monkeypatch.setattr(validator.reading, "reader", chosen)

    return install
