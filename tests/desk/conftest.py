"""A desk that serves, with the sample's clinic or one of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from handouts.paths import PACKAGE
from tests.desk.browser import Desks, Hand, chromium, context
from tests.desk.browser import desks as all_desks
from tests.desk.desks import Page, Running, running

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext


@pytest.fixture(scope="module")
def desk() -> Iterator[Running]:
    """A desk with the built-in sample's clinic."""
    with running() as found:
        yield found


@pytest.fixture
def page(desk: Running) -> Page:
    """A new window of it."""
    return desk.open()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A clinic's folder with the sample's clinic.yaml and two topics of its own."""
    target = tmp_path / "clinic"
    (target / "topics").mkdir(parents=True)
    (target / "clinic.yaml").write_bytes((PACKAGE / "clinic.yaml").read_bytes())
    for name in ("cramp", "stairs"):
        (target / "topics" / f"{name}.yaml").write_bytes((PACKAGE / "topics" / f"{name}.yaml").read_bytes())
    return target


@pytest.fixture(scope="module")
def chrome() -> Iterator[Browser]:
    """A real browser; skips where there is none."""
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="module")
def desks(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desks]:
    """A desk that works, one with a broken folder, and printers that are not there."""
    with all_desks(tmp_path_factory.mktemp("desks")) as made:
        yield made


@pytest.fixture(scope="module")
def session(chrome: Browser) -> Iterator[BrowserContext]:
    """A browser's session in a low window; the fonts are fetched once."""
    with context(chrome) as made:
        yield made


@pytest.fixture
def hand(session: BrowserContext, desks: Desks) -> Iterator[Hand]:
    """The first screen of a desk with printers; no script may have failed at the end."""
    desks.reset(present=True)
    made = Hand(session.new_page(), desks.good).open()
    yield made
    session.set_offline(False)
    for page in session.pages:
        page.close()
    assert made.faults == []


@pytest.fixture
def stopped_clock(chrome: Browser, desks: Desks) -> Iterator[Hand]:
    """A page whose clock stands still until it is told to go."""
    desks.reset(present=True)
    with context(chrome) as made:
        hand = Hand(made.new_page(), desks.good)
        hand.page.clock.install(time=0)
        hand.page.clock.pause_at(1000)
        yield hand.open()
        assert hand.faults == []
