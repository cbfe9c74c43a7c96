"""What the page asks but for paper: its window, the cards, a topic, a sheet to look at, an end."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import date
from typing import Any

from handouts import __version__
from handouts.desk import cards, previews, trouble, wire
from handouts.desk.personal import personal_sheet
from handouts.desk.sheets import Made, Sheet, plain_sheet
from handouts.desk.shelf import Shelf, Shelves
from handouts.desk.windows import COVER, DONE, ERASE, Gone, Window, Windows
from handouts.desk.words import say

WAIT = 15.0
"""s that a question for news waits, at the most."""
LOOK = 0.01
"""s between two looks at whether there is some."""
LISTENERS = 4
"""Pages that may wait at a time; a further one is answered at once and asks again later."""


class Answers:
    """Answers for all windows; `stop` ends the desk."""

    def __init__(self, shelves: Shelves, windows: Windows, today: Callable[[], date], stop: Callable[[], None]) -> None:
        self._shelves = shelves
        self._windows = windows
        self._today = today
        self._stop = stop
        self._listeners = threading.BoundedSemaphore(LISTENERS)

    def window(self) -> dict[str, Any]:
        """A new window."""
        window = self._windows.open()
        idle = {"cover": COVER, "erase": ERASE, "done": DONE}
        return {"window": window.id, "others": self._windows.others(window.id), "idle": idle, "version": __version__}

    def start(self, window: Window, asked: wire.Start) -> dict[str, Any]:
        """All cards."""
        return cards.start(self._shelves.now(again=asked.again), self._today(), asked.lang)

    def topic(self, window: Window, asked: wire.AskTopic) -> dict[str, Any]:
        """What one topic offers; of a broken one its card alone. Raises Gone."""
        shelf = self._shelves.now()
        topic = shelf.topics.get(asked.topic)
        if topic is None:
            raise Gone("topic")
        if topic.handout is None:
            number = list(shelf.topics).index(topic.id) + 1
            return {"topic": cards.card(shelf, topic, number, self._today(), asked.lang)}
        return cards.topic_answer(shelf, topic, self._today(), asked.lang)

    def sheet(self, window: Window, asked: wire.AskSheet) -> dict[str, Any]:
        """A sheet to look at; the newest request of a window wins, an older one is answered without being made."""
        wanted = asked.plain or asked.personal
        if wanted is None or (asked.plain and asked.personal):
            raise wire.Malformed
        late = {"serial": asked.serial, "late": True}
        if not window.newest(asked.serial):
            return late
        shelf, era = self._shelves.now(), window.era
        key = wire.written([shelf.version, self._today().isoformat(), asked.lang, wanted])
        known = window.known(key)
        if known is None:
            with window.making:
                if window.is_late(asked.serial):
                    return late
                made = self._made(shelf, window, wanted, asked.lang)
            id_ = window.keep(key, made, era) if made.sheet else ""
            if id_ is None:
                return late
            known = id_, made
        id_, made = known
        if made.sheet:
            self.draw(window, id_, made.sheet, asked)
        return _said(id_, made, asked)

    def _made(self, shelf: Shelf, window: Window, wanted: wire.Plain | wire.Person, lang: wire.Lang) -> Made:
        today = self._today()
        if wrong := trouble.clock(today, lang):
            return Made(troubles=wrong)
        if isinstance(wanted, wire.Plain):
            return plain_sheet(shelf, wanted, today, lang)
        return personal_sheet(shelf, wanted, window.number, today, lang)

    def draw(self, window: Window, id_: str, sheet: Sheet, asked: wire.AskSheet) -> None:
        """Draw the page that will be asked for at once, while this thread is at it."""
        key = id_, min(asked.page, len(sheet.sizes)), asked.width
        if key not in window.pictures and not window.is_late(asked.serial):
            window.remember(key, previews.picture(sheet.data, key[1], key[2]))

    def erase(self, window: Window, asked: wire.Request) -> dict[str, Any]:
        """Forget the patient of this window."""
        window.erase()
        return {}

    def close(self, window: Window, asked: wire.Request) -> dict[str, Any]:
        """The page is gone."""
        self._windows.close(window.id)
        return {}

    def here(self, window: Window, asked: wire.Here) -> dict[str, Any]:
        """The page is still open."""
        version = self._shelves.now().version
        changed, window.seen = window.seen not in ("", version), version
        return {"others": self._windows.others(window.id), "changed": changed, "folder": version}

    def news(self, window: Window, asked: wire.AskNews) -> dict[str, Any]:
        """The version of the clinic's folder, as soon as it is not the one that the page knows."""
        if not self._listeners.acquire(blocking=False):
            return {"folder": self._shelves.version(), "later": True}
        try:
            end = time.monotonic() + WAIT
            while (version := self._shelves.version()) == asked.folder and self._windows.has(window.id):
                if time.monotonic() > end:
                    break
                time.sleep(LOOK)
            return {"folder": version, "later": False}
        finally:
            self._listeners.release()

    def stop(self, window: Window, asked: wire.Request) -> dict[str, Any]:
        """End the desk."""
        self._windows.clear()
        self._stop()
        return {}


def _said(id_: str, made: Made, asked: wire.AskSheet) -> dict[str, Any]:
    """What came of a request for a sheet, as the page is told."""
    return {
        "serial": asked.serial,
        "late": False,
        "sheet": _shown(id_, made.sheet, asked) if made.sheet else None,
        "problems": made.troubles,
        "minutes": made.minutes,
        "minutes_over": made.over,
        "memo_room": made.memo_room,
        "letters": {name: chr(ord("A") + index) for index, name in enumerate(made.letters)},
    }


def _shown(id_: str, sheet: Sheet, asked: wire.AskSheet) -> dict[str, Any]:
    sides = len(sheet.sizes)
    edge = "none" if sides == 1 else sheet.edge.value
    key = {"long": "paper-long", "short": "paper-short"}.get(edge, "paper-one")
    text = say(asked.lang, key, sheets=sheet.papers)
    return {
        "id": id_,
        "pages": sides,
        "sizes": sheet.sizes,
        "picture": f"/sheets/{id_}/{min(asked.page, sides)}.png?w={asked.width}",
        "printable": sheet.printable,
        "code": sheet.code,
        "said": sheet.said,
        "paper": {"sides": sides, "sheets": sheet.papers, "edge": edge, "text": text},
        "notes": sheet.notes,
    }
