"""The scheduler that the tests of printing share, and the environment in which CUPS's programs find it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.printing.cups import Cups, scheduler


@pytest.fixture(scope="session")
def cups_running() -> Iterator[Cups]:
    """The scheduler, started once."""
    with scheduler() as cups:
        yield cups


@pytest.fixture
def cups(cups_running: Cups, monkeypatch: pytest.MonkeyPatch) -> Cups:
    """The scheduler, as what the tests call finds it."""
    for name, value in cups_running.environment.items():
        monkeypatch.setenv(name, value)
    for name in ("LPDEST", "PRINTER", "CUPS_USER"):
        monkeypatch.delenv(name, raising=False)
    return cups_running
