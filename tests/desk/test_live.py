"""A save in the clinic's folder is shown on the open page by itself; an error keeps the last page, with its line."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from handouts import clock
from handouts.desk import answers
from tests.conftest import REPOSITORY
from tests.desk.browser import Hand
from tests.desk.desks import Running, running

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext

EXAMPLE = REPOSITORY / "docs" / "examples" / "seikei"
TOPIC = "low-back"


@pytest.fixture
def own(tmp_path: Path) -> Iterator[tuple[Running, Path]]:
    """A desk with a copy of an example clinic, and its topic's file."""
    folder = shutil.copytree(EXAMPLE, tmp_path / "clinic")
    with running(folder) as found:
        yield found, folder / "topics" / f"{TOPIC}.yaml"


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


# -- at the server --


def test_news_waits_for_a_save_and_says_the_new_version(own: tuple[Running, Path]) -> None:
    desk, file = own
    page = desk.open()
    folder = page.ask("start")["folder"]
    got: list[Any] = []
    waiting = threading.Thread(target=lambda: got.append(page.ask("news", folder=folder)), daemon=True)
    waiting.start()
    edit(file, "こまめに動きます", "こまめに歩きます")
    waiting.join(10)
    (answer,) = got
    assert answer["folder"] not in ("", folder)
    assert answer["folder"] == page.ask("start")["folder"]
    assert page.ask("news", folder="")["folder"] == answer["folder"], "who knows nothing is told at once"


def test_waiting_pages_leave_the_others_a_thread_and_end_with_their_window(own: tuple[Running, Path]) -> None:
    desk, _ = own
    pages = [desk.open() for _ in range(answers.LISTENERS)]
    folder = pages[0].ask("start")["folder"]
    waiting = [threading.Thread(target=page.ask, args=("news",), kwargs={"folder": folder}) for page in pages]
    for thread in waiting:
        thread.start()
    further = desk.open()
    for _ in range(2000):
        if not desk.desk.answers._listeners._value:  # all of them wait
            break
        threading.Event().wait(0.005)
    assert further.ask("news", folder=folder)["later"]
    assert further.ask("here")["changed"] is False
    for page in pages:
        page.ask("close")
    for thread in waiting:
        thread.join(10)
    assert not [thread for thread in waiting if thread.is_alive()]


def test_what_a_page_asks_by_itself_is_no_touch(own: tuple[Running, Path]) -> None:
    desk, _ = own
    page = desk.open()
    window = desk.desk.windows.find(page.id)
    desk.clock.now += 100
    page.sheet(plain={"topic": TOPIC}, by_itself=True)
    page.ask("news", folder="")
    assert window.touched == desk.clock.now - 100
    page.sheet(plain={"topic": TOPIC})
    assert window.touched == desk.clock.now


def test_what_a_save_did_not_change_is_not_read_again_and_says_the_same(own: tuple[Running, Path]) -> None:
    desk, file = own
    shelves = desk.desk.shelves
    first = shelves.now()
    edit(file, "こまめに動きます", "こまめに歩きます")
    shelves._next = float("-inf")
    second, fresh = shelves.now(), shelves.now(again=True)
    assert second is not first
    assert "こまめに歩きます" in str(second.topics[TOPIC].handout)
    kept = second.library._readings["exercises", "hamstring-floor"]
    assert kept is first.library._readings["exercises", "hamstring-floor"]
    assert fresh.library._readings["exercises", "hamstring-floor"] is not kept
    assert {name: (one.handout, one.refusals) for name, one in second.topics.items()} == {
        name: (one.handout, one.refusals) for name, one in fresh.topics.items()
    }


def test_a_wrong_clock_is_told_and_nothing_is_made() -> None:
    for day in (date(2000, 1, 1), date(clock.LAST_YEAR + 1, 1, 1)):
        with running(today=day) as desk:
            page = desk.open()
            start = page.ask("start")
            assert "時計" in start["problems_text"]
            assert day.isoformat() in start["problems"][0]["text"]
            assert "clock" in page.ask("start", lang="en")["problems_text"]
            for asked in ({"plain": {"topic": "stairs"}}, {"personal": {"topic": "stairs", "side": "right"}}):
                made = page.sheet(**asked)
                assert made["sheet"] is None
                assert [(one["id"], one["level"]) for one in made["problems"]] == [("clock", "wrong")]
    with running(today=clock.WRITTEN) as desk:
        assert desk.open().sheet(plain={"topic": "stairs"})["sheet"]


# -- on the page --


def test_an_open_page_shows_a_save_and_keeps_the_last_good_one_beside_an_error(
    own: tuple[Running, Path], session: BrowserContext
) -> None:
    desk, file = own
    hand = Hand(session.new_page(), desk).open().start(TOPIC, "plain")
    picture = hand.page.locator(".paper img").first
    first, before = picture.get_attribute("src"), hand.picture()

    def other(than: str | None) -> str:
        hand.page.wait_for_function(
            "old => { const s = document.querySelector('.paper img')?.getAttribute('src'); return s && s !== old; }",
            arg=than,
        )
        hand.shown()
        return str(picture.get_attribute("src"))

    edit(file, "こまめに動きます", "こまめに歩きます")
    second = other(first)
    good = hand.picture()
    assert good != before
    hand.primary("print").wait_for()

    edit(file, "title:", "titel:")
    problem = hand.page.locator(".problem", has_text=f"{TOPIC}.yaml:2")
    problem.wait_for()
    assert "titel" in (problem.text_content() or "")
    assert picture.get_attribute("src") == second
    assert hand.picture() == good
    assert hand.primary("print").count() == 0, "what stands there is not what the file says: it is not printed"

    edit(file, "titel:", "title:")
    other(second)
    hand.primary("print").wait_for()
    assert hand.page.locator(".problem").count() == 0
    assert hand.picture() == good
    assert hand.faults == []


def test_what_was_typed_stays_when_the_folder_changes(own: tuple[Running, Path], session: BrowserContext) -> None:
    desk, file = own
    hand = Hand(session.new_page(), desk).open().start(TOPIC, "personal").name("髙橋 美咲")
    first = hand.page.locator(".paper img").first.get_attribute("src")
    edit(file, "こまめに動きます", "こまめに歩きます")
    hand.page.wait_for_function("old => document.querySelector('.paper img')?.getAttribute('src') !== old", arg=first)
    hand.shown()
    assert hand.page.locator(".name-field").input_value() == "髙橋 美咲"
    assert "name-field" in hand.focused()
    assert hand.faults == []


def test_the_topics_show_a_new_one_by_itself(own: tuple[Running, Path], session: BrowserContext) -> None:
    desk, file = own
    hand = Hand(session.new_page(), desk).open()
    assert hand.page.locator('.card[data-topic="other"]').count() == 0
    shutil.copy(file, file.with_name("other.yaml"))
    hand.page.locator('.card[data-topic="other"]').wait_for()
    assert hand.faults == []
